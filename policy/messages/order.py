"""The order in which findings are listed: by who owes the duty, the most urgent first."""

from __future__ import annotations

from policy.lang.outcome import SEVERITIES, STATUSES, Outcome
from policy.messages.words import Bearer, Words

__all__ = ["by_bearer", "urgency"]


def by_bearer(words: Words) -> dict[Bearer, list[Outcome]]:
    """The outcomes that the report lists, by who owes the duty; both in the order in which they are to be chased."""
    report = words.report
    groups: dict[Bearer, list[Outcome]] = {}
    for outcome in report.listed():
        owed = report.rules[outcome.rule].bearer is not None
        groups.setdefault(outcome.bearer or ("unknown" if owed else "nobody"), []).append(outcome)
    for outcomes in groups.values():  # one by one, as the keys of all would take as much room as the outcomes
        outcomes.sort(key=urgency)  # those that are as urgent stay in the order of their rules
    return {bearer: groups[bearer] for bearer in sorted(groups, key=lambda bearer: _place_of(bearer, groups[bearer][0], words))}


def urgency(outcome: Outcome) -> tuple:
    """A key to sort by: broken before late before unclear, grave before slight, the earliest day first."""
    severity = SEVERITIES.index(outcome.severity)
    return STATUSES.index(outcome.status), severity, outcome.due is None, outcome.due


def _place_of(bearer: Bearer, worst: Outcome, words: Words) -> tuple:
    """Organizations and persons in the order of the vocabulary, those with the most urgent matter first, the others last."""
    if isinstance(bearer, str):
        return (True, bearer == "nobody")
    return (False, words.rank(bearer[0]), *urgency(worst)[:2], bearer[1])
