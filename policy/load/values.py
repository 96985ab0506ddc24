"""A cell as a value of its field's type, or what is wrong with it. Nothing here raises, whatever the cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import NamedTuple
from unicodedata import normalize

from policy.lang.keywords import UNITS
from policy.lang.schema import Enum, Vocabulary
from policy.lang.secrecy import LEVELS
from policy.lang.table import Opaque, RawCell
from policy.lang.types import MonthDay, Period, Type
from policy.load.days import NOT_A_DAY, UNKNOWN, read_day
from policy.load.secrecy import level_of
from policy.load.texts import arabic, clean, folded, is_mark
from policy.near import nearest

__all__ = ["DITTO", "Trouble", "Value", "are_codes", "read_value", "reader", "text_of", "truth"]

Value = str | int | Decimal | datetime.date | bool | Period | MonthDay


class Trouble(NamedTuple):
    """A cell without a value: `code` and `arguments` of its message; no `error` if it says that nothing is known."""

    code: str
    error: bool = True
    arguments: tuple[tuple[str, str], ...] = ()


_Interpreter = Callable[[str, RawCell], "Value | Trouble"]

_NOTHING_KNOWN = Trouble(UNKNOWN, error=False)
_ROUNDED = Trouble("D027")
_FORMULA = r"=[^=\s]"
_QUOTED = r'="([^"]*)"'  # how exports keep the leading zeros of a number from a spreadsheet
_FAILURES = frozenset("#N/A #REF! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #GETTING_DATA".split())
DITTO = frozenset(("同上", "同左", "〃", "″", "′′", '"', "''"))
"""What stands, folded, for the content of the cell above."""
_LONGEST_CELL = 32_767
"""Characters that a spreadsheet keeps in a cell; what is longer is no cell, and takes long to understand."""
_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number."""
_SCIENTIFIC = r"\d(?:\.\d+)?E\+\d{2,}"  # what they write to a text file instead of a long one


def read_value(
    cell: RawCell, type: Type, vocabulary: Vocabulary, *, year: int | None = None, date1904: bool = False
) -> Value | Trouble | None:
    """The value of a cell as a type; None if the cell is empty. See `reader`."""
    return reader(type, vocabulary, year=year, date1904=date1904)(cell)


def reader(
    type: Type, vocabulary: Vocabulary, *, year: int | None = None, date1904: bool = False
) -> Callable[[RawCell], Value | Trouble | None]:
    """What reads the cells of a column: gives a value of `type`, None for an empty cell, a Trouble for one without a value.

    `year` completes days without one; `date1904` is the base of days that a workbook counts.
    """
    if type.is_enum:
        interpret = _enum(vocabulary.enums[type.name])
    elif type.kind == "date":
        interpret = partial(_date, year, date1904)
    else:
        interpret = _INTERPRETERS[type.kind]

    def read(cell: RawCell) -> Value | Trouble | None:
        text = text_of(cell)
        return interpret(text, cell) if text.__class__ is str else text

    def read_code(cell: RawCell) -> Value | Trouble | None:
        return cell if cell.__class__ is str and _is_code(cell) else read(cell)

    return read_code if type.kind in _CODED else read


def are_codes(cells: Collection[RawCell], kind: str) -> bool:
    """Whether each cell of a column, whose type is of a kind, is its own value, as most keys and references are, so that none need be read."""
    return kind in _CODED and set(map(type, cells)) <= {str} and all(map(_is_code, set(cells)))


_CODED = ("text", "ref")
_is_code = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,62}[0-9]").fullmatch
"""Whether a text is a plain code such as T012-S3, as most keys are: neither a mark nor a number, and in no need of cleaning."""


# --- cells as texts --------------------------------------------------------------------------------------------------


