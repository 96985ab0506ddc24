"""The sample judged by the pack: every mistake that was put there is found, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from policy_sample.county import make, planted
from policy_sample.days import AS_OF

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.lang.outcome import PROBLEMS
from policy.lang.table import table_of_grid

PACK = Path(__file__).parents[2] / "rules" / "supervision_talks"


@pytest.fixture(scope="module")
def pack():
    loaded = pipeline.load_pack(PACK, load_plugins())
    assert loaded.pack is not None, [diagnostic.code for diagnostic in loaded.diagnostics]
    return loaded.pack


def judged(pack, seed):
    plugins = load_plugins()
    tables = tuple(table_of_grid(name, name, None, [header, *rows]) for name, (header, rows) in make(seed).items())
    request = pipeline.Request(AS_OF, pipeline.find_calendar(pack, plugins), "en")
    return pipeline.check(pack, pipeline.Reading(tables, ()), request, plugins)


@pytest.fixture(scope="module", params=[1, 2, 3])
def county(request, pack):
    """A seed, and the report on its county."""
    return request.param, judged(pack, request.param)


def keys(outcome):
    return {str(key) for _, key in outcome.subject}


def meant(plant, outcome):
    """Whether the outcome is the one that was planted; a rule may have parts (05-2-c and 05-2-ct) and more binders."""
    return outcome.rule.startswith(plant.rule) and set(plant.subject.split(",")) <= keys(outcome)


def test_every_mistake_is_found(county, pack):
    seed, report = county
    ids = [rule.id for rule in pack.rules]
    plants = [plant for plant in planted(seed) if any(id.startswith(plant.rule) for id in ids)]
    assert len(plants) > 50
    for plant in plants:
        assert any(outcome.status == plant.status for outcome in report.outcomes if meant(plant, outcome)), plant


def test_nothing_else_is_found(county):
    seed, report = county
    plants = planted(seed)
    # a talk whose end nobody entered is unknown to every rule, and so is the coverage of its organization
    found = [outcome for outcome in report.outcomes if outcome.status in PROBLEMS and "talk.end" not in outcome.missing]
    assert [outcome for outcome in found if not any(meant(plant, outcome) for plant in plants)] == []


def test_each_kind_of_remark_on_a_waiver_is_there(county):
    codes = {notice.code for notice in county[1].notices if notice.code.startswith("waiver")}
    assert codes == {"waiver_lapsed", "waiver_unmatched", "waiver_refused"}


def test_the_sample_has_no_errors(county):
    assert not any(problem.error for problem in county[1].problems)


def test_every_status_is_there(county):
    statuses = {outcome.status for outcome in county[1].outcomes}
    assert {"satisfied", "late", "pending", "due_soon", "violated", "unknown", "excused", "not_applicable"} <= statuses
