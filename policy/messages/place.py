"""Where something stands in the data, in words: `谈话.csv 第12行J列`, `sample.xlsx「谈话」J12`."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["link", "place"]


def link(file: str) -> str:
    """A file as programs of any system write it: seen from the current folder, with slashes."""
    return file.replace("\\", "/").removeprefix("./")


def place(file: str, sheet: str | None, row: int | None, columns: Sequence[str], language: str) -> str:
    """The place of a file, a row of it, or cells of that row in the columns with these labels.

    In a workbook that is `J12`; the columns of a database have names.
    """
    chinese = language == "zh"
    listed = "、" if chinese else ", "
    columns = tuple(dict.fromkeys(columns))  # one cell of a ledger may give several values
    where = file if sheet is None else f"{file}「{sheet}」" if chinese else f"{file} [{sheet}]"
    if row is None:
        return where
    if sheet is not None and columns and all(re.fullmatch("[A-Z]{1,3}", column) for column in columns):
        return where + ("" if chinese else " ") + listed.join(f"{column}{row}" for column in columns)
    if chinese:
        gap = "" if where.endswith("」") else " "
        return f"{where}{gap}第{row}行" + (f"{listed.join(columns)}列" if columns else "")
    return f"{where} row {row}" + (f", column {listed.join(columns)}" if columns else "")
