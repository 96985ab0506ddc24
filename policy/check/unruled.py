"""The places of the regulation that have no rule: that they are there, have a reason, and have no rule indeed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policy.check.citations import Library
from policy.check.known import Known
from policy.check.once import once
from policy.check.page import Page
from policy.lang import ast, ir
from policy.lang.places import Place, place_of, settled

__all__ = ["check_unruled"]

Rules = Sequence[tuple[Page, ast.RuleDecl]]
Cited = tuple[Page, ast.Citation, str]


def check_unruled(known: Known, declared: Sequence[tuple[Page, ast.NoRuleDecl]], rules: Rules) -> tuple[ir.Unruled, ...]:
    """The reasons, in the order of the files. A place has one reason at most, and none if a rule of the same pack cites just this place."""
    layers = sorted({page.layer for page, _ in declared})
    cited = {layer: {place: rest for place, *rest in _cited(known, rules, layer)} for layer in layers}
    reasons: dict[Library, dict[Place, Cited]] = {}
    return tuple(_unruled(page, one, cited[page.layer], reasons.setdefault(page.library, {})) for page, one in declared)


def _cited(known: Known, rules: Rules, layer: int) -> Iterator[tuple[Place, Page, ast.Citation, str]]:
    """What the rules of a pack cite, last one first, so that of several rules the first is named."""
    for page, rule in reversed(rules):
        for clause in rule.clauses if page.layer == layer else ():
            if isinstance(clause, ast.BasisClause) and id(clause) not in known.elsewhere:
                yield from ((place, page, citation, rule.id.text) for place, citation in _places(page.library, clause.citations))


def _places(library: Library, citations: Iterable[ast.Citation]) -> Iterator[tuple[Place, ast.Citation]]:
    for citation in citations:
        place = place_of(citation)
        if place is not None:
            yield (settled(place, library.regulation) if library.regulation else place), citation


def _unruled(page: Page, declaration: ast.NoRuleDecl, cited: dict[Place, Cited], reasons: dict[Place, Cited]) -> ir.Unruled:
    library = page.library
    basis, own = library.basis(page, declaration.citations)
    places = list(_places(library, declaration.citations))
    for place, citation in places:
        _compare(page, citation, cited.get(place), reasons.get(place))
        reasons.setdefault(place, (page, citation, ""))
    return ir.Unruled(
        basis=basis,
        citations=own,
        reason=_reason(page, declaration),
        file=page.source.name,
        span=declaration.span,
    )


def _compare(page: Page, citation: ast.Citation, cited: Cited | None, reason: Cited | None) -> None:
    text = page.words(citation.span)
    if reason is not None:
        other, first, _ = reason
        page.refuse("C206", citation.span, ("one_reason", {}), (other, first.span, "first"), text=text)
    elif cited is not None:
        other, first, rule = cited
        page.refuse("C207", citation.span, ("rule_or_reason", {}), (other, first.span, "cited"), text=text, rule=rule)


def _reason(page: Page, declaration: ast.NoRuleDecl) -> str:
    kept = once(page, declaration.items, lambda item: "BECAUSE")
    if not kept:
        start, end = declaration.citations[0].span[0], declaration.citations[-1].span[1]
        page.refuse("C412", (start, end), ("write_because", {}))
        return ""
    if not kept[0].text.strip():
        page.refuse("C412", kept[0].span, ("write_because", {}))
    return kept[0].text
