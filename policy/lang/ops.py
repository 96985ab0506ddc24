"""The table of built-in functions: their names, types and meaning. All are strict: of a missing argument they are missing."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from policy.lang.noun import noun
from policy.lang.types import DATE, DAYS, INT, MONTH_DAY, NUMBER, TEXT, MonthDay, Period, Type

__all__ = ["FUNCTIONS", "OPERATORS", "Function"]


@noun
class Function:
    """A function: `call` gets values that are not missing, and may return None for missing; it never raises."""

    name: str
    label: str | None
    parameters: tuple[Type, ...]
    result: Type
    call: Callable[..., Any]


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _day_of(year: int, day: MonthDay) -> datetime.date | None:
    return _day(year, day.month, day.day)


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("year_of", "年份", (DATE,), INT, lambda day: day.year),
        Function("month_of", "月份", (DATE,), INT, lambda day: day.month),
        Function("day_of_month", "日数", (DATE,), INT, lambda day: day.day),
        Function("date", "日期", (INT, INT, INT), DATE, _day),
        Function("day_in", "当年日", (INT, MONTH_DAY), DATE, _day_of),
        Function("earlier", "较早", (DATE, DATE), DATE, min),
        Function("later", "较晚", (DATE, DATE), DATE, max),
        Function("length", "字数", (TEXT,), INT, len),
        Function("starts_with", "开头为", (TEXT, TEXT), Type("bool"), str.startswith),
        Function("contains", "包含", (TEXT, TEXT), Type("bool"), lambda text, part: part in text),
        Function("sorts_before", "排在前", (TEXT, TEXT), Type("bool"), lambda first, second: first < second),
    )
}
"""By identifier. `under` is not here: it walks rows."""


def _days_between(later: datetime.date, earlier: datetime.date) -> Period:
    return Period((later - earlier).days, "days")


OPERATORS: dict[str, tuple[Function, ...]] = {
    "add": (
        Function("add", None, (INT, INT), INT, lambda a, b: a + b),
        Function("add", None, (NUMBER, NUMBER), NUMBER, lambda a, b: a + b),
    ),
    "sub": (
        Function("sub", None, (INT, INT), INT, lambda a, b: a - b),
        Function("sub", None, (NUMBER, NUMBER), NUMBER, lambda a, b: a - b),
        Function("days_between", None, (DATE, DATE), DAYS, _days_between),
    ),
    "mul": (
        Function("mul", None, (INT, INT), INT, lambda a, b: a * b),
        Function("mul", None, (NUMBER, NUMBER), NUMBER, lambda a, b: a * b),
    ),
    "negate": (
        Function("negate", None, (INT,), INT, lambda a: -a),
        Function("negate", None, (NUMBER,), NUMBER, lambda a: -a),
    ),
}
"""Arithmetic by operator, one function per combination of types; an int stands where a number is wanted. `ir.Apply` names the function."""
