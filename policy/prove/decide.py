"""What would decide an outcome that is unknown: what it would be with this or that in an empty cell. Nothing of it is for the checker."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from policy.lang import ir
from policy.lang.keywords import status_word
from policy.lang.outcome import Outcome
from policy.lang.proof import Cell, Cited, Derivation, Line, Step
from policy.lang.schema import Field
from policy.prove.conditions import Conditions
from policy.prove.outcomes import Prover
from policy.prove.words import Words

__all__ = ["deciding"]

_CELLS = 3
"""Empty cells that are tried, each by itself."""
_POINTS = 8
"""Days of the rule and the rows between which statuses are looked for."""
_YEARS = datetime.timedelta(3650)
"""How far from as-of days are tried."""

Try = Callable[[ir.Value], str]
"""The status with a value in the cell."""


def deciding(outcome: Outcome, found: Derivation, prover: Prover, conditions: Conditions) -> Iterator[Line]:
    """For each of the first few empty cells what its values would make of the outcome."""
    for cited, steps in list(_empty(found).items())[:_CELLS]:
        cell, field = conditions.cell(cited), prover.world.entity(cited.row.entity).field(cited.field)
        assert field is not None, "a field of the vocabulary"
        lines = () if field.confidential else tuple(_values(outcome, cited, field, steps, prover, conditions.words))
        yield Line("note", _named(cell, cited, conditions.words), "", (cell,), lines)


def _named(cell: Cell, cited: Cited, words: Words) -> str:
    return words.say("X51", row=words.row(cited.row), field=words.field(cited.row.entity, cited.field))


def _empty(found: Derivation) -> dict[Cited, list[Step]]:
    """The empty cells that keep the outcome from being known, each with all steps, whose days are those that matter."""
    steps = list(_all_steps(found))
    cells = [*found.occurs, *(cell for step in steps for cell in step.cells)]
    names = set(found.missing)
    return {cell: steps for cell in cells if cell.value is None and f"{cell.row.entity}.{cell.field}" in names}


def _all_steps(found: Derivation) -> Iterator[Step]:
    tops = (*found.where, *filter(None, (found.when, found.duty)), *found.exceptions, *found.due)
    waiting = list(reversed(tops))
    while waiting:
        step = waiting.pop()
        yield step
        waiting.extend(reversed((*step.steps, *(part for one in step.found for part in one.steps))))


def _values(
    outcome: Outcome, cited: Cited, field: Field, steps: Sequence[Step], prover: Prover, words: Words
) -> Iterator[Line]:
    """The statuses by value, unless none would decide."""

    def tried(value: ir.Value) -> str:
        return prover.supposing(cited.row, field, value).derive(outcome).status

    by_status = dict(_by_status(field, steps, tried, prover, words))
    if set(by_status) != {"unknown"}:
        for status, values in by_status.items():
            yield Line("note", words.say("X52", values=values, status=status_word(status, words.language)))


def _by_status(
    field: Field, steps: Sequence[Step], tried: Try, prover: Prover, words: Words
) -> Iterator[tuple[str, str]]:
    """Statuses with the values that lead to them, in words."""
    if field.type.kind == "date":
        yield from _by_day(field, steps, tried, prover, words)
    elif field.type.kind == "text":
        found = {tried(text) for text in ("x", "yy")}
        yield from ((status, words.say("X53")) for status in found if len(found) == 1)
    else:
        values = _choices(field, prover)
        statuses = {value: tried(value) for value in values}
        for status in dict.fromkeys(statuses.values()):
            yield status, words.listed(words.value(value, field.type) for value in values if statuses[value] == status)


def _choices(field: Field, prover: Prover) -> tuple[ir.Value, ...]:
    """The values of a cell where they can be counted up."""
    if field.type.is_enum:
        return tuple(member.name for member in prover.world.pack.vocabulary.enums[field.type.name or ""].members)
    return (True, False) if field.type.kind == "bool" else ()


def _by_day(field: Field, steps: Sequence[Step], tried: Try, prover: Prover, words: Words) -> Iterator[tuple[str, str]]:
    """Stretches of days by status: the days that matter are tried, and between two that differ where the change is."""
    as_of, day = prover.world.premises.as_of, datetime.timedelta(1)
    last = as_of if field.occurs else as_of + _YEARS  # a fact after as-of is not seen
    seen = [step.value for step in steps if type(step.value) is datetime.date]
    points = sorted({as_of - _YEARS, last, as_of, *(one for one in dict.fromkeys(seen) if one <= last)})[-_POINTS:]
    points = sorted({as_of - _YEARS, *points})
    stretches = [(points[0], points[0], tried(points[0]))]
    for point in points[1:]:
        stretches += _between(stretches[-1], (point, point, tried(point)), tried)
    said: dict[str, list[str]] = {}
    for status, group in groupby(stretches, key=lambda one: one[2]):
        parts = list(group)
        begin, end = parts[0][0], parts[-1][1]
        open_ = begin == points[0], end == points[-1] and not field.occurs
        code = "X53" if all(open_) else "X54" if open_[0] else "X55" if open_[1] else "X56" if begin < end else "X57"
        said.setdefault(status, []).append(words.say(code, first=begin, last=end))
    yield from ((status, words.listed(parts)) for status, parts in said.items())


_Stretch = tuple[datetime.date, datetime.date, str]


def _between(first: _Stretch, last: _Stretch, tried: Try) -> list[_Stretch]:
    """The stretches after the first up to the last, by halving where they differ."""
    if first[2] == last[2] or (last[0] - first[1]).days <= 1:
        return [last]
    middle = first[1] + (last[0] - first[1]) // 2
    found = middle, middle, tried(middle)
    left = _between(first, found, tried)
    return [*left, *_between(found, last, tried)]
