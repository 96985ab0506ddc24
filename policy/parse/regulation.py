"""The text of a regulation in Markdown → its articles, paragraphs and items."""

from __future__ import annotations

import re

from policy.lang.regulation import Article, Paragraph, Regulation
from policy.lang.numerals import chinese_number, too_long
from policy.source import Source

__all__ = ["parse_regulation"]

_NUMERAL = "[0-9零〇一二两三四五六七八九十百千]+"
_TITLE = re.compile(r"#\s+(.*)")
_ARTICLE = re.compile(rf"#{{2,4}}\s*(?:第({_NUMERAL})条(?:之({_NUMERAL}))?|[Aa]rticle\s+(\d+)(?:-(\d+))?)")
_ITEM = re.compile(rf"[(（]({_NUMERAL}|[a-z])[)）]\s*")


def parse_regulation(source: Source) -> Regulation:
    """The articles of a regulation: `### 第十一条` or `### Article 11` opens one, each line is a paragraph.

    Lines that begin with `(一)`, `(1)` or `(a)` are the items of the paragraph before them. What stands before the first article
    is not part of any.
    """
    title = ""
    articles: dict[tuple[int, int | None], list[tuple[str, list[str]]]] = {}
    current: list[tuple[str, list[str]]] | None = None
    for line in source.text.splitlines():
        text = line.strip()
        if (match := _ARTICLE.match(text)) and not too_long(match[0]):
            numbers = [None if part is None else chinese_number(part) for part in match.groups()]
            number, suffix = numbers[:2] if numbers[0] is not None else numbers[2:]
            current = articles.setdefault((number or 0, suffix), [])
        elif text.startswith("#"):
            found = _TITLE.match(text)
            title = title or (found[1].strip("《》 ") if found else "")
            current = current if not found else None
        elif text and current is not None:
            _add(current, text)
    return Regulation(
        title,
        {
            key: Article(*key, tuple(Paragraph(paragraph, tuple(items)) for paragraph, items in paragraphs))
            for key, paragraphs in articles.items()
        },
    )


def _add(paragraphs: list[tuple[str, list[str]]], text: str) -> None:
    item = _ITEM.match(text)
    if item and paragraphs:
        paragraphs[-1][1].append(text[item.end() :])
    else:
        paragraphs.append((text, []))
