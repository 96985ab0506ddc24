"""Why something is unknown: the fields whose missing values made it so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policy.interpret.expressions import called, evaluate, negation, truths
from policy.interpret.world import Env, Interval, Violation
from policy.lang import ir
from policy.lang.walk import children

__all__ = ["missing_fields"]

Names = frozenset[str]
_NOTHING: Names = frozenset()


def missing_fields(expr: ir.Expr, env: Env) -> Names:
    """The fields (`talk.end`) that made a missing or unknown value so; of a value that is known, none."""
    value = evaluate(expr, env)
    if value is not None and not (isinstance(value, Interval) and value.low != value.high):
        return _NOTHING
    return _CLAUSES.get(type(expr), _parts)(expr, env)


def _parts(expr: ir.Expr, env: Env) -> Names:
    return _NOTHING.union(*(missing_fields(child, env) for child in children(expr)))


def _let(expr: ir.Let, env: Env) -> Names:
    return missing_fields(env.lets[expr.name], env.apart())


def _field(expr: ir.Field, env: Env) -> Names:
    base = evaluate(expr.base, env)
    if base is None:
        return missing_fields(expr.base, env)
    if isinstance(base, Violation):
        return frozenset(base.outcome.missing)
    return frozenset((f"{expr.entity}.{expr.field}",))


def _call(expr: ir.Call, env: Env) -> Names:
    body, inner = called(expr, env)
    return _parts(expr, env) | missing_fields(body, inner)


def _if(expr: ir.If, env: Env) -> Names:
    condition = evaluate(expr.condition, env)
    if condition is None:
        return missing_fields(expr.condition, env)
    return missing_fields(expr.then if condition else expr.otherwise, env)


def _linked(expr: ir.Linked, env: Env) -> Names:
    return missing_fields(expr.row, env)


def _rows(expr: Any, env: Env) -> Names:
    """The fields missing in rows for which the body is unknown."""
    return _of_rows(expr.source, expr.var, expr.body, env)


def _every(expr: ir.Every, env: Env) -> Names:
    return _of_rows(expr.source, expr.var, env.world.counter(expr, negation), env)


def _of_rows(source: ir.RowSource, var: str, body: ir.Expr, env: Env) -> Names:
    found = _NOTHING
    for row, truth in truths(source, var, body, env):
        if truth is None:
            found |= missing_fields(body, env.bind(var, row))
            if isinstance(row, Violation):
                found |= frozenset(row.outcome.missing)
    return found


def _aggregate(expr: ir.Aggregate, env: Env) -> Names:
    found = _rows(expr, env)
    for row, truth in truths(expr.source, expr.var, expr.body, env):
        if truth:
            found |= missing_fields(expr.value, env.bind(expr.var, row))
    return found


def _pick(expr: ir.Pick, env: Env) -> Names:
    found = _rows(expr, env)
    for row, _ in truths(expr.source, expr.var, expr.body, env):
        found |= missing_fields(expr.by, env.bind(expr.var, row))
    return found


def _nearest(expr: ir.Nearest, env: Env) -> Names:
    """Those of the start, or of the first row on the way for which the body is unknown."""
    row, passed = evaluate(expr.start, env), set()
    if row is None:
        return missing_fields(expr.start, env)
    by_key = env.world.by_key[expr.entity]
    while row is not None and row.key not in passed:
        inner = env.bind(expr.var, row)
        if evaluate(expr.body, inner) is not False:
            return missing_fields(expr.body, inner)
        passed.add(row.key)
        row = by_key.get(row.values[expr.index])
    return _NOTHING


_CLAUSES: dict[type, Callable[[Any, Env], Names]] = {
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
