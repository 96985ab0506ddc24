"""What may stand once in a declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from policy.check.page import Page

__all__ = ["once"]


def once(page: Page, items: Iterable, kind: Callable[..., str | None]) -> list:
    """The items without those whose kind stood before: mistakes. A kind is a keyword, or None for what may be repeated."""
    first: dict[str, object] = {}
    kept = []
    for item in items:
        name = kind(item)
        if name is not None and first.setdefault(name, item) is not item:
            page.refuse("C013", item.span, related=(page, first[name].span, "first"), clause=f"@keyword:{name}")
        else:
            kept.append(item)
    return kept
