"""A form as a workbook: drop-down lists, formats, comments and colours, so that what is filled in can be read."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from copy import copy
from itertools import groupby

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from policy.lang.form import Column, Form, Sheet
from policy.lang.table import OWN_SHEETS
from policy.messages import text
from policy.width import width

__all__ = ["as_workbook"]

_LAST_ROW = 1_048_576
_INLINE = 255
"""Characters of a list that a validation itself can hold."""
_FORMATS = {"date": "yyyy-mm-dd", "int": "0", "number": "General"}
_RULES = {"date": ("date", "1", "2958465"), "int": ("whole", "-999999999", "999999999"), "number": ("decimal", "-1E+15", "1E+15")}
"""Kinds that a spreadsheet can look after, as type of validation and bounds; for days those of a spreadsheet."""
_REQUIRED, _OPTIONAL, _HEAD = "F8CBAD", "DDEBF7", "D9E1F2"
_BORDER = Border(*[Side("thin", "BFBFBF")] * 4)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_AUTHOR = "policy"
_NARROWEST, _NARROW, _WIDEST = 12, 15, 40
_MANY = 20
"""Columns of a sheet that are too many for wide ones and for A4."""
_ROOM = 3
"""Columns that the answer to a blank above a table may take."""


def as_workbook(form: Form) -> bytes:
    """The workbook of a form: instructions first, then its sheets."""
    book = Workbook()
    book.properties.creator = _AUTHOR
    _guide(book.active, form)
    names = {sheet.name: f"key{number}_" + re.sub(r"\W", "_", sheet.name) for number, sheet in enumerate(form.sheets, 1)}
    choices = _Choices(book, form.language)
    for sheet in form.sheets:
        page = book.create_sheet(sheet.name)
        first = _above(page, sheet)
        _set_up(page, first)
        if len(sheet.columns) > _MANY:
            page.page_setup.paperSize = page.PAPERSIZE_A3
        grouped, widest = any(column.group for column in sheet.columns), _WIDEST if len(sheet.columns) <= _MANY else _NARROW
        for place, column in enumerate(sheet.columns, 1):
            _heading(page, place, (first - 2 if grouped and not column.group else first - 1), first - 1, column)
            _column(page, place, first, column, form.language, choices, names)
            page.column_dimensions[get_column_letter(place)].width = _fitting((column.header, *column.choices), widest)
        _groups(page, first - 2, sheet.columns)
        book.defined_names[names[sheet.name]] = DefinedName(names[sheet.name], attr_text=_called(sheet, first))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _called(sheet: Sheet, first: int) -> str:
    """What the rows of a sheet are called, from row `first` on, as far as they are filled in: a list with blanks would accept anything."""
    quoted, letter = quote_sheetname(sheet.name), get_column_letter(sheet.called_by + 1)
    start = f"{quoted}!${letter}${first}"
    whole = f"{start}:${letter}${_LAST_ROW}"
    return f"{start}:INDEX({whole},MAX(1,COUNTA({whole})))"


class _Choices:
    """Lists for validations: in the validation itself or, where they are too long for it, on a hidden sheet."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._book = book
        self._name = OWN_SHEETS["choices"][language]
        self._columns: dict[tuple[str, ...], int] = {}

    def formula(self, choices: tuple[str, ...]) -> str:
        listed = ",".join(choices)
        if len(listed) <= _INLINE and not any(char in choice for choice in choices for char in ',"'):
            return f'"{listed}"'
        if choices not in self._columns:
            self._write(choices)
        letter = get_column_letter(self._columns[choices])
        return f"{quote_sheetname(self._name)}!${letter}$1:${letter}${len(choices)}"

    def _write(self, choices: tuple[str, ...]) -> None:
        if self._name not in self._book.sheetnames:
            self._book.create_sheet(self._name).sheet_state = "hidden"
        self._columns[choices] = place = len(self._columns) + 1
        for row, choice in enumerate(choices, 1):
            _put(self._book[self._name], row, place, choice)


def _put(page: Worksheet, row: int, column: int, value: str):
    """A cell that is a text, whatever it begins with."""
    cell = page.cell(row, column, value)
    cell.data_type = "s"
    return cell


# --- the tables ------------------------------------------------------------------------------------------------------


def _above(page: Worksheet, sheet: Sheet) -> int:
    """What stands above the table; gives the row where its records begin."""
    rows = 0
    if sheet.title:
        rows += 1
        _put(page, rows, 1, sheet.title).font = Font(bold=True, size=16)
        _merge(page, rows, rows, 1, len(sheet.columns))
        page.row_dimensions[rows].height = 28
    if sheet.blanks:
        rows += 1
        for number, blank in enumerate(sheet.blanks):
            place = 1 + number * (_ROOM + 1)
            _put(page, rows, place, blank).font = Font(bold=True)
            _merge(page, rows, rows, place + 1, place + _ROOM)
            page.cell(rows, place + 1).number_format = "@"
    return rows + 2 + any(column.group for column in sheet.columns)


