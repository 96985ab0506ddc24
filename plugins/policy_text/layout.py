"""The parts of the report in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policy.lang.keywords import status_word
from policy.lang.outcome import PROBLEMS
from policy.lang.report import Report
from policy.messages import text
from policy.messages.account import background, chased_line, counts_lines, exclusions, problem_line, problems_line, waiver_line
from policy.messages.changes import absent_lines, counts_line, difference_lines
from policy.messages.order import by_bearer
from policy.width import harmless, pad, width
from policy_text.due import due_lines
from policy_text.finding import finding
from policy_text.head import head
from policy_text.paint import Painted

__all__ = ["lines"]

_SHOWN = 20
"""Data problems listed one by one; beyond that somebody has to look at the file anyway."""


def lines(report: Report, colour: bool) -> Iterator[str]:
    """The lines of the report. Nothing that stands in the data can bring in a line break or a terminal's control codes."""
    words = Painted(report, colour)
    if report.window is not None:
        yield from due_lines(words)
        return
    yield from _head(words)
    yield from _problems(words)
    yield from _baseline(words)
    yield from _findings(words)
    yield from _summary(words)
    yield from _waivers(words)
    yield from _exclusions(words)
    yield ""
    if report.proof is not None and any(report.outcomes.having(PROBLEMS)):
        yield words.say("X96")
    yield words.say("R90")


def _head(words: Painted) -> Iterator[str]:
    yield from head(words)
    yield from background(words)


def _problems(words: Painted) -> Iterator[str]:
    problems = words.report.problems
    if not problems:
        return
    yield ""
    yield words.bold(problems_line(words))
    for problem in problems[:_SHOWN]:
        yield "  " + words.paint(problem_line(problem, words), "red" if problem.error else "")
    if len(problems) > _SHOWN:
        yield "  " + words.say("R16", count=len(problems) - _SHOWN)


# --- against an earlier run ------------------------------------------------------------------------------------------


def _baseline(words: Painted) -> Iterator[str]:
    """What is new and what is not, and what besides the data may be the reason; then what is no finding any more."""
    baseline = words.report.baseline
    if baseline is None:
        return
    yield ""
    yield words.bold(counts_line(baseline, words))
    yield from ("  - " + line for line in difference_lines(baseline, words))
    absent = list(absent_lines(baseline, words))
    if absent:
        yield "  " + words.say("B30")
        yield from ("  - " + line for line in absent)


# --- what to chase ---------------------------------------------------------------------------------------------------


def _findings(words: Painted) -> Iterator[str]:
    yield ""
    yield words.bold(chased_line(words))
    for bearer, outcomes in by_bearer(words).items():
        counts = words.counts(Counter(one.status for one in outcomes))
        yield ""
        yield words.bold(words.say("R22", bearer=words.bearer(bearer), counts=counts))
        for outcome in outcomes:
            yield from finding(outcome, words)


# --- counts ----------------------------------------------------------------------------------------------------------


def _summary(words: Painted) -> Iterator[str]:
    report = words.report
    total = report.totals()
    yield ""
    yield words.bold(words.say("R30"))
    if total:
        rows = [[rule, *(str(counts.get(status, "·")) for status in total), report.rules[rule].title]
                for rule, counts in report.tally().items() if counts]  # fmt: skip
        header = [text("R31", words.language), *(status_word(status, words.language) for status in total), text("R32", words.language)]
        yield from _table([header, *rows, [text("R33", words.language), *map(str, total.values()), ""]])
    yield from ("  " + line for line in counts_lines(words))


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Rows with aligned columns: the first and last to the left, the numbers between them to the right."""
    cells = [[harmless(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells)]
    for first, *numbers, last in cells:
        middle = "  ".join(pad(number, columns, right=True) for number, columns in zip(numbers, widths[1:]))
        yield f"  {pad(first, widths[0])}  {middle}  {last}".rstrip()


# --- what people have decided ----------------------------------------------------------------------------------------


def _waivers(words: Painted) -> Iterator[str]:
    """The waivers that excuse something."""
    waivers = words.report.waivers
    if waivers:
        yield ""
        yield words.bold(words.say("R84", count=len(waivers)))
    yield from ("  - " + waiver_line(one, words) for one in waivers)


# --- what the report leaves out --------------------------------------------------------------------------------------


def _exclusions(words: Painted) -> Iterator[str]:
    said = list(exclusions(words))
    if said:
        yield ""
        yield words.bold(words.say("R40"))
        yield from (f"  - {line}" for line in said)
