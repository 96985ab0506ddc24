"""What an expression means: one clause per operator.

A clause turns an expression into a function from a scope to its value, so that what can be known without data is found out once.
None is missing, for a truth value unknown. A row is a `Row`, of which there is one per entity and key, so that rows are equal
when they are the same object. No clause raises, whatever the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from policy.interpret.scan import prepare
from policy.interpret.world import Env, Interval, Violation
from policy.lang import ir
from policy.lang.dates import add_days, add_months, add_workdays, roll
from policy.lang.ops import FUNCTIONS, OPERATORS
from policy.lang.types import COUNT
from policy.lang.walk import conjuncts

__all__ = ["Meaning", "called", "evaluate", "meaning", "negation", "truths"]

Meaning = Callable[[Env], Any]
"""The value in a scope."""


def evaluate(expr: ir.Expr, env: Env) -> Any:
    """The value of an expression in a scope."""
    return meaning(expr, env)(env)


def meaning(expr: ir.Expr, env: Env) -> Meaning:
    """The function that an expression stands for, made when it is first needed. Of `env` only the `let`s and the world count."""
    made = env.world.meanings.get(id(expr))
    if made is None:
        made = env.world.meanings[id(expr)] = _CLAUSES[type(expr)](expr, env)
    return made


def truths(source: ir.RowSource, var: str, body: ir.Expr, env: Env) -> Iterator[tuple[Any, bool | None]]:
    """The rows of a source with the body's truth for each, leaving out rows for which it is surely false.

    While a row is looked at it is the variable's value in `env`: no variable is called like one around it.
    """
    return _scanner(source, var, body, env)(env)


def _scanner(source: ir.RowSource, var: str, body: ir.Expr, env: Env) -> Callable[[Env], Iterator[tuple[Any, bool | None]]]:
    """What `truths` does in a scope, made when it is first needed."""
    made = env.world.scanners.get(id(body))
    if made is None:
        made = env.world.scanners[id(body)] = _make_scanner(source, var, body, env)
    return made


def _make_scanner(source: ir.RowSource, var: str, body: ir.Expr, env: Env) -> Callable[[Env], Iterator[tuple[Any, bool | None]]]:
    holds, scan = meaning(body, env), prepare(source, var, conjuncts(body), env.lets, partial(meaning, env=env))

    def rows(env: Env) -> Iterator[tuple[Any, bool | None]]:
        scope = env.vars
        for row in scan.candidates(env):
            scope[var] = row
            truth = holds(env)
            if truth and isinstance(row, Violation):
                truth = row.member
            if truth is not False:
                yield row, truth

    return rows


def called(expr: ir.Call, env: Env) -> tuple[ir.Expr, Env]:
    """The body of the definition that is called, and the scope of its arguments."""
    definition = env.world.pack.definitions[expr.name]
    arguments = {name: evaluate(value, env) for (name, _), value in zip(definition.arguments, expr.arguments, strict=True)}
    return definition.body, Env(env.world, arguments, {})


def negation(expr: ir.Expr) -> ir.Expr:
    """The Kleene negation of an expression, with the `not` moved inwards over `not` and `or`."""
    if isinstance(expr, ir.Not):
        return expr.operand
    if isinstance(expr, ir.Or):
        return ir.And(tuple(negation(operand) for operand in expr.operands))
    return ir.Not(expr)


# --- values ----------------------------------------------------------------------------------------------------------


def _const(expr: ir.Const, env: Env) -> Meaning:
    constant = expr.value
    return lambda env: constant


def _param(expr: ir.Param, env: Env) -> Meaning:
    chosen = env.world.parameters[expr.name]
    return lambda env: chosen


def _as_of(expr: ir.AsOf, env: Env) -> Meaning:
    day = env.world.as_of
    return lambda env: day


def _var(expr: ir.Var, env: Env) -> Meaning:
    name = expr.name
    return lambda env: env.vars[name]


def _let(expr: ir.Let, env: Env) -> Meaning:
    name, bound = expr.name, meaning(env.lets[expr.name], env)

    def value(env: Env) -> Any:
        if name not in env.values:
            env.values[name] = bound(env.apart())
        return env.values[name]

    return value


def _field(expr: ir.Field, env: Env) -> Meaning:
    base, index, name = meaning(expr.base, env), expr.index, expr.field
    if index < 0:
        return lambda env: None if (violation := base(env)) is None else violation.fields.get(name)
    if not expr.type.is_ref:
        if isinstance(expr.base, ir.Var):  # half of all fields: saves a call
            var = expr.base.name
            return lambda env: None if (row := env.vars[var]) is None else row.values[index]
        return lambda env: None if (row := base(env)) is None else row.values[index]
    named = env.world.by_key[expr.type.name].get
    return lambda env: None if (row := base(env)) is None else named(row.values[index])


def _call(expr: ir.Call, env: Env) -> Meaning:
    """A definition depends on its arguments alone, so it is worked out once for the same ones, whichever rules ask."""
    definition, world = env.world.pack.definitions[expr.name], env.world
    names = [name for name, _ in definition.arguments]
    arguments = [meaning(argument, env) for argument in expr.arguments]
    body = meaning(definition.body, Env(world, {}, {}))
    known = world.calls.setdefault(expr.name, {})

    def value(env: Env) -> Any:
        values = tuple([argument(env) for argument in arguments])
        if values not in known:
            known[values] = body(Env(world, dict(zip(names, values, strict=True)), {}))
        return known[values]

    return value


_BUILT_IN = {name: function.call for name, function in FUNCTIONS.items()}
_BUILT_IN |= {function.name: function.call for functions in OPERATORS.values() for function in functions}


def _apply(expr: ir.Apply, env: Env) -> Meaning:
    call = env.world.functions[expr.name] if expr.plugin else _BUILT_IN[expr.name]
    arguments = [meaning(argument, env) for argument in expr.arguments]

    def value(env: Env) -> Any:
        values = [argument(env) for argument in arguments]
        return None if None in values else call(*values)

    return value


def _if(expr: ir.If, env: Env) -> Meaning:
    condition, then, otherwise = (meaning(part, env) for part in (expr.condition, expr.then, expr.otherwise))
    return lambda env: None if (holds := condition(env)) is None else then(env) if holds else otherwise(env)


# --- truth -----------------------------------------------------------------------------------------------------------


def _not(expr: ir.Not, env: Env) -> Meaning:
    operand = meaning(expr.operand, env)
    return lambda env: None if (truth := operand(env)) is None else not truth


def _and(expr: ir.And, env: Env) -> Meaning:
    operands = [meaning(operand, env) for operand in expr.operands]

    def value(env: Env) -> bool | None:
        result: bool | None = True
        for operand in operands:
            truth = operand(env)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return value


def _or(expr: ir.Or, env: Env) -> Meaning:
    operands = [meaning(operand, env) for operand in expr.operands]

    def value(env: Env) -> bool | None:
        result: bool | None = False
        for operand in operands:
            truth = operand(env)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return value


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def _compare(expr: ir.Compare, env: Env) -> Meaning:
    left, right, holds = meaning(expr.left, env), meaning(expr.right, env), _COMPARISONS[expr.operator]
    if _is_count(expr.left) or _is_count(expr.right):
        holds = partial(_compare_counts, expr.operator)

    def value(env: Env) -> bool | None:
        first, second = left(env), right(env)
        return None if first is None or second is None else holds(first, second)

    return value


def _is_count(expr: ir.Expr) -> bool:
    return isinstance(expr, ir.Count) or getattr(expr, "type", None) == COUNT


def _interval(value: Any) -> Interval:
    return value if isinstance(value, Interval) else Interval(value, value)


def _compare_counts(operator: str, first: Any, second: Any) -> bool | None:
    """Whether the comparison holds for all, none or some of the numbers in the intervals."""
    left, right = _interval(first), _interval(second)
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


def _linked(expr: ir.Linked, env: Env) -> Meaning:
    path, row = meaning(expr.path, env), meaning(expr.row, env)
    return lambda env: None if (target := row(env)) is None else path(env) is target


def _is_missing(expr: ir.IsMissing, env: Env) -> Meaning:
    operand = meaning(expr.operand, env)
    return lambda env: operand(env) is None


def _in(expr: ir.In, env: Env) -> Meaning:
    operand, options = meaning(expr.operand, env), [meaning(option, env) for option in expr.options]

    def value(env: Env) -> bool | None:
        wanted = operand(env)
        if wanted is None:
            return None
        values = [option(env) for option in options]
        return True if wanted in values else None if None in values else False

    return value


# --- days ------------------------------------------------------------------------------------------------------------


def _shift(expr: ir.Shift, env: Env) -> Meaning:
    base, length, sign, world = meaning(expr.base, env), meaning(expr.period, env), expr.sign, env.world
    mode = expr.months or world.parameters["months"]

    def value(env: Env) -> Any:
        day, period = base(env), length(env)
        if day is None or period is None:
            return None
        if period.unit == "months":
            return add_months(day, sign * period.amount, mode)
        if period.unit == "workdays":
            return add_workdays(day, sign * period.amount, world.calendar)
        return add_days(day, sign * period.amount)

    return value


def _rolled(expr: ir.Rolled, env: Env) -> Meaning:
    base, calendar = meaning(expr.base, env), env.world.calendar
    mode = expr.nonworking or env.world.parameters["nonworking"]
    return lambda env: None if (day := base(env)) is None else roll(day, mode, calendar)


# --- rows ------------------------------------------------------------------------------------------------------------


def _exists(expr: ir.Exists | ir.Every, env: Env, body: ir.Expr | None = None) -> Meaning:
    rows = _scanner(expr.source, expr.var, body or expr.body, env)

    def value(env: Env) -> bool | None:
        result: bool | None = False
        for _, truth in rows(env):
            if truth:
                return True
            result = None
        return result

    return value


def _every(expr: ir.Every, env: Env) -> Meaning:
    """There is no counter-example."""
    counter = _exists(expr, env, env.world.counter(expr, negation))
    return lambda env: None if (found := counter(env)) is None else not found


def _count(expr: ir.Count, env: Env) -> Meaning:
    rows = _scanner(expr.source, expr.var, expr.body, env)

    def value(env: Env) -> Interval:
        found = [truth for _, truth in rows(env)]
        return Interval(sum(truth is True for truth in found), len(found))

    return value


def _aggregate(expr: ir.Aggregate, env: Env) -> Meaning:
    amount, rows = meaning(expr.value, env), _scanner(expr.source, expr.var, expr.body, env)
    combine: Callable = {"sum": sum, "min": _least, "max": _greatest}[expr.kind]

    def value(env: Env) -> Any:
        values = []
        for _, truth in rows(env):
            if not truth or (found := amount(env)) is None:
                return None
            values.append(found)
        return combine(values)

    return value


def _least(values: list) -> Any:
    return min(values, default=None)


def _greatest(values: list) -> Any:
    return max(values, default=None)


def _pick(expr: ir.Pick, env: Env) -> Meaning:
    by, rows = meaning(expr.by, env), _scanner(expr.source, expr.var, expr.body, env)
    best, comes_first = (min, _COMPARISONS["le"]) if expr.kind == "earliest" else (max, _COMPARISONS["ge"])

    def value(env: Env) -> Any:
        """The first row by day; nothing if an uncertain row could come before it or share its day."""
        sure, uncertain = [], []
        for row, truth in rows(env):
            day = by(env)
            (sure if truth and day is not None else uncertain).append((day, row))
        if not sure:
            return None
        first = best(day for day, _ in sure)
        if any(day is None or comes_first(day, first) for day, _ in uncertain):
            return None
        return min((row for day, row in sure if day == first), key=lambda row: row.key)

    return value


def _nearest(expr: ir.Nearest, env: Env) -> Meaning:
    start, body, up = meaning(expr.start, env), meaning(expr.body, env), env.world.by_key[expr.entity].get

    def value(env: Env) -> Any:
        row, passed = start(env), set()
        while row is not None and row.key not in passed:
            truth = body(env.bind(expr.var, row))
            if truth is not False:
                return row if truth else None
            passed.add(row.key)
            row = up(row.values[expr.index])
        return None

    return value


def _under(expr: ir.Under, env: Env) -> Meaning:
    lower, upper, up = meaning(expr.inner, env), meaning(expr.outer, env), env.world.by_key[expr.entity].get

    def value(env: Env) -> bool | None:
        inner, outer = lower(env), upper(env)
        if inner is None or outer is None:
            return None
        if inner is outer:  # also in a circle, where the walk would come back to it
            return False
        row, passed = up(inner.values[expr.index]), {inner.key}
        while row is not None and row is not outer and row.key not in passed:
            passed.add(row.key)
            row = up(row.values[expr.index])
        return row is outer

    return value


_CLAUSES: dict[type, Callable[[Any, Env], Meaning]] = {
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
