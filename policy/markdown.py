"""Markdown in which words are words: nothing in a text from elsewhere is markup, a link, or calls somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["code", "plain", "table"]

_MARKS = re.compile(r"[\\`*_\[\]<>|~#&$!@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What begins or ends markup, an address that viewers make a link, or a mention."""
_INSTEAD = {"<": "&lt;", ">": "&gt;", "@": "＠"}
"""What no backslash disarms everywhere: a mention is one also where its sign is escaped."""
_LIKE_A_LIST = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def plain(said: str) -> str:
    """Words on one line, in which nothing is markup."""
    line = _MARKS.sub(lambda mark: _INSTEAD.get(mark[0], f"\\{mark[0]}"), " ".join(said.split()))
    return _LIKE_A_LIST.sub(lambda start: f"{start[1]}{start[2][:-1]}\\{start[2][-1]}", line)


def code(name: str) -> str:
    """A name as it is typed, whatever is in it; a bar would end the cell of a table."""
    longest = max(map(len, re.findall("`+", name)), default=0)
    fence, pad = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{pad}{' '.join(name.split())}{pad}{fence}".replace("|", "\\|")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
