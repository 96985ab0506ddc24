"""The subjects of a rule: every binding of its binders for which its conditions are not surely false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR
from functools import partial
from typing import Any, NamedTuple

from policy.interpret.expressions import Meaning, conjunction, evaluate, meaning
from policy.interpret.scan import prepare
from policy.interpret.world import Env, Scope
from policy.lang import ir
from policy.lang.walk import variables

__all__ = ["subjects", "values"]


def subjects(rule: ir.Rule, env: Env) -> Iterator[tuple[Scope, bool | None]]:
    """The scope of each subject with the truth of `where`: true or unknown. Ordered by the binders' keys, first binder first.

    `env` has the rule's `let`s.
    """
    return _bind(list(_stages(rule, env)), {}, True)


class _Stage(NamedTuple):
    """A binder: what it ranges over, and the conditions that can be tried once it is bound, all and those beside the scan's equality."""

    var: str
    candidates: Callable[[Scope], tuple[Iterable[Any], bool]]
    whole: Meaning
    rest: Meaning


def _stages(rule: ir.Rule, env: Env) -> Iterator[_Stage]:
    bound: set[str] = set()
    waiting = list(rule.where)
    for each in rule.binders:
        bound.add(each.var)
        ready, left = [], []
        for condition in waiting:
            (ready if variables(condition, env.lets) <= bound else left).append(condition)
        waiting = left
        if isinstance(each, ir.EachRow):
            scan = prepare(ir.Rows(each.entity), each.var, ready, env.lets, env.world, partial(meaning, env=env))
            rest = [condition for condition in ready if condition is not scan.equality]
            yield _Stage(each.var, scan.candidates, conjunction(ready, env), conjunction(rest, env))
        else:
            whole = conjunction(ready, env)
            yield _Stage(each.var, partial(_candidates, each, env), whole, whole)


def _candidates(each: ir.Each, env: Env, scope: Scope) -> tuple[Iterable[Any], bool]:
    return values(each, Env(env.world, scope, env.lets)), False


def _bind(stages: Sequence[_Stage], scope: Scope, truth: bool | None) -> Iterator[tuple[Scope, bool | None]]:
    (var, candidates, whole, rest), *further = stages
    found, equal = candidates(scope)
    holds = rest if equal else whole
    for value in found:
        inner = {**scope, var: value}
        inner_truth = holds(inner)
        if inner_truth is False:
            continue
        if inner_truth:
            inner_truth = truth
        if further:
            yield from _bind(further, inner, inner_truth)
        else:
            yield inner, inner_truth


def values(each: ir.Each, env: Env) -> Iterable[Any]:
    """What a binder ranges over."""
    if isinstance(each, ir.EachRow):
        return env.world.rows[each.entity]
    if isinstance(each, ir.EachMember):
        return [member.name for member in env.world.pack.vocabulary.enums[each.enum].members]
    first, last = evaluate(each.first, env), evaluate(each.last, env)
    return () if first is None or last is None else range(max(first, MINYEAR), min(last, MAXYEAR) + 1)
