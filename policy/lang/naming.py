"""What a person's name looks like when it is masked, and where names stand in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import normalize

__all__ = ["WITHHELD", "Finder", "mask_name"]

WITHHELD = "***"
"""What stands for a text of which nothing may be said. It shows no length."""

_COMPOUND = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 "
    "闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 "
    "左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰".split()
)
_DOTS = re.compile(r"[·•・‧∙⋅˙.．]")
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")


def mask_name(name: str) -> str:
    """A person's name with the given name hidden: 张* of two characters, 张*三 of three, 张**三 of four, 欧阳*文 with a compound surname.

    Of a name in parts (阿卜杜拉·买买提, John Smith) and of any other the first character of each part is left: 阿***·买***. Of a name
    of one character nothing is left.
    """
    name = " ".join(name.split())
    joined = name.replace(" ", "")
    if _HAN.fullmatch(joined) and len(joined) <= 4:
        return _han(joined)
    parts = [part.strip() for part in _DOTS.split(name)]
    return "·".join(" ".join(_initial(word) for word in part.split()) for part in parts if part) or WITHHELD


def _han(name: str) -> str:
    surname = 2 if len(name) > 2 and name[:2] in _COMPOUND else 1
    given = len(name) - surname
    if not given:
        return WITHHELD
    last = name[-1] if given > 1 else ""
    return name[:surname] + "*" * (given - len(last)) + last


def _initial(word: str) -> str:
    return word[0] + WITHHELD if len(word) > 1 else WITHHELD


class Finder:
    """Finds names in texts and puts something else in their place: the longest first, however they are spaced, in any case and width.

    Names of one character are not looked for: they stand in every sentence. A short one in Latin letters has to stand by itself.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        folded = [(_folded(name), instead) for name, instead in names.items()]
        self._instead = {name: instead for name, instead in folded if len(name) > 1}
        lengths: dict[str, set[int]] = {}
        for name in self._instead:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}

    def replace(self, text: str) -> str:
        """The text with every name replaced."""
        places = [(part, at) for at, char in enumerate(text) for part in _folded(char)]
        whole, parts, begin, at = "".join(part for part, _ in places), [], 0, 0
        while at < len(whole) - 1:
            name = self._found(whole, at)
            if name and (len(name) > 3 or not name.isascii() or _alone(text, places[at][1], places[at + len(name) - 1][1])):
                parts += [text[begin : places[at][1]], self._instead[name]]
                begin = places[at + len(name) - 1][1] + 1
                at += len(name)
            else:
                at += 1
        return "".join([*parts, text[begin:]]) if parts else text

    def _found(self, whole: str, at: int) -> str:
        """The longest name that begins there; empty where none does."""
        lengths = self._lengths.get(whole[at : at + 2], ())
        return next((name for name in (whole[at : at + length] for length in lengths) if name in self._instead), "")


def _alone(text: str, first: int, last: int) -> bool:
    """Whether neither a letter nor a digit stands beside a part of a text."""
    around = text[max(first - 1, 0) : first] + text[last + 1 : last + 2]
    return not any(char.isascii() and char.isalnum() for char in around)


def _folded(text: str) -> str:
    """A text in one width and case, without blanks and the dots between the parts of a name."""
    return "".join(_DOTS.sub("", normalize("NFKC", char).casefold()).strip() for char in text)
