"""Reads DuckDB databases."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from policy.hooks.spec import RawTable, SourceError, hookimpl
from policy.lang.table import table_of_cursor

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["DuckdbSource", "policy_sources"]

_MAIN = "main"
_LOCKED = ("lock on file", "used by another process")

_HARMLESS = {
    "enable_external_access": "false",  # views that read other files
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_TABLES = """
    SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary
    UNION SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary
    ORDER BY 1, 2
"""
_KEY = "SELECT constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' AND schema_name = ? AND table_name = ?"


class DuckdbSource:
    """One table per table or view, called by its name. Rows are numbered in the order of the primary key, where there is one.

    No extension is loaded, and views read no other files.
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

        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        try:
            connection = duckdb.connect(str(path), read_only=True, config=_HARMLESS)
        except duckdb.Error as error:
            raise SourceError("D224" if any(words in str(error) for words in _LOCKED) else "D225", str(path)) from error
        with closing(connection):
            return [_table(connection, schema, name, str(path), digest) for schema, name in connection.execute(_TABLES).fetchall()]


def _table(connection: DuckDBPyConnection, schema: str, name: str, location: str, digest: str) -> RawTable:
    import duckdb

    sheet = name if schema == _MAIN else f"{schema}.{name}"
    key = connection.execute(_KEY, (schema, name)).fetchone()
    order = ", ".join(map(_quoted, key[0])) if key else ""
    try:
        connection.execute(f"SELECT * FROM {_quoted(schema)}.{_quoted(name)}" + (f" ORDER BY {order}" if order else ""))
        return table_of_cursor(name, location, sheet, connection, sha256=digest)
    except duckdb.Error as error:
        raise SourceError("D223", location, table=sheet, reason=type(error).__name__) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@hookimpl
def policy_sources() -> list[DuckdbSource]:
    return [DuckdbSource()]
