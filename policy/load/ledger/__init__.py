"""Ledgers as units keep them → the tables of a pack, by mappings that say what their columns mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from policy.lang.facts import Problem
from policy.lang.mapping import Mapping
from policy.lang.noun import noun
from policy.lang.schema import Vocabulary
from policy.lang.table import RawTable
from policy.load.foreign import foreign, is_of
from policy.load.ledger.files import base_of, read_mapping
from policy.load.ledger.headers import CERTAIN, Sheet, is_unused, likeness, sheet_of, shown
from policy.load.ledger.lookup import Registry
from policy.load.ledger.propose import Placed, Proposal, propose
from policy.load.ledger.rows import Book, read_sheet
from policy.load.texts import folded

__all__ = ["Ledgers", "Placed", "Proposal", "base_of", "propose", "read_ledgers", "read_mapping"]

_NEAR = 0.5
"""How alike a header has to be to what a mapping calls a column that the sheet lacks to be asked about."""

_ENOUGH = 3
"""Columns that have to be known of a sheet for it to look like a ledger."""


@noun
class Ledgers:
    """The tables, those of ledgers in the place of their sheets; what is wrong with the ledgers; and names of tables left out."""

    tables: tuple[RawTable, ...]
    problems: tuple[Problem, ...]
    left: tuple[str, ...]


def read_ledgers(
    tables: Sequence[RawTable],
    mappings: Sequence[Mapping],
    vocabulary: Vocabulary,
    *,
    chosen: Collection[str] = (),
    extra: Collection[str] = (),
) -> Ledgers:
    """The tables, each sheet that a mapping fits turned into those that it gives.

    `chosen` are the files of mappings that the user has named, which come before the others and have to fit some sheet; `extra`
    names tables and columns that are left out.
    """
    left_out = set(map(folded, extra))
    candidates = [table for table in foreign(tables, vocabulary) if folded(table.name) not in left_out]
    sheets = {id(table): sheet for table in candidates if (sheet := _best(table, mappings, chosen))}
    problems = [problem for sheet in sheets.values() for problem in _header_problems(sheet, left_out)]
    problems += _unfitting(mappings, sheets.values(), chosen)
    given, found = _read_all([table for table in tables if id(table) not in sheets], list(sheets.values()), vocabulary)
    left, more = _left_over([table for table in candidates if id(table) not in sheets], sheets.values(), mappings, vocabulary)
    kept = [table for table in tables if id(table) not in sheets]
    return Ledgers((*kept, *given), (*problems, *found, *more), tuple(table.name for table in left))


def _left_over(
    tables: Iterable[RawTable], sheets: Iterable[Sheet], mappings: Sequence[Mapping], vocabulary: Vocabulary
) -> tuple[list[RawTable], list[Problem]]:
    """The tables that are left out for being no ledger, and what to say of them: one that looks like a ledger is an error.

    Others are left out beside a ledger only, as elsewhere the loader says what they should be called.
    """
    files = {sheet.table.file for sheet in sheets}
    left, problems = [], []
    for table in tables:
        proposal = _nearly(table, mappings, vocabulary)
        if proposal is not None:
            problems.append(_not_quite(proposal))
        elif table.sheet is None or table.file not in files:
            continue
        elif table.rows:
            problems.append(Problem("D126", (("table", table.name),), table.file, table.sheet, error=False))
        left.append(table)
    return left, problems


def _nearly(table: RawTable, mappings: Sequence[Mapping], vocabulary: Vocabulary) -> Proposal | None:
    """What a sheet that no mapping fits would be if one did: several columns of it are known."""
    proposal = propose(table, mappings, vocabulary)
    known = [one for one in proposal.placed if one.sure >= CERTAIN] if proposal else []
    return proposal if len(known) >= _ENOUGH else None


def _not_quite(proposal: Proposal) -> Problem:
    mapping, table = proposal.mapping, proposal.table
    found = {one.column for one in proposal.placed if one.sure >= CERTAIN}
    lacking = [column.name for column in mapping.columns.values() if column.required and column.name not in found]
    arguments = (("mapping", mapping.name), ("columns", "\n".join(lacking) or "—"))
    return Problem("D129", arguments, table.file, table.sheet, proposal.line)


def _best(table: RawTable, mappings: Sequence[Mapping], chosen: Collection[str]) -> Sheet | None:
    """The sheet by the mapping that knows most of it; one that the user has chosen comes first if it fits."""
    fitting = [sheet for mapping in mappings if (sheet := sheet_of(table, mapping))]
    return max(fitting, key=lambda sheet: (sheet.mapping.file in chosen, sum(sheet.header.likenesses.values())), default=None)


def _unfitting(mappings: Iterable[Mapping], sheets: Iterable[Sheet], chosen: Collection[str]) -> Iterable[Problem]:
    used = {sheet.mapping.file for sheet in sheets}
    unused = (one for one in mappings if one.file in chosen and one.file not in used)
    return (Problem("D127", (("mapping", one.name),), one.file) for one in unused)


def _read_all(
    tables: Sequence[RawTable], sheets: Sequence[Sheet], vocabulary: Vocabulary
) -> tuple[list[RawTable], list[Problem]]:
    """What the sheets give, lists before those that look people up in them."""
    lookups = {lookup.entity: lookup for sheet in sheets for lookup in sheet.mapping.lookups}
    registries = {name: Registry(vocabulary.entities[name], lookup, vocabulary, tables) for name, lookup in lookups.items()}
    book = Book(vocabulary, registries)
    given: list[RawTable] = []
    problems: list[Problem] = []
    for order in sorted({sheet.mapping.order for sheet in sheets}):
        for registry in registries.values():
            registry.close()
        for sheet in (one for one in sheets if one.mapping.order == order):
            made, found = read_sheet(sheet, book)
            given += made
            problems += found
            for registry in registries.values():
                by = vocabulary.entities.get(registry.lookup.by or "")
                for table in (one for one in made if by and is_of(one, by)):
                    registry.place(table, by)
    return given, problems


def _header_problems(sheet: Sheet, extra: Collection[str]) -> Iterable[Problem]:
    """Headers that nothing is known of, columns that are there twice, and columns that are not there at all."""
    header, mapping = sheet.header, sheet.mapping

    def problem(code: str, place: int | None, *, error: bool, **arguments: str) -> Problem:
        label = None if place is None else sheet.label(place)
        line = None if place is None else sheet.line
        return Problem(code, tuple(arguments.items()), sheet.table.file, sheet.table.sheet, line, label, error)

    for name, first, second in header.doubtful:
        yield problem("D123", second, error=True, column=name, first=sheet.label(first), second=sheet.label(second))
    lacking = [column for name, column in mapping.columns.items() if name not in header.places]
    twice = {place for _, _, place in header.doubtful}
    for place, path in header.paths.items():
        if place in header.places.values() or place in twice or is_unused(path, mapping) or folded(path[-1]) in extra:
            continue
        near = max(lacking, key=lambda column: likeness(path, column), default=None)
        if near is not None and likeness(path, near) >= _NEAR:
            yield problem("D124", place, error=True, column=shown(path), nearest=shown(near.headers[0]), name=near.name)
        else:
            yield problem("D125", place, error=False, column=shown(path))
    needed = [name for name in _needed(mapping) if name not in header.places]
    if needed:
        yield problem("D128", None, error=False, columns="\n".join(needed), mapping=mapping.name)


def _needed(mapping: Mapping) -> list[str]:
    """The columns without which a row of a table cannot be there."""
    names = [name for template in mapping.templates for name in (*template.when, *filter(None, [template.each]))]
    return list(dict.fromkeys(name for name in names if name in mapping.columns and not mapping.columns[name].optional))
