"""Layout: documents that are printed on one line where they fit and broken where they do not (after Wadler).

A document is a text, a tuple of documents, or one of the three classes below.
"""

from __future__ import annotations

import attrs

from policy.width import width

__all__ = ["LINE", "SOFT", "WIDTH", "Document", "Group", "Line", "Nest", "flat", "render", "separated"]

WIDTH = 80
"""Columns of a line; a text that has no place to break may be longer."""

_INDENT = 2


@attrs.frozen(eq=False)
class Line:
    """A line break, or `flat` where the group around it fits on the line."""

    flat: str


@attrs.frozen(eq=False)
class Nest:
    """Line breaks inside are indented one step more."""

    content: Document


@attrs.frozen(eq=False)
class Group:
    """All line breaks directly inside are taken, or none."""

    content: Document


Document = str | tuple | Line | Nest | Group

LINE = Line(" ")
SOFT = Line("")


def separated(parts: list[Document], separator: Document) -> tuple[Document, ...]:
    """The documents with a separator between each two."""
    return tuple(part for pair in parts for part in (separator, pair))[1:]


def flat(document: Document) -> str:
    """The document on one line."""
    out: list[str] = []
    stack: list[Document] = [document]
    while stack:
        part = stack.pop()
        match part:
            case str():
                out.append(part)
            case tuple():
                stack.extend(reversed(part))
            case Line():
                out.append(part.flat)
            case _:
                stack.append(part.content)
    return "".join(out)


def render(document: Document, indent: int = 0) -> str:
    """The document laid out; `indent` is the column where it begins and to which its line breaks return."""
    out: list[str] = []
    column = indent
    stack: list[tuple[int, bool, Document]] = [(indent, False, document)]
    while stack:
        indent, fits, part = stack.pop()
        match part:
            case tuple():
                stack.extend((indent, fits, inner) for inner in reversed(part))
            case Nest():
                stack.append((indent + _INDENT, fits, part.content))
            case Group():
                fits = fits or column + width(flat(part)) <= WIDTH
                stack.append((indent, fits, part.content))
            case Line() if not fits:
                out.append("\n" + " " * indent)
                column = indent
            case _:
                text = flat(part)
                out.append(text)
                column += width(text)
    return "".join(out)
