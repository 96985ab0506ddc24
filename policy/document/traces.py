"""Traceability: for every article, paragraph and item of the regulation what carries it, or why nothing does.

What is cited may lie around a place or in it. A rule that cites an article carries its paragraphs; one that cites a paragraph
carries the items of it that no rule cites for themselves; one that cites an item carries the paragraph that leads to it. The same
holds of definitions, the pack's own parameters and the header. A reason is that of the place itself, else, where there is no
rule, of what lies around it, else of all the items in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policy.lang import ir
from policy.lang.document import Trace
from policy.lang.places import Place, settled
from policy.lang.regulation import Article, Regulation

__all__ = ["traces", "unplaced"]

Cited = Mapping[Place, tuple[str, ...]]
"""What cites a place: ids or names in the order of the pack."""


def traces(pack: ir.Pack) -> tuple[Trace, ...]:
    """The places of the pack's regulation in their order, an article before its paragraphs and these before their items."""
    if pack.regulation is None:
        return ()
    regulation = pack.regulation
    tracer = _Tracer(
        rules=_cited(regulation, ((one.id, one.citations) for one in pack.rules)),
        definitions=_cited(regulation, ((one.name, one.citations) for one in pack.definitions.values())),
        parameters=_cited(regulation, ((one.name, one.citations) for one in pack.parameters.values() if one.text)),
        header=_cited(regulation, [("", pack.citations)]),
        reasons={settled(place, regulation): one.reason for one in pack.unruled for place in one.citations},
    )
    return tuple(trace for article in regulation.articles.values() for trace in tracer.of_article(article))


def unplaced(pack: ir.Pack) -> tuple[ir.Rule, ...]:
    """The rules that rest on no place of the regulation, but on another document or a text: on the quality of data, say."""
    return tuple(rule for rule in pack.rules if pack.regulation is None or not rule.citations)


def _cited(regulation: Regulation, things: Iterable[tuple[str, tuple[Place, ...]]]) -> Cited:
    found: dict[Place, tuple[str, ...]] = {}
    for name, places in things:
        for place in dict.fromkeys(settled(place, regulation) for place in places):
            found[place] = (*found.get(place, ()), name)
    return found


class _Tracer:
    """Finds what carries a place among what cites places."""

    def __init__(self, rules: Cited, definitions: Cited, parameters: Cited, header: Cited, reasons: Mapping[Place, str]) -> None:
        self._cited = (rules, definitions, parameters, header)
        self._reasons = reasons

    def of_article(self, article: Article) -> Iterator[Trace]:
        whole: Place = (article.number, article.suffix, None, None)
        inside = [trace for number in range(1, len(article.paragraphs) + 1) for trace in self._of_paragraph(article, number)]
        yield self._trace(whole, (), tuple(trace.place for trace in inside), inside)
        yield from inside

    def _of_paragraph(self, article: Article, number: int) -> Iterator[Trace]:
        around: tuple[Place, ...] = ((article.number, article.suffix, None, None),)
        place: Place = (article.number, article.suffix, number, None)
        items = range(1, len(article.paragraphs[number - 1].items) + 1)
        inside = [self._trace((article.number, article.suffix, number, item), (*around, place), (), ()) for item in items]
        yield self._trace(place, around, tuple(trace.place for trace in inside), inside)
        yield from inside

    def _trace(self, place: Place, around: tuple[Place, ...], inside: tuple[Place, ...], parts: Iterable[Trace]) -> Trace:
        rules, definitions, parameters, header = (_carrying(cited, place, around, inside) for cited in self._cited)
        return Trace(place, rules, definitions, parameters, bool(header), self._why(place, around, parts, bool(rules)))

    def _why(self, place: Place, around: tuple[Place, ...], parts: Iterable[Trace], ruled: bool) -> tuple[str, ...]:
        if place in self._reasons:
            return (self._reasons[place],)
        if ruled:
            return ()
        for outer in reversed(around):
            if outer in self._reasons:
                return (self._reasons[outer],)
        parts = tuple(parts)
        if any(part.gap for part in parts):
            return ()
        return tuple(dict.fromkeys(reason for part in parts for reason in part.reasons))


def _carrying(cited: Cited, place: Place, around: tuple[Place, ...], inside: tuple[Place, ...]) -> tuple[str, ...]:
    own = cited.get(place, ())
    is_item = place[3] is not None
    places = (place,) if is_item and own else (*around, place, *inside)
    return tuple(dict.fromkeys(name for one in places for name in cited.get(one, ())))
