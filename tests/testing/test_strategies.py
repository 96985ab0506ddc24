"""Drawn facts are well typed and try what the rules say: every status of a deadline is found within a few hundred draws."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.hooks.manager import load_plugins
from policy.interpret import judge
from policy.lang.outcome import STATUSES
from policy.pipeline import find_calendar, load_pack
from policy.testing import days, decided, facts, read_fields

PLUGINS = load_plugins()
PACK = load_pack(Path(__file__).parents[2] / "rules" / "supervision_talks", PLUGINS, cases=False).pack
assert PACK is not None
CALENDAR = find_calendar(PACK, PLUGINS)
DEADLINE = "JDTH-11-1-a"
KINDS = {"text": str, "int": int, "number": Decimal, "date": datetime.date, "bool": bool}
some = settings(max_examples=20, suppress_health_check=list(HealthCheck))


def cells(drawn):
    """Every value with its row and field."""
    entities = PACK.vocabulary.entities
    rows = [row for rows in drawn.tables.values() for row in rows]
    return [(row, field, row.values[field.index]) for row in rows for field in entities[row.entity].fields]


@some
@given(facts(PACK, whole=True))
def test_every_value_is_of_the_type_of_its_field(drawn):
    for _, field, value in cells(drawn):
        if value is not None and field.type.kind == "enum":
            assert value in [member.name for member in PACK.vocabulary.enums[field.type.name].members]
        elif value is not None:
            assert isinstance(value, KINDS.get(field.type.kind, str))


@some
@given(facts(PACK, rules=[DEADLINE], gaps=False, dangling=False))
def test_references_hold_and_nothing_is_missing(drawn):
    keys = {name: {row.key for row in rows} for name, rows in drawn.tables.items()}
    read = read_fields(PACK, [DEADLINE])
    for row, field, value in cells(drawn):
        if field.type.is_ref and value is not None:
            assert value in keys[field.type.name]
        elif field.name in read.get(row.entity, ()) and not field.type.is_ref:
            assert value is not None


def chains(cycles):
    def above(key, parents, passed=()):
        return key in passed or (key in parents and above(parents[key], parents, (*passed, key)))

    found = []

    @settings(max_examples=120, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(facts(PACK, rules=["JDTH-05-2-c"], cycles=cycles))
    def look(drawn):
        for row, field, value in cells(drawn):
            if field.type.name == row.entity and value is not None:
                parents = {one.key: one.values[field.index] for one in drawn.tables[row.entity]}
                found.append(above(row.key, parents))

    look()
    return found


def test_rows_lie_under_themselves_only_if_asked():
    assert not any(chains(cycles=False))
    assert any(chains(cycles=True))


def test_only_what_a_rule_reads_is_drawn():
    assert read_fields(PACK, [DEADLINE]).keys() == {"talk", "report", "person"}
    assert read_fields(PACK, [DEADLINE])["report"] == {"talk", "kind", "date"}


def test_all_that_can_become_of_a_deadline_is_found():
    """Every status, something done within a day of the due day, and something left undone the day after it."""
    found, edges = set(), set()

    @settings(max_examples=700, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(st.data())
    def look(data):
        as_of = data.draw(days(PACK, CALENDAR, rules=[DEADLINE]))
        drawn = data.draw(facts(PACK, as_of, rules=[DEADLINE], calendar=CALENDAR))
        for outcome in judge(PACK, drawn, as_of, {}, CALENDAR, {}, [DEADLINE]).outcomes:
            found.add(outcome.status)
            if outcome.due and outcome.fulfilled:
                edges.add((outcome.fulfilled - outcome.due).days)
            if outcome.due and outcome.status in ("violated", "due_soon"):
                edges.add((outcome.status, (as_of - outcome.due).days))

    look()
    assert set(STATUSES) - found == {"attest", "excused"}
    assert {-1, 0, 1} & edges and ("violated", 1) in edges


@some
@given(decided(facts(PACK, rules=[DEADLINE]), PACK))
def test_decisions_of_people_can_be_drawn_as_well(drawn):
    assert {"waiver", "attestation"} <= drawn.tables.keys()
    assert all(len(row.values) == len(PACK.vocabulary.entities[row.entity].fields) for rows in drawn.tables.values() for row in rows)
