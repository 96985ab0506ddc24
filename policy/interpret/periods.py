"""The times in which a rule asks the same of many, such as a term in which every head is to be talked to."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from policy.interpret.expressions import evaluate
from policy.interpret.world import Env, World
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts
from policy.lang.outcome import Outcome
from policy.lang.report import Period
from policy.lang.walk import variables

__all__ = ["find_periods"]


def find_periods(
    pack: ir.Pack,
    facts: Facts,
    as_of: datetime.date,
    parameters: Mapping[str, ir.Value],
    calendar: Calendar,
    functions: Mapping[str, Callable],
    outcomes: Iterable[Outcome],
) -> tuple[Period, ...]:
    """The periods of the rules, by rule and in the order of their first outcomes; the other arguments are those of `judge`.

    A rule has periods if it has several binders and its due day rests on one of them alone, and several of the outcomes share that one:
    it then asks the same of all of them by the same day. A period begins on the day of the rule's first `let` that is a day, rests on the
    same binder alone and lies before the due day.
    """
    world = World(pack, facts, as_of, parameters, calendar, functions)
    known = {rule.id: (rule, place) for rule in pack.rules if (place := _shared(rule)) is not None}
    keys = Counter((one.rule, one.subject[known[one.rule][1]][1]) for one in outcomes if one.rule in known)
    found = (_period(*known[rule], key, world) for (rule, key), count in keys.items() if count > 1)
    return tuple(period for period in found if period is not None)


def _shared(rule: ir.Rule) -> int | None:
    """The place of the only binder, of several, that the due day rests on."""
    if rule.due is None or len(rule.binders) < 2:
        return None
    needed = variables(rule.due.rolled, dict(rule.lets))
    places = [place for place, each in enumerate(rule.binders) if each.var in needed]
    return places[0] if len(places) == 1 else None


def _period(rule: ir.Rule, place: int, key: str | int, world: World) -> Period | None:
    """From when to when the period of a key lasts; None where its end is not known."""
    assert rule.due is not None
    each = rule.binders[place]
    value = world.by_key[each.entity].get(str(key)) if isinstance(each, ir.EachRow) else key
    env = Env(world, {each.var: value}, dict(rule.lets))
    last = None if value is None else evaluate(rule.due.rolled, env)
    if last is None:
        return None
    days = (evaluate(let, env) for let in _days(rule, each.var))
    return Period(rule.id, place, key, next((day for day in days if day is not None and day < last), None), last)


def _days(rule: ir.Rule, var: str) -> Iterator[ir.Expr]:
    """The `let`s that are days and rest on this variable alone."""
    lets = dict(rule.lets)
    for _, let in rule.lets:
        kind = getattr(let, "type", None)
        if kind is not None and kind.kind == "date" and variables(let, lets) == {var}:
            yield let
