"""A declaration → the declarations that differ from it in one clause."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import attrs

from policy.lang import ast
from policy.lang.outcome import SEVERITIES
from policy.mutate.expressions import changes
from policy.mutate.words import Words

__all__ = ["Mutant", "mutants"]

Node = Any
"""An expression, a clause or a declaration."""


class Mutant(NamedTuple):
    """A declaration (`changed`; None: it is gone) that differs from what was written in one part, which was `before` and is `after` (None: gone).

    `kind` is a code of `policy.messages.testing`; `item` the clause that the part stands in, None outside all clauses.
    """

    kind: str
    declaration: ast.Declaration
    changed: ast.Declaration | None
    item: Node | None
    before: Node
    after: Node | None


def mutants(declaration: ast.Declaration, words: Words) -> Iterator[Mutant]:
    """Every mutant of a declaration; none of those that only say what there is (entities, enums, cases)."""
    yield from _without_rule(declaration)
    for name in _VALUES.get(type(declaration), ()):  # outside all clauses
        for found in changes(getattr(declaration, name), words):
            changed = attrs.evolve(declaration, **{name: found.whole})
            yield Mutant(found.kind, declaration, changed, None, found.before, found.after)
    parts = _PARTS.get(type(declaration))
    for place, item in enumerate(getattr(declaration, parts) if parts else ()):
        for kind, after, before, part in _of_item(item, words):
            yield Mutant(kind, declaration, _replaced(declaration, parts or "", place, after), item, before, part)


def _without_rule(declaration: ast.Declaration) -> Iterator[Mutant]:
    """A variant's change of a rule that is not made."""
    if isinstance(declaration, ast.OverrideDecl | ast.DisableDecl):
        for place, gone in enumerate(declaration.rules):
            rest = (*declaration.rules[:place], *declaration.rules[place + 1 :])
            yield Mutant("K120", declaration, attrs.evolve(declaration, rules=rest) if rest else None, None, gone, None)


_VALUES: dict[type, tuple[str, ...]] = {ast.DefineDecl: ("body",), ast.ParamDecl: ("value",), ast.SetDecl: ("value",)}
_PARTS: dict[type, str] = {ast.RuleDecl: "clauses", ast.OverrideDecl: "clauses", ast.PackHeader: "items"}


def _replaced(declaration: ast.Declaration, parts: str, place: int, item: Node | None) -> ast.Declaration:
    """The declaration with another item, or none, in a place."""
    items = getattr(declaration, parts)
    return attrs.evolve(declaration, **{parts: (*items[:place], *([] if item is None else [item]), *items[place + 1 :])})


Changed = Iterator[tuple[str, Node | None, Node, Node | None]]
"""The kind of change, the clause then, and the part before and after."""


def _of_item(item: Node, words: Words) -> Changed:
    if isinstance(item, ast.AlsoClause):
        yield "K120", None, item, None
        for kind, after, before, part in _of_item(item.clause, words):
            if after is not None:
                yield kind, attrs.evolve(item, clause=after), before, part
        return
    if type(item) in _DROPPED:
        yield _DROPPED[type(item)], None, item, None
    for kind, change in _CHANGES.get(type(item), ()):
        for after in change(item):
            yield kind, after, item, after
    for name in _EXPRESSIONS.get(type(item), ()):
        for found in changes(getattr(item, name), words):
            yield found.kind, attrs.evolve(item, **{name: found.whole}), found.before, found.after


_DROPPED: dict[type, str] = {
    ast.WhereClause: "K104", ast.WhenClause: "K104", ast.ExceptClause: "K114", ast.DueClause: "K115", ast.BearerClause: "K118",
}  # fmt: skip

_EXPRESSIONS: dict[type, tuple[str, ...]] = {
    ast.BearerClause: ("value",),
    ast.WhereClause: ("condition",),
    ast.WhenClause: ("condition",),
    ast.ExceptClause: ("condition",),
    ast.LetClause: ("value",),
    ast.DutyClause: ("condition",),
    ast.DueClause: ("value",),
}


def _other_duty(item: ast.DutyClause) -> Iterator[Node]:
    other = {"must": "must_not", "must_not": "must"}.get(item.kind)
    if other is not None:
        yield attrs.evolve(item, kind=other)


def _next_severity(item: ast.OtherwiseClause | ast.SeverityClause) -> Iterator[Node]:
    place = SEVERITIES.index(item.severity)
    yield attrs.evolve(item, severity=SEVERITIES[(place + 1) % len(SEVERITIES)])


_MODES = {
    "months": ("down", "up"),
    "nonworking": ("none", "next_workday", "previous_workday"),
}


def _other_rounding(item: ast.DueClause) -> Iterator[Node]:
    for name, modes in _MODES.items():
        if getattr(item, name) is not None:
            yield from (attrs.evolve(item, **{name: mode}) for mode in modes if mode != getattr(item, name))


def _other_setting(item: ast.Setting) -> Iterator[Node]:
    if item.kind in _MODES:
        yield from (attrs.evolve(item, value=mode) for mode in _MODES[item.kind] if mode != item.value)


def _near_day(item: ast.EffectiveClause | ast.Setting) -> Iterator[Node]:
    name = "day" if isinstance(item, ast.EffectiveClause) else "value"
    day = getattr(item, name)
    if isinstance(day, datetime.date):
        yield from (attrs.evolve(item, **{name: day + datetime.timedelta(step)}) for step in (-1, 1))


def _near_warning(item: ast.Setting) -> Iterator[Node]:
    if item.kind == "due_soon" and isinstance(item.value, ast.Duration):
        yield from (attrs.evolve(item, value=attrs.evolve(item.value, amount=item.value.amount + step)) for step in (-1, 1))


def _near_finding(item: ast.AttestClause) -> Iterator[Node]:
    if item.valid is not None:
        yield from (attrs.evolve(item, valid=attrs.evolve(item.valid, amount=item.valid.amount + step)) for step in (-1, 1))


_CHANGES: dict[type, tuple[tuple[str, Callable[[Any], Iterator[Node]]], ...]] = {
    ast.DutyClause: (("K102", _other_duty),),
    ast.OtherwiseClause: (("K117", _next_severity),),
    ast.SeverityClause: (("K117", _next_severity),),
    ast.DueClause: (("K116", _other_rounding),),
    ast.EffectiveClause: (("K119", _near_day),),
    ast.AttestClause: (("K107", _near_finding),),
    ast.Setting: (("K116", _other_setting), ("K119", _near_day), ("K107", _near_warning)),
}

