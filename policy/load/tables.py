"""Raw tables as facts: which entity, which fields, typed values, unique keys; and a list of what is wrong."""

from __future__ import annotations

import datetime
import os
import re
from collections import Counter, defaultdict, namedtuple
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import attrs

from policy.lang.facts import Facts, Input, Origin, Problem, Row
from policy.lang.schema import Entity, Field, Vocabulary, takes
from policy.lang.table import OWN_SHEETS, RawCell, RawRow, RawTable
from policy.lang.types import MonthDay, Period
from policy.load.days import year_of
from policy.load.texts import bare, clean, folded
from policy.load.values import Trouble, are_codes, reader
from policy.near import nearest

if TYPE_CHECKING:
    from policy.lang.scan import Read, ScannedTable, Scans

__all__ = ["load"]

_SHOWN = 5
"""Cells that a summary of many names."""

_MANY = 50
"""Columns of a table that nobody knows; beyond them something else is wrong with it."""

_LONGEST = 40
"""Characters of a cell that a message shows."""

_LETTERS = "[A-Z]{1,3}"
_DIFFERING = {True: "D205", False: "D204"}
_NO_VALUE = "—"
_CONFIDENTIAL = {True: "D038", False: "D039"}
_OWN_SHEETS = frozenset(folded(name) for names in OWN_SHEETS.values() for name in names.values())
_UNUSABLE = ""
"""Stands for the value of a key that cannot be read: no text is empty."""


def load(
    tables: Iterable[RawTable],
    vocabulary: Vocabulary,
    *,
    extra: Collection[str] = (),
    year: int | None = None,
    as_of: datetime.date | None = None,
    scans: Scans | None = None,
) -> Facts:
    """The facts in some tables, with everything that is wrong with them.

    Tables and columns are called by identifier or label. `extra` names tables, and columns as `table.column`, that are no part of
    the vocabulary and are left out. `year` completes days without one, unless the name of their file or sheet says the year
    (`2025年`). Facts after `as_of` are listed. What cannot be used is left out, and so are the program's own sheets. A table that `scans`
    can read where it lies stays there, and is looked at where something may be wrong with it.
    """
    tables = list(tables)
    loader = _Loader(vocabulary, frozenset(map(folded, extra)), year, scans)
    loader.count(tables)
    for table in tables:
        loader.read(table)
    loader.find_dangling()
    if as_of is not None:
        loader.find_future(as_of)
    given = {entry.entity for entry in loader.inputs}
    return Facts(
        {name: loader.scanned[name].rows if name in loader.scanned else tuple(rows.values()) for name, rows in loader.rows.items()},
        tuple(_joined(loader.inputs)),
        tuple(dict.fromkeys(loader.problems)),  # one cell of a ledger may give several values, and be wrong for each
        tuple(name for name in vocabulary.entities if name not in given),
    )


def _joined(inputs: Iterable[Input]) -> Iterable[Input]:
    """The inputs, those that one sheet gives of one entity as one."""
    joined: dict[object, Input] = {}
    for one in inputs:
        place = (one.file, one.sheet, one.entity) if one.sheet and one.entity else one
        known = joined.get(place)
        if known:
            columns = tuple(dict.fromkeys(known.columns + one.columns))
            one = attrs.evolve(known, rows=known.rows + one.rows, notes=known.notes + one.notes, columns=columns)
        joined[place] = one
    return joined.values()


class _Memo(dict):
    """Cell → value, read once for each distinct cell; `troubled` once a Trouble is among them."""

    def __init__(self, read: Callable) -> None:
        self.read = read
        self.troubled = False

    def __missing__(self, cell: RawCell) -> object:
        value = self[cell] = self.read(cell)
        if value.__class__ is Trouble:
            self.troubled = True
        return value


class _Scanned(NamedTuple):
    """A table that stays where it lies, and its rows."""

    table: ScannedTable
    origin: Origin
    rows: Collection[Row]


class _Reading(namedtuple("_Reading", "table entity places lines cells problems notes")):
    """A table being read: numbers and cells of its rows that are not blank; by the index of a field the place of its column."""

    __slots__ = ()

    def report(
        self,
        code: str,
        *,
        error: bool = True,
        row: int | None = None,
        label: str | None = None,
        rows: Iterable[int] = (),
        takes: tuple[str, ...] = (),
        **arguments: str,
    ) -> None:
        table, told = self.table, tuple(arguments.items())
        self.problems.append(Problem(code, told, table.file, table.sheet, row, label, error, tuple(rows), takes))

    def label(self, field: Field) -> str:
        return self.table.labels[self.places[field.index]]

    def called(self, field: Field) -> str:
        """The field as the table's header calls it, or that of the ledger that the table was made of."""
        return bare((self.table.headings or self.table.columns)[self.places[field.index]])


