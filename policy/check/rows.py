"""Expressions over rows: quantifiers, counts, sums, and the rows that are picked from many."""

from __future__ import annotations

from policy.check.known import VIOLATION, VIOLATION_NAMES, Known
from policy.check.names import suggestion
from policy.check.page import Page
from policy.check.typer import POISON, Clause, Typer, type_of, wrong
from policy.check.vocabulary import find_entity
from policy.lang import ast, ir
from policy.lang.types import BOOL, DATE, INT, NUMBER, Type, ref_type

__all__ = ["CLAUSES", "bind", "enter", "known_rule"]


# --- variables -------------------------------------------------------------------------------------------------------


def bind(typer: Typer, binder: ast.Binder) -> tuple[ir.RowSource, ir.Var]:
    """The rows a binder ranges over and its variable, which from here on is in scope."""
    if isinstance(binder.source, ast.Violations):
        rules = _violated(typer, binder.source)
        typer.depends.update(dict.fromkeys(rules))
        source, type, names = ir.Violations(rules), VIOLATION, VIOLATION_NAMES
    else:
        entity = find_entity(typer.known, typer.page, binder.source, ("enum_rows", {"name": binder.source.text}))
        source = ir.Rows(entity.name if entity else "")
        type = ref_type(entity.name) if entity else POISON
        names = (entity.name, entity.label) if entity else (binder.source.text,)
    if binder.alias is not None:
        names = (binder.alias.text,)
    var = ir.Var(names[0], type, span=(binder.alias or binder.source).span)
    enter(typer, var, names, binder)
    if isinstance(source, ir.Violations):
        typer.violations[var.name] = source.rules
    return source, var


def enter(typer: Typer, var: ir.Var, names: tuple[str | None, ...], binder: ast.Binder | ast.YearBinder) -> None:
    """Put a variable in scope; a name that the rule uses already is a mistake."""
    first = next((taken for taken in (_taken(typer, name) for name in names) if taken is not None), None)
    if first is not None:
        written = typer.page.words(var.span) or var.name
        help = ("another_name", {}) if binder.alias is not None else ("rename", {"name": written})
        typer.page.refuse("C012", var.span, help, (typer.page, first, "first"), name=written)
    typer.scope = {**typer.scope, **{name: var for name in names if name is not None}}


def _taken(typer: Typer, name: str | None) -> tuple[int, int] | None:
    if name in typer.scope:
        return typer.scope[name].span
    if typer.lets is not None and name in typer.lets:
        return typer.lets.place(name).span
    return None


def _violated(typer: Typer, source: ast.Violations) -> tuple[str, ...]:
    """The rules whose violations are meant, those that exist."""
    if source.rules is None:
        return typer.known.all_rules()
    for name in source.rules:
        known_rule(typer.known, typer.page, name)
    return tuple(dict.fromkeys(name.text for name in source.rules if name.text in typer.known.rules))


def known_rule(known: Known, page: Page, name: ast.Name) -> bool:
    """Whether there is a rule of that name; if not, that is a mistake, unless it may be one that could not be read."""
    if name.text not in known.rules and name.text not in known.idle and not known.rules_missing:
        page.refuse("C008", name.span, suggestion(name.text, known.rules), name=name.text)
    return name.text in known.rules


# --- quantifiers and counts ------------------------------------------------------------------------------------------


def _quantifier(typer: Typer, node: ast.Quantifier, hint: Type | None) -> ir.Expr:
    outer = typer.scope
    source, var = bind(typer, node.binder)
    where = typer.want(node.where, BOOL) if node.where is not None else None
    body = _such_that(typer, node.such_that)
    typer.scope = outer
    if node.kind == "every":
        body = ir.Or((ir.Not(where, span=where.span), body), span=node.span) if where is not None else body
        return ir.Every(source, var.name, body, span=node.span)
    exists = ir.Exists(source, var.name, body, span=node.span)
    return exists if node.kind == "exists" else ir.Not(exists, span=node.span)


