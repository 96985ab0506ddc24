"""Samples the size of a province, of a country and beyond, made by DuckDB from chance alone and written as they are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import gcd
from pathlib import Path
from typing import TYPE_CHECKING

from policy_sample.book import HEADERS
from policy_sample.scales.breaches import RATES
from policy_sample.scales.sizes import SIZES, Size

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["AS_OF", "FORMS", "connect", "planted", "write"]

AS_OF = date(2028, 12, 20)
"""The last day of which the big samples tell, three weeks after the terms that count have ended, and the day to judge them as of."""

FORMS = {"parquet": "format parquet, compression zstd", "csv": "format csv, header"}
"""How a table is written, by the ending of its file."""

_SETTLED = AS_OF - timedelta(days=190)
_STEPS = ("macros", "tree", "ledger", "documents", "planted")
_ORDERS = 8
_FIRST_DAY = date(2027, 11, 20)
_LAST_DAY = date(2028, 11, 20)


def connect(size: Size, seed: int) -> DuckDBPyConnection:
    """A database with a view for each entity, and the view `planted`. Raises ImportError where DuckDB is not installed."""
    import duckdb

    connection = duckdb.connect()
    for name, value in _variables(size, seed).items():
        connection.execute(f"set variable {name} = {_literal(value)}")
    for step in _STEPS:
        connection.execute(Path(__file__).with_name(f"{step}.sql").read_text("utf-8"))
    return connection


def write(size: Size, seed: int, folder: Path, form: str) -> Iterator[Path]:
    """Write a file for each entity, called by its identifier, and give each as it is finished."""
    with connect(size, seed) as connection:
        for entity, header in HEADERS.items():
            file = folder / f"{entity}.{form}"
            columns = ", ".join(f'"{column}"' for column in header)
            connection.execute(f"copy (select {columns} from {entity}) to {_literal(str(file))} ({FORMS[form]})")
            yield file


def planted(size: Size, seed: int) -> dict[tuple[str, str], int]:
    """How many subjects each rule (without its prefix) says a status of, as they were planted in these data."""
    with connect(size, seed) as connection:
        return {(rule, status): number for rule, status, number in connection.execute("from planted").fetchall()}


def _variables(size: Size, seed: int) -> dict[str, object]:
    counts = {
        "province": size.provinces, "prefecture": size.prefectures, "county": size.counties, "township": size.townships, "group": size.groups,
        "unit": size.units, "rest": size.organizations - size.heads - 1,
    }  # fmt: skip
    totals = {"organizations": size.organizations, "slots": size.heads * len(size.shares)}
    return {
        "seed": seed,
        "as_of": AS_OF,
        "settled": _SETTLED,
        "rates": _Map({breach: {"first": first, "last": last} for breach, first, last in _ranges()}),
        "root": size.root,
        "levels": _levels(counts, size.conducting),
        "conducting_groups": size.conducting,
        "rounds": size.rounds,
        "slots": len(size.shares),
        "shares": [share * 1000 for share in size.shares],
        "slice": (_LAST_DAY - _FIRST_DAY).days // (size.rounds - 1),
        **{f"n_{name}": total for name, total in totals.items()},
        **{f"{name[:-1]}_strides": list(_strides(total)) for name, total in totals.items()},
    }


def _levels(counts: Mapping[str, int], conducting: int) -> dict[str, object]:
    """By level the number of its first organization, how many it has, and those that they are spread over."""
    first, levels = 1, {}
    for level, count in counts.items():
        levels[level] = {"first": first, "count": count}
        first += count
    committees = {"first": 0, "count": levels["township"]["first"]}
    parents = {
        "province": {"first": 0, "count": 1},
        "prefecture": {"first": 0, "count": 1} if not counts["province"] else levels["province"],
        "county": levels["prefecture"],
        "township": levels["county"],
        "group": committees,
        "unit": {"first": levels["group"]["first"], "count": conducting},
        "rest": levels["township"],
    }
    return {level: {**each, "parents": parents[level]} for level, each in levels.items()}


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


class _Map(dict):
    """A mapping whose keys are data, as rules are, and no names."""


def _literal(value: object) -> str:
    """A value as SQL writes it."""
    if isinstance(value, dict):
        return ("map " if isinstance(value, _Map) else "") + "{" + ", ".join(f"'{key}': {_literal(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, date):
        return f"date '{value}'"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
