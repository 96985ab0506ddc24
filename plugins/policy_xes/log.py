"""Traces and events as an XES file has them, read element by element with the standard library's expat.

The readers of process mining are heavier than this whole program: they bring pandas or polars, and know no lines.
"""

from __future__ import annotations

import datetime
import gzip
import zlib
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from policy.hooks.spec import RawTable, SourceError
from policy.lang.table import Opaque, RawCell, columns_of, table_of_rows

__all__ = ["read_log"]

_NAME = "concept:name"
_PACKED = b"\x1f\x8b"
_AT_ONCE = 2**18
_SMALL = 2**26
_DENSEST = 200
"""How many times its size a packed file may unpack to, beyond a small size; logs reach a quarter of that, bombs five times as much."""

_Record = tuple[int, dict[str, RawCell]]
_LOG, _ATTRIBUTE = "log", "attribute"
_Open = dict[str, RawCell] | str | None
"""What an open element takes in: a trace or an event attributes, the log both of these, an attribute others; None: nothing that counts."""


def read_log(path: Path) -> list[RawTable]:
    """The tables of a log."""
    digest = sha256()
    with path.open("rb") as file:
        packed = file.peek(2).startswith(_PACKED)
        log = _Log(str(path))
        for part in _unpacked(file, path) if packed else iter(lambda: file.read(_AT_ONCE), b""):
            log.feed(part)
        log.feed(b"", last=True)
        file.seek(0)
        for part in iter(lambda: file.read(_AT_ONCE), b""):
            digest.update(part)
    notes = (f"nested_attributes {log.nested}",) if log.nested else ()
    tables = (("trace", (_NAME,), log.traces), ("event", ("id", "trace"), log.events))
    return [_table(name, str(path), first, records, notes, digest.hexdigest()) for name, first, records in tables]


def _unpacked(file: BinaryIO, path: Path) -> Iterator[bytes]:
    largest = max(_SMALL, path.stat().st_size * _DENSEST)
    size = 0
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            while part := unpacked.read(_AT_ONCE):
                size += len(part)
                if size > largest:
                    raise SourceError("D244", str(path))
                yield part
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise SourceError("D245", str(path)) from None


def _table(name: str, location: str, first: tuple[str, ...], records: list[_Record], notes: tuple[str, ...], digest: str) -> RawTable:
    columns = columns_of([record for _, record in records], first if records else ())
    if columns is None:
        raise SourceError("D217", location, table=name)
    rows = ((line, tuple([record.get(column) for column in columns])) for line, record in records)
    return table_of_rows(name, location, None, columns, rows, notes=notes, sha256=digest)


# --- values ----------------------------------------------------------------------------------------------------------


def _moment(text: str) -> RawCell:
    """The day and the hour that the log shows, whatever its time zone."""
    try:
        moment = datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    return moment if moment.time() != datetime.time() else moment.date()


def _number(text: str) -> RawCell:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _truth(text: str) -> RawCell:
    return {"true": True, "false": False}.get(text, text)


def _list(text: str) -> RawCell:
    return Opaque("list")


def _text(text: str) -> RawCell:
    return text


_VALUES: dict[str, Callable[[str], RawCell]] = {
    "string": _text,
    "date": _moment,
    "int": _text,
    "float": _number,
    "boolean": _truth,
    "id": _text,
    "list": _list,
    "container": _list,
}


# --- elements --------------------------------------------------------------------------------------------------------


class _Log:
    """What has been read of a log: its traces and its events, each with its line. `nested` counts attributes of attributes."""

    def __init__(self, location: str) -> None:
        self.location = location
        self.traces: list[_Record] = []
        self.events: list[_Record] = []
        self.nested = 0
        self._open: list[_Open] = []
        self._first = 0  # the first event of the trace at hand
        self._keys: dict[str, str] = {}
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, part: bytes, last: bool = False) -> None:
        try:
            self._parser.Parse(part, last)
        except expat.ExpatError as error:
            raise SourceError("D240", self.location, row=str(error.lineno), column=str(error.offset + 1)) from None

    def _doctype(self, *_: object) -> NoReturn:
        raise SourceError("D241", self.location)  # a log has none; those that have mean to blow up

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        around = self._open[-1] if self._open else None
        if name in _VALUES:
            if around.__class__ is dict:
                key = attributes.get("key", "")
                around[self._keys.setdefault(key, key)] = _VALUES[name](attributes.get("value", ""))
            elif around is _ATTRIBUTE:
                self.nested += 1
            self._open.append(_ATTRIBUTE)
        else:
            self._open.append(self._opened(name, around))

    def _opened(self, name: str, around: _Open) -> _Open:
        """What an element that is no attribute takes in, in an element that takes in what `around` says."""
        if not self._open:
            if name != "log":
                raise SourceError("D242", self.location)
            return _LOG
        in_trace = len(self._open) == 2 and bool(self.traces) and around is self.traces[-1][1]
        if (name == "trace" and around is _LOG) or (name == "event" and (around is _LOG or in_trace)):
            record: dict[str, RawCell] = {}
            (self.traces if name == "trace" else self.events).append((self._parser.CurrentLineNumber, record))
            return record
        return None

    def _end(self, name: str) -> None:
        ended = self._open.pop()
        if ended.__class__ is not dict or len(self._open) > 1:
            return
        if self.traces and ended is self.traces[-1][1]:
            trace = str(ended.setdefault(_NAME, str(len(self.traces))))
            for place, (_, event) in enumerate(self.events[self._first :], 1):
                event.setdefault("id", f"{trace}-{place}")
                event.setdefault("trace", trace)
        else:
            ended.setdefault("id", str(len(self.events)))
        self._first = len(self.events)
