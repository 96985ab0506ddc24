"""An expression → the expressions that differ from it in one place; a row in a table for each kind of change."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import attrs

from policy.lang import ast
from policy.lang.dates import add_days
from policy.mutate.words import Words

__all__ = ["Change", "changes"]


class Change(NamedTuple):
    """The whole expression as it is then, the kind of change (a code of `policy.messages.testing`), and the part before and after (None: gone)."""

    whole: ast.Expr
    kind: str
    before: ast.Expr
    after: ast.Expr | None


def changes(expr: ast.Expr, words: Words) -> Iterator[Change]:
    """Every change of one part of an expression, from the outermost part inwards."""
    for kind, change in _CHANGES.get(type(expr), ()):
        for after in change(expr, words):
            yield Change(after, kind, expr, after)
    for kind, drop in _DROPS.get(type(expr), ()):
        for gone, after in drop(expr):
            yield Change(after, kind, gone, None)
    for name, place, child in _children(expr):
        for found in changes(child, words):
            yield found._replace(whole=_with(expr, name, place, found.whole))


def _children(expr: ast.Expr) -> Iterator[tuple[str, int | None, ast.Expr]]:
    """The parts of an expression: their attribute, and their place in it if it has several."""
    for attribute in attrs.fields(type(expr)):
        value = getattr(expr, attribute.name)
        if isinstance(value, tuple) and attribute.name != "span":
            yield from ((attribute.name, place, one) for place, one in enumerate(value) if isinstance(one, ast.Expr))
        elif isinstance(value, ast.Expr) and attribute.name not in _NAMES:
            yield attribute.name, None, value


_NAMES = ("via",)
"""Parts that are names of fields, not values."""


def _with(expr: ast.Expr, name: str, place: int | None, part: ast.Expr) -> ast.Expr:
    if place is not None:
        parts = getattr(expr, name)
        part = (*parts[:place], part, *parts[place + 1 :])
    return attrs.evolve(expr, **{name: part})


# --- conditions ------------------------------------------------------------------------------------------------------

_BOUNDARIES = {
    "lt": "le", "le": "lt", "gt": "ge", "ge": "gt", "before": "no_later_than", "no_later_than": "before", "after": "no_earlier_than",
    "no_earlier_than": "after",
}  # fmt: skip
_OPPOSITES = {"is": "is_not", "is_not": "is"}
_QUANTIFIERS = {"exists": "no", "no": "exists", "every": "exists"}


def _boundary(expr: ast.Compare, words: Words) -> Iterator[ast.Expr]:
    if expr.operator in _BOUNDARIES:
        yield attrs.evolve(expr, operator=_BOUNDARIES[expr.operator])


def _opposite(expr: ast.Compare, words: Words) -> Iterator[ast.Expr]:
    if expr.operator in _OPPOSITES:
        yield attrs.evolve(expr, operator=_OPPOSITES[expr.operator])


def _other_logic(expr: ast.Logic, words: Words) -> Iterator[ast.Expr]:
    yield attrs.evolve(expr, operator="or" if expr.operator == "and" else "and")


def _other_quantifier(expr: ast.Quantifier, words: Words) -> Iterator[ast.Expr]:
    where = expr.where
    if expr.kind == "every" and where is not None:  # only an `every` has a `where`
        condition = where if expr.such_that is None else ast.Logic("and", (where, expr.such_that))
        yield attrs.evolve(expr, kind="exists", where=None, such_that=condition)
    else:
        yield attrs.evolve(expr, kind=_QUANTIFIERS[expr.kind])


# --- what can be left out: the part that is gone, and the rest ----------------------------------------------------------


def _without_operand(expr: ast.Logic) -> Iterator[tuple[ast.Expr, ast.Expr]]:
    for place, gone in enumerate(expr.operands):
        rest = (*expr.operands[:place], *expr.operands[place + 1 :])
        yield gone, rest[0] if len(rest) == 1 else attrs.evolve(expr, operands=rest)


def _without_option(expr: ast.In) -> Iterator[tuple[ast.Expr, ast.Expr]]:
    for place, gone in enumerate(expr.options if len(expr.options) > 1 else ()):
        yield gone, attrs.evolve(expr, options=(*expr.options[:place], *expr.options[place + 1 :]))


def _without_where(expr: ast.Quantifier) -> Iterator[tuple[ast.Expr, ast.Expr]]:
    if expr.where is not None:
        yield expr.where, attrs.evolve(expr, where=None)


_DROPS: dict[type, tuple[tuple[str, Callable[[Any], Iterator[tuple[ast.Expr, ast.Expr]]]], ...]] = {
    ast.Logic: (("K104", _without_operand),),
    ast.In: (("K105", _without_option),),
    ast.Quantifier: (("K104", _without_where),),
}


# --- values ----------------------------------------------------------------------------------------------------------


def _near(expr: ast.Literal, words: Words) -> Iterator[ast.Expr]:
    """The next value on either side; no number below 0, which nobody means."""
    for step in (-1, 1):
        value: Any = None
        if isinstance(expr.value, datetime.date):
            value = add_days(expr.value, step)
        elif isinstance(expr.value, int | Decimal) and not isinstance(expr.value, bool) and expr.value + step >= 0:
            value = expr.value + step
        if value is not None:
            yield attrs.evolve(expr, value=value)


def _other_truth(expr: ast.Literal, words: Words) -> Iterator[ast.Expr]:
    if isinstance(expr.value, bool):
        yield attrs.evolve(expr, value=not expr.value)


def _near_period(expr: ast.Duration, words: Words) -> Iterator[ast.Expr]:
    for step in (-1, 1):
        if expr.amount + step > 0:
            yield attrs.evolve(expr, amount=expr.amount + step)


def _other_unit(expr: ast.Duration, words: Words) -> Iterator[ast.Expr]:
    other = {"days": "workdays", "workdays": "days"}.get(expr.unit)
    if other is not None:
        yield attrs.evolve(expr, unit=other)


_LEAP_YEAR = 2000


def _near_month_day(expr: ast.MonthDayLiteral, words: Words) -> Iterator[ast.Expr]:
    for step in (-1, 1):
        day = datetime.date(_LEAP_YEAR, expr.month, expr.day) + datetime.timedelta(step)
        yield attrs.evolve(expr, month=day.month, day=day.day)


def _other_member(expr: ast.Name, words: Words) -> Iterator[ast.Expr]:
    yield from (attrs.evolve(expr, text=name) for name in words.members(expr.text))


def _other_field(expr: ast.Member, words: Words) -> Iterator[ast.Expr]:
    yield from (attrs.evolve(expr, name=name) for name in words.fields(expr.name))


def _other_kind(expr: ast.Pick | ast.Aggregate, words: Words) -> Iterator[ast.Expr]:
    other = {"earliest": "latest", "latest": "earliest", "min": "max", "max": "min"}.get(expr.kind)
    if other is not None:
        yield attrs.evolve(expr, kind=other)


def _other_direction(expr: ast.Shift, words: Words) -> Iterator[ast.Expr]:
    yield attrs.evolve(expr, direction="before" if expr.direction == "after" else "after")


def _other_branch(expr: ast.If, words: Words) -> Iterator[ast.Expr]:
    yield attrs.evolve(expr, then=expr.otherwise, otherwise=expr.then)


def _other_sum(expr: ast.Arithmetic, words: Words) -> Iterator[ast.Expr]:
    if expr.operator in ("add", "sub"):
        yield attrs.evolve(expr, operator="sub" if expr.operator == "add" else "add")


_CHANGES: dict[type, tuple[tuple[str, Callable[[Any, Words], Iterator[ast.Expr]]], ...]] = {
    ast.Compare: (("K101", _boundary), ("K102", _opposite)),
    ast.Not: (("K102", lambda expr, words: iter([expr.operand])),),
    ast.IsMissing: (("K102", lambda expr, words: iter([ast.IsFilled(expr.operand, span=expr.span)])),),
    ast.IsFilled: (("K102", lambda expr, words: iter([ast.IsMissing(expr.operand, span=expr.span)])),),
    ast.Logic: (("K103", _other_logic),),
    ast.In: (("K102", lambda expr, words: iter([ast.Not(expr, span=expr.span)])),),
    ast.Between: (("K102", lambda expr, words: iter([ast.Not(expr, span=expr.span)])),),
    ast.Quantifier: (("K106", _other_quantifier),),
    ast.Literal: (("K107", _near), ("K102", _other_truth)),
    ast.Duration: (("K107", _near_period), ("K108", _other_unit)),
    ast.MonthDayLiteral: (("K107", _near_month_day),),
    ast.Name: (("K109", _other_member),),
    ast.Member: (("K110", _other_field),),
    ast.Pick: (("K111", _other_kind),),
    ast.Aggregate: (("K111", _other_kind),),
    ast.Shift: (("K112", _other_direction),),
    ast.If: (("K113", _other_branch),),
    ast.Arithmetic: (("K112", _other_sum),),
}
