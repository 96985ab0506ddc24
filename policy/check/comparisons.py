"""Expressions that are conditions: logic, comparisons and what is missing."""

from __future__ import annotations

from policy.check.page import Help
from policy.check.typer import POISON, Clause, Typer, accepts, type_of, wrong
from policy.lang import ast, ir
from policy.lang.types import ANY_REF, BOOL, COUNT, DATE, INT, MONTH_DAY, NUMBER, PERIODS, TEXT, Type

__all__ = ["CLAUSES"]

_ORDER = {
    "before": "lt", "after": "gt", "no_later_than": "le", "no_earlier_than": "ge", "lt": "lt", "le": "le", "gt": "gt", "ge": "ge",
}  # fmt: skip
_SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_ORDERED = (DATE, INT, NUMBER, *PERIODS, MONTH_DAY, COUNT)


# --- logic -----------------------------------------------------------------------------------------------------------


def _not(typer: Typer, node: ast.Not, hint: Type | None) -> ir.Expr:
    return ir.Not(typer.want(node.operand, BOOL), span=node.span)


def _logic(typer: Typer, node: ast.Logic, hint: Type | None) -> ir.Expr:
    kind = ir.And if node.operator == "and" else ir.Or
    return kind(tuple(typer.want(operand, BOOL) for operand in node.operands), span=node.span)


# --- comparisons -----------------------------------------------------------------------------------------------------


def _compare(typer: Typer, node: ast.Compare, hint: Type | None) -> ir.Expr:
    if node.operator in ("is", "is_not"):
        left, right = typer.pair(node.left, node.right)
        return _equality(typer, node, left, right, node.right, negated=node.operator == "is_not")
    left = typer.infer(node.left)
    if node.operator in ("after", "before") and type_of(left) in PERIODS:
        return _period_first(typer, node, left)
    return _ordering(typer, node, left, typer.infer(node.right, type_of(left)), node.right)


def _period_first(typer: Typer, node: ast.Compare, left: ir.Expr) -> ir.Expr:
    """`D after X` with a period D: arithmetic, unless X is a period too."""
    right = typer.infer(node.right)
    if type_of(right) in PERIODS:
        return _ordering(typer, node, left, right, node.right)
    if not accepts(DATE, type_of(right)):
        right = typer.mistyped(node.right, type_of(right), typer.described(DATE))
    return ir.Shift(right, left, 1 if node.operator == "after" else -1, span=node.span)


def _equality(typer: Typer, node: ast.Expr, left: ir.Expr, right: ir.Expr, second: ast.Expr, negated: bool = False) -> ir.Expr:
    """`left is right`: of rows, whether a path leads to the row of a variable; of everything else, whether they are equal."""
    types = (type_of(left), type_of(right))
    if POISON in types:
        return wrong(node)
    if not _alike(*types):
        return _incomparable(typer, node, types, second)
    if _is_row(types[0]) and _bare(left) != _bare(right):
        path, row = (right, left) if _bare(left) else (left, right)
        linked = ir.Linked(path, row, span=node.span)
        return ir.Not(linked, span=node.span) if negated else linked
    return ir.Compare("ne" if negated else "eq", left, right, span=node.span)


def _alike(a: Type, b: Type) -> bool:
    if ANY_REF in (a, b):
        return _is_row(a) and _is_row(b)
    if COUNT in (a, b):
        return {a, b} <= {COUNT, INT}
    return accepts(a, b) or accepts(b, a)


def _is_row(type: Type) -> bool:
    return type.is_ref or type == ANY_REF


def _bare(expr: ir.Expr) -> bool:
    return isinstance(expr, (ir.Var, ir.Let))


