"""How a citation is written in each language: the form that reports and the formatter give it."""

from __future__ import annotations

from policy.lang.ast import Citation

__all__ = ["citation_text", "numeral"]

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def numeral(number: int) -> str:
    """A number in Chinese numerals, 十一, 二十, 一百零三; beyond four digits in figures."""
    if not 0 < number < 10_000:
        return str(number)
    digits = [int(digit) for digit in str(number)]
    places = zip(digits, reversed(_PLACES[: len(digits)]))
    text = "".join(_DIGITS[digit] + place if digit else "零" for digit, place in places).rstrip("零")
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def citation_text(citation: Citation, language: str) -> str:
    """A citation in words: `第五条第三款第（六）项`, `article 5 paragraph 3 item 6`; of another document with `《…》` before it."""
    document = "" if citation.document is None else f"《{citation.document}》"
    if citation.article is None:
        return citation.text or document
    if language == "en":
        return f"{document} {_english(citation)}".strip()
    text = f"{document}第{numeral(citation.article)}条"
    text += f"之{numeral(citation.suffix)}" if citation.suffix is not None else ""
    text += f"第{numeral(citation.paragraph)}款" if citation.paragraph is not None else ""
    return text + (f"第（{numeral(citation.item)}）项" if citation.item is not None else "")


def _english(citation: Citation) -> str:
    text = f"article {citation.article}" + (f"-{citation.suffix}" if citation.suffix is not None else "")
    text += f" paragraph {citation.paragraph}" if citation.paragraph is not None else ""
    return text + (f" item {citation.item}" if citation.item is not None else "")
