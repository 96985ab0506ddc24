"""The text of a regulation, by article, paragraph (款) and item (项)."""

from __future__ import annotations

from policy.lang.noun import noun

__all__ = ["Article", "Paragraph", "Regulation"]


@noun
class Paragraph:
    """A paragraph: its text, and its numbered items in their order (the first is item 1)."""

    text: str
    items: tuple[str, ...] = ()


@noun
class Article:
    """Article `number`, or `number` 之 `suffix`."""

    number: int
    suffix: int | None
    paragraphs: tuple[Paragraph, ...]


@noun
class Regulation:
    """A regulation's title and its articles by `(number, suffix)`."""

    title: str
    articles: dict[tuple[int, int | None], Article]
