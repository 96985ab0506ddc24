"""The packs of `tests/verify`, each with something wrong that loading does not see, and what `policy verify` says of them."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from policy.cli import main

__all__ = ["BROKEN", "FINALS", "VARIANTS", "broken_packs", "compared", "recorded", "said", "variants"]

BROKEN = Path(__file__).parent / "verify"
VARIANTS = BROKEN / "variants"
FINALS = ("X-final-weaker", "final-stricter")
"""The variants of `variants/final.policy`."""


def broken_packs() -> list[str]:
    """The packs, each a file, by name: `X-conflict`."""
    return sorted(path.stem for path in BROKEN.glob("*.policy"))


def recorded(name: str, language: str) -> Path:
    """Where the text of what is said of a pack is kept."""
    return (VARIANTS if name in variants() else BROKEN) / f"{name}.{language}.txt"


class Said(NamedTuple):
    """The exit status, what is said, and the cases that are written."""

    status: int
    text: str
    cases: str = ""


@cache
def said(name: str, language: str) -> Said:
    """What is said of a pack; not how much was asked for it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "found.policy")
        status, text = _run(BROKEN, ["verify", f"{name}.policy", "--lang", language, "--write", str(file)])
        return Said(status, re.sub(r"（求解 .*）| \(\d+ quer.*\)", "", text), file.read_text("utf-8"))


def variants() -> list[str]:
    """The variants of `variants/base.policy`, by name."""
    return sorted({path.stem for path in VARIANTS.glob("*.policy")} - {"base", "final"} - set(FINALS))


@cache
def compared(name: str, language: str, *flags: str) -> Said:
    """What is said of a variant beside its base."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "differences.policy")
        own = () if "--data" in flags else ("--write", str(file))
        status, text = _run(VARIANTS, ["compare", "base.policy", f"{name}.policy", "--lang", language, *own, *flags])
        return Said(status, text, file.read_text("utf-8") if own else "")


def _run(folder: Path, words: list[str]) -> tuple[int, str]:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.chdir(folder), contextlib.redirect_stdout(stream):
        status = main(words)
    stream.seek(0)
    return status, stream.read()
