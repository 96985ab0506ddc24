"""Cells as a workbook keeps them. A text is written as a text: nothing in it can be a formula, a control character or too long."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from policy.width import harmless
from policy_xlsx.formats import QUOTED

__all__ = ["Cell", "column_letters", "harmless_text", "row_xml", "units"]

Cell = tuple[str, str | int | datetime.date | None]
"""The name of a format, and a value."""

_LONGEST = 32_767
"""Characters of a cell, as UTF-16 counts them."""
_CUT = "…"
_FORMULA = frozenset("=+-@＝＋－＠")
"""What a text may begin with that a spreadsheet would take for a formula if somebody typed it."""
_SPECIAL = re.compile(r"[^ -%'-;=?-~\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]|_(?=x[0-9A-Fa-f]{4}_)")
"""What may need care: all but ASCII and Chinese without `&<>`; and what would be read as the number of a character."""
_FIRST_DAY = datetime.date(1899, 12, 30)
_SURE = datetime.date(1900, 3, 1)
"""The first day that all spreadsheets count alike."""


def harmless_text(value: str) -> str:
    """A text as a cell shows it: control characters made visible, cut where it is too long."""
    value = harmless(value)
    if len(value) * 2 > _LONGEST and units(value) > _LONGEST:
        value = value.encode("utf-16-le", "replace")[: 2 * (_LONGEST - 1)].decode("utf-16-le", "ignore") + _CUT
    return value


def units(text: str) -> int:
    """The length of a text as a spreadsheet counts it."""
    return len(text.encode("utf-16-le", "replace")) // 2


def column_letters(number: int) -> str:
    """The letters of a column, from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def row_xml(number: int, cells: Iterable[Cell], height: float = 0) -> str:
    """A row with its cells, from the first column on."""
    tall = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>' + "".join([_cell(f"{_LETTERS[place]}{number}", *cell) for place, cell in enumerate(cells)]) + "</row>"


_LETTERS = [column_letters(number) for number in range(64)]


def _cell(place: str, look: str, value: str | int | datetime.date | None) -> str:
    style = QUOTED[look]
    if value is None or value == "":
        return f'<c r="{place}" s="{style - 1}"/>'
    if isinstance(value, int):
        return f'<c r="{place}" s="{style - 1}"><v>{value}</v></c>'
    if not isinstance(value, str):
        if value >= _SURE:
            return f'<c r="{place}" s="{style - 1}"><v>{(value - _FIRST_DAY).days}</v></c>'
        value = value.isoformat()
    if value[0] not in _FORMULA:
        style -= 1
    if len(value) * 2 > _LONGEST or _SPECIAL.search(value):
        value = _escaped(harmless_text(value))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
