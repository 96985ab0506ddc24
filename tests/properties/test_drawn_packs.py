"""Packs, data and a day, all drawn: both engines say the same, and each says what the order of rows, names of keys and the like cannot change."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.check import Layer, check_pack
from policy.draw import days, decided, facts, with_tables
from policy.hooks.manager import load_plugins
from policy.interpret import judge as judge_by_reference
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts, Origin, Row
from policy.lang.outcome import COUNTED, STATUSES, Judgement, Outcome
from policy.lang.schema import ATTESTATION, WAIVER
from policy.messages.render import render
from policy.parse import parse_file
from policy.pipeline import find_calendar, load_pack
from policy.relational import judge as judge_by_sql, kept
from policy.source import Source
from tests.strategies.packs import packs, vocabulary

PLUGINS = load_plugins()
FUNCTIONS = {name: function.call for name, function in PLUGINS.functions.items()}



def judge_in_parts(*arguments: object) -> Judgement:
    """As the engine judges tables that are too large to be judged at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "PART", 2)
        return judge_by_sql(*arguments)


ENGINES: dict[str, Callable] = {"reference": judge_by_reference, "duckdb": judge_by_sql, "duckdb in parts": judge_in_parts}
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]



class Drawn(NamedTuple):
    """What is judged; shown as what somebody needs to see who looks into a difference."""

    pack: ir.Pack
    calendar: Calendar
    data: Facts
    as_of: datetime.date
    text: str

    def __repr__(self) -> str:
        rows = (f"{row.entity} {row.key} {row.values}" for rows in self.data.tables.values() for row in rows)
        return "\n".join((self.text, *rows, f"as of {self.as_of}"))

    def over(self, data: Facts) -> Drawn:
        """The same of other data."""
        return self._replace(data=data)


def pack_of(text: str) -> ir.Pack:
    """The pack that a text is; a text that is none is a mistake of the strategy."""
    source = Source("drawn.policy", text)
    file, mistakes = parse_file(source)
    pack = None
    if not mistakes:
        pack, mistakes = check_pack([Layer([(source, file)], {})], PLUGINS.functions, "", calendars=["cn"])
    assert pack is not None, "\n".join(render(one, "en") for one in mistakes)
    return pack


@st.composite
def drawn(draw: st.DrawFn, most: int = 2) -> Drawn:
    """A pack with its calendar, data for it, and a day."""
    text = draw(packs(most))
    pack = pack_of(text)
    calendar = find_calendar(pack, PLUGINS)
    as_of = draw(days(pack, calendar))
    return Drawn(pack, calendar, draw(decided(facts(pack, as_of, calendar=calendar, cycles=True), pack)), as_of, text)


def judgement(engine: str, one: Drawn, rules: Collection[str] | None = None) -> Judgement:
    return ENGINES[engine](one.pack, one.data, one.as_of, {}, one.calendar, FUNCTIONS, rules, STATUSES)


def judged(engine: str, one: Drawn, rules: Collection[str] | None = None) -> tuple[Outcome, ...]:
    return tuple(judgement(engine, one, rules).outcomes)


def agree(one: Drawn) -> None:
    first, *others = (judgement(engine, one) for engine in ENGINES)
    for other in others:
        for expected, found in zip(first.outcomes, other.outcomes):
            assert expected == found
        assert len(first.outcomes) == len(other.outcomes)
        assert first.notices == other.notices
        assert first.waivers == other.waivers


@settings(max_examples=25, suppress_health_check=SLOW)
@given(drawn())
def test_engines_agree(one: Drawn) -> None:
    agree(one)


@pytest.mark.deep
@settings(suppress_health_check=SLOW)
@given(drawn(3))
def test_engines_agree_on_much(one: Drawn) -> None:
    agree(one)


def said_alike_whatever_is_shown(one: Drawn) -> None:
    """Where only some outcomes are shown the engine looks for nothing else, and says of them what the reference says."""
    some = judge_by_sql(one.pack, one.data, one.as_of, {}, one.calendar, FUNCTIONS, None, COUNTED, kept=COUNTED).outcomes
    assert list(some.having(COUNTED)) == [outcome for outcome in judged("reference", one) if outcome.status in COUNTED]


