"""Words in colours, where the stream shows them."""

from __future__ import annotations

from policy.lang.report import Report
from policy.messages.words import Words

__all__ = ["Painted"]

_COLOURS = {"red": "31", "yellow": "33", "blue": "34", "bold": "1"}


class Painted(Words):
    """Colour is added after a line has been made harmless."""

    def __init__(self, report: Report, colour: bool) -> None:
        super().__init__(report)
        self._colour = colour

    def paint(self, line: str, colour: str) -> str:
        """The line in a colour (empty: as it is)."""
        return f"\x1b[{_COLOURS[colour]}m{line}\x1b[0m" if colour and self._colour else line

    def bold(self, line: str) -> str:
        return self.paint(line, "bold")
