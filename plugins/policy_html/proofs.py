"""The proofs of findings for the page's script: of all of them where there are few, else of those that are most urgent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from policy.lang.outcome import Outcome
from policy.lang.proof import Cell, Line
from policy.messages.order import urgency
from policy.messages.words import Words
from policy_html.markup import clean

__all__ = ["PROVED", "proved"]

PROVED = 1000
"""So many findings have their proofs on the page: more would neither fit nor be read."""

_LEFT_OUT = ("verdict", "remedy")
"""Lines that say again what stands above the proof, unless there is more below them."""


def proved(found: Sequence[Outcome], words: Words) -> dict[int, list[list]]:
    """The proofs by the places of the findings: lines as [kind, text, truth, cells, lines], cells as [name, value, place]."""
    prove = words.report.proof
    if prove is None:
        return {}
    places: Iterable[int] = range(len(found))
    if len(found) > PROVED:
        places = islice(sorted(places, key=lambda place: urgency(found[place])), PROVED)
    return {place: [_line(line, words) for line in prove(found[place]).lines if line.lines or line.kind not in _LEFT_OUT] for place in places}


def _line(line: Line, words: Words) -> list:
    return [line.kind, clean(line.text), line.truth, [_cell(cell, words) for cell in line.cells], [_line(one, words) for one in line.lines]]


def _cell(cell: Cell, words: Words) -> list[str]:
    value = words.say("X84") if cell.confidential else clean(cell.value) or words.say("X81")
    return [clean(cell.name), value, clean(cell.place)]