@settings(max_examples=15, suppress_health_check=SLOW)
@given(drawn())
def test_what_is_shown_is_said_alike(one: Drawn) -> None:
    said_alike_whatever_is_shown(one)


@pytest.mark.deep
@settings(suppress_health_check=SLOW)
@given(drawn(3))
def test_what_is_shown_is_said_alike_on_much(one: Drawn) -> None:
    said_alike_whatever_is_shown(one)


FOUND = """
rule R-0 "DuckDB took one aggregate for another"
  basis "drawn"
  for each step as s
  must not ((max of v1.org.opened over act as v1 such that (v1.again.org.level in (high, low))) before (min of v1.opened over org as v1 such that (s.by.level is not high)))
  otherwise fail "x"
end
"""
"""A rule that engines once differed over, with the vocabulary of drawn packs."""


def test_what_was_found_stays_mended() -> None:
    pack = pack_of(vocabulary() + FOUND)
    values = {"act": {"id": "A1"}, "step": {"id": "S1", "by": "nobody", "kind": "late"}}
    tables = {}
    for name, cells in values.items():
        fields = pack.vocabulary.entities[name].fields
        tables[name] = (Row(name, cells["id"], tuple(cells.get(field.name) for field in fields), Origin("drawn", None, {}), 1),)
    data = with_tables(Facts({name: () for name in pack.vocabulary.entities}), tables)
    one = Drawn(pack, find_calendar(pack, PLUGINS), data, datetime.date(2026, 9, 1), FOUND)
    agree(one)
    (outcome,) = judged("reference", one)
    assert [row.key for row in outcome.evidence] == ["S1", "A1"]


# --- what cannot change an outcome -----------------------------------------------------------------------------------


def without_places(outcomes: tuple[Outcome, ...]) -> list[tuple[Outcome, list[tuple[str, str]]]]:
    """Outcomes as they are wherever their rows stand; the rows of a count or a sum have no order of their own."""
    in_order = sorted(outcomes, key=lambda outcome: (outcome.rule, outcome.subject_text))
    return [(attrs.evolve(one, evidence=()), sorted((row.entity, row.key) for row in one.evidence)) for one in in_order]


def rows_in_reverse(data: Facts) -> Facts:
    return with_tables(data, {name: tuple(reversed(rows)) for name, rows in data.tables.items()})


def same_in_any_order(engine: str, one: Drawn) -> None:
    turned = judged(engine, one.over(rows_in_reverse(one.data)))
    assert without_places(turned) == without_places(judged(engine, one))


def renamed(pack: ir.Pack, data: Facts, names: Mapping[tuple[str, str], str]) -> Facts:
    """The data with other keys, in references too."""
    tables = {}
    for entity, rows in data.tables.items():
        fields = pack.vocabulary.entities[entity].fields
        kinds = [entity if field.key else field.type.name if field.type.is_ref else None for field in fields]
        tables[entity] = tuple(_renamed(row, kinds, names) for row in rows)
    return with_tables(data, tables)


def _renamed(row: Row, kinds: list[str | None], names: Mapping[tuple[str, str], str]) -> Row:
    values = tuple(names.get((kind, value), value) if kind else value for kind, value in zip(kinds, row.values))
    return Row(row.entity, names.get((row.entity, row.key), row.key), values, row.origin, row.line)


