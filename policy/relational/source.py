"""The cells of a table that is read where it lies, as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from policy.lang.access import Scan
from policy.lang.table import RawCell, RawTable, cell_of
from policy.relational.cells import is_code, is_text
from policy.relational.database import Database, quoted
from policy.relational.streams import copied

__all__ = ["Source"]


class Source:
    """The cells of a table as they stand; `relation` is called `own`."""

    def __init__(self, database: Database, table: RawTable) -> None:
        scan = table.scan
        assert scan is not None, "the table can be read without its rows being held"
        database.watch(table.file, scan)
        self.database = database
        self.kinds = scan.kinds
        if isinstance(scan, Scan) and not scan.once:
            relation, self._columns, self.number = scan.relation, table.columns, scan.number
        else:
            relation, self._columns = copied(database, scan, table.columns)
            self.number = "own.number"
        self.relation = f"{relation} AS own"

    def column(self, place: int) -> str:
        """A column; a code of an ENUM is its text."""
        name = f"own.{quoted(self._columns[place])}"
        return f"CAST({name} AS VARCHAR)" if self.kinds[place].startswith("ENUM") else name

    @cached_property
    def codes(self) -> frozenset[int]:
        """The columns of texts in which every cell is a code or empty, found in one look at the table: they need no closer one."""
        places = [place for place, kind in enumerate(self.kinds) if is_text(kind)]
        columns = map(self.column, places)
        asked = [f"bool_and(CASE WHEN {is_code(column)} THEN TRUE ELSE {column} IS NULL END)" for column in columns]
        found = self.rows(f"SELECT {', '.join(asked)} FROM {self.relation}")[0] if asked else ()
        return frozenset(place for place, codes in zip(places, found, strict=True) if codes)

    def rows(self, query: str) -> list[tuple]:
        return self.database.rows(query)

    def cell(self, value: object, place: int) -> RawCell:
        """A value as a source would have handed it over."""
        return cell_of(value, self.kinds[place])

    def raw(self, where: str) -> Iterator[tuple[int, tuple[RawCell, ...]]]:
        """Rows with their numbers, in their order."""
        columns = ", ".join(self.column(place) for place in range(len(self.kinds)))
        query = f"SELECT {self.number} AS number, {columns} FROM {self.relation} WHERE {where} ORDER BY number"
        for number, *cells in self.rows(query):
            yield number, tuple(self.cell(cell, place) for place, cell in enumerate(cells))
