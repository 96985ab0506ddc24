"""Records in JSON, each with the line on which it begins, which the standard library does not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NoReturn

from policy.hooks.spec import RawTable, SourceError
from policy.lang.table import Opaque, RawCell, columns_of, table_of_rows

__all__ = ["records_of_lines", "table", "tables_of_document"]

Record = tuple[int, dict[str, Any]]
"""A line and the object that begins there."""

_WHITE = re.compile(r"[ \t\n\r]*")
_KINDS = {dict: "object", list: "array"}


class _Repeated(ValueError):
    """A key that stands in an object twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _Repeated(next(key for key in keys if keys.count(key) > 1))
    return made


def _constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON


_decode = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant).raw_decode


def table(name: str, location: str, records: Iterable[Record], notes: tuple[str, ...], digest: str) -> RawTable:
    """The table of some records: a column for each key of any of them."""
    rows = list(records)
    columns = columns_of([record for _, record in rows])
    if columns is None:
        raise SourceError("D217", location, table=name)
    cells = ((line, tuple([_cell(record.get(column)) for column in columns])) for line, record in rows)
    return table_of_rows(name, location, None, columns, cells, notes=notes, sha256=digest)


def _cell(value: Any) -> RawCell:
    kind = _KINDS.get(value.__class__)
    return Opaque(kind) if kind else value


def records_of_lines(text: str, location: str) -> Iterator[Record]:
    """The records of JSON Lines. Blank lines count, and hold none, like empty objects."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            scanner = _Scanner(line, location, number)
            yield from scanner.record()
            scanner.end()


def tables_of_document(text: str, stem: str, location: str) -> Iterator[tuple[str, list[Record]]]:
    """Names and records of the tables in a JSON document."""
    scanner = _Scanner(text, location)
    if scanner.take("["):
        yield stem, list(scanner.records())
    elif scanner.take("{"):
        yield from scanner.lists()
    else:
        raise SourceError("D212", location)
    scanner.end()


class _Scanner:
    """Goes through a JSON text. `place` is where it has come to, always behind white space."""

    def __init__(self, text: str, location: str, first: int = 1) -> None:
        self.text = text
        self.location = location
        self.first = first
        self.place = 0
        self._line, self._counted = first, 0
        self._skip()

    def _skip(self, place: int = 0) -> None:
        self.place = _WHITE.match(self.text, place).end()

    @property
    def line(self) -> int:
        """The line of the place."""
        self._line += self.text.count("\n", self._counted, self.place)
        self._counted = self.place
        return self._line

    def take(self, char: str) -> bool:
        """Go over a character, if it stands here."""
        found = self.text.startswith(char, self.place)
        if found:
            self._skip(self.place + 1)
        return found

    def value(self) -> Any:
        """Go over a value."""
        try:
            value, place = _decode(self.text, self.place)
        except _Repeated as error:
            raise SourceError("D215", self.location, row=str(self.line), key=str(error)) from None
        except json.JSONDecodeError as error:
            raise self.refused(error.pos) from None
        except ValueError:  # NaN, or a number of thousands of digits
            raise self.refused(self.place) from None
        except RecursionError:
            raise SourceError("D214", self.location, row=str(self.line)) from None
        self._skip(place)
        return value

    def refused(self, place: int) -> SourceError:
        """The error of a place that is no JSON."""
        row = self.first + self.text.count("\n", 0, place)
        column = place - (self.text.rfind("\n", 0, place) + 1) + 1
        return SourceError("D211", self.location, row=str(row), column=str(column))

    def record(self) -> Iterator[Record]:
        """Go over an object, which is a record unless it is empty: a row of blanks is none either."""
        line = self.line
        value = self.value()
        if value.__class__ is not dict:
            raise SourceError("D216", self.location, row=str(line))
        if value:
            yield line, value

    def records(self) -> Iterator[Record]:
        """Go over the rest of a list of objects."""
        if self.take("]"):
            return
        yield from self.record()
        while self.take(","):
            yield from self.record()
        if not self.take("]"):
            raise self.refused(self.place)

    def lists(self) -> Iterator[tuple[str, list[Record]]]:
        """Go over the rest of an object of lists."""
        names: set[str] = set()
        if self.take("}"):
            return
        while True:
            row = str(self.line)
            name = self.value() if self.text.startswith('"', self.place) else None
            if name is None or not self.take(":"):
                raise self.refused(self.place)
            if name in names:
                raise SourceError("D215", self.location, row=row, key=name)
            if not self.take("["):
                raise SourceError("D213", self.location, row=row, key=name)
            names.add(name)
            yield name, list(self.records())
            if not self.take(","):
                break
        if not self.take("}"):
            raise self.refused(self.place)

    def end(self) -> None:
        """Nothing may follow."""
        if self.place < len(self.text):
            raise self.refused(self.place)
