"""Days as people type them: `2026年2月3日`, `26.2.3`, `二〇二六年二月三日上午`, `2026.2.3-4`."""

from __future__ import annotations

import datetime
import re

from policy.load.texts import arabic, is_mark

__all__ = ["IMPOSSIBLE", "NOT_A_DAY", "NO_YEAR", "OUT_OF_RANGE", "UNKNOWN", "UNREADABLE", "day_of_serial", "read_day", "year_of"]

UNREADABLE = "D020"
IMPOSSIBLE = "D021"
NOT_A_DAY = "D022"
UNKNOWN = "D023"
NO_YEAR = "D024"
OUT_OF_RANGE = "D029"

_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d{2})年")
_OPEN = datetime.date(9999, 12, 31)
"""What exports write for an end that is open."""

# the patterns are texts, which re compiles when they are first used: most files have ISO days or real dates
_NOISE = (
    r"[t\s]*(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?|\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"
    r"|上午|下午|中午|晚上|凌晨|早上|傍晚|全天|晚|早"
)
_HOUR = r"\d{1,2}[时点](?:\d{1,2}分?|半|整)?|\(\)|\s+"
_DASHES = str.maketrans("‐−", "--")
_COMPACT = r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)"
_YEAR, _NUMBER = r"(\d{4}|\d{2})", r"(\d{1,2})"
_SINGLE = rf"{_YEAR}[年./。-]{_NUMBER}[月./。-]{_NUMBER}[日号]?"
_RANGE = rf"{_SINGLE}(?:-+|至|到|~|—+|–|、(?=\d+[日号]?$))(?:(?:{_YEAR}[年./-])?{_NUMBER}[月./-])?{_NUMBER}[日号]?"
_YEARLESS = r"\d{1,2}月\d{1,2}(?!\d)"
_MONTH = r"(?:\d{4}|\d{2})[年./-](?:0?[1-9]|1[0-2])月?份?|(?:19|20|21)\d{2}(?:年度?|0[1-9]|1[0-2])?|\d{2}年度?|\d{1,2}月份?"
_VAGUE = r"^(?:拟|预计|计划|待|暂|尚未|未|约|大约|大概|详见|见附)|(?:前|后|左右|底|初|末|旬|许|季度|半年|年内|月内|近期)$"
_SERIAL = r"(\d{5})(?:\.\d+)?"
_BASES = {False: datetime.date(1899, 12, 30), True: datetime.date(1904, 1, 1)}


def read_day(text: str, year: int | None = None, date1904: bool = False, *, first: bool = False) -> datetime.date | str:
    """The day that a text in NFKC and lower case says, the last of several in a row; else the code of what is wrong with it.

    `year` completes a day without one. A number of five digits counts days as spreadsheets do. `first` takes the first instead.
    """
    if is_mark(text):
        return UNKNOWN
    serial = re.fullmatch(_SERIAL, text)
    if serial:
        return day_of_serial(int(serial[1]), date1904)
    text = _simplified(text)
    if re.match(_YEARLESS, text):
        day = _dated(f"{year or 2000}年{text}", first)  # 2000 has every day
        return NO_YEAR if year is None and isinstance(day, datetime.date) else day
    return _dated(text, first)


def day_of_serial(serial: int, date1904: bool) -> datetime.date:
    """The day with a spreadsheet's number (of five digits: earlier days and the mistaken 1900-02-29 cannot arise)."""
    return _BASES[date1904] + datetime.timedelta(serial)


def year_of(*names: str | None) -> int | None:
    """The year that some names agree on, such as `2026年度台账`."""
    years = set(_NAMED_YEAR.findall(" ".join(filter(None, names))))
    return int(years.pop()) if len(years) == 1 else None


def _simplified(text: str) -> str:
    """The text without times of day, days of the week and white space, with Arabic digits and separators between them."""
    text = arabic(re.sub(_NOISE, "", text.translate(_DASHES)))
    return re.sub(_COMPACT, r"\1-\2-\3", re.sub(_HOUR, "", text)).rstrip("-~—–至到、,;。.")


def _dated(text: str, first: bool) -> datetime.date | str:
    match = re.fullmatch(_SINGLE, text)
    if match:
        return _day(*match.groups())
    match = re.fullmatch(_RANGE, text)
    if match:
        last = _last(*match.groups())
        return _day(*match.groups()[:3]) if first and isinstance(last, datetime.date) else last
    if re.fullmatch(_MONTH, text):
        return NOT_A_DAY
    return UNKNOWN if re.search(_VAGUE, text) else UNREADABLE


def _last(year: str, month: str, day: str, end_year: str | None, end_month: str | None, end_day: str) -> datetime.date | str:
    """The end of a range, whose year and month may be those of its start."""
    start, end = _day(year, month, day), _day(end_year or year, end_month or month, end_day)
    if isinstance(start, str) or isinstance(end, str):
        return IMPOSSIBLE
    return end if end >= start else UNREADABLE


def _day(year: str, month: str, day: str) -> datetime.date | str:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    try:
        date = datetime.date(number, int(month), int(day))
    except ValueError:
        return IMPOSSIBLE
    return date if 1900 <= number < 2200 or date == _OPEN else OUT_OF_RANGE
