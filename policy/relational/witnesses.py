"""The rows on which a duty turned, in SQL: a list of variable, entity and key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from policy.lang import ir
from policy.relational import sql
from policy.relational.expressions import Rows, asked, call_scope, counter, of_row, over, scalar
from policy.relational.frame import Scope
from policy.relational.sources import VIOLATION
from policy.relational.sql import Sql

__all__ = ["WITNESSES", "Wanted", "deciding_rows", "listed_rows"]

WITNESSES = "STRUCT(var VARCHAR, entity VARCHAR, key VARCHAR)[]"
"""The type of such a list. No list, too, says that there are none."""

Witnesses = Sql | None
"""The list; None where no rows can decide."""


class Deciding(NamedTuple):
    """The rows that decide a condition where it is true, where it is false, and where it is unknown."""

    yes: Witnesses = None
    no: Witnesses = None
    open: Witnesses = None


class Wanted(NamedTuple):
    """Which of the rows are asked for: nothing is looked for in vain."""

    yes: bool
    no: bool
    open: bool


def deciding_rows(condition: ir.Expr, wanted: Wanted, scope: Scope) -> Deciding:
    """The rows on which quantifiers and counts turned that decided a condition."""
    if isinstance(condition, ir.Not):
        return _turned(deciding_rows(condition.operand, Wanted(wanted.no, wanted.yes, wanted.open), scope))
    if isinstance(condition, ir.And | ir.Or):
        return _of_operands(condition, wanted, scope)
    if isinstance(condition, ir.Let):
        return deciding_rows(scope.lets[condition.name], wanted, scope.top)
    if isinstance(condition, ir.Call):
        body, inner = call_scope(condition, scope)
        return deciding_rows(body, wanted, inner)
    if isinstance(condition, ir.Exists) and (wanted.yes or wanted.open):
        return _quantified(condition, condition.body, scope)
    if isinstance(condition, ir.Every) and (wanted.no or wanted.open):
        return _turned(_quantified(condition, counter(condition.body), scope))
    if isinstance(condition, ir.Compare):
        return _tallied([tally for side in (condition.left, condition.right) for tally in _tallies(side, scope)], scope)
    return Deciding()


_IN_ORDER: Mapping[str, Sequence[Sql]] = MappingProxyType({})


def _all(lists: Sequence[Witnesses]) -> Witnesses:
    """All of several lists, in their order."""
    known = [one for one in lists if one is not None]
    return sql.concat(known, WITNESSES) if known else None


def _turned(rows: Deciding) -> Deciding:
    return Deciding(rows.no, rows.yes, rows.open)


def _of_operands(condition: ir.And | ir.Or, wanted: Wanted, scope: Scope) -> Deciding:
    """Of all operands that have the value of the whole."""
    found = []
    for operand in condition.operands:
        rows = deciding_rows(operand, wanted, scope)
        if rows != Deciding():
            value = scope.frame.named(scalar(operand, scope))
            has = (sql.is_true(value), sql.is_true(sql.negate(value)), sql.is_null(value))
            found.append([on and sql.case((truth, on)) for truth, on in zip(has, rows, strict=True)])
    return Deciding(*map(_all, zip(*found, strict=True)))


def _tallies(expr: ir.Expr, scope: Scope) -> list[ir.Count | ir.Aggregate]:
    """The counts, sums and extremes that a value is worked out from."""
    while isinstance(expr, ir.Let):
        expr = scope.lets[expr.name]
    if isinstance(expr, ir.Count | ir.Aggregate):
        return [expr]
    return [one for argument in expr.arguments for one in _tallies(argument, scope)] if isinstance(expr, ir.Apply) else []


def _quantified(condition: Any, body: ir.Expr, scope: Scope) -> Deciding:
    """For a true body the rows that make it so, for an unknown one those that leave it open."""
    scope = asked(condition, scope)
    rows = over(condition.source, condition.var, body, scope)
    lists = listed_rows(rows, condition, {"sure": of_row("truth"), "open": sql.is_null(of_row("truth"))}, {}, scope)
    return Deciding(yes=lists["sure"], open=lists["open"])


def _tallied(tallies: Sequence[ir.Count | ir.Aggregate], scope: Scope) -> Deciding:
    """The rows that are counted, and where the outcome is open those too that may be."""
    found = []
    for tally in tallies:
        around = asked(tally, scope)
        rows = over(tally.source, tally.var, tally.body, around)
        found.append(listed_rows(rows, tally, {"sure": sql.is_true(of_row("truth")), "any": sql.literal(True)}, {}, around))
    sure, every = (_all([lists[name] for lists in found]) for name in ("sure", "any"))
    return Deciding(sure, sure, every)


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
