"""Reads TOML files: a list of tables for each table, such as `[[waiver]]`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy.hooks.spec import RawTable, SourceError, hookimpl

if TYPE_CHECKING:
    from policy.lang.table import RawCell
    from policy.toml import Document, TomlError

__all__ = ["TomlSource", "policy_sources"]


class TomlSource:
    """One table per list, called by its key; a row is a member of the list and stands on the line of its heading."""

    name = "toml"
    suffixes = (".toml",)

    def read(self, path: Path) -> Iterable[RawTable]:
        """The tables in the file. Raises SourceError when it is no TOML, or holds something else than rows of plain values."""
        from hashlib import sha256

        from policy.toml import TomlError, parse

        content = path.read_bytes()
        try:
            document = parse(content)
        except TomlError as error:
            raise _refused(error, str(path)) from None
        return list(_tables(document, str(path), sha256(content).hexdigest()))


def _refused(error: TomlError, location: str) -> SourceError:
    text, place = error.text, error.place
    if place is None:
        return SourceError("D080", location)
    row = text.count("\n", 0, place) + 1
    if error.twice:
        return SourceError("D084", location, row=str(row))
    if error.day:
        return SourceError("D086", location, row=str(row), value=error.day)
    column = place - (text.rfind("\n", 0, place) + 1) + 1
    return SourceError("D081", location, row=str(row), column=str(column))


def _tables(document: Document, location: str, sha256: str) -> Iterator[RawTable]:
    notes = () if document.encoding.startswith("utf-8") else (f"encoding {document.encoding.upper()}",)
    for name, value in document.values.items():
        rows = value if isinstance(value, list) else [value]
        if not rows or not all(isinstance(row, dict) for row in rows):
            raise SourceError("D082", location, row=str(document.line((name,))), key=name)
        columns = tuple(dict.fromkeys(column for row in rows for column in row))
        lines = [document.line((name, number) if isinstance(value, list) else (name,)) for number in range(len(rows))]
        cells = [tuple(_cell(row.get(column), line, column, location) for column in columns) for row, line in zip(rows, lines)]
        yield RawTable(name, location, None, lines[0], columns, columns, tuple(zip(lines, cells)), notes, sha256)


def _cell(value: Any, line: int, column: str, location: str) -> RawCell:
    if isinstance(value, (list, dict)):
        raise SourceError("D083", location, row=str(line), column=column)
    return value.isoformat() if isinstance(value, datetime.time) else value


@hookimpl
def policy_sources() -> list[TomlSource]:
    return [TomlSource()]