def keys_rename_outcomes(engine: str, one: Drawn) -> None:
    """Keys with another letter in front keep their order, which decides among rows of one day."""
    one = one.over(with_tables(one.data, {ATTESTATION.name: (), WAIVER.name: ()}))  # which name subjects in their own words
    names = {(entity, row.key): f"z{row.key}" for entity, rows in one.data.tables.items() for row in rows}
    found = judged(engine, one.over(renamed(one.pack, one.data, names)))
    entities = {rule.id: [each.entity if isinstance(each, ir.EachRow) else None for each in rule.binders] for rule in one.pack.rules}

    def told(outcome: Outcome, names: Mapping) -> tuple:
        pairs = zip(entities[outcome.rule], outcome.subject)
        subject = tuple(names.get((entity, key), key) for entity, (_, key) in pairs)
        bearer = outcome.bearer and (outcome.bearer[0], names.get(outcome.bearer, outcome.bearer[1]))
        evidence = [(row.entity, names.get((row.entity, row.key), row.key)) for row in outcome.evidence if row.entity != "violation"]
        return outcome.rule, subject, outcome.status, outcome.due, outcome.fulfilled, outcome.missing, bearer, evidence

    assert [told(outcome, {}) for outcome in found] == [told(outcome, names) for outcome in judged(engine, one)]


def later_rows_change_nothing(engine: str, one: Drawn) -> None:
    """Rows dated after the day are as if they were not there."""
    tables = {}
    for name, rows in one.data.tables.items():
        occurs = one.pack.vocabulary.entities[name].occurs
        tables[name] = tuple(row for row in rows if not (occurs and (day := row.values[occurs.index]) and day > one.as_of))
    assert judged(engine, one.over(with_tables(one.data, tables))) == judged(engine, one)


PROPERTIES = {"order": same_in_any_order, "keys": keys_rename_outcomes, "later rows": later_rows_change_nothing}


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize("name", PROPERTIES)
@settings(max_examples=8, suppress_health_check=SLOW)
@given(one=drawn())
def test_what_changes_nothing(name: str, engine: str, one: Drawn) -> None:
    PROPERTIES[name](engine, one)


@pytest.mark.deep
@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize("name", PROPERTIES)
@settings(suppress_health_check=SLOW)
@given(one=drawn())
def test_what_changes_nothing_on_much(name: str, engine: str, one: Drawn) -> None:
    PROPERTIES[name](engine, one)


# --- data that have nothing to do with each other --------------------------------------------------------------------


@cache
def shipped() -> tuple[ir.Pack, Calendar]:
    pack = load_pack(Path(__file__).parents[2] / "rules" / "supervision_talks", PLUGINS).pack
    assert pack is not None
    return pack, find_calendar(pack, PLUGINS)


@st.composite
def two_parts(draw: st.DrawFn, most: int) -> tuple[Drawn, Drawn, set[str]]:
    """Data of two counties for a few of the rules that ship, with keys of their own."""
    pack, calendar = shipped()
    rules = draw(st.sets(st.sampled_from([rule.id for rule in pack.rules if not rule.depends]), min_size=1, max_size=most))
    as_of = draw(days(pack, calendar, rules=rules))
    first, second = (draw(facts(pack, as_of, rules=rules, calendar=calendar)) for _ in range(2))
    names = {(entity, row.key): f"z{row.key}" for entity, rows in second.tables.items() for row in rows}
    one = Drawn(pack, calendar, first, as_of, " ".join(sorted(rules)))
    return one, one.over(renamed(pack, second, names)), rules


def parts_make_the_whole(engine: str, parts: tuple[Drawn, Drawn, set[str]]) -> None:
    first, second, rules = parts
    tables = {name: (*rows, *second.data.tables[name]) for name, rows in first.data.tables.items()}
    whole = first.over(with_tables(first.data, tables))
    apart = (*judged(engine, first, rules), *judged(engine, second, rules))
    assert without_places(judged(engine, whole, rules)) == without_places(apart)


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@settings(max_examples=8, suppress_health_check=SLOW)
@given(parts=two_parts(2))
def test_parts_make_the_whole(engine: str, parts: tuple[Drawn, Drawn, set[str]]) -> None:
    parts_make_the_whole(engine, parts)


@pytest.mark.deep
@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@settings(suppress_health_check=SLOW)
@given(parts=two_parts(4))
def test_parts_make_the_whole_on_much(engine: str, parts: tuple[Drawn, Drawn, set[str]]) -> None:
    parts_make_the_whole(engine, parts)
