"""Tables as a source hands them over: header and cells, untyped, each with its place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from policy.lang.noun import noun

if TYPE_CHECKING:
    from policy.lang.access import Scan, Stream

__all__ = [
    "OWN_SHEETS", "Opaque", "RawCell", "RawRow", "RawTable", "Shape", "TooWideError", "cell_of", "column_letters", "column_number", "columns_of",
    "fitted", "shape_of", "table_of_cursor", "table_of_grid", "table_of_rows", "table_of_shape",
]  # fmt: skip


@noun
class Opaque:
    """A cell that is no single value, such as a list or bytes: what it is called where it comes from (`array`, `BLOB`)."""

    kind: str

    def __str__(self) -> str:
        return self.kind


RawCell = str | int | float | Decimal | bool | datetime.date | datetime.datetime | Opaque | None
"""A cell as read: text as it stands, a number, a truth value or a date where the format has such a thing, None if empty."""

RawRow = tuple[int, Sequence[RawCell]]
"""The number of the row in its file or sheet (from 1) and its cells, one per column."""

OWN_SHEETS = {
    "guide": {"zh": "填表说明", "en": "instructions"},
    "choices": {"zh": "可选项", "en": "choices"},
    "problems": {"zh": "数据问题", "en": "data problems"},
}
"""By purpose and language what the program calls the sheets that it writes for people beside the data; they are no data."""


@noun
class RawTable:
    """A table of a file, sheet or database.

    `name` is what should name an entity: a file's stem, a sheet's name, a table's name. `labels` say where a column stands
    in messages and evidence (`C` in a workbook, and in a text file, which a spreadsheet shows alike; its name where columns have
    no other place); `header` is its row's number, None where there is no such row. `notes` are remarks of the reader (encoding,
    hidden rows …) for the report. `merged` are the ranges that a workbook shows as one cell: first row, first column, last row, last
    column, rows from 1 and columns from 0. Of a table that was made of a ledger `headings` are what the ledger calls the columns,
    and `year` is that of its days without one. `scan` says how an engine reads the table without the rows being held, if it can.
    `beside` are texts that are no data: where each stands (`page` for headers and footers of pages, `comment`, `drawing`, `property`), and the text.
    """

    name: str
    file: str
    sheet: str | None
    header: int | None
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    rows: Sequence[RawRow]
    notes: tuple[str, ...] = ()
    sha256: str = ""
    date1904: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    headings: tuple[str, ...] = ()
    year: int | None = None
    scan: Scan | Stream | None = None
    beside: tuple[tuple[str, str], ...] = ()

    def with_rows(self, rows: Sequence[RawRow], scan: Scan | Stream | None) -> RawTable:
        """The table with other rows, which an engine can read as `scan` says."""
        return attrs.evolve(self, rows=rows, scan=scan)


_OPAQUE = (bytes, bytearray, memoryview, list, tuple, dict, set, frozenset)


def cell_of(value: object, kind: str) -> RawCell:
    """A value of a database as a cell; `kind` is its type there. A moment is the day and the hour that its time zone shows."""
    if value is None or isinstance(value, (str, int, float, Decimal)):
        return value
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, datetime.date):
        return value
    return Opaque(kind) if isinstance(value, _OPAQUE) else str(value)
_MOST_FILLED = 10_000_000
"""Cells that may be added to fill up rows."""


def column_letters(index: int) -> str:
    """What spreadsheets call the column number `index` (from 0): A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number (from 1) of the column that spreadsheets call by these letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class TooWideError(ValueError):
    """A grid most of whose rows are so much shorter than its header, of `columns`, that filled up they could not be held."""

    def __init__(self, columns: int) -> None:
        super().__init__(columns)
        self.columns = columns


def table_of_grid(
    name: str,
    file: str,
    sheet: str | None,
    grid: Iterable[Sequence[RawCell]],
    *,
    notes: tuple[str, ...] = (),
    sha256: str = "",
    date1904: bool = False,
    merged: tuple[tuple[int, int, int, int], ...] = (),
) -> RawTable:
    """The table in a grid whose first row that is not blank is the header.

    Rows shorter than the header are filled up; blank cells beyond it are cut off, others stay for the loader to refuse. Raises
    TooWideError where that would make many out of few.
    """
    rows = [(number, cells) for number, cells in enumerate(grid, 1) if not all(map(_is_blank, cells))]
    shape = shape_of(rows)
    return table_of_shape(name, file, sheet, shape, fitted(rows[1:], shape), notes=notes, sha256=sha256, date1904=date1904, merged=merged)


