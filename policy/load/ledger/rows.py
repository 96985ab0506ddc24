"""Rows of a ledger as rows of the tables of a pack, each value with the column that it came from."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

import attrs

from policy.lang.facts import Problem
from policy.lang.mapping import SPLIT, Origins, Phrase, Template
from policy.lang.schema import Entity, Field, Vocabulary
from policy.lang.table import RawCell, RawTable
from policy.lang.types import DATE
from policy.load.ledger.cells import first_day, is_blank, is_no, meaning, parts, said, spoken, translated
from policy.load.ledger.finding import Finder
from policy.load.ledger.headers import Sheet
from policy.load.ledger.lines import Cells, lines_with_cells
from policy.load.ledger.lookup import Registry
from policy.load.ledger.view import View, short
from policy.load.texts import folded, is_mark, named
from policy.load.values import Trouble, reader, text_of

__all__ = ["Book", "read_sheet"]

_DIGITS = 8
"""Of the digest in a key: few enough to read aloud, and keys that come out alike are told apart anyway."""


class Book:
    """What has been found out about all sheets: who there is, by entity, and how often a key was given."""

    def __init__(self, vocabulary: Vocabulary, registries: dict[str, Registry]) -> None:
        self.vocabulary = vocabulary
        self.registries = registries
        self.keys: dict[str, dict[str, int]] = defaultdict(dict)


@attrs.define(eq=False)
class _Output:
    """The rows that a template gives of a sheet, by line; its fields with origins, labels and headings, and those of the key.

    `saying` are the columns of which one has to say something for there to be a row.
    """

    entity: Entity
    fields: list[tuple[Field, Origins, str, str]]
    label: str
    heading: str
    saying: tuple[str, ...]
    rows: list[tuple[int, tuple[RawCell, ...]]] = attrs.field(factory=list)


@attrs.define(eq=False)
class _Given:
    """A row of the ledger, the keys of the rows that templates have given of it, and the templates that just added somebody."""

    line: int
    cells: Cells
    keys: dict[str, list[str | None]] = attrs.field(factory=dict)
    added: set[str] = attrs.field(factory=set)

    def key(self, template: str | None, number: int = 1) -> str | None:
        """The key of the row that a template gave: of several that of the same number."""
        keys = self.keys.get(template or "", [])
        return keys[min(number, len(keys)) - 1] if keys else None


def read_sheet(sheet: Sheet, book: Book) -> tuple[list[RawTable], list[Problem]]:
    """The tables that a sheet gives, one for each template, and what is wrong with its cells."""
    reading = _Reading(sheet, book)
    for line, cells in lines_with_cells(reading.view):
        given = _Given(line, cells)
        for template in sheet.mapping.templates:
            reading.add(template, given)
    for output in reading.outputs.values():
        reading.resolve(output)
    return list(reading.tables()), reading.view.problems


class _Reading:
    """A sheet being read."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self.view = View(sheet)
        self.book = book
        self.finder = Finder(self.view)
        self.templates = {template.name: template for template in sheet.mapping.templates}
        self.phrases: dict[str, Phrase] = {phrase.name: phrase for phrase in sheet.mapping.phrases}
        self.codes: dict[str, dict[str, str]] = defaultdict(dict)
        for enum, pairs in sheet.mapping.codes:
            self.codes[enum].update(pairs)
        self._day = reader(DATE, book.vocabulary, year=sheet.year, date1904=sheet.table.date1904)
        self._days: dict[RawCell, str] = {}
        self.outputs = {name: self._output(template) for name, template in self.templates.items()}

    # --- which columns a template has --------------------------------------------------------------------------------

    def _output(self, template: Template) -> _Output:
        entity = self.book.vocabulary.entities[template.entity]
        fields = []
        for name, several in template.values:
            field, origins = entity.field(name), self._present(several)
            if field and origins:
                column = self._column_of(origins)
                fields.append((field, origins, self.view.label(column), self.view.heading(column)))
        shown = self._shown_in(template)
        saying = tuple(origins.column for _, origins, _, _ in fields if origins.column and origins.column != SPLIT)
        return _Output(entity, fields, self.view.label(shown), self.view.heading(shown), saying)

    def _present(self, several: Iterable[Origins]) -> Origins | None:
        """The first of some origins that the sheet has."""
        for one in several:
            if one.label and self.view.beside(one.label) or one.column and self.view.place(one.column) is not None:
                return one
            if one.constant is not None or one.row:
                return one
        return None

    def _column_of(self, origins: Origins) -> str | None:
        """The column that a value stands in; of the key of a row that in which the row is named."""
        return self._shown_in(self.templates[origins.row]) if origins.row else origins.column

    def _shown_in(self, template: Template) -> str | None:
        return next((column for column in self._own_columns(template) if self.view.label(column)), None)

    def _own_columns(self, template: Template) -> Iterator[str]:
        """The columns that a template's key may be shown in."""
        yield from filter(None, (template.key_column, template.each, *template.when))
        yield from (name for name in template.made_of if name not in self.templates)
        origins = [one for _, several in template.values for one in several]
        yield from (one.column for one in origins if one.column)
        for one in origins:
            if one.row:
                yield from self._own_columns(self.templates[one.row])

    # --- rows --------------------------------------------------------------------------------------------------------

    def add(self, template: Template, given: _Given) -> None:
        """Add what a template gives of a row of the ledger."""
        keys: list[str | None] = []
        for number, cells in enumerate(self._each(template, given), 1):
            if template.find:
                keys.append(self._found(template, given, cells))
            elif self._is_there(template, given, cells):
                keys.append(self._enter(template, given, cells, number))
        given.keys[template.name] = keys

    def _each(self, template: Template, given: _Given) -> Iterable[Cells]:
        """The cells, once for each value in the cell that a template goes through."""
        if template.each is None:
            return (given.cells,)
        values = parts(given.cells.get(template.each), self.view.separators(template.each))
        return [{**given.cells, template.each: value} for value in values]

    def _is_there(self, template: Template, given: _Given, cells: Cells) -> bool:
        if template.new:
            return template.new in given.added
        if any(is_blank(cells.get(name)) or is_no(cells.get(name)) for name in template.when):
            return False
        if any(parts(cells.get(name), self.view.separators(name)) for name in template.unless):
            return False
        saying = self.outputs[template.name].saying
        return not saying or not all(is_blank(cells.get(name)) for name in saying)

    def _enter(self, template: Template, given: _Given, cells: Cells, number: int) -> str | None:
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

    def _write(self, template: Template, given: _Given, cells: Cells, key: str, number: int = 1) -> None:
        output = self.outputs[template.name]
        values = [self._value(field, origins, given, cells, number) for field, origins, _, _ in output.fields]
        output.rows.append((given.line, (key, *values)))
        registry = self.book.registries.get(template.entity)
        if registry:
            names = (said(value) for (field, *_), value in zip(output.fields, values) if field.name == registry.lookup.name)
            registry.add(key, next(names, ""), where=given.key(template.within))

    def _value(self, field: Field, origins: Origins, given: _Given, cells: Cells, number: int) -> RawCell:
        if origins.row:
            return given.key(origins.row, number)
        if origins.label:
            return self.view.beside(origins.label)
        if origins.constant is not None:
            return origins.constant
        cell = cells.get(origins.column or "")
        if origins.phrase:
            words = meaning(cell, self.phrases[origins.phrase])
            return words.get(field.label or "", words.get(field.name))
        if origins.first:
            cell = first_day(cell, self.view.sheet.year, self.view.sheet.table.date1904)
        if field.type.is_enum:
            cell = translated(cell, self.codes[field.type.name or ""])
        return translated(cell, dict(origins.translations)) if origins.translations else cell

    # --- keys --------------------------------------------------------------------------------------------------------

    def _key(self, template: Template, given: _Given, cells: Cells, number: int) -> str:
        own = cells.get(template.key_column or "")
        if template.key_column and spoken(own):
            return said(own)
        days = [day for name in template.made_of if (day := self._digits(cells.get(name)))]
        rest = [self._said(name, given, cells, number) for name in template.made_of if not self._digits(cells.get(name))]
        return self._filled(template, given, number, "-".join([*days, *([_digest(rest)] if rest else [])]))

    def _filled(self, template: Template, given: _Given, number: int, made: str) -> str:
        """The key with what it is made of, the keys of other rows and the number in their places."""

        def fill(match: re.Match) -> str:
            name = match[1]
            return made if name == "0" else str(number) if name == "#" else given.key(name, number) or _digest([name])

        return re.sub(r"\{([^{}]+)\}", fill, template.key)

    def _digits(self, cell: RawCell) -> str:
        """The digits of a day; empty for what is none. All else is in keys as a digest, since names may be confidential."""
        if cell not in self._days:
            day = self._day(cell)
            self._days[cell] = day.strftime("%Y%m%d") if isinstance(day, datetime.date) else ""
        return self._days[cell]

    def _said(self, name: str, given: _Given, cells: Cells, number: int) -> str:
        return given.key(name, number) or "" if name in given.keys else named(said(cells.get(name)))

    # --- who is meant ------------------------------------------------------------------------------------------------

    def _found(self, template: Template, given: _Given, cells: Cells) -> str | None:
        """The key of the row that a name means; it is added, or refused, where there is none."""
        registry = self.book.registries[template.entity]
        naming = next((one for one in self.outputs[template.name].fields if one[0].name == registry.lookup.name), None)
        if naming is None:
            return None
        field, origins = naming[:2]
        text = self._name(self._value(field, origins, given, cells, 1), origins, given.line)
        if not text:
            return None
        within, where = given.key(template.within), self.view.where(given.line, origins)
        if template.find == "refuse" and registry.listed:
            return self.finder.listed(registry, text, within, where)
        settled, key = self.finder.meant(registry, text, within, where, careful=template.find == "add")
        return key if settled else self._added(template, given, cells, _digest([named(text), within or ""]))

    def _name(self, cell: RawCell, origins: Origins, line: int) -> str:
        """The one name in a cell; several, and what cannot be read, are reported."""
        text = said(cell)
        where = self.view.where(line, origins)
        trouble = None if text else text_of(cell)
        if isinstance(trouble, Trouble):
            self.view.report(trouble.code, *where[:2], value=short(str(cell)), **dict(trouble.arguments))
        if len(parts(text, self.view.separators(origins.column))) > 1:
            self.view.report("D135", *where[:2], column=where[2])
            return ""
        return "" if is_mark(folded(text)) else text

    def _added(self, template: Template, given: _Given, cells: Cells, made: str) -> str:
        key = self._filled(template, given, 1, made)
        if key not in self.book.keys[template.entity]:
            self.book.keys[template.entity][key] = 1
            given.added.add(template.name)
            self._write(template, given, cells, key)
        return key

    # --- what comes out ----------------------------------------------------------------------------------------------

    def resolve(self, output: _Output) -> None:
        """Turn names in references, which may be of rows that came later, into keys."""
        for number, (field, origins, _, _) in enumerate(output.fields, 1):
            registry = self.book.registries.get(field.type.name or "")
            if registry is not None and field.type.is_ref and not origins.row:
                rows = [(line, self._resolved(cells, number, line, origins, registry)) for line, cells in output.rows]
                output.rows = rows
                if registry.entity is output.entity and field.name == registry.lookup.parent:
                    for _, cells in output.rows:
                        registry.lay(said(cells[0]), said(cells[number]) or None)

    def _resolved(
        self, cells: tuple[RawCell, ...], number: int, line: int, origins: Origins, registry: Registry
    ) -> tuple[RawCell, ...]:
        text = said(cells[number])
        if is_mark(folded(text)):
            return cells
        key = self.finder.listed(registry, text, None, self.view.where(line, origins), error=False)
        return (*cells[:number], key, *cells[number + 1 :])

    def tables(self) -> Iterator[RawTable]:
        """What the templates gave, the first with what the reader and the mapping have to say; of an empty ledger its main table."""
        sheet, table = self.view.sheet, self.view.sheet.table
        notes = (*table.notes, f"mapping {sheet.mapping.name}")
        filled = [output for output in self.outputs.values() if output.rows]
        main = [self.outputs[template.name] for template in sheet.mapping.templates if not (template.find or template.new)]
        for output in filled or main[:1]:
            key = output.entity.key
            columns = (key.name, *(field.name for field, *_ in output.fields))
            labels = (output.label, *(label for _, _, label, _ in output.fields))
            headings = [(key, output.heading), *((field, heading) for field, _, _, heading in output.fields)]
            called = tuple(heading or field.label or field.name for field, heading in headings)
            yield RawTable(
                output.entity.label or output.entity.name, table.file, table.sheet, sheet.line, columns, labels, tuple(output.rows),
                notes, table.sha256, table.date1904, (), called, sheet.year,
            )  # fmt: skip
            notes = ()


def _digest(texts: Iterable[str]) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()[:_DIGITS]
