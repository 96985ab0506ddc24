"""A workbook written row by row into its archive: of no sheet there is more than a row in memory, and nothing in a temporary file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import IO, BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

import attrs

from policy_xlsx.cells import Cell, column_letters, harmless_text, row_xml
from policy_xlsx.formats import styles_part

__all__ = ["LAST_ROW", "Book", "Row", "Sheet"]

LAST_ROW = 1_048_576
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BLOCK = 500
"""Rows that are written at once."""
_LEVEL = 3
"""Of compression: a file of 6 is a tenth smaller and takes twice as long."""


@attrs.frozen
class Sheet:
    """How a sheet is set up: `head` is the row of its headings (0: it has none), which stays in view and stands on every page.

    `widths` of its columns in characters; the first `printed` of them are printed. `header` is what stands above every page: to
    the left, in the middle.
    """

    name: str
    widths: Sequence[float]
    printed: int
    header: tuple[str, str]
    head: int = 0
    tab: str = ""


@attrs.frozen
class Row:
    """A row of a sheet: its cells from the first column on, its height in points (0: what its texts need).

    `across` makes its first cell as wide as the sheet; `link` is the sheet that a click on it leads to.
    """

    cells: Sequence[Cell] = ()
    height: float = 0
    across: bool = False
    link: str = ""


class Book:
    """A workbook being written; `close` makes it whole. Its parts bear no time of their own, so that equal reports are equal files."""

    def __init__(self, stream: BinaryIO, font: str) -> None:
        self._archive = ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self._font = font
        self._sheets: list[tuple[Sheet, int]] = []

    def sheet(self, sheet: Sheet, rows: Iterable[Row]) -> None:
        """Write a sheet, row by row."""
        numbered = enumerate(rows, 1)
        marked: list[tuple[int, Row]] = []
        last = 0
        with self._part(f"xl/worksheets/sheet{len(self._sheets) + 1}.xml") as part:
            _write(part, _before(sheet))
            while block := list(islice(numbered, _BLOCK)):
                _write(part, *[row_xml(number, row.cells, row.height) for number, row in block])
                marked += [(number, row) for number, row in block if row.across or row.link]
                last = block[-1][0]
            _write(part, _after(sheet, marked, last))
        self._sheets.append((sheet, last))

    def close(self) -> None:
        """Write what holds the sheets together."""
        numbers = range(1, len(self._sheets) + 1)
        parts = {
            "xl/styles.xml": styles_part(self._font),
            "xl/workbook.xml": self._workbook(),
            "xl/_rels/workbook.xml.rels": _relations(
                [*(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers), ("styles", "styles.xml")]
            ),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "[Content_Types].xml": _types(numbers),
        }
        for name, text in parts.items():
            with self._part(name) as part:
                _write(part, _HEAD, text)
        self._archive.close()

    def _part(self, name: str) -> IO[bytes]:
        return self._archive.open(name, "w", force_zip64=True)

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name={_attribute(sheet.name)} sheetId="{number}" r:id="rId{number}"/>' for number, (sheet, _) in enumerate(self._sheets, 1)
        )
        names = "".join(_names(place, sheet, last) for place, (sheet, last) in enumerate(self._sheets))
        return (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews><workbookView tabRatio="800"/></bookViews>'
            f"<sheets>{sheets}</sheets><definedNames>{names}</definedNames></workbook>"
        )


def _write(part: IO[bytes], *texts: str) -> None:
    part.write("".join(texts).encode("utf-8", "replace"))


# --- a sheet ---------------------------------------------------------------------------------------------------------


def _before(sheet: Sheet) -> str:
    """What stands before the rows."""
    tab = f'<tabColor rgb="FF{sheet.tab}"/>' if sheet.tab else ""
    pane = f'<pane ySplit="{sheet.head}" topLeftCell="A{sheet.head + 1}" activePane="bottomLeft" state="frozen"/>' if sheet.head else ""
    columns = "".join(f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>' for place, width in enumerate(sheet.widths, 1))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheetPr>{tab}<pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0" showGridLines="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def _after(sheet: Sheet, marked: Sequence[tuple[int, Row]], last: int) -> str:
    """What stands behind the rows, of which `last` is the last: which cells have filters, which are as wide as the sheet, which are links."""
    table = _table(sheet, last).replace("$", "") if sheet.head else ""
    end = column_letters(len(sheet.widths) - 1)
    merged = "".join(f'<mergeCell ref="A{number}:{end}{number}"/>' for number, row in marked if row.across)
    links = "".join(_link(number, row.link) for number, row in marked if row.link)
    left, middle = map(_of_header, sheet.header)
    return (
        f"</sheetData>{table and f'<autoFilter ref={_attribute(table)}/>'}"
        f"{merged and f'<mergeCells>{merged}</mergeCells>'}{links and f'<hyperlinks>{links}</hyperlinks>'}"
        '<pageMargins left="0.4" right="0.4" top="0.75" bottom="0.6" header="0.35" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>&amp;L&amp;B{left}&amp;C{middle}</oddHeader><oddFooter>&amp;C— &amp;P / &amp;N —</oddFooter></headerFooter>"
        "</worksheet>"
    )


def _link(row: int, name: str) -> str:
    return f'<hyperlink ref="A{row}" location={_attribute(_quoted(name) + "!A1")}/>'


def _table(sheet: Sheet, last: int) -> str:
    """The cells with filters: the headings and the rows below."""
    return f"$A${sheet.head}:${column_letters(len(sheet.widths) - 1)}${max(last, sheet.head)}"


def _of_header(text: str) -> str:
    """A text in the header of a page, where `&` begins a code; the whole header has 255 characters."""
    return escape(harmless_text(text)[:100].replace("&", "&&"))


# --- what holds the sheets together ----------------------------------------------------------------------------------


def _names(place: int, sheet: Sheet, last: int) -> str:
    """What a spreadsheet has names for: the rows with filters, what is printed, and the rows that stand on every page."""
    page = _quoted(sheet.name)
    area = f"$A$1:${column_letters(sheet.printed - 1)}${max(last, 1)}"
    names = {"_xlnm.Print_Area": area}
    if sheet.head:
        names |= {"_xlnm._FilterDatabase": _table(sheet, last), "_xlnm.Print_Titles": f"${sheet.head}:${sheet.head}"}
    return "".join(
        f'<definedName name="{name}" localSheetId="{place}"{_HIDDEN.get(name, "")}>{escape(f"{page}!{where}")}</definedName>'
        for name, where in sorted(names.items())
    )


_HIDDEN = {"_xlnm._FilterDatabase": ' hidden="1"'}


def _quoted(name: str) -> str:
    """The name of a sheet as references to its cells give it."""
    return "'" + name.replace("'", "''") + "'"


def _attribute(text: str) -> str:
    return quoteattr(harmless_text(text))


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _types(numbers: Iterable[int]) -> str:
    kinds = {"/xl/workbook.xml": f"{_KIND}.sheet.main+xml", "/xl/styles.xml": f"{_KIND}.styles+xml"}
    kinds |= {f"/xl/worksheets/sheet{number}.xml": f"{_KIND}.worksheet+xml" for number in numbers}
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
