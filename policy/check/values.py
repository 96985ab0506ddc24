"""Expressions that are values: names, paths, literals, calls, arithmetic and choices."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from policy.check.known import UNDER, VIOLATION_FIELDS, DefinitionSignature
from policy.check.names import listed, suggestion
from policy.check.page import Help
from policy.check.typer import POISON, Clause, Typer, accepts, type_of, wrong
from policy.lang import ast, ir
from policy.lang.ops import OPERATORS, Function
from policy.lang.types import ANY_REF, BOOL, COUNT, DATE, INT, MONTH_DAY, NUMBER, PERIODS, TEXT, MonthDay, Period, Type
from policy.source import Span

__all__ = ["CLAUSES", "period", "shift"]

_LITERALS = {str: TEXT, bool: BOOL, int: INT, Decimal: NUMBER, datetime.date: DATE}
_UNITS = {"days": (1, "days"), "workdays": (1, "workdays"), "weeks": (7, "days"), "months": (1, "months"), "years": (12, "months")}


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
        help = ("compare_bearer", {"text": typer.page.words(node.base.span)}) if type == ANY_REF else None
        typer.page.refuse("C108", node.name_span, help, text=typer.page.words(node.base.span), type=typer.described(type), name=node.name)
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


# --- calls -----------------------------------------------------------------------------------------------------------


def _call(typer: Typer, node: ast.Call, hint: Type | None) -> ir.Expr:
    known = typer.known
    function = known.functions.get(node.name) or known.plugins.get(node.name)
    if function is None:
        typer.page.refuse("C007", node.name_span, suggestion(node.name, [*known.functions, *known.plugins]), name=node.name)
        return wrong(node)
    if function == UNDER:
        return _under(typer, node)
    if isinstance(function, DefinitionSignature):
        return _defined(typer, node, function)
    help = ("argument_types", {"name": node.name, "types": "@types:" + ",".join(type.kind for type in function.parameters)})
    arguments = _arguments(typer, node, function.parameters, help)
    if arguments is None:
        return wrong(node)
    return ir.Apply(function.name, arguments, function.result, node.name not in known.functions, span=node.span)


def _defined(typer: Typer, node: ast.Call, signature: DefinitionSignature) -> ir.Expr:
    names = listed(name for name, _ in signature.arguments)
    arguments = _arguments(typer, node, [type for _, type in signature.arguments], ("arguments", {"name": node.name, "names": names}))
    definition = signature.definition
    if arguments is None or definition is None:
        return wrong(node)
    typer.depends.update(dict.fromkeys(signature.depends))
    typer.reach(signature.height)
    return ir.Call(definition.name, arguments, definition.type, span=node.span)


def _arguments(typer: Typer, node: ast.Call, types: Sequence[Type], help: Help) -> tuple[ir.Expr, ...] | None:
    """The arguments of a call, checked one by one; None if there are too few or too many."""
    arguments = tuple(map(typer.want, node.arguments, types))
    if len(node.arguments) == len(types):
        return arguments
    typer.page.refuse("C109", node.span, help, name=node.name, wanted=str(len(types)), given=str(len(node.arguments)))
    return None


def _under(typer: Typer, node: ast.Call) -> ir.Expr:
    """`under(inner, outer)`: two rows of an entity that has a tree."""
    if len(node.arguments) != 2:
        help = ("argument_types", {"name": node.name, "types": "@types:row,row"})
        typer.page.refuse("C109", node.span, help, name=node.name, wanted="2", given=str(len(node.arguments)))
        return wrong(node)
    inner, outer = (typer.infer(argument) for argument in node.arguments)
    for argument, expr in zip(node.arguments, (inner, outer)):
        if not type_of(expr).is_ref:
            typer.mistyped(argument, type_of(expr), "@row")
            return wrong(node)
    if type_of(inner) != type_of(outer):
        first, second = (typer.page.words(argument.span) for argument in node.arguments)
        typer.page.refuse("C102", node.span, left=first, right=second, a=typer.described(type_of(inner)), b=typer.described(type_of(outer)))
        return wrong(node)
    entity = typer.known.entity(type_of(inner).name)
    tree = next((field for field in entity.fields if field.tree), None) if entity else None
    if tree is None:
        called = typer.called(type_of(inner).name)
        typer.page.refuse("C110", node.span, ("mark_tree", {"entity": called}), entity=called)
        return wrong(node)
    return ir.Under(inner, outer, entity.name, tree.name, tree.index, span=node.span)


# --- arithmetic and choices ------------------------------------------------------------------------------------------


def _arithmetic(typer: Typer, node: ast.Arithmetic, hint: Type | None) -> ir.Expr:
    left, right = typer.infer(node.left), typer.infer(node.right)
    types = (type_of(left), type_of(right))
    if POISON in types:
        return wrong(node)
    function = _fitting(node.operator, types)
    if function is not None:
        return ir.Apply(function.name, (left, right), function.result, span=node.span)
    for operand, type in zip((node.left, node.right), types):
        if type == COUNT:
            return typer.mistyped(operand, type, "@number")
    words = {"left": typer.page.words(node.left.span), "right": typer.page.words(node.right.span)}
    help = _shift_instead(node.operator, types, words)
    typer.page.refuse("C106", node.span, help, operator=f"@{node.operator}", a=typer.described(types[0]), b=typer.described(types[1]), **words)
    return wrong(node)


def _fitting(operator: str, types: tuple[Type, ...]) -> Function | None:
    """The function of an operator for operands of these types."""
    return next((f for f in OPERATORS[operator] if all(map(accepts, f.parameters, types))), None)


def _shift_instead(operator: str, types: tuple[Type, ...], words: dict[str, str]) -> Help | None:
    if types[0] == DATE and types[1] in PERIODS and operator != "mul":
        return f"shift_{operator}", words
    return None


def _negate(typer: Typer, node: ast.Negate, hint: Type | None) -> ir.Expr:
    operand = typer.infer(node.operand)
    function = _fitting("negate", (type_of(operand),))
    if type_of(operand) == POISON or function is None:
        return typer.mistyped(node.operand, type_of(operand), "@number")
    return ir.Apply(function.name, (operand,), function.result, span=node.span)


def _shift(typer: Typer, node: ast.Shift, hint: Type | None) -> ir.Expr:
    period = typer.infer(node.period)
    if type_of(period) not in (*PERIODS, POISON):
        typer.mistyped(node.period, type_of(period), "@duration")
    return shift(typer, node.base, period, node.direction, node.span)


def shift(typer: Typer, base: ast.Expr, period: ir.Expr, direction: str, span: Span) -> ir.Expr:
    """A period after or before a day."""
    return ir.Shift(typer.want(base, DATE), period, 1 if direction == "after" else -1, span=span)


def _if(typer: Typer, node: ast.If, hint: Type | None) -> ir.Expr:
    condition = typer.want(node.condition, BOOL)
    then, otherwise = typer.pair(node.then, node.otherwise, hint)
    types = (type_of(then), type_of(otherwise))
    if POISON in types:
        return wrong(node)
    for branch, type in zip((node.then, node.otherwise), types):
        if type == COUNT:
            return typer.mistyped(branch, type, "@number")
    type = next((type for type, other in (types, types[::-1]) if accepts(type, other)), None)
    if type is None:
        words = {"left": typer.page.words(node.then.span), "right": typer.page.words(node.otherwise.span)}
        typer.page.refuse("C107", node.span, a=typer.described(types[0]), b=typer.described(types[1]), **words)
        return wrong(node)
    return ir.If(condition, then, otherwise, type, span=node.span)


CLAUSES: dict[type, Clause] = {
    ast.Name: _name,
    ast.Member: _member,
    ast.Literal: _literal,
    ast.Duration: _duration,
    ast.MonthDayLiteral: _month_day,
    ast.AsOf: _as_of,
    ast.Call: _call,
    ast.Arithmetic: _arithmetic,
    ast.Negate: _negate,
    ast.Shift: _shift,
    ast.If: _if,
}
