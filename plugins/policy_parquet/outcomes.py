"""Outcomes → Parquet, some thousands at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import accumulate, chain, count, islice
from operator import attrgetter
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import compute, parquet

from policy.hooks.spec import Report
from policy.lang.outcome import Batch, Evidence, Outcome
from policy.lang.past import Change

__all__ = ["SCHEMA", "write"]

_BATCH = 1 << 14
"""Outcomes that are held at once where they are objects."""

_CELL = pa.struct([("field", pa.string()), ("column", pa.string())])
_LIST = pa.list_(pa.string())
_ROW = pa.struct(
    [("entity", pa.string()), ("key", pa.string()), ("file", pa.string()), ("sheet", pa.string()), ("row", pa.int64()), ("cells", pa.list_(_CELL))]
)
_BEARER = pa.struct([("entity", pa.string()), ("key", pa.string()), ("name", pa.string())])
_CHANGE = pa.struct([("state", pa.string()), ("was", pa.string())])
SCHEMA = pa.schema(
    [
        ("rule", pa.string()),
        ("subject", pa.map_(pa.string(), pa.string())),
        ("status", pa.string()),
        ("severity", pa.string()),
        ("bearer", _BEARER),
        ("due", pa.date32()),
        ("due_unrolled", pa.date32()),
        ("fulfilled", pa.date32()),
        ("missing", _LIST),
        ("basis", _LIST),
        ("message", pa.string()),
        ("excuse", pa.string()),
        ("notes", _LIST),
        ("evidence", pa.list_(_ROW)),
        ("fingerprint", pa.string()),
        ("baseline", _CHANGE),
    ]
)
"""The columns, called as the members of the JSON report; a key of a subject is a text, whatever it is there."""

_REPEATED = [
    "rule", "subject.key_value.key", "status", "severity", "bearer.entity", "bearer.key", "bearer.name", "due", "due_unrolled", "fulfilled",
    "missing.list.element", "basis.list.element", "excuse", "notes.list.element", "baseline.state", "baseline.was",
    *(f"evidence.list.element.{name}" for name in ("entity", "file", "sheet", "cells.list.element.field", "cells.list.element.column")),
]  # fmt: skip
"""The columns in which values come again and again, as the format calls them: a dictionary of the others would only be larger than they are."""


def write(report: Report, stream: BinaryIO) -> None:
    """Write the outcomes that the report lists, some while the columns of the next are made: Arrow does not need Python for it."""
    schema = SCHEMA.with_metadata({"policy": json.dumps(_head(report), ensure_ascii=False).encode("utf-8", "replace")})
    with parquet.ParquetWriter(stream, schema, compression="zstd", use_dictionary=_REPEATED) as writer, ThreadPoolExecutor(1) as beside:
        written = beside.submit(bool)  # nothing yet
        for columns in _all_columns(report):
            table = pa.Table.from_arrays(columns, schema=schema)
            written.result()
            written = beside.submit(writer.write_table, table)
        written.result()


def _all_columns(report: Report) -> Iterator[list[pa.Array]]:
    """The columns, in the order of the schema, of some outcomes at a time."""
    batches = report.batches()
    if batches is not None:
        yield from map(_columns_of_batch, batches)
        return
    outcomes = report.listed()
    while some := list(islice(outcomes, _BATCH)):
        yield _columns(some, report)


def _head(report: Report) -> dict[str, object]:
    return {
        "tool": "policy",
        "version": report.version,
        "pack": {"id": report.pack_id, "version": report.pack_version, "sha256": report.pack_sha256},
        "as_of": report.as_of.isoformat(),
        "secrecy": report.secrecy,
        "mask": report.mask,
        "inputs": [{"name": one.file, "sheet": one.sheet, "entity": one.entity, "rows": one.rows, "sha256": one.sha256} for one in report.inputs],
        "summary": report.tally(),
    }


# --- of outcomes that are columns already ----------------------------------------------------------------------------


def _columns_of_batch(batch: Batch) -> list[pa.Array]:
    columns, count = batch.columns, len(batch.columns)
    rule, keys = batch.rule, [batch.columns.column(f"key {place}").cast(pa.string()) for place in range(len(batch.rule.binders))]
    evidence = columns.column("evidence").combine_chunks()
    source, key, row = (compute.struct_field(evidence.flatten(), name) for name in ("source", "key", "row"))
    made = {
        "rule": pa.repeat(rule.id, count),
        "subject": _keyed([each.var for each in rule.binders], keys, count),
        "severity": pa.repeat(rule.severity, count),
        "basis": pa.array([rule.basis], _LIST).take(pa.repeat(0, count)),
        "evidence": pa.ListArray.from_arrays(evidence.offsets, _rows(list(map(_PLACE, batch.sources)), source, key, row)),
        "baseline": pa.nulls(count, _CHANGE),
    }
    return [made[field.name] if field.name in made else columns.column(field.name).cast(field.type) for field in SCHEMA]


def _keyed(names: Sequence[str], keys: Sequence[pa.ChunkedArray], count: int) -> pa.Array:
    """Maps of the same names, from a column of values for each name."""
    width = len(names)
    places = pa.array([place * count + number for number in range(count) for place in range(width)], pa.int64()) if width > 1 else None
    values = pa.concat_arrays([chunk for column in keys for chunk in column.chunks] or [pa.array([], pa.string())])
    return pa.MapArray.from_arrays(
        pa.array(range(0, width * count + 1, width), pa.int32()), pa.array(list(names) * count, pa.string()), values if places is None else values.take(places)
    )


# --- of outcomes that are objects ------------------------------------------------------------------------------------


def _columns(batch: Sequence[Outcome], report: Report) -> list[pa.Array]:
    made: dict[str, Callable[[], pa.Array]] = {
        "subject": lambda: _subjects(_each("subject", batch)),
        "bearer": lambda: _shared(_each("bearer", batch), partial(_bearers, names=report.names)),
        "evidence": lambda: _lists(_each("evidence", batch), _evidence),
        "baseline": lambda: _changes([report.baseline and report.baseline.change(one) for one in batch]),
    }
    return [made[field.name]() if field.name in made else _array(_each(field.name, batch), field.type) for field in SCHEMA]


def _each(name: str, things: Iterable[Any]) -> list[Any]:
    return list(map(attrgetter(name), things))


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    return _texts(values) if kind == pa.string() else pa.array(values, kind)


def _texts(values: Sequence[str | None]) -> pa.Array:
    """Texts; what is no Unicode (half of a surrogate) becomes a question mark."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([text and text.encode("utf-8", "replace").decode() for text in values], pa.string())


