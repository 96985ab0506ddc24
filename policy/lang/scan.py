"""Tables whose rows nobody holds: rows that are read when somebody wants them, and what is asked of an engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from policy.lang.facts import Origin, Row
from policy.lang.schema import Entity, Field
from policy.lang.table import RawCell, RawRow, RawTable

__all__ = ["LaterRows", "Read", "RowsElsewhere", "ScannedTable", "Scans"]

Read = Callable[[RawCell], Any]
"""What makes a value of a cell: None of an empty one."""


class LaterRows(Sequence[RawRow]):
    """So many rows, read when the first is wanted."""

    def __init__(self, count: int, read: Callable[[], Sequence[RawRow]]) -> None:
        self._count = count
        self._read = read
        self._rows: Sequence[RawRow] | None = None

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:
        return self._all()[place]

    def __iter__(self) -> Iterator[RawRow]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def _all(self) -> Sequence[RawRow]:
        if self._rows is None:
            self._rows = self._read()
        return self._rows


@runtime_checkable
class RowsElsewhere(Protocol):
    """The rows of a table that nobody holds: each is made when it is asked for."""

    def of(self, keys: Collection[str], names: Collection[str]) -> Iterator[Row]:
        """The rows with some keys, with the values of some fields and no others."""


class ScannedTable(Protocol):
    """A table of an entity that an engine reads where it lies."""

    def blank(self, is_blank: Callable[[Sequence[RawCell]], bool]) -> int:
        """How many rows have no cell that is not blank. They are no rows."""

    def read(self, field: Field, place: int, read: Read, empty: bool) -> list[tuple[int, RawCell]]:
        """Take the column at a place for a field.

        What SQL cannot be sure to read as Python does is read by `read`, each distinct cell once. Gives number and cell of the rows for
        which there is no value though there is a cell; with `empty` of those without one, too.
        """

    def repeated(self) -> list[tuple[int, str, int]]:
        """The rows whose key a row before them has: number, key, and the number of that row. They are left out."""

    def keep(self, origin: Origin, reads: Mapping[int, Read]) -> Collection[Row]:
        """The rows, which come from `origin`; their values are made by the `reads` of their fields."""

    def lost(self, references: Sequence[tuple[ScannedTable, Field]]) -> list[list[tuple[int, str]]]:
        """For each field of a table that refers to this one the rows whose reference is no key of it: number and value."""

    def lost_among(self, field: Field, keys: Collection[str]) -> list[tuple[int, str]]:
        """The rows whose reference is none of some keys: number and value."""

    def without(self, keys: Collection[str]) -> set[str]:
        """Those of some keys that no row has."""

    def nearly(self, keys: Collection[str]) -> bool:
        """Whether each of some keys is that of a row but for zeros in front."""

    def after(self, field: Field, day: object) -> list[int]:
        """The numbers of the rows whose day is later."""


class Scans(Protocol):
    """What reads tables where they lie."""

    def open(self, table: RawTable, entity: Entity) -> ScannedTable:
        """A table that is an entity's."""

    def suspects(self, table: RawTable, is_suspect: Callable[[str], bool], sign: str, places: Mapping[int, Callable[[str], bool]]) -> Sequence[RawRow]:
        """The rows with a text that has a sign in it and is suspect, or is so at one of these places; of many alike the first."""
