"""Changes to XML that leave every other byte as it is: what stands in a root, and where something new belongs in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

__all__ = ["Edit", "Piece", "appended", "attribute", "edited", "outline", "place_for", "text"]

Edit = tuple[int, int, bytes]
"""Start and end of what is replaced, and what comes there."""


class Piece(NamedTuple):
    """An element: where it starts, where its content ends (before the end tag), where it ends. `prefix` has its colon."""

    name: str
    prefix: str
    start: int
    inner: int
    end: int
    attributes: dict[str, str]


def outline(xml: bytes, depth: int = 1) -> list[Piece]:
    """The root, and the elements in it down to a depth, in the order of their ends (the root is the last). Raises ExpatError."""
    pieces: list[Piece] = []
    opened: list[tuple[str, int, dict[str, str]]] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        opened.append((name, parser.CurrentByteIndex, attributes))

    def end(name: str) -> None:
        name, begun, attributes = opened.pop()
        if len(opened) > depth:
            return
        place = parser.CurrentByteIndex
        tagged = xml.startswith(b"</" + name.encode(), place)  # an empty element has no end tag
        prefix, _, local = name.rpartition(":")
        whole = xml.index(b">", place) + 1 if tagged else place
        pieces.append(Piece(local, prefix and f"{prefix}:", begun, place, whole, attributes))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(xml, True)
    return pieces


def edited(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """The text with its edits, which do not overlap; those of one place in their order."""
    parts, done = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [xml[done:start], new]
        done = end
    return b"".join([*parts, xml[done:]])


def appended(xml: bytes, piece: Piece, new: bytes) -> list[Edit]:
    """The edits that put something at the end of an element; one that is empty gets an end tag."""
    if piece.inner != piece.end:
        return [(piece.inner, piece.inner, new)]
    return [(piece.end - 2, piece.end, b">" + new + f"</{piece.prefix}{piece.name}>".encode())]


def place_for(name: str, order: Sequence[str], pieces: Sequence[Piece]) -> int:
    """Where an element of this name belongs in the root: before all that come after it in the order of the standard."""
    later = frozenset(order[order.index(name) + 1 :])
    return next((piece.start for piece in pieces[:-1] if piece.name in later), pieces[-1].inner)


def attribute(value: str) -> str:
    """A value as an attribute, with its quotes."""
    return quoteattr(value)


def text(value: str, allowed: Callable[[str], str]) -> str:
    """A text as content; `allowed` replaces the characters that XML cannot hold."""
    return escape(allowed(value))
