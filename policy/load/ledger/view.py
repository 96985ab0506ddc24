"""A sheet by the columns of its mapping: where they stand, what the sheet calls them, and what is wrong in them."""

from __future__ import annotations

from policy.lang.facts import Problem
from policy.lang.mapping import SPLIT, Origins
from policy.load.ledger.headers import Sheet

__all__ = ["View", "Where", "short"]

Where = tuple[int, str, str]
"""Row, label of the column, and what the sheet calls it."""

_LONGEST = 40
"""Characters of a cell that a message shows."""


class View:
    """A sheet that is being read, and the problems found in it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.mapping = sheet.mapping
        self.places = sheet.header.places
        self.problems: list[Problem] = []
        self._beside: dict[str, tuple[str, int, int] | None] = {}

    def report(self, code: str, line: int | None, label: str, /, *, error: bool = True, **arguments: str) -> None:
        table = self.sheet.table
        self.problems.append(Problem(code, tuple(arguments.items()), table.file, table.sheet, line, label or None, error))

    def place(self, column: str | None) -> int | None:
        """The place of a column, or of that which a part belongs to; None where the sheet has it not."""
        if column == SPLIT:
            return next((self.places[name] for name in self.mapping.split if name in self.places), None)
        return self.places.get((column or "").partition(".")[0])

    def label(self, column: str | None) -> str:
        place = self.place(column)
        return "" if place is None else self.sheet.label(place)

    def heading(self, column: str | None) -> str:
        place = self.place(column)
        return "" if place is None else self.sheet.heading(place)

    def separators(self, column: str | None) -> str:
        """What stands between several values in a cell of a column."""
        known = self.mapping.columns.get(column or "")
        return known.separators if known else ""

    def beside(self, label: str) -> str:
        """What stands behind a label above or below the table."""
        if label not in self._beside:
            self._beside[label] = self.sheet.beside(label)
        found = self._beside[label]
        return found[0] if found else ""

    def where(self, line: int, origins: Origins) -> Where:
        """The cell that a value of a row comes from."""
        beside = self._beside.get(origins.label or "")
        if beside:
            return beside[1], self.sheet.label(beside[2]), origins.label or ""
        return line, self.label(origins.column), self.heading(origins.column)


def short(text: str) -> str:
    """A text as far as a message shows it."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
