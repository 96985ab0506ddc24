"""What an expression means: one clause per operator.

A clause turns an expression into a function from a scope to its value, so that what can be known without data is found out once.
None is missing, for a truth value unknown. A row is a `Row`, of which there is one per entity and key, so that rows are equal
when they are the same object. No clause raises, whatever the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import eq, ge, gt, itemgetter, le, lt, ne
from typing import Any

from policy.interpret.scan import prepare
from policy.interpret.world import Env, Interval, Scope, Violation, World
from policy.lang import ir
from policy.lang.dates import add_days, add_months, add_workdays, roll
from policy.lang.ops import FUNCTIONS, OPERATORS
from policy.lang.types import COUNT
from policy.lang.walk import conjuncts

__all__ = ["Meaning", "called", "conjunction", "evaluate", "meaning", "negation", "scanner", "truths"]

Meaning = Callable[[Scope], Any]
"""The value in a scope."""


def evaluate(expr: ir.Expr, env: Env) -> Any:
    """The value of an expression in a scope."""
    return meaning(expr, env)(env.vars)


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
    return scanner(source, var, body, env)(env.vars)


_Scanner = Callable[[Scope], Iterator[tuple[Any, bool | None]]]


def scanner(source: ir.RowSource, var: str, body: ir.Expr, env: Env) -> _Scanner:
    """What `truths` does in a scope, made when it is first needed."""
    made = env.world.scanners.get(id(body))
    if made is None:
        made = env.world.scanners[id(body)] = _make_scanner(source, var, body, env)
    return made


def _make_scanner(source: ir.RowSource, var: str, body: ir.Expr, env: Env) -> _Scanner:
    conditions = conjuncts(body)
    scan = prepare(source, var, conditions, env.lets, env.world, partial(meaning, env=env))
    whole, rest = (conjunction(some, env) for some in (conditions, [one for one in conditions if one is not scan.equality]))

    def rows(scope: Scope) -> Iterator[tuple[Any, bool | None]]:
        candidates, equal = scan.candidates(scope)
        holds = rest if equal else whole
        for row in candidates:
            scope[var] = row
            truth = holds(scope)
            if truth and isinstance(row, Violation):
                truth = row.member
            if truth is not False:
                yield row, truth

    return rows


def conjunction(conditions: Sequence[ir.Expr], env: Env) -> Meaning:
    """The Kleene `and` of conditions: false if one is false, else unknown if one is unknown, else true."""
    return _kleene(conditions, False, env)


def _kleene(conditions: Sequence[ir.Expr], decisive: bool, env: Env) -> Meaning:
    """What conditions come to together: the decisive truth if one has it, else unknown if one is unknown, else the other truth."""
    operands = [meaning(condition, env) for condition in conditions]
    if len(operands) == 1:
        return operands[0]

    def value(scope: Scope) -> bool | None:
        result: bool | None = not decisive
        for operand in operands:
            truth = operand(scope)
            if truth is decisive:
                return decisive
            if truth is None:
                result = None
        return result

    return value


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
    return _known(expr.value)


def _param(expr: ir.Param, env: Env) -> Meaning:
    return _known(env.world.parameters[expr.name])


def _as_of(expr: ir.AsOf, env: Env) -> Meaning:
    return _known(env.world.as_of)


def _known(value: Any) -> Meaning:
    return lambda scope: value


def _var(expr: ir.Var, env: Env) -> Meaning:
    return itemgetter(expr.name)


def _let(expr: ir.Let, env: Env) -> Meaning:
    name, bound = f"let {expr.name}", meaning(env.lets[expr.name], env)

    def value(scope: Scope) -> Any:
        if name not in scope:
            scope[name] = bound(dict(scope))  # its own variables may be called like those of the expression that uses it
        return scope[name]

    return value


def _field(expr: ir.Field, env: Env) -> Meaning:
    base, index, name = meaning(expr.base, env), expr.index, expr.field
    if index < 0:
        return lambda scope: None if (violation := base(scope)) is None else violation.fields.get(name)
    if not expr.type.is_ref:
        return lambda scope: None if (row := base(scope)) is None else row.values[index]
    named = env.world.by_key[expr.type.name].get
    return lambda scope: None if (row := base(scope)) is None else named(row.values[index])


def _call(expr: ir.Call, env: Env) -> Meaning:
    known = _results(expr.name, env.world)
    arguments = meaning(expr.arguments[0], env) if len(expr.arguments) == 1 else _values(expr.arguments, env)
    return lambda scope: known[arguments(scope)]


def _results(name: str, world: World) -> _Results:
    """The values of a definition, which depend on its arguments alone: whichever rules ask, they are worked out once."""
    if name not in world.calls:
        definition = world.pack.definitions[name]
        world.calls[name] = _Results([argument for argument, _ in definition.arguments], meaning(definition.body, Env(world, {}, {})))
    return world.calls[name]


class _Results(dict):
    """Values of a body by that of its argument; where it has several, as most have not, by a tuple of theirs."""

    def __init__(self, names: Sequence[str], body: Meaning) -> None:
        self._names = names
        self._body = body

    def __missing__(self, given: Any) -> Any:
        names = self._names
        result = self[given] = self._body({names[0]: given} if len(names) == 1 else dict(zip(names, given)))
        return result


def _values(exprs: Sequence[ir.Expr], env: Env) -> Callable[[Scope], tuple]:
    """The values of some expressions."""
    if len(exprs) > 1 and all(isinstance(expr, ir.Var) for expr in exprs):
        return itemgetter(*(expr.name for expr in exprs))
    if len(exprs) == 1:
        value = meaning(exprs[0], env)
        return lambda scope: (value(scope),)
    values = [meaning(expr, env) for expr in exprs]
    return lambda scope: tuple([value(scope) for value in values])


_BUILT_IN = {name: function.call for name, function in FUNCTIONS.items()}
_BUILT_IN |= {function.name: function.call for functions in OPERATORS.values() for function in functions}


def _apply(expr: ir.Apply, env: Env) -> Meaning:
    call, arguments = env.world.functions[expr.name] if expr.plugin else _BUILT_IN[expr.name], _values(expr.arguments, env)
    return lambda scope: None if None in (values := arguments(scope)) else call(*values)


def _if(expr: ir.If, env: Env) -> Meaning:
    condition, then, otherwise = (meaning(part, env) for part in (expr.condition, expr.then, expr.otherwise))
    return lambda scope: None if (holds := condition(scope)) is None else then(scope) if holds else otherwise(scope)


# --- truth -----------------------------------------------------------------------------------------------------------


def _not(expr: ir.Not, env: Env) -> Meaning:
    operand = meaning(expr.operand, env)
    return lambda scope: None if (truth := operand(scope)) is None else not truth


def _and(expr: ir.And, env: Env) -> Meaning:
    return conjunction(expr.operands, env)


def _or(expr: ir.Or, env: Env) -> Meaning:
    return _kleene(expr.operands, True, env)


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {"eq": eq, "ne": ne, "lt": lt, "le": le, "gt": gt, "ge": ge}


def _compare(expr: ir.Compare, env: Env) -> Meaning:
    left, right, holds = meaning(expr.left, env), meaning(expr.right, env), _COMPARISONS[expr.operator]
    if _is_count(expr.left) or _is_count(expr.right):
        holds = partial(_compare_counts, expr.operator)
    return lambda scope: None if (first := left(scope)) is None or (second := right(scope)) is None else holds(first, second)


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
    return lambda scope: None if (target := row(scope)) is None else path(scope) is target


def _is_missing(expr: ir.IsMissing, env: Env) -> Meaning:
    operand = meaning(expr.operand, env)
    return lambda scope: operand(scope) is None


def _in(expr: ir.In, env: Env) -> Meaning:
    operand, options = meaning(expr.operand, env), [meaning(option, env) for option in expr.options]

    def value(scope: Scope) -> bool | None:
        wanted = operand(scope)
        if wanted is None:
            return None
        values = [option(scope) for option in options]
        return True if wanted in values else None if None in values else False

    return value


# --- days ------------------------------------------------------------------------------------------------------------


def _shift(expr: ir.Shift, env: Env) -> Meaning:
    base, length, sign, world = meaning(expr.base, env), meaning(expr.period, env), expr.sign, env.world
    mode = expr.months or world.parameters["months"]

    def value(scope: Scope) -> Any:
        day, period = base(scope), length(scope)
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
    return lambda scope: None if (day := base(scope)) is None else roll(day, mode, calendar)


# --- rows ------------------------------------------------------------------------------------------------------------


def _exists(expr: ir.Exists | ir.Every, env: Env, body: ir.Expr | None = None) -> Meaning:
    rows = scanner(expr.source, expr.var, body or expr.body, env)

    def value(scope: Scope) -> bool | None:
        result: bool | None = False
        for _, truth in rows(scope):
            if truth:
                return True
            result = None
        return result

    return value


def _every(expr: ir.Every, env: Env) -> Meaning:
    """There is no counter-example."""
    counter = _exists(expr, env, env.world.counter(expr, negation))
    return lambda scope: None if (found := counter(scope)) is None else not found


def _count(expr: ir.Count, env: Env) -> Meaning:
    rows = scanner(expr.source, expr.var, expr.body, env)

    def value(scope: Scope) -> Interval:
        found = [truth for _, truth in rows(scope)]
        return Interval(sum(truth is True for truth in found), len(found))

    return value


def _aggregate(expr: ir.Aggregate, env: Env) -> Meaning:
    amount, rows = meaning(expr.value, env), scanner(expr.source, expr.var, expr.body, env)
    combine: Callable = {"sum": sum, "min": _least, "max": _greatest}[expr.kind]

    def value(scope: Scope) -> Any:
        values = []
        for _, truth in rows(scope):
            if not truth or (found := amount(scope)) is None:
                return None
            values.append(found)
        return combine(values)

    return value


def _least(values: list) -> Any:
    return min(values, default=None)


def _greatest(values: list) -> Any:
    return max(values, default=None)


def _pick(expr: ir.Pick, env: Env) -> Meaning:
    by, rows = meaning(expr.by, env), scanner(expr.source, expr.var, expr.body, env)
    best, comes_first = (min, _COMPARISONS["le"]) if expr.kind == "earliest" else (max, _COMPARISONS["ge"])

    def value(scope: Scope) -> Any:
        """The first row by day; nothing if an uncertain row could come before it or share its day."""
        sure, uncertain = [], []
        for row, truth in rows(scope):
            day = by(scope)
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

    def value(scope: Scope) -> Any:
        row, passed = start(scope), set()
        while row is not None and row.key not in passed:
            truth = body({**scope, expr.var: row})
            if truth is not False:
                return row if truth else None
            passed.add(row.key)
            row = up(row.values[expr.index])
        return None

    return value


def _under(expr: ir.Under, env: Env) -> Meaning:
    lower, upper, up = meaning(expr.inner, env), meaning(expr.outer, env), env.world.by_key[expr.entity].get

    def value(scope: Scope) -> bool | None:
        inner, outer = lower(scope), upper(scope)
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
