"""Tables as a source hands them over: header and cells, untyped, each with its place."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

import attrs

__all__ = ["RawCell", "RawRow", "RawTable"]

RawCell = str | int | float | Decimal | bool | datetime.date | datetime.datetime | None
"""A cell as read: text as it stands, a number, a truth value or a date where the format has such a thing, None if empty."""

RawRow = tuple[int, Sequence[RawCell]]
"""The number of the row in its file or sheet (from 1) and its cells, one per column."""


@attrs.frozen
class RawTable:
    """A table of a file, sheet or database.

    `name` is what should name an entity: a file's stem, a sheet's name, a table's name. `labels` say where a column stands
    (`C` in a workbook, `3` in a text file) in messages and evidence; `header` is its row's number. `notes` are remarks of the
    reader (encoding, hidden rows …) for the report.
    """

    name: str
    file: str
    sheet: str | None
    header: int
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    rows: Sequence[RawRow]
    notes: tuple[str, ...] = ()
    sha256: str = ""
    date1904: bool = False
