"""Expressions → documents, with parentheses exactly where the tree would be another one without them."""

from __future__ import annotations

from collections.abc import Callable

from policy.format import words
from policy.format.document import LINE, SOFT, Document, Group, Nest, flat, separated
from policy.lang import ast
from policy.lang.keywords import KEYWORDS, UNITS, spelling

__all__ = ["before_comma", "before_months", "binder", "condition", "document", "duty", "listed"]

# How tightly an expression binds, from loosest to tightest, as in the grammar.
OR, AND, NOT, COMPARISON, SHIFTED, OFFSET, SUM, PRODUCT, UNARY, POSTFIX = range(10)

# What may follow an expression and be taken for a part of it.
OPERATOR, COMMA, SUCH_THAT, BY, UNIT = "operator", "comma", "such_that", "by", "unit"

_LOGIC = {"or": OR, "and": AND}
_SUMS = {"add": ("ADD", SUM, PRODUCT), "sub": ("SUB", SUM, PRODUCT), "mul": ("MUL", PRODUCT, UNARY)}
_ORDERS = ("before", "after")
_LEVELS: dict[type, int] = {
    ast.Not: NOT,
    ast.IsMissing: COMPARISON,
    ast.IsFilled: COMPARISON,
    ast.In: COMPARISON,
    ast.Between: COMPARISON,
    ast.Negate: UNARY,
}


def _compares_order(expr: ast.Expr) -> bool:
    """Whether the parser reads the expression as arithmetic where a day is wanted: `A after B`, also in branches of an `if`."""
    if isinstance(expr, ast.If):
        return _compares_order(expr.then) or _compares_order(expr.otherwise)
    return isinstance(expr, ast.Compare) and expr.operator in _ORDERS


def _period_first(expr: ast.Shift, language: str) -> bool:
    """Whether a shift is spelled `1 month after X`; only a literal period may be, and only in English."""
    return language == "en" and isinstance(expr.period, ast.Duration) and not _compares_order(expr.base)


def _level(expr: ast.Expr, language: str) -> int:
    match expr:
        case ast.Logic():
            return _LOGIC[expr.operator]
        case ast.Compare():
            return SHIFTED if expr.operator in _ORDERS else COMPARISON
        case ast.Shift():
            return SHIFTED if _period_first(expr, language) else OFFSET
        case ast.Arithmetic():
            return _SUMS[expr.operator][1]
        case _:
            return _LEVELS.get(type(expr), POSTFIX)


# --- what an expression would take of the text that follows it


def _reach(expr: ast.Expr) -> ast.Expr | None:
    """The last part of a construct that reaches as far to the right as it can."""
    match expr:
        case ast.If():
            return expr.otherwise
        case ast.Pick():
            return expr.such_that or expr.by
        case _:
            return expr.such_that


def _last_operand(expr: ast.Expr, language: str) -> tuple[ast.Expr, int] | None:
    """The operand at the right end, and the level below which it stands in parentheses."""
    match expr:
        case ast.Logic():
            return expr.operands[-1], _LOGIC[expr.operator] + 1
        case ast.Not():
            return expr.operand, NOT
        case ast.Compare():
            return expr.right, SHIFTED
        case ast.Between():
            return expr.high, SHIFTED
        case ast.Arithmetic():
            return expr.right, _SUMS[expr.operator][2]
        case ast.Negate():
            return expr.operand, UNARY
        case ast.Shift():
            return (expr.base, SHIFTED) if _period_first(expr, language) else (expr.period, SUM)
    return None


_REACHING = (ast.If, ast.Quantifier, ast.Count, ast.Aggregate, ast.Pick, ast.Nearest)


def _lacks(expr: ast.Expr, following: str) -> bool:
    """Whether a construct without its last part would take `following` as that part."""
    if following == SUCH_THAT:
        return isinstance(expr, (ast.Quantifier, ast.Count, ast.Aggregate, ast.Pick)) and expr.such_that is None
    if following == BY:
        return isinstance(expr, ast.Pick) and _reach(expr) is None
    if following == COMMA and _reach(expr) is None:
        source = expr.binder.source
        return isinstance(source, ast.Violations) and source.rules is not None and expr.binder.alias is None
    return False


def _takes(expr: ast.Expr, following: str, language: str) -> bool:
    """Whether `following` after the expression would be read as a part of it."""
    if isinstance(expr, _REACHING):
        reach = _reach(expr)
        if _lacks(expr, following):
            return True
        return reach is not None and (following == OPERATOR or _takes(reach, following, language))
    if following == UNIT and isinstance(expr, ast.Literal):
        return type(expr.value) is int
    last = _last_operand(expr, language)
    return last is not None and _level(last[0], language) >= last[1] and _takes(last[0], following, language)


def _parenthesized(content: Document, language: str) -> Document:
    opening, closing = words.parentheses(language)
    return Group((opening, Nest(content), closing))


