"""Which rows a condition has to be tried on: a hash index per equality, the only optimisation of this engine.

Of a condition `A is B and …`, where A depends on the row alone and B not on it, only the rows whose A equals B can make it
true, and the rows whose A is missing can make it unknown; all others make it false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from policy.interpret.world import Scope, World
from policy.lang import ir
from policy.lang.types import COUNT
from policy.lang.walk import variables, walk

__all__ = ["Scan", "prepare"]

Meaning = Callable[[ir.Expr], Callable[[Scope], Any]]
"""What an expression stands for."""


class Scan:
    """A source and, if an `equality` among the conditions restricts it, its two sides: `own` depends on the row `var`, `other` on the rest.

    `linked`: rows whose `own` is missing fail the equality; otherwise they leave it unknown.
    """

    __slots__ = ("equality", "index", "linked", "meaning", "own", "source", "var", "wanted", "world")

    def __init__(
        self, source: ir.RowSource, var: str, world: World, meaning: Meaning, equality: ir.Expr | None = None,
        sides: tuple[ir.Expr, ir.Expr, bool] | None = None,
    ) -> None:  # fmt: skip
        self.source = source
        self.var = var
        self.world = world
        self.meaning = meaning
        self.equality = equality
        self.own, other, self.linked = sides or (None, None, False)
        self.wanted = other and meaning(other)
        self.index: dict[Any, list] | None = None

    def candidates(self, scope: Scope) -> tuple[Iterable[Any], bool]:
        """The rows for which the condition is not surely false by the equality, in the order of the source; whether it holds for all of them."""
        wanted = self.wanted and self.wanted(scope)
        if wanted is None:
            return self.world.of(self.source), False
        if self.index is None:
            self.index = _index(self, self.world)
        found, missing = self.index.get(wanted, ()), () if self.linked else self.index.get(None, ())
        if missing:
            return sorted((*found, *missing), key=_places(self.source, self.world).__getitem__), False
        return found, True


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
        own, var = scan.meaning(scan.own), scan.var
        for row in world.of(scan.source):
            index.setdefault(own({var: row}), []).append(row)
        world.indexes[name] = index
    return world.indexes[name]


def prepare(
    source: ir.RowSource, var: str, conditions: Iterable[ir.Expr], lets: Mapping[str, ir.Expr], world: World, meaning: Meaning
) -> Scan:
    """The scan of a source restricted by the first equality among the conditions that an index can serve."""
    for condition in conditions:
        for sides in _sides(condition):
            if _serves(sides[0], sides[1], var, lets):
                return Scan(source, var, world, meaning, condition, sides)
    return Scan(source, var, world, meaning)


def _sides(condition: ir.Expr) -> tuple[tuple[ir.Expr, ir.Expr, bool], ...]:
    if isinstance(condition, ir.Linked):
        return ((condition.path, condition.row, True),)
    if isinstance(condition, ir.Compare) and condition.operator == "eq":
        return ((condition.left, condition.right, False), (condition.right, condition.left, False))
    return ()


def _serves(own: ir.Expr, other: ir.Expr, var: str, lets: Mapping[str, ir.Expr]) -> bool:
    """Counts are left out, as an interval equals a number neither surely nor by its hash, and `let`s, which rules that share an index call alike."""
    countless = COUNT not in (getattr(own, "type", None), getattr(other, "type", None))
    plain = not isinstance(own, ir.Count) and not isinstance(other, ir.Count) and not any(isinstance(part, ir.Let) for part in walk(own))
    return countless and plain and variables(own, lets) == {var} and var not in variables(other, lets)
