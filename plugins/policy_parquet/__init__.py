"""Reads Parquet files, with DuckDB where it is installed."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from policy.hooks.spec import RawTable, SourceError, hookimpl
from policy.lang.table import table_of_cursor

__all__ = ["ParquetSource", "policy_sources"]

_ALONE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""A database that fetches nothing from anywhere."""


class ParquetSource:
    """One table per file, called by its stem. Rows are counted from 1; of a column whose values are not single, each cell says so."""

    name = "parquet"
    suffixes = (".parquet",)

    def read(self, path: Path) -> Iterable[RawTable]:
        """The table in the file. Raises SourceError when it is no Parquet file, or DuckDB is not installed."""
        try:
            import duckdb
        except ImportError:
            raise SourceError("D230", str(path), command="pip install 'policy[sql]'") from None
        from hashlib import file_digest

        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        try:
            with duckdb.connect(config=_ALONE) as connection:
                # DuckDB takes a name for a pattern; old writers do not say of bytes that they are a text
                connection.execute("select * from read_parquet(?, binary_as_string = true)", (glob.escape(str(path)),))
                return [table_of_cursor(path.stem, str(path), None, connection, sha256=digest)]
        except duckdb.Error as error:
            raise SourceError("D079", str(path)) from error


@hookimpl
def policy_sources() -> list[ParquetSource]:
    return [ParquetSource()]