def _operand(expr: ast.Expr, level: int, language: str, following: str | None = None) -> Document:
    """An expression where one that binds at least as tightly as `level` must stand, with `following` after it."""
    inner = document(expr, language)
    if _level(expr, language) < level or (following and _takes(expr, following, language)):
        return _parenthesized(inner, language)
    return inner


# --- one function for each kind of expression


def _lines(expr: ast.Expr, language: str) -> Document:
    """An expression whose `and`s or `or`s stand on lines of their own when the group around it is broken."""
    if not isinstance(expr, ast.Logic):
        return document(expr, language)
    word = spelling(expr.operator.upper(), language) + " "
    level = _LOGIC[expr.operator] + 1
    parts = [_operand(part, level, language, OPERATOR) for part in expr.operands[:-1]]
    return separated([*parts, _operand(expr.operands[-1], level, language)], (LINE, word))


def _not(expr: ast.Not, language: str) -> Document:
    return spelling("NOT", language), " ", _operand(expr.operand, NOT, language)


def _binary(left: Document, terminal: str, right: Document, language: str) -> Document:
    return left, f" {spelling(terminal, language)} ", right


def _compare(expr: ast.Compare, language: str) -> Document:
    left = _operand(expr.left, OFFSET if expr.operator in _ORDERS else SHIFTED, language, OPERATOR)
    return _binary(left, expr.operator.upper(), _operand(expr.right, SHIFTED, language), language)


def _is_missing(expr: ast.IsMissing, language: str) -> Document:
    return _operand(expr.operand, SHIFTED, language, OPERATOR), " ", spelling("IS_MISSING", language)


def _is_filled(expr: ast.IsFilled, language: str) -> Document:
    return _operand(expr.operand, SHIFTED, language, OPERATOR), " ", spelling("IS_FILLED", language)


def listed(parts: list[Document], language: str) -> Document:
    """Documents separated by commas, on one line or each on its own."""
    mark = words.comma(language)
    return separated(parts, (mark.rstrip(), LINE if mark.endswith(" ") else SOFT))


def _list(exprs: tuple[ast.Expr, ...], language: str) -> Document:
    """Expressions in parentheses, separated by commas."""
    opening, closing = words.parentheses(language)
    parts = [before_comma(expr, language) for expr in exprs[:-1]]
    parts += [document(expr, language) for expr in exprs[-1:]]
    return Group((opening, Nest((SOFT, listed(parts, language))), closing))


def _in(expr: ast.In, language: str) -> Document:
    left = _operand(expr.operand, SHIFTED, language, OPERATOR)
    return _binary(left, "IN", _list(expr.options, language), language)


def _between(expr: ast.Between, language: str) -> Document:
    left = _operand(expr.operand, SHIFTED, language, OPERATOR)
    low = _operand(expr.low, SHIFTED, language, OPERATOR)
    high = _operand(expr.high, SHIFTED, language)
    return _binary(left, "BETWEEN", _binary(low, "AND", high, language), language)


def _arithmetic(expr: ast.Arithmetic, language: str) -> Document:
    terminal, left, right = _SUMS[expr.operator]
    return _binary(_operand(expr.left, left, language, OPERATOR), terminal, _operand(expr.right, right, language), language)


def _negate(expr: ast.Negate, language: str) -> Document:
    return spelling("SUB", language), _operand(expr.operand, UNARY, language)


def _shift(expr: ast.Shift, language: str) -> Document:
    if _period_first(expr, language):
        period = document(expr.period, language)
        return _binary(period, expr.direction.upper(), _operand(expr.base, SHIFTED, language), language)
    terminal = "PLUS" if expr.direction == "after" else "MINUS"
    base = _operand(expr.base, OFFSET, language, OPERATOR)
    return _binary(base, terminal, _operand(expr.period, SUM, language), language)


def _member(expr: ast.Member, language: str) -> Document:
    base = document(expr.base, language)
    # `earliest talk.end` would be read right by the parser and wrong by people
    if not isinstance(expr.base, (ast.Name, ast.Member, ast.Call)):
        base = _parenthesized(base, language)
    return base, ".", words.name(expr.name)


def _call(expr: ast.Call, language: str) -> Document:
    return words.value_name(expr.name), _list(expr.arguments, language)


def _if(expr: ast.If, language: str) -> Document:
    parts = (("IF", expr.condition), ("THEN", expr.then), ("ELSE", expr.otherwise))
    phrases = [(f"{spelling(word, language)} ", condition(part, language)) for word, part in parts]
    return Group(Nest(separated(phrases, LINE)))


# --- constructs with rows


