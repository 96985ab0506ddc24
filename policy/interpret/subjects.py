"""The subjects of a rule: every binding of its binders for which its conditions are not surely false."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR
from functools import partial
from typing import Any

from policy.interpret.expressions import Meaning, evaluate, meaning
from policy.interpret.scan import Scan, prepare
from policy.interpret.world import Env, World
from policy.lang import ir
from policy.lang.walk import variables

__all__ = ["subjects", "values"]


def subjects(rule: ir.Rule, world: World) -> Iterator[tuple[Env, bool | None]]:
    """The scope of each subject with the truth of `where`: true or unknown. Ordered by the binders' keys, first binder first."""
    root = Env(world, {}, dict(rule.lets))
    yield from _bind(list(_stages(rule, root)), 0, root, True)


def _stages(rule: ir.Rule, root: Env) -> Iterator[tuple[ir.Each, Scan | None, list[Meaning]]]:
    """Each binder with its scan and the conditions that can be tried once it is bound."""
    lets, told = root.lets, partial(meaning, env=root)
    bound: set[str] = set()
    waiting = list(rule.where)
    for each in rule.binders:
        bound.add(each.var)
        ready = [condition for condition in waiting if variables(condition, lets) <= bound]
        waiting = [condition for condition in waiting if condition not in ready]
        scan = prepare(ir.Rows(each.entity), each.var, ready, lets, told) if isinstance(each, ir.EachRow) else None
        yield each, scan, [meaning(condition, root) for condition in ready]


def _bind(stages: list, depth: int, env: Env, truth: bool | None) -> Iterator[tuple[Env, bool | None]]:
    if depth == len(stages):
        yield env, truth
        return
    each, scan, conditions = stages[depth]
    for value in values(each, scan, env):
        inner = env.bind(each.var, value)
        inner_truth = _all(conditions, inner, truth)
        if inner_truth is not False:
            yield from _bind(stages, depth + 1, inner, inner_truth)


def values(each: ir.Each, scan: Scan | None, env: Env) -> Any:
    """What a binder ranges over: of rows those that a scan finds, all without one."""
    if scan is not None:
        return scan.candidates(env)
    if isinstance(each, ir.EachRow):
        return env.world.rows[each.entity]
    if isinstance(each, ir.EachMember):
        return [member.name for member in env.world.pack.vocabulary.enums[each.enum].members]
    first, last = evaluate(each.first, env), evaluate(each.last, env)
    return () if first is None or last is None else range(max(first, MINYEAR), min(last, MAXYEAR) + 1)


def _all(conditions: list[Meaning], env: Env, truth: bool | None) -> bool | None:
    for condition in conditions:
        value = condition(env)
        if value is False:
            return False
        if value is None:
            truth = None
    return truth
