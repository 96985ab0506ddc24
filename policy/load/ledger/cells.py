"""What a cell of a ledger says: something, no, or nothing; several values; a code in other words; a phrase that means values."""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from unicodedata import normalize

from policy.lang.mapping import Phrase
from policy.lang.table import RawCell
from policy.load.days import read_day
from policy.load.texts import clean, folded, is_mark
from policy.load.values import DITTO, text_of, truth

__all__ = ["first_day", "is_blank", "is_ditto", "is_no", "meaning", "parts", "said", "spoken", "translated"]

_NUMBERING = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．](?!\d))\s*")


def said(cell: RawCell) -> str:
    """A cell as a text; empty where it says nothing."""
    text = text_of(cell)
    return text if isinstance(text, str) else ""


def is_blank(cell: RawCell) -> bool:
    return cell is None or (isinstance(cell, str) and not clean(cell))


def is_ditto(cell: RawCell) -> bool:
    """Whether a cell stands for the one above it."""
    return isinstance(cell, str) and folded(cell) in DITTO


def is_no(cell: RawCell) -> bool:
    """Whether a cell says that there is no such thing: `否`, `无`, `×`."""
    return truth(folded(said(cell))) is False


def spoken(cell: RawCell) -> bool:
    """Whether a cell says something, and not only that nothing is known."""
    text = folded(said(cell))
    return bool(text) and not is_mark(text)


def parts(cell: RawCell, separators: str) -> list[str]:
    """The values in a cell, without their numbers; marks of nothing and of no are none."""
    text = said(cell)
    pieces = re.split(f"[{re.escape(_wide(separators))}]", text) if separators else [text]
    pieces = [_NUMBERING.sub("", clean(piece)) for piece in pieces]
    return [piece for piece in pieces if piece and truth(folded(piece)) is not False and (truth(folded(piece)) or not is_mark(folded(piece)))]


def _wide(separators: str) -> str:
    """The separators, each in both widths."""
    return separators + "".join({"；": ";", ";": "；", "，": ",", ",": "，", "/": "／"}.get(sign, "") for sign in separators)


def first_day(cell: RawCell, year: int | None, date1904: bool) -> RawCell:
    """The first of several days that a cell says; the cell itself where it says no day."""
    if not isinstance(cell, str):
        return cell
    day = read_day(normalize("NFKC", clean(cell)).lower(), year, date1904, first=True)
    return cell if isinstance(day, str) else day


def translated(cell: RawCell, translations: Table[str, str]) -> RawCell:
    """What a cell means by a table of folded texts, in which `是` and `否` stand for all marks of yes and no; else the cell."""
    text = folded(said(cell))
    if text in translations:
        return translations[text]
    sign = {True: "是", False: "否"}.get(truth(text), "")  # type: ignore[call-overload]
    return translations.get(sign, cell)


def meaning(cell: RawCell, phrase: Phrase) -> dict[str, str]:
    """What a phrase means, by field; nothing where the cell says nothing."""
    text = folded(said(cell).replace("\n", ";"))
    if not text or is_mark(text):
        return {}
    pieces = re.split(f"[{re.escape(phrase.separators)}]", text) if phrase.separators else [text]
    pieces = [piece for piece in pieces if piece and not (phrase.skip and re.search(phrase.skip, piece))]
    whole = ";".join(pieces)
    for choice in phrase.choices:
        if (not choice.whole or re.search(choice.whole, whole)) and any(_holds(choice.has, choice.lacks, piece) for piece in pieces):
            return dict(choice.means)
    return dict(phrase.otherwise)


def _holds(has: str, lacks: str, piece: str) -> bool:
    return re.search(has, piece) is not None and not (lacks and re.search(lacks, piece))