def binder(expr: ast.Binder, language: str) -> str:
    """`talk as t`, `violations of R1, R2`."""
    match expr.source:
        case ast.Name():
            source = words.name(expr.source.text, "VIOLATIONS_OF", "YEAR")
        case ast.Violations(rules=None):
            source = f"{spelling('VIOLATIONS_OF', language)} {spelling('ALL_RULES', language)}"
        case _:
            rules = words.comma(language).join(rule.text for rule in expr.source.rules)
            source = f"{spelling('VIOLATIONS_OF', language)} {rules}"
    return source if expr.alias is None else f"{source} {spelling('AS', language)} {words.name(expr.alias.text)}"


def _such_that(head: Document, condition: ast.Expr | None, language: str) -> Document:
    if condition is None:
        return head
    return Group((head, f" {spelling('SUCH_THAT', language)}", Nest((LINE, _lines(condition, language)))))


def _rows(word: str, expr: ast.Expr, language: str) -> str:
    return f"{spelling(word, language)} {binder(expr.binder, language)}"


def _part(word: str, part: Document, language: str) -> Document:
    return f" {spelling(word, language)} ", Nest(Group(part))


def _quantifier(expr: ast.Quantifier, language: str, word: str | None = None) -> Document:
    head: Document = f"{word or spelling(expr.kind.upper(), language)} {binder(expr.binder, language)}"
    if expr.where is not None:
        where = _operand(expr.where, OR, language, SUCH_THAT)
        head = head, _part("WHERE", where, language)
    return _such_that(head, expr.such_that, language)


def _count(expr: ast.Count, language: str) -> Document:
    return _such_that(_rows("COUNT", expr, language), expr.such_that, language)


def _aggregate(expr: ast.Aggregate, language: str) -> Document:
    value = document(expr.value, language)
    head = f"{spelling(expr.kind.upper(), language)} ", value, f" {_rows('OVER', expr, language)}"
    return _such_that(head, expr.such_that, language)


def _pick(expr: ast.Pick, language: str) -> Document:
    head: Document = _rows(expr.kind.upper(), expr, language)
    if expr.by is not None:
        by = _operand(expr.by, OR, language, SUCH_THAT if expr.such_that is not None else None)
        head = head, _part("ORDER_BY", by, language)
    return _such_that(head, expr.such_that, language)


def _nearest(expr: ast.Nearest, language: str) -> Document:
    start = _part("FROM", document(expr.start, language), language)
    via = f" {spelling('VIA', language)} {words.name(expr.via.text)}"
    return _such_that((_rows("NEAREST", expr, language), start, via), expr.such_that, language)


_WRITERS: dict[type, Callable[..., Document]] = {
    ast.Name: lambda expr, language: words.value_name(expr.text),
    ast.Literal: lambda expr, language: words.literal(expr.value, language),
    ast.Duration: words.duration,
    ast.MonthDayLiteral: lambda expr, language: words.month_day(expr),
    ast.AsOf: lambda expr, language: spelling("AS_OF", language),
    ast.Member: _member,
    ast.Call: _call,
    ast.Not: _not,
    ast.Logic: lambda expr, language: Group(_lines(expr, language)),
    ast.Compare: _compare,
    ast.IsMissing: _is_missing,
    ast.IsFilled: _is_filled,
    ast.In: _in,
    ast.Between: _between,
    ast.If: _if,
    ast.Arithmetic: _arithmetic,
    ast.Negate: _negate,
    ast.Shift: _shift,
    ast.Quantifier: _quantifier,
    ast.Count: _count,
    ast.Aggregate: _aggregate,
    ast.Pick: _pick,
    ast.Nearest: _nearest,
}


def document(expr: ast.Expr, language: str) -> Document:
    """The document of an expression."""
    return _WRITERS[type(expr)](expr, language)


def before_comma(expr: ast.Expr, language: str) -> Document:
    """An expression that a comma and another one follow."""
    return _operand(expr, OR, language, COMMA)


def before_months(expr: ast.Expr, language: str) -> Document:
    """An expression that the keyword `months` follows: `(30) months down`, where `30 months` would be a period."""
    taken = spelling("MONTHS", language) in UNITS["months"][language] and _takes(expr, UNIT, language)
    return _parenthesized(document(expr, language), language) if taken else condition(expr, language)


def condition(expr: ast.Expr, language: str) -> Document:
    """The expression of a clause: its `and`s or `or`s, where they need lines of their own, are indented below the clause."""
    return Group(Nest(_lines(expr, language))) if isinstance(expr, ast.Logic) else document(expr, language)


def duty(kind: str, expr: ast.Expr, language: str) -> Document:
    """`must exist …`; `must (not …)`, which is not `must not …`."""
    word = spelling(kind.upper(), language)
    if isinstance(expr, ast.Quantifier) and expr.kind == "exists":
        return f"{word} ", _quantifier(expr, language, KEYWORDS["EXISTS"][language][-1])
    content = condition(expr, language)
    if f"{word} {flat(content)}".startswith(spelling("MUST_NOT", language) + " ") and kind == "must":
        content = _parenthesized(content, language)
    return f"{word} ", content
