"""An expression as formulas over a world: one clause per operator.

What cannot be said exactly is left open: the value is then any value of its type, so that what is impossible stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from policy.analyse.days import day_of, shifted, within
from policy.analyse.logic import (
    Formula, Number, Truth, Value, as_truth, as_value, both, choose, either, equal, implies, negated, pick,
)
from policy.analyse.world import Applied, World
from policy.lang import ir
from policy.lang.dates import add_workdays, roll
from policy.lang.ops import FUNCTIONS
from policy.lang.types import DATE, WORKDAYS, MonthDay, Type

__all__ = ["Scope", "evaluate", "truth_of", "truths", "value_of"]

_SOME_TEXT = "x1"
_DEEP = 2
"""Quantifiers inside of each other for which a row that is not spelt out is made up."""


class Scope:
    """What the variables stand for. `depth` counts the quantifiers around; `outcomes` gives the outcomes of a rule as rows."""

    def __init__(self, world: World, variables: Mapping[str, Any], lets: Mapping[str, ir.Expr], outcomes: Callable, depth: int = 0) -> None:
        self.world, self.vars, self.lets, self.outcomes, self.depth = world, dict(variables), lets, outcomes, depth
        self.known: dict[str, Any] = {}

    def bind(self, name: str, value: Any) -> Scope:
        """A scope with one variable more, inside of a quantifier."""
        inner = Scope(self.world, {**self.vars, name: value}, self.lets, self.outcomes, self.depth + 1)
        inner.known = self.known
        return inner

    def definition(self, variables: Mapping[str, Any]) -> Scope:
        """The scope of a definition: its arguments alone."""
        return Scope(self.world, variables, {}, self.outcomes, self.depth)


def evaluate(expr: ir.Expr, scope: Scope) -> Any:
    """The meaning of an expression: a Value, a Truth, or of a count a Number."""
    return _CLAUSES[type(expr)](expr, scope)


def truth_of(expr: ir.Expr, scope: Scope) -> Truth:
    """When a condition is true and when it is false."""
    return as_truth(evaluate(expr, scope))


def value_of(expr: ir.Expr, scope: Scope) -> Value:
    """The value of an expression."""
    return as_value(evaluate(expr, scope))


# --- values ----------------------------------------------------------------------------------------------------------


def _const(expr: ir.Const, scope: Scope) -> Value:
    return scope.world.literal(expr.value, expr.type)


def _param(expr: ir.Param, scope: Scope) -> Value:
    return scope.world.literal(scope.world.parameters[expr.name], expr.type)


def _as_of(expr: ir.AsOf, scope: Scope) -> Value:
    return Value(scope.world.as_of)


def _var(expr: ir.Var, scope: Scope) -> Any:
    return scope.vars[expr.name]


def _let(expr: ir.Let, scope: Scope) -> Any:
    if expr.name not in scope.known:
        scope.known[expr.name] = evaluate(scope.lets[expr.name], scope)
    return scope.known[expr.name]


def _field(expr: ir.Field, scope: Scope) -> Value:
    base = evaluate(expr.base, scope)
    if expr.index < 0:
        return base.field(expr.field, expr.type, scope.world)
    cell = scope.world.cell(expr.entity, expr.field, base.term)
    gone = either(base.missing, cell.missing)
    if expr.type.is_ref:
        gone = either(gone, negated(scope.world.visible(expr.type.name, cell.term)))
    return Value(cell.term, gone, cell.entity)


def _call(expr: ir.Call, scope: Scope) -> Any:
    definition = scope.world.pack.definitions[expr.name]
    arguments = [evaluate(argument, scope) for argument in expr.arguments]
    names = [name for name, _ in definition.arguments]
    return evaluate(definition.body, scope.definition(dict(zip(names, arguments, strict=True))))


def _if(expr: ir.If, scope: Scope) -> Any:
    condition = truth_of(expr.condition, scope)
    then, otherwise = evaluate(expr.then, scope), evaluate(expr.otherwise, scope)
    if isinstance(then, Number) or isinstance(otherwise, Number):
        scope.world.open = True
        return Number(scope.world.fresh("low"), scope.world.fresh("high"))
    value = pick(condition.true, as_value(then), as_value(otherwise))
    return value._replace(missing=either(condition.unknown, value.missing))


# --- truth -----------------------------------------------------------------------------------------------------------


def _not(expr: ir.Not, scope: Scope) -> Truth:
    truth = truth_of(expr.operand, scope)
    return Truth(truth.false, truth.true)


def _and(expr: ir.And, scope: Scope) -> Truth:
    found = []
    for operand in expr.operands:
        truth = truth_of(operand, scope)
        found.append(truth)
        if truth.false is True:
            break
    return Truth(both(*(one.true for one in found)), either(*(one.false for one in found)))


def _or(expr: ir.Or, scope: Scope) -> Truth:
    found = []
    for operand in expr.operands:
        truth = truth_of(operand, scope)
        found.append(truth)
        if truth.true is True:
            break
    return Truth(either(*(one.true for one in found)), both(*(one.false for one in found)))


_COMPARISONS: dict[str, Callable[[Any, Any], Formula]] = {
    "eq": equal, "ne": lambda a, b: negated(equal(a, b)), "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}  # fmt: skip


def _compare(expr: ir.Compare, scope: Scope) -> Truth:
    left, right = evaluate(expr.left, scope), evaluate(expr.right, scope)
    if isinstance(left, Number) or isinstance(right, Number):
        return _compare_counts(expr.operator, _number(left), _number(right))
    left, right = as_value(left), as_value(right)
    there = both(negated(left.missing), negated(right.missing))
    holds = _COMPARISONS[expr.operator](*_alike(left, right))
    return Truth(both(there, holds), both(there, negated(holds)))


def _alike(left: Value, right: Value) -> tuple[Any, Any]:
    """Rows of different entities are different."""
    if left.entity and right.entity and left.entity != right.entity:
        return 0, 1
    return left.term, right.term


def _number(value: Any) -> tuple[Any, Any, Formula]:
    return (*value, False) if isinstance(value, Number) else (value.term, value.term, value.missing)


def _compare_counts(operator: str, first: tuple, second: tuple) -> Truth:
    if operator in ("gt", "ge"):
        first, second, operator = second, first, {"gt": "lt", "ge": "le"}[operator]
    (low, high, gone), (least, most, none) = first, second
    if operator in ("eq", "ne"):
        same = both(equal(low, high), equal(low, least), equal(least, most))
        apart = either(high < least, most < low)
        true, false = (same, apart) if operator == "eq" else (apart, same)
    else:
        holds = _COMPARISONS[operator]
        true, false = holds(high, least), negated(holds(low, most))
    there = both(negated(gone), negated(none))
    return Truth(both(there, true), both(there, false))


def _linked(expr: ir.Linked, scope: Scope) -> Truth:
    path, row = value_of(expr.path, scope), value_of(expr.row, scope)
    same = both(negated(path.missing), equal(*_alike(path, row)))
    return Truth(both(negated(row.missing), same), both(negated(row.missing), negated(same)))


def _is_missing(expr: ir.IsMissing, scope: Scope) -> Truth:
    operand = evaluate(expr.operand, scope)
    if isinstance(operand, Number):
        return Truth(False, True)
    missing = as_value(operand).missing
    return Truth(missing, negated(missing))


def _in(expr: ir.In, scope: Scope) -> Truth:
    operand = value_of(expr.operand, scope)
    options = [value_of(option, scope) for option in expr.options]
    there = negated(operand.missing)
    same = [both(negated(option.missing), equal(*_alike(operand, option))) for option in options]
    other = [both(negated(option.missing), negated(equal(*_alike(operand, option)))) for option in options]
    return Truth(both(there, either(*same)), both(there, *other))


# --- days and functions ----------------------------------------------------------------------------------------------


def _shift(expr: ir.Shift, scope: Scope) -> Value:
    world, day, period = scope.world, value_of(expr.base, scope), value_of(expr.period, scope)
    gone, unit = either(day.missing, period.missing), getattr(expr.period, "type", None)
    amount = period.term if expr.sign > 0 else -period.term
    if unit == WORKDAYS:
        return _asked(world, lambda start, days: add_workdays(start, days, world.calendar), [(day, DATE), (Value(amount), Type("int"))], DATE, gone)
    if unit is not None and unit.kind == "months":
        mode = expr.months or world.parameters["months"]
        moved = shifted(world.month(day.term), amount, mode)
        return _bounded(world, Value(moved.term, either(gone, moved.missing)), day.term)
    return Value(day.term + amount, gone)


def _bounded(world: World, day: Value, start: Any) -> Value:
    """A day, or if it or the day it was made of lies outside the bounds anything."""
    far = negated(both(within(day.term), within(start)))
    return pick(far, Value(world.fresh("far"), world.flag("gone")), day)


def _rolled(expr: ir.Rolled, scope: Scope) -> Value:
    world, day = scope.world, value_of(expr.base, scope)
    mode = expr.nonworking or world.parameters["nonworking"]
    if mode == "none":
        return day
    rolled = _asked(world, lambda start: roll(start, mode, world.calendar), [(day, DATE)], DATE, day.missing)
    sign = 1 if mode == "next_workday" else -1
    moved = sign * (rolled.term - day.term)
    weekday = (day.term + 6) % 7  # Monday is 0
    usual = choose(weekday >= 5, (7 - weekday if sign > 0 else weekday - 4), 0)
    world.facts += [both(moved >= 0, moved <= _longest(world.calendar)), implies(world.closed, either(equal(moved, usual), *_special(world, day.term)))]
    return rolled


def _longest(calendar: Any) -> int:
    """More days than people are ever off in a row."""
    return 14 + len(calendar.holidays) // max(1, calendar.last - calendar.first + 1) if calendar.holidays else 2


def _special(world: World, day: Any) -> list[Formula]:
    """Days about which the calendar says something else than the weekday does: a day within a week of a holiday or a worked weekend."""
    near = sorted({one.toordinal() // 14 for one in (*world.calendar.holidays, *world.calendar.workdays) if one.year >= world.calendar.last - 1})
    return [both(day >= number * 14 - 14, day < number * 14 + 28) for number in near]


def _asked(world: World, call: Callable, arguments: list[tuple[Value, Type]], type: Type, gone: Formula) -> Value:
    """The result of a function of which only single values are known, those that somebody asks for."""
    result = world.unknown(type)
    world.open = True
    world.applied.append(Applied(call, tuple(arguments), result, type))
    return Value(result.term, either(gone, result.missing))


def _apply(expr: ir.Apply, scope: Scope) -> Any:
    arguments = [value_of(argument, scope) for argument in expr.arguments]
    gone = either(*(argument.missing for argument in arguments))
    if not expr.plugin and expr.name in _FUNCTIONS:
        result = _FUNCTIONS[expr.name](scope.world, *(argument.term for argument in arguments))
        return Value(result.term, either(gone, result.missing))
    call = scope.world.functions[expr.name] if expr.plugin else FUNCTIONS[expr.name].call
    types = [getattr(argument, "type", Type("text")) for argument in expr.arguments]
    result = _asked(scope.world, call, list(zip(arguments, types)), expr.type, gone)
    _at_known_texts(scope.world, call, arguments, types, result, expr.type)
    return result


def _at_known_texts(world: World, call: Callable, arguments: list[Value], types: list[Type], result: Value, type: Type) -> None:
    """What a function of one text, and otherwise of constants, says of the texts that are known."""
    places = [place for place, one in enumerate(types) if one.kind == "text" and not isinstance(arguments[place].term, int)]
    others = [world.alphabet.known(argument.term) if isinstance(argument.term, int) else None for argument in arguments]
    if len(places) != 1 or any(one is None for place, one in enumerate(others) if place != places[0]):
        return
    asked = arguments[places[0]]
    for text in world.alphabet.texts:
        value = call(*(text if place == places[0] else one for place, one in enumerate(others)))
        said = result.missing if value is None else both(negated(result.missing), equal(result.term, world.encoded(value, type)))
        world.facts.append(implies(equal(asked.term, world.alphabet.number(text)), said))
    other = call(*(_SOME_TEXT if place == places[0] else one for place, one in enumerate(others)))  # what it says of most texts
    usual = result.missing if other is None else both(negated(result.missing), equal(result.term, world.encoded(other, type)))
    known = either(*(equal(asked.term, world.alphabet.number(text)) for text in world.alphabet.texts))
    world.facts.append(implies(world.closed, either(known, usual)))


def _day(world: World, year: Any, month: Any, day: Any) -> Value:
    made = day_of(year, month, day)
    early = both(year >= 2001, year <= 2099)
    return pick(early, made, Value(world.fresh("far"), world.flag("gone")))


def _day_in(world: World, year: Any, day: Any) -> Value:
    month = day // 100 if isinstance(day, int) else day / 100
    return _day(world, year, month, day % 100)


def _guarded(part: Callable[[Any], Any]) -> Callable[[World, Any], Value]:
    """A part of a day; anything where the day lies outside the bounds."""

    def taken(world: World, day: Any) -> Value:
        return Value(choose(within(day), part(world.month(day)), world.fresh("far")))

    return taken


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "year_of": _guarded(lambda month: month.civil[0]),
    "month_of": _guarded(lambda month: month.civil[1]),
    "day_of_month": _guarded(lambda month: month.day),
    "date": _day,
    "day_in": _day_in,
    "earlier": lambda world, a, b: Value(choose(a <= b, a, b)),
    "later": lambda world, a, b: Value(choose(a >= b, a, b)),
    "sorts_before": lambda world, a, b: Value(a < b),
    "add": lambda world, a, b: Value(a + b),
    "sub": lambda world, a, b: Value(a - b),
    "mul": lambda world, a, b: Value(a * b),
    "negate": lambda world, a: Value(-a),
    "days_between": lambda world, a, b: Value(a - b),
}


# --- rows ------------------------------------------------------------------------------------------------------------


def truths(source: ir.RowSource, var: str, body: ir.Expr, scope: Scope) -> Iterator[tuple[Any, Formula, Formula]]:
    """The rows of a source that are spelt out: each with when it surely is one that is meant, and when it may be one."""
    world = scope.world
    if isinstance(source, ir.Violations):
        for row in scope.outcomes(source.rules):
            truth = truth_of(body, scope.bind(var, row))
            yield row, both(row.sure, truth.true), both(either(row.sure, row.perhaps), negated(truth.false))
        return
    for number in world.pool(source.entity):
        row = Value(number, False, source.entity)
        there, truth = world.visible(source.entity, number), truth_of(body, scope.bind(var, row))
        yield row, both(there, truth.true), both(there, negated(truth.false))


def _elsewhere(source: ir.RowSource, var: str, body: ir.Expr, scope: Scope, wanted: Callable[[Truth], Formula], name: str) -> Formula:
    """A formula that holds if a row that is not spelt out is one that is wanted."""
    world, found = scope.world, scope.world.loose(name)
    if isinstance(source, ir.Rows) and scope.depth < _DEEP:
        row = world.fresh(f"other {source.entity}")
        truth = truth_of(body, scope.bind(var, Value(row, False, source.entity)))
        world.facts.append(implies(found, both(row > world.size, world.visible(source.entity, row), wanted(truth))))
    return found


def _spelt(source: ir.RowSource, scope: Scope) -> bool:
    """Whether the rows that matter are among those that are spelt out."""
    return isinstance(source, ir.Rows) and scope.depth == 0 and scope.world.need(source.entity)


def _exists(expr: ir.Exists, scope: Scope) -> Truth:
    rows = list(truths(expr.source, expr.var, expr.body, scope))
    true, may = either(*(sure for _, sure, _ in rows)), either(*(may for _, _, may in rows))
    if not _spelt(expr.source, scope):
        true = either(true, _elsewhere(expr.source, expr.var, expr.body, scope, lambda truth: truth.true, "surely"))
        may = either(may, true, _elsewhere(expr.source, expr.var, expr.body, scope, lambda truth: negated(truth.false), "perhaps"))
    return Truth(true, negated(may))


def _every(expr: ir.Every, scope: Scope) -> Truth:
    counter = _exists(ir.Exists(expr.source, expr.var, ir.Not(expr.body)), scope)
    return Truth(counter.false, counter.true)


def _count(expr: ir.Count, scope: Scope) -> Number:
    rows = list(truths(expr.source, expr.var, expr.body, scope))
    low, high = (sum((choose(row[place], 1, 0) for row in rows), 0) for place in (1, 2))
    more, most, beyond = scope.world.fresh("more"), scope.world.fresh("most"), scope.world.loose("beyond")
    scope.world.facts += [more >= 0, most >= more, implies(negated(beyond), equal(most, 0))]
    return Number(low + more, high + most)


def _aggregate(expr: ir.Aggregate, scope: Scope) -> Value:
    rows = list(truths(expr.source, expr.var, expr.body, scope))
    values = [value_of(expr.value, scope.bind(expr.var, row)) for row, _, _ in rows]
    unclear = either(*(both(may, either(negated(sure), value.missing)) for (_, sure, may), value in zip(rows, values)))
    surely = [sure for _, sure, _ in rows]
    if expr.kind == "sum":
        result = Value(sum((choose(sure, value.term, 0) for sure, value in zip(surely, values)), 0), unclear)
    else:
        best, found = _best(surely, [value.term for value in values], expr.kind == "min")
        result = Value(best, either(unclear, negated(found)))
    return pick(scope.world.loose("beyond"), scope.world.unknown(expr.type), result)


def _best(sure: list[Formula], terms: list[Any], least: bool) -> tuple[Any, Formula]:
    """The least (greatest) of the terms that count, and whether there is one."""
    best, found = terms[0] if terms else 0, sure[0] if sure else False
    for holds, term in list(zip(sure, terms))[1:]:
        better = either(negated(found), term < best if least else term > best)
        best, found = choose(both(holds, better), term, best), either(found, holds)
    return best, found


def _pick(expr: ir.Pick, scope: Scope) -> Value:
    rows = list(truths(expr.source, expr.var, expr.body, scope))
    days = [value_of(expr.by, scope.bind(expr.var, row)) for row, _, _ in rows]
    sure = [both(surely, negated(day.missing)) for (_, surely, _), day in zip(rows, days)]
    least = expr.kind == "earliest"
    first, found = _best(sure, [day.term for day in days], least)
    unclear = either(
        *(
            both(may, negated(counts), either(day.missing, day.term <= first if least else day.term >= first))
            for (_, _, may), counts, day in zip(rows, sure, days)
        )
    )
    world, entity = scope.world, expr.type.name
    row = world.fresh("picked")
    firsts = [both(counts, equal(day.term, first)) for counts, day in zip(sure, days)]
    keys = [world.cell(entity, world.vocabulary.entities[entity].key.name, number).term for number in world.pool(entity)]
    least_key, _ = _best(firsts, keys, True)
    chosen = [both(counts, equal(key, least_key)) for counts, key in zip(firsts, keys)]
    result: Any = row
    for (one, _, _), holds in zip(rows, chosen):
        result = choose(holds, one.term, result)
    value = Value(result, either(negated(found), unclear), entity)
    return pick(world.loose("beyond"), Value(row, world.flag("gone"), entity), value)


def _nearest(expr: ir.Nearest, scope: Scope) -> Value:
    world, row = scope.world, value_of(expr.start, scope)
    steps = []
    passed: list[Any] = []
    for _ in range(world.size + 1):
        truth = truth_of(expr.body, scope.bind(expr.var, row))
        going = both(negated(row.missing), *(negated(equal(row.term, one)) for one in passed))
        steps.append((row, going, truth))
        passed.append(row.term)
        cell = world.cell(expr.entity, expr.via, row.term)
        row = Value(cell.term, either(row.missing, cell.missing, negated(world.visible(expr.entity, cell.term))), expr.entity)
    result = Value(world.fresh("nearest"), world.flag("gone"), expr.entity)
    world.facts.append(implies(world.closed, result.missing))  # a chain through all rows has come to its end
    for row, going, truth in reversed(steps):
        here = pick(truth.true, row, Value(row.term, True, expr.entity))
        result = pick(going, pick(truth.false, result, here), Value(row.term, True, expr.entity))
    world.open = True
    return result


def _under(expr: ir.Under, scope: Scope) -> Truth:
    world, inner, outer = scope.world, value_of(expr.inner, scope), value_of(expr.outer, scope)
    there = both(negated(inner.missing), negated(outer.missing))
    row, passed = inner, [inner.term]
    found: Formula = False
    walking: Formula = there
    for _ in range(world.size):
        cell = world.cell(expr.entity, expr.via, row.term)
        up = both(negated(cell.missing), world.visible(expr.entity, cell.term))
        walking = both(walking, up, *(negated(equal(cell.term, one)) for one in passed))
        found = either(found, both(walking, equal(cell.term, outer.term)))
        walking = both(walking, negated(equal(cell.term, outer.term)))
        passed.append(cell.term)
        row = Value(cell.term, False, expr.entity)
    found = either(found, both(walking, world.loose("further up")))
    strictly = both(negated(equal(inner.term, outer.term)), found)
    return Truth(both(there, strictly), both(there, negated(strictly)))


_CLAUSES: dict[type, Callable[[Any, Scope], Any]] = {
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
