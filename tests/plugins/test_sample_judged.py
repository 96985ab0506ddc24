"""The sample judged by the pack: every mistake that was put there is found, and nothing else is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from policy_sample import policy_samples
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


def judged(pack, seed, as_of=AS_OF, select=(), settings=()):
    plugins = load_plugins()
    tables = tuple(table_of_grid(name, name, None, [header, *rows]) for name, (header, rows) in make(seed).items())
    parameters, mistakes = pipeline.set_parameters(pack, settings, "test")
    assert not mistakes
    rules = pipeline.find_rules(pack, as_of, select, ())
    request = pipeline.Request(as_of, pipeline.find_calendar(pack, plugins), "en", parameters, rules)
    return pipeline.check(pack, pipeline.Reading(tables, ()), request, plugins)


def plants_of(seed, as_of=AS_OF):
    return [plant for plant in planted(seed) if plant.as_of == as_of]


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
    assert {plant.rule for plant in planted(seed) if not any(id.startswith(plant.rule) for id in ids)} == set()
    for plant in plants_of(seed):
        assert any(outcome.status == plant.status for outcome in report.outcomes if meant(plant, outcome)), plant


def test_nothing_else_is_found(county):
    seed, report = county
    plants = plants_of(seed)
    # a talk whose end nobody entered is unknown to every rule, and so is the coverage of its organization
    found = [outcome for outcome in report.outcomes if outcome.status in PROBLEMS and "talk.end" not in outcome.missing]
    assert [outcome for outcome in found if not any(meant(plant, outcome) for plant in plants)] == []


def test_every_rule_says_something_of_the_county(pack):
    """As of its day, or in one of the looks that the demo shows; of a rule that fails at least once that it was broken."""
    (sample,) = policy_samples()
    reports = [judged(pack, 1), *(judged(pack, 1, look.as_of, look.select, look.settings) for look in sample.looks)]
    outcomes = [outcome for report in reports for outcome in report.outcomes]
    broken = {outcome.rule for outcome in outcomes if outcome.status in ("violated", "late")}
    assert {rule.id for rule in pack.rules if rule.severity == "fail"} - broken == set()
    # 05-2-e: nobody has been in post for half a year in a term that counts in full
    assert {rule.id for rule in pack.rules} - {outcome.rule for outcome in outcomes} == {"JDTH-05-2-e"}


@pytest.mark.parametrize("look", policy_samples()[0].looks, ids=lambda look: str(look.as_of))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_look_finds_what_was_planted_for_it_and_nothing_else(pack, seed, look):
    report = judged(pack, seed, look.as_of, look.select, look.settings)
    plants = [plant for plant in plants_of(seed, look.as_of) if plant.rule in look.select]
    found = [outcome for outcome in report.outcomes if outcome.status in PROBLEMS and "talk.end" not in outcome.missing]
    assert len(found) == len(plants) >= 4
    assert [outcome for outcome in found if not any(meant(plant, outcome) for plant in plants)] == []


def test_each_kind_of_remark_on_a_waiver_is_there(county):
    codes = {notice.code for notice in county[1].notices if notice.code.startswith("waiver")}
    assert codes == {"waiver_lapsed", "waiver_unmatched", "waiver_refused"}


def test_the_sample_has_no_errors(county):
    assert not any(problem.error for problem in county[1].problems)


def test_every_status_is_there(county):
    statuses = {outcome.status for outcome in county[1].outcomes}
    assert {"satisfied", "late", "pending", "due_soon", "violated", "unknown", "excused", "not_applicable"} <= statuses


@pytest.mark.parametrize("day", ["2026-02-15", "2026-03-15", "2026-06-30", "2026-09-17"])
def test_as_of_an_earlier_day_nothing_is_missed_that_was_still_to_come(pack, day):
    """What makes an outcome unknown is a cell that nobody filled in, never a row that came later."""
    blank = {f"{entity}.{name}" for entity, (header, rows) in make(1).items() for row in rows for name, cell in zip(header, row) if cell is None}
    outcomes = judged(pack, 1, date.fromisoformat(day)).outcomes
    unknown = [outcome for outcome in outcomes if outcome.status == "unknown"]
    assert unknown
    assert [outcome for outcome in unknown if not set(outcome.missing) <= blank] == []