def text_of(cell: RawCell) -> str | Trouble | None:
    """A cell as it would be typed; None if it is empty."""
    if cell.__class__ is str:
        if len(cell) > _LONGEST_CELL:
            return Trouble("D037")
        return Trouble("D202") if "\0" in cell else _typed(clean(cell))
    if cell.__class__ is Opaque:
        return Trouble("D203")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (float, Decimal)):
        return _decimal_text(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return None if cell is None else str(cell)


def _typed(text: str) -> str | Trouble | None:
    if not text:
        return None
    if text[0] == "=":
        quoted = re.fullmatch(_QUOTED, text)
        if quoted:
            return clean(quoted[1]) or None
        return Trouble("D025") if re.match(_FORMULA, text) else text
    return Trouble("D026") if text in _FAILURES else text


def _decimal_text(cell: float | Decimal) -> str | None:
    """A number as a text, a whole one without a fraction; None for what is not a number (NaN)."""
    if cell != cell:
        return None
    if abs(cell) < _EXACT and cell == int(cell):
        return str(int(cell))
    return str(cell)


# --- texts as values -------------------------------------------------------------------------------------------------


def _plain(text: str, cell: RawCell) -> str | Trouble:
    rounded = abs(cell) >= _EXACT if cell.__class__ is float else "E+" in text and re.fullmatch(_SCIENTIFIC, text)
    return _ROUNDED if rounded else text


def _ref(text: str, cell: RawCell) -> str | Trouble:
    compared = folded(text)
    if compared in DITTO:
        return Trouble("D028")
    return _NOTHING_KNOWN if is_mark(compared) else _plain(text, cell)


def _or_unknown(text: str, code: str) -> Trouble:
    """What is wrong with a folded text that no interpreter knows."""
    if text in DITTO:
        return Trouble("D028")
    return _NOTHING_KNOWN if is_mark(text) else Trouble(code)


_ISO = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"


def _date(year: int | None, date1904: bool, text: str, cell: RawCell) -> datetime.date | Trouble:
    if isinstance(cell, datetime.date):
        return cell.date() if isinstance(cell, datetime.datetime) else cell
    if re.fullmatch(_ISO, text):  # the general way takes ten times as long
        with suppress(ValueError):
            return datetime.date.fromisoformat(text)
    text = normalize("NFKC", text).lower()
    if text in DITTO:
        return Trouble("D028")
    day = read_day(text, year, date1904)
    return Trouble(day, error=day not in (UNKNOWN, NOT_A_DAY)) if day.__class__ is str else day


_YES = frozenset(map(folded, "√ ✓ ✔ ☑ ■ ● 是 有 对 真 符合 y yes t true 1".split()))
_NO = frozenset(map(folded, "× ✕ ✖ ✗ ✘ ☐ □ 否 无 不 不是 没有 错 假 不符合 n no f false 0".split()))


def truth(text: str) -> bool | None:
    """What a folded text says as a mark of yes or no; None where it is none."""
    return True if text in _YES else False if text in _NO else None


def _bool(text: str, cell: RawCell) -> bool | Trouble:
    text = folded(text)
    said = truth(text)
    return _or_unknown(text, "D032") if said is None else said


_LONGEST_INT = 18
_COMMAS = r"(?<=\d),(?=\d{3}(?!\d))"
_INT = rf"([+-]?\d{{1,{_LONGEST_INT}}})(?:\.0+)?(?:年度?|人次?|次|个|名|项|件|份|条|日|天)?"
_NUMBER = r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:e[+-]?\d{1,2})?"


def _int(text: str, cell: RawCell) -> int | Trouble:
    if len(text) < _LONGEST_INT and text.isascii() and text.isdecimal():
        return int(text)
    text = folded(text)
    match = re.fullmatch(_INT, re.sub(_COMMAS, "", arabic(text)))
    return int(match[1]) if match else _or_unknown(text, "D030")


def _number(text: str, cell: RawCell) -> Decimal | Trouble:
    text = folded(text)
    number = re.sub(_COMMAS, "", text)
    return Decimal(number) if re.fullmatch(_NUMBER, number) else _or_unknown(text, "D031")


_PERIOD = r"(-?\d{1,6})(\D+)"
_UNITS = {spelling: unit for unit, languages in UNITS.items() for spellings in languages.values() for spelling in spellings}
_MULTIPLES = {"weeks": (7, "days"), "years": (12, "months")}


def _period(unit: str, text: str, cell: RawCell) -> Period | Trouble:
    text = folded(text)
    match = re.fullmatch(_PERIOD, arabic(text))
    found = _UNITS.get(match[2]) if match else None
    factor, found = _MULTIPLES.get(found, (1, found))
    return Period(int(match[1]) * factor, unit) if found == unit else _or_unknown(text, "D033")


_MONTH_DAY = r"(\d{1,2})[-./月](\d{1,2})[日号]?"


def _month_day(text: str, cell: RawCell) -> MonthDay | Trouble:
    text = folded(text)
    match = re.fullmatch(_MONTH_DAY, arabic(text))
    if not match:
        return _or_unknown(text, "D034")
    month, day = int(match[1]), int(match[2])
    try:
        datetime.date(2000, month, day)  # a leap year
    except ValueError:
        return Trouble("D021")
    return MonthDay(month, day)


def _enum(enum: Enum) -> _Interpreter:
    names = {folded(name): member.name for member in enum.members for name in (member.label, member.name) if name}
    members = frozenset(member.name for member in enum.members)
    marks = members if members <= LEVELS.keys() else None

    def interpret(text: str, cell: RawCell) -> str | Trouble:
        compared = folded(text)
        if compared in names:
            return names[compared]
        if marks and level_of(text) in marks:  # with its term: `秘密★10年`
            return level_of(text)
        trouble = _or_unknown(compared, "D036")
        return _strange(text, enum) if trouble.code == "D036" else trouble

    return interpret


def _strange(text: str, enum: Enum) -> Trouble:
    """What to say of a text that is no member: the nearest member, else all of them."""
    near = nearest(text, [name for member in enum.members for name in (member.label, member.name) if name])
    if near:
        return Trouble("D035", arguments=(("nearest", near),))
    return Trouble("D036", arguments=(("members", "\n".join(member.label or member.name for member in enum.members)),))


_INTERPRETERS: dict[str, _Interpreter] = {
    "text": _plain,
    "ref": _ref,
    "bool": _bool,
    "int": _int,
    "number": _number,
    "days": partial(_period, "days"),
    "workdays": partial(_period, "workdays"),
    "months": partial(_period, "months"),
    "month_day": _month_day,
}
