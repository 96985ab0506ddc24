"""A form as a workbook: drop-down lists, formats, comments and colours, so that what is filled in can be read."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from policy.lang.form import Column, Form
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
_AUTHOR = "policy"
_NARROWEST, _WIDEST = 12, 40


def as_workbook(form: Form) -> bytes:
    """The workbook of a form: instructions first, then its sheets."""
    book = Workbook()
    book.properties.creator = _AUTHOR
    _guide(book.active, form)
    names = {sheet.name: f"key{number}_" + re.sub(r"\W", "_", sheet.name) for number, sheet in enumerate(form.sheets, 1)}
    choices = _Choices(book, form.language)
    for sheet in form.sheets:
        page = book.create_sheet(sheet.name)
        _set_up(page)
        for place, column in enumerate(sheet.columns, 1):
            _column(page, place, column, form.language, choices, names)
        book.defined_names[names[sheet.name]] = DefinedName(names[sheet.name], attr_text=_keys(sheet.name))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _keys(sheet: str) -> str:
    """The keys of a sheet as far as they are filled in: a list with blanks would accept anything."""
    quoted = quote_sheetname(sheet)
    whole = f"{quoted}!$A$2:$A${_LAST_ROW}"
    return f"{quoted}!$A$2:INDEX({whole},MAX(1,COUNTA({whole})))"


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


def _set_up(page: Worksheet) -> None:
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.row_dimensions[1].height = 32


def _column(page: Worksheet, place: int, column: Column, language: str, choices: _Choices, names: dict[str, str]) -> None:
    letter = get_column_letter(place)
    cell = _put(page, 1, place, column.header)
    cell.font, cell.border = Font(bold=True), _BORDER
    cell.fill = PatternFill("solid", _REQUIRED if column.required else _OPTIONAL)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    lines = column.comment.count("\n") + 1 + sum(width(line) // 44 for line in column.comment.split("\n"))
    cell.comment = Comment(column.comment, _AUTHOR, width=320, height=24 + 20 * lines)
    page.column_dimensions[letter].width = _fitting((column.header, *column.choices))
    page.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "@")
    rule = _validation(column, language, choices, names)
    if rule is not None:
        rule.add(f"{letter}2:{letter}{_LAST_ROW}")
        page.add_data_validation(rule)


def _fitting(texts: Sequence[str]) -> int:
    return min(max(_NARROWEST, *(width(one) + 3 for one in texts)), _WIDEST)


def _validation(column: Column, language: str, choices: _Choices, names: dict[str, str]) -> DataValidation | None:
    """What a spreadsheet holds entries to: strictly to a list of choices; elsewhere it warns, as more can be read than it knows."""
    title, said = text("F50", language), column.comment.split("\n")[1]
    if column.kind == "choice":
        rule = DataValidation("list", formula1=choices.formula(column.choices), errorStyle="stop")
    elif column.kind == "ref":
        rule = DataValidation("list", formula1=names[column.target], errorStyle="warning")  # its row may yet be to come
    elif column.kind in _RULES:
        kind, lowest, highest = _RULES[column.kind]
        rule = DataValidation(kind, operator="between", formula1=lowest, formula2=highest, errorStyle="warning")
    else:
        return None
    rule.allow_blank = rule.showErrorMessage = True
    rule.errorTitle, rule.error = title, said[:225]  # as much as a spreadsheet shows
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
