"""What a cell of a ledger says: something, no, or nothing; several values; a code in other words; a phrase that means values."""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from functools import lru_cache
from unicodedata import normalize

from policy.lang.mapping import Phrase
from policy.lang.table import RawCell
from policy.load.days import read_day
from policy.load.texts import clean, folded, is_mark
from policy.load.values import DITTO, text_of, truth

__all__ = ["compared", "first_day", "is_blank", "is_ditto", "is_no", "meaning", "parts", "said", "spoken", "translated"]

_remembered = lru_cache(maxsize=1 << 16)
"""For what is asked of texts: columns of a ledger say the same things over and over."""

_NUMBERING = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．](?!\d))\s*(?=\S)")
_LONGEST_MARK = 8
"""Characters that a mark for the cell above may have, with white space."""


def said(cell: RawCell) -> str:
    """A cell as a text; empty where it says nothing."""
    return _said(cell) if isinstance(cell, str) else _typed(cell)


def _typed(cell: RawCell) -> str:
    text = text_of(cell)
    return text if isinstance(text, str) else ""


_said = _remembered(_typed)


@_remembered
def compared(text: str) -> str:
    """A text as texts are compared."""
    return folded(text)


def is_blank(cell: RawCell) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or _is_blank(cell)))


@_remembered
def _is_blank(text: str) -> bool:
    return not clean(text)


def is_ditto(cell: RawCell) -> bool:
    """Whether a cell stands for the one above it."""
    return isinstance(cell, str) and len(cell) < _LONGEST_MARK and compared(cell) in DITTO


def is_no(cell: RawCell) -> bool:
    """Whether a cell says that there is no such thing: `否`, `无`, `×`."""
    return truth(compared(said(cell))) is False


def spoken(cell: RawCell) -> bool:
    """Whether a cell says something, and not only that nothing is known."""
    text = compared(said(cell))
    return bool(text) and not is_mark(text)


def parts(cell: RawCell, separators: str) -> list[str]:
    """The values in a cell, without their numbers; marks of nothing and of no are none."""
    return list(_parts(said(cell), separators))


@_remembered
def _parts(text: str, separators: str) -> tuple[str, ...]:
    pieces = re.split(f"[{re.escape(_wide(separators))}]", text) if separators else [text]
    pieces = [_NUMBERING.sub("", clean(piece)) for piece in pieces]
    return tuple(piece for piece in pieces if _is_value(folded(piece)))


def _is_value(text: str) -> bool:
    said = truth(text)
    return bool(said) or (said is None and not is_mark(text))


def _wide(separators: str) -> str:
    """The separators, each in both widths."""
    return separators + "".join({"；": ";", ";": "；", "，": ",", ",": "，", "/": "／"}.get(sign, "") for sign in separators)


def first_day(cell: RawCell, year: int | None, date1904: bool) -> RawCell:
    """The first of several days that a cell says; the cell itself where it says no day."""
    return _first_day(cell, year, date1904) if isinstance(cell, str) else cell


@_remembered
def _first_day(text: str, year: int | None, date1904: bool) -> RawCell:
    day = read_day(normalize("NFKC", clean(text)).lower(), year, date1904, first=True)
    return text if isinstance(day, str) else day


def translated(cell: RawCell, translations: Table[str, str]) -> RawCell:
    """What a cell means by a table of folded texts, in which `是` and `否` stand for all marks of yes and no; else the cell."""
    text = compared(said(cell))
    if text in translations:
        return translations[text]
    sign = {True: "是", False: "否"}.get(truth(text), "")
    return translations.get(sign, cell)


def meaning(cell: RawCell, phrase: Phrase) -> dict[str, str]:
    """What a phrase means, by field; nothing where the cell says nothing."""
    return _meaning(said(cell), phrase)


@_remembered
def _meaning(said: str, phrase: Phrase) -> dict[str, str]:
    text = folded(said.replace("\n", ";"))
    if not any(map(str.isalnum, text)):
        return {}
    pieces = re.split(f"[{re.escape(phrase.separators)}]", text) if phrase.separators else [text]
    pieces = [piece for piece in pieces if piece and not (phrase.skip and re.search(phrase.skip, piece))]
    whole = ";".join(pieces)
    for choice in phrase.choices:
        if choice.whole and not re.search(choice.whole, whole):
            continue
        if any(_holds(choice.has, choice.lacks, piece) for piece in pieces):
            return dict(choice.means)
    return {} if is_mark(text) else dict(phrase.otherwise)


def _holds(has: str, lacks: str, piece: str) -> bool:
    return re.search(has, piece) is not None and not (lacks and re.search(lacks, piece))
