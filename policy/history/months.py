"""Kept runs → what they come to month by month."""

from __future__ import annotations

from collections.abc import Callable

from policy.history.store import Store
from policy.lang.annals import Annals, KeptRun, Month
from policy.lang.outcome import STATUSES
from policy.lang.past import Baseline, PastRun

__all__ = ["Compare", "annals"]

Compare = Callable[[PastRun, PastRun, str], Baseline]
"""What has changed between two runs, the first of which has a name."""


def annals(store: Store, last: int, compare: Compare) -> Annals:
    """What the file has to say of its `last` months; of each its last run counts."""
    runs = store.runs()
    of_months = {run.as_of.isoformat()[:7]: run for run in runs}  # by day, so that the last one stays
    shown = list(of_months.values())[-last - 1 :]
    months, before = [], None
    for run in shown:
        now = store.run(run.number)
        changed = before and compare(before, now, str(before.as_of))
        months.append(_month(run, now, changed))
        before = now
    pack_id, title = store.pack()
    titles, labels = store.words()
    return Annals(store.file, pack_id, title, tuple(runs), tuple(months[-last:]), titles, labels)


def _month(run: KeptRun, now: PastRun, changed: Baseline | None) -> Month:
    by_rule: dict[str, dict[str, int]] = {}
    for (rule, _), status in now.statuses.items():
        _count(by_rule.setdefault(rule, {}), status)
    by_bearer: dict[tuple[str, str], dict[str, int]] = {}
    for one in now.findings:
        if one.bearer is not None:
            _count(by_bearer.setdefault(one.bearer, {}), one.status)
    findings = {one.key: one.status for one in now.findings}
    return Month(run, findings, _sorted(by_rule), _sorted(by_bearer), changed)


def _count(tally: dict[str, int], status: str) -> None:
    tally[status] = tally.get(status, 0) + 1


def _sorted(tallies: dict) -> dict:
    return {name: {status: tallies[name][status] for status in STATUSES if status in tallies[name]} for name in sorted(tallies)}
