"""Reads DuckDB databases."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policy.hooks.later import later_rows
from policy.hooks.spec import RawTable, SourceError, hookimpl
from policy.lang.access import Scan, State, state_of
from policy.lang.table import RawRow, table_of_cursor, table_of_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["DuckdbSource", "policy_sources"]

_MAIN = "main"
_MANY = 10_000
"""Rows from which on a table is not held."""
_LOCKED = ("lock on file", "used by another process")

_HARMLESS = {
    "enable_external_access": "false",  # views that read other files
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_TABLES = """
    SELECT schema_name, table_name, sql FROM duckdb_tables() WHERE NOT internal AND NOT temporary
    UNION SELECT schema_name, view_name, NULL FROM duckdb_views() WHERE NOT internal AND NOT temporary
    ORDER BY 1, 2
"""
_KEY = "SELECT constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' AND schema_name = ? AND table_name = ?"


class DuckdbSource:
    """One table per table or view, called by its name. Rows are numbered in the order of the primary key, where there is one.

    Rows of large tables are read when they are wanted, as many need not be read at all: an engine scans them where they lie. No extension
    is loaded, and views read no other files.
    """

    name = "duckdb"
    suffixes = (".duckdb",)

    def read(self, path: Path) -> Iterable[RawTable]:
        """The tables in the file. Raises SourceError when it is no database, is in use, or a table cannot be read."""
        try:
            import duckdb
        except ImportError:
            raise SourceError("D230", str(path), command="pip install 'policy[sql]'") from None
        from hashlib import file_digest

        state = state_of(path)
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        try:
            with _connected(path) as connection:
                return [_table(connection, found, path, state, digest) for found in _found(connection)]
        except duckdb.Error as error:
            raise SourceError("D224" if any(words in str(error) for words in _LOCKED) else "D225", str(path)) from error


@contextmanager
def _connected(path: Path) -> Iterator[DuckDBPyConnection]:
    import duckdb

    with duckdb.connect(str(path), read_only=True, config=_HARMLESS) as connection:
        yield connection


class _Found(NamedTuple):
    """A table or a view (`made` is None): what made it, and the columns by which its rows are put in order."""

    schema: str
    name: str
    made: str | None
    order: Sequence[str]

    @property
    def sheet(self) -> str:
        return self.name if self.schema == _MAIN else f"{self.schema}.{self.name}"

    @property
    def relation(self) -> str:
        return f"{_quoted(self.schema)}.{_quoted(self.name)}"

    @property
    def query(self) -> str:
        return f"SELECT * FROM {self.relation}" + (f" ORDER BY {', '.join(map(_quoted, self.order))}" if self.order else "")


def _found(connection: DuckDBPyConnection) -> list[_Found]:
    found = connection.execute(_TABLES).fetchall()
    keys = [connection.execute(_KEY, (schema, name)).fetchone() for schema, name, _ in found]
    return [_Found(*one, key[0] if key else ()) for one, key in zip(found, keys, strict=True)]


def _table(connection: DuckDBPyConnection, found: _Found, path: Path, state: State, digest: str) -> RawTable:
    with _named(path, found):
        described = connection.execute(f"SELECT * FROM {found.relation} LIMIT 0").description
        columns, kinds = zip(*[(column, str(kind)) for column, kind, *_ in described])
        in_place = _is_in_place(found, columns)
        count, first = _look(connection, found, columns) if in_place else (0, None)
        if count < _MANY or not in_place:
            connection.execute(found.query)
            return table_of_cursor(found.name, str(path), found.sheet, connection, sha256=digest)
    table = table_of_rows(found.name, str(path), found.sheet, columns, (), sha256=digest)
    return table.with_rows(later_rows(path, state, count, partial(_rows, path, found)), _scan(found, path, state, columns, kinds, first))


def _is_in_place(found: _Found, columns: Sequence[str]) -> bool:
    """Whether another connection reads the same of it: views may read more than is theirs, a collation holds texts for alike that are not."""
    return found.made is not None and "collate" not in found.made.lower() and "rowid" not in map(str.lower, columns)


def _look(connection: DuckDBPyConnection, found: _Found, columns: Sequence[str]) -> tuple[int, int | None]:
    """How many rows there are, and the first rowid, if they follow each other; every cell is read, as one may be damaged."""
    query = f"SELECT count(*), min(rowid), max(rowid), bit_xor(hash({', '.join(map(_quoted, columns))})) FROM {found.relation}"
    [(count, first, last, _)] = connection.execute(query).fetchall()
    return count, first if count and last - first == count - 1 else None


def _scan(found: _Found, path: Path, state: State, columns: Sequence[str], kinds: tuple[str, ...], first: int | None) -> Scan:
    """How another connection reads a table: rows in the order in which they were written have a number already, others are numbered once."""
    database = (str(path.absolute()), f"file {os.fsencode(path.absolute()).hex()}")  # SQL takes names for one that differ in case only
    relation = f"{_quoted(database[1])}.{found.relation}"
    if first is not None and not found.order:
        return Scan(relation, f"own.rowid - {first} + 1", kinds, state, database)
    order = ", ".join(map(_quoted, found.order or ("rowid",)))
    number = "number".ljust(max(map(len, columns)) + 1)  # as no column is called
    numbered = f"(SELECT row_number() OVER (ORDER BY {order}) AS {_quoted(number)}, * FROM {relation})"
    return Scan(numbered, f"own.{_quoted(number)}", kinds, state, database, once=True)


def _rows(path: Path, found: _Found) -> Sequence[RawRow]:
    with _named(path, found), _connected(path) as connection:
        connection.execute(found.query)
        return table_of_cursor(found.name, str(path), found.sheet, connection, sha256="").rows


@contextmanager
def _named(path: Path, found: _Found) -> Iterator[None]:
    """Raises SourceError where a table cannot be read."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise SourceError("D223", str(path), table=found.sheet, reason=type(error).__name__) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@hookimpl
def policy_sources() -> list[DuckdbSource]:
    return [DuckdbSource()]
