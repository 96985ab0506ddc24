"""What the engines make of large data: beside SQL written by hand, beside one scan of the files, and beside engines of other languages.

Every answer is compared before its time counts. What is not there, an engine or a rival, is said to be not there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from statistics import median

from rivals.data import HEADS, TALKS
from rivals.run import NOT_INSTALLED, RIVALS
from timing import Child, child, machine, policy_command, print_table

HERE = Path(__file__).parent

AS_OF = "2028-12-20"

RULES = sorted(file.stem for file in (HERE / "by_hand").glob("*-*.sql"))
"""Those that were written by hand."""

SCALES = ("province", "nation", "stress")

FOUND_SOMETHING = (0, 1)

REFERENCE = "interpreter"

SCAN = """
import duckdb, sys
database = duckdb.connect()
database.execute("set enable_progress_bar = false")  # what it shows where no script has a name
for name in sys.argv[1:]:
    database.execute(f"select max(columns(*)) from {name!r}").fetchall()
"""
"""Reads every value of some files once."""

SUMMARY = "import json, sys; from pyarrow import parquet; print(json.dumps(json.loads(parquet.read_schema(sys.argv[1]).metadata[b'policy'])['summary']))"
"""Prints the counts of a report. Nothing large is held here, as a process counts the memory of the one that began it as its own."""


# --- what is run -----------------------------------------------------------------------------------------------------


@cache
def has_engine() -> bool:
    """Whether `policy check` has engines to choose from."""
    return "--engine" in child([policy_command(), "check", "-h"]).output


def sample(scale: str, folder: Path) -> Path:
    """The files of a scale, made unless they are there."""
    target = folder / scale
    if not (target / "parquet" / "talk.parquet").exists():
        made = child([policy_command(), "sample", "--scale", scale, "--format", "parquet", "-o", str(target)])
        print(f"{scale}: written in {made.seconds:.0f} s, {made.peak:.0f} MiB", file=sys.stderr)
    return target / "parquet"


def scan(data: Path) -> Child:
    """DuckDB reads every value once."""
    return child([sys.executable, "-c", SCAN, *map(str, sorted(data.glob("*.parquet")))])


def by_hand(data: Path, target: Path) -> Child:
    """The nine queries; their output are the counts."""
    return child([sys.executable, str(HERE / "by_hand" / "run.py"), str(data), AS_OF, str(target)])


def checked(data: Path, target: Path, engine: str, rules: Sequence[str] = (), as_of: str = AS_OF) -> Child:
    """`policy check` with an engine and a report as Parquet, which the queries by hand write too; its summary is the output."""
    chosen = ["--engine", "reference" if engine == REFERENCE else engine] if has_engine() else []
    selected = [word for rule in rules for word in ("--select", rule)]
    report = target / f"{engine}.parquet"
    command = [policy_command(), "check", str(data), "--as-of", as_of, *chosen, *selected, "-o", f"parquet={report}"]
    done = child(command, FOUND_SOMETHING)
    return done._replace(output=child([sys.executable, "-c", SUMMARY, str(report)]).output)


def rival(name: str, folder: Path) -> Child:
    """An engine of another language; its output are the heads without a talk."""
    return child([sys.executable, str(HERE / "rivals" / "run.py"), name, str(folder)], (0, NOT_INSTALLED))


def covered(data: Path, target: Path, engine: str) -> Child:
    """The rule in the language of policies."""
    chosen = ["--engine", "reference" if engine == REFERENCE else engine] if has_engine() else []
    pack = str(HERE / "rivals" / "coverage")
    report = target / f"{engine}.jsonl"
    done = child([policy_command(), "check", str(data), "--pack", pack, "--as-of", AS_OF, *chosen, "-o", f"jsonl={report}"], FOUND_SOMETHING)
    heads = [json.loads(line)["subject"]["head"] for line in report.read_text("utf-8").splitlines()]
    return done._replace(output="".join(f"{head}\n" for head in sorted(heads)))


# --- in turns --------------------------------------------------------------------------------------------------------


Work = Callable[[], Child]


def measured(works: Mapping[str, Work], rounds: int, same: Callable[[str, str], None]) -> dict[str, Child]:
    """The median seconds and the highest peak of each work, all run in turns; `same` looks at each answer. One that fails is left out."""
    runs: dict[str, list[Child]] = {name: [] for name in works}
    for number in range(rounds):
        for name, work in [(name, works[name]) for name in runs]:
            try:
                done = work()
            except RuntimeError as error:
                print(f"{name}: {error}", file=sys.stderr)
                del runs[name]
                continue
            print(f"{name}: {done.seconds:.2f} s, {done.peak:.0f} MiB", file=sys.stderr)
            if number == 0:
                same(name, done.output)
            runs[name].append(done)
    return {
        name: Child(median(run.seconds for run in done), max(run.peak for run in done), done[0].output) for name, done in runs.items()
    }


def _equal_counts() -> Callable[[str, str], None]:
    """Raises when two of those that count the nine rules disagree."""
    known: dict[str, Mapping[str, Mapping[str, int]]] = {}

    def same(name: str, output: str) -> None:
        if not output:
            return
        counts = {rule: found for rule, found in json.loads(output).items() if rule in RULES}
        for other, theirs in known.items():
            for rule in RULES:
                if theirs[rule] != counts[rule]:
                    raise SystemExit(f"{rule}: {other} says {theirs[rule]}, {name} says {counts[rule]}")
        known[name] = counts

    return same


def compare_scale(scale: str, folder: Path, target: Path, rounds: int) -> list[Sequence[str]]:
    """Rows of the table: one scan, the nine rules by hand and by the engine, all rules by what can carry them."""
    data = sample(scale, folder)
    works: dict[str, Work] = {
        "one scan of the files": partial(scan, data),
        "nine rules, SQL by hand": partial(by_hand, data, target),
    }
    if scale == SCALES[0]:
        works["all rules, interpreter"] = partial(checked, data, target, REFERENCE)
    if has_engine():
        works["nine rules, engine duckdb"] = partial(checked, data, target, "duckdb", RULES)
        works["all rules, engine duckdb"] = partial(checked, data, target, "duckdb")
    taken = measured(works, rounds, _equal_counts())
    base = taken["one scan of the files"].seconds
    rows = [(scale, name, f"{run.seconds:.2f}", f"{run.seconds / base:.1f}", f"{run.peak:.0f}") for name, run in taken.items()]
    rows += [(scale, name, "failed", "", "") for name in works if name not in taken]
    return rows if has_engine() else [*rows, (scale, "engine duckdb", "not there", "", "")]


def compare_county(target: Path, rounds: int) -> list[Sequence[str]]:
    """The interpreter on a county, which is what most offices have."""
    data = sample("county", target)
    taken = measured({"all rules, interpreter": partial(checked, data, target, REFERENCE, (), "2026-11-23")}, rounds, lambda name, output: None)
    return [("county", name, f"{run.seconds:.2f}", "", f"{run.peak:.0f}") for name, run in taken.items()]


def compare_rivals(folder: Path, rounds: int) -> list[Sequence[str]]:
    """Rows of the table: one rule in each language."""
    expected = child([sys.executable, str(HERE / "rivals" / "data.py"), str(folder)]).output
    absent: set[str] = set()

    def same(name: str, output: str) -> None:
        if name in RIVALS and not output:
            absent.add(name)
        elif output != expected:
            raise SystemExit(f"{name} gives another answer")

    works: dict[str, Work] = {"policy, interpreter (CSV)": partial(covered, folder / "csv", folder, REFERENCE)}
    works["policy, interpreter (Parquet)"] = partial(covered, folder / "parquet", folder, REFERENCE)
    if has_engine():
        works["policy, engine duckdb (Parquet)"] = partial(covered, folder / "parquet", folder, "duckdb")
    works |= {name: partial(rival, name, folder) for name in RIVALS}
    taken = measured(works, rounds, same)
    first = next(iter(taken.values()))
    base = first.seconds if "OPA" in absent else taken.get("OPA", first).seconds
    return [
        (name, "not installed here", "", "") if name in absent else (name, f"{run.seconds:.2f}", f"{run.seconds / base:.2f}", f"{run.peak:.0f}")
        for name, run in taken.items()
    ]


def main() -> None:
    """Measure and print the tables. `--data` keeps what is large, so that it need not be made again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scales", nargs="*", default=list(SCALES), help="which of %(default)s")
    parser.add_argument("--data", type=Path, help="a folder for the samples, kept")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        rows = compare_county(target, options.rounds)
        for scale in options.scales:
            rows += compare_scale(scale, options.data or target, target, options.rounds)
        print(machine(options.rounds))
        print_table(("scale", "whole process", "s", "× scan", "peak MiB"), rows)
        print()
        print_table((f"{HEADS:,} heads, {TALKS:,} talks", "s", "× OPA", "peak MiB"), compare_rivals(target, options.rounds))


if __name__ == "__main__":
    main()
