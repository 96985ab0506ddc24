"""Masking: the secret that pseudonyms are made with, and reports without who is meant."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policy.hooks.spec import SourceError

if TYPE_CHECKING:
    from policy.lang.report import Report

__all__ = ["Masking", "masked", "read_secret", "secret_file"]

_SHORTEST = 32
"""Bytes of a secret."""


class Masking(NamedTuple):
    """How to mask: a level of `policy.lang.report.MASKS` above `none`, and the secret."""

    level: str
    secret: bytes


def masked(report: Report, masking: Masking) -> Report:
    """The report as others may read it. It has to have been made to be masked (`Request.identify`)."""
    from policy.lang.masker import Masker
    from policy.report.masking import mask_report

    assert report.identities is not None, "nobody has asked for a report that can be masked"
    return mask_report(report, Masker(report.identities, *masking))


def secret_file() -> Path:
    """Where the secret is kept unless the user names a file. Raises SourceError where there is no home for it."""
    try:
        if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
            return Path(os.environ["LOCALAPPDATA"]) / "policy" / "mask.key"
        return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "policy" / "mask.key"
    except RuntimeError as error:
        raise SourceError("U354", "~") from error


def read_secret(path: Path) -> tuple[bytes, bool]:
    """The secret in a file, which is made, for its owner alone, where there is none; and whether it was made.

    Raises SourceError where it is too short to be one, OSError where it can be neither read nor made.
    """
    made = False
    if not path.exists():
        made = _make(path)
    secret = path.read_bytes().strip()
    if len(secret) < _SHORTEST:
        raise SourceError("U353", str(path), count=str(_SHORTEST))
    return secret, made


def _make(path: Path) -> bool:
    """Write a new secret; False where another run was faster. Nobody ever reads half of one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
            stream.write(os.urandom(_SHORTEST).hex() + "\n")
        os.link(partial, path)
    except FileExistsError:
        return False
    finally:
        with suppress(OSError):
            partial.unlink()
    return True
