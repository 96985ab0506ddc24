"""Runs the queries that were written by hand: the rules in SQL as an expert would put them, over Parquet files where they lie."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
from policy_calendar_cn import calendar

from policy.lang.dates import roll

HERE = Path(__file__).parent

PROBLEMS = "('violated', 'late', 'unknown', 'due_soon')"
"""Statuses that a report lists; others are counted."""


def _days() -> Iterator[str]:
    """Each day, and the workday on which a deadline ends that would end on it."""
    workdays = calendar()
    day = datetime.date(2026, 1, 1)
    while day.year < 2030:
        yield f"(date '{day}', date '{roll(day, 'next_workday', workdays)}')"
        day += datetime.timedelta(days=1)


def connect(folder: Path, as_of: str) -> duckdb.DuckDBPyConnection:
    """A database that sees the files as views."""
    database = duckdb.connect()
    database.execute(f"set variable as_of = date '{as_of}'")
    database.execute(f"create table days as from (values {', '.join(_days())}) as rows(day, rolled)")
    for file in folder.glob("*.parquet"):
        database.execute(f"create view {file.stem} as from '{file}'")
    database.execute((HERE / "prelude.sql").read_text("utf-8"))
    return database


def judge(database: duckdb.DuckDBPyConnection, query: str, target: Path) -> dict[str, int]:
    """How many subjects have which status; the problems, each with its days, go to a file."""
    counted = any(column == "number" for column, *_ in database.execute(f"describe ({query})").fetchall())
    shown = ", ".join(f"case when status in {PROBLEMS} then {column} end as {column}" for column in ("subject", "due", "fulfilled"))
    number = "sum(number)" if counted else "count(*)"
    database.execute(f"create or replace temp table result as select status, {shown}, {number}::bigint as number from ({query}) group by all")
    database.execute(f"copy (from result where subject is not null) to '{target}' (format parquet)")
    counts = database.execute("select status, sum(number)::bigint from result group by all having sum(number) > 0")
    return dict(counts.fetchall())


def main(folder: str, as_of: str, target: str, *rules: str) -> None:
    """Print the counts of each rule as JSON; `target` is the folder for the problems."""
    database = connect(Path(folder), as_of)
    queries = {rule: (HERE / f"{rule}.sql").read_text("utf-8") for rule in rules or RULES}
    print(json.dumps({rule: judge(database, query, Path(target) / f"{rule}.parquet") for rule, query in queries.items()}))


RULES = sorted(file.stem for file in HERE.glob("*-*.sql"))

if __name__ == "__main__":
    main(*sys.argv[1:])
