"""The smallest parts of a text: names, strings, numbers, days, periods and citations, in either language."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import cache

from policy.lang import ast
from policy.lang.citing import citation_text
from policy.lang.keywords import KEYWORDS, UNITS, period_text, spelling

__all__ = [
    "cell", "citation", "citations", "colon", "comma", "day", "duration", "literal", "month_day", "name", "parentheses", "string",
    "value_name",
]  # fmt: skip

_NUMERALS = "零〇一二两三四五六七八九十百千"
_UNITS = "|".join(word for unit in UNITS.values() for words in unit.values() for word in words)
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_LIKE_PERIOD = re.compile(rf"[{_NUMERALS}][{_NUMERALS}0-9]*({_UNITS})")
_COMMENT_MARK = "注"
_PUNCTUATION = {
    "zh": {"comma": "、", "colon": "：", "parentheses": ("（", "）"), "quotes": ("“", "”")},
    "en": {"comma": ", ", "colon": ": ", "parentheses": ("(", ")"), "quotes": ('"', '"')},
}

# The lexer looks for quotes, bars and backslashes after NFKC, so their full-width forms are escaped as well.
_BACKSLASHES = r"\\＼﹨"
_IN_CURVED = re.compile(f"[{_BACKSLASHES}]")
_IN_STRAIGHT = re.compile(f'["＂{_BACKSLASHES}]')
_IN_CELL = re.compile(f"[|｜{_BACKSLASHES}]")

_VALUE_STARTS = (
    "NOT", "TRUE", "FALSE", "AS_OF", "IF", "EXISTS", "NO", "EVERY", "COUNT", "SUM", "MIN", "MAX", "EARLIEST", "LATEST", "NEAREST",
)  # fmt: skip
"""The keywords that may stand where a value begins."""

_AFTER_IS = frozenset(text.split()[-1] for terminal in ("IS_MISSING", "IS_FILLED") for text in KEYWORDS[terminal]["en"])
"""Words that are a name where a value begins, but would join an `is` before them."""


@cache
def _single_words(terminals: tuple[str, ...]) -> frozenset[str]:
    spellings = (text for terminal in terminals for column in KEYWORDS[terminal].values() for text in column)
    return frozenset(text for text in spellings if " " not in text)


def name(text: str, *keywords: str) -> str:
    """A name, in `〔…〕` if it is no plain word, or the word of a keyword that could stand in its place."""
    plain = _PLAIN_NAME.fullmatch(text) and text != _COMMENT_MARK and text not in _single_words(keywords)
    return text if plain else f"〔{text}〕"


def value_name(text: str) -> str:
    """A name where a value begins."""
    return f"〔{text}〕" if text in _AFTER_IS or _LIKE_PERIOD.fullmatch(text) else name(text, *_VALUE_STARTS)


def comma(language: str) -> str:
    """What separates the members of a list."""
    return _PUNCTUATION[language]["comma"]


def colon(language: str) -> str:
    """What stands between a name and its type."""
    return _PUNCTUATION[language]["colon"]


def parentheses(language: str) -> tuple[str, str]:
    """The opening and the closing one."""
    return _PUNCTUATION[language]["parentheses"]


def string(text: str, language: str) -> str:
    """A text in quotes: those of the language, or straight ones around a text that has curved ones inside."""
    curved = language == "zh" and "“" not in text and "”" not in text
    opening, closing = _PUNCTUATION["zh" if curved else "en"]["quotes"]
    escaped = (_IN_CURVED if curved else _IN_STRAIGHT).sub(r"\\\g<0>", text)
    return opening + escaped.replace("\n", "\\n").replace("\t", "\\t") + closing


def cell(text: str) -> str:
    """The text of a table's cell, with its bars and backslashes escaped."""
    return _IN_CELL.sub(r"\\\g<0>", text)


def day(date: datetime.date) -> str:
    """`2026-01-30`, in both languages."""
    return date.isoformat()


def month_day(value: ast.MonthDayLiteral) -> str:
    """`03-31`, in both languages."""
    return f"{value.month:02}-{value.day:02}"


def duration(value: ast.Duration, language: str) -> str:
    """`1 month`, `30 days`, `1个月`, `30日`."""
    return period_text(value.amount, value.unit, language)


def literal(value: object, language: str) -> str:
    """A text, truth value, day or number."""
    match value:
        case str():
            return string(value, language)
        case bool():
            return spelling("TRUE" if value else "FALSE", language)
        case datetime.date():
            return day(value)
        case Decimal():
            digits = format(value, "f")
            return digits if "." in digits else f"{digits}.0"
        case _:
            return str(value)


def citation(cited: ast.Citation, language: str) -> str:
    """`第十一条第一款第（二）项`, `article 11 paragraph 1 item 2`, `《文件》第三条`, or the text that names the source."""
    return citation_text(cited, language) if cited.text is None else string(cited.text, language)


def citations(cited: tuple[ast.Citation, ...], language: str) -> str:
    """Citations, separated by commas."""
    return comma(language).join(citation(one, language) for one in cited)
