"""Chinese numerals, as they stand in citations and durations."""

from __future__ import annotations

__all__ = ["DIGITS", "chinese_number"]

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> int:
    """The number that a numeral such as `二十`, `一百零三` or `12` stands for; the text consists of digits and units only."""
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
