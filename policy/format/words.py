"""The smallest parts of a text: names, strings, numbers, days, periods and citations, in either language."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import cache

from policy.lang import ast
from policy.lang.keywords import KEYWORDS, UNITS, spelling

__all__ = ["citation", "citations", "colon", "comma", "day", "duration", "literal", "month_day", "name", "parentheses", "string", "value_name"]

_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_NUMERALS = "〇零一二三四五六七八九十百千万两"
_NUMBER_LIKE = re.compile(rf"[{_NUMERALS}]+({'|'.join(word for unit in UNITS.values() for word in unit['zh'])})\w*")
_PUNCTUATION = {
    "zh": {"comma": "、", "colon": "：", "(": "（", ")": "）", "opening": "“", "closing": "”"},
    "en": {"comma": ", ", "colon": " : ", "(": "(", ")": ")", "opening": '"', "closing": '"'},
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})

_VALUE_STARTS = (
    "NOT", "TRUE", "FALSE", "AS_OF", "IF", "EXISTS", "NO", "EVERY", "COUNT", "SUM", "MIN", "MAX", "EARLIEST", "LATEST", "NEAREST",
    "IS_MISSING", "IS_FILLED",
)  # fmt: skip
"""The keywords that may stand where a value begins, and those whose second word would join an `is` before it."""


@cache
def _words(terminals: tuple[str, ...]) -> frozenset[str]:
    spellings = (text for terminal in terminals for column in KEYWORDS[terminal].values() for text in column)
    return frozenset(word for text in spellings for word in text.split())


def name(text: str, *keywords: str) -> str:
    """A name, in `〔…〕` if it is no plain word, or a word of a keyword that could stand in its place."""
    plain = _PLAIN_NAME.fullmatch(text) and text not in _words(keywords)
    return text if plain else f"〔{text}〕"


def value_name(text: str) -> str:
    """A name where a value begins."""
    return f"〔{text}〕" if _NUMBER_LIKE.fullmatch(text) else name(text, *_VALUE_STARTS)


def comma(language: str) -> str:
    return _PUNCTUATION[language]["comma"]


def colon(language: str) -> str:
    return _PUNCTUATION[language]["colon"]


def parentheses(language: str) -> tuple[str, str]:
    return _PUNCTUATION[language]["("], _PUNCTUATION[language][")"]


def string(text: str, language: str) -> str:
    """A text in quotes: those of the language, or straight ones around a text that has curved ones inside."""
    marks = _PUNCTUATION["en" if "“" in text or "”" in text else language]
    return marks["opening"] + text.translate(_ESCAPES) + marks["closing"]


def day(date: datetime.date) -> str:
    return date.isoformat()


def month_day(value: ast.MonthDayLiteral) -> str:
    return f"{value.month:02}-{value.day:02}"


def duration(value: ast.Duration, language: str) -> str:
    """`1 month`, `30 days`, `1个月`, `30日`."""
    if language == "zh":
        return f"{value.amount}{UNITS[value.unit]['zh'][0]}"
    plural, singular = UNITS[value.unit]["en"]
    return f"{value.amount} {singular if value.amount == 1 else plural}"


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


def _numeral(number: int) -> str:
    """A whole number from 1 to 9999 in Chinese numerals."""
    out = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += _NUMERALS[digit + 1] + unit
        elif out and number % power:
            out += "零"
    out = re.sub("零+", "零", out)
    return out.removeprefix("一") if 10 <= number < 20 else out


def _place_zh(cited: ast.Citation) -> str:
    parts = (("第{}条", cited.article), ("之{}", cited.suffix), ("第{}款", cited.paragraph), ("第（{}）项", cited.item))
    return "".join(pattern.format(_numeral(number)) for pattern, number in parts if number is not None)


def _place_en(cited: ast.Citation) -> str:
    article = f"article {cited.article}" + (f"-{cited.suffix}" if cited.suffix is not None else "")
    parts = ((" paragraph {}", cited.paragraph), (" item {}", cited.item))
    return article + "".join(pattern.format(number) for pattern, number in parts if number is not None)


def citation(cited: ast.Citation, language: str) -> str:
    """`第十一条第一款第（二）项`, `article 11 paragraph 1 item 2`, `《文件》第三条`, or the text that names the source."""
    if cited.text is not None:
        return string(cited.text, language)
    document = "" if cited.document is None else f"《{cited.document}》"
    if cited.article is None:
        return document
    place = _place_zh(cited) if language == "zh" else _place_en(cited)
    return f"{document} {place}" if document and language == "en" else document + place


def citations(cited: tuple[ast.Citation, ...], language: str) -> str:
    return comma(language).join(citation(one, language) for one in cited)
