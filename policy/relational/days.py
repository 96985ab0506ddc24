"""Arithmetic of days in SQL, as `policy.lang.dates` does it: the days on which the calendar differs from the week are a table."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sqlglot import exp

from policy.lang.dates import Calendar, roll as rolled_day
from policy.relational import sql
from policy.relational.frame import Scope
from policy.relational.sql import Sql

__all__ = ["CALENDAR", "add_days", "add_months", "add_workdays", "between", "calendar_days", "roll"]

CALENDAR = "calendar"
_FIRST, _LAST = datetime.date.min, datetime.date.max  # a Monday, a Friday
_SPAN = (_LAST - _FIRST).days
_MARGIN = datetime.timedelta(days=40)


# --- the calendar ----------------------------------------------------------------------------------------------------


def _special(calendar: Calendar) -> tuple[set[datetime.date], set[datetime.date]]:
    """The days from Monday to Friday that are off, and the Saturdays and Sundays that are worked."""
    off = {day for day in calendar.holidays if day.weekday() < 5}
    return off, {day for day in calendar.workdays if day.weekday() >= 5}


def _span(calendar: Calendar) -> tuple[datetime.date, datetime.date] | None:
    """The days between which the calendar differs from the week, with a margin on both sides."""
    off, worked = _special(calendar)
    special = off | worked
    if not special:
        return None
    first, last = min(special), max(special)
    return first - min(_MARGIN, first - _FIRST), last + min(_MARGIN, _LAST - last)


def calendar_days(calendar: Calendar) -> Iterator[tuple[datetime.date, datetime.date | None, datetime.date | None, int, bool]]:
    """Each day of the span: the workdays it is moved to forwards and backwards, how many there are up to it, whether it is one."""
    span = _span(calendar)
    if span is None:
        return
    day, number = span[0], _week_number(span[0]) - (span[0].weekday() < 5)
    while True:
        works = calendar.is_workday(day)
        number += works
        yield day, rolled_day(day, "next_workday", calendar), rolled_day(day, "previous_workday", calendar), number, works
        if day == span[1]:
            return
        day += datetime.timedelta(days=1)


def _week_number(day: datetime.date) -> int:
    """How many days from Monday to Friday there are up to a day."""
    weeks, rest = divmod((day - _FIRST).days, 7)
    return weeks * 5 + min(rest + 1, 5)


# --- in SQL ----------------------------------------------------------------------------------------------------------


def between(value: Sql, low: int, high: int) -> Sql:
    return sql.all_of([sql.compare("ge", value, sql.number(low)), sql.compare("le", value, sql.number(high))])


def add_days(day: Sql, amount: Sql) -> Sql:
    """A day so many days later; missing outside the years 1 to 9999."""
    place = sql.add(_place(day), amount)
    inside = sql.all_of([between(amount, -_SPAN, _SPAN), between(place, 0, _SPAN)])
    return sql.case((inside, sql.cast(sql.add(day, sql.cast(amount, "INTEGER")), "DATE")))


def add_months(day: Sql, amount: Sql, mode: str) -> Sql:
    """The corresponding day so many months later; `mode` decides where there is none."""
    months = sql.add(sql.binary(exp.Mul, sql.call("year", day), sql.number(12)), sql.add(sql.call("month", day), amount))
    inside = sql.all_of([between(amount, -_SPAN, _SPAN), between(months, 13, 9999 * 12 + 12)])
    moved = sql.cast(sql.add(day, sql.call("to_months", sql.cast(amount, "INTEGER"))), "DATE")
    cut = sql.compare("ne", sql.call("day", moved), sql.call("day", day))
    if mode == "error":
        inside = sql.all_of([inside, sql.negate(cut)])
    elif mode == "up":
        next_day = sql.cast(sql.add(moved, sql.number(1)), "DATE")
        return sql.case((sql.negate(inside), sql.null("DATE")), (cut, next_day), otherwise=moved)
    return sql.case((inside, moved))


def _place(day: Sql) -> Sql:
    """The number of days since the first one, a Monday."""
    return sql.subtract(day, sql.literal(_FIRST))


def _weekday(day: Sql) -> Sql:
    return sql.call("isodow", day)


def roll(scope: Scope, day: Sql, mode: str) -> Sql:
    """The day, or the next or the previous workday."""
    if mode == "none":
        return day
    special = scope.frame.match(CALENDAR, {"day": day})
    steps = {6: 2, 7: 1} if mode == "next_workday" else {6: -1, 7: -2}
    moves = [(sql.compare("eq", _weekday(day), sql.number(one)), sql.add(day, sql.number(step))) for one, step in steps.items()]
    week = sql.case(*((on, sql.cast(moved, "DATE")) for on, moved in moves), otherwise=day)
    column = "next" if mode == "next_workday" else "previous"
    return sql.case((sql.is_null(sql.column(special, "day")), week), otherwise=sql.column(special, column))


def add_workdays(scope: Scope, day: Sql, amount: Sql) -> Sql:
    """The so-manieth workday after the day, or before it; the day itself for none."""
    special = scope.frame.match(CALENDAR, {"day": day})
    works = sql.coalesce(sql.column(special, "works"), sql.compare("lt", _weekday(day), sql.number(6)))
    own = sql.case((works, sql.number(1)), otherwise=sql.number(0))
    number = sql.coalesce(sql.column(special, "number"), _number(day, scope.world.calendar))
    ahead, back = sql.add(number, amount), sql.add(sql.add(sql.subtract(number, own), sql.number(1)), amount)
    wanted = scope.frame.named(sql.case((sql.compare("gt", amount, sql.number(0)), ahead), otherwise=back))
    found = scope.frame.match(CALENDAR, {"number": wanted, "works": sql.literal(True)})
    elsewhere = _workday(wanted, scope.world.calendar)
    moved = sql.case((sql.is_null(sql.column(found, "day")), elsewhere), otherwise=sql.column(found, "day"))
    usable = between(amount, -_SPAN, _SPAN)
    return sql.case((sql.compare("eq", amount, sql.number(0)), day), (usable, moved))


def _number(day: Sql, calendar: Calendar) -> Sql:
    """How many workdays there are up to a day outside the span."""
    place = _place(day)
    rest = sql.add(sql.binary(exp.Mod, place, sql.number(7)), sql.number(1))
    weeks = sql.binary(exp.Mul, sql.binary(exp.IntDiv, place, sql.number(7)), sql.number(5))
    number = sql.add(weeks, sql.call("least", rest, sql.number(5)))
    span = _span(calendar)
    if span is None:
        return number
    later = sql.compare("gt", day, sql.literal(span[1]))
    return sql.case((later, sql.add(number, sql.number(_surplus(calendar)))), otherwise=number)


def _surplus(calendar: Calendar) -> int:
    off, worked = _special(calendar)
    return len(worked) - len(off)


def _workday(number: Sql, calendar: Calendar) -> Sql:
    """The workday of that number outside the span; missing outside the years 1 to 9999."""
    span = _span(calendar)
    if span is not None:
        before = _week_number(span[0]) - (span[0].weekday() < 5)
        later = sql.compare("gt", number, sql.number(before))
        number = sql.case((later, sql.subtract(number, sql.number(_surplus(calendar)))), otherwise=number)
    rest = sql.subtract(number, sql.number(1))
    weeks = sql.binary(exp.Mul, sql.binary(exp.IntDiv, rest, sql.number(5)), sql.number(7))
    place = sql.add(weeks, sql.binary(exp.Mod, rest, sql.number(5)))
    inside = sql.all_of([sql.compare("ge", number, sql.number(1)), between(place, 0, _SPAN)])
    return sql.case((inside, sql.cast(sql.add(sql.literal(_FIRST), sql.cast(place, "INTEGER")), "DATE")))
