"""Expressions that stand for a value: names, paths and literals."""

from __future__ import annotations

import datetime
from decimal import Decimal

from policy.check.known import VIOLATION_FIELDS
from policy.check.names import suggestion
from policy.check.page import Help
from policy.check.typer import POISON, Clause, Typer, type_of, wrong
from policy.lang import ast, ir
from policy.lang.types import ANY_REF, BOOL, DATE, INT, MONTH_DAY, NUMBER, TEXT, MonthDay, Period, Type

__all__ = ["CLAUSES", "period"]

_LITERALS = {str: TEXT, bool: BOOL, int: INT, Decimal: NUMBER, datetime.date: DATE}
_UNITS = {
    "days": (1, "days"), "workdays": (1, "workdays"), "weeks": (7, "days"), "months": (1, "months"), "years": (12, "months"),
}  # fmt: skip


# --- names -----------------------------------------------------------------------------------------------------------


def _name(typer: Typer, node: ast.Name, hint: Type | None) -> ir.Expr:
    if hint is not None and hint.is_enum:
        member = typer.known.enum_members(hint.name).get(node.text)
        if member is not None:
            return ir.Const(member.name, hint, span=node.span)
    variable = typer.scope.get(node.text)
    if variable is not None:
        return ir.Var(variable.name, variable.type, span=node.span)
    if typer.lets is not None and node.text in typer.lets:
        return typer.lets.use(node.text, typer, node)
    parameter = typer.known.parameters.get(node.text)
    if parameter is not None:
        return ir.Param(parameter.name, parameter.type, span=node.span)
    return _unknown(typer, node, hint)


def _unknown(typer: Typer, node: ast.Name, hint: Type | None) -> ir.Expr:
    """Refuse a name that means nothing here."""
    if hint == POISON:
        return wrong(node)  # perhaps a member of the enum that the other side would have been
    if node.text in typer.hidden:
        typer.page.refuse("C118", node.span, name=node.text)
    elif hint is not None and hint.is_enum:
        members = typer.known.enum_members(hint.name)
        typer.page.refuse("C005", node.span, suggestion(node.text, members), name=node.text, enum=typer.called(hint.name))
    else:
        typer.page.refuse("C001", node.span, _advice(typer, node.text), name=node.text)
    return wrong(node)


def _advice(typer: Typer, name: str) -> Help | None:
    """What an unknown name may have been meant for: a field, a row, a call, a member, else the nearest name."""
    known = typer.known
    for variable, var in typer.scope.items():
        if var.type.is_ref and name in known.fields.get(var.type.name, ()):
            return "field_of", {"path": f"{variable}.{name}"}
    found = known.types.get(name)
    called = next((variable for variable, var in typer.scope.items() if found is not None and var.type.name == found.name), None)
    if called is not None:
        return "called_otherwise", {"name": name, "variable": called}
    if found is not None:
        return "bind_rows", {"name": name}
    if name in known.functions:
        return "call_it", {"name": name}
    enum = next((enum for enum, members in known.members.items() if name in members), None)
    if enum is not None:
        return "member_of", {"name": name, "enum": typer.called(enum)}
    return suggestion(name, [*typer.scope, *(typer.lets or ()), *known.parameters])


# --- paths -----------------------------------------------------------------------------------------------------------


def _member(typer: Typer, node: ast.Member, hint: Type | None) -> ir.Expr:
    base = typer.infer(node.base)
    type = type_of(base)
    if type == POISON:
        return wrong(node)
    if not type.is_ref:
        words = {"text": typer.page.words(node.base.span)}
        help = ("compare_bearer", words) if type == ANY_REF else None
        typer.page.refuse("C108", node.name_span, help, type=typer.described(type), name=node.name, **words)
        return wrong(node)
    if type.name == "violation":
        return _violation_field(typer, node, base)
    fields = typer.known.fields[type.name]
    field = fields.get(node.name)
    if field is None:
        typer.page.refuse("C004", node.name_span, suggestion(node.name, fields), name=node.name, owner=typer.called(type.name))
        return wrong(node)
    return ir.Field(base, type.name, field.name, field.index, field.type, span=node.span)


def _violation_field(typer: Typer, node: ast.Member, base: ir.Expr) -> ir.Expr:
    """A field of a violation: its own, or a binder of one of the rules it may be of."""
    if node.name in VIOLATION_FIELDS:
        name, type = VIOLATION_FIELDS[node.name]
        return ir.Field(base, "violation", name, -1, type, span=node.span)
    bound = {rule: typer.known.rules[rule].binders for rule in _rules_of(typer, base)}
    found = {rule: binders[node.name] for rule, binders in bound.items() if node.name in binders}
    if not found and typer.known.rules_missing:
        return wrong(node)
    if not found:
        names = [*VIOLATION_FIELDS, *(name for binders in bound.values() for name in binders)]
        typer.page.refuse("C004", node.name_span, suggestion(node.name, names), name=node.name, owner="violation")
        return wrong(node)
    (first, (variable, type)), *others = found.items()
    for rule, other in others:
        if other != (variable, type):
            typer.page.refuse("C117", node.name_span, name=node.name, first=first, second=rule)
            return wrong(node)
    return ir.Field(base, "violation", variable, -1, type, span=node.span)


def _rules_of(typer: Typer, expr: ir.Expr) -> tuple[str, ...]:
    """The rules that a violation may be of."""
    if isinstance(expr, ir.Var):
        return typer.violations.get(expr.name, ())
    if isinstance(expr, ir.Let):
        return _rules_of(typer, typer.lets.values[expr.name])
    if isinstance(expr, ir.Pick):
        return expr.source.rules
    if isinstance(expr, ir.Call):
        return _rules_of(typer, typer.known.functions.get(expr.name).definition.body)
    if isinstance(expr, ir.If):
        return tuple(dict.fromkeys(_rules_of(typer, expr.then) + _rules_of(typer, expr.otherwise)))
    return ()


# --- literals --------------------------------------------------------------------------------------------------------


def _literal(typer: Typer, node: ast.Literal, hint: Type | None) -> ir.Expr:
    return ir.Const(node.value, _LITERALS[type(node.value)], span=node.span)


def period(node: ast.Duration) -> Period:
    """The period that was written: weeks are days, years are months."""
    times, unit = _UNITS[node.unit]
    return Period(node.amount * times, unit)


def _duration(typer: Typer, node: ast.Duration, hint: Type | None) -> ir.Expr:
    value = period(node)
    return ir.Const(value, Type(value.unit), span=node.span)


def _month_day(typer: Typer, node: ast.MonthDayLiteral, hint: Type | None) -> ir.Expr:
    return ir.Const(MonthDay(node.month, node.day), MONTH_DAY, span=node.span)


def _as_of(typer: Typer, node: ast.AsOf, hint: Type | None) -> ir.Expr:
    return ir.AsOf(span=node.span)


CLAUSES: dict[type, Clause] = {
    ast.Name: _name,
    ast.Member: _member,
    ast.Literal: _literal,
    ast.Duration: _duration,
    ast.MonthDayLiteral: _month_day,
    ast.AsOf: _as_of,
}
