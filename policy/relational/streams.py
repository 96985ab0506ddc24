"""Tables that are read once, from beginning to end: an engine keeps a copy, compressed, which it may move to its folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy
import pyarrow

from policy.lang.access import Scan, Stream
from policy.lang.table import RawCell, RawRow
from policy.relational.database import Database, quoted

__all__ = ["copied"]

_ROWS = 2_000
"""Rows that are held as objects of Python: more do not fit into the caches of a processor, and take three times as long."""
_BYTES = 2**25
"""How much is added to a copy at once."""
_COMPRESS = "CHECKPOINT copies"
_KINDS = {"VARCHAR": pyarrow.string(), "BIGINT": pyarrow.int64(), "DOUBLE": pyarrow.float64(), "BLOB": pyarrow.binary()}


def copied(database: Database, scan: Scan | Stream, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The copy of a table whose columns have some names, with the `number` of each row; and what its columns are called there."""
    columns = tuple(f"column {place}" for place in range(len(names)))
    if scan not in database.copies:
        database.do("ATTACH IF NOT EXISTS ':memory:' AS copies (COMPRESS)")
        name = f"copies.main.{quoted(f'copy {len(database.copies)}')}"
        if isinstance(scan, Stream):
            _copy_stream(database, scan, name, columns)
        else:
            named = ", ".join(f"{quoted(own)} AS {quoted(column)}" for own, column in zip(names, columns, strict=True))
            database.do(f"CREATE OR REPLACE TABLE {name} AS SELECT {scan.number} AS number, {named} FROM {scan.relation} AS own")
            database.do(_COMPRESS)
        database.copies[scan] = name
    return database.copies[scan], columns


def _copy_stream(database: Database, stream: Stream, name: str, columns: Sequence[str]) -> None:
    """An empty text is as good as none, which asks for no reading."""
    kinds = ", ".join(f"{quoted(column)} {kind}" for column, kind in zip(columns, stream.kinds, strict=True))
    database.do(f"CREATE OR REPLACE TABLE {name} (number BIGINT, {kinds})")
    given = ", ".join(f"nullif({quoted(column)}, '')" if kind == "VARCHAR" else quoted(column) for column, kind in zip(columns, stream.kinds))
    try:
        for some in _tables(_batches(stream, ("number", *columns))):
            database.add(name, f"number, {given}", some)
            database.do(_COMPRESS)
    finally:  # whatever went wrong, it may be that the file has changed
        database.check()


def _tables(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.Table]:
    """Some batches at a time."""
    some: list[pyarrow.RecordBatch] = []
    size = 0
    for batch in batches:
        some.append(batch)
        size += batch.nbytes
        if size >= _BYTES:
            yield pyarrow.Table.from_batches(some)
            some, size = [], 0
    if some:
        yield pyarrow.Table.from_batches(some)


def _batches(stream: Stream, names: Sequence[str]) -> Iterator[pyarrow.RecordBatch]:
    """The rows as record batches, each with its number in front."""
    if stream.batches is None:
        given = _batches_of_rows(stream.rows(), stream.kinds)
    else:
        given = ((numpy.arange(first, first + batch.num_rows), batch.columns) for first, batch in stream.batches())
    for numbers, columns in given:
        yield pyarrow.record_batch([pyarrow.array(numbers, pyarrow.int64()), *columns], names=list(names))


def _batches_of_rows(rows: Iterator[RawRow], kinds: Sequence[str]) -> Iterator[tuple[Sequence[int], list[pyarrow.Array]]]:
    """Numbers and columns of some rows at a time."""
    while some := list(islice(rows, _ROWS)):
        numbers, cells = zip(*some)
        yield numbers, [_array(column, kind) for column, kind in zip(zip(*cells, strict=True), kinds, strict=True)]


def _array(cells: Iterable[RawCell], kind: str) -> pyarrow.Array:
    if kind == "BLOB":
        cells = [None if cell is None else b"" for cell in cells]
    return pyarrow.array(cells, _KINDS[kind])
