"""The rows of a ledger with every cell filled: what stands once for several rows, several values in a cell, parts of a cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from policy.lang.mapping import SPLIT, LedgerColumn
from policy.lang.table import RawCell
from policy.load.ledger.cells import is_blank, is_ditto, parts, said, spoken
from policy.load.ledger.view import View, short
from policy.load.texts import clean

__all__ = ["Cells", "lines_with_cells"]

Cells = dict[str, RawCell]
"""The cells of a row by column; parts as `column.part`."""

_SHOWN = 5
"""Cells that a summary of many names."""


def lines_with_cells(view: View) -> Iterator[tuple[int, Cells]]:
    """The rows that are to be read, one for each of several values in columns that split a row; the view learns what is wrong."""
    return _Lines(view).read()


class _Lines:
    def __init__(self, view: View) -> None:
        self.view = view
        self.above: Cells = {}
        self.carried: dict[str, list[int]] = defaultdict(list)
        self.required = [column.name for column in view.mapping.columns.values() if column.required]
        self.divided = [column for column in view.mapping.columns.values() if column.parts and column.name in view.places]
        named = [one.column or "" for template in view.mapping.templates for _, several in template.values for one in several]
        self.used = {column.partition(".")[0] for column in named if "." in column}

    def read(self) -> Iterator[tuple[int, Cells]]:
        for line, row in self.view.sheet.rows:
            cells: Cells = {name: row[place] if place < len(row) else None for name, place in self.view.places.items()}
            cells |= {name: self.above[name] for name, cell in cells.items() if name in self.above and is_ditto(cell)}
            if all(is_blank(cells[name]) for name in self.required):
                self._refuse(line, cells)
                continue
            self._carry(cells, line)
            self.above |= {name: cell for name, cell in cells.items() if not is_blank(cell)}
            yield from ((line, self._with_parts(one, line)) for one in self._split(cells, line))
        self._tell_what_was_carried()
        self._refuse_rows_below()

    def _refuse(self, line: int, cells: Cells) -> None:
        """A row that says something, but not what it is about."""
        if any(spoken(cell) for cell in cells.values()):
            self.view.report("D130", line, "", column="\n".join(map(self.view.heading, self.required)))

    def _refuse_rows_below(self) -> None:
        """Rows below the total that look like records."""
        below = self.view.sheet.below
        for line, row in below[1:]:
            cells = [row[place] if place < len(row) else None for place in (self.view.places[name] for name in self.required)]
            if all(map(spoken, cells)) and len(set(cells)) == len(cells):  # a signature merged over the row is one text
                self.view.report("D132", line, "", row=str(below[0][0]))

    def _carry(self, cells: Cells, line: int) -> None:
        """Fill what is written once for several rows."""
        for group in self.view.mapping.carry:
            if group[0] in cells and is_blank(cells[group[0]]) and group[0] in self.above:
                cells |= {name: self.above.get(name) for name in group if name in cells and is_blank(cells[name])}
                self.carried[group[0]].append(line)

    def _tell_what_was_carried(self) -> None:
        for name, lines in self.carried.items():
            label = self.view.label(name)
            where = " ".join([f"{label}{line}" for line in lines[:_SHOWN]] + ["…"] * (len(lines) > _SHOWN))
            self.view.report("D131", None, "", error=False, column=self.view.heading(name), count=str(len(lines)), cells=where)

    def _split(self, cells: Cells, line: int) -> list[Cells]:
        """The row, or several where the first column that splits it holds several values; each gets its share of the others."""
        several = {name: parts(cells[name], self.view.separators(name)) for name in self.view.mapping.split if name in cells}
        count = len(next(iter(several.values()), ()))
        if count < 2:
            return [{**cells, SPLIT: 1}]
        for name, values in several.items():
            if len(values) not in (0, 1, count):
                found = {"column": self.view.heading(name), "count": str(len(values)), "other": str(count)}
                self.view.report("D133", line, self.view.label(name), **found)
                return []
        shares = {name: values * count if len(values) == 1 else values for name, values in several.items() if values}
        return [{**cells, **{name: values[number] for name, values in shares.items()}, SPLIT: count} for number in range(count)]

    def _with_parts(self, cells: Cells, line: int) -> Cells:
        """The cells, and the parts of those that a pattern takes apart."""
        for column in self.divided:
            cells |= self._parts(column, cells[column.name], line)
        return cells

    def _parts(self, column: LedgerColumn, cell: RawCell, line: int) -> Cells:
        text = " ".join(said(cell).split())
        match = re.match(column.parts, text)
        if match:
            return {f"{column.name}.{name}": clean(part or "") or None for name, part in match.groupdict().items()}
        if spoken(cell) and column.name in self.used:
            heading, groups = self.view.heading(column.name), "\n".join(re.compile(column.parts).groupindex)
            self.view.report("D134", line, self.view.label(column.name), value=short(text), column=heading, parts=groups)
        return {}
