"""Tables as a source hands them over: header and cells, untyped, each with its place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from policy.lang.noun import noun

__all__ = [
    "OWN_SHEETS", "Opaque", "RawCell", "RawRow", "RawTable", "Scan", "TooWideError", "cell_of", "column_letters", "column_number", "columns_of",
    "table_of_cursor", "table_of_grid", "table_of_rows",
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
class Scan:
    """How DuckDB reads a table without Python.

    `relation` is what stands behind FROM; `number` an expression for the number of a row, whose order is that of the rows; `kinds` are
    the types of the columns. `database` is a file to be attached before, and the name that the relation has for it. `state` tells whether
    the file is still what it was: size and time of change.
    """

    relation: str
    number: str
    kinds: tuple[str, ...]
    state: tuple[int, int]
    database: tuple[str, str] | None = None


@noun
class RawTable:
    """A table of a file, sheet or database.

    `name` is what should name an entity: a file's stem, a sheet's name, a table's name. `labels` say where a column stands
    in messages and evidence (`C` in a workbook, and in a text file, which a spreadsheet shows alike; its name where columns have
    no other place); `header` is its row's number, None where there is no such row. `notes` are remarks of the reader (encoding,
    hidden rows …) for the report. `merged` are the ranges that a workbook shows as one cell: first row, first column, last row, last
    column, rows from 1 and columns from 0. Of a table that was made of a ledger `headings` are what the ledger calls the columns,
    and `year` is that of its days without one. `scan` says how SQL reads the table where it lies, if it can.
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
    scan: Scan | None = None

    def with_rows(self, rows: Sequence[RawRow], scan: Scan | None) -> RawTable:
        """The table with other rows, which SQL can read where they lie."""
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
    header, names = rows[0] if rows else (1, ())
    regular = bool(names) and not _is_blank(names[-1]) and all(len(cells) <= len(names) for _, cells in rows)
    widest = len(names) if regular else max((_filled(cells) for _, cells in rows), default=0)
    columns = tuple("" if _is_blank(cell) else str(cell) for cell in names[:widest])
    if len(columns) * len(rows) > _MOST_FILLED + sum(len(cells) for _, cells in rows):
        raise TooWideError(len(columns))
    fitted = tuple((number, _fitted(cells, len(columns))) for number, cells in rows[1:])
    labels = tuple(map(column_letters, range(len(columns))))
    return RawTable(name, file, sheet, header, columns, labels, fitted, notes, sha256, date1904, merged)


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


def _fitted(cells: Sequence[RawCell], width: int) -> Sequence[RawCell]:
    if len(cells) == width:
        return tuple(cells)
    return (*cells[: max(width, _filled(cells))], *[None] * (width - len(cells)))
