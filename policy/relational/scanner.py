"""What finds the tables of a run that can be read where they lie; see `policy.lang.scan.Scans`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count

from policy.lang.access import Scan, Stream
from policy.lang.schema import Entity
from policy.lang.table import RawCell, RawRow, RawTable
from policy.relational.cells import is_text
from policy.relational.database import Database, text
from policy.relational.scanned import Table
from policy.relational.source import Source

__all__ = ["Scanner"]

_ALIKE = 1_000
"""Rows that are shown of many with the same mark."""


class Scanner:
    """Opens tables in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._numbers = count()
        self._sources: dict[Scan | Stream, Source] = {}

    def open(self, table: RawTable, entity: Entity) -> Table:
        """A table that is an entity's."""
        return Table(self._source(table), entity, next(self._numbers))

    def _source(self, table: RawTable) -> Source:
        """The cells of a table, which keep what was found of them."""
        if table.scan not in self._sources:
            self._sources[table.scan] = Source(self.database, table)
        return self._sources[table.scan]

    def suspects(
        self, table: RawTable, is_suspect: Callable[[str], bool], sign: str, places: Mapping[int, Callable[[str], bool]]
    ) -> Sequence[RawRow]:
        """The rows with a text that has a sign in it and is suspect, or is so at one of these places; of many alike the first."""
        source = self._source(table)
        rows: dict[int, Sequence[RawCell]] = {}
        for place, kind in enumerate(source.kinds):
            if is_text(kind) and place not in source.codes:
                rows |= self._alike(source, place, is_suspect, f"contains({source.column(place)}, {text(sign)})")
            if place in places:
                rows |= self._alike(source, place, places[place], "TRUE")
        return sorted(rows.items())

    def _alike(self, source: Source, place: int, is_suspect: Callable[[str], bool], where: str) -> dict[int, Sequence[RawCell]]:
        """The first rows of each suspect cell of a column."""
        column = source.column(place)
        cells = source.rows(f"SELECT DISTINCT CAST({column} AS VARCHAR) FROM {source.relation} WHERE {where} AND {column} IS NOT NULL")
        wanted = [f"CAST({column} AS VARCHAR) = {text(cell)}" for (cell,) in cells if is_suspect(cell)]
        return {number: cells for where in wanted for number, cells in source.raw(f"{where} AND {source.number} <= {self._last(source, where)}")}

    def _last(self, source: Source, where: str) -> int:
        """The number of the last row that is shown of many: nothing else is read of those behind it."""
        numbers = f"SELECT {source.number} AS number FROM {source.relation} WHERE {where} ORDER BY number LIMIT {_ALIKE}"
        return self.database.value(f"SELECT max(number) FROM ({numbers})")
