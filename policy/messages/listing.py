"""A finding as a row of a list: the columns that lists for the office have, whatever their form."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from policy.lang.keywords import status_word
from policy.lang.outcome import Outcome
from policy.messages.changes import change_text
from policy.messages.finding import found_by, places_text, reasons, remedy, severity_text, subject_text
from policy.messages.words import Words

__all__ = ["HEADINGS", "Line", "columns", "line"]

_ROWS = 10
"""Rows of evidence in a list."""


class Line(NamedTuple):
    """A finding in words; what stands in rules and data is as it is there."""

    status: str
    severity: str
    change: str
    bearer: str
    basis: str
    title: str
    subject: str
    due: datetime.date | None
    fulfilled: datetime.date | None
    reason: str
    evidence: str
    remedy: str
    rule: str
    fingerprint: str


HEADINGS = dict(
    zip(Line._fields, ("W10", "W11", "W23", "W12", "W13", "W14", "W15", "W16", "W17", "W18", "W19", "W20", "W21", "W22"), strict=True)
)
"""The message of each column's heading."""


def columns(words: Words) -> tuple[str, ...]:
    """The columns of the lists of a report: what has changed is one where it is compared with an earlier run."""
    return tuple(name for name in Line._fields if name != "change" or words.report.baseline is not None)


def line(outcome: Outcome, bearer: str, words: Words, rows: int = _ROWS) -> Line:
    """The row of a finding, owed by `bearer`, with so many rows of evidence."""
    return Line(
        status=status_word(outcome.status, words.language),
        severity=severity_text(outcome, words),
        change=change_text(outcome, words),
        bearer=bearer,
        basis=words.listed(outcome.basis),
        title=words.report.rules[outcome.rule].title,
        subject=subject_text(outcome, words),
        due=outcome.due,
        fulfilled=outcome.fulfilled,
        reason=" ".join(reasons(outcome, words)),
        evidence=_evidence(outcome, words, rows),
        remedy=remedy(outcome, words),
        rule=outcome.rule,
        fingerprint=outcome.fingerprint,
    )


def _evidence(outcome: Outcome, words: Words, rows: int) -> str:
    """The findings and the cells that decided it."""
    found = words.listed(found_by(outcome, words))
    return " ".join(filter(None, (found and words.say("R74", findings=found), places_text(outcome, words, rows))))
