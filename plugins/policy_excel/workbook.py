"""The worksheets of a workbook as tables, alike whichever library reads them.

python-calamine is many times as fast as openpyxl, but is not installed everywhere. It loses formulas that fail or have no
stored result, and neither tells of hidden rows, so these are looked up in the sheet's XML.
"""

from __future__ import annotations

import datetime
import html
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import BinaryIO, NamedTuple
from xml.etree import ElementTree

import attrs

from policy.hooks.spec import RawTable
from policy.lang.table import RawCell, column_number, table_of_grid
from policy_excel.archive import Archive
from policy_excel.beside import of_book, of_sheet

__all__ = ["read_tables"]

_Grids = Callable[[str], Iterable[Sequence[object]]]

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
_ODD = (b"<f>", b"<f ", b":f>", b":f ", b't="e"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_EAST_ASIAN_DAYS = frozenset((*range(27, 37), *range(50, 59)))
"""Built-in formats that are days in Chinese editions (`yyyy年m月d日` is 31); openpyxl does not know them."""
_EXACT = 10**15
"""Workbooks keep 15 digits of a number; a longer one stays a float, as a sign that it was rounded."""


@attrs.frozen
class _Sheet:
    name: str
    state: str
    part: str


class _Look(NamedTuple):
    """What only the XML of a sheet tells: remarks, the cells that readers lose, the ranges that are shown as one cell, and texts beside the cells."""

    notes: tuple[str, ...]
    odd: Sequence[tuple[int, int, str]]
    merged: tuple[tuple[int, int, int, int], ...]
    beside: tuple[tuple[str, str], ...]


def read_tables(stream: BinaryIO, location: str) -> list[RawTable]:
    """The tables of a workbook. What is wrong with the file raises whatever the libraries raise."""
    content = stream.read()
    archive = Archive(content, location)
    date1904, sheets = _contents(archive)
    looks = [_look(archive, sheet) for sheet in sheets]  # before a reader unpacks any of them
    if looks:
        links = (f"external_links {archive.links}",) if archive.links else ()
        looks[0] = looks[0]._replace(notes=(*looks[0].notes, *links), beside=(*looks[0].beside, *of_book(archive)))
    digest, grids = sha256(content).hexdigest(), _grids(stream)
    return [_table(sheet, grids(sheet.name), look, location, digest, date1904) for sheet, look in zip(sheets, looks)]


def _look(archive: Archive, sheet: _Sheet) -> _Look:
    xml = archive.sheet(sheet.part)
    hidden = len(_HIDDEN_ROW.findall(xml)) if b' hidden="' in xml else 0
    notes = ("hidden_sheet",) * (sheet.state == "hidden") + (f"hidden_rows {hidden}",) * bool(hidden)
    odd = any(sign in xml for sign in _ODD)  # most sheets have neither formulas nor failures
    return _Look(notes, list(_odd_cells(xml)) if odd else [], tuple(_merged(xml)), tuple(of_sheet(archive, sheet.part, xml)))


def _table(sheet: _Sheet, grid: Iterable[Sequence[object]], look: _Look, location: str, digest: str, date1904: bool) -> RawTable:
    cells = [  # most cells are plain texts, for which a call would cost more than the rest
        [value or None if value.__class__ is str and "_x" not in value else _cell(value) for value in row] for row in grid
    ]
    for row, column, text in look.odd:
        _put(cells, row, column, text)
    more = {"notes": look.notes, "merged": look.merged}
    return attrs.evolve(table_of_grid(sheet.name, location, sheet.name, cells, sha256=digest, date1904=date1904, **more), beside=look.beside)


# --- the two libraries -----------------------------------------------------------------------------------------------


def _grids(stream: BinaryIO) -> _Grids:
    """What gives the cells of a sheet by its name."""
    stream.seek(0)
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        return _openpyxl_grids(stream)
    workbook = CalamineWorkbook.from_filelike(stream)
    return lambda name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _openpyxl_grids(stream: BinaryIO) -> _Grids:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that it does not keep; nothing is written here
        workbook = load_workbook(stream, read_only=True, data_only=True)
    workbook._date_formats.update(
        index for index, style in enumerate(workbook._cell_styles) if style.numFmtId in _EAST_ASIAN_DAYS
    )
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # some programs write wrong ones
    return lambda name: workbook[name].iter_rows(values_only=True)


def _cell(value: object) -> RawCell:
    """A value of either library: no empty texts, whole numbers as such, days without midnight."""
    if value.__class__ is str:
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value or None
    if isinstance(value, datetime.datetime):
        return _day(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if abs(value) >= _EXACT else int(value) if value == int(value) else value
    return str(value) if isinstance(value, (datetime.time, datetime.timedelta)) else value


def _day(value: datetime.datetime) -> datetime.date:
    if value.microsecond:  # a fraction of a day is no exact number of seconds
        value = value.replace(microsecond=0) + datetime.timedelta(seconds=round(value.microsecond / 1e6))
    return value if value.time() != datetime.time() else value.date()


# --- what stands in the XML only -------------------------------------------------------------------------------------


def _contents(archive: Archive) -> tuple[bool, list[_Sheet]]:
    """Whether days are counted from 1904, and the worksheets that people can see, or make visible."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    parts = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        if relation.get("Type", "").endswith("/worksheet")
    }
    properties = book.find("{*}workbookPr")
    sheets = [
        _Sheet(element.get("name", ""), element.get("state", "visible"), _part(parts[id]))
        for element in book.iterfind("{*}sheets/{*}sheet")
        if (id := element.get(_RELATION) or element.get(_STRICT_RELATION)) in parts
    ]
    date1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return date1904, [sheet for sheet in sheets if sheet.state != "veryHidden"]


def _part(target: str) -> str:
    """The name of a part in the archive: absolute, or relative to the workbook's folder."""
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _odd_cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Row and column (from 0) and text of the cells whose formula fails (`#N/A`) or has no stored result (`=A1+1`)."""
    for attributes, content in _CELL.findall(xml):
        place, kind = _PLACE.search(attributes), _TYPE.search(attributes)
        value, formula = _VALUE.search(content), _FORMULA.search(content)
        if place is None:
            continue
        if kind and kind[1] == b"e" and value:
            text = value[1].decode()
        elif formula and not value and not (kind and kind[1] == b"str"):  # an empty text is a result
            text = "=" + (html.unescape((formula[1] or b"").decode()) or "…")
        else:
            continue
        yield int(place[2]) - 1, column_number(place[1].decode()) - 1, text


def _merged(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    """The ranges that are shown as one cell: first row, first column, last row, last column. They stand behind the cells."""
    for left, top, right, bottom in _MERGED.findall(xml, max(xml.rfind(b"sheetData"), 0)):
        yield int(top), column_number(left.decode()) - 1, int(bottom), column_number(right.decode()) - 1


def _put(cells: list[list[RawCell]], row: int, column: int, text: str) -> None:
    cells.extend([] for _ in range(row + 1 - len(cells)))
    cells[row].extend([None] * (column + 1 - len(cells[row])))
    cells[row][column] = text