class _Loader:
    """What has been read so far."""

    def __init__(self, vocabulary: Vocabulary, extra: Collection[str], year: int | None, scans: Scans | None) -> None:
        self.vocabulary = vocabulary
        self.extra = extra
        self.year = year
        self.entities = _by_names(vocabulary.entities.values())
        self.inputs: list[Input] = []
        self.problems: list[Problem] = []
        self.memos: dict[tuple, _Memo] = {}
        self.rows: dict[str, dict[str, Row]] = {name: {} for name in vocabulary.entities}
        self.scans = scans
        self.scanned: dict[str, _Scanned] = {}
        self.tables: Counter[str] = Counter()

    def count(self, tables: Iterable[RawTable]) -> None:
        """Note how many tables each entity has: rows of several are compared with each other."""
        self.tables.update(entity.name for table in tables if (entity := self._entity(table)) is not None)

    def _entity(self, table: RawTable) -> Entity | None:
        """The entity that a table is called by, unless it was declared as extra."""
        name = folded(table.name)
        return None if name in self.extra else self.entities.get(name) or self.entities.get(os.path.splitext(name)[0])

    def read(self, table: RawTable) -> None:
        """Add a table's rows, or say why they cannot be used."""
        name, entity = folded(table.name), self._entity(table)
        if entity is None and name not in self.extra and table.sheet is not None and name in _OWN_SHEETS:
            return
        scanned = self._open(table, entity)
        rows = () if scanned else [row for row in table.rows if not _blank(row[1])]
        problems: list[Problem] = []
        notes = list(table.notes)
        columns: tuple[tuple[str, str], ...] = ()
        if entity is None:
            self._refuse_table(table, problems)
        elif not any(map(folded, table.columns)):
            if table.header is not None:  # elsewhere a list without records has no columns either
                problems.append(Problem("D008", (("table", table.name),), table.file, table.sheet))
        elif table.header is not None and not any(_called(column) in _by_names(entity.fields) for column in table.columns):
            problems.append(Problem("D016", (("table", table.name),), table.file, table.sheet, table.header))
        else:
            columns = self._read_entity(table, entity, rows, problems, notes, scanned)
        number = len(table.rows) if scanned else len(rows)
        read = Input(table.file, table.sheet, entity and entity.name, number, table.sha256, tuple(notes), columns)
        self.inputs.append(read)
        problems.sort(key=lambda problem: problem.row or 0)  # found column by column, read row by row
        self.problems += problems

    def _refuse_table(self, table: RawTable, problems: list[Problem]) -> None:
        if folded(table.name) in self.extra or not any(map(folded, table.columns)):
            return
        near = nearest(table.name, _names(self.vocabulary.entities.values()))
        arguments = (("table", table.name), ("nearest", near)) if near else (("table", table.name),)
        problems.append(Problem("D001" if near else "D002", arguments, table.file, table.sheet))

    def _open(self, table: RawTable, entity: Entity | None) -> ScannedTable | None:
        """The table where it lies, if it is all that an entity has, each column has a name and each row a value."""
        if self.scans is None or table.scan is None or entity is None or self.tables[entity.name] > 1 or not all(map(_called, table.columns)):
            return None
        if not any(_called(column) in _by_names([entity.key]) for column in table.columns):
            return None
        scanned = self.scans.open(table, entity)
        return None if scanned.blank(_blank) else scanned

    def _read_entity(
        self, table: RawTable, entity: Entity, rows: Sequence[RawRow], problems: list[Problem], notes: list[str],
        scanned: ScannedTable | None,
    ) -> tuple[tuple[str, str], ...]:
        """Add the rows of a table that is an entity's; gives the labels of its columns with their fields."""
        reading = _Reading(table, entity, {}, [line for line, _ in rows], [cells for _, cells in rows], problems, notes)
        reading = reading._replace(cells=_fitted(reading))
        _find_columns(reading, self.extra)
        if entity.key.index not in reading.places:
            reading.report("D006", table=table.name, column=_shown(entity.key))
        elif scanned is not None:
            self._scan(reading, scanned)
        else:
            self._add_rows(reading, [self._values(reading, field) for field in entity.fields])
        return tuple((table.labels[place], entity.fields[index].name) for index, place in reading.places.items())

    def _scan(self, reading: _Reading, scanned: ScannedTable) -> None:
        """Take a table where it lies; only cells without a value are looked at here."""
        entity, reads, empty = reading.entity, {}, []
        for field in entity.fields:
            excerpt: list[tuple[int, RawCell]] = []
            place = reading.places.get(field.index)
            if place is not None:
                reads[field.index] = self._sure(field, reading.table)
                excerpt = scanned.read(field, place, reads[field.index], field.key or not field.optional)
            part = reading._replace(lines=[line for line, _ in excerpt], cells=[{place: cell} for _, cell in excerpt])
            values = self._values(part, field)
            if field.key:
                empty = [line for line, value in zip(part.lines, values) if value is None]
        self._refuse_empty(reading, empty)
        origin = _origin(reading)
        for line, key, first in scanned.repeated():
            self._refuse_key(reading, key, line, origin, first)
        self.scanned[entity.name] = _Scanned(scanned, origin, scanned.keep(origin, reads))

    def _sure(self, field: Field, table: RawTable) -> Read:
        """What reads the cells of a column, each for itself, and says nothing of what is wrong with it."""
        read = self._memo(field, table).read

        def sure(cell: RawCell) -> object:
            value = read(cell)
            return None if value.__class__ is Trouble else value

        return sure

    def _values(self, reading: _Reading, field: Field) -> Sequence[object]:
        """The values of a field in all rows; None where there is none."""
        if field.index not in reading.places:
            if not (field.optional or reading.table.headings):  # what a ledger lacks, its mapping tells of
                reading.report("D007", error=False, table=reading.table.name, column=_shown(field))
            return [None] * len(reading.lines)
        table, place = reading.table, reading.places[field.index]
        cells = [row[place] for row in reading.cells]
        if are_codes(cells, field.type.kind):
            return cells
        read = self._memo(field, table)
        if bool in set(map(type, cells)):  # equal to 0 and 1, they would share their place in the memo
            cells = [("FALSE", "TRUE")[cell] if cell.__class__ is bool else cell for cell in cells]
        values = list(map(read.__getitem__, cells))
        if not field.optional and not field.key and None in values:
            empty = [line for line, value in zip(reading.lines, values) if value is None]
            self._sum_up(reading, field, "D013", empty)
        return self._sound(reading, field, cells, values) if read.troubled else values

    def _sum_up(self, reading: _Reading, field: Field, code: str, lines: Sequence[int], **arguments: str) -> None:
        """Report what is alike in many cells of a column."""
        label = reading.label(field)
        told = {**arguments, "column": reading.called(field), "count": str(len(lines)), "cells": _cells(label, lines)}
        reading.report(code, error=False, label=label, rows=lines, takes=self._takes(field), **told)

    def _takes(self, field: Field) -> tuple[str, ...]:
        """What a field accepts; of a confidential one without the members, as a message must not look as if it showed a value."""
        return takes(field, self.vocabulary)[: 1 if field.confidential else None]

    def _sound(self, reading: _Reading, field: Field, cells: Sequence[RawCell], values: Sequence[object]) -> Sequence[object]:
        """The values without troubles, which are reported: errors one by one, what is not known summed up."""
        unknown: dict[tuple[str, str], list[int]] = {}
        accepted = self._takes(field)
        for line, cell, value in zip(reading.lines, cells, values):
            if value.__class__ is not Trouble:
                continue
            code = _CONFIDENTIAL[value.error] if field.confidential else value.code
            shown = "***" if field.confidential else _short(str(cell))
            if value.error:
                arguments = dict(() if field.confidential else value.arguments, value=shown, column=reading.called(field))
                reading.report(code, row=line, label=reading.label(field), takes=accepted, **arguments)
            else:
                unknown.setdefault((code, shown), []).append(line)
        for (code, shown), lines in unknown.items():
            self._sum_up(reading, field, code, lines, value=shown)
        replacement = _UNUSABLE if field.key else None
        return [replacement if value.__class__ is Trouble else value for value in values]

    def _memo(self, field: Field, table: RawTable) -> _Memo:
        """What reads the cells of a column; columns of one type share what they have read, keys (of which no two are the same) do not."""
        year = table.year or year_of(table.sheet, os.path.basename(table.file)) or self.year
        name = (field.type, year, table.date1904)
        memo = None if field.key else self.memos.get(name)
        if memo is None or memo.troubled:
            memo = _Memo(reader(field.type, self.vocabulary, year=year, date1904=table.date1904))
        if not field.key:
            self.memos[name] = memo
        return memo

    def _add_rows(self, reading: _Reading, columns: Sequence[Sequence[object]]) -> None:
        entity, table, lines = reading.entity, reading.table, reading.lines
        origin = _origin(reading)
        known = self.rows[entity.name]
        repeated = 0
        for key, values, line in zip(columns[entity.key.index], zip(*columns), lines):
            if key and key not in known:
                known[key] = Row(entity.name, key, values, origin, line)
            elif key and _elsewhere(known[key], table):
                repeated += known[key].values == values
                self._compare(reading, known[key], values, line)
            elif key:
                self._refuse_key(reading, key, line, known[key].origin, known[key].line)
            elif key is None:
                self._refuse_empty(reading, [line])
        if repeated:
            reading.notes.append(f"repeated {repeated}")

    def _refuse_empty(self, reading: _Reading, lines: Iterable[int]) -> None:
        """Report the rows without a key."""
        key = reading.entity.key
        for line in lines:
            reading.report("D010", row=line, label=reading.label(key), takes=self._takes(key), column=reading.called(key))

    def _refuse_key(self, reading: _Reading, key: str, line: int, origin: Origin, first: int) -> None:
        field = reading.entity.key
        where = _cell(origin.columns[field.name], first)
        reading.report("D011", row=line, label=reading.label(field), takes=self._takes(field), key=_short(key), other=where)

    def _compare(self, reading: _Reading, first: Row, values: Sequence[object], line: int) -> None:
        """Report the fields in which a row differs from the one with its key that another source has."""
        for field in reading.entity.fields:
            here, there = values[field.index], first.values[field.index]
            if here == there:
                continue
            column = field.name if field.name in first.origin.columns else reading.entity.key.name
            cell = _cell(first.origin.columns[column], first.line)
            where = " ".join(filter(None, (first.origin.file, first.origin.sheet, cell)))
            label = reading.label(field if field.index in reading.places else reading.entity.key)
            shown = {} if field.confidential else {"value": self._written(here, field), "other": self._written(there, field)}
            arguments = {"key": _short(first.key), "column": field.label or field.name, "place": where, **shown}
            reading.report(_DIFFERING[field.confidential], row=line, label=label, **arguments)

    def _written(self, value: object, field: Field) -> str:
        """A value that was read, as somebody may have written it."""
        if value is None:
            return _NO_VALUE
        if field.type.is_enum:
            member = self.vocabulary.enums[field.type.name or ""].member(str(value))
            return (member and member.label) or str(value)
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, Period):
            return f"{value.amount} {value.unit}"
        return f"{value.month:02}-{value.day:02}" if isinstance(value, MonthDay) else _short(str(value))

    def find_dangling(self) -> None:
        """List the references that name no row. They stay as they are."""
        lost = self._lost_elsewhere()
        fields = [(entity, field) for entity in self.vocabulary.entities.values() for field in entity.fields if field.type.is_ref]
        dangling = [(entity, field, found) for entity, field in fields if (found := self._dangling(entity, field, lost))]
        unread: defaultdict[str, list[tuple[Entity, Field, Origin]]] = defaultdict(list)
        for entity, field, found in dangling:
            target = self.scanned.get(field.type.name)
            if not (target.rows if target else self.rows[field.type.name]):
                unread[field.type.name] += [(entity, field, origin) for origin in found]
        self.problems += [self._unread(target, references) for target, references in unread.items()]
        for _, field, found in dangling:
            if field.type.name not in unread:
                self._list_dangling(field, found)

    def _unread(self, target: str, references: Sequence[tuple[Entity, Field, Origin]]) -> Problem:
        """Says once that references lead nowhere because there is no row that they could lead to, which is no mistake of theirs."""
        (_, _, first), called = references[0], self.vocabulary.entities[target].label or target
        names = [f"{entity.label or entity.name}.{field.label or field.name}" for entity, field, _ in references]
        arguments = (("target", called), ("count", str(len(names))), ("columns", " ".join(_first(names))))
        return Problem("D041", arguments, first.file, first.sheet, error=False)

    def _lost_elsewhere(self) -> dict[tuple[str, int], list[tuple[int, str]]]:
        """The rows of tables read where they lie whose reference names no row: number and value, by entity and field."""
        lost: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for target in self.vocabulary.entities:
            references = [
                (entity, self.scanned[entity.name].table, field)
                for entity in self.vocabulary.entities.values() if entity.name in self.scanned
                for field in entity.fields
                if field.type.is_ref and field.type.name == target and field.index in _fields_of(self.scanned[entity.name], entity)
            ]  # fmt: skip
            if target in self.scanned:  # all at once, as one look at many keys is enough
                found = self.scanned[target].table.lost([(table, field) for _, table, field in references])
            else:
                found = [table.lost_among(field, self.rows[target].keys()) for _, table, field in references]
            lost |= {(entity.name, field.index): rows for (entity, _, field), rows in zip(references, found, strict=True)}
        return lost

    def _dangling(self, entity: Entity, field: Field, lost_elsewhere: Mapping[tuple[str, int], list[tuple[int, str]]]) -> dict[Origin, list[tuple[int, str]]]:
        """The rows with a reference that names no row, with what it names, by the table that they come from."""
        own, target = self.scanned.get(entity.name), self.scanned.get(field.type.name)
        if own is not None:
            found = lost_elsewhere.get((entity.name, field.index))
            return {own.origin: found} if found else {}
        keys = self.rows[field.type.name].keys()
        rows = self.rows[entity.name].values()
        named = {row.values[field.index] for row in rows} - {None}
        lost = target.table.without(named) if target and named else named - keys
        return _by_origin(((row, row.values[field.index]) for row in rows if row.values[field.index] in lost) if lost else ())

    def _list_dangling(self, field: Field, dangling: dict[Origin, list[tuple[int, str]]]) -> None:
        target = self.vocabulary.entities[field.type.name]
        for origin, found in dangling.items():
            near = self._nearly(target.name, {key for _, key in found})
            self._list_rows("D015" if near else "D014", field, origin, [line for line, _ in found], target=target.label or target.name)

    def _nearly(self, entity: str, keys: Collection[str]) -> bool:
        """Whether each of some keys is that of a row but for zeros in front."""
        if entity in self.scanned:
            return self.scanned[entity].table.nearly(keys)
        bare = {key.lstrip("0") for key in self.rows[entity]}
        return all(key.lstrip("0") in bare for key in keys)

    def find_future(self, as_of: datetime.date) -> None:
        """List the rows whose fact lies after a day: as of that day they do not exist."""
        for entity in self.vocabulary.entities.values():
            field = entity.occurs
            for origin, lines in self._later(entity, field, as_of) if field else ():
                self._list_rows("D017", field, origin, lines, as_of=as_of.isoformat())

    def _later(self, entity: Entity, field: Field, as_of: datetime.date) -> Iterable[tuple[Origin, Sequence[int]]]:
        """By the table that they come from the rows whose day lies after a day."""
        own = self.scanned.get(entity.name)
        if own is not None:
            lines = own.table.after(field, as_of) if field.index in _fields_of(own, entity) else []
            return [(own.origin, lines)] if lines else []
        rows = self.rows[entity.name].values()
        later = ((row, "") for row in rows if (day := row.values[field.index]) is not None and day > as_of)
        return [(origin, [line for line, _ in found]) for origin, found in _by_origin(later).items()]

    def _list_rows(self, code: str, field: Field, origin: Origin, lines: Sequence[int], **arguments: str) -> None:
        """A remark on a field of rows of one table."""
        label = origin.columns[field.name]
        told = {"column": field.label or field.name, **arguments, "count": str(len(lines)), "cells": _cells(label, lines)}
        accepted = self._takes(field) if field.type.is_ref else ()  # a day to come is as good as any other
        self.problems.append(Problem(code, tuple(told.items()), origin.file, origin.sheet, None, label, False, tuple(lines), accepted))


