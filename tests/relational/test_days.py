"""Days in SQL are those of `policy.lang.dates`, near holidays and at both ends of time."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import closing

import pytest

from policy.hooks.manager import load_plugins
from policy.lang import dates
from policy.lang.dates import WEEKENDS, Calendar
from policy.lang.facts import Facts, Origin, Row
from policy.lang.schema import Entity, Field, Vocabulary
from policy.lang.types import DATE, INT, TEXT
from policy.relational import days, sql
from policy.relational.database import Database
from policy.relational.frame import Frame, Scope
from policy.relational.rows import Rows
from policy.relational.sql import Sql
from policy.relational.tables import Store
from policy.relational.world import World

EPOCHS = ("0001-01-01", "1999-12-25", "2003-11-20", "2026-01-28", "2026-09-20", "2026-11-10", "9999-12-01")
AMOUNTS = (-800000, -400, -31, -12, -6, -5, -3, -2, -1, 0, 1, 2, 3, 5, 6, 12, 13, 31, 400, 800000, 10**17)
ENTITY = Entity("pair", None, (Field("id", None, TEXT, 0, key=True), Field("day", None, DATE, 1), Field("amount", None, INT, 2)))


class Pack:
    vocabulary = Vocabulary({ENTITY.name: ENTITY}, {})


def pairs() -> list[tuple[datetime.date, int]]:
    start = [datetime.date.fromisoformat(text) for text in EPOCHS]
    near = [day + datetime.timedelta(days=step) for day in start for step in range(min(45, (datetime.date.max - day).days + 1))]
    return [(day, amount) for day in near for amount in AMOUNTS]


def both(make: Callable[[Scope, Sql, Sql], Sql], wanted: Callable[[datetime.date, int], object], calendar: Calendar, given: list) -> None:
    """Compare what SQL makes of the pairs with what is wanted."""
    world = World(Pack, datetime.date(2026, 1, 1), {}, calendar, {})
    rows = tuple(Row("pair", str(key), (str(key), *pair), Origin("", None, {}), 1) for key, pair in enumerate(given))
    frame = Frame(world)
    alias = frame.begin(world.table("pair"))
    day, amount = sql.column(alias, "1 day"), sql.column(alias, "2 amount")
    made = make(Scope(frame, {}, {}), day, amount)
    with closing(Database()) as database:
        store, facts = Store(world, database), Facts({"pair": rows})
        store.keep_facts(facts, Rows(facts, world))
        found = dict(store.rows(frame.select([("key", sql.column(alias, "key")), ("made", made)])))
    different = [(pair, found[str(key)]) for key, pair in enumerate(given) if found[str(key)] != wanted(*pair)]
    assert not different, different[:3]


def cn() -> Calendar:
    return load_plugins().calendars["cn"]()


def test_days_are_added():
    given = [(day, amount) for day, amount in pairs() if abs(amount) < 10**9]  # more is too much for the standard library
    both(lambda scope, day, amount: days.add_days(day, amount), dates.add_days, WEEKENDS, given)


@pytest.mark.parametrize("mode", ["down", "up", "error"])
def test_months_are_added(mode):
    def make(scope: Scope, day: Sql, amount: Sql) -> Sql:
        return days.add_months(day, amount, mode)

    both(make, lambda day, amount: dates.add_months(day, amount, mode), WEEKENDS, pairs())


@pytest.mark.parametrize("mode", ["none", "next_workday", "previous_workday"])
@pytest.mark.parametrize("calendar", [WEEKENDS, cn()], ids=["weekends", "cn"])
def test_days_are_rolled(mode, calendar):
    given = [(day, amount) for day, amount in pairs() if amount == 0]
    both(lambda scope, day, amount: days.roll(scope, day, mode), lambda day, amount: dates.roll(day, mode, calendar), calendar, given)


@pytest.mark.parametrize("calendar", [WEEKENDS, cn()], ids=["weekends", "cn"])
def test_workdays_are_added(calendar):
    given = [(day, amount) for day, amount in pairs() if abs(amount) < 1000]
    both(days.add_workdays, lambda day, amount: dates.add_workdays(day, amount, calendar), calendar, given)
