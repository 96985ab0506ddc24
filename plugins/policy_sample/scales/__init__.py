"""Samples the size of a province, of a country and beyond, made by DuckDB from chance alone and written as they are made.

The `.sql` files say how: `macros` what numbers mean, `tree`, `ledger` and `documents` a view for each entity, `planted` what is wrong in them.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from math import gcd
from pathlib import Path
from typing import TYPE_CHECKING

from policy_sample.book import HEADERS
from policy_sample.days import END_OF_TERM
from policy_sample.scales.breaches import RATES
from policy_sample.scales.sizes import Size

from policy.hooks.spec import SourceError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["TYPES", "made", "planted", "write", "write_rows"]

TYPES = {
    **dict.fromkeys(
        ("start", "end", "planned_end", "actual_end", "issued", "due", "occurred", "known", "confirmed", "outline_date", "self_check_date",
         "proposed", "date", "valid_until"), "date"),
    **dict.fromkeys(
        ("is_head", "is_team_member", "covers_responsibility", "covers_discipline", "done", "includes_reflection", "includes_talks",
         "covers_talks", "followed_up", "cleared", "conclusion"), "boolean"),
    **dict.fromkeys(
        ("year", "group_size", "position", "expected", "reached", "regular_count", "prompt_count", "problems_found"), "integer"),
}  # fmt: skip
"""The types of columns that are no texts, in any entity."""

_FORMS = {"parquet": "format parquet, compression zstd", "csv": "format csv, header"}
"""How a table is written, by the ending of its file."""

_SETTLED = END_OF_TERM - timedelta(days=190)
"""Of a talk that ended by then every deadline has passed."""

_ROUNDS = (date(2027, 11, 20), date(2028, 11, 20))
"""Between these days lie the rounds of regular talks after the first."""

_ALONE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""A database that fetches nothing from anywhere."""

_STEPS = ("macros", "tree", "ledger", "documents", "planted")
_ORDERS = 8


def write(size: Size, seed: int, folder: Path, form: str) -> Iterator[Path]:
    """Write a file for each entity and give each as it is finished. Raises SourceError without DuckDB, and OSError."""
    with _database(folder) as database:
        _fill(database, size, seed)
        for entity in HEADERS:
            yield _written(database, entity, f"from {entity}", folder, form)


def write_rows(tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[object]]]], folder: Path, form: str) -> Iterator[Path]:
    """Write tables of plain values in the same way."""
    with _database(folder) as database:
        for entity, (header, rows) in tables.items():
            columns = ", ".join(f'"{column}"' for column in header)
            values = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)
            yield _written(database, entity, f"from (values {values}) as rows({columns})", folder, form)


@contextmanager
def made(size: Size, seed: int) -> Iterator[DuckDBPyConnection]:
    """A database with a view for each entity. Raises what `write` raises."""
    with _database(Path()) as database:
        _fill(database, size, seed)
        yield database


def planted(size: Size, seed: int) -> dict[tuple[str, str], int]:
    """Of how many subjects each rule (without its prefix) has to say a status, as was planted."""
    with made(size, seed) as database:
        return {(rule, status): number for rule, status, number in database.execute("from planted").fetchall()}


@contextmanager
def _database(folder: Path) -> Iterator[DuckDBPyConnection]:
    """A database in memory that reaches for nothing outside. What the system refuses it is an OSError of the folder."""
    try:
        import duckdb
    except ImportError:
        raise SourceError("D078", str(folder), command="pip install 'policy[sql]'") from None
    try:
        with duckdb.connect(config=_ALONE) as database:
            yield database
    except duckdb.IOException as error:
        number = int((re.search(r'"errno":"(\d+)"', str(error)) or ("", errno.EIO))[1])
        raise OSError(number, os.strerror(number), str(folder)) from error
    except RuntimeError as error:
        if str(error) == "Query interrupted":  # how DuckDB tells that somebody pressed Ctrl-C
            raise KeyboardInterrupt from error
        raise


def _written(database: DuckDBPyConnection, entity: str, source: str, folder: Path, form: str) -> Path:
    file = folder / f"{entity}.{form}"
    columns = ", ".join(f'"{column}"::{TYPES.get(column, "varchar")} as "{column}"' for column in HEADERS[entity])
    database.execute(f"copy (select {columns} {source}) to {_literal(str(file))} ({_FORMS[form]})")
    return file


def _fill(database: DuckDBPyConnection, size: Size, seed: int) -> None:
    """Make the views."""
    for name, value in _variables(size, seed).items():
        database.execute(f'set variable "{name}" = {_literal(value)}')
    for step in _STEPS:
        database.execute(Path(__file__).with_name(f"{step}.sql").read_text("utf-8"))


def _variables(size: Size, seed: int) -> dict[str, object]:
    counts = {
        "province": size.provinces, "prefecture": size.prefectures, "county": size.counties, "township": size.townships, "group": size.groups,
        "unit": size.units, "rest": size.organizations - size.heads - 1,
    }  # fmt: skip
    totals = {"organizations": size.organizations, "slots": size.heads * len(size.shares)}
    return {
        "seed": seed,
        "as_of": END_OF_TERM,
        "settled": _SETTLED,
        "root": size.root,
        "conducting_groups": size.conducting,
        "rounds": size.rounds,
        "slots": len(size.shares),
        "shares": [share * 1000 for share in size.shares],
        "slice": (_ROUNDS[1] - _ROUNDS[0]).days // (size.rounds - 1),
        **{f"{end} {breach}": draw for breach, *ends in _ranges() for end, draw in zip(("from", "to"), ends)},
        **{f"{part} {level}": number for level, parts in _levels(counts, size.conducting).items() for part, number in parts.items()},
        **{f"n_{name}": total for name, total in totals.items()},
        **{f"{name[:-1]}_strides": list(_strides(total)) for name, total in totals.items()},
    }


def _levels(counts: Mapping[str, int], conducting: int) -> dict[str, dict[str, int]]:
    """By level the number of its first organization and how many it has; and the same, `above` it, of those that it is spread over."""
    first, levels = 1, {"root": {"first": 0, "count": 1}}
    for level, count in counts.items():
        levels[level] = {"first": first, "count": count}
        first += count
    above = {
        "province": levels["root"],
        "prefecture": levels["province" if counts["province"] else "root"],
        "county": levels["prefecture"],
        "township": levels["county"],
        "group": {"first": 0, "count": levels["township"]["first"]},  # beside every committee
        "unit": {"first": levels["group"]["first"], "count": conducting},
        "rest": levels["township"],
    }
    return levels | {f"above {level}": parents for level, parents in above.items()}


def _ranges() -> Iterator[tuple[str, int, int]]:
    """Each breach with the first and last of the draws, of 100,000, that make it; those of one rule exclude each other."""
    for rule, rates in RATES.items():
        first = 0
        for status, rate in rates.items():
            last = first + round(rate * 100_000)
            yield f"{rule} {status}", first, last - 1
            first = last


def _strides(total: int) -> Iterator[int]:
    """Steps that visit each of `total` numbers once, each far from the one before."""
    for order in range(_ORDERS):
        stride = int(total * (0.382 + 0.06 * order)) | 1
        while gcd(stride, total) > 1:
            stride += 2
        yield stride


def _literal(value: object) -> str:
    """A value as SQL writes it."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, date):
        return f"date '{value}'"
    if value is None or isinstance(value, int):
        return "null" if value is None else str(value).lower()
    return "'" + str(value).replace("'", "''") + "'"