# --- tables and columns ----------------------------------------------------------------------------------------------


def _elsewhere(row: Row, table: RawTable) -> bool:
    """Whether a row is from another source than a table."""
    return (row.origin.file, row.origin.sheet) != (table.file, table.sheet)


def _names(things: Iterable[Entity] | Iterable[Field]) -> list[str]:
    return [name for thing in things for name in (thing.label, thing.name) if name]


def _by_names(things: Iterable) -> dict:
    """Entities or fields by folded label and identifier; an identifier wins over another's label."""
    things = list(things)
    return {folded(thing.label): thing for thing in things if thing.label} | {folded(thing.name): thing for thing in things}


def _find_columns(reading: _Reading, extra: Collection[str]) -> None:
    """Enter the column of each field; what the vocabulary does not have, and what stands there twice, is a problem."""
    fields = _by_names(reading.entity.fields)
    unknown = 0
    for place, column in enumerate(reading.table.columns):
        name = _called(column)
        label = reading.table.labels[place]
        if not name:
            if not all(_blank(row[place : place + 1]) for row in reading.cells):
                reading.report("D009", row=reading.table.header, label=label, column=label)
        elif name not in fields:
            if not _declared(reading, name, extra):
                unknown += 1
                if unknown <= _MANY:
                    _refuse_column(reading, place)
        elif fields[name].index in reading.places:
            first = reading.label(fields[name])
            reading.report("D005", row=reading.table.header, label=label, column=_shown(fields[name]), first=first, second=label)
        else:
            reading.places[fields[name].index] = place
    if unknown > _MANY:
        reading.report("D018", row=reading.table.header, table=reading.table.name, count=str(unknown - _MANY))


