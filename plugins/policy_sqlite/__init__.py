"""Reads SQLite databases."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from policy.hooks.spec import RawTable, SourceError, hookimpl
from policy.lang.table import RawRow, cell_of, table_of_rows

if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["SqliteSource", "policy_sources"]

_MAGIC = b"SQLite format 3\0"
_UNFINISHED = ("-wal", "-journal")
"""What stands beside a database to which somebody is writing."""

_ROWIDS = ("rowid", "_rowid_", "oid")
_PATIENCE = 10.0
"""Seconds that a view may take for its next row."""

_STEPS = 100_000
_LARGEST = 2**26
"""Bytes of a cell; a view can make one of any size."""


class SqliteSource:
    """One table per table or view, called by its name. A row's number is its rowid, where it has one, else its place.

    Nothing is written: not to the file, and not beside it.
    """

    name = "sqlite"
    suffixes = (".sqlite", ".sqlite3", ".db")

    def read(self, path: Path) -> Iterable[RawTable]:
        """The tables in the file. Raises SourceError when it is no database, is being written to, or a table cannot be read."""
        import sqlite3
        from hashlib import file_digest

        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise SourceError("D220", str(path))
            file.seek(0)
            digest = file_digest(file, "sha256").hexdigest()
        for unfinished in (f"{path}{ending}" for ending in _UNFINISHED):
            if os.path.exists(unfinished) and os.path.getsize(unfinished):
                raise SourceError("D221", str(path), file=os.path.basename(unfinished))
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            _restrain(connection)
            return list(_tables(connection, str(path), digest))


def _restrain(connection: Connection) -> None:
    """Let a database that somebody made to do harm do none: its views call no functions but harmless ones, and make no huge cells."""
    import sqlite3

    connection.execute("PRAGMA trusted_schema = OFF")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)


def _tables(connection: Connection, location: str, digest: str) -> Iterator[RawTable]:
    import sqlite3

    name = ""
    try:
        found = connection.execute("PRAGMA main.table_list").fetchall()
        for _, name, kind, _, without_rowid, _ in sorted(found, key=lambda one: one[1]):
            if kind in ("table", "view") and not name.startswith("sqlite_"):
                columns = [column for _, column, *_ in connection.execute(f"PRAGMA main.table_info({_quoted(name)})")]
                rowid = _rowid(columns) if kind == "table" and not without_rowid else None
                yield table_of_rows(name, location, name, columns, _rows(connection, name, rowid), sha256=digest)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if not name:
            raise SourceError("D222", location) from error
        reason = getattr(error, "sqlite_errorname", type(error).__name__)
        raise SourceError("D223", location, table=name, reason=reason) from error


def _rowid(columns: Sequence[str]) -> str | None:
    """What the rowid of a table with these columns is called."""
    taken = {column.lower() for column in columns}
    return next((name for name in _ROWIDS if name not in taken), None)


def _rows(connection: Connection, table: str, rowid: str | None) -> Iterator[RawRow]:
    patience = _Patience()
    connection.set_progress_handler(patience.over, _STEPS)
    cursor = connection.execute(f"SELECT {rowid or 0}, * FROM main.{_quoted(table)}" + (f" ORDER BY {rowid}" if rowid else ""))
    for number, (own, *cells) in enumerate(cursor, 1):
        patience.renew()
        yield own if own > 0 else number, [cell_of(cell, "BLOB") for cell in cells]


class _Patience:
    """Ends a query that takes too long for its next row."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        from time import monotonic

        self._end = monotonic() + _PATIENCE

    def over(self) -> bool:
        from time import monotonic

        return monotonic() > self._end


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@hookimpl
def policy_sources() -> list[SqliteSource]:
    return [SqliteSource()]
