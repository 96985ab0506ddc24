"""ast + ir → what in a pack is worth a second look: nothing that is wrong, but what hardly anybody means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policy.diagnostic import Diagnostic
from policy.lang import ast, ir
from policy.lang.known import Known, comments_of, known_in, place_of
from policy.lint.articles import ARTICLES
from policy.lint.found import Found, View
from policy.lint.uses import USES
from policy.lint.words import WORDS
from policy.source import Source

__all__ = ["lint"]


def lint(files: Sequence[tuple[Source, ast.File]], pack: ir.Pack) -> list[Diagnostic]:
    """What is found in the files of a pack that loads, by file and place, without what is explained in place; and explanations that explain nothing.

    `pack` is the whole pack with its cases; `files` are its own, not those of what it extends.
    """
    view = View(files, pack)
    used: set[tuple[int, Known]] = set()
    told: list[tuple[int, Diagnostic]] = []
    numbers = {source: number for number, (source, _) in enumerate(files)}
    for found in (found for check in (*USES, *WORDS, *ARTICLES) for found in check(view)):
        known = [one for part in found.parts for one in known_in(comments_of(part)) if one.covers(found.code, found.text)]
        used |= {(id(found.parts[0]), one) for one in known}
        if not known:
            told.append((numbers[found.source], _diagnostic(found)))
    told += [(numbers[one.source], one) for one in _explanations(files, used)]
    return [one for _, one in sorted(told, key=lambda pair: (pair[0], pair[1].span, pair[1].code))]


def _diagnostic(found: Found) -> Diagnostic:
    arguments = dict(found.arguments)
    return Diagnostic(found.code, found.source, found.span, arguments, found.code, arguments, found.related, language=found.language)


def _explanations(files: Sequence[tuple[Source, ast.File]], used: set[tuple[int, Known]]) -> Iterator[Diagnostic]:
    """Explanations without a reason, of mutants too, and those of what is not found."""
    for source, tree in files:
        for declaration in tree.declarations:
            for part, known in [(part, one) for part in parts_of(declaration) for one in known_in(comments_of(part))]:
                code = "L190" if not known.reason else "L191"
                if code == "L190" or (known.code.startswith("L") and (id(declaration), known) not in used):
                    span = place_of(known.comment, source, part.span)
                    yield Diagnostic(code, source, span, {"code": known.code}, code, {"code": known.code}, language=tree.language)


def parts_of(declaration: ast.Declaration) -> tuple:
    """A declaration and its clauses, fields, members or other items."""
    names = ("clauses", "items", "fields", "members")
    return (declaration, *(item for name in names for item in getattr(declaration, name, ())))