def _called(column: str) -> str:
    """A column as names are compared."""
    return folded(bare(column))


def _declared(reading: _Reading, column: str, extra: Collection[str]) -> bool:
    tables = (reading.table.name, reading.entity.name, reading.entity.label)
    return any(f"{folded(table)}.{column}" in extra for table in tables if table)


def _refuse_column(reading: _Reading, place: int) -> None:
    table = reading.table
    column = bare(table.columns[place])
    arguments = {"table": table.name, "column": _short(column)}
    near = nearest(column, _names(reading.entity.fields))
    if near:
        arguments["nearest"] = near
    reading.report("D003" if near else "D004", row=table.header, label=table.labels[place], **arguments)


def _shown(field: Field) -> str:
    """A field that no header calls."""
    return f"{field.label} {field.name}" if field.label else field.name




# --- rows and cells --------------------------------------------------------------------------------------------------


def _blank(cells: Iterable[RawCell]) -> bool:
    for cell in cells:  # most rows begin with a key
        if cell is not None and (cell.__class__ is not str or clean(cell)):
            return False
    return True


def _fitted(reading: _Reading) -> Sequence[Sequence[RawCell]]:
    """The rows as wide as the header; values beyond it are a problem."""
    width = len(reading.table.columns)
    if set(map(len, reading.cells)) <= {width}:
        return reading.cells
    fitted = []
    for line, cells in zip(reading.lines, reading.cells):
        if len(cells) != width:
            if not _blank(cells[width:]):
                reading.report("D012", row=line, count=str(len(cells) - width))
            cells = (*cells[:width], *[None] * (width - len(cells)))
        fitted.append(cells)
    return fitted