def _such_that(typer: Typer, condition: ast.Expr | None) -> ir.Expr:
    return ir.Const(True, BOOL) if condition is None else typer.want(condition, BOOL)


def _count(typer: Typer, node: ast.Count, hint: Type | None) -> ir.Expr:
    outer = typer.scope
    source, var = bind(typer, node.binder)
    body = _such_that(typer, node.such_that)
    typer.scope = outer
    return ir.Count(source, var.name, body, span=node.span)


def _aggregate(typer: Typer, node: ast.Aggregate, hint: Type | None) -> ir.Expr:
    outer = typer.scope
    source, var = bind(typer, node.binder)
    value = typer.infer(node.value)
    body = _such_that(typer, node.such_that)
    typer.scope = outer
    allowed = (INT, NUMBER) if node.kind == "sum" else (INT, NUMBER, DATE)
    if type_of(value) not in allowed:
        return typer.mistyped(node.value, type_of(value), "@number" if node.kind == "sum" else "@number_or_date")
    return ir.Aggregate(node.kind, source, var.name, body, value, type_of(value), span=node.span)


# --- rows picked from many -------------------------------------------------------------------------------------------


def _pick(typer: Typer, node: ast.Pick, hint: Type | None) -> ir.Expr:
    outer = typer.scope
    source, var = bind(typer, node.binder)
    by = typer.want(node.by, DATE) if node.by is not None else _occurs(typer, node, var)
    body = _such_that(typer, node.such_that)
    typer.scope = outer
    if by is None or POISON in (var.type, type_of(by)):
        return wrong(node)
    return ir.Pick(node.kind, source, var.name, body, by, var.type, span=node.span)


def _occurs(typer: Typer, node: ast.Pick, var: ir.Var) -> ir.Expr | None:
    """The day on which the variable's fact happened; an entity without one needs a `by`."""
    if var.type == POISON:
        return None
    entity = typer.known.entity(var.type.name)
    if entity is None or entity.occurs is None:
        words = {"entity": typer.called(var.type.name)}
        typer.page.refuse("C111", node.binder.span, ("write_by", words), **words)
        return None
    return ir.Field(var, entity.name, entity.occurs.name, entity.occurs.index, DATE, span=node.span)


def _nearest(typer: Typer, node: ast.Nearest, hint: Type | None) -> ir.Expr:
    start = typer.infer(node.start)
    outer = typer.scope
    source, var = bind(typer, node.binder)
    body = typer.want(node.such_that, BOOL)
    typer.scope = outer
    if var.type == POISON:
        return wrong(node)
    if isinstance(source, ir.Violations):
        typer.page.refuse("C113", node.binder.span, field=node.via.text, entity="violation")
        return wrong(node)
    if type_of(start) not in (var.type, POISON):
        return typer.mistyped(node.start, type_of(start), typer.described(var.type))
    return _climb(typer, node, start, var, body)


def _climb(typer: Typer, node: ast.Nearest, start: ir.Expr, var: ir.Var, body: ir.Expr) -> ir.Expr:
    fields = typer.known.fields[var.type.name]
    via = fields.get(node.via.text)
    if via is None:
        owner = typer.called(var.type.name)
        typer.page.refuse("C004", node.via.span, suggestion(node.via.text, fields), name=node.via.text, owner=owner)
        return wrong(node)
    if via.type != var.type:
        typer.page.refuse("C113", node.via.span, field=node.via.text, entity=typer.called(var.type.name))
        return wrong(node)
    return ir.Nearest(start, var.type.name, via.name, via.index, var.name, body, var.type, span=node.span)


CLAUSES: dict[type, Clause] = {
    ast.Quantifier: _quantifier,
    ast.Count: _count,
    ast.Aggregate: _aggregate,
    ast.Pick: _pick,
    ast.Nearest: _nearest,
}
