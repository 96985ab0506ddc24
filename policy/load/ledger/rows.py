"""Rows of a ledger as rows of the tables of a pack, each value with the column that it came from."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

import attrs

from policy.lang.facts import Problem
from policy.lang.mapping import SPLIT, LedgerColumn, Origins, Phrase, Template
from policy.lang.schema import Entity, Field, Vocabulary
from policy.lang.table import RawCell, RawTable
from policy.lang.types import DATE
from policy.load.ledger.cells import first_day, is_blank, is_ditto, is_no, meaning, parts, said, spoken, translated
from policy.load.ledger.headers import Sheet
from policy.load.ledger.lookup import Ambiguous, Registry
from policy.load.texts import clean, folded, is_mark, named
from policy.load.values import Trouble, reader, text_of

__all__ = ["Book", "read_sheet"]

_DIGITS = 8
"""Of the digest in a key: ten thousand talks of one day would have two alike once in a hundred times, and those are told apart."""

_Where = tuple[int, str, str]


class Book:
    """What has been found out about all sheets: who there is, by entity, and how often a key was given."""

    def __init__(self, vocabulary: Vocabulary, registries: dict[str, Registry]) -> None:
        self.vocabulary = vocabulary
        self.registries = registries
        self.keys: dict[str, dict[str, int]] = defaultdict(dict)


@attrs.define(eq=False)
class _Output:
    """The rows that a template gives of a sheet: fields with their columns' labels and headings, and rows by line."""

    fields: list[tuple[Field, Origins, str, str]]
    label: str
    heading: str
    rows: list[tuple[int, tuple[RawCell, ...]]] = attrs.field(factory=list)


@attrs.define(eq=False)
class _Given:
    """What the templates have given of one row: the key of each and, of those that were added just now, which."""

    line: int
    cells: dict[str, RawCell]
    keys: dict[str, list[str | None]] = attrs.field(factory=dict)
    added: set[str] = attrs.field(factory=set)


def read_sheet(sheet: Sheet, book: Book) -> tuple[list[RawTable], list[Problem]]:
    """The tables that a sheet gives, one for each template, and what is wrong with its cells."""
    reading = _SheetReader(sheet, book)
    for line, cells in reading.cells():
        given = _Given(line, cells)
        for template in sheet.mapping.templates:
            reading.add(template, given)
    reading.resolve_parents()
    return list(reading.tables()), reading.problems


