"""An outcome as a line of JSON, put together from pieces that many outcomes share, as most of a large report is these lines.

The pieces are bytes: of characters, one Chinese one would make all the rest of a line twice as wide.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring as _quoted

from policy.lang.outcome import Outcome
from policy.lang.past import Baseline, Change

__all__ = ["ROW", "around", "beginning", "outcome_lines", "word", "words"]

_AT_ONCE = 500
"""Lines that are joined at once: a piece that is copied twice costs as much as it did to make."""

_kept = lru_cache(1 << 14)
"""Keeps the pieces that come again and again."""


def outcome_lines(outcomes: Iterable[Outcome], baseline: Baseline | None, between: bytes, more: bytes = b"") -> Iterator[bytes]:
    """The lines, some hundreds at once, joined by `between`: the members that `schema.json` names, in its order, and `more`, members written already."""
    outcomes, end = iter(outcomes), more + b"}"
    while some := list(islice(outcomes, _AT_ONCE)):
        pieces: list[bytes] = []
        for outcome in some:
            _add(outcome, pieces)
            pieces += b"null" if baseline is None else _change(baseline.change(outcome)), end, between
        yield b"".join(pieces[:-1])


def _add(outcome: Outcome, pieces: list[bytes]) -> None:
    """Add the pieces of a line, up to its last member."""
    pieces.append(beginning(outcome.rule))
    comma = b""
    for var, key in outcome.subject:
        pieces += comma, word(var), b": ", b"%d" % key if isinstance(key, int) else _quoted(key).encode("utf-8", "replace")
        comma = b", "
    pieces += (
        _whose(outcome.status, outcome.severity, outcome.bearer),
        _when(outcome.due, outcome.due_unrolled, outcome.fulfilled, outcome.missing, outcome.basis),
        _quoted(outcome.message).encode("utf-8", "replace"),
        _remarks(outcome.excuse, outcome.notes),
    )
    comma = b""
    for row in outcome.evidence:
        before, behind = around(row.entity, row.file, row.sheet, row.cells)
        number = b"null" if row.row is None else b"%d" % row.row
        pieces += comma, before, _quoted(row.key).encode("utf-8", "replace"), number.join(behind)
        comma = b", "
    pieces += b'], "fingerprint": "', outcome.fingerprint.encode(), b'", "baseline": '


@_kept
def beginning(rule: str) -> bytes:
    return b'{"rule": %b, "subject": {' % word(rule)


def _text(text: str) -> bytes:
    return _quoted(text).encode("utf-8", "replace")


word = _kept(_text)


def _maybe(text: str | None) -> bytes:
    return b"null" if text is None else word(text)


def words(words: Iterable[str]) -> bytes:
    return b"[%b]" % b", ".join(map(_text, words))


@_kept
def _day(day: datetime.date | None) -> bytes:
    return b"null" if day is None else b'"%b"' % day.isoformat().encode()


@_kept
def _whose(status: str, severity: str, bearer: tuple[str, str] | None) -> bytes:
    owed = b"null" if bearer is None else b'{"entity": %b, "key": %b}' % (word(bearer[0]), _text(bearer[1]))
    return b'}, "status": "%b", "severity": "%b", "bearer": %b' % (status.encode(), severity.encode(), owed)


@_kept
def _when(
    due: datetime.date | None, unrolled: datetime.date | None, fulfilled: datetime.date | None, missing: tuple[str, ...], basis: tuple[str, ...]
) -> bytes:
    days = _day(due), _day(unrolled), _day(fulfilled)
    return b', "due": %b, "due_unrolled": %b, "fulfilled": %b, "missing": %b, "basis": %b, "message": ' % (*days, words(missing), words(basis))


@_kept
def _remarks(excuse: str | None, notes: tuple[str, ...]) -> bytes:
    return b', "excuse": %b, "notes": %b, "evidence": [' % (_maybe(excuse), words(notes))


@_kept
def _change(change: Change | None) -> bytes:
    return b"null" if change is None else b'{"state": "%b", "was": %b}' % (change.state.encode(), _maybe(change.was))


@_kept
def around(entity: str, file: str | None, sheet: str | None, cells: tuple[tuple[str, str], ...]) -> tuple[bytes, list[bytes]]:
    """What stands before the key of a row, and what stands behind it: the pieces between which the row's number comes."""
    told = b", ".join([b'{"field": %b, "cell": "%b"}' % (_text(field), _cell(column)) for field, column in cells])
    behind = b', "file": %b, "sheet": %b, "row": %b, "cells": [%b]}' % (_maybe(file), _maybe(sheet), ROW, told)
    return b'{"entity": %b, "key": ' % word(entity), behind.split(ROW)


ROW = b"\0"
"""Stands for the row's number in what is written already; nothing else that is written has it."""


def _cell(column: str) -> bytes:
    """`C12`, or `R12C3` where columns have numbers; where they have names, name and row."""
    written = _text(column)[1:-1]
    if column.isdecimal():
        return b"R%bC%b" % (ROW, written)
    return (b"%b%b" if column.isascii() and column.isupper() and len(column) <= 3 else b"%b:%b") % (written, ROW)
