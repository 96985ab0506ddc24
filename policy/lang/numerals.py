"""Chinese numerals, as they stand in citations and durations."""

from __future__ import annotations

import re

__all__ = ["DIGITS", "MOST_DIGITS", "chinese_number", "too_long"]

MOST_DIGITS = 18
"""No number that is meant has more; Python itself refuses to read those with thousands."""

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TOO_LONG = re.compile(rf"\d{{{MOST_DIGITS + 1}}}")


def too_long(text: str) -> bool:
    """Whether a number with more digits than `MOST_DIGITS` stands in a text."""
    return _TOO_LONG.search(text) is not None


def chinese_number(text: str) -> int:
    """The number that a numeral such as `二十`, `一百零三` or `12` stands for.

    The text consists of digits and units only, and is not too long.
    """
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = DIGITS[char] if char in DIGITS else int(char)
    return total + digit
