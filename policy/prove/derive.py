"""What an expression comes to in one scope, with the steps that show it: one clause per operator.

It works out one outcome at a time and keeps what it saw, so it is slower for each than the engines, which judge them all. It shares
nothing with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from policy.lang import ir
from policy.lang.dates import add_days, add_months, add_workdays, roll
from policy.lang.ops import FUNCTIONS, OPERATORS
from policy.lang.proof import Found, Interval, Ref, Step, Value
from policy.lang.walk import children
from policy.prove.scan import Scans
from policy.prove.world import Scope, World

__all__ = ["Deriver"]

_NEAR = 3
"""Of the rows that do not count so many are shown, those that come nearest."""


class Deriver:
    """Makes steps of the expressions of one rule for one subject; `lets` are the rule's."""

    def __init__(self, world: World, lets: dict[str, ir.Expr], scans: Scans) -> None:
        self.world = world
        self.lets = lets
        self.scans = scans
        self.called: dict[tuple, Step] = {}
        self.inside = 0
        """How many rows are being looked at, one inside the other: there an `and` stops at the first operand that is false."""

    def step(self, expr: ir.Expr, scope: Scope) -> Step:
        """The step of an expression in a scope."""
        return _CLAUSES[type(expr)](self, expr, scope)

    def parts(self, expr: ir.Expr, scope: Scope) -> tuple[Step, ...]:
        """The steps of the direct parts of an expression."""
        return tuple([self.step(child, scope) for child in children(expr)])

    def rows(self, expr: Any, scope: Scope, extra: tuple[ir.Expr, ...] = ()) -> Iterator[tuple[bool | None, Found]]:
        """The rows of a quantifier that its condition does not rule out by an equality: its truth, and the steps.

        Of a row for which it is not false the steps of `extra` follow.
        """
        counts = not isinstance(expr, ir.Every)
        for row in self.scans.candidates(expr, scope, self.step, self.lets):
            inner = {**scope, expr.var: row}
            self.inside += 1
            body = self.step(expr.body, inner)
            self.inside -= 1
            truth = None if body.value is counts and not self.world.is_sure(row) else body.value
            more = () if truth is False else tuple([self.step(one, inner) for one in extra])
            yield truth, Found(((expr.var, row),), (body, *more))

    def near(self, rows: list[Found]) -> list[Found]:
        """The rows that come nearest to meeting a condition: those of which most parts hold before one does not."""
        return sorted(rows, key=lambda found: -_held(found.steps[0]))[:_NEAR]


def _held(step: Step) -> int:
    """How many parts of a condition hold, in those of a definition that is called too."""
    if isinstance(step.expr, ir.Call) and step.found:
        return _held(step.found[-1].steps[0])
    return sum(1 + _held(part) for part in step.steps if part.value is True) if isinstance(step.expr, ir.And) else 0


# --- values ----------------------------------------------------------------------------------------------------------


def _const(deriver: Deriver, expr: ir.Const, scope: Scope) -> Step:
    return Step(expr, expr.value)


def _param(deriver: Deriver, expr: ir.Param, scope: Scope) -> Step:
    return Step(expr, deriver.world.premises.parameters[expr.name])


def _as_of(deriver: Deriver, expr: ir.AsOf, scope: Scope) -> Step:
    return Step(expr, deriver.world.premises.as_of)


def _var(deriver: Deriver, expr: ir.Var, scope: Scope) -> Step:
    return Step(expr, scope[expr.name])


def _let(deriver: Deriver, expr: ir.Let, scope: Scope) -> Step:
    value = deriver.step(deriver.lets[expr.name], scope)
    return Step(expr, value.value, steps=(value,))


def _field(deriver: Deriver, expr: ir.Field, scope: Scope) -> Step:
    base = deriver.step(expr.base, scope)
    steps = () if isinstance(expr.base, ir.Var) else (base,)
    if base.value is None:
        return Step(expr, None, steps=steps)
    cited, value = deriver.world.read(base.value, expr)
    return Step(expr, value, (cited,), steps)


def _call(deriver: Deriver, expr: ir.Call, scope: Scope) -> Step:
    definition = deriver.world.pack.definitions[expr.name]
    arguments = deriver.parts(expr, scope)
    names = (name for name, _ in definition.arguments)
    inner = dict(zip(names, (argument.value for argument in arguments), strict=True))
    known = (expr.name, *inner.values(), bool(deriver.inside))
    body = deriver.called.get(known)
    if body is None:
        body = deriver.called[known] = deriver.step(definition.body, inner)
    return Step(expr, body.value, steps=arguments, found=(Found(tuple(inner.items()), (body,)),))