def _short(text: str) -> str:
    text = " ".join(clean(text[: 10 * _LONGEST]).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _cell(label: str, line: int) -> str:
    """A cell as a spreadsheet calls it; where columns have names, name and row."""
    return f"{label}{line}" if re.fullmatch(_LETTERS, label) else f"{label}:{line}"


def _cells(label: str, lines: Sequence[int]) -> str:
    """The first few of some cells of a column."""
    return " ".join(_first([_cell(label, line) for line in lines[: _SHOWN + 1]]))


def _first(names: Sequence[str]) -> Sequence[str]:
    """The first few of some names."""
    return [*names[:_SHOWN], "…"] if len(names) > _SHOWN else names


def _by_origin(rows: Iterable[tuple[Row, str]]) -> dict[Origin, list[tuple[int, str]]]:
    """The numbers of rows, with what goes with them, by the table that they come from."""
    by_origin: dict[Origin, list[tuple[int, str]]] = {}
    for row, value in rows:
        by_origin.setdefault(row.origin, []).append((row.line, value))
    return by_origin


def _origin(reading: _Reading) -> Origin:
    labels = {field.name: reading.label(field) for field in reading.entity.fields if field.index in reading.places}
    return Origin(reading.table.file, reading.table.sheet, labels)


def _fields_of(scanned: _Scanned, entity: Entity) -> set[int]:
    """The places of the fields that have a column."""
    return {field.index for field in entity.fields if field.name in scanned.origin.columns}
