"""How long large reports take: 400,000 findings in the formats for programs, beside a plain write of the same bytes and Arrow's own write of the same table."""

from __future__ import annotations

import datetime
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import attrs
from timing import machine, print_table, process

from policy.hooks.manager import load_plugins
from policy.lang import ir
from policy.lang.facts import Input
from policy.lang.outcome import Evidence, Listed, Outcome, Provenance
from policy.lang.report import Report
from policy.lang.types import ref_type

if TYPE_CHECKING:
    from policy.lang.outcome import Batch
    from policy.relational import Database

FINDINGS = 400_000
ROUNDS = 3
GOALS = ("jsonl", "json", "parquet")
"""Those that are meant for so many, of columns as the engine for many rows gives them; the others are written once, to know what they take."""
OBJECTS = " of objects"
FORMATS = (*GOALS, *(name + OBJECTS for name in GOALS), "sarif", "gitlab", "junit", "github")
AT_ONCE = 20_000


class Columns(Listed):
    """Outcomes that are there as columns too, as many at a time as the engine gives."""

    made: Sequence[Batch] = ()

    def batches(self, statuses: Collection[str]) -> Iterator[Batch]:
        return iter(self.made)


def in_columns(made: Report) -> Report:
    """The report with its outcomes as columns, which are there already."""
    from policy.relational import Database

    outcomes, database = Columns(made.outcomes), Database()
    parts = (outcomes[first : first + AT_ONCE] for first in range(0, len(outcomes), AT_ONCE))
    outcomes.made = [_batch(made.rules[rule], list(some), made.names, database) for part in parts for rule, some in groupby(part, attrgetter("rule"))]
    return attrs.evolve(made, outcomes=outcomes)


def _batch(rule: ir.Rule, outcomes: Sequence[Outcome], names: Mapping[tuple[str, str], str], database: Database) -> Batch:
    """The columns of outcomes whose evidence comes from the same tables."""
    import pyarrow as pa

    from policy.relational.batches import Batch

    texts = pa.list_(pa.string())
    values = {
        "key 0": ([one.subject[0][1] for one in outcomes], None),
        "bearer": ([one.bearer and dict(zip(("entity", "key", "name"), (*one.bearer, names.get(one.bearer)))) for one in outcomes], None),
        "evidence": ([[{"source": number, "key": row.key, "row": row.row} for number, row in enumerate(one.evidence)] for one in outcomes], None),
        **{name: ([getattr(one, name) for one in outcomes], texts) for name in ("missing", "notes")},
        **{name: ([getattr(one, name) for one in outcomes], pa.date32()) for name in ("due", "due_unrolled", "fulfilled")},
        **{name: ([getattr(one, name) for one in outcomes], pa.string()) for name in ("status", "message", "excuse", "fingerprint")},
    }
    sources = [Provenance(row.entity, row.file, row.sheet, row.cells) for row in outcomes[0].evidence]
    return Batch(rule, sources, pa.table({name: pa.array(column, kind) for name, (column, kind) in values.items()}), database.worked_out)


