"""The numbers behind the pictures: how far each period has come, how long duties are overdue."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from policy.lang.outcome import Outcome
from policy.lang.report import Period, Report

__all__ = ["AGES", "Coverage", "ages", "coverage", "days_past"]

AGES = ((1, 7), (8, 30), (31, 90), (91, 180), (181, 365), (366, None))
"""The classes of days past the due day: from, to (None: no end)."""

_MET = ("satisfied", "late")
_OWED = ("violated", "late", "unknown", "due_soon", "attest", "pending", "satisfied")


class Coverage(NamedTuple):
    """A period: how many of the duties in it are met, and which part of its time has passed (None: its first day is not known).

    `bearer` is who owes them all, None where several do.
    """

    period: Period
    bearer: tuple[str, str] | None
    met: int
    owed: int
    passed: float | None


def days_past(outcome: Outcome, as_of: datetime.date) -> int | None:
    """The days from the due day to that of fulfilment, or else to the day of the report; negative where the due day is still to come."""
    if outcome.due is None:
        return None
    return ((outcome.fulfilled or as_of) - outcome.due).days


def ages(report: Report) -> list[Counter[str]]:
    """The duties whose due day has passed and that are not fulfilled, by severity: a counter for each class of `AGES`."""
    counts: list[Counter[str]] = [Counter() for _ in AGES]
    for outcome in report.outcomes.having(("violated",)):
        days = days_past(outcome, report.as_of)
        if outcome.fulfilled is None and days is not None and days > 0:
            counts[next(place for place, (_, last) in enumerate(AGES) if last is None or days <= last)][outcome.severity] += 1
    return counts


def coverage(report: Report) -> list[Coverage]:
    """The periods in which something is owed, those first that are furthest behind the time.

    Met is what is fulfilled, in time or late; what does not apply or is excused is not owed.
    """
    periods = {(period.rule, period.binder, period.key): period for period in report.periods()}
    places = {rule: binder for rule, binder, _ in periods}
    groups: dict[Period, list[Outcome]] = {}
    for outcome in report.outcomes.having(_OWED) if periods else ():
        place = places.get(outcome.rule)
        period = None if place is None else periods.get((outcome.rule, place, outcome.subject[place][1]))
        if period is not None:
            groups.setdefault(period, []).append(outcome)
    found = [_coverage(period, outcomes, report.as_of) for period, outcomes in groups.items()]
    return sorted(found, key=lambda one: one.met / one.owed - (one.passed or 0))


def _coverage(period: Period, outcomes: Iterable[Outcome], as_of: datetime.date) -> Coverage:
    statuses = Counter(outcome.status for outcome in outcomes)
    bearers = {outcome.bearer for outcome in outcomes}
    met = sum(statuses[status] for status in _MET)
    return Coverage(period, bearers.pop() if len(bearers) == 1 else None, met, statuses.total(), _passed(period, as_of))


def _passed(period: Period, as_of: datetime.date) -> float | None:
    """The part of the period's time that has passed, both its days included."""
    if as_of >= period.last:
        return 1.0
    if period.first is None:
        return None
    return max(0, (as_of - period.first).days + 1) / ((period.last - period.first).days + 1)
