"""How a text file that holds a table is read, and its rows one after the other."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import file_digest
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from policy.hooks.spec import RawTable, SourceError
from policy.lang.table import RawRow, Shape, table_of_shape

__all__ = ["Layout", "layout_of"]

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENCODINGS = ("utf-8", "gb18030")
_SEPARATORS = ",\t;|"
_WORKBOOK = b"PK\x03\x04"
_AT_ONCE = 2**20
_ROWS = 2_000
_FIRST = 2**12
"""Characters among which the first line is looked for, to begin with."""

_Open = Callable[[], BinaryIO]


class Layout(NamedTuple):
    """How a file is read: what opens it, its encoding, what separates cells, and how many characters come before the rows."""

    path: Path
    open: _Open
    encoding: str
    separator: str
    skipped: int

    def rows(self) -> Iterator[RawRow]:
        """The rows with anything in them, numbered as a spreadsheet shows them: a blank line is a row, a line break inside of quotes is none.

        Raises SourceError when quotes are not paired, or a cell is too long.
        """
        number = 0
        some: list[list[str]] = []
        with _text(self.open, self.encoding) as text:
            text.read(self.skipped)
            rows = csv.reader(text, delimiter=self.separator, strict=True)
            try:
                while True:
                    some.extend(islice(rows, _ROWS))  # one at a time they take twice as long; those before a mistake are kept
                    if not some:
                        return
                    yield from _filled(some, number + 1)
                    number, some = number + len(some), []
            except csv.Error as error:
                code = "D064" if "limit" in str(error) else "D063"
                raise SourceError(code, str(self.path), row=str(number + len(some) + 1)) from error

    def table(self, shape: Shape) -> RawTable:
        """The table without its rows."""
        notes = () if self.encoding.startswith("utf-8") else (f"encoding {self.encoding.upper()}",)
        with self.open() as content:
            digest = file_digest(content, "sha256").hexdigest()
        return table_of_shape(self.path.stem, str(self.path), None, shape, (), notes=notes, sha256=digest)


def _filled(rows: Sequence[list[str]], start: int) -> Iterable[RawRow]:
    """Those of some rows that have anything in them, with their numbers from `start` on."""
    if all(rows) and all(map(str.strip, [row[0] for row in rows])):  # as most have
        return enumerate(rows, start)
    return ((number, row) for number, row in enumerate(rows, start) if any(map(str.strip, row)))


def layout_of(path: Path, large: bool) -> Layout:
    """How a file is read; one that is not large is held. Raises SourceError when it is no text."""
    opened = partial(path.open, "rb") if large else partial(BytesIO, path.read_bytes())
    encoding = _encoding(opened, str(path))
    with _text(opened, encoding) as text:
        return Layout(path, opened, encoding, *_separated(text))


def _text(opened: _Open, encoding: str) -> TextIO:
    return TextIOWrapper(opened(), encoding, newline="")


def _encoding(opened: _Open, location: str) -> str:
    with opened() as content:
        head = content.read(len(_WORKBOOK))
    if head == _WORKBOOK:
        raise SourceError("D062", location)
    marked = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), None)
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            nul = ["\0" in text for text in _decoded(opened, encoding)]
        except UnicodeDecodeError:
            continue
        if any(nul):
            raise SourceError("D061", location)
        return encoding
    raise SourceError("D060", location)


def _decoded(opened: _Open, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with opened() as content:
        while some := content.read(_AT_ONCE):
            yield decoder.decode(some)
    yield decoder.decode(b"", final=True)


def _separated(text: TextIO) -> tuple[str, int]:
    """The separator, said in a first line `sep=;` or most frequent in the first line outside of quotes, and the characters before the rows."""
    head, first, rest, more = "", "", "", " "
    while more and not (first and rest):
        more = text.read(len(head) or _FIRST)
        head += more
        lines = head.splitlines()[: -1 if more else None]  # the last may go on
        first = next((line for line in lines if line.strip()), "")
        rest = head[head.index(first) + len(first) :].lstrip("\r\n")
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4], len(head) - len(rest)
    bare = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=bare.count), 0
