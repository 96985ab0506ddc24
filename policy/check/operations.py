"""Expressions that work something out: calls, arithmetic and choices."""

from __future__ import annotations

from collections.abc import Sequence

from policy.check.known import UNDER, DefinitionSignature
from policy.check.names import listed, suggestion
from policy.check.page import Help
from policy.check.typer import POISON, Clause, Typer, accepts, type_of, wrong
from policy.lang import ast, ir
from policy.lang.ops import OPERATORS, Function
from policy.lang.types import BOOL, COUNT, DATE, PERIODS, Type

__all__ = ["CLAUSES"]


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
    help = ("arguments", {"name": node.name, "names": listed(name for name, _ in signature.arguments)})
    arguments = _arguments(typer, node, [type for _, type in signature.arguments], help)
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
        left, right = (typer.page.words(argument.span) for argument in node.arguments)
        a, b = typer.described(type_of(inner)), typer.described(type_of(outer))
        typer.page.refuse("C102", node.span, left=left, right=right, a=a, b=b)
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
    a, b = map(typer.described, types)
    typer.page.refuse("C106", node.span, help, operator=f"@{node.operator}", a=a, b=b, **words)
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
    return ir.Shift(typer.want(node.base, DATE), period, 1 if node.direction == "after" else -1, span=node.span)


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
    ast.Call: _call,
    ast.Arithmetic: _arithmetic,
    ast.Negate: _negate,
    ast.Shift: _shift,
    ast.If: _if,
}
