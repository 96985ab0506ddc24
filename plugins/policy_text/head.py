"""The first lines of every text: what it is, of which day, and how secret."""

from __future__ import annotations

from collections.abc import Iterator

from policy.lang.secrecy import level_word
from policy.messages.account import head_line, title_line
from policy_text.paint import Painted

__all__ = ["head"]


def head(words: Painted) -> Iterator[str]:
    """Title, pack and day, and the mark of secrecy."""
    yield words.bold(title_line(words))
    yield head_line(words)
    if words.report.secrecy:
        yield words.bold(words.say("R29", mark=level_word(words.report.secrecy, words.language)))