class Shape(NamedTuple):
    """What a table of rows looks like: the number of its header, the columns, how many rows follow, and whether each fits into the columns."""

    header: int
    columns: tuple[str, ...]
    count: int
    fits: bool


def shape_of(rows: Iterable[RawRow]) -> Shape:
    """The shape of rows of which none is blank and the first is the header. Raises TooWideError as `table_of_grid` does."""
    rows = iter(rows)
    header, names = next(rows, (1, ()))
    count, cells_in_all, widest = 0, len(names), _filled(names)
    for _, cells in rows:
        count += 1
        cells_in_all += len(cells)
        if len(cells) > widest:
            widest = max(widest, _filled(cells))
    columns = tuple("" if _is_blank(cell) else str(cell) for cell in names[:widest])
    if len(columns) * (count + 1) > _MOST_FILLED + cells_in_all:
        raise TooWideError(len(columns))
    return Shape(header, columns, count, widest <= len(columns))


def fitted(rows: Iterable[RawRow], shape: Shape) -> Iterator[RawRow]:
    """The rows below the header, each as wide as the table or, where it does not fit, wider."""
    width = len(shape.columns)
    for number, cells in rows:
        yield number, tuple(cells) if len(cells) == width else (*cells[: max(width, _filled(cells))], *[None] * (width - len(cells)))


def table_of_shape(name: str, file: str, sheet: str | None, shape: Shape, rows: Iterable[RawRow], **rest: Any) -> RawTable:
    """The table of a shape; its columns are called as spreadsheets do."""
    labels = tuple(map(column_letters, range(len(shape.columns))))
    return RawTable(name, file, sheet, shape.header, shape.columns, labels, tuple(rows), **rest)


_LETTERS = "[A-Z]{1,3}"
_AT_ONCE = 10_000
_MOST_COLUMNS = 1_000
_SMALL, _THINNEST = 2**24, 20


def columns_of(records: Sequence[Mapping[str, object]], first: Iterable[str] = ()) -> tuple[str, ...] | None:
    """The keys of any of some records, as they come up, behind those that come `first`.

    None where these are no columns: they are too many, or so few records have each that their table would be thousands of times as
    large as they are.
    """
    columns = tuple(dict.fromkeys((*first, *(key for record in records for key in record))))
    cells = len(columns) * len(records)
    thin = cells > _SMALL and cells > _THINNEST * sum(map(len, records))
    return None if thin or len(columns) > _MOST_COLUMNS else columns


def table_of_rows(
    name: str,
    file: str,
    sheet: str | None,
    columns: Iterable[str],
    rows: Iterable[RawRow],
    *,
    notes: tuple[str, ...] = (),
    sha256: str = "",
) -> RawTable:
    """A table whose columns have names and no header of their own, as in a database; the rows have a cell for each."""
    columns = tuple(columns)
    labels = tuple(column.lower() if re.fullmatch(_LETTERS, column) else column for column in columns)  # `ID` would be read as a cell's column
    return RawTable(name, file, sheet, None, columns, labels, tuple(rows), notes, sha256)


def table_of_cursor(name: str, file: str, sheet: str | None, cursor: Any, *, sha256: str) -> RawTable:
    """The table that a query gives whose cursor (PEP 249) was executed; its rows are counted from 1."""
    columns, kinds = zip(*[(column[0], str(column[1])) for column in cursor.description or ()])
    return table_of_rows(name, file, sheet, columns, _fetched(cursor, kinds), sha256=sha256)


def _fetched(cursor: Any, kinds: Sequence[str]) -> Iterator[RawRow]:
    number = 0
    while rows := cursor.fetchmany(_AT_ONCE):
        for number, cells in enumerate(rows, number + 1):
            yield number, tuple([cell_of(cell, kind) for cell, kind in zip(cells, kinds)])


def _is_blank(cell: RawCell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _filled(cells: Sequence[RawCell]) -> int:
    """The number of cells up to the last that is not blank."""
    end = len(cells)
    while end and _is_blank(cells[end - 1]):
        end -= 1
    return end
