"""The cells of a table that is read where it lies, as they stand."""

from __future__ import annotations

from collections.abc import Iterator

from policy.lang.table import RawCell, RawTable, cell_of
from policy.relational.database import Database, quoted

__all__ = ["Source"]


class Source:
    """The cells of a table as they stand; `relation` is called `own`."""

    def __init__(self, database: Database, table: RawTable) -> None:
        assert table.scan is not None
        self.database = database
        self.relation = f"{table.scan.relation} AS own"
        self.number = table.scan.number
        self.kinds = table.scan.kinds
        self._columns = table.columns

    def column(self, place: int) -> str:
        """A column; a code of an ENUM is its text."""
        name = f"own.{quoted(self._columns[place])}"
        return f"CAST({name} AS VARCHAR)" if self.kinds[place].startswith("ENUM") else name

    def rows(self, query: str) -> list[tuple]:
        return self.database.rows(query)

    def cell(self, value: object, place: int) -> RawCell:
        """A value as a source would have handed it over."""
        return cell_of(value, self.kinds[place])

    def raw(self, where: str, rest: str = "", joins: str = "") -> Iterator[tuple[int, tuple[RawCell, ...]]]:
        """Rows with their numbers, in their order."""
        columns = ", ".join(self.column(place) for place in range(len(self.kinds)))
        query = f"SELECT {self.number} AS number, {columns} FROM {self.relation} {joins} WHERE {where} ORDER BY number {rest}"
        for number, *cells in self.rows(query):
            yield number, tuple(self.cell(cell, place) for place, cell in enumerate(cells))
