"""Mutants of a pack: which of them no case notices, and which of those somebody has explained."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policy.diagnostic import Diagnostic
from policy.lang import ast
from policy.lang.known import Known, comments_of, known_in, place_of
from policy.pipeline.bench import Bench, Place

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.mutate import Mutant
    from policy.source import Source

__all__ = ["Mutation", "explanations", "mutate"]


class Mutation(NamedTuple):
    """What became of the mutants of a pack: how many were tried, were noticed and are explained in place; those alive, and explanations of none."""

    tried: int
    noticed: int
    explained: int
    alive: tuple[Diagnostic, ...]
    stale: tuple[Diagnostic, ...]


def mutate(path: Path, pack: ir.Pack, plugins: Plugins, *, every: int = 1, tell: Callable[[int], None] = lambda tried: None) -> Mutation:
    """Try the mutants of a pack whose cases all hold, loaded from a path with its cases. `tell` gets their number from time to time.

    With `every` only one of so many is tried, and every one that something explains.
    """
    bench = Bench(path, pack, plugins)
    tried = noticed = explained = 0
    alive: list[Diagnostic] = []
    used: set[tuple[int, Known]] = set()
    for number, (place, mutant) in enumerate(bench.mutants()):
        known = explanations(bench, place, mutant)
        if number % every and not known:
            continue
        found = bench.noticed(place, mutant)
        if found is None:
            continue
        tried, noticed = tried + 1, noticed + found
        if not found and known:
            explained += 1
            used |= {(id(mutant.declaration), one) for one in known}
        elif not found:
            alive.append(_told(bench, place, mutant))
        if tried % 200 == 0:
            tell(tried)
    return Mutation(tried, noticed, explained, tuple(alive), tuple(_stale(bench, used)))


def _told(bench: Bench, place: Place, mutant: Mutant) -> Diagnostic:
    """A mutant that no case notices, where it would stand."""
    source, tree = bench.files[place.file]
    after, _ = _texts(mutant, source, tree.language)
    before = " ".join(source.text[slice(*mutant.before.span)].split())
    arguments = {"before": before, "after": after}
    return Diagnostic(mutant.kind, source, mutant.before.span, arguments, "mutant", {"code": mutant.kind}, language=tree.language)


def explanations(bench: Bench, place: Place, mutant: Mutant) -> list[Known]:
    """The comments that explain a mutant: at its clause, or at the declaration."""
    source, tree = bench.files[place.file]
    comments = comments_of(mutant.declaration) if mutant.item is None else (*comments_of(mutant.item), *comments_of(mutant.declaration))
    if mutant.item is None:
        comments = (*comments, *(one for item in getattr(mutant.declaration, "items", ()) for one in comments_of(item)))
    known = list(known_in(comments))
    texts = _texts(mutant, source, tree.language) if known else ()
    return [one for one in known if one.covers(mutant.kind, *texts)]


def _stale(bench: Bench, used: Collection[tuple[int, Known]]) -> Iterator[Diagnostic]:
    """Explanations of mutants that explain none which is alive."""
    for source, tree in bench.files:
        for declaration in tree.declarations:
            parts = (declaration, *getattr(declaration, "clauses", getattr(declaration, "items", ())))
            for part, known in [(part, one) for part in parts for one in known_in(comments_of(part))]:
                if known.code.startswith("K") and (id(declaration), known) not in used:
                    span = place_of(known.comment, source, part.span)
                    yield Diagnostic("K130", source, span, {"code": known.code}, "stale", language=tree.language)


def _texts(mutant: Mutant, source: Source, language: str) -> tuple[str, str]:
    """The part that was changed as it is then (empty: gone) and as it was written, in the language of the file."""
    return _written(mutant.after, language) if mutant.after is not None else "", source.text[slice(*mutant.before.span)]


def _written(part: object, language: str) -> str:
    from policy.format import format_clause, format_expression

    if isinstance(part, ast.Expr):
        return format_expression(part, language)
    if isinstance(part, ast.OtherwiseClause):  # the message does not change
        part = ast.SeverityClause(part.severity)
    return format_clause(part, language)
