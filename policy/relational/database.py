"""The database of a run: its limits, the folder that it spills to, and what it says when something gives out."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import duckdb
import numpy
import pyarrow

from policy.lang.access import Scan, State, Stream, state_of
from policy.relational.sql import DIALECT

__all__ = ["Database", "Exhausted", "Gone", "TooLarge", "quoted", "text"]

_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
_INTERRUPTED = "Query interrupted"
"""What DuckDB makes of an exception that a handler of signals raises while it is at work."""
_AT_ONCE = 4096
"""Rows that are columns already of which one thread works out something at a time."""
_FULL = ("No space left", "Disk quota", "File too large", "max_temp_directory_size")


class TooLarge(Exception):
    """A number has more digits than this engine keeps, or comes to more when it is worked with."""


class Exhausted(Exception):
    """What the machine has is not enough: `what` is memory or disk."""

    def __init__(self, what: str, limit: str) -> None:
        super().__init__(what)
        self.what = what
        self.limit = limit


class Gone(Exception):
    """A file that is read where it lies is not what it was: `state` is changed, vanished or damaged."""

    def __init__(self, file: str, state: str) -> None:
        super().__init__(state)
        self.file = file
        self.state = state


class Database:
    """One connection. `memory` is what it may take, as `4GB` (None: what DuckDB thinks fit); `copies` are tables by what they are copies of."""

    def __init__(self, memory: str | None = None) -> None:
        spill = tempfile.mkdtemp(prefix="policy-")  # nobody else may read it
        limits = {"memory_limit": memory} if memory else {}
        self._connection = duckdb.connect(
            config={"temp_directory": spill, "preserve_insertion_order": False, **_OFFLINE, **limits}
        )
        self._connection.execute("SET enable_progress_bar = false")
        # it takes queries that differ in a filter alone for one another and loses rows (DuckDB 2.0.1); what is shared is shared by us
        self._connection.execute("SET disabled_optimizers = 'common_subplan'")
        self._end = weakref.finalize(self, _close, self._connection, spill)  # at the end of the program too, however it ends
        self._runs = count(1)
        self._schema = "main"
        self.copies: dict[Scan | Stream, str] = {}
        self._files: dict[str, State] = {}

    def close(self) -> None:
        self._end()

    def begin(self) -> str:
        """A schema of its own for a run, as several may be at work on the same data."""
        schema = f"run {next(self._runs)}"
        self.do(f"CREATE SCHEMA {quoted(schema)}")
        return schema

    def use(self, schema: str) -> None:
        """Let names mean what they mean in a run; what is none of a run's is that of all."""
        if schema != self._schema:
            self._schema = schema
            self.do(f"SET search_path = {text(f'{quoted(schema)},main')}")

    def watch(self, file: str, scan: Scan | Stream) -> None:
        """Read a file where it lies; from now on it has to stay what it is."""
        self._files[file] = scan.state
        if isinstance(scan, Scan) and scan.database is not None:
            try:
                self._connection.execute(f"ATTACH IF NOT EXISTS {text(scan.database[0])} AS {quoted(scan.database[1])} (READ_ONLY)")
            except duckdb.Error as error:  # somebody writes to it: its plug-in has just read it
                self.check()
                raise Gone(file, "changed") from error

    def check(self) -> None:
        """Raises Gone where a file that was read has changed or vanished meanwhile."""
        for file, state in self._files.items():
            try:
                found = state_of(file)
            except OSError as error:
                raise Gone(file, "vanished") from error
            if found != state:
                raise Gone(file, "changed")

    def do(self, statement: str) -> None:
        """Execute a statement."""
        with self._explained():
            self._connection.execute(statement)

    def rows(self, query: str | Any) -> list[tuple]:
        """The rows of a query, written out or not."""
        with self._explained():  # some mistakes are found only when rows are fetched
            return self._connection.execute(query if isinstance(query, str) else query.sql(DIALECT, copy=False)).fetchall()

    def columns(self, query: str) -> pyarrow.Table:
        """The rows of a query as columns."""
        with self._explained():
            return self._connection.sql(query).to_arrow_table()  # of `execute` it would lose the order, and copy them once more (DuckDB 2.0.1)

    def worked_out(self, rows: pyarrow.Table, expressions: str) -> pyarrow.Table:
        """What expressions come to for rows that are columns already, in their order."""
        given = pyarrow.Table.from_batches(rows.to_batches(max_chunksize=_AT_ONCE), rows.schema)
        with self._connection.cursor() as cursor, self._explained():
            cursor.execute("SET SESSION preserve_insertion_order = true")
            cursor.register("given", given)
            return cursor.sql(f"SELECT {expressions} FROM given").to_arrow_table()

    def value(self, query: str) -> Any:
        """The only value of a query."""
        return self.rows(query)[0][0]

    def numbers(self, query: str) -> numpy.ndarray:
        """The only column of a query, of whole numbers."""
        with self._explained():
            (column,) = self._connection.execute(query).fetchnumpy().values()
            return column

    def keep(self, name: str, columns: Mapping[str, pyarrow.Array]) -> None:
        """Keep columns as a table."""
        self._connection.register("given", pyarrow.table(dict(columns)))
        self.do(f"CREATE OR REPLACE TABLE {quoted(name)} AS SELECT * FROM given")
        self._connection.unregister("given")

    def add(self, name: str, columns: str, rows: pyarrow.Table) -> None:
        """Add rows to a table; `columns` says in SQL what becomes of theirs."""
        self._connection.register("given", rows)
        self.do(f"INSERT INTO {name} SELECT {columns} FROM given")
        self._connection.unregister("given")

    def keep_texts(self, name: str, column: str, values: Sequence[str]) -> None:
        """Keep texts as a table of one column."""
        self.keep(name, {column: pyarrow.array(values, pyarrow.string())})

    def function(self, name: str, call: Any, parameters: Sequence[str], kind: str) -> None:
        """Let SQL call a function, also of missing values."""
        self._connection.create_function(name, call, list(parameters), kind, null_handling="special")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (duckdb.OutOfRangeException, duckdb.ConversionException) as error:
            raise TooLarge from error
        except duckdb.Error as error:
            raise self._fault(error) from error
        except RuntimeError as error:
            if str(error) == _INTERRUPTED:
                raise KeyboardInterrupt from error
            raise

    def _fault(self, error: duckdb.Error) -> Exception:
        """What stands behind an error: a disk that is full, too little memory, a file that is not what it was; or the error."""
        said = str(error)
        if any(words in said for words in _FULL):
            return Exhausted("disk", os.path.dirname(self._connection.execute("SELECT current_setting('temp_directory')").fetchall()[0][0]))
        if isinstance(error, duckdb.OutOfMemoryException):
            return Exhausted("memory", self._connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])
        try:
            self.check()
        except Gone as gone:
            return gone
        damaged = next((file for file in self._files if file in said), None)
        return Gone(damaged, "damaged") if damaged else error


def _close(connection: duckdb.DuckDBPyConnection, spill: str) -> None:
    connection.close()
    shutil.rmtree(spill, ignore_errors=True)


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL has it."""
    return "'" + value.replace("'", "''") + "'"
