"""A world that is held to given data, so that formulas can be compared with what the interpreter says of them."""

from __future__ import annotations

from collections.abc import Sequence

import z3

from policy.analyse.sample import Sample
from policy.analyse.world import World
from policy.lang.outcome import STATUSES

__all__ = ["held_to", "status_of"]


def held_to(world: World, sample: Sample) -> tuple[list, dict[str, dict[str, int]]]:
    """What pins a closed world to the data, once all formulas have been made; and the number of each row by entity and key."""
    places = {name: {row[_key(world, name)]: place for place, row in enumerate(rows, 1)} for name, rows in sample.tables.items()}
    pins: list = [world.closed, world.as_of == sample.as_of.toordinal()]
    for name in world.pack.vocabulary.entities:
        rows = sample.tables.get(name, [])
        pins += [world.there(name, number) == (number <= len(rows)) for number in range(0, world.size + 1)]
        for field in world.pack.vocabulary.entities[name].fields:
            for number, row in enumerate(rows, 1):
                pins += list(_pinned(world, name, field, number, row, places))
    return pins, places


def _key(world: World, entity: str) -> str:
    return world.pack.vocabulary.entities[entity].key.name


def _pinned(world: World, name: str, field, number: int, row: dict, places: dict):
    if field.key:
        if (name, "") in world.columns:
            keys = sorted(places[name])
            yield world.columns[name, ""][0](number) == 10**9 + keys.index(row[field.name])
    elif (name, field.name) in world.columns:
        value, gone = world.columns[name, field.name]
        found = row.get(field.name)
        if field.type.is_ref and found is not None:
            found = places.get(field.type.name, {}).get(found)  # one that dangles is missing
        yield gone(number) == (found is None)
        if found is not None:
            yield value(number) == (found if field.type.is_ref else world.encoded(found, field.type))


def status_of(world: World, pins: Sequence, judged) -> set[str]:
    """The statuses that the formulas leave possible."""
    solver = z3.Solver(ctx=world.context)
    solver.add(*(fact for fact in world.facts if not isinstance(fact, bool)), *pins)
    assert solver.check() == z3.sat, "the data are a world"
    left = set()
    for status in (*STATUSES,):
        formula = judged.statuses.get(status, False)
        if formula is not False and solver.check(formula if not isinstance(formula, bool) else z3.BoolVal(True, world.context)) == z3.sat:
            left.add(status)
    return left
