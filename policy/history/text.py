"""The kept runs as a text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from policy.history.tables import Cell, Table, bearers, changes, changes_title, rules, runs
from policy.lang.annals import Annals
from policy.messages.changes import difference_lines
from policy.messages.voice import Voice
from policy.width import harmless, pad, width

__all__ = ["lines"]

_SHOWN = 20
"""Runs, bearers and changes that are listed one by one."""


def lines(annals: Annals, language: str) -> Iterator[str]:
    """The lines: runs, the trend by rule and by bearer, and what the last of the months changed."""
    words = Voice(language, annals.labels)
    yield words.say("B90", title=annals.pack_title or annals.pack_id)
    yield words.say("B91", file=annals.file, pack=annals.pack_id, runs=len(annals.runs))
    every = runs(annals, words)
    earlier = max(len(every.rows) - _SHOWN, 0)
    yield from _table(every._replace(rows=every.rows[earlier:]))
    if earlier:
        yield "  " + words.say("B96", count=earlier)
    yield from _table(rules(annals, words))
    owed = bearers(annals, words)
    yield from _table(owed._replace(rows=owed.rows[:_SHOWN]))
    if len(owed.rows) > _SHOWN:
        yield "  " + words.say("B99", count=len(owed.rows) - _SHOWN)
    yield from _changes(annals, words)


def _changes(annals: Annals, words: Voice) -> Iterator[str]:
    month = annals.months[-1]
    yield ""
    yield changes_title(month, words)
    if month.changed is None:
        return
    yield from ("  - " + line for line in difference_lines(month.changed, words))
    found = changes(month, words)
    yield from ("  - " + line for line in islice(found, _SHOWN))
    left = sum(1 for _ in found)
    if left:
        yield "  " + words.say("B34", count=left)


def _table(table: Table) -> Iterator[str]:
    """A table with aligned columns: numbers to the right, a zero as a dot."""
    yield ""
    yield table.title
    cells = [table.header, *([_shown(cell) for cell in row] for row in table.rows)]
    widths = [max(map(width, column)) for column in zip(*cells)]
    right = [any(isinstance(row[place], int) for row in table.rows) for place in range(len(table.header))]
    yield from (_row(row, widths, right) for row in cells)


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    return "  " + "  ".join(pad(cell, columns, right=number) for cell, columns, number in zip(cells, widths, right)).rstrip()


def _shown(cell: Cell) -> str:
    return harmless(str(cell)) if cell != 0 else "·"
