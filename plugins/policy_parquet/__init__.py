"""Reads Parquet files, with DuckDB where it is installed."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from pathlib import Path

from policy.hooks.spec import RawTable, SourceError, hookimpl

__all__ = ["ParquetSource", "policy_sources"]

_PLAIN = (
    "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "FLOAT", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER",
    "USMALLINT", "UTINYINT", "TIMESTAMP", "VARCHAR",
)  # fmt: skip
"""Types whose values are taken as they are; those of others as they are written."""

_ALONE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""A database that fetches nothing from anywhere."""

_NESTED = ("STRUCT", "MAP", "LIST", "ARRAY", "UNION", "VARIANT")


class ParquetSource:
    """One table per file, called by its stem; columns are labelled by their names, and rows counted from 1."""

    name = "parquet"
    suffixes = (".parquet",)

    def read(self, path: Path) -> Iterable[RawTable]:
        """The table in the file. Raises SourceError when it is no Parquet file, holds lists or records, or DuckDB is not installed."""
        try:
            import duckdb
        except ImportError:
            raise SourceError("D075", str(path)) from None
        try:
            columns, rows = _rows(path)
        except duckdb.Error as error:
            raise SourceError("D076", str(path)) from error
        return [RawTable(path.stem, str(path), None, 0, columns, columns, tuple(enumerate(rows, 1)), (), _sha256(path))]


def _rows(path: Path) -> tuple[tuple[str, ...], Sequence[tuple]]:
    import duckdb

    with duckdb.connect(config=_ALONE) as database:
        # DuckDB takes the name for a pattern
        file = database.from_parquet(glob.escape(str(path)), binary_as_string=True)
        picked = [_picked(name, kind, path) for name, kind in zip(file.columns, file.types)]
        return tuple(file.columns), file.select(*picked).fetchall()


def _picked(name: str, kind: object, path: Path) -> object:
    """The expression that reads a column."""
    import duckdb

    kind_name = kind.id.upper()
    if kind_name in _NESTED:
        raise SourceError("D077", str(path), column=name, type=str(kind))
    column = duckdb.ColumnExpression(name)
    return column if kind_name in _PLAIN else column.cast("VARCHAR").alias(name)


def _sha256(path: Path) -> str:
    from hashlib import file_digest

    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


@hookimpl
def policy_sources() -> list[ParquetSource]:
    return [ParquetSource()]
