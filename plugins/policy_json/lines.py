"""An outcome as a line of JSON, put together from pieces that many outcomes share, as most of a large report is these lines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache
from json.encoder import encode_basestring

from policy.lang.outcome import Evidence, Outcome
from policy.lang.past import Baseline, Change

__all__ = ["outcome_line"]

_text = encode_basestring
_known = lru_cache(4096)(encode_basestring)
"""The same, for words that come again and again."""


def outcome_line(outcome: Outcome, baseline: Baseline | None, more: str = "") -> str:
    """The members that `schema.json` names, in its order, and `more`, members written already."""
    change = baseline.change(outcome) if baseline else None
    return (
        f'{{"rule": {_known(outcome.rule)}, "subject": {{{_subject(outcome)}}}, "status": "{outcome.status}", "severity": "{outcome.severity}", '
        f'"bearer": {_bearer(outcome.bearer)}, "due": {_day(outcome.due)}, "due_unrolled": {_day(outcome.due_unrolled)}, '
        f'"fulfilled": {_day(outcome.fulfilled)}, "missing": {_words(outcome.missing)}, "basis": {_words(outcome.basis)}, '
        f'"message": {_text(outcome.message)}, "excuse": {_maybe(outcome.excuse)}, "notes": {_words(outcome.notes)}, '
        f'"evidence": [{", ".join([_row(row) for row in outcome.evidence])}], "fingerprint": "{outcome.fingerprint}", '
        f'"baseline": {_change(change)}{more}}}'
    )


def _subject(outcome: Outcome) -> str:
    return ", ".join([f"{_known(var)}: {key if isinstance(key, int) else _text(key)}" for var, key in outcome.subject])


def _bearer(bearer: tuple[str, str] | None) -> str:
    return "null" if bearer is None else f'{{"entity": {_known(bearer[0])}, "key": {_text(bearer[1])}}}'


def _day(day: datetime.date | None) -> str:
    return "null" if day is None else f'"{day.isoformat()}"'


def _maybe(text: str | None) -> str:
    return "null" if text is None else _known(text)


def _change(change: Change | None) -> str:
    return "null" if change is None else f'{{"state": "{change.state}", "was": {_maybe(change.was)}}}'


@lru_cache(4096)
def _words(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, words))}]"


def _row(row: Evidence) -> str:
    number = "null" if row.row is None else str(row.row)
    return (
        f'{{"entity": {_known(row.entity)}, "key": {_text(row.key)}, "file": {_maybe(row.file)}, "sheet": {_maybe(row.sheet)}, "row": {number}, '
        f'"cells": [{_cells(row.cells).replace(_ROW, str(row.row))}]}}'
    )


_ROW = "\0"
"""Stands for the row's number in cells of which the rest is written already; nothing else that is written has it."""


@lru_cache(4096)
def _cells(cells: tuple[tuple[str, str], ...]) -> str:
    return ", ".join([f'{{"field": {_text(field)}, "cell": "{_cell(column)}"}}' for field, column in cells])


def _cell(column: str) -> str:
    """`C12`, or `R12C3` where columns have numbers; where they have names, name and row."""
    written = _text(column)[1:-1]
    if column.isdecimal():
        return f"R{_ROW}C{written}"
    return f"{written}{_ROW}" if column.isascii() and column.isupper() and len(column) <= 3 else f"{written}:{_ROW}"