_BUILT_IN = {name: function.call for name, function in FUNCTIONS.items()}
_BUILT_IN |= {function.name: function.call for functions in OPERATORS.values() for function in functions}


def _apply(deriver: Deriver, expr: ir.Apply, scope: Scope) -> Step:
    steps = deriver.parts(expr, scope)
    values = [step.value for step in steps]
    call = deriver.world.premises.functions[expr.name] if expr.plugin else _BUILT_IN[expr.name]
    return Step(expr, None if None in values else call(*values), steps=steps)


def _if(deriver: Deriver, expr: ir.If, scope: Scope) -> Step:
    condition = deriver.step(expr.condition, scope)
    if condition.value is None:
        return Step(expr, None, steps=(condition,))
    branch = deriver.step(expr.then if condition.value else expr.otherwise, scope)
    return Step(expr, branch.value, steps=(condition, branch))


# --- truth -----------------------------------------------------------------------------------------------------------


def _not(deriver: Deriver, expr: ir.Not, scope: Scope) -> Step:
    operand = deriver.step(expr.operand, scope)
    return Step(expr, None if operand.value is None else not operand.value, steps=(operand,))


def _junction(deriver: Deriver, expr: ir.And | ir.Or, scope: Scope) -> Step:
    """What decides an `and` is an operand that is false, an `or` one that is true; else one that is unknown leaves it so."""
    deciding, steps = isinstance(expr, ir.Or), []
    for operand in expr.operands:
        steps.append(deriver.step(operand, scope))
        if steps[-1].value is deciding and (deciding or deriver.inside):
            break
    values = [step.value for step in steps]
    value = deciding if deciding in values else None if None in values else not deciding
    return Step(expr, value, steps=tuple(steps))


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def _compare(deriver: Deriver, expr: ir.Compare, scope: Scope) -> Step:
    steps = deriver.parts(expr, scope)
    left, right = (step.value for step in steps)
    if left is None or right is None:
        return Step(expr, None, steps=steps)
    if isinstance(left, Interval) or isinstance(right, Interval):
        return Step(expr, _compare_intervals(expr.operator, _interval(left), _interval(right)), steps=steps)
    return Step(expr, _COMPARISONS[expr.operator](left, right), steps=steps)


def _interval(value: Any) -> Interval:
    return value if isinstance(value, Interval) else Interval(value, value)


def _compare_intervals(operator: str, left: Interval, right: Interval) -> bool | None:
    """Whether a comparison holds for all numbers of the intervals; where it can hold for some and fail for others that is not known."""
    least, most = (_COMPARISONS[operator](left.low, right.high), _COMPARISONS[operator](left.high, right.low))
    if operator in ("eq", "ne"):
        apart = left.high < right.low or right.high < left.low
        same = left.low == left.high == right.low == right.high
        return (operator == "ne") if apart else (operator == "eq") if same else None
    return least if least is most else None


def _linked(deriver: Deriver, expr: ir.Linked, scope: Scope) -> Step:
    row = deriver.step(expr.row, scope)
    if row.value is None:
        return Step(expr, None, steps=(row,))
    path = deriver.step(expr.path, scope)
    return Step(expr, path.value == row.value, steps=(row, path))


def _is_missing(deriver: Deriver, expr: ir.IsMissing, scope: Scope) -> Step:
    operand = deriver.step(expr.operand, scope)
    return Step(expr, operand.value is None, steps=(operand,))


def _in(deriver: Deriver, expr: ir.In, scope: Scope) -> Step:
    steps = deriver.parts(expr, scope)
    wanted, *options = (step.value for step in steps)
    value = None if wanted is None else True if wanted in options else None if None in options else False
    return Step(expr, value, steps=steps)


# --- days ------------------------------------------------------------------------------------------------------------


def _shift(deriver: Deriver, expr: ir.Shift, scope: Scope) -> Step:
    steps, premises = deriver.parts(expr, scope), deriver.world.premises
    day, period = (step.value for step in steps)
    if day is None or period is None:
        return Step(expr, None, steps=steps)
    amount = expr.sign * period.amount
    if period.unit == "months":
        value = add_months(day, amount, expr.months or premises.parameters["months"])
    else:
        value = add_workdays(day, amount, premises.calendar) if period.unit == "workdays" else add_days(day, amount)
    return Step(expr, value, steps=steps)


def _rolled(deriver: Deriver, expr: ir.Rolled, scope: Scope) -> Step:
    base, premises = deriver.step(expr.base, scope), deriver.world.premises
    mode = expr.nonworking or premises.parameters["nonworking"]
    return Step(expr, None if base.value is None else roll(base.value, mode, premises.calendar), steps=(base,))


# --- rows ------------------------------------------------------------------------------------------------------------


