"""A proof as text: an indented tree that fits on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from policy.cli.screen import Screen
from policy.lang.proof import Cell, Line, Proof
from policy.width import harmless, width

__all__ = ["as_lines", "as_object"]

_COLUMNS = 100
_FITS = 40
"""Lines that a proof takes, unless all of it is asked for."""

_MARKS = {"true": "✓ ", "false": "✗ ", "unknown": "? "}


def as_lines(proof: Proof, screen: Screen, *, everything: bool) -> list[str]:
    """The lines of a proof; without `everything` what holds is folded, the innermost first, until it fits on a screen."""
    told = [list(_told(line, screen, 0, 99)) for line in proof.lines]
    for depth in (4, 3, 2, 1, 0) if not everything else ():
        if sum(map(len, told)) <= _FITS:
            break
        told = [list(_told(line, screen, 0, depth)) for line in proof.lines]
    return [text for one in told for text in one]


def _told(line: Line, screen: Screen, indent: int, depth: int) -> Iterator[str]:
    """A line and what it unfolds to; below one that holds, or has no truth, not deeper than `depth`."""
    open_ = depth > 0 or line.truth in ("false", "unknown") or not line.lines
    text = _MARKS.get(line.truth, "") + harmless(line.text) + ("" if open_ else " …")
    cells = [_cell(cell, screen) for cell in line.cells]
    yield from _wrapped(text, cells, indent)
    if open_:
        below = depth if line.truth in ("false", "unknown") else depth - 1
        for one in line.lines:
            yield from _told(one, screen, indent + 1, below)


def _cell(cell: Cell, screen: Screen) -> str:
    """A cell: its place and what stands there."""
    said = screen.text("X84") if cell.confidential else cell.value or screen.text("X87")
    return harmless(screen.text("X88", place=cell.place, value=said) if cell.place else said)


def _wrapped(text: str, cells: list[str], indent: int) -> Iterator[str]:
    """A text with its cells behind it, where they fit, else on lines of their own; lines that are too long are broken."""
    margin = "  " * indent
    whole = "  ".join([text, *cells])
    if width(margin + whole) <= _COLUMNS:
        yield margin + whole
        return
    yield from _broken(text, margin, margin + "    ")
    for cell in cells:
        yield from _broken(cell, margin + "    ", margin + "      ")


def _broken(text: str, first: str, following: str) -> Iterator[str]:
    """A text in lines of at most the screen's columns, broken at blanks where there are some, else anywhere."""
    line, margin = "", first
    for part in _parts(text):
        if line.strip() and width(margin + line + part.rstrip()) > _COLUMNS:
            yield (margin + line).rstrip()
            line, margin, part = "", following, part.lstrip()
        line += part
    yield (margin + line).rstrip()


def _parts(text: str) -> Iterator[str]:
    """What a line may be broken between: words with the blank before them, and wide characters."""
    word = ""
    for char in text:
        if char == " " or width(char) > 1:
            if word:
                yield word
            word = char
            if width(char) > 1:
                yield word
                word = ""
        else:
            word += char
    if word:
        yield word


def as_object(proof: Proof) -> dict[str, Any]:
    """A proof for machines: the fields of `policy.lang.proof`."""
    return attrs.asdict(proof)
