"""Two runs beside each other: nothing that is not known to be the same passes for the same."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.interpret import judge
from policy.lang import ir
from policy.lang.dates import WEEKENDS
from policy.lang.facts import Facts
from policy.lang.outcome import PROBLEMS, Outcome
from policy.lang.past import PastFinding, PastRun, key_of
from policy.report.comparing import compare
from policy.testing import days, facts
from tests.packs import pack_of

PACKS = sorted((Path(__file__).parents[1] / "conformance").glob("*.policy"))
BETTER = ("violated", "late", "unknown", "due_soon", "attest")


def judged(pack: ir.Pack, data: Facts, as_of: datetime.date) -> tuple[PastRun, dict]:
    found: dict[tuple, Outcome] = {key_of(one.rule, one.subject): one for one in judge(pack, data, as_of, {}, WEEKENDS, {}).outcomes}
    findings = tuple(
        PastFinding(key, one.status, one.severity, one.bearer, one.due, one.fulfilled, one.fingerprint)
        for key, one in found.items()
        if one.status in PROBLEMS
    )
    run = PastRun(findings, {key: one.status for key, one in found.items()}, pack_id=pack.id, rules=frozenset(rule.id for rule in pack.rules))
    return run, found


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(data=st.data())
def test_every_finding_is_accounted_for(path: Path, data: st.DataObject) -> None:
    pack = pack_of(path)
    days_ = data.draw(days(pack)), data.draw(days(pack))
    (before, then), (now, found) = (judged(pack, data.draw(facts(pack, day)), day) for day in sorted(days_))
    result = compare(before, now, "x")
    assert set(result.changes) == {one.key for one in now.findings}
    for key, change in result.changes.items():
        one, was = found[key], then.get(key)
        if change.state == "unchanged":
            assert was is not None and (was.status, was.due, was.fulfilled, was.missing) == (one.status, one.due, one.fulfilled, one.missing)
        elif change.state == "updated":
            assert was is not None and BETTER.index(was.status) < BETTER.index(one.status)
        if was is None or was.status not in PROBLEMS or BETTER.index(one.status) < BETTER.index(was.status):
            assert change.state == "new", "a breach that was not there, or was less, is never absorbed"
    gone = {one.finding.key: one for one in result.absent}
    assert set(gone) == {one.key for one in before.findings} - set(result.changes)
    assert all((one.state, one.now) == (("gone", None) if key not in found else ("resolved", found[key].status)) for key, one in gone.items())


@pytest.mark.parametrize(("severity", "state"), [("warn", "new"), ("advise", "unchanged")])
def test_a_rule_that_has_become_graver(severity: str, state: str) -> None:
    key = ("A-1", ("T1",))
    before, now = (PastRun((PastFinding(key, "violated", one, None, None, None, "f"),), {key: "violated"}) for one in ("advise", severity))
    assert compare(before, now, "x").changes[key].state == state
