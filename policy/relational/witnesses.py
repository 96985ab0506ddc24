"""The rows on which a duty turned, in SQL: a list of variable, entity and key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from policy.lang import ir
from policy.relational import sql
from policy.relational.expressions import Rows, asked, call_scope, counter, of_row, over, scalar
from policy.relational.frame import Scope
from policy.relational.sources import VIOLATION
from policy.relational.sql import Sql

__all__ = ["WITNESSES", "all_witnesses", "deciding_rows", "listed_rows"]

WITNESSES = "STRUCT(var VARCHAR, entity VARCHAR, key VARCHAR)[]"
"""The type of such a list. No list, too, says that there are none."""

Witnesses = Sql | None
"""The list; None where no rows can decide."""


def deciding_rows(condition: ir.Expr, scope: Scope) -> Witnesses:
    """The rows on which quantifiers and counts turned that decided a condition, whatever it came to."""
    truth = scalar(condition, scope)
    yes, no, open_ = (_rows(condition, wanted, scope) for wanted in (True, False, None))
    if yes is None and no is None and open_ is None:
        return None
    return sql.case((truth, yes or _NONE), (sql.is_null(truth), open_ or _NONE), otherwise=no or _NONE)


_NONE = sql.null(WITNESSES)
_IN_ORDER: Mapping[str, Sequence[Sql]] = MappingProxyType({})


def all_witnesses(lists: Sequence[Witnesses]) -> Witnesses:
    """All of several lists, in their order."""
    known = [one for one in lists if one is not None]
    return sql.concat(known, WITNESSES) if known else None


def _rows(condition: ir.Expr, truth: bool | None, scope: Scope) -> Witnesses:
    """The rows that decide a condition where it has this truth."""
    if isinstance(condition, ir.Not):
        return _rows(condition.operand, _turned(truth), scope)
    if isinstance(condition, ir.And | ir.Or):
        return _of_operands(condition, truth, scope)
    if isinstance(condition, ir.Let):
        return _rows(scope.lets[condition.name], truth, scope.top)
    if isinstance(condition, ir.Call):
        body, inner = call_scope(condition, scope)
        return _rows(body, truth, inner)
    if isinstance(condition, ir.Exists):
        return _quantified(condition, condition.body, truth, scope)
    if isinstance(condition, ir.Every):
        return _quantified(condition, counter(condition.body), _turned(truth), scope)
    if isinstance(condition, ir.Compare):
        tallies = [tally for side in (condition.left, condition.right) for tally in _tallies(side, scope)]
        return all_witnesses([_tallied(tally, truth, scope) for tally in tallies])
    return None


def _turned(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _has(condition: ir.Expr, truth: bool | None, scope: Scope) -> Sql:
    """Whether a condition has this truth; never unknown."""
    value = scalar(condition, scope)
    return sql.is_null(value) if truth is None else sql.is_true(value if truth else sql.negate(value))


def _of_operands(condition: ir.And | ir.Or, truth: bool | None, scope: Scope) -> Witnesses:
    """Of all operands that have the value of the whole."""
    found = [(_has(operand, truth, scope), _rows(operand, truth, scope)) for operand in condition.operands]
    return all_witnesses([sql.case((has, rows)) for has, rows in found if rows is not None])


def _tallies(expr: ir.Expr, scope: Scope) -> list[ir.Count | ir.Aggregate]:
    """The counts, sums and extremes that a value is worked out from."""
    while isinstance(expr, ir.Let):
        expr = scope.lets[expr.name]
    if isinstance(expr, ir.Count | ir.Aggregate):
        return [expr]
    return [one for argument in expr.arguments for one in _tallies(argument, scope)] if isinstance(expr, ir.Apply) else []


def _quantified(condition: Any, body: ir.Expr, truth: bool | None, scope: Scope) -> Witnesses:
    """For a true body the rows that make it so, for an unknown one those that leave it open."""
    if truth is False:
        return None
    scope = asked(condition, scope)
    rows = over(condition.source, condition.var, body, scope)
    meant = sql.is_null(of_row("truth")) if truth is None else of_row("truth")
    return listed_rows(rows, condition, {"rows": meant}, {}, scope)["rows"]


def _tallied(tally: ir.Count | ir.Aggregate, truth: bool | None, scope: Scope) -> Witnesses:
    scope = asked(tally, scope)
    meant = sql.literal(True) if truth is None else sql.is_true(of_row("truth"))
    return listed_rows(over(tally.source, tally.var, tally.body, scope), tally, {"rows": meant}, {}, scope)["rows"]


def listed_rows(
    rows: Rows,
    of: Any,
    meant: Mapping[str, Sql],
    values: Mapping[str, Sql],
    scope: Scope,
    orders: Mapping[str, Sequence[Sql]] = _IN_ORDER,
) -> dict[str, Sql]:
    """By name, those of the rows that are meant, in their order or one of their own; `values` are there to say so."""
    entity = of.source.entity if isinstance(of.source, ir.Rows) else VIOLATION
    witness = sql.struct(var=sql.literal(of.var), entity=sql.literal(entity), key=of_row("key"))
    lists = {name: sql.listed(witness, condition, *orders.get(name, [of_row("order")])) for name, condition in meant.items()}
    joined = rows.summary(scope.frame, values, lists)
    return {name: sql.column(joined, name) for name in lists}
