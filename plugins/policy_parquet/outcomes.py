"""Outcomes → Parquet, some thousands at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, islice
from operator import attrgetter
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet

from policy.hooks.spec import Report
from policy.lang.outcome import Evidence, Outcome
from policy.lang.past import Baseline

__all__ = ["SCHEMA", "write"]

_BATCH = 1 << 14
"""Outcomes that are held at once."""

_CELL = pa.struct([("field", pa.string()), ("column", pa.string())])
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
        ("missing", pa.list_(pa.string())),
        ("basis", pa.list_(pa.string())),
        ("message", pa.string()),
        ("excuse", pa.string()),
        ("notes", pa.list_(pa.string())),
        ("evidence", pa.list_(_ROW)),
        ("fingerprint", pa.string()),
        ("baseline", _CHANGE),
    ]
)
"""The columns, called as the members of the JSON report; a key of a subject is a text, whatever it is there."""


def write(report: Report, stream: BinaryIO) -> None:
    """Write the outcomes that the report lists."""
    schema = SCHEMA.with_metadata({"policy": json.dumps(_head(report), ensure_ascii=False).encode("utf-8", "replace")})
    outcomes = report.listed()
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(outcomes, _BATCH)):
            writer.write_table(pa.Table.from_arrays(_columns(batch, report), schema=schema))


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


def _columns(batch: Sequence[Outcome], report: Report) -> list[pa.Array]:
    """The columns of some outcomes, in the order of the schema."""
    made: dict[str, Callable[[], pa.Array]] = {
        "subject": lambda: _subjects(batch),
        "bearer": lambda: _bearers(batch, report),
        "evidence": lambda: _lists([one.evidence for one in batch], _rows),
        "baseline": lambda: _changes(batch, report.baseline),
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


def _offsets(lengths: Iterable[int]) -> pa.Array:
    return pa.array(accumulate(lengths, initial=0), pa.int32())


def _lists(lists: Sequence[Sequence[Any]], made: Callable[[list[Any]], pa.Array]) -> pa.Array:
    """A column of lists from the lists: their members are one column, made at once."""
    return pa.ListArray.from_arrays(_offsets(map(len, lists)), made([one for each in lists for one in each]))


def _subjects(batch: Sequence[Outcome]) -> pa.Array:
    pairs = [pair for one in batch for pair in one.subject]
    return pa.MapArray.from_arrays(_offsets(len(one.subject) for one in batch), _texts([var for var, _ in pairs]), _texts([str(key) for _, key in pairs]))


def _bearers(batch: Sequence[Outcome], report: Report) -> pa.Array:
    names = report.names
    pairs = [one.bearer or (None, None) for one in batch]
    columns = [_texts([entity for entity, _ in pairs]), _texts([key for _, key in pairs]), _texts([names.get(pair) for pair in pairs])]
    return pa.StructArray.from_arrays(columns, fields=list(_BEARER), mask=pa.array([one.bearer is None for one in batch]))


def _rows(rows: list[Evidence]) -> pa.Array:
    columns = [_array(_each(field.name, rows), field.type) for field in _ROW if field.name != "cells"]
    return pa.StructArray.from_arrays([*columns, _lists([row.cells for row in rows], _cells)], fields=list(_ROW))


def _cells(cells: list[tuple[str, str]]) -> pa.Array:
    return pa.StructArray.from_arrays([_texts([field for field, _ in cells]), _texts([column for _, column in cells])], fields=list(_CELL))


def _changes(batch: Sequence[Outcome], baseline: Baseline | None) -> pa.Array:
    changes = [baseline.change(one) if baseline else None for one in batch]
    columns = [_texts([one and one.state for one in changes]), _texts([one and one.was for one in changes])]
    return pa.StructArray.from_arrays(columns, fields=list(_CHANGE), mask=pa.array([one is None for one in changes]))
