"""The facts of a case: the rows of its tables, and those they refer to."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator

from policy.lang import ir
from policy.lang.facts import Facts, Origin, Row
from policy.lang.schema import Entity, Vocabulary
from policy.load.values import Trouble, Value, read_value

__all__ = ["CaseProblem", "case_facts"]

CaseProblem = namedtuple("CaseProblem", "code span arguments")
CaseProblem.__doc__ = """A cell of a case that cannot be used: the code of its message, its place in the file, the arguments."""


def case_facts(case: ir.Case, vocabulary: Vocabulary) -> tuple[Facts, tuple[CaseProblem, ...]]:
    """The facts that a case gives, and what is wrong with its cells.

    Columns not given and empty cells are missing; a row without a key gets one (`talk#1`); rows referred to but not given
    are made.
    """
    problems: list[CaseProblem] = []
    rows: dict[str, dict[str, Row]] = {name: {} for name in vocabulary.entities}
    for table in case.tables:
        entity = vocabulary.entities[table.entity]
        origin = Origin(case.file, case.title, {name: name for name in table.columns})
        for line, (cells, spans) in enumerate(zip(table.cells, table.spans), 1):
            values = _values(table, entity, cells, spans, vocabulary, problems)
            key = values[entity.key.index] = values[entity.key.index] or _made_up(entity, rows[entity.name])
            if key in rows[entity.name]:
                problems.append(CaseProblem("D040", _key_span(table, entity, spans), {"key": key}))
            else:
                rows[entity.name][key] = Row(entity.name, key, tuple(values), origin, line)
    for row in list(_made_rows(rows, vocabulary, case)):
        rows[row.entity].setdefault(row.key, row)
    return Facts({name: tuple(found.values()) for name, found in rows.items()}), tuple(problems)


def _values(
    table: ir.CaseTable, entity: Entity, cells, spans, vocabulary: Vocabulary, problems: list[CaseProblem]
) -> list[Value | None]:
    """The values of a row in the order of the entity's fields."""
    values: list[Value | None] = [None] * len(entity.fields)
    for column, cell, span in zip(table.columns, cells, spans):
        field = entity.field(column)
        value = read_value(cell, field.type, vocabulary)
        if value.__class__ is not Trouble:
            values[field.index] = value
        elif value.error:
            problems.append(CaseProblem(value.code, span, {"value": cell, "column": column, **dict(value.arguments)}))
    return values


def _made_up(entity: Entity, taken: dict[str, Row]) -> str:
    number = 1
    while f"{entity.name}#{number}" in taken:
        number += 1
    return f"{entity.name}#{number}"


def _key_span(table: ir.CaseTable, entity: Entity, spans) -> tuple[int, int]:
    return next(span for column, span in zip(table.columns, spans) if entity.field(column).key)


def _made_rows(rows: dict[str, dict[str, Row]], vocabulary: Vocabulary, case: ir.Case) -> Iterator[Row]:
    """A row, of which nothing is known but its key, for each reference to a row that is not given."""
    origin = Origin(case.file, case.title, {})
    for name, entity in vocabulary.entities.items():
        for field in (field for field in entity.fields if field.type.is_ref):
            target = vocabulary.entities[field.type.name]
            for row in rows[name].values():
                key = row.values[field.index]
                if key is not None and key not in rows[target.name]:
                    yield Row(target.name, key, tuple(key if field.key else None for field in target.fields), origin, row.line)
