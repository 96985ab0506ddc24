"""Reads .xlsx workbooks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from policy.hooks.spec import RawTable, SourceError, hookimpl

__all__ = ["ExcelSource", "policy_sources"]

_OLD = (".xls", ".et")
_COMPOUND = b"\xd0\xcf\x11\xe0"
"""How old formats begin, and what a workbook with a password is wrapped in."""


class ExcelSource:
    """One table per worksheet, called by its name; its header is the first row that is not blank.

    Hidden rows and sheets are read and noted; very hidden sheets, which only programs see, are left out.
    """

    name = "excel"
    suffixes = (".xlsx", ".xlsm", *_OLD)

    def read(self, path: Path) -> Iterable[RawTable]:
        """The tables of the workbook. Raises SourceError with what to do when it is none, or has a password."""
        if path.suffix.lower() in _OLD:
            raise SourceError("D070", str(path), suffix=path.suffix)
        content = path.read_bytes()
        if content.startswith(_COMPOUND):
            raise SourceError("D071", str(path))
        from policy_excel.workbook import read_tables

        try:
            return read_tables(io.BytesIO(content), str(path))
        except SourceError:
            raise
        except Exception as error:  # the libraries raise almost anything at a damaged file
            raise SourceError("D072", str(path)) from error


@hookimpl
def policy_sources() -> list[ExcelSource]:
    return [ExcelSource()]
