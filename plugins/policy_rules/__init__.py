"""The rule packs that ship with the program."""

from __future__ import annotations

from pathlib import Path

from policy.hooks.spec import hookimpl

__all__ = ["packs_in", "policy_packs"]

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE / "packs"
_CHECKOUT = _HERE.parents[1] / "rules"


def packs_in(folder: Path) -> dict[str, Path]:
    """The packs in a folder: its sub-folders with a rule file, by name."""
    if not folder.is_dir():
        return {}
    return {pack.name: pack for pack in sorted(folder.iterdir()) if pack.is_dir() and next(pack.glob("*.policy"), None)}


@hookimpl
def policy_packs() -> dict[str, Path]:
    return packs_in(_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT)
