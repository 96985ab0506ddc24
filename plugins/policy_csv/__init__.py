"""Reads CSV and TSV files, and writes the list of problems as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from policy.hooks.spec import RawTable, Report, SourceError, hookimpl
from policy.lang.access import state_of
from policy.lang.table import TooWideError

__all__ = ["CsvReport", "CsvSource", "policy_reporters", "policy_sources"]

_LARGE = 2**22
"""Bytes from which on a file is gone through once more instead of being held."""


class CsvSource:
    """One table per file, called by its stem. Encoding and separator are found out; an encoding other than UTF-8 is noted."""

    name = "csv"
    suffixes = (".csv", ".tsv", ".txt")

    def read(self, path: Path) -> Iterable[RawTable]:
        """The table in the file. Raises SourceError when it is no text, or its quotes are not paired."""
        from policy_csv.layout import layout_of
        from policy_csv.text import held, streamed

        state = state_of(path)
        large = state[0] >= _LARGE
        layout = layout_of(path, large)
        try:
            return [streamed(layout, state) if large else held(layout)]
        except TooWideError as error:
            raise SourceError("D019", str(path), count=str(error.columns)) from error


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
