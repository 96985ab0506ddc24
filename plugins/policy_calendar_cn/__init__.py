"""The workdays of China as published by the State Council: 国务院办公厅关于各年部分节假日安排的通知.

`days.csv` lists their holidays and the weekends that are worked. It is made from the package chinesecalendar, to which a test holds it;
that package itself would be a fifth of the start-up time of a check.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from policy.hooks.spec import Calendar, hookimpl

__all__ = ["calendar", "policy_calendars"]


def calendar() -> Calendar:
    """The calendar `cn`: all years of `days.csv`, whose lines are `date,kind` with `holiday` or `workday`."""
    days: dict[str, set[datetime.date]] = {"holiday": set(), "workday": set()}
    for line in Path(__file__).with_name("days.csv").read_text("utf-8").splitlines()[1:]:
        day, kind = line.split(",")
        days[kind].add(datetime.date.fromisoformat(day))
    years = [day.year for day in days["holiday"]]
    return Calendar("cn", min(years), max(years), frozenset(days["holiday"]), frozenset(days["workday"]))


@hookimpl
def policy_calendars() -> dict[str, Callable[[], Calendar]]:
    return {"cn": calendar}
