"""A question to the solver: is there a world in which the formulas hold, and if so as a data set; if not, is there none at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import z3

from policy.analyse.days import FIRST, LAST
from policy.analyse.logic import Formula, both, implies
from policy.analyse.sample import Sample
from policy.analyse.world import World
from policy.lang.types import Type

__all__ = ["Answer", "ask"]

_ROUNDS = 12
"""Data sets that are looked at for one question before it is given up."""


class Answer(NamedTuple):
    """`sample` if there is a data set; `impossible` if there is none, whatever the data."""

    sample: Sample | None
    impossible: bool = False
    queries: int = 0


def ask(world: World, formulas: Iterable[Formula], right: Callable[[Sample], bool], milliseconds: int) -> Answer:
    """A data set for which the formulas hold and that is `right` when it is judged, or whether there can be none.

    Functions of which little is known are asked about the values that the solver tries, so that it tries others.
    """
    solver = z3.Solver(ctx=world.context)
    solver.set("timeout", milliseconds)
    solver.set("random_seed", 0)
    solver.add(*(_formula(one, world) for one in (*world.facts, *formulas)))
    queries = 0
    for _ in range(_ROUNDS):
        queries += 1
        result = solver.check(world.closed, world.near)
        if result == z3.unsat:
            result = solver.check(world.closed)
        if result != z3.sat:
            break
        model = solver.model()
        sample = _sample(world, model)
        if right(sample):
            return Answer(sample, queries=queries)
        solver.add(*_learnt(world, model), z3.Not(_same(world, model)))
    else:
        return Answer(None, queries=queries)
    if result == z3.unknown or world.cramped:
        return Answer(None, queries=queries)
    return Answer(None, solver.check() == z3.unsat, queries + 1)


def _formula(formula: Formula, world: World) -> Any:
    return z3.BoolVal(formula, world.context) if isinstance(formula, bool) else formula


def _number(model: z3.ModelRef, term: Any) -> Any:
    """The value of a term in a model, as a number or a bool of Python."""
    if isinstance(term, (bool, int)):
        return term
    found = model.eval(term, model_completion=True)
    if z3.is_bool(found):
        return z3.is_true(found)
    return found.as_long() if z3.is_int_value(found) else found.as_fraction()


def _learnt(world: World, model: z3.ModelRef) -> list[Any]:
    """What the functions say of the values that the model has tried."""
    learnt = []
    for one in world.applied:
        terms = [argument.term for argument, _ in one.arguments]
        numbers = [_number(model, term) for term in terms]
        values = [_decoded(world, number, type) for number, (_, type) in zip(numbers, one.arguments)]
        if None in values:
            continue
        said = one.call(*values)
        same = [term == number for term, number in zip(terms, numbers) if not isinstance(term, (bool, int))]
        gone = one.result.missing
        told = gone if said is None else z3.And(z3.Not(gone), one.result.term == world.encoded(said, one.type))
        learnt.append(_formula(implies(both(*same), told), world))
    return learnt


def _same(world: World, model: z3.ModelRef) -> Any:
    """That the rows are there and filled as in the model, as of the same day."""
    parts = [world.as_of == model.eval(world.as_of, model_completion=True)]
    for entity in world.entities:
        parts += [_fixed(model, world.there(entity, row)) for row in world.pool(entity)]
    for (entity, field), (value, gone) in world.columns.items():
        parts += [_fixed(model, value(row)) for row in world.pool(entity)]
        parts += [_fixed(model, gone(row)) for row in world.pool(entity) if field]
    return z3.And(*parts)


def _fixed(model: z3.ModelRef, term: Any) -> Any:
    return term == model.eval(term, model_completion=True)


# --- a model as a data set -------------------------------------------------------------------------------------------


def _sample(world: World, model: z3.ModelRef) -> Sample:
    """The rows of a model as data, with keys that are in the order of the model's."""
    entities = world.entities
    rows = {entity: [row for row in world.pool(entity) if _number(model, world.there(entity, row))] for entity in entities}
    keys = {entity: _keys(world, model, entity, rows[entity]) for entity in entities}
    tables: dict[str, list[dict[str, Any]]] = {entity: [] for entity in entities}
    for entity in entities:
        for row in rows[entity]:
            tables[entity].append(_row(world, model, entity, row, keys))
    return Sample(datetime.date.fromordinal(_number(model, world.as_of)), tables, _chosen(world))


def _chosen(world: World) -> dict[str, Any]:
    """The parameters that are not at their default."""
    return {name: value for name, value in world.parameters.items() if value != world.pack.parameters[name].default}


def _keys(world: World, model: z3.ModelRef, entity: str, rows: list[int]) -> dict[int, str]:
    """A key for each row: a known text where it is compared with one, else a letter and a number."""
    if (entity, "") not in world.columns:
        return {row: f"{entity[:1].upper()}{row}" for row in rows}
    key = world.columns[entity, ""][0]
    numbers = {row: _number(model, key(row)) for row in rows}
    order = sorted(rows, key=numbers.__getitem__)
    return {row: world.alphabet.known(numbers[row]) or f"{entity[:1].upper()}{order.index(row) + 1}" for row in rows}


def _row(world: World, model: z3.ModelRef, entity: str, row: int, keys: dict[str, dict[int, str]]) -> dict[str, Any]:
    """What stands in a row. A cell whose number is no value of its type is one that nothing has looked at."""
    values: dict[str, Any] = {}
    for field in world.vocabulary.entities[entity].fields:
        if field.key:
            values[field.name] = keys[entity][row]
        elif (entity, field.name) in world.columns:
            value, gone = world.columns[entity, field.name]
            if not _number(model, gone(row)):
                number = _number(model, value(row))
                found = keys.get(field.type.name, {}).get(number) if field.type.is_ref else _decoded(world, number, field.type)
                values |= {} if found is None else {field.name: found}
    return values


def _decoded(world: World, number: Any, type: Type) -> Any:
    """A number of the model as a value of a type; None where it is none."""
    if type.kind == "date":
        return datetime.date.fromordinal(number) if FIRST.toordinal() <= number <= LAST.toordinal() else None
    if type.is_enum:
        members = world.members(type)
        return members[number] if 0 <= number < len(members) else None
    if type.kind == "text":
        return world.alphabet.known(number) or f"x{number}".replace("-", "_")
    if type.kind == "number":
        fraction = Fraction(number)
        return Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return number
