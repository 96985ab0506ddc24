"""The holidays and make-up workdays of a year, as a unit writes them down before the calendars that ship know them."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from policy.lang.dates import Calendar
from policy.lang.facts import Problem
from policy.lang.table import column_letters
from policy.load.days import read_day
from policy.load.texts import folded

__all__ = ["CalendarError", "extend", "read_calendar"]

_DATE = frozenset(("date", "日期"))
_KIND = frozenset(("kind", "类型"))
_KINDS = {
    "holiday": "holiday",
    "放假": "holiday",
    "节假日": "holiday",
    "workday": "workday",
    "补班": "workday",
    "上班": "workday",
}


class CalendarError(Exception):
    """A calendar that cannot be used: `problems` says why, each with its row."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))


def read_calendar(path: Path) -> Calendar:
    """The calendar in a CSV file with columns `date` 日期 and `kind` 类型: `holiday` 放假 or `workday` 补班; others are ignored.

    It knows the years in which it has a day; they must follow each other. Raises CalendarError, and OSError if there is no file.
    """
    rows = [(number, row) for number, row in enumerate(_grid(path), 1) if any(map(folded, row))]
    header = [folded(name) for name in rows[0][1]] if rows else []
    date, kind = (next((place for place, name in enumerate(header) if name in names), None) for names in (_DATE, _KIND))
    if date is None or kind is None:
        raise CalendarError([Problem("D050", (), str(path), row=rows[0][0] if rows else None)])
    days: dict[datetime.date, str] = {}
    problems = [
        Problem(code, (("value", value),), str(path), row=number, column=column_letters(place))
        for number, row in rows[1:]
        for code, place, value in _enter(days, row, date, kind)
    ]
    problems += [Problem(code, arguments, str(path)) for code, arguments in _gaps(sorted({day.year for day in days}))]
    if problems:
        raise CalendarError(problems)
    return _calendar(path.stem, days)


def extend(calendar: Calendar, other: Calendar) -> Calendar:
    """A calendar with the years of another, which replace its own. Raises CalendarError when years between them are missing.

    One without any holiday knows nothing of its years, so the other stands alone.
    """
    if not calendar.holidays and not calendar.workdays:
        return other
    gap = other.first - 1 if other.first > calendar.last + 1 else other.last + 1 if other.last < calendar.first - 1 else None
    if gap is not None:
        raise CalendarError([Problem("D055", (("year", str(gap)),), other.name)])
    return Calendar(
        calendar.name,
        min(calendar.first, other.first),
        max(calendar.last, other.last),
        frozenset(day for day in calendar.holidays if not other.knows(day)) | other.holidays,
        frozenset(day for day in calendar.workdays if not other.knows(day)) | other.workdays,
    )


def _grid(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = content.decode(encoding).splitlines()
            return list(csv.reader(lines, delimiter=next((sign for sign in "\t,，" if lines and sign in lines[0]), ",")))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise CalendarError([Problem("D056", (), str(path))])


def _enter(days: dict[datetime.date, str], row: list[str], date: int, kind: int) -> Iterator[tuple[str, int, str]]:
    """Enter the day of a row; gives code, column and value of what is wrong."""
    date_text, kind_text = (row[place].strip() if place < len(row) else "" for place in (date, kind))
    day, means = read_day(folded(date_text)), _KINDS.get(folded(kind_text))
    if not isinstance(day, datetime.date):
        yield "D051", date, date_text
    elif means is None:
        yield "D052", kind, kind_text
    elif days.setdefault(day, means) != means:
        yield "D053", date, day.isoformat()


def _gaps(years: list[int]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    if not years:
        yield "D054", ()
    for before, after in zip(years, years[1:]):
        if after > before + 1:
            yield "D055", (("year", str(before + 1)),)


def _calendar(name: str, days: dict[datetime.date, str]) -> Calendar:
    years = [day.year for day in days]
    holidays, workdays = (frozenset(day for day, means in days.items() if means == kind) for kind in ("holiday", "workday"))
    return Calendar(name, min(years), max(years), holidays, workdays)
