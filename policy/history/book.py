"""The kept runs as a workbook: runs, rules and bearers by month, and a sheet of all changes."""

from __future__ import annotations

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from policy.history.tables import Cell, Table, bearers, changes, rules, runs
from policy.lang.annals import Annals
from policy.messages.voice import Voice
from policy.width import harmless, width

__all__ = ["written"]

_WIDEST = 60


def written(annals: Annals, language: str) -> bytes:
    """The workbook. What stands in a cell is a text or a number, never a formula."""
    words = Voice(language, annals.labels)
    changed = [[month.name, line] for month in annals.months for line in changes(month, words)]
    tables = {
        words.say("B92"): runs(annals, words),
        words.say("R31"): rules(annals, words),
        words.say("B104"): bearers(annals, words),
        words.say("B105"): Table(words.say("B105"), [words.say("B106"), words.say("B105")], changed),
    }
    book = Workbook(write_only=True)
    for name, table in tables.items():
        _sheet(book.create_sheet(name), table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(sheet, table: Table) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(zip(table.header, *table.rows), 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(width(str(cell)) for cell in column) + 2, _WIDEST)
    sheet.append(_cells(sheet, table.header, bold=True))
    for row in table.rows:
        sheet.append(_cells(sheet, row))


def _cells(sheet, row: Iterable[Cell], bold: bool = False) -> list[WriteOnlyCell]:
    return [_cell(sheet, value, bold) for value in row]


def _cell(sheet, value: Cell, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, harmless(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with `=` stays one
    if bold:
        cell.font = Font(bold=True)
    return cell
