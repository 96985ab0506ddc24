"""Reads JSON and JSON Lines files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from policy.hooks.spec import RawTable, SourceError, hookimpl

__all__ = ["JsonLinesSource", "JsonSource", "policy_sources"]

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENCODINGS = ("utf-8", "gb18030")


class JsonSource:
    """An object of lists is a table per list, called by its key; a list is one table, called by the file's stem.

    The members of a list are objects, each a row that stands on the line where it begins; their keys are the columns.
    """

    name = "json"
    suffixes = (".json",)

    def read(self, path: Path) -> Iterable[RawTable]:
        """The tables in the file. Raises SourceError when it is no JSON, or holds something else than rows."""
        from policy_jsonl.records import table, tables_of_document

        content = path.read_bytes()
        text, notes = _decoded(content, str(path))
        digest = sha256(content).hexdigest()
        found = tables_of_document(text, path.stem, str(path))
        return [table(name, str(path), records, notes, digest) for name, records in found]


class JsonLinesSource:
    """One table per file, called by its stem; each line is an object whose keys are the columns."""

    name = "jsonlines"
    suffixes = (".jsonl", ".ndjson")

    def read(self, path: Path) -> Iterable[RawTable]:
        """The table in the file. Raises SourceError when a line is no object."""
        from policy_jsonl.records import records_of_lines, table

        content = path.read_bytes()
        text, notes = _decoded(content, str(path))
        return [table(path.stem, str(path), records_of_lines(text, str(path)), notes, sha256(content).hexdigest())]


def _decoded(content: bytes, location: str) -> tuple[str, tuple[str, ...]]:
    """The text, and a note of an encoding that is not UTF-8."""
    for encoding in _encodings(content):
        try:
            return content.decode(encoding), () if encoding.startswith("utf-8") else (f"encoding {encoding.upper()}",)
        except UnicodeDecodeError:
            continue
    raise SourceError("D210", location)


def _encodings(content: bytes) -> Iterator[str]:
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    yield from (marked,) if marked else _ENCODINGS


@hookimpl
def policy_sources() -> tuple[JsonSource, JsonLinesSource]:
    return JsonSource(), JsonLinesSource()
