"""The day by which a duty is to be fulfilled, before and after it is moved off days that are no workdays."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from policy.check.known import DefinitionSignature, Known
from policy.check.page import Page
from policy.check.typer import Typer, type_of
from policy.lang import ast, ir
from policy.lang.types import DATE, WORKDAYS

__all__ = ["check_due"]

Change = Callable[[ir.Shift], ir.Expr]


def check_due(typer: Typer, clause: ast.DueClause) -> ir.Due:
    """The due day; what the clause says of months and workdays holds for it alone."""
    _check_modes(typer.page, clause)
    day = typer.want(clause.value, DATE)
    lets = typer.lets.values if typer.lets is not None else {}
    if clause.months is not None:
        day = _rewrite(day, lambda shift: attrs.evolve(shift, months=clause.months))
        day = _Tail(typer.known, lets, lambda shift: attrs.evolve(shift, months=clause.months)).change(day)
    return ir.Due(day, _Tail(typer.known, lets, lambda shift: _rolled(shift, clause.nonworking)).change(day))


def _check_modes(page: Page, clause: ast.DueClause) -> None:
    page.library.check(page, clause.citations)
    if (clause.months or clause.nonworking) and not clause.citations:
        page.refuse("C409", clause.span, ("modes_basis", {}))


def _rolled(shift: ir.Shift, nonworking: str | None) -> ir.Expr:
    """A period after a day is moved off a day that is no workday; a period before a day and workdays are not."""
    if shift.sign < 0 or type_of(shift.period) == WORKDAYS:
        return shift
    return ir.Rolled(shift, nonworking, span=shift.span)


def _rewrite(expr: ir.Expr, change: Change) -> ir.Expr:
    """The expression with every shift in it changed."""
    expr = _rebuilt(expr, lambda part: _rewrite(part, change))
    return change(expr) if isinstance(expr, ir.Shift) else expr


def _rebuilt(expr: ir.Expr, change: Callable[[ir.Expr], ir.Expr]) -> ir.Expr:
    """The expression with each of its direct parts changed."""
    parts: dict[str, object] = {}
    for field in attrs.fields(type(expr)):
        value = getattr(expr, field.name)
        if isinstance(value, ir.Expr):
            parts[field.name] = change(value)
        elif field.name in ("arguments", "operands", "options"):
            parts[field.name] = tuple(map(change, value))
    return attrs.evolve(expr, **parts) if parts else expr


@attrs.frozen
class _Tail:
    """Changes the shifts whose day is the day of an expression, through `if` and, written out, through `let` and definitions."""

    known: Known
    lets: Mapping[str, ir.Expr]
    make: Change

    def change(self, expr: ir.Expr) -> ir.Expr:
        """The expression with the shifts in its last place changed; the expression itself when there is none."""
        if isinstance(expr, ir.Shift):
            return self.make(expr)
        if isinstance(expr, ir.If):
            then, otherwise = self.change(expr.then), self.change(expr.otherwise)
            unchanged = then is expr.then and otherwise is expr.otherwise
            return expr if unchanged else attrs.evolve(expr, then=then, otherwise=otherwise)
        if isinstance(expr, ir.Let) and expr.name in self.lets:
            value = self.lets[expr.name]
            return self._written_out(expr, value, value)
        if isinstance(expr, ir.Call):
            body = _definition(self.known, expr.name).body
            return self._written_out(expr, body, _applied(self.known, expr))
        return expr

    def _written_out(self, expr: ir.Expr, body: ir.Expr, value: ir.Expr) -> ir.Expr:
        return expr if self.change(body) is body else self.change(value)


def _definition(known: Known, name: str) -> ir.Definition:
    signature = known.functions.get(name)
    assert isinstance(signature, DefinitionSignature) and signature.definition is not None
    return signature.definition


def _applied(known: Known, call: ir.Call) -> ir.Expr:
    """The body of a definition with the arguments put in; its own variables get names that no author can write."""
    definition = _definition(known, call.name)
    arguments = dict(zip((name for name, _ in definition.arguments), call.arguments))
    return _put(definition.body, arguments, f" of {definition.name}")


def _put(expr: ir.Expr, arguments: Mapping[str, ir.Expr], mark: str) -> ir.Expr:
    """The expression with arguments in the place of their variables, and `mark` behind the names of all others."""
    if isinstance(expr, ir.Var):
        return arguments.get(expr.name) or attrs.evolve(expr, name=expr.name + mark)
    expr = _rebuilt(expr, lambda part: _put(part, arguments, mark))
    return attrs.evolve(expr, var=expr.var + mark) if hasattr(expr, "var") else expr
