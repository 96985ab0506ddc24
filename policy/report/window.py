"""A report on everything → a list of what falls due."""

from __future__ import annotations

import datetime

import attrs

from policy.lang.outcome import Listed
from policy.lang.report import Report, Window

__all__ = ["due_until"]


def due_until(report: Report, until: datetime.date, by: str) -> Report:
    """The report with only what is still to be done and falls due by a day, or has fallen due before; `by` says how to arrange it.

    The report has to have every outcome.
    """
    found = Listed(outcome for outcome in report.outcomes if outcome.open and outcome.due <= until)
    undated = sum(outcome.due is None and report.rules[outcome.rule].due is not None for outcome in report.outcomes.having(("unknown",)))
    waiting = sum(outcome.due is None for outcome in report.outcomes.having(("attest",)))
    return attrs.evolve(report, outcomes=found, all_outcomes=True, window=Window(until, by, undated, waiting))
