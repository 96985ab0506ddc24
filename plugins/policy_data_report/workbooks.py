"""Copies of workbooks with their troubled cells marked; data that are in no workbook become one first."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from policy.hooks.spec import DataReport, Document, SourceError
from policy.lang.table import OWN_SHEETS, RawTable, column_letters, column_number
from policy.messages import text
from policy_data_report.formats import add_formats
from policy_data_report.listing import listing
from policy_data_report.marks import Mark, marks_of
from policy_data_report.package import Package
from policy_data_report.sheets import Note, mark_sheet

__all__ = ["documents"]

_WORKBOOKS = (".xlsx", ".xlsm")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
_MOST_ROWS = 200_000
"""Rows of a table that is no workbook's; of a longer one only those with problems are written."""


class _Book(NamedTuple):
    """A workbook to mark; `cell` gives the sheet, row and column (from 1) of a mark, None where it stands for no cell of it.

    `tables` are those that were read from it; none of a workbook that is made here, and so sound.
    """

    title: str
    suffix: str
    content: bytes
    files: frozenset[str]
    cell: Callable[[Mark], tuple[str, int, int] | None]
    tables: Sequence[RawTable] = ()


def documents(report: DataReport) -> Iterator[Document]:
    """The marked workbooks; problems of files that could not be read stand in the list of each."""
    marks = list(marks_of(report.problems, report.language))
    books = list(_books(report, marks))
    own = frozenset().union(*(book.files for book in books))
    for book in books:
        about = [mark for mark in marks if mark.file in book.files or mark.file not in own]
        yield _document(book, about, report)


def _document(book: _Book, marks: Sequence[Mark], report: DataReport) -> Document:
    """A marked workbook; instead of one that is too damaged for that, though it could be read, one made of what was read."""
    try:
        return Document(book.title, book.suffix, _marked(book, marks, report))
    except Exception:  # a damaged part may raise almost anything
        if not book.tables:
            raise
    made = _made(book.tables, marks, report.language)
    return Document(book.title, made.suffix, _marked(made, marks, report, text("Q17", report.language)))


def _books(report: DataReport, marks: Sequence[Mark]) -> Iterator[_Book]:
    rest: list[RawTable] = []
    files: dict[str, list[RawTable]] = {}
    for table in report.tables:
        if table.sheet is not None and os.path.splitext(table.file)[1].lower() in _WORKBOOKS:
            files.setdefault(table.file, []).append(table)
        else:
            rest.append(table)
    yield from (_copied(file, tables) for file, tables in files.items())
    if rest or not files:
        yield _made(rest, marks, report.language)


# --- a workbook as it is ---------------------------------------------------------------------------------------------


def _copied(file: str, tables: Sequence[RawTable]) -> _Book:
    with open(file, "rb") as stream:
        content = stream.read()
    if sha256(content).hexdigest() != tables[0].sha256:
        raise SourceError("D077", file)
    stem, suffix = os.path.splitext(os.path.basename(file))
    labels = {table.sheet: table.labels for table in tables}

    def cell(mark: Mark) -> tuple[str, int, int] | None:
        if mark.file != file or mark.sheet is None or mark.row is None:
            return None
        label = mark.column or next(iter(labels.get(mark.sheet, ())), "A")
        return mark.sheet, mark.row, column_number(label)

    return _Book(stem, suffix.lower(), content, frozenset((file,)), cell, tables)


# --- a workbook made of other data -----------------------------------------------------------------------------------


def _made(tables: Sequence[RawTable], marks: Sequence[Mark], language: str) -> _Book:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    places: dict[tuple[str, str | None], tuple[str, dict[int, int], dict[str, int]]] = {}
    used = {name.casefold() for names in OWN_SHEETS.values() for name in names.values()}
    for table in tables:
        troubled = {mark.row for mark in marks if (mark.file, mark.sheet) == (table.file, table.sheet)}
        name = _sheet_name(table.name, used)
        lines = _fill(book.create_sheet(name), table, troubled)
        places[table.file, table.sheet] = name, lines, {label: place for place, label in enumerate(table.labels, 1)}
    if not tables:
        book.create_sheet(text("Q28", language))
    stream = io.BytesIO()
    book.save(stream)

    def cell(mark: Mark) -> tuple[str, int, int] | None:
        name, lines, columns = places.get((mark.file, mark.sheet), ("", {}, {}))
        return (name, lines[mark.row], columns.get(mark.column or "", 1)) if mark.row in lines else None

    title = os.path.basename(os.path.dirname(tables[0].file)) if tables else ""
    return _Book(title or text("Q28", language), ".xlsx", stream.getvalue(), frozenset(table.file for table in tables), cell)


def _sheet_name(table: str, used: set[str]) -> str:
    """A name that a sheet may have, and that no other has; the table's, as far as possible, as it is read by it again."""
    plain = _FORBIDDEN.sub("_", table)[:_LONGEST_NAME] or "_"
    name, number = plain, 2
    while name.casefold() in used:
        name, number = f"{plain[: _LONGEST_NAME - 6]} {number}", number + 1
    used.add(name.casefold())
    return name


def _fill(sheet, table: RawTable, troubled: set[int | None]) -> dict[int, int]:
    """Write a table; gives the rows of the sheet by the rows of the table: the same where its columns have letters."""
    rows = [row for row in table.rows if row[0] in troubled] if len(table.rows) > _MOST_ROWS else table.rows
    kept = len(rows) == len(table.rows) and all(re.fullmatch("[A-Z]+", label) for label in table.labels)
    lines: dict[int, int] = {}
    last = 0
    for number, cells in [(table.header, table.columns), *rows]:
        line = number if kept and number > last else last + 1
        for _ in range(line - last - 1):
            sheet.append([])
        sheet.append([_plain(sheet, cell) for cell in cells])
        lines[number] = last = line
    return lines


def _plain(sheet, cell: object) -> object:
    """A cell that is nothing but its value: a text stays one, whatever it begins with and however it looks."""
    if not isinstance(cell, str):
        return cell
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    text = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell)[:_LONGEST_CELL])
    text.data_type, text.number_format = "s", "@"
    return text


# --- marking ---------------------------------------------------------------------------------------------------------


def _marked(book: _Book, marks: Sequence[Mark], report: DataReport, remark: str = "") -> bytes:
    package = Package(book.content)
    formats, styles = add_formats(package)
    sheets = package.sheets
    own = next((part for name, part in sheets.items() if name in OWN_SHEETS["problems"].values()), None)
    notes: dict[str, list[Note]] = {part: [] for part in sheets.values() if part != own}
    placed = []
    for mark in marks:
        cell = book.cell(mark)
        part = sheets.get(cell[0]) if cell else None
        if part in notes:
            notes[part].append((*cell[1:], mark.error, _said(mark, report.language)))
        placed.append((mark, _link(*cell) if cell else None))
    for part, found in notes.items():
        mark_sheet(package, part, found, formats)
    sheet = listing(report, placed, styles, package.main, remark)
    if own is None:
        package.add_sheet(OWN_SHEETS["problems"][report.language], sheet)
    else:
        package.replace_sheet(own, sheet)
    return package.saved()


def _said(mark: Mark, language: str) -> str:
    said = text("Q27", language, kind=text("Q25" if mark.error else "Q26", language), said=mark.said)
    return f"{said}\n{mark.instead}" if mark.instead else said


def _link(sheet: str, row: int, column: int) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{column_letters(column - 1)}{row}"
