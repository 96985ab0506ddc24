"""The formulas of a rule say what the interpreter says: of the data of every conformance case, and of drawn data."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import pipeline
from policy.analyse.alphabet import Alphabet
from policy.analyse.rules import judged, subject_of
from policy.analyse.sample import Sample, as_case
from policy.analyse.search import sample_of
from policy.analyse.world import World
from policy.hooks.manager import load_plugins
from policy.interpret import judge
from policy.lang import ir
from policy.lang.types import enum_type
from policy.load.cases import case_facts
from policy.pipeline.faults import functions
from policy.testing import days, facts
from tests.analyse.worlds import held_to, status_of

PLUGINS = load_plugins()
FUNCTIONS = functions(PLUGINS)
CONFORMANCE = sorted((Path(__file__).parents[1] / "conformance").glob("*.policy"))
ROWS = 7


def _pack(path: str) -> ir.Pack:
    loaded = pipeline.load_pack(pipeline.find_pack(path, PLUGINS), PLUGINS)
    assert loaded.pack is not None
    return loaded.pack


def _differences(pack: ir.Pack, sample: Sample, rule: ir.Rule) -> Iterator[str]:
    """Where the formulas leave another status possible than the interpreter gives, or not that one alone."""
    calendar = pipeline.find_calendar(pack, PLUGINS)
    found, problems = case_facts(as_case(sample, pack.vocabulary, pack.language, "", {}), pack.vocabulary)
    assert not problems
    sample = sample_of(sample.as_of, found, pack.vocabulary, sample.parameters)  # with the rows that a case makes
    size = max(1, *(len(rows) for rows in sample.tables.values()), 0) if sample.tables else 1
    if size > ROWS:
        return
    world = World(pack, Alphabet(pack), calendar, FUNCTIONS, size, sample.parameters)
    subject = subject_of(rule, world)
    formulas = judged(rule, subject)
    pins, places = held_to(world, sample)
    for outcome in judge(pack, found, sample.as_of, sample.parameters, calendar, FUNCTIONS, [rule.id], ()).outcomes:
        here = [subject.scope.vars[each.var].term == _number(world, each, key, places) for each, (_, key) in zip(rule.binders, outcome.subject)]
        left = status_of(world, [*pins, *here], formulas)
        if outcome.status not in left or (len(left) > 1 and not world.open):
            yield f"{rule.id} {outcome.subject_text}: {outcome.status}, formulas: {sorted(left)}"


def _number(world: World, each: ir.Each, key: object, places: dict) -> object:
    if isinstance(each, ir.EachRow):
        return places[each.entity][key]
    return key if isinstance(each, ir.EachYear) else world.members(enum_type(each.enum)).index(key)


@pytest.mark.parametrize("path", CONFORMANCE, ids=lambda path: path.stem)
def test_conformance_cases(path):
    seen = 0
    for pack in _pack(str(path)).all_days():
        for case in pack.cases:
            found, problems = case_facts(case, pack.vocabulary)
            if problems or found.tables.get("waiver") or found.tables.get("attestation") or not _in_bounds(case):
                continue
            sample = sample_of(case.as_of, found, pack.vocabulary, dict(case.parameters))
            for id in {one.rule for one in case.expectations}:
                rule = pack.rule(id)
                if rule is not None and not rule.depends and not isinstance(rule.duty, ir.Attestation):
                    assert list(_differences(pack, sample, rule)) == [], case.title
                    seen += 1
    assert seen or path.stem in ("attestations",), "a file without a case that says anything here"


def _in_bounds(case: ir.Case) -> bool:
    return 2010 <= case.as_of.year <= 2089


BASE = _pack("supervision_talks")
RULES = [rule for rule in BASE.rules if not rule.depends and not isinstance(rule.duty, ir.Attestation)]


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_drawn_data(data):
    rule = data.draw(st.sampled_from(RULES))
    as_of = data.draw(days(BASE, rules=[rule.id]))
    drawn = data.draw(facts(BASE, as_of, rules=[rule.id], most=2, dangling=False, cycles=True))
    sample = sample_of(max(as_of, datetime.date(2011, 1, 1)), drawn, BASE.vocabulary, {})
    assert list(_differences(BASE, sample, rule)) == []
