"""The variants that ship: application by reference is milder throughout, the military's frame changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from policy_sample.county import make
from policy_sample.days import AS_OF

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.lang.table import table_of_grid
from policy.pipeline.cases import run_cases

RULES = Path(__file__).parents[2] / "rules"
VARIANTS = ("military", "reference_application")


@pytest.fixture(scope="module")
def plugins():
    return load_plugins()


@pytest.fixture(scope="module")
def packs(plugins):
    loaded = {name: pipeline.load_pack(RULES / name, plugins) for name in ("supervision_talks", *VARIANTS)}
    assert {name: one.diagnostics for name, one in loaded.items()} == dict.fromkeys(loaded, ())
    return {name: one.pack for name, one in loaded.items()}


def judged(pack, plugins):
    tables = tuple(table_of_grid(name, name, None, [header, *rows]) for name, (header, rows) in make(1).items())
    request = pipeline.Request(AS_OF, pipeline.find_calendar(pack, plugins), "zh", all_outcomes=True)
    report = pipeline.check(pack, pipeline.Reading(tables, ()), request, plugins)
    return {(one.rule, one.subject): one for one in report.outcomes}


@pytest.mark.parametrize("name", VARIANTS)
def test_they_are_installed_and_their_cases_pass(name, plugins):
    assert name in plugins.packs
    results = run_cases(pipeline.load_pack(RULES / name, plugins), plugins)
    assert results and not [result.case.title for result in results if result.failures]


def test_by_reference_what_fails_is_a_warning(packs):
    base, variant = packs["supervision_talks"], packs["reference_application"]
    milder = {"fail": "warn", "warn": "warn", "advise": "advise"}
    assert {rule.id: milder[rule.severity] for rule in base.rules} == {rule.id: rule.severity for rule in variant.rules}
    changed = {rule.id for rule in base.rules if rule.severity == "fail"}
    assert all("第二条第二款" in rule.basis for rule in variant.rules if rule.id in changed)


def test_the_frame_of_the_military_changes_no_outcome(packs, plugins):
    base, variant = judged(packs["supervision_talks"], plugins), judged(packs["military"], plugins)
    assert {key: one.status for key, one in base.items()} == {key: one.status for key, one in variant.items()}
    assert {key: (one.due, one.message) for key, one in base.items()} == {key: (one.due, one.message) for key, one in variant.items()}


def test_the_frame_of_the_military_says_that_it_is_one(packs):
    pack = packs["military"]
    assert pack.version.startswith("0.")
    assert "框架" in pack.title
    assert all(parameter.standard in (None, parameter.default) for parameter in pack.parameters.values())
