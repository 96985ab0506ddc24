"""The same tables in every form that a source reads."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

__all__ = ["write_tables"]

Grid = Sequence[Sequence[str]]


def write_tables(path: Path, tables: Mapping[str, Grid]) -> None:
    """Write grids, each a header and rows of texts, to one file, or to a folder of files for a form with one table a file."""
    _WRITERS[path.suffix](path, tables)


def _records(grid: Grid) -> list[dict[str, str]]:
    header, *rows = grid or ((),)
    return [{column: cell for column, cell in zip(header, row) if cell != ""} for row in rows]


def _csv(path: Path, tables: Mapping[str, Grid]) -> None:
    path.mkdir()
    for name, grid in tables.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(grid)


def _json(path: Path, tables: Mapping[str, Grid]) -> None:
    path.write_text(json.dumps({name: _records(grid) for name, grid in tables.items()}, ensure_ascii=False, indent=1), "utf-8")


def _jsonl(path: Path, tables: Mapping[str, Grid]) -> None:
    path.mkdir()
    for name, grid in tables.items():
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in _records(grid))
        (path / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def _sqlite(path: Path, tables: Mapping[str, Grid]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement, rows in _statements(tables):
            connection.executemany(statement, rows) if rows else connection.execute(statement)


def _duckdb(path: Path, tables: Mapping[str, Grid]) -> None:
    import duckdb

    with duckdb.connect(str(path)) as connection:
        for statement, rows in _statements(tables):
            connection.executemany(statement, rows) if rows else connection.execute(statement)


def _statements(tables: Mapping[str, Grid]):
    """What makes the tables: each has a column of texts for each of the header; empty cells are NULL."""
    for name, grid in tables.items():
        header, *rows = grid or ((),)
        if header:
            columns = ", ".join(f"{_quoted(column or f'列{place}')} TEXT" for place, column in enumerate(header))
            yield f"CREATE TABLE {_quoted(name)} ({columns})", ()
            marks = ", ".join("?" * len(header))
            cells = [[cell or None for cell in [*row, *[""] * len(header)][: len(header)]] for row in rows]
            if cells:
                yield f"INSERT INTO {_quoted(name)} VALUES ({marks})", cells


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_WRITERS = {".csv": _csv, ".json": _json, ".jsonl": _jsonl, ".db": _sqlite, ".sqlite": _sqlite, ".duckdb": _duckdb}
