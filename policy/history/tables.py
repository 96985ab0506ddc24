"""What the kept runs come to, as tables and lines: for a terminal, a workbook, whatever shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from policy.lang.annals import Annals, Month
from policy.lang.keywords import status_word
from policy.lang.outcome import PROBLEMS, TOLD
from policy.messages.changes import absent_line, change_words, counts_text
from policy.messages.voice import Voice

__all__ = ["Table", "bearers", "changes", "changes_title", "rules", "runs"]

Cell = str | int


class Table(NamedTuple):
    """A table with its title and header; numbers are whole ones."""

    title: str
    header: list[str]
    rows: list[list[Cell]]


def runs(annals: Annals, words: Voice) -> Table:
    """Every run: its day, what it was made with, how many problems it found."""
    header = [words.say("B93"), *(status_word(status, words.language) for status in PROBLEMS), words.say("B94"), "policy", words.say("B95")]
    rows: list[list[Cell]] = [
        [str(run.as_of), *(run.tally.get(status, 0) for status in PROBLEMS), run.pack_version, run.version, run.recorded] for run in annals.runs
    ]
    return Table(words.say("B92"), header, rows)


def rules(annals: Annals, words: Voice) -> Table:
    """How many breaches each rule had in each month; rules that never had one are left out."""
    ids = sorted({rule for month in annals.months for rule in month.by_rule})
    rows = [[rule, *(_told(month.by_rule.get(rule, {})) for month in annals.months), annals.titles.get(rule, "")] for rule in ids]
    totals = [sum(_told(tally) for tally in month.by_rule.values()) for month in annals.months]
    header = [words.say("R31"), *(month.name for month in annals.months), words.say("R32")]
    return Table(words.say("B97"), header, [*(row for row in rows if any(row[1:-1])), [words.say("B103"), *totals, ""]])


def bearers(annals: Annals, words: Voice) -> Table:
    """How many breaches each bearer had in each month, those with the most in the last month first."""
    known = sorted({bearer for month in annals.months for bearer in month.by_bearer})
    counts = {bearer: [_told(month.by_bearer.get(bearer, {})) for month in annals.months] for bearer in known}
    order = sorted((bearer for bearer in known if any(counts[bearer])), key=lambda bearer: [-count for count in reversed(counts[bearer])])
    called = {bearer: words.say("R23", entity=annals.labels.get(bearer[0], bearer[0]) if words.language == "zh" else bearer[0], key=bearer[1]) for bearer in order}
    return Table(words.say("B98"), [words.say("B104"), *(month.name for month in annals.months)], [[called[bearer], *counts[bearer]] for bearer in order])


def _told(tally: Mapping[str, int]) -> int:
    return sum(tally.get(status, 0) for status in TOLD)


# --- what a month changed --------------------------------------------------------------------------------------------


def changes_title(month: Month, words: Voice) -> str:
    """Against which run, and how many findings are new, how many are none now."""
    if month.changed is None:
        return words.say("B101", month=month.name)
    return words.say("B100", month=month.name, as_of=month.changed.as_of, counts=counts_text(month.changed, words))


def changes(month: Month, words: Voice) -> Iterator[str]:
    """A line for each finding that is new or updated, and for each that is none any more."""
    if month.changed is None:
        return
    for key, change in month.changed.changes.items():
        if change.state != "unchanged":
            rule, subject = key
            status = month.findings[key]
            said = change_words(change, status, words)
            yield words.say("B102", rule=rule, subject=words.listed(subject), status=status_word(status, words.language), change=said)
    yield from (absent_line(one, words) for one in month.changed.absent)
