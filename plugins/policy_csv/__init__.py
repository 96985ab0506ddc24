"""Reads CSV and TSV files, and writes the list of problems as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from policy.hooks.spec import RawTable, Report, SourceError, hookimpl
from policy.lang.table import TooWideError, table_of_grid

__all__ = ["CsvReport", "CsvSource", "policy_reporters", "policy_sources"]

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENCODINGS = ("utf-8", "gb18030")
_SEPARATORS = ",\t;|"
_WORKBOOK = b"PK\x03\x04"


class CsvSource:
    """One table per file, called by its stem. Encoding and separator are found out; an encoding other than UTF-8 is noted."""

    name = "csv"
    suffixes = (".csv", ".tsv", ".txt")

    def read(self, path: Path) -> Iterable[RawTable]:
        """The table in the file. Raises SourceError when it is no text, or its quotes are not paired."""
        from hashlib import sha256

        content = path.read_bytes()
        text, encoding = _decoded(content, str(path))
        notes = () if encoding.startswith("utf-8") else (f"encoding {encoding.upper()}",)
        grid = _grid(text, str(path))
        try:
            return [table_of_grid(path.stem, str(path), None, grid, notes=notes, sha256=sha256(content).hexdigest())]
        except TooWideError as error:
            raise SourceError("D019", str(path), count=str(error.columns)) from error


def _decoded(content: bytes, location: str) -> tuple[str, str]:
    """The text and its encoding."""
    if content.startswith(_WORKBOOK):
        raise SourceError("D062", location)
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise SourceError("D061", location)
        return text, encoding
    raise SourceError("D060", location)


def _grid(text: str, location: str) -> list[Sequence[str]]:
    """The rows, numbered as a spreadsheet shows them: a blank line is a row, a line break inside of quotes is none."""
    import csv
    import io

    separator, text = _separated(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    grid: list[Sequence[str]] = []
    try:
        grid.extend(rows)
    except csv.Error as error:
        code = "D064" if "limit" in str(error) else "D063"
        raise SourceError(code, location, row=str(len(grid) + 1)) from error
    return grid


def _separated(text: str) -> tuple[str, str]:
    """The separator, said in a first line `sep=;` or most frequent in the first line outside of quotes, and the text to read."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4], text[text.index(first) + len(first) :].lstrip("\r\n")
    bare = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=bare.count), text


class CsvReport:
    """A row for each finding."""

    name = "csv"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy_csv.listing import write_list  # needed only when a list is written

        write_list(report, stream)


@hookimpl
def policy_reporters() -> list[CsvReport]:
    return [CsvReport()]


@hookimpl
def policy_sources() -> list[CsvSource]:
    return [CsvSource()]