def _ordering(typer: Typer, node: ast.Compare, left: ir.Expr, right: ir.Expr, second: ast.Expr) -> ir.Expr:
    types = (type_of(left), type_of(right))
    if POISON in types:
        return wrong(node)
    if not _alike(*types):
        return _incomparable(typer, node, types, second)
    operator = _ORDER[node.operator]
    if types[0] not in _ORDERED:
        words = typer.page.words(node.left.span)
        typer.page.refuse("C104", node.span, ("only_equal", {}), left=words, type=typer.described(types[0]))
        return wrong(node)
    if COUNT in types and operator != node.operator:
        typer.page.refuse("C114", node.span, sign=_SIGNS[operator])
        return wrong(node)
    return ir.Compare(operator, left, right, span=node.span)


def _incomparable(typer: Typer, node: ast.Expr, types: tuple[Type, Type], second: ast.Expr) -> ir.Expr:
    """Refuse a comparison of things of different types."""
    first = node.left if isinstance(node, ast.Compare) else node.operand
    words = {"left": typer.page.words(first.span), "right": typer.page.words(second.span)}
    code = "C103" if all(type in PERIODS for type in types) else "C102"
    help = _advice(typer, (first, second), types)
    span = node.span if isinstance(node, ast.Compare) else second.span
    typer.page.refuse(code, span, help, a=typer.described(types[0]), b=typer.described(types[1]), **words)
    return wrong(node)


def _advice(typer: Typer, sides: tuple[ast.Expr, ast.Expr], types: tuple[Type, Type]) -> Help | None:
    for (side, type), (other, wanted) in zip(zip(sides, types), reversed(list(zip(sides, types)))):
        if wanted.is_enum and isinstance(side, ast.Literal) and side.value in typer.known.enum_members(wanted.name):
            return "no_quotes", {"name": str(side.value)}
        if type.is_ref and wanted == TEXT and type.name in typer.known.fields:
            return "compare_key", {"path": f"{typer.page.words(side.span)}.{typer.known.entity(type.name).key.name}"}
        if type in PERIODS and wanted == DATE:
            return "day_and_period", {"text": typer.page.words(side.span)}
        if type == COUNT:
            return "count_with_number", {}
    return None


def _in(typer: Typer, node: ast.In, hint: Type | None) -> ir.Expr:
    operand = typer.infer(node.operand)
    type = type_of(operand)
    pairs = [(option, typer.infer(option, type)) for option in node.options]
    tests = tuple(_equality(typer, node, operand, value, option) for option, value in pairs)
    if any(type_of(test) == POISON for test in tests):
        return wrong(node)
    if _is_row(type) or type == COUNT:
        return ir.Or(tests, span=node.span)
    return ir.In(operand, tuple(value for _, value in pairs), span=node.span)


def _between(typer: Typer, node: ast.Between, hint: Type | None) -> ir.Expr:
    operand = typer.infer(node.operand)
    ends = []
    for operator, end in (("ge", node.low), ("le", node.high)):
        comparison = ast.Compare(operator, node.operand, end, span=(node.operand.span[0], end.span[1]))
        ends.append(_ordering(typer, comparison, operand, typer.infer(end, type_of(operand)), end))
    return wrong(node) if any(type_of(end) == POISON for end in ends) else ir.And(tuple(ends), span=node.span)


# --- what is missing -------------------------------------------------------------------------------------------------


def _is_missing(typer: Typer, node: ast.IsMissing | ast.IsFilled, hint: Type | None) -> ir.Expr:
    operand = typer.infer(node.operand)
    if type_of(operand) == COUNT:
        typer.mistyped(node.operand, COUNT, "")
    return ir.IsMissing(operand, span=node.span)


def _is_filled(typer: Typer, node: ast.IsFilled, hint: Type | None) -> ir.Expr:
    return ir.Not(_is_missing(typer, node, hint), span=node.span)


CLAUSES: dict[type, Clause] = {
    ast.Not: _not,
    ast.Logic: _logic,
    ast.Compare: _compare,
    ast.In: _in,
    ast.Between: _between,
    ast.IsMissing: _is_missing,
    ast.IsFilled: _is_filled,
}
