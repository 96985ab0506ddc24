"""Packs that tests judge by."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policy.hooks.manager import load_plugins
from policy.lang import ir
from policy.pipeline import load_pack

__all__ = ["pack_of"]


@cache
def pack_of(path: Path) -> ir.Pack:
    """The pack in a file or a folder, which has no mistakes."""
    pack = load_pack(path, load_plugins()).pack
    assert pack is not None
    return pack
