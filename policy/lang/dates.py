"""Days, months and calendars: the arithmetic that deadlines are made of.

A period after a day does not count that day (民法典第二百零一条); months end on the corresponding day, and where the month has
none on its last (第二百零二条); a last day that is no workday moves to the next one (第二百零三条).
"""

from __future__ import annotations

import datetime

from policy.lang.noun import noun

__all__ = ["Calendar", "WEEKENDS", "add_days", "add_months", "add_workdays", "roll"]

_ONE_DAY = datetime.timedelta(days=1)


@noun
class Calendar:
    """The workdays of the years from `first` to `last`; outside them Saturdays and Sundays are taken to be off.

    `holidays` are days off from Monday to Friday, `workdays` Saturdays and Sundays that are worked.
    """

    name: str
    first: int
    last: int
    holidays: frozenset[datetime.date]
    workdays: frozenset[datetime.date]

    def knows(self, day: datetime.date) -> bool:
        """Whether the calendar of that day's year is published."""
        return self.first <= day.year <= self.last

    def is_workday(self, day: datetime.date) -> bool:
        """Whether people work on that day."""
        if day.weekday() < 5:
            return day not in self.holidays
        return day in self.workdays


WEEKENDS = Calendar("weekends", datetime.MINYEAR, datetime.MAXYEAR, frozenset(), frozenset())
"""Monday to Friday, no holidays."""


def add_days(day: datetime.date, days: int) -> datetime.date | None:
    """`day` plus `days` (may be negative); None outside the years 1 to 9999."""
    try:
        return day + datetime.timedelta(days)
    except OverflowError:
        return None


def add_months(day: datetime.date, months: int, mode: str) -> datetime.date | None:
    """The corresponding day `months` later (earlier if negative).

    Where that month is too short, `mode` decides: `down` its last day, `up` the first day of the next month, `error` None.
    None outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    length = _length(year, month)
    if day.day <= length:
        return datetime.date(year, month, day.day)
    if mode == "error":
        return None
    last = datetime.date(year, month, length)
    return last if mode == "down" else last + _ONE_DAY


def _length(year: int, month: int) -> int:
    """The number of days in a month. (The standard library's `calendar` loads the machine's locale, which costs more than a small check.)"""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_workdays(day: datetime.date, workdays: int, calendar: Calendar) -> datetime.date | None:
    """The `workdays`-th workday after (before, if negative) `day`, which itself does not count; for 0 the day itself."""
    step = 1 if workdays >= 0 else -1
    for _ in range(abs(workdays)):
        day = add_days(day, step)
        while day is not None and not calendar.is_workday(day):
            day = add_days(day, step)
        if day is None:
            return None
    return day


def roll(day: datetime.date, mode: str, calendar: Calendar) -> datetime.date | None:
    """`day`, or if it is no workday the next (`next_workday`) or previous (`previous_workday`) one; with `none` always `day`."""
    if mode == "none":
        return day
    step = 1 if mode == "next_workday" else -1
    moved: datetime.date | None = day
    while moved is not None and not calendar.is_workday(moved):
        moved = add_days(moved, step)
    return moved


