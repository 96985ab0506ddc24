"""Both engines say the same of whatever data: drawn for the packs of the conformance cases and for the rules that ship."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.hooks.manager import load_plugins
from policy.interpret import judge as judge_by_reference
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts
from policy.lang.outcome import STATUSES
from policy.pipeline import find_calendar, load_pack
from policy.relational import judge as judge_by_sql
from policy.testing import days, decided, facts

HERE = Path(__file__).parents[1]
PACKS = sorted((HERE / "conformance").glob("*.policy"))
BASE = HERE.parent / "rules" / "supervision_talks"
FUNCTIONS = {name: function.call for name, function in load_plugins().functions.items()}


@cache
def pack_of(path: Path) -> tuple[ir.Pack, Calendar]:
    plugins = load_plugins()
    pack = load_pack(path, plugins).pack
    assert pack is not None
    return pack, find_calendar(pack, plugins)


def same(pack: ir.Pack, calendar: Calendar, data: Facts, as_of: datetime.date, rules: set[str] | None = None) -> None:
    """Both engines agree on every part of every outcome, on their order, and on what is said of waivers and attestations."""
    arguments = pack, data, as_of, {}, calendar, FUNCTIONS, rules, STATUSES
    expected, found = judge_by_reference(*arguments), judge_by_sql(*arguments)
    for first, second in zip(expected.outcomes, found.outcomes):
        assert first == second
    assert len(expected.outcomes) == len(found.outcomes)
    assert expected.notices == found.notices
    assert expected.waivers == found.waivers


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=6)
@given(data=st.data())
def test_engines_agree(path: Path, data: st.DataObject) -> None:
    agree(path, data)


@pytest.mark.deep
@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_engines_agree_on_much(path: Path, data: st.DataObject) -> None:
    agree(path, data)


def agree(path: Path, data: st.DataObject) -> None:
    whole, calendar = pack_of(path)
    as_of = data.draw(days(whole, calendar))
    pack = whole.edition(as_of)
    same(pack, calendar, data.draw(decided(facts(pack, as_of, calendar=calendar, cycles=True), pack)), as_of)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=3)
@given(data=st.data())
def test_engines_agree_on_the_rules_that_ship(data: st.DataObject) -> None:
    agree_on_rules(data, 3)


@pytest.mark.deep
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_engines_agree_on_the_rules_that_ship_on_much(data: st.DataObject) -> None:
    agree_on_rules(data, 5)


def agree_on_rules(data: st.DataObject, most: int) -> None:
    """On some of the rules at a time, as all of them take seconds."""
    pack, calendar = pack_of(BASE)
    rules = data.draw(st.sets(st.sampled_from([rule.id for rule in pack.rules if not rule.depends]), min_size=1, max_size=most))
    as_of = data.draw(days(pack, calendar, rules=rules))
    drawn = facts(pack, as_of, rules=rules, calendar=calendar, cycles=True)
    same(pack, calendar, data.draw(decided(drawn, pack)), as_of, rules)
