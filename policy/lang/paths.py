"""Which fields a rule reads of rows that its own rows refer to: `talk.talkee.grade`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policy.lang import ir
from policy.lang.walk import children

__all__ = ["Path", "paths_read"]

Path = tuple[tuple[str, int], ...]
"""Fields one after the other, each by its entity and its place: all but the last are references."""

_Names = Mapping[str, tuple[str, Path] | None]
"""The variables of a definition: each a variable of the rule and the path from it, or None where it is something else."""


def paths_read(rule: ir.Rule, definitions: Mapping[str, ir.Definition]) -> dict[str, tuple[Path, ...]]:
    """The paths of more than one field that decide the outcomes of a rule, through definitions too, by the variable that they start from."""
    found: dict[str, dict[Path, None]] = {}
    lets = dict(rule.lets)
    for expression in _expressions(rule):
        for variable, path in _paths(expression, {}, lets, definitions):
            found.setdefault(variable, {})[path] = None
    return {variable: tuple(sorted(paths)) for variable, paths in found.items()}


def _expressions(rule: ir.Rule) -> Iterator[ir.Expr]:
    """Everything that is judged."""
    duty = rule.duty
    parts = (rule.bearer, rule.when, rule.due and rule.due.unrolled, *(getattr(duty, name, None) for name in ("body", "day", "condition")))
    yield from (part for part in parts if part is not None)
    yield from (value for _, value in rule.lets)
    yield from rule.where
    yield from (exception.condition for exception in rule.exceptions)


def _paths(
    expr: ir.Expr, names: _Names, lets: Mapping[str, ir.Expr], definitions: Mapping[str, ir.Definition]
) -> Iterator[tuple[str, Path]]:
    place = _place(expr, names, lets)
    if place is not None and len(place[1]) > 1:
        yield place
    for child in children(expr):
        yield from _paths(child, names, lets, definitions)
    definition = definitions.get(expr.name) if isinstance(expr, ir.Call) else None
    if definition is not None:
        given = zip(definition.arguments, expr.arguments, strict=True)
        inner = {name: _place(argument, names, lets) for (name, _), argument in given}
        yield from _paths(definition.body, inner, {}, definitions)


def _place(expr: ir.Expr, names: _Names, lets: Mapping[str, ir.Expr]) -> tuple[str, Path] | None:
    """The variable that an expression starts from and the fields that it goes along; None where it is no path."""
    if isinstance(expr, ir.Var):
        return names.get(expr.name, (expr.name, ()))
    if isinstance(expr, ir.Let):
        return _place(lets[expr.name], names, lets) or (expr.name, ())
    if isinstance(expr, ir.Field) and expr.index >= 0:
        base = _place(expr.base, names, lets)
        return base and (base[0], (*base[1], (expr.entity, expr.index)))
    return None
