"""What finds the tables of a run that can be read where they lie; see `policy.lang.scan.Scans`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count

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

    def open(self, table: RawTable, entity: Entity) -> Table:
        """A table that is an entity's."""
        return Table(Source(self.database, table), entity, next(self._numbers))

    def suspects(
        self, table: RawTable, is_suspect: Callable[[str], bool], sign: str, places: Mapping[int, Callable[[str], bool]]
    ) -> Sequence[RawRow]:
        """The rows with a text that has a sign in it and is suspect, or is so at one of these places; of many alike the first."""
        source = Source(self.database, table)
        rows: dict[int, Sequence[RawCell]] = {}
        for place, kind in enumerate(source.kinds):
            if is_text(kind):
                rows |= self._alike(source, place, is_suspect, f"contains({source.column(place)}, {text(sign)})")
            if place in places:
                rows |= self._alike(source, place, places[place], "TRUE")
        return sorted(rows.items())

    def _alike(self, source: Source, place: int, is_suspect: Callable[[str], bool], where: str) -> dict[int, Sequence[RawCell]]:
        """The first rows of each suspect cell of a column."""
        column = source.column(place)
        cells = source.rows(f"SELECT DISTINCT CAST({column} AS VARCHAR) FROM {source.relation} WHERE {where} AND {column} IS NOT NULL")
        wanted = [f"CAST({column} AS VARCHAR) = {text(cell)}" for (cell,) in cells if is_suspect(cell)]
        return {number: cells for where in wanted for number, cells in source.raw(where, f"LIMIT {_ALIKE}")}