def _shared(values: Iterable[Any], made: Callable[[list[Any]], pa.Array]) -> pa.Array:
    """A column in which few values come again and again: each is made once."""
    known, places = _numbered(values)
    return made(known).take(places)


def _numbered(values: Iterable[Any]) -> tuple[list[Any], pa.Array]:
    """The values, each once, and for each of them all its place there."""
    numbers: defaultdict[Any, int] = defaultdict(count().__next__)
    places = pa.array(map(numbers.__getitem__, values), pa.int32())
    return list(numbers), places


def _lists(lists: Sequence[Sequence[Any]], made: Callable[[list[Any]], pa.Array]) -> pa.Array:
    """A column of lists from the lists: their members are one column, made at once."""
    return pa.ListArray.from_arrays(_offsets(lists), made(list(chain.from_iterable(lists))))


def _offsets(lists: Iterable[Sequence[Any]]) -> pa.Array:
    return pa.array(accumulate(map(len, lists), initial=0), pa.int32())


def _subjects(subjects: list[tuple[tuple[str, str | int], ...]]) -> pa.Array:
    pairs = list(chain.from_iterable(subjects))
    return pa.MapArray.from_arrays(_offsets(subjects), _texts([var for var, _ in pairs]), _texts([str(key) for _, key in pairs]))


def _bearers(bearers: list[tuple[str, str] | None], names: Mapping[tuple[str, str], str]) -> pa.Array:
    pairs = [bearer or (None, None) for bearer in bearers]
    columns = [_texts([entity for entity, _ in pairs]), _texts([key for _, key in pairs]), _texts([names.get(pair) for pair in pairs])]
    return pa.StructArray.from_arrays(columns, fields=list(_BEARER), mask=pa.array([bearer is None for bearer in bearers]))


def _evidence(rows: list[Evidence]) -> pa.Array:
    return _rows(*_numbered(map(_PLACE, rows)), _texts(_each("key", rows)), _array(_each("row", rows), pa.int64()))


_PLACES = ("entity", "file", "sheet", "cells")
"""What rows of one table say alike."""
_PLACE = attrgetter(*_PLACES)


def _rows(places: list[tuple], numbers: pa.Array, keys: pa.Array, rows: pa.Array) -> pa.Array:
    """Rows that are evidence: for each the number of the place that it shares with others, its key and its own number there."""
    entities, files, sheets, cells = zip(*places) if places else ((),) * 4
    shared = [_texts(entities), _texts(files), _texts(sheets), _lists(cells, _cells)]
    columns = dict(zip(_PLACES, (column.take(numbers) for column in shared))) | {"key": keys, "row": rows}
    return pa.StructArray.from_arrays([columns[field.name] for field in _ROW], fields=list(_ROW))


def _cells(cells: list[tuple[str, str]]) -> pa.Array:
    return pa.StructArray.from_arrays([_texts([field for field, _ in cells]), _texts([column for _, column in cells])], fields=list(_CELL))


def _changes(changes: list[Change | None]) -> pa.Array:
    columns = [_texts([one and one.state for one in changes]), _texts([one and one.was for one in changes])]
    return pa.StructArray.from_arrays(columns, fields=list(_CHANGE), mask=pa.array([one is None for one in changes]))
