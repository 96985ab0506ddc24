"""Why something is unknown, in SQL: a list of the fields whose missing values made it so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policy.lang import ir
from policy.lang.walk import children
from policy.relational import sql
from policy.relational.expressions import Rows, asked, call_scope, counter, lower, of_row, over, scalar, up
from policy.relational.frame import Interval, Scope
from policy.relational.sources import known_of
from policy.relational.sql import Sql

__all__ = ["NAMES", "missing"]

NAMES = "VARCHAR[]"
"""The type of a list of fields. No list, too, says that there are none."""

Names = Sql | None
"""The list; None where an expression cannot be missing at all."""


def missing(expr: ir.Expr, scope: Scope) -> Names:
    """The fields that made a missing or unknown value so; of a value that is known, none."""
    names = _CLAUSES.get(type(expr), _parts)(expr, scope)
    if names is None:
        return None
    value = lower(expr, scope)
    unclear = sql.compare("ne", value.low, value.high) if isinstance(value, Interval) else sql.is_null(value)
    return sql.case((unclear, names))


def together(*lists: Names) -> Names:
    """All of several lists."""
    known = [one for one in lists if one is not None]
    return sql.concat(known, NAMES) if known else None


def _parts(expr: ir.Expr, scope: Scope) -> Names:
    return together(*(missing(child, scope) for child in children(expr)))


def _let(expr: ir.Let, scope: Scope) -> Names:
    return missing(scope.lets[expr.name], scope.top)


def _field(expr: ir.Field, scope: Scope) -> Names:
    base = scalar(expr.base, scope)
    own = known_of(scope, base, "missing") if expr.index < 0 else sql.texts([f"{expr.entity}.{expr.field}"])
    lacking = missing(expr.base, scope) or sql.null(NAMES)
    return sql.case((sql.is_null(base), lacking), otherwise=own)


def _call(expr: ir.Call, scope: Scope) -> Names:
    body, inner = call_scope(expr, scope)
    return together(_parts(expr, scope), missing(body, inner))


def _if(expr: ir.If, scope: Scope) -> Names:
    condition = scalar(expr.condition, scope)
    parts = (expr.condition, expr.then, expr.otherwise)
    of_condition, then, otherwise = (missing(part, scope) or sql.null(NAMES) for part in parts)
    return sql.case((sql.is_null(condition), of_condition), (condition, then), otherwise=otherwise)


def _linked(expr: ir.Linked, scope: Scope) -> Names:
    return missing(expr.row, scope)


def _rows(expr: Any, scope: Scope) -> Names:
    return _of_rows(expr, expr.body, scope)


def _every(expr: ir.Every, scope: Scope) -> Names:
    return _of_rows(expr, counter(expr.body), scope)


def _of_rows(expr: Any, body: ir.Expr, scope: Scope) -> Names:
    """The fields missing in rows for which the body is unknown."""
    scope = asked(expr, scope)
    rows = over(expr.source, expr.var, body, scope)
    return _gathered(rows, unclear_row(rows, expr), None, scope)


def unclear_row(rows: Rows, expr: Any) -> Names:
    """The fields that make it unknown whether a row is one of those meant."""
    own = known_of(rows.scope, rows.key, "missing") if isinstance(expr.source, ir.Violations) else None
    return together(missing(rows.rest, rows.scope), own)


def _gathered(rows: Rows, unclear: Names, sure: Names, scope: Scope) -> Names:
    """One list of those of the rows: `unclear` counts for rows of unknown membership, `sure` for those that are meant."""
    if unclear is None and sure is None:
        return None
    either = sql.case((sql.is_null(rows.truth), unclear or sql.null(NAMES)), otherwise=sure or sql.null(NAMES))
    names = of_row("names")
    gathered = sql.call("flatten", sql.listed(names, sql.is_filled(names)))
    return sql.column(rows.summary(scope.frame, {"names": either}, {"names": gathered}), "names")


def _aggregate(expr: ir.Aggregate, scope: Scope) -> Names:
    scope = asked(expr, scope)
    rows = over(expr.source, expr.var, expr.body, scope)
    return _gathered(rows, unclear_row(rows, expr), missing(expr.value, rows.scope), scope)


def _pick(expr: ir.Pick, scope: Scope) -> Names:
    scope = asked(expr, scope)
    rows = over(expr.source, expr.var, expr.body, scope)
    day = missing(expr.by, rows.scope)
    return _gathered(rows, together(unclear_row(rows, expr), day), day, scope)


def _nearest(expr: ir.Nearest, scope: Scope) -> Names:
    """Those of the start, or of the first row on the way for which the body is unknown."""
    scope = asked(expr, scope)
    start, rows = scalar(expr.start, scope), up(expr, scope)
    unclear = missing(expr.body, rows.scope) or sql.null(NAMES)
    first = sql.least_struct(sql.coalesce(of_row("truth"), sql.literal(True)), distance=of_row("order"), names=of_row("names"))
    joined = rows.summary(scope.frame, {"names": unclear}, {"first": first})
    found = sql.part(sql.column(joined, "first"), "names")
    return sql.case((sql.is_null(start), missing(expr.start, scope) or sql.null(NAMES)), otherwise=found)


_CLAUSES: dict[type, Callable[[Any, Scope], Names]] = {
    ir.Let: _let,
    ir.Field: _field,
    ir.Call: _call,
    ir.If: _if,
    ir.Linked: _linked,
    ir.Exists: _rows,
    ir.Every: _every,
    ir.Count: _rows,
    ir.Aggregate: _aggregate,
    ir.Pick: _pick,
    ir.Nearest: _nearest,
}