def report() -> Report:
    """A report whose findings differ as those of a province do: ten rules, 40,000 talks, two rows of evidence with four cells each."""
    rules = {f"JDTH-{number:02}-1-a": _rule(f"JDTH-{number:02}-1-a") for number in range(10)}
    bearers = [("organization", f"{number:07}") for number in range(1000)]
    outcomes = tuple(_outcome(rule, number, bearers[number % len(bearers)]) for rule in rules for number in range(FINDINGS // len(rules)))
    names = {bearer: f"中共第{number}乡委员会" for number, bearer in enumerate(bearers)}
    inputs = (Input("台账/谈话.csv", None, "talk", FINDINGS, "b" * 64), Input("台账/报告.csv", None, "report", FINDINGS, "c" * 64))
    labels = {"talk": "谈话", "report": "报告", "organization": "党组织"}
    day = datetime.date(2026, 9, 30)
    return Report(
        "0", "supervision_talks", "1.0", "a" * 64, "监督谈话办法", day, "zh", (), inputs, (), (), rules, outcomes, (), names, labels, secrecy="work_secret",
    )  # fmt: skip


def _rule(id: str) -> ir.Rule:
    return ir.Rule(
        id, "一个月内报告思想认识和整改措施", ("第十一条第一款",), (), ir.Var("talk", ref_type("talk")), (ir.EachRow("talk", "talk"),), (), (), None, (),
        ir.State(ir.Const(True, ir.Type("bool"))), None, None, "fail", (), "督促被谈话人补报，并说明逾期原因", "", False, 0, (), (), "zh", "a.policy", (0, 0), "",
    )  # fmt: skip


def _outcome(rule: str, number: int, bearer: tuple[str, str]) -> Outcome:
    due, talk = datetime.date(2026, 1, 1) + datetime.timedelta(number % 270), f"T{number}"
    cells = (("talkee", "G"), ("end", "J"), ("nature", "C"), ("status", "D"))
    rows = (Evidence("talk", talk, "台账/谈话.csv", None, number + 2, cells), Evidence("report", f"R{number}", "台账/报告.csv", None, number + 2, cells))
    said = f"不符合第十一条第一款要求：应于{due}前（含当日）报告思想认识和整改措施，报告情况：尚未完成"
    return Outcome(
        rule, (("talk", talk),), "violated", "fail", bearer, due, due, None, (), ("第十一条第一款",), said, rows,
        f"{hash((rule, number)) & (1 << 64) - 1:016x}",
    )  # fmt: skip


def seconds(work: Callable[[BinaryIO], object], file: Path) -> float:
    """How long work takes that writes a file, until that has reached the disk."""
    file.unlink(missing_ok=True)
    start = time.perf_counter()
    with file.open("wb") as stream:
        work(stream)
        stream.flush()
        os.fsync(stream.fileno())
    return time.perf_counter() - start


def measure(name: str, folder: Path) -> str:
    """The format, in a process of its own: the best seconds of ours and of the rival, in turns, MiB written, and the most MiB held beyond the findings."""
    format = name.removesuffix(OBJECTS)
    made, reporter = report(), next(one for one in load_plugins().reporters if one.name == format)
    if name in GOALS:
        made = in_columns(made)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file, other = folder / "ours", folder / "rival"

    def ours(stream: BinaryIO) -> None:
        reporter.write(made, stream, colour=False)

    taken = [seconds(ours, file)]
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held
    rival, rivals = _rival(format, file), []
    for _ in range(ROUNDS if format in GOALS else 1):
        rivals.append(seconds(rival, other))
        taken.append(seconds(ours, file))
    return f"{min(taken)} {min(rivals)} {file.stat().st_size / 2**20} {more / 1024}"


def _rival(name: str, file: Path) -> Callable[[BinaryIO], object]:
    if name == "parquet":
        from pyarrow import parquet

        table = parquet.read_table(file)
        return lambda stream: parquet.write_table(table, stream, compression="zstd")
    content = file.read_bytes()
    return lambda stream: stream.write(content)


def main() -> None:
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(sys.argv[1], Path(folder)))
        return
    rows = []
    for name in FORMATS:
        ours, rival, size, more = map(float, process([sys.executable, __file__, name]).split())
        of = "Arrow's write of the table" if name.startswith("parquet") else "a plain write of the bytes"
        speeds = [f"{size / ours:.0f}", f"{size / rival:.0f}"]
        rows.append([name, f"{size:.0f}", f"{ours:.2f}", speeds[0], of, f"{rival:.2f}", speeds[1], f"{ours / rival:.1f}", f"{more:.0f}"])
    print(machine(ROUNDS).replace("median", "best"))
    print()
    print_table(["-o", "MiB", "s", "MiB/s", "rival", "s", "MiB/s", "× rival", "MiB held besides"], rows)


if __name__ == "__main__":
    main()
