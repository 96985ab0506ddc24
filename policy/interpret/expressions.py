"""What an expression means: one clause per operator.

`evaluate` gives the value: None is missing, for a truth value unknown. A row is a `Row`, of which there is one per entity and
key, so that rows are equal when they are the same object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from policy.interpret.scan import scan_of
from policy.interpret.world import Env, Interval, Violation
from policy.lang import ir
from policy.lang.dates import add_days, add_months, add_workdays, roll
from policy.lang.ops import FUNCTIONS, OPERATORS

__all__ = ["evaluate", "negation", "truths"]


def evaluate(expr: ir.Expr, env: Env) -> Any:
    """The value of an expression; never raises, whatever the data."""
    return _CLAUSES[type(expr)](expr, env)


def truths(source: ir.RowSource, var: str, body: ir.Expr, env: Env) -> Iterator[tuple[Any, bool | None]]:
    """The rows of a source with the body's truth for each, leaving out rows for which it is surely false."""
    scan = scan_of(source, var, body, env)
    outer = env.vars
    inner = Env(env.world, dict(outer), env.lets, env.values)
    for row in scan.candidates(env, evaluate):
        inner.vars[var] = row
        truth = evaluate(body, inner)
        if truth and isinstance(row, Violation):
            truth = row.member
        if truth is not False:
            yield row, truth


def negation(expr: ir.Expr) -> ir.Expr:
    """The Kleene negation of an expression, with the `not` moved inwards over `not` and `or`."""
    if isinstance(expr, ir.Not):
        return expr.operand
    if isinstance(expr, ir.Or):
        return ir.And(tuple(negation(operand) for operand in expr.operands))
    return ir.Not(expr)


# --- values ----------------------------------------------------------------------------------------------------------


def _const(expr: ir.Const, env: Env) -> Any:
    return expr.value


def _param(expr: ir.Param, env: Env) -> Any:
    return env.world.parameters[expr.name]


def _as_of(expr: ir.AsOf, env: Env) -> Any:
    return env.world.as_of


def _var(expr: ir.Var, env: Env) -> Any:
    return env.vars[expr.name]


def _let(expr: ir.Let, env: Env) -> Any:
    if expr.name not in env.values:
        env.values[expr.name] = evaluate(env.lets[expr.name], env)
    return env.values[expr.name]


def _field(expr: ir.Field, env: Env) -> Any:
    row = evaluate(expr.base, env)
    if row is None:
        return None
    if isinstance(row, Violation):
        return row.fields.get(expr.field)
    value = row.values[expr.index]
    return env.world.by_key[expr.type.name].get(value) if expr.type.is_ref else value


def _call(expr: ir.Call, env: Env) -> Any:
    definition = env.world.pack.definitions[expr.name]
    arguments = {name: evaluate(value, env) for (name, _), value in zip(definition.arguments, expr.arguments, strict=True)}
    return evaluate(definition.body, Env(env.world, arguments, {}))


_BUILT_IN = {name: function.call for name, function in FUNCTIONS.items()}
_BUILT_IN |= {function.name: function.call for functions in OPERATORS.values() for function in functions}


def _apply(expr: ir.Apply, env: Env) -> Any:
    values = [evaluate(argument, env) for argument in expr.arguments]
    if None in values:
        return None
    call = env.world.functions[expr.name] if expr.plugin else _BUILT_IN[expr.name]
    return call(*values)


def _if(expr: ir.If, env: Env) -> Any:
    condition = evaluate(expr.condition, env)
    if condition is None:
        return None
    return evaluate(expr.then if condition else expr.otherwise, env)


# --- truth -----------------------------------------------------------------------------------------------------------


def _not(expr: ir.Not, env: Env) -> bool | None:
    truth = evaluate(expr.operand, env)
    return None if truth is None else not truth


def _and(expr: ir.And, env: Env) -> bool | None:
    result: bool | None = True
    for operand in expr.operands:
        truth = evaluate(operand, env)
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def _or(expr: ir.Or, env: Env) -> bool | None:
    result: bool | None = False
    for operand in expr.operands:
        truth = evaluate(operand, env)
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def _compare(expr: ir.Compare, env: Env) -> bool | None:
    left, right = evaluate(expr.left, env), evaluate(expr.right, env)
    if left is None or right is None:
        return None
    if isinstance(left, Interval) or isinstance(right, Interval):
        return _compare_counts(expr.operator, _interval(left), _interval(right))
    return _COMPARISONS[expr.operator](left, right)


def _interval(value: Any) -> Interval:
    return value if isinstance(value, Interval) else Interval(value, value)


def _compare_counts(operator: str, left: Interval, right: Interval) -> bool | None:
    """Whether the comparison holds for all, none or some of the numbers in the intervals."""
    if operator in ("eq", "ne"):
        apart = left.high < right.low or right.high < left.low
        same = left.low == left.high == right.low == right.high
        equal = False if apart else True if same else None
        return equal if operator == "eq" or equal is None else not equal
    if operator in ("gt", "ge"):
        left, right, operator = right, left, {"gt": "lt", "ge": "le"}[operator]
    holds = _COMPARISONS[operator]
    if holds(left.high, right.low):
        return True
    return None if holds(left.low, right.high) else False


