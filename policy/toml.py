"""TOML as people write it: keys and plain words of any script without quotes, Chinese punctuation; and where everything stands.

Strict TOML takes letters of other scripts, quotes and commas of full width, and words that are values inside of texts only, so that
whatever is valid means the same here. The library is imported when there is a file to read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

__all__ = ["Document", "Place", "TomlError", "parse"]

Span = tuple[int, int]
Path = tuple[str | int, ...]


class TomlError(Exception):
    """A text that is no TOML: `place` is where it goes wrong, an index of `text`; None where it is no text at all.

    `twice` where it says something a second time; then `place` is the beginning of that line. `day` is a day that does not exist, if
    that is what is wrong.
    """

    def __init__(self, text: str, place: int | None, twice: bool = False, day: str = "") -> None:
        super().__init__(place)
        self.text = text
        self.place = place
        self.twice = twice
        self.day = day


class Place(NamedTuple):
    """Where a key and its value stand in the text; of a table in brackets both are its heading."""

    key: Span
    value: Span


class Document(NamedTuple):
    """What a file says: its text, the values, and by the path of each value (keys, and places in lists) where it stands."""

    text: str
    encoding: str
    values: dict[str, Any]
    places: dict[Path, Place]

    def place(self, path: Path) -> Place:
        """Where a value stands; of a table that is named in headings and dotted keys of its members only, the first of these."""
        return self.places.get(path) or next(place for other, place in self.places.items() if other[: len(path)] == path)

    def line(self, path: Path) -> int:
        """The number of the line on which a value is named."""
        return self.text.count("\n", 0, self.place(path).key[0]) + 1


_PLAIN = r"[^\s\[\]{}=,.［］【】｛｝＝，\"'#“”]"
_TOKENS = re.compile(
    r'(?P<string>"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*\')'
    r"|(?P<chinese>“[^”\n]*”)|(?P<comment>#[^\n]*)|(?P<newline>\n)|(?P<sign>[\[\]{}=,.［］【】｛｝＝，])"
    rf"|(?P<word>(?:{_PLAIN}+(?:【{_PLAIN}*】)?)+)",
    re.DOTALL,
)
_NAME = re.compile(r"(?<=[=,\[＝，［\s])(?!(?:true|false|inf|nan)\b)[A-Za-z_][\w-]*(?=\s*(?:[,\]}，］｝#\n]|$))")
"""A word that is a value, not a key: what stands behind it ends a value, and strict TOML has no such values."""
_DEEPEST = 100
_SIGNS = str.maketrans("［］【】｛｝＝，", "[][]{}=,")
_TWICE = "twice|overwrite|Duplicate"
"""In what the library says of a key or a table that is there already."""
_DAY = r"\d{4}-\d\d-\d\d(?!\d)"
_WHERE = re.compile(r"at line (\d+), column (\d+)\)$")


class _Token(NamedTuple):
    """A part of the text; `said` is what strict TOML has for it."""

    kind: str
    said: str
    span: Span


def parse(content: bytes) -> Document:
    """What a file says. Raises TomlError."""
    import tomllib

    text, encoding = _decoded(content)
    tokens = list(_tokens(text))
    deep = _too_deep(tokens)
    if deep is not None:
        raise TomlError(text, deep)
    strict, starts = _strict(text, tokens)
    try:
        values = tomllib.loads(strict)
    except tomllib.TOMLDecodeError as error:
        place = _original(_place(strict, str(error)), starts, text)
        twice = re.search(_TWICE, str(error)) is not None
        day = re.match(_DAY, text[place:])
        raise TomlError(text, _beginning(text, place) if twice else place, twice, day[0] if day else "") from None
    except RecursionError:
        raise TomlError(text, 0) from None
    return Document(text, encoding, values, _Walk([token for token in tokens if token.kind != "comment"]).places)


def _decoded(content: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).replace("\r\n", "\n"), encoding
        except UnicodeDecodeError:
            continue
    raise TomlError("", None)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKENS.finditer(text):
        kind, said = match.lastgroup or "", match[0]
        if kind == "chinese":
            kind, said = "string", _quoted(said[1:-1])
        elif kind == "sign":
            said = said.translate(_SIGNS)
        elif kind == "word" and (not said.isascii() or _NAME.match(text, match.start())):
            kind, said = "string", _quoted(said)
        yield _Token(kind, said, match.span())


def _too_deep(tokens: list[_Token]) -> int | None:
    """Where a dotted key has so many parts that the library would take all the memory there is; None where none has."""
    parts = 0
    for token in tokens:
        if token.kind == "newline" or token.said == "=":
            parts = 0
        elif token.said == "." and token.kind == "sign":
            parts += 1
            if parts > _DEEPEST:
                return token.span[0]
    return None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _strict(text: str, tokens: list[_Token]) -> tuple[str, list[tuple[int, int]]]:
    """The text in strict TOML, and pairs of places in it and in the text that mean the same."""
    parts, starts, length, end = [], [(0, 0)], 0, 0
    for token in tokens:
        between = text[end : token.span[0]]
        starts.append((length + len(between), token.span[0]))
        parts += [between, token.said]
        length += len(between) + len(token.said)
        end = token.span[1]
        starts.append((length, end))
    return "".join([*parts, text[end:]]), starts


def _place(strict: str, message: str) -> int:
    """Where the library says that a text goes wrong; an error without a place is at its end."""
    match = _WHERE.search(message)
    if match is None:
        return len(strict.rstrip())
    lines = strict.splitlines(keepends=True)
    return sum(map(len, lines[: int(match[1]) - 1])) + int(match[2]) - 1


def _beginning(text: str, place: int) -> int:
    """Where the line of a place begins, behind its blanks."""
    start = text.rfind("\n", 0, place) + 1
    return start + len(text[start:place]) - len(text[start:place].lstrip())


def _original(place: int, starts: list[tuple[int, int]], text: str) -> int:
    strict, original = starts[bisect_right(starts, (place, len(text))) - 1]
    return min(original + place - strict, len(text))


class _Walk:
    """Goes through the tokens of a text that is TOML and notes where its values stand."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = [*tokens, _Token("newline", "\n", (0, 0))]
        self._at = 0
        self._counts: dict[Path, int] = defaultdict(int)
        self.places: dict[Path, Place] = {}
        table: Path = ()
        while self._at < len(tokens):
            if self._here.kind == "newline":
                self._at += 1
            elif self._here.said == "[":
                table = self._heading()
            else:
                self._pair(table)

    @property
    def _here(self) -> _Token:
        return self._tokens[self._at]

    def _heading(self) -> Path:
        """`[table]` or `[[list]]`: the path of what follows."""
        self._at += 1
        many = self._here.said == "["
        self._at += many
        keys, span = self._keys("]")
        self._at += many
        path: Path = ()
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            if many and number == len(keys):
                self._counts[path] += 1
            if path in self._counts:
                self.places.setdefault(path, Place(span, span))
                path = (*path, self._counts[path] - 1)
        self.places[path] = Place(span, span)
        return path

    def _keys(self, end: str) -> tuple[list[str], Span]:
        """The parts of a dotted key up to a sign, which is passed."""
        first, keys = self._here.span[0], []
        while self._here.said != end or self._here.kind != "sign":
            last = self._here.span[1]
            if self._here.kind != "sign":
                keys.append(_key(self._here))
            self._at += 1
        self._at += 1
        return keys, (first, last)

    def _pair(self, table: Path) -> None:
        keys, span = self._keys("=")
        self._value((*table, *keys), span)

    def _value(self, path: Path, key: Span | None) -> None:
        start = self._here.span[0]
        if self._here.said == "{" and self._here.kind == "sign":
            self._inside("}", lambda number: self._pair(path))
        elif self._here.said == "[" and self._here.kind == "sign":
            self._inside("]", lambda number: self._value((*path, number), None))
        else:
            while self._here.kind != "newline" and not (self._here.kind == "sign" and self._here.said in ",]}"):
                self._at += 1
        value = (start, self._tokens[self._at - 1].span[1])
        self.places[path] = Place(key or value, value)

    def _inside(self, end: str, read) -> None:
        """The members between brackets."""
        self._at += 1
        number = 0
        while self._here.said != end or self._here.kind != "sign":
            if self._here.kind == "newline" or (self._here.kind == "sign" and self._here.said == ","):
                self._at += 1
                continue
            read(number)
            number += 1
        self._at += 1


def _key(token: _Token) -> str:
    if token.kind != "string":
        return token.said
    import tomllib

    return tomllib.loads(f"key = {token.said}")["key"]
