"""Texts as people type them: invisible characters, wide forms, Chinese numerals, many ways to say that nothing is known."""

from __future__ import annotations

import re
from unicodedata import normalize

__all__ = ["arabic", "bare", "clean", "folded", "is_mark", "named"]

_INVISIBLE = "[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･･●.．", "·"))
_TENS = "([一二三四五六七八九]?)十([一二三四五六七八九]?)"
_DIGITS = str.maketrans("〇○◯零一二两三四五六七八九", "00001223456789")
_MARKS = frozenset(
    "无 暂无 没有 空 缺 缺失 未 未填 未填写 未定 未知 不详 不明 不清楚 待定 待补 待补充 待查 待核 待核实 略 不适用 "
    "详见附件 见附件 附后 na n/a nil null none nan tbd unknown".split()
)


def clean(text: str) -> str:
    """The text in NFC without invisible characters and without white space at its ends."""
    if text.isascii():
        return text.strip()
    if not text.isprintable():  # as nothing invisible is; most texts are, and are done sooner
        text = re.sub(_INVISIBLE, "", text)
    return normalize("NFC", text).strip()


def folded(text: str) -> str:
    """The text as names are compared: NFKC, without white space, in lower case."""
    return "".join(normalize("NFKC", clean(text)).split()).casefold()


def named(text: str) -> str:
    """The text as names of persons and organizations are compared: folded, with one dot for all that people put into a name."""
    return folded(text).translate(_DOTS)


_REQUIRED = re.compile(r"(?:\*|[(（]\s*(?:必填|required)\s*[)）]|\s)+$", re.IGNORECASE)
"""How templates mark the columns that have to be filled in."""


def bare(column: str) -> str:
    """The name of a column as its header says it, without the marks of templates."""
    return _REQUIRED.sub("", clean(column))


def arabic(text: str) -> str:
    """The text with Chinese numerals below a hundred, or digit by digit, as Arabic ones: `二〇二六年十二月` is `2026年12月`."""
    return re.sub(_TENS, _tens, text).translate(_DIGITS)


def _tens(match: re.Match) -> str:
    tens, units = (part.translate(_DIGITS) for part in match.groups())
    return (tens or "1") + (units or "0")


def is_mark(text: str) -> bool:
    """Whether a folded text says that the value is not known: `/`, `—`, `无`, `待定`; one without a letter or digit does."""
    return text in _MARKS or not any(map(str.isalnum, text))
