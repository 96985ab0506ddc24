"""Which rows a condition has to be tried on: a hash index per equality, the only optimisation of this engine.

Of a condition `A is B and …`, where A depends on the row alone and B not on it, only the rows whose A equals B can make it
true, and the rows whose A is missing can make it unknown; all others make it false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from policy.interpret.world import Env, World
from policy.lang import ir
from policy.lang.types import COUNT
from policy.lang.walk import variables

__all__ = ["Scan", "prepare"]

Meaning = Callable[[ir.Expr], Callable[[Env], Any]]
"""What an expression stands for."""


class Scan:
    """A source and, if an equality restricts it, its two sides: `own` depends on the row `var`, `other` on the rest.

    `linked`: rows whose `own` is missing fail the equality; otherwise they leave it unknown.
    """

    __slots__ = ("index", "linked", "meaning", "own", "source", "var", "wanted")

    def __init__(self, source: ir.RowSource, var: str, meaning: Meaning, sides: tuple[ir.Expr, ir.Expr, bool] | None = None) -> None:
        self.source = source
        self.var = var
        self.meaning = meaning
        self.own, other, self.linked = sides or (None, None, False)
        self.wanted = other and meaning(other)
        self.index: dict[Any, list] | None = None

    def candidates(self, env: Env) -> Iterable[Any]:
        """The rows for which the condition is not surely false by the equality, in the order of the source."""
        wanted = self.wanted and self.wanted(env)
        if wanted is None:
            return env.world.of(self.source)
        if self.index is None:
            self.index = _index(self, env.world)
        found, missing = self.index.get(wanted, ()), () if self.linked else self.index.get(None, ())
        return sorted((*found, *missing), key=_places(self.source, env.world).__getitem__) if missing else found


def _places(source: ir.RowSource, world: World) -> dict[Any, int]:
    """The place of each row of a source."""
    name = (source, "places")
    if name not in world.indexes:
        world.indexes[name] = {row: place for place, row in enumerate(world.of(source))}
    return world.indexes[name]


def _index(scan: Scan, world: World) -> dict[Any, list]:
    """The rows of the scan's source by the value of its own side; shared by all scans of the same side."""
    name = (scan.source, scan.var, scan.own)
    if name not in world.indexes:
        index: dict[Any, list] = {}
        own, env = scan.meaning(scan.own), Env(world, {}, {})
        for row in world.of(scan.source):
            env.vars[scan.var] = row
            index.setdefault(own(env), []).append(row)
        world.indexes[name] = index
    return world.indexes[name]


def prepare(
    source: ir.RowSource, var: str, conditions: Iterable[ir.Expr], lets: Mapping[str, ir.Expr], meaning: Meaning
) -> Scan:
    """The scan of a source restricted by the first equality among the conditions that an index can serve."""
    for condition in conditions:
        for sides in _sides(condition):
            if _serves(sides[0], sides[1], var, lets):
                return Scan(source, var, meaning, sides)
    return Scan(source, var, meaning)


def _sides(condition: ir.Expr) -> tuple[tuple[ir.Expr, ir.Expr, bool], ...]:
    if isinstance(condition, ir.Linked):
        return ((condition.path, condition.row, True),)
    if isinstance(condition, ir.Compare) and condition.operator == "eq":
        return ((condition.left, condition.right, False), (condition.right, condition.left, False))
    return ()


def _serves(own: ir.Expr, other: ir.Expr, var: str, lets: Mapping[str, ir.Expr]) -> bool:
    """Counts are left out: an interval equals a number neither surely nor by its hash."""
    countless = COUNT not in (getattr(own, "type", None), getattr(other, "type", None))
    plain = not isinstance(own, ir.Let | ir.Count) and not isinstance(other, ir.Count)
    return countless and plain and variables(own, lets) == {var} and var not in variables(other, lets)
