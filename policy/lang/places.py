"""Places in a regulation: an article, a paragraph (款), an item (项)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy.lang.ast import Citation
    from policy.lang.regulation import Regulation

__all__ = ["Place", "place_of", "settled"]

Place = tuple[int, int | None, int | None, int | None]
"""Article, suffix, paragraph and item; without the latter two a whole article or paragraph."""


def place_of(citation: Citation) -> Place | None:
    """The place of the pack's own regulation that is cited; None for another document or a text."""
    if citation.article is None or citation.document is not None:
        return None
    return citation.article, citation.suffix, citation.paragraph, citation.item


def settled(place: Place, regulation: Regulation) -> Place:
    """The same place under the one number it has: the only paragraph of an article is its first, an item has its paragraph."""
    article, suffix, paragraph, item = place
    found = regulation.articles.get((article, suffix))
    if found is None or paragraph is not None:
        return place
    if item is not None:
        having = (number for number, one in enumerate(found.paragraphs, 1) if len(one.items) >= item)
        return article, suffix, next(having, None), item
    return article, suffix, 1 if len(found.paragraphs) == 1 else None, None
