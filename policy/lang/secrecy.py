"""The levels of secrecy, from what anybody may know to state secrets."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["LEVELS", "ORDINARY", "higher", "highest", "level_named", "level_word"]

LEVELS = {
    "public": "公开", "internal": "内部", "work_secret": "工作秘密", "confidential": "秘密", "secret": "机密", "top_secret": "绝密",
}  # fmt: skip
"""By identifier the Chinese word, the lowest first."""

ORDINARY = "work_secret"
"""The highest level that a machine may hold of which nothing is declared: those above it are state secrets."""

_RANKS = {level: rank for rank, level in enumerate(LEVELS)}


def higher(level: str, other: str) -> bool:
    """Whether a level lies above another."""
    return _RANKS[level] > _RANKS[other]


def highest(levels: Iterable[str]) -> str | None:
    """The highest of some levels; None of none."""
    return max(levels, key=_RANKS.__getitem__, default=None)


def level_named(name: str) -> str | None:
    """The level called `name`, an identifier or the Chinese word, or None."""
    return name if name in LEVELS else next((level for level, word in LEVELS.items() if word == name), None)


def level_word(level: str, language: str) -> str:
    """What a level is called in a language."""
    return LEVELS[level] if language == "zh" else level
