"""The days on which the sample county works."""

from __future__ import annotations

import datetime
from datetime import date

__all__ = ["AS_OF", "EFFECTIVE", "END_OF_TERM", "NEW_TERM", "SPRING", "after", "month_end", "spread", "workday"]

EFFECTIVE = date(2026, 1, 30)
"""The regulation's first day."""

NEW_TERM = date(2026, 6, 19)
"""The first day of the county committee's new term."""

AS_OF = date(2026, 11, 23)
"""The last day of which the sample tells of talks, and the day to judge it as of."""

END_OF_TERM = date(2028, 12, 20)
"""The last day of which the larger samples tell, three weeks after the end of the terms that count, and the day to judge them as of."""

SPRING = date(2027, 4, 1)
"""The day to judge as of what was reported about the year, all that the sample tells of the time after `AS_OF`."""

_HOLIDAYS = (
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
)


def after(day: date, days: int) -> date:
    """The day `days` after `day`."""
    return day + datetime.timedelta(days=days)


def _worked(day: date) -> bool:
    return day.weekday() < 5 and not any(first <= day <= last for first, last in _HOLIDAYS)


def workday(day: date, step: int = 1) -> date:
    """`day` itself if it is worked, else the next such day (the one before, with step -1)."""
    while not _worked(day):
        day = after(day, step)
    return day


def spread(first: date, last: date, count: int) -> list[date]:
    """`count` different workdays, evenly over the time from `first` to `last`."""
    span = (last - first).days + 1
    days = [day for day in (after(first, n) for n in range(span)) if _worked(day)]
    return [days[n * len(days) // count] for n in range(count)]


def month_end(day: date) -> date:
    """The last day of the month."""
    from calendar import monthrange  # which takes longer to import than the rest of this plug-in

    return day.replace(day=monthrange(day.year, day.month)[1])
