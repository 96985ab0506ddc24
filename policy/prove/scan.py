"""Which rows a condition has to be tried on: of `A is B and …`, where A depends on the row alone, those whose A equals B."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

from policy.lang import ir
from policy.lang.proof import Ref, Step, Value
from policy.lang.types import COUNT
from policy.lang.walk import conjuncts, variables
from policy.prove.world import Scope, World

__all__ = ["Scans"]

Lets = Mapping[str, ir.Expr]
Derive = Callable[[ir.Expr, Scope], Step]
"""Makes the step of an expression in a scope."""


class _Scan(NamedTuple):
    """The rows of a source by the value of `own`, which depends on them alone and is to equal `other`."""

    own: ir.Expr
    other: ir.Expr
    linked: bool
    rows: dict[Value, list[Ref]]


class Scans:
    """The rows of quantifiers by value; made once for all outcomes."""

    def __init__(self, world: World, derive: Callable[[Lets, Scans], Derive]) -> None:
        """`derive` makes what derives in this world, with the `let`s of a rule."""
        self._world = world
        self._derive = derive
        self._known: dict[int, tuple[ir.Expr, _Scan | None]] = {}
        self._base = self
        self._supposed: Ref | None = None

    def supposing(self, row: Ref) -> Scans:
        """The same rows where an empty cell of one row is filled: rows that had no value because of it are looked at too."""
        scans = copy(self)
        scans._supposed = row
        return scans

    def candidates(self, expr: Any, scope: Scope, derive: Derive, lets: Lets) -> Sequence[Ref]:
        """The rows of a quantifier's source, without those that an equality rules out, by key; `lets` are the rule's."""
        known = self._known.get(id(expr.body))
        if known is None:
            known = self._known[id(expr.body)] = expr.body, self._scan(expr, lets)  # keeps the body, so that no other gets its id
        scan = known[1]
        wanted = None if scan is None else derive(scan.other, scope).value
        if scan is None or wanted is None or (self._supposed and not _is_path(scan.own)):
            return self._world.of(expr.source)
        if self._supposed:
            return sorted({*scan.rows.get(wanted, ()), *scan.rows.get(None, ()), *self._own_row(expr.source)})
        found, missing = scan.rows.get(wanted, []), [] if scan.linked else scan.rows.get(None, [])
        return sorted((*found, *missing)) if missing else found

    def _own_row(self, source: ir.RowSource) -> Sequence[Ref]:
        """The row whose cell is filled, if it is one of the source."""
        is_in = self._supposed is not None and isinstance(source, ir.Rows) and source.entity == self._supposed.entity
        return (self._supposed,) if is_in else ()

    def _scan(self, expr: Any, lets: Lets) -> _Scan | None:
        derive = self._derive(lets, self._base)
        for own, other, linked in _equalities(expr):
            if _serves(own, other, expr.var, lets):
                rows: dict[Value, list[Ref]] = {}
                for row in self._world.of(expr.source):
                    rows.setdefault(derive(own, {expr.var: row}).value, []).append(row)
                return _Scan(own, other, linked, rows)
        return None


def _equalities(expr: Any) -> Iterator[tuple[ir.Expr, ir.Expr, bool]]:
    """The equalities without which a row cannot count; a counter-example to an `every … such that not A or …` needs A."""
    for condition in _needed(expr):
        if isinstance(condition, ir.Linked):
            yield condition.path, condition.row, True
        if isinstance(condition, ir.Compare) and condition.operator == "eq":
            yield condition.left, condition.right, False
            yield condition.right, condition.left, False


def _needed(expr: Any) -> Iterable[ir.Expr]:
    if not isinstance(expr, ir.Every):
        return conjuncts(expr.body)
    refused = [one.operand for one in expr.body.operands if isinstance(one, ir.Not)] if isinstance(expr.body, ir.Or) else []
    return [part for one in refused for part in conjuncts(one)]


def _serves(own: ir.Expr, other: ir.Expr, var: str, lets: Lets) -> bool:
    """Counts are left out: an interval equals a number neither surely nor by its hash."""
    countless = not any(isinstance(side, ir.Count) or getattr(side, "type", None) == COUNT for side in (own, other))
    return countless and not isinstance(own, ir.Let) and variables(own, lets) == {var} and var not in variables(other, lets)


def _is_path(expr: ir.Expr) -> bool:
    """Whether an expression is a row's field, or that of a row it names: then it has no value where a cell on the way is empty."""
    return isinstance(expr, ir.Field) and (isinstance(expr.base, ir.Var) or _is_path(expr.base))
