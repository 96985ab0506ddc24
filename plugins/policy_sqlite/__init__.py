"""Reads SQLite databases."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from operator import itemgetter, lt
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from policy.hooks.later import later_rows
from policy.hooks.spec import RawTable, SourceError, hookimpl
from policy.lang.access import State, Stream, state_of
from policy.lang.table import Opaque, RawRow, cell_of, table_of_rows

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

__all__ = ["SqliteSource", "policy_sources"]

_MAGIC = b"SQLite format 3\0"
_UNFINISHED = ("-wal", "-journal")
"""What stands beside a database to which somebody is writing."""

_LARGE = 2**22
"""Bytes of a file from which on its tables are gone through once more instead of being held."""
_KINDS = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", Opaque: "BLOB"}

_AT_ONCE = 2_000

_HIDDEN = 1
"""Marks a column that `*` does not mean."""
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
        from hashlib import file_digest

        state = state_of(path)
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise SourceError("D220", str(path))
            file.seek(0)
            digest = file_digest(file, "sha256").hexdigest()
        for unfinished in (f"{path}{ending}" for ending in _UNFINISHED):
            if os.path.exists(unfinished) and os.path.getsize(unfinished):
                raise SourceError("D221", str(path), file=os.path.basename(unfinished))
        with _connected(path) as connection:
            return [_table(connection, path, state, digest, *found) for found in _found(connection, str(path))]


@contextmanager
def _connected(path: Path) -> Iterator[Connection]:
    import sqlite3

    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        _restrain(connection)
        yield connection


def _restrain(connection: Connection) -> None:
    """Let a database that somebody made to do harm do none: its views call no functions but harmless ones, and make no huge cells."""
    import sqlite3

    connection.execute("PRAGMA trusted_schema = OFF")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)


def _found(connection: Connection, location: str) -> list[tuple[str, str, bool]]:
    """The tables and views in their order: the name, what it is, whether its rows have no rowid."""
    import sqlite3

    try:
        found = connection.execute("PRAGMA main.table_list").fetchall()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # names may be damaged, too
        raise SourceError("D222", location) from error
    return [(name, kind, bool(own)) for _, name, kind, _, own, _ in sorted(found, key=itemgetter(1)) if _is_data(name, kind)]


def _is_data(name: str, kind: str) -> bool:
    return kind in ("table", "view") and not name.startswith("sqlite_")


def _table(connection: Connection, path: Path, state: State, digest: str, name: str, kind: str, without_rowid: bool) -> RawTable:
    with _named(path, name):
        described = connection.execute(f"PRAGMA main.table_xinfo({_quoted(name)})").fetchall()
        columns = [column for _, column, *_, hidden in described if hidden != _HIDDEN]
        rowid = _rowid(columns) if kind == "table" and not without_rowid else None
        table = partial(table_of_rows, name, str(path), name, columns, sha256=digest)
        count, kinds = _look(_rows(connection, name, rowid, kind), len(columns)) if kind == "table" and state[0] >= _LARGE else (0, None)
        if kinds is None:
            return table(_rows(connection, name, rowid, kind))
    again = partial(_again, path, name, rowid)
    return table(()).with_rows(later_rows(path, state, count, again), Stream(again, kinds, state))


@contextmanager
def _named(path: Path, table: str) -> Iterator[None]:
    """Raises SourceError where a table cannot be read."""
    import sqlite3

    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        reason = getattr(error, "sqlite_errorname", type(error).__name__)
        raise SourceError("D223", str(path), table=table, reason=reason) from error


def _look(rows: Iterator[RawRow], width: int) -> tuple[int, tuple[str, ...] | None]:
    """How many rows there are, and the types of the columns; None where one has several, or the numbers of rows do not grow."""
    kinds: list[set[type]] = [set() for _ in range(width)]
    count, last, grow = 0, 0, True
    while some := list(islice(rows, _AT_ONCE)):
        numbers, cells = zip(*some)
        grow = grow and all(map(lt, (last, *numbers), numbers))
        count, last = count + len(some), numbers[-1]
        for types, column in zip(kinds, zip(*cells)):
            types.update(map(type, column))
    single = [types - {type(None)} for types in kinds]
    if not grow or any(len(types) > 1 for types in single):
        return count, None
    return count, tuple(_KINDS[next(iter(types), str)] for types in single)


def _again(path: Path, table: str, rowid: str | None) -> Iterator[RawRow]:
    with _named(path, table), _connected(path) as connection:
        yield from _rows(connection, table, rowid, "table")


def _rowid(columns: Sequence[str]) -> str | None:
    """What the rowid of a table with these columns is called."""
    taken = {column.lower() for column in columns}
    return next((name for name in _ROWIDS if name not in taken), None)


def _rows(connection: Connection, table: str, rowid: str | None, kind: str) -> Iterator[RawRow]:
    patience = _Patience() if kind == "view" else None
    connection.set_progress_handler(patience and patience.over, _STEPS)
    cursor = connection.execute(f"SELECT {rowid or 0}, * FROM main.{_quoted(table)}" + (f" ORDER BY {rowid}" if rowid else ""))
    for number, (own, *cells) in enumerate(patience.rows(cursor) if patience else cursor, 1):
        yield own if own > 0 else number, [cell_of(cell, "BLOB") for cell in cells] if bytes in map(type, cells) else cells


class _Patience:
    """Ends a query that takes too long for its next row."""

    def __init__(self) -> None:
        self._end = monotonic() + _PATIENCE

    def rows(self, cursor: Cursor) -> Iterator[tuple]:
        for row in cursor:
            self._end = monotonic() + _PATIENCE
            yield row

    def over(self) -> bool:
        return monotonic() > self._end


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@hookimpl
def policy_sources() -> list[SqliteSource]:
    return [SqliteSource()]
