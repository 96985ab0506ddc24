"""Traces and events as an XES file has them, read element by element with the standard library's expat.

The readers of process mining are heavier than this whole program: they bring pandas or polars, and know no lines.
"""

from __future__ import annotations

import datetime
import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from policy.hooks.spec import RawTable, SourceError
from policy.lang.table import Opaque, RawCell, table_of_rows

__all__ = ["read_log"]

_NAME = "concept:name"
_PACKED = b"\x1f\x8b"
_AT_ONCE = 2**18
_SMALL = 2**26
_DENSEST = 200
"""How many times its size a packed file may unpack to, beyond a small size; logs reach a quarter of that, bombs five times as much."""

_Record = tuple[int, dict[str, RawCell]]


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
    columns = dict.fromkeys((*first, *(key for _, record in records for key in record))) if records else ()
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
        self._path: list[str] = []
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
        name = name.rpartition(":")[2]
        path = self._path
        if not path and name != "log":
            raise SourceError("D242", self.location)
        parent = path[-1] if path else ""
        path.append(name)
        if name in _VALUES:
            self._attribute(name, parent, attributes)
        elif name == "trace" and parent == "log":
            self.traces.append((self._parser.CurrentLineNumber, {}))
        elif name == "event" and parent in ("trace", "log"):
            self.events.append((self._parser.CurrentLineNumber, {}))

    def _attribute(self, kind: str, parent: str, attributes: dict[str, str]) -> None:
        if parent in ("trace", "event"):
            record = (self.traces if parent == "trace" else self.events)[-1][1]
            key = attributes.get("key", "")
            record[self._keys.setdefault(key, key)] = _VALUES[kind](attributes.get("value", ""))
        elif parent in _VALUES:
            self.nested += 1

    def _end(self, name: str) -> None:
        ended = self._path.pop()
        parent = self._path[-1] if self._path else ""
        if ended == "trace" and parent == "log":
            name = str(self.traces[-1][1].setdefault(_NAME, str(len(self.traces))))
            for place, (_, event) in enumerate(self.events[self._first :], 1):
                event.setdefault("id", f"{name}-{place}")
                event.setdefault("trace", name)
            self._first = len(self.events)
        elif ended == "event" and parent == "log":
            self.events[-1][1].setdefault("id", str(len(self.events)))
            self._first = len(self.events)
