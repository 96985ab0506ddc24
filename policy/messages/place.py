"""Where something stands in the data, in words: `谈话.csv 第12行第10列`, `sample.xlsx「谈话」J12`."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["place"]


def place(file: str, sheet: str | None, row: int | None, columns: Sequence[str], language: str) -> str:
    """The place of a file, a row or some cells of it. `columns` are labels: letters in a workbook, numbers in a text file."""
    where = _file(file, sheet, language)
    if row is None:
        return where
    if columns and not columns[0].isdecimal():
        cells = ("、" if language == "zh" else ", ").join(f"{column}{row}" for column in columns)
        return f"{where}{cells}" if sheet and language == "zh" else f"{where} {cells}"
    if language == "zh":
        return f"{where} 第{row}行" + (f"第{'、'.join(columns)}列" if columns else "")
    return f"{where} row {row}" + (f", column {', '.join(columns)}" if columns else "")


def _file(file: str, sheet: str | None, language: str) -> str:
    if sheet is None:
        return file
    return f"{file}「{sheet}」" if language == "zh" else f"{file} [{sheet}]"
