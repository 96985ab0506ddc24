"""Days as numbers, and what months do with them: a day is the number of its ordinal, between two bounds of years.

Years are reckoned from March, so that the day that is there only every fourth year is the last one; within the bounds every fourth
year has it. What would lie outside the bounds is not known.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

import z3

from policy.analyse.logic import Formula, Value, both, choose, either, equal, negated

__all__ = ["FIRST", "LAST", "Month", "day_of", "given", "month_of", "shifted", "within"]

FIRST, LAST = datetime.date(2010, 1, 1), datetime.date(2089, 12, 31)
"""The days that data may have. What is reckoned from them may lie ten years before and after."""
_BASE, _END = datetime.date(2000, 3, 1).toordinal(), datetime.date(2099, 12, 31).toordinal()
_STARTS = [0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337]
_LENGTHS = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29]


class Month(NamedTuple):
    """A day taken apart: the year that begins in March, months since March, day of the month."""

    year: Any
    month: Any
    day: Any

    @property
    def civil(self) -> tuple[Any, Any]:
        """The year and month as people write them."""
        late = self.month >= 10
        return self.year + choose(late, 1, 0), self.month + choose(late, -9, 3)


def within(day: Any) -> Formula:
    """Whether a day lies between the bounds of what can be reckoned."""
    return both(day >= _BASE, day <= _END)


def given(day: Any) -> Formula:
    """Whether a day lies between the bounds of what data may have."""
    return both(day >= FIRST.toordinal(), day <= LAST.toordinal())


def month_of(day: Any, fresh: Callable[[str], Any]) -> tuple[Month, Formula]:
    """A day taken apart, and what has to hold for that."""
    parts = Month(fresh("year"), fresh("month"), fresh("day"))
    proper = both(parts.year >= 2000, parts.year <= 2099, parts.month >= 0, parts.month <= 11, parts.day >= 1, parts.day <= _length(parts))
    return parts, both(proper, either(negated(within(day)), equal(day, _start(parts) + parts.day - 1)))


def _table(month: Any, numbers: list[int]) -> Any:
    result: Any = numbers[-1]
    for number in range(len(numbers) - 2, -1, -1):
        result = choose(equal(month, number), numbers[number], result)
    return result


def _start(parts: Month) -> Any:
    years = parts.year - 2000
    return _BASE + 365 * years + _quarter(years) + _table(parts.month, _STARTS)


def _quarter(years: Any) -> Any:
    return years // 4 if isinstance(years, int) else years / 4


def _length(parts: Month) -> Any:
    leap = equal((parts.year + 1) % 4, 0)
    return choose(both(equal(parts.month, 11), negated(leap)), 28, _table(parts.month, _LENGTHS))


def shifted(parts: Month, months: Any, mode: str) -> Value:
    """The corresponding day so many months later; by `mode` where that month is too short."""
    number = parts.year * 12 + parts.month + months
    target = Month(number // 12 if isinstance(number, int) else number / 12, number % 12, parts.day)
    short = parts.day > _length(target)
    begin, length = _start(target), _length(target)
    day = begin + choose(short, length + (1 if mode == "up" else 0), parts.day) - 1
    return Value(day, short if mode == "error" else False)


def day_of(year: Any, month: Any, day: Any) -> Value:
    """The day of a year, month and day; missing where there is none."""
    early = month <= 2
    parts = Month(year - choose(early, 1, 0), month + choose(early, 9, -3), day)
    there = both(month >= 1, month <= 12, day >= 1, day <= _length(parts))
    return Value(_start(parts) + day - 1, negated(there))
