"""The sample county: one per seed, of a county's size, sound where it should be sound, broken where it should be broken."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path

import pytest
from policy_sample import policy_samples
from policy_sample.book import HEADERS
from policy_sample.county import make, planted
from policy_sample.days import AS_OF, SPRING

from policy.hooks.manager import load_plugins
from policy.pipeline import load_pack

PACK = Path(__file__).parents[2] / "rules" / "supervision_talks"

FIRST_SLICE = (
    "05-2-c", "05-3-a", "07-1-a", "07-1-b", "07-1-c", "09-1-b", "10-1-a", "11-1-a", "11-2-a", "12-1-d", "16-1-b",
    "17-1-a",
)  # fmt: skip

REFERENCES = {
    "organization": "parent:organization approver:organization",
    "term": "organization:organization",
    "appointment": "person:person organization:organization",
    "roster_entry": "conductor:organization organization:organization",
    "plan": "conductor:organization",
    "plan_item": "plan:plan organization:organization talkee:person talker:person",
    "circumstance": "organization:organization person:person",
    "talk": "conductor:organization talker:person talkee:person organization:organization plan_item:plan_item",
    "talk_circumstance": "talk:talk circumstance:circumstance",
    "talk_step": "talk:talk",
    "problem": "talk:talk",
    "measure": "talk:talk problem:problem",
    "report": "talk:talk reporter:person recipient:organization",
    "notification": "talk:talk",
    "archive": "talk:talk",
    "copy": "talk:talk",
    "annual_document": "organization:organization person:person",
    "oversight": "organization:organization inspector:organization",
    "access": "talk:talk person:person",
}

DANGLING = {("appointment", "person", "P999"), ("talk_circumstance", "circumstance", "QX999"), ("measure", "problem", "T999-P1")}

CODES = {
    "organization": "level:level kind:organization_kind status:organization_status",
    "appointment": "post:post",
    "circumstance": "code:circumstance_code decision:decision",
    "talk": "kind:talk_kind nature:talk_nature status:talk_status classification:classification",
    "talk_step": "step:step",
    "problem": "category:subject_category",
    "measure": "category:subject_category progress:progress",
    "report": "kind:report_kind",
    "notification": "audience:audience",
    "archive": "material:material",
    "copy": "recipient_kind:recipient_kind",
    "annual_document": "kind:annual_document_kind",
    "oversight": "kind:oversight_kind",
}


@pytest.fixture(scope="module")
def county():
    return make(1)


def records(county, entity):
    header, rows = county[entity]
    return [dict(zip(header, row, strict=True)) for row in rows]


def columns(table):
    """(entity, field, what the field names) of each column in REFERENCES or CODES."""
    return [(entity, *pair.split(":")) for entity, pairs in table.items() for pair in pairs.split()]


@pytest.fixture(scope="module")
def vocabulary():
    loaded = load_pack(PACK, load_plugins())
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack.vocabulary


def test_the_hook_offers_the_county():
    (sample,) = policy_samples()
    assert (sample.pack, sample.name) == ("supervision_talks", "county")
    assert sample.make(3) == make(3)


def test_a_seed_gives_one_county(county):
    assert make(1) == county
    assert make(2) != county


@pytest.mark.parametrize("seed", range(2, 12))
def test_every_seed_has_a_talk_for_every_story(seed):
    assert len(planted(seed)) == len(planted(1))


@pytest.mark.deep
def test_many_seeds_have_a_talk_for_every_story():
    assert {len(planted(seed)) for seed in range(12, 150)} == {len(planted(1))}


@pytest.mark.parametrize(
    ("entity", "least", "most"),
    [("organization", 55, 75), ("term", 4, 4), ("appointment", 85, 105), ("talk", 140, 165), ("circumstance", 25, 35)],
)
def test_sizes(county, entity, least, most):
    assert least <= len(county[entity][1]) <= most


def test_every_entity_has_rows(county):
    assert list(county) == list(HEADERS)
    assert all(rows for _, rows in county.values())


def test_values_are_plain(county):
    kinds = {type(value) for _, rows in county.values() for row in rows for value in row}
    assert kinds == {str, int, bool, datetime.date, type(None)}


def test_keys_are_filled_and_unique(county):
    for header, rows in county.values():
        keys = [row[0] for row in rows]
        assert all(keys), header
        assert len(set(keys)) == len(keys), header


def test_references_hold_but_for_those_meant_to_dangle(county):
    keys = {entity: {row[0] for row in rows} for entity, (_, rows) in county.items()}
    dangling = {
        (entity, field, record[field])
        for entity, field, target in columns(REFERENCES)
        for record in records(county, entity)
        if record[field] is not None and record[field] not in keys[target]
    }
    assert dangling == DANGLING


def test_two_persons_share_a_name(county):
    names = Counter(record["name"] for record in records(county, "person"))
    assert [count for count in names.values() if count > 1] == [2]


def test_nothing_is_marked_as_a_state_secret(county):
    marks = {record["classification"] for record in records(county, "talk")}
    assert marks == {"internal", "work_secret", None}


def test_nothing_happened_after_the_last_day_but_reports_on_the_year_and_one_slip(county):
    occurs = ("end", "date", "proposed", "issued")
    entities = ("plan", "talk", "measure", "report", "notification", "archive", "copy", "annual_document", "oversight", "access")
    late = {
        (entity, record[field])
        for entity in entities
        for record in records(county, entity)
        for field in occurs
        if record.get(field) and record[field] > AS_OF
    }
    documents = {(entity, day) for entity, day in late if entity == "annual_document"}
    assert late - documents == {("report", datetime.date(2026, 12, 1))}
    assert documents and all(day < SPRING for _, day in documents)


@pytest.mark.parametrize("rule", FIRST_SLICE)
def test_each_rule_of_the_first_slice_is_broken_twice(rule):
    broken = {plant.subject for plant in planted(1) if plant.rule == f"JDTH-{rule}" and plant.status in ("violated", "late")}
    assert len(broken) >= 2


def test_reports_are_late_missing_undated_and_still_to_come():
    statuses = Counter(plant.status for plant in planted(1) if plant.rule == "JDTH-11-1-a")
    assert statuses["late"] >= 2
    assert statuses["violated"] >= 2
    assert {"unknown", "pending", "due_soon"} <= statuses.keys()


def test_most_talks_are_in_order(county):
    talks = {record["id"] for record in records(county, "talk")}
    in_order = {"satisfied", "pending", "excused", "attest"}
    flawed = {re.split("[,-]", plant.subject)[0] for plant in planted(1) if plant.status not in in_order}
    assert 0.55 <= 1 - len(talks & flawed) / len(talks) <= 0.8


def test_what_is_planted_names_rows_of_the_county(county):
    keys = {row[0] for _, rows in county.values() for row in rows}
    others = {"self_report", "problems", "explanation", "demands", "statement", "2026"}
    for plant in planted(1):
        assert set(plant.subject.split(",")) <= keys | others, plant


def test_headers_are_the_vocabulary_of_the_pack(vocabulary):
    declared = {entity.name: tuple(field.name for field in entity.fields) for entity in vocabulary.entities.values()}
    assert declared == HEADERS


def test_codes_are_members_of_the_pack_s_enums(county, vocabulary):
    for entity, field, enum in columns(CODES):
        members = {member.name for member in vocabulary.enums[enum].members}
        assert {record[field] for record in records(county, entity)} - {None} <= members, (entity, field)
