"""Citations: whether the article is there, and how a report writes it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from policy.check.names import listed
from policy.check.page import Page
from policy.lang import ast
from policy.lang.regulation import Article, Regulation

__all__ = ["Library", "canonical"]

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def _chinese(number: int) -> str:
    """A number in Chinese numerals, 十一, 二十, 一百零三; beyond four digits in figures."""
    if not 0 < number < 10_000:
        return str(number)
    digits = [int(digit) for digit in str(number)]
    places = zip(digits, reversed(_PLACES[: len(digits)]))
    text = "".join(_DIGITS[digit] + place if digit else "零" for digit, place in places).rstrip("零")
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def canonical(citation: ast.Citation, language: str) -> str:
    """A citation as reports write it, in the language of the file."""
    document = "" if citation.document is None else f"《{citation.document}》"
    if citation.article is None:
        return citation.text or document
    if language == "en":
        return f"{document} {_english(citation)}".strip()
    text = f"{document}第{_chinese(citation.article)}条"
    text += f"之{_chinese(citation.suffix)}" if citation.suffix else ""
    text += f"第{_chinese(citation.paragraph)}款" if citation.paragraph else ""
    return text + (f"第（{_chinese(citation.item)}）项" if citation.item else "")


def _english(citation: ast.Citation) -> str:
    text = f"article {citation.article}" + (f"-{citation.suffix}" if citation.suffix else "")
    text += f" paragraph {citation.paragraph}" if citation.paragraph else ""
    return text + (f" item {citation.item}" if citation.item else "")


@attrs.define(eq=False)
class Library:
    """The pack's own regulation, in which its citations are looked up; None, unless it is `silent`, makes them mistakes."""

    regulation: Regulation | None
    silent: bool = False

    def check(self, page: Page, citations: Iterable[ast.Citation]) -> tuple[str, ...]:
        """The texts of citations; those of the own regulation have to be there."""
        for citation in citations:
            if citation.article is not None and citation.document is None:
                self._look_up(page, citation)
        return tuple(canonical(citation, page.language) for citation in citations)

    def _look_up(self, page: Page, citation: ast.Citation) -> None:
        if self.regulation is None:
            if not self.silent:  # said once: the header is to be mended, not every citation
                page.refuse("C204", citation.span, text=page.words(citation.span))
            self.silent = True
            return
        article = self.regulation.articles.get((citation.article, citation.suffix))
        if article is None:
            self._no_article(page, citation)
        elif citation.paragraph is not None and citation.paragraph > len(article.paragraphs):
            text = _words(citation, page, paragraph=None, item=None)
            page.refuse("C202", citation.span, article=text, number=str(citation.paragraph), count=str(len(article.paragraphs)))
        elif citation.item is not None and citation.item > _items(article, citation.paragraph):
            text = _words(citation, page, item=None)
            page.refuse("C203", citation.span, place=text, number=str(citation.item), count=str(_items(article, citation.paragraph)))

    def _no_article(self, page: Page, citation: ast.Citation) -> None:
        numbers = [number for number, suffix in self.regulation.articles if suffix is None]
        suffixed = [key for key in self.regulation.articles if key[0] == citation.article and key[1]]
        text = _words(citation, page, paragraph=None, item=None)
        help = None
        if suffixed and citation.suffix:
            names = [canonical(ast.Citation(number, suffix=suffix), page.language) for number, suffix in suffixed]
            help = ("known_names", {"names": listed(names)})
        elif numbers:
            help = ("last_article", {"last": canonical(ast.Citation(max(numbers)), page.language)})
        page.refuse("C201", citation.span, help, article=text, title=self.regulation.title)


def _words(citation: ast.Citation, page: Page, **left_out: None) -> str:
    return canonical(attrs.evolve(citation, **left_out), page.language)


def _items(article: Article, paragraph: int | None) -> int:
    """How many items a paragraph has; without a number, the paragraph that has most."""
    paragraphs = article.paragraphs if paragraph is None else article.paragraphs[paragraph - 1 : paragraph]
    return max((len(one.items) for one in paragraphs), default=0)