def _linked(expr: ir.Linked, env: Env) -> bool | None:
    row = evaluate(expr.row, env)
    return None if row is None else evaluate(expr.path, env) is row


def _is_missing(expr: ir.IsMissing, env: Env) -> bool:
    return evaluate(expr.operand, env) is None


def _in(expr: ir.In, env: Env) -> bool | None:
    value = evaluate(expr.operand, env)
    if value is None:
        return None
    options = [evaluate(option, env) for option in expr.options]
    return True if value in options else None if None in options else False


# --- days ------------------------------------------------------------------------------------------------------------


def _shift(expr: ir.Shift, env: Env) -> Any:
    day, period = evaluate(expr.base, env), evaluate(expr.period, env)
    if day is None or period is None:
        return None
    amount = expr.sign * period.amount
    if period.unit == "months":
        return add_months(day, amount, expr.months or env.world.parameters["months"])
    if period.unit == "workdays":
        return add_workdays(day, amount, env.world.calendar)
    return add_days(day, amount)


def _rolled(expr: ir.Rolled, env: Env) -> Any:
    day = evaluate(expr.base, env)
    return None if day is None else roll(day, expr.nonworking or env.world.parameters["nonworking"], env.world.calendar)


# --- rows ------------------------------------------------------------------------------------------------------------


def _exists(expr: ir.Exists, env: Env) -> bool | None:
    result: bool | None = False
    for _, truth in truths(expr.source, expr.var, expr.body, env):
        if truth:
            return True
        result = None
    return result


def _every(expr: ir.Every, env: Env) -> bool | None:
    counter = _exists(ir.Exists(expr.source, expr.var, _negated_body(expr, env)), env)
    return None if counter is None else not counter


def _negated_body(expr: ir.Every, env: Env) -> ir.Expr:
    """The negation of the body, the same object each time, so that its scan is prepared once."""
    return env.world.negations.setdefault(id(expr), negation(expr.body))


def _count(expr: ir.Count, env: Env) -> Interval:
    found = [truth for _, truth in truths(expr.source, expr.var, expr.body, env)]
    return Interval(sum(truth is True for truth in found), len(found))


def _aggregate(expr: ir.Aggregate, env: Env) -> Any:
    values = []
    for row, truth in truths(expr.source, expr.var, expr.body, env):
        value = evaluate(expr.value, env.bind(expr.var, row)) if truth else None
        if value is None:
            return None
        values.append(value)
    if expr.kind == "sum":
        return sum(values)
    return (min if expr.kind == "min" else max)(values, default=None)


def _pick(expr: ir.Pick, env: Env) -> Any:
    """The first row by day; nothing if an uncertain row could come before it or share its day."""
    sure, uncertain = [], []
    for row, truth in truths(expr.source, expr.var, expr.body, env):
        day = evaluate(expr.by, env.bind(expr.var, row))
        (sure if truth and day is not None else uncertain).append((day, row))
    if not sure:
        return None
    best = (min if expr.kind == "earliest" else max)(day for day, _ in sure)
    comes_first = _COMPARISONS["le" if expr.kind == "earliest" else "ge"]
    if any(day is None or comes_first(day, best) for day, _ in uncertain):
        return None
    return min((row for day, row in sure if day == best), key=lambda row: row.key)


def _nearest(expr: ir.Nearest, env: Env) -> Any:
    row, passed = evaluate(expr.start, env), set()
    by_key = env.world.by_key[expr.entity]
    while row is not None and row.key not in passed:
        truth = evaluate(expr.body, env.bind(expr.var, row))
        if truth is not False:
            return row if truth else None
        passed.add(row.key)
        row = by_key.get(row.values[expr.index])
    return None


def _under(expr: ir.Under, env: Env) -> bool | None:
    inner, outer = evaluate(expr.inner, env), evaluate(expr.outer, env)
    if inner is None or outer is None:
        return None
    if inner is outer:  # also in a circle, where the walk would come back to it
        return False
    by_key, passed = env.world.by_key[expr.entity], {inner.key}
    row = by_key.get(inner.values[expr.index])
    while row is not None and row is not outer and row.key not in passed:
        passed.add(row.key)
        row = by_key.get(row.values[expr.index])
    return row is outer


_CLAUSES: dict[type, Callable[[Any, Env], Any]] = {
    ir.Const: _const,
    ir.Param: _param,
    ir.AsOf: _as_of,
    ir.Var: _var,
    ir.Let: _let,
    ir.Field: _field,
    ir.Call: _call,
    ir.Apply: _apply,
    ir.Not: _not,
    ir.And: _and,
    ir.Or: _or,
    ir.Compare: _compare,
    ir.Linked: _linked,
    ir.IsMissing: _is_missing,
    ir.In: _in,
    ir.If: _if,
    ir.Shift: _shift,
    ir.Rolled: _rolled,
    ir.Exists: _exists,
    ir.Every: _every,
    ir.Count: _count,
    ir.Aggregate: _aggregate,
    ir.Pick: _pick,
    ir.Nearest: _nearest,
    ir.Under: _under,
}
