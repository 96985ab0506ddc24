"""Which days and values matter to rules: where deadlines end, months end, holidays begin, and what values are compared with."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from decimal import Decimal

from hypothesis import strategies as st

from policy.lang.reads import expressions
from policy.lang import ir
from policy.lang.dates import WEEKENDS, Calendar, add_days, add_months, add_workdays
from policy.lang.types import MonthDay, Period

__all__ = ["MIDDLE", "constants", "days", "near", "numbers", "periods"]

MIDDLE = datetime.date(2026, 6, 30)
"""The day around which days are drawn where neither an as-of day nor the pack gives one."""


def periods(pack: ir.Pack, rules: Collection[str] | None = None) -> tuple[Period, ...]:
    """The periods that rules with these ids (None: all) reckon with: those written down, and those that a unit may choose."""
    found = {value for value in constants(pack, rules) if isinstance(value, Period)}
    return tuple(sorted(found, key=lambda period: (period.unit, period.amount)))


def constants(pack: ir.Pack, rules: Collection[str] | None = None) -> set[ir.Value]:
    """The values in the expressions of rules: constants, and of each parameter its default and its bounds."""
    found: set[ir.Value] = set()
    for part in expressions(pack, rules):
        if isinstance(part, ir.Const):
            found.add(part.value)
        elif isinstance(part, ir.Param):
            parameter = pack.parameters[part.name]
            found.update(value for value in (parameter.default, parameter.low, parameter.high) if value is not None)
    return found


def days(pack: ir.Pack, calendar: Calendar | None = None, *, rules: Collection[str] | None = None) -> st.SearchStrategy[datetime.date]:
    """Days as of which a pack may be judged: around the days that matter to rules with these ids (None: all)."""
    return st.builds(_moved, st.sampled_from(_marked(pack, MIDDLE, calendar, rules)), st.integers(-2, 2))


def near(
    pack: ir.Pack, as_of: datetime.date, calendar: Calendar | None, rules: Collection[str] | None
) -> st.SearchStrategy[st.SearchStrategy[datetime.date]]:
    """Strategies of days that lie at most two days from one of a few days, or from where a period of the rules ends that begins there."""
    marked, shifts = _marked(pack, as_of, calendar, rules), periods(pack, rules)
    marked += [day for day in marked if day < as_of and (pack.effective is None or pack.effective <= day)] * 3  # what can be seen and counts

    def around(chosen: list[datetime.date]) -> st.SearchStrategy[datetime.date]:
        centres = [as_of, *chosen]
        ends = [day for centre in centres for period in shifts for sign in (1, -1) if (day := _shifted(centre, period, sign)) is not None]
        return st.builds(_moved, st.sampled_from([*centres, *ends]), st.sampled_from((0, 0, 1, 1, -1, 2)))

    return st.lists(st.sampled_from(marked), max_size=2).map(around)


def _marked(pack: ir.Pack, as_of: datetime.date, calendar: Calendar | None, rules: Collection[str] | None) -> list[datetime.date]:
    """The day itself, days that rules name, ends of months around, the leap day, and where holidays begin and end; in their order, once."""
    named = [one for value in constants(pack, rules) for one in _days_of(value, as_of.year)]
    ends = [datetime.date(year, month, 1) - datetime.timedelta(1) for year in (as_of.year, as_of.year + 1) for month in range(1, 13)]
    found = [as_of, *sorted(named), *ends, datetime.date(2028, 2, 29), *_holidays(calendar, as_of)]
    return list(dict.fromkeys([*found, pack.effective] if pack.effective else found))


def _days_of(value: ir.Value, year: int) -> Iterator[datetime.date]:
    if isinstance(value, datetime.date):
        yield value
    elif isinstance(value, MonthDay):
        yield from (datetime.date(one, value.month, min(value.day, 28)) for one in (year - 1, year, year + 1))


def _holidays(calendar: Calendar | None, as_of: datetime.date) -> list[datetime.date]:
    """The holidays of the calendar that begin or end a run of days off, in the year of the day."""
    if calendar is None:
        return []
    off = sorted(day for day in calendar.holidays if day.year == as_of.year)
    return [day for day in off if calendar.is_workday(_moved(day, 1)) or calendar.is_workday(_moved(day, -1))]


def _moved(day: datetime.date, by: int) -> datetime.date:
    return add_days(day, by) or day


def _shifted(day: datetime.date, period: Period, sign: int) -> datetime.date | None:
    if period.unit == "months":
        return add_months(day, sign * period.amount, "down")
    if period.unit == "days":
        return add_days(day, sign * period.amount)
    return add_workdays(day, sign * period.amount, WEEKENDS)


def numbers(values: Collection[ir.Value]) -> list[int | Decimal]:
    """The numbers among values, each with its neighbours."""
    found = [value for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    return sorted({value + step for value in (*found, 0, 1) for step in (-1, 0, 1)})