def _merge(page: Worksheet, top: int, bottom: int, left: int, right: int) -> None:
    if (top, left) != (bottom, right):
        page.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
    page.cell(top, left).alignment = _CENTRED


def _groups(page: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """The headings above columns that belong together."""
    place = 1
    for group, members in groupby(columns, lambda column: column.group):
        count = len(list(members))
        if group:
            cell = _put(page, row, place, group)
            cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", _HEAD), _BORDER
            _merge(page, row, row, place, place + count - 1)
        place += count


def _set_up(page: Worksheet, first: int) -> None:
    """`first` is the row where the records begin."""
    page.freeze_panes = f"B{first}"
    page.print_title_rows = f"1:{first - 1}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.row_dimensions[first - 1].height = 32


def _heading(page: Worksheet, place: int, top: int, bottom: int, column: Column) -> None:
    """What a column is called, with what goes in as a comment; in the rows from `top` to `bottom`."""
    cell = _put(page, top, place, column.header)
    cell.font, cell.border = Font(bold=True), _BORDER
    cell.fill = PatternFill("solid", _REQUIRED if column.required else _OPTIONAL)
    _merge(page, top, bottom, place, place)
    lines = column.comment.count("\n") + 1 + sum(width(line) // 44 for line in column.comment.split("\n"))
    cell.comment = Comment(column.comment, _AUTHOR, width=320, height=24 + 20 * lines)


def _column(
    page: Worksheet, place: int, first: int, column: Column, language: str, choices: _Choices, names: dict[str, str]
) -> None:
    """The format of a column, and from row `first` on what it is held to."""
    letter = get_column_letter(place)
    page.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "@")
    rule = _validation(column, language, choices, names)
    if rule is not None:
        rule.add(f"{letter}{first}:{letter}{_LAST_ROW}")
        page.add_data_validation(rule)


def _fitting(texts: Sequence[str], widest: int) -> int:
    return min(max(_NARROWEST, *(width(one) + 3 for one in texts)), widest)


def _validation(column: Column, language: str, choices: _Choices, names: dict[str, str]) -> DataValidation | None:
    """What a spreadsheet holds entries to: strictly to a list of choices; elsewhere it warns, as more can be read than it knows."""
    if column.kind == "choice":
        style = "warning" if column.several else "stop"
        rule = DataValidation("list", formula1=choices.formula(column.choices), errorStyle=style)
    elif column.kind == "ref":
        rule = DataValidation("list", formula1=names[column.target], errorStyle="warning")  # its row may yet be to come
    elif column.kind in _RULES:
        kind, lowest, highest = _RULES[column.kind]
        rule = DataValidation(kind, operator="between", formula1=lowest, formula2=highest, errorStyle="warning")
    else:
        return None
    rule.allow_blank = rule.showErrorMessage = True
    rule.errorTitle, rule.error = text("F50", language), column.comment.split("\n")[1][:225]  # as much as a spreadsheet shows
    return rule


# --- the instructions ------------------------------------------------------------------------------------------------


def _guide(page: Worksheet, form: Form) -> None:
    page.title = OWN_SHEETS["guide"][form.language]
    for letter, columns in zip("ABC", (26, 62, 40)):
        page.column_dimensions[letter].width = columns
    page.sheet_view.showGridLines = False
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    _put(page, 1, 1, form.title).font = Font(bold=True, size=16)
    for row, line in enumerate(form.lines, 3):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        _put(page, row, 1, line).alignment = _WRAPPED
        page.row_dimensions[row].height = 18 * (1 + width(line) // 140)
    row = len(form.lines) + 4
    for place, (fill, code) in enumerate(((_REQUIRED, "F51"), (_OPTIONAL, "F52"))):
        legend = _put(page, row + place, 1, text(code, form.language))
        legend.fill, legend.border = PatternFill("solid", fill), _BORDER
    _listed(page, row + 3, form)


def _listed(page: Worksheet, row: int, form: Form) -> None:
    """The sheets, with links, what each requires and which ones it refers to."""
    for place, heading in enumerate(form.headings, 1):
        cell = _put(page, row, place, heading)
        cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", _HEAD), _BORDER
    comma = "、" if form.language == "zh" else ", "
    for line, sheet in enumerate(form.sheets, row + 1):
        told = sheet.name, comma.join(sheet.required), comma.join(sheet.targets)
        cells = [_put(page, line, place, said) for place, said in enumerate(told, 1)]
        for cell in cells:
            cell.alignment, cell.border = _WRAPPED, _BORDER
        cells[0].hyperlink = f"#{quote_sheetname(sheet.name)}!A1"
        cells[0].font = Font(color="0563C1", underline="single")
        page.row_dimensions[line].height = 18 * max(1 + width(told[1]) // 64, 1 + width(told[2]) // 40)
