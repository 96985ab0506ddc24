"""What a rule uses of its pack: parameters and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from policy.lang import ir
from policy.lang.walk import walk

__all__ = ["Used", "deciding", "used_by"]


class Used(NamedTuple):
    """Names in the order of use: of all parameters and definitions, and of those definitions that the rule itself calls."""

    parameters: tuple[str, ...]
    definitions: tuple[str, ...]
    called: tuple[str, ...]


def used_by(rule: ir.Rule, definitions: Mapping[str, ir.Definition]) -> Used:
    """What a rule uses, itself or through the definitions that it calls."""
    parameters: dict[str, None] = {}
    waiting = called = tuple(_called(deciding(rule), parameters))
    reached = dict.fromkeys(called)
    while waiting:
        waiting = tuple(_called((definitions[name].body for name in waiting), parameters))
        waiting = tuple(name for name in waiting if name not in reached)
        reached.update(dict.fromkeys(waiting))
    return Used(tuple(parameters), tuple(reached), called)


def _called(expressions: Iterable[ir.Expr], parameters: dict[str, None]) -> Iterable[str]:
    """The definitions that the expressions call, each once; the parameters in them are added to `parameters`."""
    called: dict[str, None] = {}
    for part in (part for expression in expressions for part in walk(expression)):
        if isinstance(part, ir.Param):
            parameters[part.name] = None
        elif isinstance(part, ir.Call):
            called[part.name] = None
    return called


def deciding(rule: ir.Rule) -> Iterator[ir.Expr]:
    """The expressions of a rule that decide its outcomes."""
    for each in rule.binders:
        if isinstance(each, ir.EachYear):
            yield from (each.first, each.last)
    yield from (value for _, value in rule.lets)
    yield from rule.where
    yield from (exception.condition for exception in rule.exceptions)
    yield from _of_duty(rule.duty)
    yield from (one for one in (rule.bearer, rule.when, rule.due and rule.due.rolled) if one is not None)


def _of_duty(duty: ir.Duty) -> Iterator[ir.Expr]:
    match duty:
        case ir.Existence():
            yield from (one for one in (duty.body, duty.day) if one is not None)
        case ir.Filled():
            yield duty.day
        case ir.State() | ir.Permission():
            yield duty.condition
