"""The packs of `tests/verify`, each with something wrong that loading does not see, and what `policy verify` says of them."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from policy.cli import main

__all__ = ["BROKEN", "broken_packs", "recorded", "said"]

BROKEN = Path(__file__).parent / "verify"


def broken_packs() -> list[str]:
    """The packs, each a file, by name: `X-conflict`."""
    return sorted(path.stem for path in BROKEN.glob("*.policy"))


def recorded(name: str, language: str) -> Path:
    """Where the text of what is said of a pack is kept."""
    return BROKEN / f"{name}.{language}.txt"


def said(name: str, language: str, *flags: str) -> tuple[int, str]:
    """The exit status, and what is said of a pack; not how much was asked for it."""
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.chdir(BROKEN), contextlib.redirect_stdout(stream):
        status = main(["verify", f"{name}.policy", "--lang", language, *flags])
    stream.seek(0)
    return status, re.sub(r"（求解 .*）| \(\d+ quer.*\)", "", stream.read())
