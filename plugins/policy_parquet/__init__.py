"""Reads Parquet files with DuckDB, and writes reports as Parquet with Arrow, where these are installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from policy.hooks.later import later_rows
from policy.hooks.spec import RawTable, Report, SourceError, hookimpl
from policy.lang.access import Scan, state_of
from policy.lang.table import RawRow, table_of_cursor, table_of_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["ParquetReport", "ParquetSource", "policy_reporters", "policy_sources"]

_ALONE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "enable_external_file_cache": False}
"""A database that fetches nothing from anywhere, and holds nothing that it has read."""

_NUMBER = "file_row_number"


class ParquetSource:
    """One table per file, called by its stem. Rows are counted from 1; of a column whose values are not single, each cell says so.

    Rows are read when they are wanted, as many need not be read at all: an engine scans the file.
    """

    name = "parquet"
    suffixes = (".parquet",)

    def read(self, path: Path) -> Iterable[RawTable]:
        """The table in the file. Raises SourceError when it is no Parquet file, or DuckDB is not installed."""
        try:
            import duckdb  # noqa: F401
        except ImportError:
            raise SourceError("D230", str(path), command="pip install 'policy[sql]'") from None
        from hashlib import file_digest

        state = state_of(path)
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        with _database(path) as connection:
            described = connection.execute(f"describe from {_relation(path)}").fetchall()
            [(count,)] = connection.execute(f"select count(*) from {_relation(path)}").fetchall()
        columns, kinds = zip(*[(name, kind) for name, kind, *_ in described])
        table = table_of_rows(path.stem, str(path), None, columns, (), sha256=digest)
        scan = None if _NUMBER in columns else Scan(_relation(path, numbered=True), f"{_NUMBER} + 1", kinds, state)
        return [table.with_rows(later_rows(path, state, count, partial(_rows, path)), scan)]


def _relation(path: Path, numbered: bool = False) -> str:
    """What DuckDB calls the file; it takes a name for a pattern, and old writers do not say of bytes that they are a text."""
    import glob  # which a run without such files does not need

    name = glob.escape(str(path.absolute())).replace("'", "''")
    return f"read_parquet('{name}', binary_as_string = true{f', {_NUMBER} = true' if numbered else ''})"


def _rows(path: Path) -> Sequence[RawRow]:
    with _database(path) as connection:
        connection.execute(f"from {_relation(path)}")
        return table_of_cursor(path.stem, str(path), None, connection, sha256="").rows


@contextmanager
def _database(path: Path) -> Iterator[DuckDBPyConnection]:
    import duckdb

    try:
        with _opened().cursor() as connection:
            yield connection
    except duckdb.Error as error:
        raise SourceError("D079", str(path)) from error


@cache  # to open a database takes longer than to look into a file
def _opened() -> DuckDBPyConnection:
    import duckdb

    return duckdb.connect(config=_ALONE)


class ParquetReport:
    """A row for each outcome, in typed columns; what is said of the run as a whole stands in the metadata of the file."""

    name = "parquet"
    binary = True

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        """Write the whole report. Raises SourceError when Arrow is not installed."""
        try:
            from policy_parquet.outcomes import write
        except ImportError:
            raise SourceError("M05", f"-o {self.name}", command="pip install 'policy[sql]'") from None
        write(report, stream)


@hookimpl
def policy_reporters() -> list[ParquetReport]:
    return [ParquetReport()]


@hookimpl
def policy_sources() -> list[ParquetSource]:
    return [ParquetSource()]
