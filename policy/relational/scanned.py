"""Tables of entities read where they lie: what SQL makes of their cells, and Python of those that SQL cannot be sure of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow

from policy.lang.facts import Origin, Row
from policy.lang.scan import Read
from policy.lang.schema import Entity, Field
from policy.lang.table import RawCell
from policy.relational.cells import is_text, plain
from policy.relational.columns import array, column_of, joined
from policy.relational.database import quoted, text
from policy.relational.functions import kind_of
from policy.relational.hashes import alike
from policy.relational.source import Source

__all__ = ["ScannedRows", "Table"]

_AT_ONCE = 50_000
"""Cells that are held to be read."""


class Table:
    """A table of an entity; see `policy.lang.scan.ScannedTable`. Once it is kept `name` is that of the view of its rows.

    The view has `line`, `key`, and a column for each field (for a number two, the other with the cell); a reference may lead nowhere.
    """

    def __init__(self, source: Source, entity: Entity, number: int) -> None:
        self.source = source
        self.entity = entity
        self.name = f"all {number}"
        self.astray: dict[int, set[str]] = {}
        self._number = number
        self.places: dict[int, int] = {}
        self._values: dict[int, str] = {}
        self._joins: list[str] = []
        self._left: list[int] = []

    # --- cells -------------------------------------------------------------------------------------------------------

    def blank(self, is_blank: Callable[[Sequence[RawCell]], bool]) -> int:
        """How many rows have no cell that is not blank: only rows without anything legible are looked at."""
        bare = []
        for place, kind in enumerate(self.source.kinds):
            column = self.source.column(place)
            legible = not is_text(kind) or place in self.source.codes
            bare.append(f"{column} IS NULL" if legible else f"({column} IS NULL OR NOT regexp_matches({column}, '[!-~]'))")
            if not self.source.database.value(f"SELECT count(*) FROM {self.source.relation} WHERE {bare[-1]}"):
                return 0  # mostly after the first column, which is the key
        return sum(is_blank(cells) for _, cells in self.source.raw(" AND ".join(bare)))

    def read(self, field: Field, place: int, read: Read, empty: bool) -> list[tuple[int, RawCell]]:
        """Take a column for a field; gives the rows for which there is no value."""
        self.places[field.index] = place
        column, kind = self.source.column(place), self.source.kinds[place]
        known = plain(field, column, kind, place in self.source.codes)
        others = self._others(column, "FALSE" if known is None else known.when)
        made, bad, alike = self._made(others, field, place, read)
        if others and not (alike and is_text(kind)):
            self._values[field.index] = self._translated(field, column, made, known and f"WHEN {known.when} THEN {known.value}")
        elif known is not None:
            self._values[field.index] = known.value
        else:
            self._values[field.index] = column if others else f"CAST(NULL AS {kind_of(field.type)})"
        return self._without_value(place, bad, empty)

    def _others(self, column: str, when: str | None) -> int:
        """Number the distinct cells that SQL does not read by itself, from 1; how many they are."""
        if when is None:
            return 0
        cells = f"SELECT DISTINCT {column} AS cell FROM {self.source.relation} WHERE {column} IS NOT NULL AND ({when}) IS NOT TRUE"
        self.source.database.do(f"CREATE OR REPLACE TABLE others AS SELECT row_number() OVER () AS number, cell FROM ({cells})")
        return self.source.database.value("SELECT count(*) FROM others")

    def _made(self, others: int, field: Field, place: int, read: Read) -> tuple[list[pyarrow.Array], list[int], bool]:
        """What Python makes of so many cells, some at a time; the numbers of those without a value; and whether each other is its own value."""
        made, bad, alike = [], [], True
        for start in range(1, others + 1, _AT_ONCE):
            found = self.source.rows(f"SELECT cell FROM others WHERE number BETWEEN {start} AND {start + _AT_ONCE - 1} ORDER BY number")
            values = [read(self.source.cell(cell, place)) for (cell,) in found]
            made.append(array(values, field.type.kind))
            bad += [number for number, value in enumerate(values, start) if value is None]
            alike = alike and all(value == cell for value, (cell,) in zip(values, found, strict=True))
        return made, bad, alike

    def _translated(self, field: Field, column: str, made: Sequence[pyarrow.Array], known: str | None) -> str:
        """What a column comes to once what Python has made of its cells is joined."""
        database, name = self.source.database, f"made {self._number} {field.index}"
        values = joined(made)
        database.keep("made", {"number": pyarrow.array(range(1, len(values) + 1), pyarrow.int64()), "made value": values})
        database.do(f'CREATE TABLE {quoted(name)} AS SELECT cell AS "made of", "made value" FROM others JOIN made USING (number)')
        self._joins.append(f'LEFT JOIN {quoted(name)} ON {quoted(name)}."made of" = {column}')
        value = f'{quoted(name)}."made value"'
        return f"CASE {known} ELSE {value} END" if known else value

    def _without_value(self, place: int, bad: Sequence[int], empty: bool) -> list[tuple[int, RawCell]]:
        column = self.source.column(place)
        wanted = [f"{column} IS NULL"] if empty else []
        if bad:
            wanted.append(f"{column} IN (SELECT cell FROM others WHERE number IN ({', '.join(map(str, bad))}))")
        if not wanted:
            return []
        query = f"SELECT {self.source.number} AS number, {column} FROM {self.source.relation} WHERE {' OR '.join(wanted)} ORDER BY number"
        return [(number, self.source.cell(cell, place)) for number, cell in self.source.rows(query)]

    # --- rows --------------------------------------------------------------------------------------------------------

    def repeated(self) -> list[tuple[int, str, int]]:
        """The rows whose key a row before them has: number, key, and the number of that row. They are left out."""
        key = self._values[self.entity.key.index]
        hashes = alike(self.source.database, key, self._from())
        if not hashes.size:
            return []
        self.source.database.keep("alike", {"hash": pyarrow.array(hashes)})
        rows = f"SELECT {self.source.number} AS number, {key} AS key FROM {self._from()} WHERE {key} IS NOT NULL"
        first: dict[str, int] = {}
        repeated = []
        for number, key in self.source.rows(f"SELECT * FROM ({rows}) WHERE hash(key) IN (SELECT hash FROM alike) ORDER BY number"):
            if first.setdefault(key, number) != number:
                repeated.append((number, key, first[key]))
        self._left = [number for number, _, _ in repeated]
        return repeated

    def keep(self, origin: Origin, reads: Mapping[int, Read]) -> ScannedRows:
        """The rows, which come from `origin`; their values are made by the `reads` of their fields."""
        columns = [f"{self.source.number} AS line"]
        for field in self.entity.fields:
            value = self._values.get(field.index, f"CAST(NULL AS {kind_of(field.type)})")
            columns.append(f"{value} AS {quoted(column_of(field))}")
            if field.type.kind == "number" and field.index in self.places:  # SQL does not keep how a number is written
                columns.append(f"{self.source.column(self.places[field.index])} AS {quoted(self.column(field))}")
        where = f"{self._values[self.entity.key.index]} IS NOT NULL"
        if self._left:
            self.source.database.keep(f"left {self._number}", {"line": pyarrow.array(self._left, pyarrow.int64())})
            where += f" AND {self.source.number} NOT IN (SELECT line FROM {quoted(f'left {self._number}')})"
        self.source.database.do(f"CREATE VIEW {quoted(self.name)} AS SELECT {', '.join(columns)} FROM {self._from()} WHERE {where}")
        return ScannedRows(self, origin, reads)

    def column(self, field: Field) -> str:
        """The column that has the values of a field as they are told: of a number the cell."""
        return f"cell {field.index}" if field.type.kind == "number" else column_of(field)

    def _from(self) -> str:
        return " ".join([self.source.relation, *self._joins])

    # --- references and days -----------------------------------------------------------------------------------------

    def lost(self, references: Sequence[tuple[Table, Field]]) -> list[list[tuple[int, str]]]:
        """For each field of a table that refers to this one the rows whose reference is no key of it: number and value."""
        named = " UNION ALL ".join(f"SELECT {quoted(column_of(field))} AS key FROM {quoted(table.name)}" for table, field in references)
        if references:
            lost = f"SELECT DISTINCT key FROM ({named}) ANTI JOIN {quoted(self.name)} USING (key) WHERE key IS NOT NULL"
            self.source.database.do(f"CREATE OR REPLACE TABLE lost AS {lost}")
        if not references or not self.source.database.value("SELECT count(*) FROM lost"):
            return [[] for _ in references]
        return [table.named(field, "SEMI JOIN lost USING (key)") for table, field in references]

    def lost_among(self, field: Field, keys: Collection[str]) -> list[tuple[int, str]]:
        """The rows whose reference is none of some keys: number and value."""
        return self.named(field, f"ANTI JOIN {quoted(self.given(keys))} USING (key)")

    def named(self, field: Field, join: str) -> list[tuple[int, str]]:
        """The rows with a reference that some join leaves: number and value."""
        own = f"SELECT line, {quoted(column_of(field))} AS key FROM {quoted(self.name)}"
        found = self.source.rows(f"SELECT line, key FROM ({own}) {join} WHERE key IS NOT NULL ORDER BY line")
        self.astray[field.index] = {key for _, key in found}
        return found

    def without(self, keys: Collection[str]) -> set[str]:
        """Those of some keys that no row has."""
        query = f"SELECT key FROM {quoted(self.given(keys))} ANTI JOIN {quoted(self.name)} USING (key)"
        return {key for (key,) in self.source.rows(query)}

    def nearly(self, keys: Collection[str]) -> bool:
        """Whether each of some keys is that of a row but for zeros in front."""
        bare = "SELECT ltrim(key, '0') AS bare FROM {}"
        given, own = bare.format(quoted(self.given(keys))), bare.format(quoted(self.name))
        return not self.source.database.value(f"SELECT count(*) FROM ({given}) ANTI JOIN ({own}) USING (bare)")

    def after(self, field: Field, day: object) -> list[int]:
        """The numbers of the rows whose day is later."""
        query = f"SELECT line FROM {quoted(self.name)} WHERE {quoted(column_of(field))} > DATE '{day}' ORDER BY line"
        return [number for (number,) in self.source.rows(query)]

    def given(self, keys: Collection[str]) -> str:
        """The table of some keys, until others are given."""
        self.source.database.keep_texts("given keys", "key", list(keys))
        return "given keys"


class ScannedRows(Collection[Row]):
    """The rows of a table that is read where it lies, in their order."""

    def __init__(self, table: Table, origin: Origin, reads: Mapping[int, Read]) -> None:
        self.table = table
        self.origin = origin
        self._reads = reads

    def __len__(self) -> int:
        return self.table.source.database.value(f"SELECT count(*) FROM {quoted(self.table.name)}")

    def __contains__(self, row: object) -> bool:
        if not isinstance(row, Row):
            return False
        return bool(self.table.source.database.value(f"SELECT count(*) FROM {quoted(self.table.name)} WHERE key = {text(row.key)}"))

    def __iter__(self) -> Iterator[Row]:
        return self._in_order()

    def of(self, keys: Collection[str], names: Collection[str]) -> Iterator[Row]:
        """The rows with some keys, with the values of some fields and no others."""
        return self.made(self.columns(names), f"{quoted(self.table.name)} SEMI JOIN {quoted(self.table.given(keys))} USING (key)")

    def unlike(self, field: Field, values: Collection[str]) -> Iterator[Row]:
        """The rows whose text in a field is none of some values, in their order."""
        column = quoted(column_of(field))
        return self._in_order(f"WHERE {column} IS NULL OR {column} NOT IN ({', '.join(map(text, values))})" if values else "")

    def _in_order(self, where: str = "") -> Iterator[Row]:
        """Rows with all their values."""
        return self.made(self.columns([field.name for field in self.table.entity.fields]), f"{quoted(self.table.name)} {where} ORDER BY line")

    def columns(self, names: Collection[str]) -> list[tuple[str, Field | None]]:
        """The columns that make rows with the values of some fields and no others: number, key, and one for each, with its field."""
        wanted = [field for field in self.table.entity.fields if field.name in names and field.index in self.table.places and not field.key]
        return [("line", None), ("key", None), *((self.table.column(field), field) for field in wanted)]

    def made(self, columns: Sequence[tuple[str, Field | None]], source: str) -> Iterator[Row]:
        """Rows made of such columns, which stand behind FROM in `source`; values that were not asked for are missing."""
        entity, table = self.table.entity, self.table
        width, key_place = len(entity.fields), entity.key.index
        kept = [(place, field.index, self._read(field)) for place, (_, field) in enumerate(columns) if field is not None]
        query = f"SELECT {', '.join(quoted(name) for name, _ in columns)} FROM {source}"
        for row in table.source.database.rows(query):
            values = [None] * width
            values[key_place] = row[1]
            for place, index, read in kept:
                values[index] = row[place] if read is None else read(row[place])
            yield Row(entity.name, row[1], tuple(values), self.origin, row[0])

    def _read(self, field: Field) -> Callable[[Any], Any] | None:
        """What makes a value of what a column has, if it is not the value."""
        if field.type.kind != "number":
            return None
        read, place, cell = self._reads[field.index], self.table.places[field.index], self.table.source.cell
        return lambda value: read(cell(value, place))
