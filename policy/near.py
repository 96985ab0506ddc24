"""The word that a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` may have been meant to be, or None."""
    from difflib import get_close_matches  # only a mistake needs it

    cutoff = 0.6 if word.isascii() else 0.5  # one wrong character of two is a near miss in Chinese
    return next(iter(get_close_matches(word, list(dict.fromkeys(known)), 1, cutoff)), None)
