"""What checks look at, and what they find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from policy.lang import ast, ir
from policy.source import Source, Span

__all__ = ["Found", "View"]


class Found(NamedTuple):
    """A finding: `parts` are the declaration and the items whose comments may explain it, `text` what it is about."""

    code: str
    source: Source
    language: str
    span: Span
    parts: tuple[Any, ...]
    text: str
    arguments: tuple[tuple[str, str], ...] = ()
    related: tuple[tuple[Source, Span, str], ...] = ()


class View:
    """The files of a pack and what they mean."""

    def __init__(self, files: Sequence[tuple[Source, ast.File]], pack: ir.Pack) -> None:
        self.files = files
        self.pack = pack
        self.rules = {one.id.text: (source, tree, one) for source, tree, one in self.of(ast.RuleDecl)}

    def of(self, kind: type | tuple[type, ...]) -> Iterator[tuple[Source, ast.File, Any]]:
        """The declarations of a kind with their files, in their order."""
        for source, tree in self.files:
            yield from ((source, tree, one) for one in tree.declarations if isinstance(one, kind))


def found(code: str, where: tuple[Source, ast.File, Any], span: Span, text: str, *parts: Any, related: tuple = (), **arguments: str) -> Found:
    """A finding in a declaration, at a place of its file; comments of the declaration and of `parts` explain it."""
    source, tree, declaration = where
    items = parts or getattr(declaration, "items", ())
    return Found(code, source, tree.language, span, (declaration, *items), text, tuple(arguments.items()), related)