class _SheetReader:
    """A sheet being read."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self.sheet = sheet
        self.book = book
        self.problems: list[Problem] = []
        self.columns = sheet.mapping.columns
        self.phrases: dict[str, Phrase] = {phrase.name: phrase for phrase in sheet.mapping.phrases}
        self.codes: dict[str, dict[str, str]] = defaultdict(dict)
        for enum, pairs in sheet.mapping.codes:
            self.codes[enum].update(pairs)
        self._days: dict[RawCell, str] = {}
        self._read_day = reader(DATE, book.vocabulary, year=sheet.year, date1904=sheet.table.date1904)
        self._beside: dict[str, tuple[str, int, int] | None] = {}
        self.outputs = {template.name: self._output(template) for template in sheet.mapping.templates}

    def report(self, code: str, line: int | None, label: str, /, *, error: bool = True, **arguments: str) -> None:
        table = self.sheet.table
        self.problems.append(Problem(code, tuple(arguments.items()), table.file, table.sheet, line, label or None, error))

    # --- columns -----------------------------------------------------------------------------------------------------

    def place(self, column: str) -> int | None:
        if column == SPLIT:
            return next((self.sheet.header.places[name] for name in self.sheet.mapping.split if name in self.sheet.header.places), None)
        return self.sheet.header.places.get(column.partition(".")[0])

    def label(self, column: str | None) -> str:
        place = None if column is None else self.place(column)
        return "" if place is None else self.sheet.label(place)

    def heading(self, column: str | None) -> str:
        place = None if column is None else self.place(column)
        return "" if place is None else self.sheet.heading(place)

    def _output(self, template: Template) -> _Output:
        entity = self.book.vocabulary.entities[template.entity]
        present = [(field, origins) for name, several in template.values if (field := entity.field(name)) and (origins := self._present(several))]
        columns = [self._column_of(origins) for _, origins in present]
        fields = [(*pair, self.label(column), self.heading(column)) for pair, column in zip(present, columns)]
        shown = self._shown_in(template)
        return _Output(fields, self.label(shown), self.heading(shown))

    def _column_of(self, origins: Origins) -> str | None:
        """The column that a value stands in; of the key of a row that in which the row is named."""
        above = next((template for template in self.sheet.mapping.templates if template.name == origins.row), None)
        return self._shown_in(above) if above else origins.column

    def _shown_in(self, template: Template) -> str | None:
        return next((column for column in self._own_columns(template) if self.label(column)), None)

    def _present(self, several: Iterable[Origins]) -> Origins | None:
        """The first of some origins that the sheet has."""
        for one in several:
            if one.column is None and one.label is None or one.column and self.place(one.column) is not None:
                return one
            if one.label and self.beside(one.label):
                return one
        return None

    def beside(self, label: str) -> str:
        """What stands behind a label above or below the table."""
        if label not in self._beside:
            self._beside[label] = self.sheet.beside(label)
        found = self._beside[label]
        return found[0] if found else ""

    def _own_columns(self, template: Template) -> Iterator[str]:
        """The columns that a template's key may be shown in."""
        yield from filter(None, (template.key_column, template.each, *template.when))
        yield from (one for one in template.made_of if one not in self._template_names())
        yield from (one.column for _, several in template.values for one in several if one.column)
        for _, several in template.values:
            for one in several:
                if one.row and one.row != template.name:
                    above = next(other for other in self.sheet.mapping.templates if other.name == one.row)
                    yield from self._own_columns(above)

    def _template_names(self) -> set[str]:
        return {template.name for template in self.sheet.mapping.templates}

    # --- rows of the ledger ------------------------------------------------------------------------------------------

    def cells(self) -> Iterator[tuple[int, dict[str, RawCell]]]:
        """The rows that are to be read, with cells by column; one row for each of several values in the columns that split it."""
        above: dict[str, RawCell] = {}
        carried: dict[str, list[int]] = defaultdict(list)
        required = [column.name for column in self.columns.values() if column.required]
        for line, row in self.sheet.rows:
            cells = {name: row[place] if place < len(row) else None for name, place in self.sheet.header.places.items()}
            for name, cell in cells.items():
                if is_ditto(cell) and name in above:
                    cells[name] = above[name]
            if all(is_blank(cells[name]) for name in required):
                self._refuse_row(line, cells, required)
                continue
            self._carry(cells, above, line, carried)
            above.update({name: cell for name, cell in cells.items() if not is_blank(cell)})
            yield from ((line, self._with_parts(one, line)) for one in self._split(cells, line))
        for name, lines in carried.items():
            where = " ".join(f"{self.label(name)}{line}" for line in lines[:5]) + (" …" if len(lines) > 5 else "")
            self.report("D131", None, "", error=False, column=self.heading(name), count=str(len(lines)), cells=where)
        self._refuse_rows_below(required)

    def _refuse_row(self, line: int, cells: dict[str, RawCell], required: list[str]) -> None:
        filled = [name for name, cell in cells.items() if spoken(cell)]
        if filled:
            self.report("D130", line, "", column="、".join(self.heading(name) for name in required))

    def _refuse_rows_below(self, required: list[str]) -> None:
        for line, row in self.sheet.below[1:]:
            places = [self.sheet.header.places[name] for name in required]
            if all(place < len(row) and spoken(row[place]) for place in places) and len({row[place] for place in places}) == len(places):
                self.report("D132", line, "", row=str(self.sheet.below[0][0]))

    def _carry(self, cells: dict[str, RawCell], above: dict[str, RawCell], line: int, carried: dict[str, list[int]]) -> None:
        """Fill what is written once for several rows."""
        for group in self.sheet.mapping.carry:
            if group[0] in cells and is_blank(cells[group[0]]) and group[0] in above:
                cells.update({name: above.get(name) for name in group if name in cells and is_blank(cells[name])})
                carried[group[0]].append(line)

    def _split(self, cells: dict[str, RawCell], line: int) -> list[dict[str, RawCell]]:
        several = {name: self._values(name, cells[name]) for name in self.sheet.mapping.split if name in cells}
        count = len(next(iter(several.values()), ()))
        if count < 2:
            return [{**cells, SPLIT: 1}]
        for name, values in several.items():
            if len(values) not in (0, 1, count):
                self.report("D133", line, self.label(name), column=self.heading(name), count=str(len(values)), other=str(count))
                return []
        shares = {name: values * count if len(values) == 1 else values for name, values in several.items() if values}
        return [{**cells, **{name: values[number] for name, values in shares.items()}, SPLIT: count} for number in range(count)]

    def _values(self, name: str, cell: RawCell) -> list[str]:
        return parts(cell, self.columns[name].separators)

    def _with_parts(self, cells: dict[str, RawCell], line: int) -> dict[str, RawCell]:
        """The cells, and the parts of those that a pattern takes apart."""
        cells = dict(cells)
        for column in self.columns.values():
            if column.parts and column.name in cells:
                cells.update(self._parts(column, cells[column.name], line))
        return cells

    def _parts(self, column: LedgerColumn, cell: RawCell, line: int) -> Iterator[tuple[str, RawCell]]:
        text = " ".join(said(cell).split())
        match = re.match(column.parts, text)
        if match:
            yield from ((f"{column.name}.{name}", clean(part or "") or None) for name, part in match.groupdict().items())
        elif spoken(cell) and any(f"{column.name}." in (one.column or "") for _, one, _, _ in self._all_fields()):
            groups = "、".join(re.compile(column.parts).groupindex)
            self.report("D134", line, self.label(column.name), value=_short(text), column=self.heading(column.name), parts=groups)

    def _all_fields(self) -> list[tuple[Field, Origins, str, str]]:
        return [one for output in self.outputs.values() for one in output.fields]

    # --- rows of the tables ------------------------------------------------------------------------------------------

    def add(self, template: Template, given: _Given) -> None:
        """Add what a template gives of a row."""
        entity = self.book.vocabulary.entities[template.entity]
        values = self._each(template, given)
        keys: list[str | None] = []
        for number, value in enumerate(values, 1):
            cells = given.cells if value is None else {**given.cells, template.each or "": value}
            if template.find:
                keys.append(self._found(template, entity, given, cells))
            elif self._is_there(template, given, cells):
                keys.append(self._enter(template, given, cells, number))
        given.keys[template.name] = keys

    def _each(self, template: Template, given: _Given) -> list[str | None]:
        if template.each is None:
            return [None]
        return list(self._values(template.each, given.cells.get(template.each)))

    def _is_there(self, template: Template, given: _Given, cells: dict[str, RawCell]) -> bool:
        if template.new and template.new not in given.added:
            return False
        if any(is_blank(cells.get(name)) or is_no(cells.get(name)) for name in template.when):
            return False
        if any(self._values(name, cells.get(name)) for name in template.unless):
            return False
        if template.new:
            return True
        columns = [origins.column for _, origins, _, _ in self.outputs[template.name].fields if origins.column and origins.column != SPLIT]
        return not columns or any(not is_blank(cells.get(name)) for name in columns)

    def _enter(self, template: Template, given: _Given, cells: dict[str, RawCell], number: int) -> str | None:
        """Enter a row; gives its key."""
        key = self._key(template, given, cells, number)
        known = self.book.keys[template.entity]
        if template.once and key in known:
            return key
        known[key] = known.get(key, 0) + 1
        if known[key] > 1:
            key = f"{key}-{known[key]}"
        self._write(template, given, cells, key, number)
        return key

    def _write(self, template: Template, given: _Given, cells: dict[str, RawCell], key: str, number: int = 1) -> None:
        output = self.outputs[template.name]
        values = tuple(self._value(field, origins, given, cells, number) for field, origins, _, _ in output.fields)
        output.rows.append((given.line, (key, *values)))
        registry = self.book.registries.get(template.entity)
        if registry:
            names = [str(value) for (field, *_), value in zip(output.fields, values) if field.name == registry.lookup.name and value is not None]
            registry.add(key, names[0] if names else "", where=self._row_key(template.within, given, number))

    def _value(self, field: Field, origins: Origins, given: _Given, cells: dict[str, RawCell], number: int) -> RawCell:
        if origins.row:
            return self._row_key(origins.row, given, number)
        if origins.label:
            return self.beside(origins.label)
        if origins.constant is not None:
            return origins.constant
        cell = cells.get(origins.column or "")
        if origins.phrase:
            words = meaning(cell, self.phrases[origins.phrase])
            return words.get(field.label or "", words.get(field.name))
        if origins.first:
            cell = first_day(cell, self.sheet.year, self.sheet.table.date1904)
        if field.type.is_enum:
            cell = translated(cell, self.codes[field.type.name or ""])
        return translated(cell, dict(origins.translations)) if origins.translations else cell

    def _row_key(self, name: str | None, given: _Given, number: int) -> str | None:
        """The key of the row that a template gave: of several that of the same number."""
        keys = given.keys.get(name or "", [])
        return keys[min(number, len(keys)) - 1] if keys else None

    # --- keys --------------------------------------------------------------------------------------------------------

    def _key(self, template: Template, given: _Given, cells: dict[str, RawCell], number: int) -> str:
        own = cells.get(template.key_column or "")
        if template.key_column and spoken(own):
            return said(own)
        days = [day for name in template.made_of if (day := self._day(name, cells))]
        rest = [self._said(name, given, cells, number) for name in template.made_of if not self._day(name, cells)]
        return self._filled(template, given, number, [*days, *([_digest(rest)] if rest else [])])

    def _filled(self, template: Template, given: _Given, number: int, made: list[str]) -> str:
        text = "-".join(made)

        def fill(match: re.Match) -> str:
            return {"0": text, "#": str(number)}.get(match[1]) or self._row_key(match[1], given, number) or _digest([match[1]])

        return re.sub(r"\{([^{}]+)\}", fill, template.key)

    def _day(self, name: str, cells: dict[str, RawCell]) -> str:
        """The digits of a day; empty for what is none. All else is in keys as a digest, since names may be confidential."""
        cell = cells.get(name)
        if cell not in self._days:
            day = self._read_day(cell)
            self._days[cell] = day.strftime("%Y%m%d") if isinstance(day, datetime.date) else ""
        return self._days[cell]

    def _said(self, name: str, given: _Given, cells: dict[str, RawCell], number: int) -> str:
        return self._row_key(name, given, number) or "" if name in given.keys else named(said(cells.get(name)))

    # --- who is meant ------------------------------------------------------------------------------------------------

    def _found(self, template: Template, entity: Entity, given: _Given, cells: dict[str, RawCell]) -> str | None:
        """The key of the row that a name means; it is added, or refused, where there is none."""
        registry = self.book.registries[entity.name]
        field, origins = self._naming(template, registry)
        if field is None or origins is None:
            return None
        name, where = self._value(field, origins, given, cells, 1), self._where(given.line, origins)
        text = said(name)
        if not text:
            trouble = text_of(name)
            if isinstance(trouble, Trouble):
                self.report(trouble.code, *where[:2], value=_short(str(name)))
        if not text or is_mark(folded(text)):
            return None
        if len(parts(text, self.columns[origins.column].separators if origins.column in self.columns else "")) > 1:
            self.report("D135", *where[:2], column=where[2])
            return None
        within = self._row_key(template.within, given, 1)
        listed = template.find == "refuse" and registry.listed
        known, key = self._meant(registry, text, within, where, careful=template.find == "add", listed=listed)
        return key if known else self._added(template, given, cells, [_digest([named(text), within or ""])])

    def _naming(self, template: Template, registry: Registry) -> tuple[Field | None, Origins | None]:
        """The field that a template looks for, and where its name comes from."""
        found = ((field, origins) for field, origins, _, _ in self.outputs[template.name].fields if field.name == registry.lookup.name)
        return next(found, (None, None))

    def _where(self, line: int, origins: Origins) -> _Where:
        """The cell that a value comes from, as row, column and heading."""
        beside = self._beside.get(origins.label or "")
        if beside:
            return beside[1], self.sheet.label(beside[2]), origins.label or ""
        return line, self.label(origins.column), self.heading(origins.column)

    def _meant(
        self, registry: Registry, text: str, within: str | None, where: _Where, *, careful: bool = False, listed: bool = True, error: bool = True
    ) -> tuple[bool, str | None]:
        """Whether it is settled what a name means, and the key; what is in a list twice, or `listed` and not in it, is reported."""
        try:
            key = registry.find(text, within, careful=careful)
        except Ambiguous as error:
            self._refuse_name(registry, where, "D137", "D139", text, candidates="、".join(error.candidates))
            return True, None
        if key is None and listed:
            near = registry.nearest(text) if error else None
            if near:
                self._refuse_name(registry, where, "D140", "D138", text, nearest=near)
            else:
                self._refuse_name(registry, where, "D136", "D138", text, error=error)
            return True, None
        return key is not None, key

    def _refuse_name(
        self, registry: Registry, where: _Where, code: str, hidden: str, text: str, *, error: bool = True, **arguments: str
    ) -> None:
        """Report a name; of a confidential one neither it nor what is like it is shown."""
        entity = registry.entity
        field = entity.field(registry.lookup.name)
        if field and field.confidential:
            code, arguments = hidden, {name: value for name, value in arguments.items() if name != "nearest"}
        else:
            arguments["value"] = _short(text)
        self.report(code, *where[:2], error=error, column=where[2], target=entity.label or entity.name, **arguments)

    def _added(self, template: Template, given: _Given, cells: dict[str, RawCell], made: list[str]) -> str:
        key = self._filled(template, given, 1, made)
        if key not in self.book.keys[template.entity]:
            self.book.keys[template.entity][key] = 1
            given.added.add(template.name)
            self._write(template, given, cells, key)
        return key

    # --- what comes out ----------------------------------------------------------------------------------------------

    def resolve_parents(self) -> None:
        """Turn the names of those above, in rows of a tree that name no template's row, into keys."""
        for template in self.sheet.mapping.templates:
            registry = self.book.registries.get(template.entity)
            output = self.outputs[template.name]
            for number, (field, origins, _, _) in enumerate(output.fields, 1):
                target = self.book.registries.get(field.type.name or "") if field.type.is_ref and not origins.row else None
                if target is not None:
                    output.rows = [(line, self._resolved(cells, number, line, origins, target)) for line, cells in output.rows]
                    if target is registry and field.name == target.lookup.parent:
                        for _, cells in output.rows:
                            target.lay(str(cells[0]), None if cells[number] is None else str(cells[number]))

    def _resolved(self, cells: tuple[RawCell, ...], number: int, line: int, origins: Origins, registry: Registry) -> tuple[RawCell, ...]:
        text = said(cells[number])
        if not text or is_mark(folded(text)):
            return cells
        _, key = self._meant(registry, text, None, self._where(line, origins), error=False)
        return (*cells[:number], key, *cells[number + 1 :])

    def tables(self) -> Iterator[RawTable]:
        table = self.sheet.table
        notes = (*table.notes, f"mapping {self.sheet.mapping.name}")
        for template in self.sheet.mapping.templates:
            entity, output = self.book.vocabulary.entities[template.entity], self.outputs[template.name]
            if output.rows:
                columns = (entity.key.name, *(field.name for field, *_ in output.fields))
                labels = (output.label, *(label for _, _, label, _ in output.fields))
                called = ((field.label or field.name, heading) for field, _, _, heading in output.fields)
                headings = (output.heading or entity.key.name, *(heading or name for name, heading in called))
                yield RawTable(
                    entity.label or entity.name, table.file, table.sheet, self.sheet.line, columns, labels, tuple(output.rows), notes,
                    table.sha256, table.date1904, (), headings, self.sheet.year,
                )  # fmt: skip
                notes = ()


def _digest(texts: Iterable[str]) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()[:_DIGITS]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
