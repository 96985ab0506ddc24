"""The shape of an expression: its parts, and the variables it depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policy.lang import ir
from policy.lang.types import WORKDAYS

__all__ = ["by_calendar", "children", "conjuncts", "variables", "walk"]

_PARTS: dict[type, tuple[str, ...]] = {
    ir.Field: ("base",),
    ir.Call: ("arguments",),
    ir.Apply: ("arguments",),
    ir.Not: ("operand",),
    ir.And: ("operands",),
    ir.Or: ("operands",),
    ir.Compare: ("left", "right"),
    ir.Linked: ("path", "row"),
    ir.IsMissing: ("operand",),
    ir.In: ("operand", "options"),
    ir.If: ("condition", "then", "otherwise"),
    ir.Shift: ("base", "period"),
    ir.Rolled: ("base",),
    ir.Exists: ("body",),
    ir.Every: ("body",),
    ir.Count: ("body",),
    ir.Aggregate: ("body", "value"),
    ir.Pick: ("body", "by"),
    ir.Nearest: ("start", "body"),
    ir.Under: ("inner", "outer"),
}

_BINDING = (ir.Exists, ir.Every, ir.Count, ir.Aggregate, ir.Pick, ir.Nearest)


def children(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The direct parts of an expression, from left to right."""
    for name in _PARTS.get(type(expr), ()):
        part = getattr(expr, name)
        if isinstance(part, tuple):
            yield from part
        else:
            yield part


def walk(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The expression and all its parts, outermost first; not what its `let`s and definitions stand for."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def conjuncts(expr: ir.Expr) -> tuple[ir.Expr, ...]:
    """The expressions whose Kleene `and` the expression is."""
    return expr.operands if isinstance(expr, ir.And) else (expr,)


def variables(expr: ir.Expr, lets: Mapping[str, ir.Expr]) -> frozenset[str]:
    """The variables that the value depends on, through `lets` too, without those that the expression binds itself."""
    if isinstance(expr, ir.Var):
        return frozenset((expr.name,))
    if isinstance(expr, ir.Let):
        return variables(lets[expr.name], lets)
    found: frozenset[str] = frozenset()
    for child in children(expr):
        free = variables(child, lets)
        bound = isinstance(expr, _BINDING) and child is not getattr(expr, "start", None)
        found |= free - {expr.var} if bound else free
    return found


def by_calendar(rule: ir.Rule, parameters: Mapping[str, ir.Value]) -> bool:
    """Whether the due day is reckoned by the calendar: moved off days that are no workdays, or counted in workdays."""
    if rule.due is None:
        return False
    for part in walk(rule.due.rolled):
        if isinstance(part, ir.Rolled) and (part.nonworking or parameters["nonworking"]) != "none":
            return True
        if isinstance(part, ir.Shift) and getattr(part.period, "type", None) == WORKDAYS:
            return True
    return False