def _exists(deriver: Deriver, expr: ir.Exists | ir.Every, scope: Scope) -> Step:
    """One row for which the condition is true makes an `exists` true, one for which it is false an `every` false."""
    deciding = isinstance(expr, ir.Exists)
    open_, others = [], []
    for truth, found in deriver.rows(expr, scope):
        if truth is deciding:
            return Step(expr, deciding, found=(found,))
        (others if truth is not None else open_).append(found)
    return Step(expr, None if open_ else not deciding, found=(*open_, *(deriver.near(others) if deciding else ())))


def _count(deriver: Deriver, expr: ir.Count, scope: Scope) -> Step:
    rows = list(deriver.rows(expr, scope))
    truths = [truth for truth, _ in rows]
    counted = [found for truth, found in rows if truth is not False]
    value = Interval(truths.count(True), len(counted))
    return Step(expr, value, found=(*counted, *deriver.near([found for truth, found in rows if truth is False])))


_COMBINED: dict[str, Callable[[list], Any]] = {
    "sum": sum,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
}


def _aggregate(deriver: Deriver, expr: ir.Aggregate, scope: Scope) -> Step:
    rows = [(truth, found) for truth, found in deriver.rows(expr, scope, (expr.value,)) if truth is not False]
    values = [found.steps[1].value if truth else None for truth, found in rows]
    value = None if None in values else _COMBINED[expr.kind](values)
    counted = (found if truth else Found(found.scope, found.steps[:1]) for truth, found in rows)
    return Step(expr, value, found=tuple(counted))


def _pick(deriver: Deriver, expr: ir.Pick, scope: Scope) -> Step:
    rows = [(truth, found) for truth, found in deriver.rows(expr, scope, (expr.by,)) if truth is not False]
    dated = [(truth, found.steps[1].value, found) for truth, found in rows]
    sure = [(day, found.scope[0][1]) for truth, day, found in dated if truth and day is not None]
    unsure = [day for truth, day, _ in dated if not truth or day is None]
    return Step(expr, _picked(expr.kind == "earliest", sure, unsure), found=tuple(found for _, found in rows))


def _picked(earliest: bool, sure: list, unsure: list) -> Ref | None:
    """The first (last) row by day; none if one that is not sure might come before it or share its day."""
    if not sure:
        return None
    first = (min if earliest else max)(day for day, _ in sure)
    if any(day is None or (day <= first if earliest else day >= first) for day in unsure):
        return None
    return min(row for day, row in sure if day == first)


def _nearest(deriver: Deriver, expr: ir.Nearest, scope: Scope) -> Step:
    start, world = deriver.step(expr.start, scope), deriver.world
    row, value, cells, found = start.value, None, [], {}
    while row is not None and row not in found:
        body = deriver.step(expr.body, {**scope, expr.var: row})
        found[row] = Found(((expr.var, row),), (body,))
        if body.value is not False:
            value = row if body.value else None
            break
        cells.append(world.cite(world.visible(row.entity)[row.key], expr.via))
        row = world.named(expr.entity, cells[-1].value)
    return Step(expr, value, tuple(cells), (start,), tuple(found.values()))


def _under(deriver: Deriver, expr: ir.Under, scope: Scope) -> Step:
    steps, world = deriver.parts(expr, scope), deriver.world
    inner, outer = (step.value for step in steps)
    if inner is None or outer is None or inner == outer:  # also in a circle, where the walk would come back to it
        return Step(expr, False if inner == outer and inner is not None else None, steps=steps)
    row, passed, cells = inner, set(), []
    while row is not None and row not in passed and (row != outer or not passed):
        passed.add(row)
        cells.append(world.cite(world.visible(row.entity)[row.key], expr.via))
        row = world.named(expr.entity, cells[-1].value)
    return Step(expr, row == outer, tuple(cells), steps)


_CLAUSES: dict[type, Callable[[Deriver, Any, Scope], Step]] = {
    ir.Const: _const,
    ir.Param: _param,
    ir.AsOf: _as_of,
    ir.Var: _var,
    ir.Let: _let,
    ir.Field: _field,
    ir.Call: _call,
    ir.Apply: _apply,
    ir.Not: _not,
    ir.And: _junction,
    ir.Or: _junction,
    ir.Compare: _compare,
    ir.Linked: _linked,
    ir.IsMissing: _is_missing,
    ir.In: _in,
    ir.If: _if,
    ir.Shift: _shift,
    ir.Rolled: _rolled,
    ir.Exists: _exists,
    ir.Every: _exists,
    ir.Count: _count,
    ir.Aggregate: _aggregate,
    ir.Pick: _pick,
    ir.Nearest: _nearest,
    ir.Under: _under,
}
