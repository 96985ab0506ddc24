"""Outcomes that are columns as lines of JSON, made by SQL: the same lines as `policy_json.lines` makes of objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise

import pyarrow
from pyarrow import compute

from policy.lang.outcome import Batch, Provenance
from policy_json.lines import ROW, around, beginning, outcome_lines, word, words

__all__ = ["FEW", "batch_lines"]

Lines = Iterator[bytes | memoryview]

FEW = 2000
"""Outcomes of which a query takes longer than Python does."""


def batch_lines(batches: Iterable[Batch], between: bytes, more: bytes = b"") -> Lines:
    """The lines of some outcomes at a time, as `outcome_lines` gives them; none has changed since an earlier run, as none was named.

    While some are written those of the next batch are made: DuckDB does not need Python for it.
    """
    with ThreadPoolExecutor(1) as beside:
        made = (beside.submit(_batch_lines, batch, between, more) for batch in batches)
        for lines, _next in pairwise(chain(made, [None])):  # the next is begun before these are given
            yield from lines.result()


def _batch_lines(batch: Batch, between: bytes, more: bytes) -> Lines:
    lines = None if len(batch.columns) < FEW else _made(batch, more + b"}" + between)
    return outcome_lines(batch, None, between, more) if lines is None else (_content(chunk, len(between)) for chunk in lines.chunks)


def _made(batch: Batch, end: bytes) -> pyarrow.ChunkedArray | None:
    """The lines of a batch, each with its end; None where they have characters that SQL spells in another way."""
    lines = batch.select(f"{_line(batch, end)} AS line, contains(line, '\\u00') AS odd")
    return None if compute.any(lines.column("odd")).as_py() else lines.column("line")


def _content(lines: pyarrow.StringArray, behind: int) -> memoryview:
    """The bytes of texts one after the other, without the last `behind`."""
    _, offsets, content = lines.buffers()
    places = memoryview(offsets).cast("i")[lines.offset : lines.offset + len(lines) + 1]
    return memoryview(content)[places[0] : places[-1] - behind]


def _line(batch: Batch, end: bytes) -> str:
    """A line with its end, in SQL."""
    rule = batch.rule
    subject = [part for place, each in enumerate(rule.binders) for part in (_text((b", " if place else b"") + word(each.var) + b": "), f'to_json("key {place}")')]
    bearer = f"concat('{{\"entity\": ', to_json(bearer.entity), ', \"key\": ', to_json(bearer.key), '}}')"
    return _concat(
        _text(beginning(rule.id)), *subject, """'}, "status": "'""", "status", _text(b'", "severity": %b, "bearer": ' % word(rule.severity)),
        f"CASE WHEN bearer IS NULL THEN 'null' ELSE {bearer} END",
        *(part for name in ("due", "due_unrolled", "fulfilled") for part in (f"""', "{name}": '""", f"coalesce(to_json({name}), 'null')")),
        """', "missing": '""", _list("missing"), _text(b', "basis": %b, "message": ' % words(rule.basis)), "to_json(message)",
        """', "excuse": '""", "coalesce(to_json(excuse), 'null')", """', "notes": '""", _list("notes"),
        """', "evidence": ['""", f"array_to_string(list_transform(evidence, lambda one: {_evidence(batch.sources)}), ', ')",
        """'], "fingerprint": "'""", "fingerprint", _text(b'", "baseline": null' + end),
    )  # fmt: skip


def _evidence(sources: Iterable[Provenance]) -> str:
    """A row that is evidence, in SQL: what rows of a source have in common is written already."""
    branches = []
    for number, source in enumerate(sources):
        before, behind = around(source.entity, source.file, source.sheet, source.cells)
        row = "coalesce(CAST(one.row AS VARCHAR), 'null')"
        told = [part for piece in behind for part in (row, _text(piece))][1:]
        branches.append(f"WHEN {number} THEN {_concat(_text(before), 'to_json(one.key)', *told)}")
    return f"CASE one.source {' '.join(branches)} END"


def _list(name: str) -> str:
    return f"concat('[', array_to_string(list_transform({name}, lambda one: to_json(one)), ', '), ']')"


def _concat(*parts: str) -> str:
    return f"concat({', '.join(parts)})"


def _text(written: bytes) -> str:
    return "'" + written.decode().replace("'", "''") + "'"
