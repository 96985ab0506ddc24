"""The list of problems as a workbook: 400,000 findings, beside the same cells written as plainly as can be with the libraries for it.

Each writer is a process of its own that makes the report first, so that its peak of memory is that of a run without the data; the seconds are
those of writing alone. On a machine that others use too, compare the seconds of the processor. The rivals write one sheet, without formats,
heights, filters or a second copy of anything. A number as argument is that of the rounds.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).parents[1]))

FINDINGS = 400_000
BEARERS = 5_000
ROUNDS = 3
GOAL_SECONDS, GOAL_PEAK = 60, 512


def report(count: int):
    """Findings by the rules of the pack, each with two rows of evidence of its own; evidence, rules and bearers are like those of a real run.

    What the engine for many rows makes once is here once: the pair of a bearer, the cells of a rule's evidence, a key in subject and evidence.
    """
    import attrs

    from policy import pipeline
    from policy.cli.judging import DEFAULT_PACK
    from policy.hooks.manager import load_plugins
    from policy.lang.outcome import Evidence, Outcome
    from policy.lang.report import Report

    plugins = load_plugins()
    pack = pipeline.load_pack(pipeline.find_pack(DEFAULT_PACK, plugins), plugins, cases=False).pack
    rules = {rule.id: rule for rule in pack.rules}
    ids, day = list(rules), datetime.date(2026, 5, 8)
    cells = (("end", "J"), ("talkee", "H"), ("kind", "C"))
    bearers = [("organization", f"O{number}") for number in range(BEARERS)]

    def finding(number: int) -> Outcome:
        rule, talk = rules[ids[number * len(ids) // count]], f"T{number}"
        told = f"不符合第十一条第一款要求：应于2026-05-08前（含当日）报告思想认识和整改措施，报告情况：第{number}号尚未报告"
        return Outcome(
            rule=rule.id,
            subject=(("talk", talk),),
            status=("violated", "late", "due_soon", "unknown")[number % 4],
            severity=rule.severity,
            bearer=bearers[number % BEARERS],
            due=day + datetime.timedelta(number % 400),
            due_unrolled=day,
            fulfilled=None,
            missing=("talk.end",) if number % 4 == 3 else (),
            basis=rule.basis,
            message=told if number % 4 < 2 else "",
            evidence=tuple([Evidence(entity, key, "台账.xlsx", "谈话", number + 2, cells) for entity, key in (("talk", talk), ("report", f"R{number}"))]),
            fingerprint=f"{number * 2654435761 % 2**64:016x}",
        )

    outcomes = tuple(map(finding, range(count)))
    one_binder = {id: attrs.evolve(rule, binders=rule.binders[:1]) for id, rule in rules.items()}
    names = {bearer: f"中共第{number}县委员会" for number, bearer in enumerate(bearers)}
    return Report("0", pack.id, pack.version, "0" * 64, "监督谈话工作办法", day, "zh", (), (), (), (), one_binder, outcomes, (), names, {})


def cells(report) -> Iterator[Sequence[object]]:
    """The rows of the list, as every writer gets them."""
    from policy.messages.listing import columns, line
    from policy.messages.order import by_bearer
    from policy.messages.words import Words

    words = Words(report)
    names = columns(words)
    for bearer, outcomes in by_bearer(words).items():
        called = words.bearer(bearer)
        for outcome in outcomes:
            told = line(outcome, called, words)
            yield [getattr(told, name) for name in names]


def policy(report, stream: BinaryIO) -> None:
    from policy_xlsx import Workbook

    Workbook().write(report, stream, colour=False)


def xlsxwriter(report, stream: BinaryIO) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate(cells(report)):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_datetime(number, column, value, days)
    book.close()


def openpyxl(report, stream: BinaryIO) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in cells(report):
        sheet.append(row)
    book.save(stream)


def report_alone(report, stream: BinaryIO) -> None:
    """What any run has in memory."""


def words_alone(report, stream: BinaryIO) -> None:
    for _ in cells(report):
        pass


WRITERS: dict[str, Callable] = {
    "policy -o xlsx": policy, "XlsxWriter, plain": xlsxwriter, "openpyxl, plain": openpyxl, "the words alone": words_alone,
    "the report alone": report_alone,
}  # fmt: skip


def measured(name: str, count: int) -> None:
    """Write a report once and print the seconds, those of the processor, and the bytes."""
    made = report(count)
    with tempfile.TemporaryFile() as stream:
        start, worked = time.perf_counter(), time.process_time()
        WRITERS[name](made, stream)
        print(time.perf_counter() - start, time.process_time() - worked, os.fstat(stream.fileno()).st_size)


def main() -> None:
    """Measure all writers in turns and print a table."""
    from timing import child, machine, print_table

    taken: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in WRITERS}
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    for _ in range(rounds):
        for name in WRITERS:
            done = child([sys.executable, __file__, name, str(FINDINGS)])
            seconds, worked, size = map(float, done.output.split())
            taken[name].append((seconds, worked, done.peak, size / 2**20))
    middle = {name: [median(values) for values in zip(*runs)] for name, runs in taken.items()}
    base = middle["XlsxWriter, plain"][1]
    print(machine(rounds))
    print(f"goal: {GOAL_SECONDS} s, {GOAL_PEAK} MiB")
    rows = [
        (name, f"{seconds:.1f}", f"{worked:.1f}", f"{worked / base:.2f}", f"{peak:.0f}", f"{size:.0f}")
        for name, (seconds, worked, peak, size) in middle.items()
    ]
    print_table((f"{FINDINGS:,} findings", "s", "CPU s", "× XlsxWriter (CPU)", "peak MiB", "MiB of file"), rows)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        measured(sys.argv[1], int(sys.argv[2]))
    else:
        main()
