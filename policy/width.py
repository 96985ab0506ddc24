"""How wide a text stands on a terminal, where a Chinese character takes two columns; and making texts of others harmless there."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

__all__ = ["harmless", "pad", "width"]

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
# C1 controls, line separators, the marks that turn the direction of writing or are not seen at all, and what is no character
_REPLACED = (
    *range(0x80, 0xA0), 0x061C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), *range(0xD800, 0xE000), 0xFEFF, 0xFFFE,
    0xFFFF,
)  # fmt: skip
_HARMLESS = _PICTURES | dict.fromkeys(_REPLACED, 0xFFFD)


def width(text: str) -> int:
    """The number of terminal columns that `text` takes: two for wide and full-width characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 0 if combining(char) else 1 for char in text)


def pad(text: str, columns: int, right: bool = False) -> str:
    """`text` filled with spaces to `columns` terminal columns, to the right of it or, with `right`, to its left."""
    spaces = " " * (columns - width(text))
    return spaces + text if right else text + spaces


def harmless(text: str) -> str:
    """`text` with its control characters, line breaks and invisible marks made visible, so that it can neither move nor hide anything.

    What comes out can stand in UTF-8 and in XML.
    """
    return text.translate(_HARMLESS)
