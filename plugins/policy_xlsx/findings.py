"""The table of findings: its columns, and a finding as a row."""

from __future__ import annotations

from policy.lang.outcome import Outcome
from policy.messages.finding import colour
from policy.messages.listing import HEADINGS, Line, columns, line
from policy.messages.words import Words
from policy_xlsx.book import Row

__all__ = ["Findings"]

_COLUMNS = {
    "status": ("plain", 10), "severity": ("plain", 8), "change": ("text", 11), "bearer": ("text", 20), "basis": ("text", 14),
    "title": ("text", 22), "subject": ("text", 18), "due": ("day", 11.5), "fulfilled": ("day", 11.5), "reason": ("text", 30),
    "evidence": ("text", 28), "remedy": ("text", 22), "rule": ("text", 13), "fingerprint": ("text", 19),
}  # fmt: skip
"""The format and the width of each column."""
_NOT_PRINTED = ("rule", "fingerprint")
"""The last columns: only a program or a look-up needs them."""

_LINE, _PADDING, _HIGHEST = 12.5, 4, 409
"""Points of a line of text, of what is left free, and the most that a row can have."""
_FILLED = 0.85
"""The part of a column that a line of text fills, as words are not broken."""


class Findings:
    """The table of a report."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._names = columns(words)
        self._looks = {name: _COLUMNS[name][0] for name in self._names}
        self._room = {name: int(_FILLED * width) for name, (look, width) in _COLUMNS.items() if look == "text" and name not in _NOT_PRINTED}
        self.widths = tuple(_COLUMNS[name][1] for name in self._names)
        self.printed = len(self.widths) - len(_NOT_PRINTED)

    def head(self) -> Row:
        """The headings."""
        return Row([("head", self._words.say(HEADINGS[name])) for name in self._names], height=24)

    def row(self, bearer: str, outcome: Outcome) -> Row:
        """A finding of a bearer; its status has its colour."""
        told = line(outcome, bearer, self._words)
        looks = self._looks | {"status": colour(outcome) or "plain"}
        return Row([(looks[name], getattr(told, name)) for name in self._names], height=self._height(told))

    def _height(self, told: Line) -> float:
        """What the longest of the texts needs: not every spreadsheet works it out. (Two bytes of GBK are as wide as a Chinese character.)"""
        lines = max(-(-len(getattr(told, name).encode("gbk", "replace")) // room) for name, room in self._room.items())
        return min(_PADDING + _LINE * max(lines, 1), _HIGHEST)
