"""Where results that can be made again are kept between runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["cache_dir"]


def cache_dir() -> Path | None:
    """The user's cache folder for this program, made if need be and closed to others; None where none can be written.

    `POLICY_CACHE_DIR` names another; empty, it turns caching off.
    """
    named = os.environ.get("POLICY_CACHE_DIR")
    if named == "":
        return None
    try:
        folder = Path(named) if named else _user_cache() / "policy"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


def _user_cache() -> Path:
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"])
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
