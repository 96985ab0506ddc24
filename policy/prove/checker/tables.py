"""How values come of values: truth by Kleene's tables, days, functions and comparisons, each reckoned here on its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from policy.lang.proof import Interval, Premises, Value
from policy.lang.types import Period

__all__ = [
    "FUNCTIONS", "ONE_DAY", "all_of", "any_of", "compared", "day_or_none", "months_on", "negated", "rolled", "same", "workdays_on",
]  # fmt: skip

# --- Kleene's tables -------------------------------------------------------------------------------------------------


def negated(truth: bool | None) -> bool | None:
    return {True: False, False: True, None: None}[truth]


def all_of(truths: Iterable[bool | None]) -> bool | None:
    found = set(truths)
    return False if False in found else None if None in found else True


def any_of(truths: Iterable[bool | None]) -> bool | None:
    return negated(all_of(map(negated, truths)))


# --- days ------------------------------------------------------------------------------------------------------------

ONE_DAY = datetime.timedelta(1)


def day_or_none(make: Callable[[], datetime.date]) -> datetime.date | None:
    """A day; None where the calendar has no such day."""
    try:
        return make()
    except (ValueError, OverflowError):
        return None


def months_on(day: datetime.date, months: int, mode: str) -> datetime.date | None:
    """The day of the same number so many months on; where there is none the month's last, the first of the next, or none, by `mode`."""
    years, month = divmod(day.month - 1 + months, 12)
    first = day_or_none(lambda: datetime.date(day.year + years, month + 1, 1))
    if first is None:
        return None
    same = day_or_none(lambda: first.replace(day=day.day))
    if same is not None or mode == "error":
        return same
    last = first.replace(day=28)
    while (last + ONE_DAY).month == first.month:
        last += ONE_DAY
    return last if mode == "down" else last + ONE_DAY


def _works(day: datetime.date, premises: Premises) -> bool:
    weekend = day.isoweekday() > 5
    return day in premises.calendar.workdays if weekend else day not in premises.calendar.holidays


def workdays_on(day: datetime.date, workdays: int, premises: Premises) -> datetime.date | None:
    """The day on which so many workdays have passed, not counting the first."""
    left, current = abs(workdays), day
    while left:
        following = day_or_none(lambda: current + (ONE_DAY if workdays > 0 else -ONE_DAY))
        if following is None:
            return None
        current = following
        left -= _works(current, premises)
    return current


def rolled(day: datetime.date, mode: str, premises: Premises) -> datetime.date | None:
    current: datetime.date | None = day
    while current is not None and mode != "none" and not _works(current, premises):
        current = day_or_none(lambda: current + (ONE_DAY if mode == "next_workday" else -ONE_DAY))
    return current


# --- functions and comparisons ---------------------------------------------------------------------------------------

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "year_of": lambda day: day.year,
    "month_of": lambda day: day.month,
    "day_of_month": lambda day: day.day,
    "date": lambda year, month, day: day_or_none(lambda: datetime.date(year, month, day)),
    "day_in": lambda year, day: day_or_none(lambda: datetime.date(year, day.month, day.day)),
    "earlier": lambda one, other: one if one <= other else other,
    "later": lambda one, other: one if one >= other else other,
    "length": len,
    "starts_with": lambda text, part: text[: len(part)] == part,
    "contains": lambda text, part: text.find(part) >= 0,
    "sorts_before": lambda one, other: one < other,
    "add": lambda one, other: one + other,
    "sub": lambda one, other: one - other,
    "mul": lambda one, other: one * other,
    "negate": lambda one: -one,
    "days_between": lambda later, earlier: Period(later.toordinal() - earlier.toordinal(), "days"),
}
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda one, other: one < other,
    "le": lambda one, other: one <= other,
    "gt": lambda one, other: one > other,
    "ge": lambda one, other: one >= other,
}


def compared(operator: str, left: Any, right: Any) -> bool | None:
    """A comparison; with a count whatever it is for every number that the count may be."""
    if operator == "ne":
        return negated(compared("eq", left, right))
    if not isinstance(left, Interval) and not isinstance(right, Interval):
        return left == right if operator == "eq" else _ORDERS[operator](left, right)
    if operator == "eq":
        return all_of((compared("le", left, right), compared("ge", left, right)))
    ends = [side if isinstance(side, Interval) else (side, side) for side in (left, right)]
    truths = {_ORDERS[operator](one, other) for one in ends[0] for other in ends[1]}
    return truths.pop() if len(truths) == 1 else None


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same; 1 is not true."""
    return type(one) is type(other) and one == other
