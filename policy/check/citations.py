"""Citations: whether the place that is cited is there."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from policy.check.page import Page
from policy.lang import ast
from policy.lang.citing import citation_text
from policy.lang.places import Place, place_of
from policy.lang.regulation import Article, Regulation

__all__ = ["Basis", "Library"]

Basis = tuple[tuple[str, ...], tuple[Place, ...]]
"""Texts of citations, and places in the own regulation."""


@attrs.define(eq=False)
class Library:
    """The pack's own regulation, in which its citations are looked up; None, unless it is `silent`, makes them mistakes.

    `document` is what a variant with a regulation of its own calls that of its base.
    """

    regulation: Regulation | None
    silent: bool = False
    document: str | None = None

    def check(self, page: Page, citations: Iterable[ast.Citation]) -> tuple[str, ...]:
        """The texts of citations, in the language of the file; those of the own regulation have to be there."""
        for citation in citations:
            if place_of(citation) is not None:
                self._look_up(page, citation)
        return tuple(citation_text(self._named(citation), page.language) for citation in citations)

    def _named(self, citation: ast.Citation) -> ast.Citation:
        named = self.document is not None and citation.article is not None and citation.document is None
        return attrs.evolve(citation, document=self.document) if named else citation

    def basis(self, page: Page, citations: Iterable[ast.Citation]) -> Basis:
        """The texts of citations, and those of them that are places in the regulation of the pack that is checked."""
        citations = tuple(citations)
        places = (place_of(self._named(one)) for one in citations)
        return self.check(page, citations), tuple(place for place in places if place is not None)

    def _look_up(self, page: Page, citation: ast.Citation) -> None:
        if self.regulation is None:
            if not self.silent:  # said once: the header is to be mended, not every citation
                page.refuse("C204", citation.span, ("name_regulation", {}), text=page.words(citation.span))
            self.silent = True
            return
        article = self.regulation.articles.get((citation.article, citation.suffix))
        if article is None:
            help = _articles(self.regulation, citation)
            page.refuse("C201", citation.span, help, article=_place(citation, 2), title=self.regulation.title)
        elif citation.paragraph is not None and citation.paragraph > len(article.paragraphs):
            counted = {"number": str(citation.paragraph), "count": str(len(article.paragraphs))}
            page.refuse("C202", citation.span, article=_place(citation, 2), **counted)
        elif citation.item is not None:
            _look_up_item(page, citation, _items(article, citation.paragraph))


def _look_up_item(page: Page, citation: ast.Citation, count: int) -> None:
    if count == 0:
        page.refuse("C205", citation.span, place=_place(citation, 3))
    elif citation.item > count:
        page.refuse("C203", citation.span, place=_place(citation, 3), number=str(citation.item), count=str(count))


def _place(citation: ast.Citation, parts: int) -> str:
    """The article (the first two parts) or paragraph (three) that is cited, as an argument of a message."""
    numbers = (citation.article, citation.suffix, citation.paragraph)[:parts]
    return "@citation:" + ",".join(str(number or 0) for number in numbers)


def _articles(regulation: Regulation, citation: ast.Citation) -> tuple[str, dict[str, str]] | None:
    """What may have been meant for an article that is not there."""
    numbers = [number for number, suffix in regulation.articles if suffix is None]
    suffixes = [suffix for number, suffix in regulation.articles if number == citation.article and suffix]
    if citation.suffix and suffixes:
        return "last_article", {"last": _place(ast.Citation(citation.article, suffix=max(suffixes)), 2)}
    return ("last_article", {"last": _place(ast.Citation(max(numbers)), 2)}) if numbers else None


def _items(article: Article, paragraph: int | None) -> int:
    """How many items a paragraph has; without a number, the paragraph that has most."""
    paragraphs = article.paragraphs if paragraph is None else article.paragraphs[paragraph - 1 : paragraph]
    return max((len(one.items) for one in paragraphs), default=0)
