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

Evaluate = Callable[[ir.Expr, Env], Any]


class Scan:
    """A source and, if an equality restricts it, its two sides: `own` depends on the row `var`, `other` on the rest.

    `linked`: rows whose `own` is missing fail the equality; otherwise they leave it unknown.
    """

    __slots__ = ("index", "linked", "other", "own", "source", "var")

    def __init__(
        self, source: ir.RowSource, var: str, own: ir.Expr | None = None, other: ir.Expr | None = None, linked: bool = False
    ) -> None:
        self.source = source
        self.var = var
        self.own = own
        self.other = other
        self.linked = linked
        self.index: dict[Any, list] | None = None

    def candidates(self, env: Env, evaluate: Evaluate) -> Iterable[Any]:
        """The rows for which the condition is not surely false by the equality, by key."""
        if self.own is None:
            return env.world.of(self.source)
        wanted = evaluate(self.other, env)
        if wanted is None:
            return env.world.of(self.source)
        if self.index is None:
            self.index = _index(self, env.world, evaluate)
        found, missing = self.index.get(wanted, ()), () if self.linked else self.index.get(None, ())
        return sorted((*found, *missing), key=lambda row: row.key) if missing else found


def _index(scan: Scan, world: World, evaluate: Evaluate) -> dict[Any, list]:
    """The rows of the scan's source by the value of its own side; shared by all scans of the same side."""
    name = (scan.source, scan.var, scan.own)
    if name not in world.indexes:
        index: dict[Any, list] = {}
        for row in world.of(scan.source):
            index.setdefault(evaluate(scan.own, Env(world, {scan.var: row}, {})), []).append(row)
        world.indexes[name] = index
    return world.indexes[name]


def prepare(source: ir.RowSource, var: str, conditions: Iterable[ir.Expr], lets: Mapping[str, ir.Expr]) -> Scan:
    """The scan of a source restricted by the first equality among the conditions that an index can serve."""
    for condition in conditions:
        for own, other, linked in _sides(condition):
            if _serves(own, other, var, lets):
                return Scan(source, var, own, other, linked)
    return Scan(source, var)


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
