"""Heads and talks in the form that each rival reads, and who has no talk in the term."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

HEADS, TALKS = 20_000, 40_000

TERM = (date(2026, 1, 30), date(2028, 11, 30))

UNCOVERED = 0.02

_PREFIXES = "@prefix : <urn:coverage:> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


def write(folder: Path) -> list[str]:
    """Write the same data in every form; gives the heads without a talk in the term."""
    chance = Random(1)
    heads = [f"H{number:05}" for number in range(HEADS)]
    uncovered = {head for head in heads if chance.random() < UNCOVERED}
    covered = [head for head in heads if head not in uncovered]
    inside = [(head, _day(chance, *TERM)) for head in (*covered, *chance.choices(covered, k=HEADS // 2))]
    outside = [(head, _outside(chance)) for head in chance.choices(heads, k=TALKS - len(inside))]
    talks = [(f"T{number:05}", head, day) for number, (head, day) in enumerate(chance.sample([*inside, *outside], TALKS))]
    chance.shuffle(heads)
    for form in (_csv, _parquet, _json, _facts, _turtle):
        form(folder, heads, talks)
    found = {head for _, head, day in talks if TERM[0] <= day <= TERM[1]}
    return sorted(set(heads) - found)


def _day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def _outside(chance: Random) -> date:
    return _day(chance, TERM[0] - timedelta(days=300), TERM[0] - timedelta(days=1))


def _csv(folder: Path, heads, talks) -> None:
    (folder / "csv").mkdir()
    for name, rows in (("head", [("id",), *((head,) for head in heads)]), ("talk", [("id", "head", "end"), *talks])):
        with (folder / "csv" / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)


def _parquet(folder: Path, heads, talks) -> None:
    import duckdb

    (folder / "parquet").mkdir()
    for name in ("head", "talk"):
        rows = duckdb.read_csv(str(folder / "csv" / f"{name}.csv"))
        rows.write_parquet(str(folder / "parquet" / f"{name}.parquet"))


def _json(folder: Path, heads, talks) -> None:
    content = {
        "term": {"start": str(TERM[0]), "end": str(TERM[1])},
        "heads": [{"id": head} for head in heads],
        "talks": [{"id": talk, "head": head, "end": str(day)} for talk, head, day in talks],
    }
    (folder / "input.json").write_text(json.dumps(content), "utf-8")


def _facts(folder: Path, heads, talks) -> None:
    lines = [f"term({TERM[0]:%Y%m%d},{TERM[1]:%Y%m%d})."]
    lines += [f'head("{head}").' for head in heads]
    lines += [f'talk("{talk}","{head}",{day:%Y%m%d}).' for talk, head, day in talks]
    (folder / "facts.lp").write_text("\n".join(lines) + "\n", "utf-8")


def _turtle(folder: Path, heads, talks) -> None:
    lines = [f":{head} a :Head ." for head in heads]
    lines += [f':{talk} a :Talk ; :head :{head} ; :end "{day}"^^xsd:date .' for talk, head, day in talks]
    (folder / "data.ttl").write_text(_PREFIXES + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    print("\n".join(write(Path(sys.argv[1]))))
