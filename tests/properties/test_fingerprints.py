"""A fingerprint is that of a finding and its facts: nothing else changes it, and no change of them leaves it as it was."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policy.draw import read_fields
from policy.interpret import judge
from policy.lang import ir
from policy.lang.dates import WEEKENDS
from policy.lang.facts import Facts, Origin, Row
from policy.lang.outcome import Outcome
from policy.testing import days, facts, with_tables
from tests.packs import pack_of

PACKS = sorted((Path(__file__).parents[1] / "conformance").glob("*.policy"))
some = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)
packs = pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)


def drawn(path: Path, data: st.DataObject) -> tuple[ir.Pack, Facts, datetime.date]:
    """A pack, facts whose columns have labels, and the day as of which they are judged."""
    pack = pack_of(path)
    as_of = data.draw(days(pack))
    found = data.draw(facts(pack, as_of))
    return pack, placed(pack, found, "data.csv", 0), as_of


def placed(pack: ir.Pack, found: Facts, file: str, down: int) -> Facts:
    """The facts as they would stand in a file, some rows further down."""
    entities = pack.vocabulary.entities
    origins = {name: Origin(file, None, {field.name: field.name for field in entity.fields}) for name, entity in entities.items()}
    tables = {
        name: tuple(Row(row.entity, row.key, row.values, origins[name], row.line + down) for row in rows) for name, rows in found.tables.items()
    }
    return with_tables(found, tables)


def outcomes(pack: ir.Pack, data: Facts, as_of: datetime.date) -> dict[tuple, Outcome]:
    return {(one.rule, one.subject): one for one in judge(pack, data, as_of, {}, WEEKENDS, {}).outcomes}


def told(outcome: Outcome) -> tuple:
    """The finding as a reader sees it, but for places and words."""
    rows = tuple((row.entity, row.key) for row in outcome.evidence)
    return outcome.status, outcome.due, outcome.fulfilled, outcome.missing, rows


@packs
@some
@given(data=st.data())
def test_places_do_not_matter(path: Path, data: st.DataObject) -> None:
    pack, first, as_of = drawn(path, data)
    before, after = outcomes(pack, first, as_of), outcomes(pack, placed(pack, first, "elsewhere.xlsx", 7), as_of)
    assert {key: one.fingerprint for key, one in before.items()} == {key: one.fingerprint for key, one in after.items()}


@packs
@some
@given(data=st.data())
def test_a_day_on_which_a_finding_is_the_same_does_not_matter(path: Path, data: st.DataObject) -> None:
    pack, found, as_of = drawn(path, data)
    assume(as_of < datetime.date.max)
    before, after = outcomes(pack, found, as_of), outcomes(pack, found, as_of + datetime.timedelta(1))
    for key in before.keys() & after.keys():
        assert (before[key].fingerprint == after[key].fingerprint) is (told(before[key]) == told(after[key]))


@packs
@some
@given(data=st.data())
def test_a_further_row_matters_to_the_findings_that_it_decides_and_to_no_other(path: Path, data: st.DataObject) -> None:
    """The row is like one that is there, so that where one breaks a rule both do; nothing refers to it."""
    pack, found, as_of = drawn(path, data)
    rows = [row for rows in found.tables.values() for row in rows]
    assume(rows)
    row = data.draw(st.sampled_from(rows))
    index = pack.vocabulary.entities[row.entity].key.index
    values = (*row.values[:index], data.draw(st.sampled_from(("0", "zz"))), *row.values[index + 1 :])
    further = Row(row.entity, values[index], values, row.origin, 99)
    before, after = outcomes(pack, found, as_of), outcomes(pack, with_tables(found, {row.entity: (*found.tables[row.entity], further)}), as_of)
    for key, one in before.items():
        assert (one.fingerprint == after[key].fingerprint) is (told(one) == told(after[key]))


@packs
@some
@given(data=st.data())
def test_a_cell_that_a_finding_shows_matters(path: Path, data: st.DataObject) -> None:
    pack, found, as_of = drawn(path, data)
    before = outcomes(pack, found, as_of)
    shown = sorted({(row.entity, row.key, field) for one in before.values() for row in one.evidence for field, _ in row.cells})
    assume(shown)
    entity, key, name = data.draw(st.sampled_from(shown))
    field = pack.vocabulary.entities[entity].field(name)
    assume(field is not None and not field.key)
    row = next(row for row in found.tables[entity] if row.key == key)
    others = sorted({one.values[field.index] for one in found.tables[entity]} - {row.values[field.index], None}, key=str)
    value = data.draw(st.sampled_from([*others, None]))
    assume(value != row.values[field.index])
    changed = Row(entity, key, (*row.values[: field.index], value, *row.values[field.index + 1 :]), row.origin, row.line)
    tables = {entity: tuple(changed if one is row else one for one in found.tables[entity])}
    after = outcomes(pack, with_tables(found, tables), as_of)
    for name_, one in before.items():
        if name_ in after and any((row.entity, row.key) == (entity, key) and name in dict(row.cells) for row in one.evidence):
            assert one.fingerprint != after[name_].fingerprint


@packs
@some
@given(data=st.data())
def test_what_no_rule_reads_does_not_matter(path: Path, data: st.DataObject) -> None:
    pack = pack_of(path)
    as_of = data.draw(days(pack))
    whole = data.draw(facts(pack, as_of, whole=True))
    bare = {name: tuple(_without_names(pack, row) for row in rows) for name, rows in whole.tables.items()}
    before, after = outcomes(pack, whole, as_of), outcomes(pack, with_tables(whole, bare), as_of)
    assert {key: one.fingerprint for key, one in before.items()} == {key: one.fingerprint for key, one in after.items()}


def _without_names(pack: ir.Pack, row: Row) -> Row:
    read = read_fields(pack, None).get(row.entity, ())
    fields = pack.vocabulary.entities[row.entity].fields
    values = tuple(value if field.key or field.name in read else None for field, value in zip(fields, row.values, strict=True))
    return Row(row.entity, row.key, values, row.origin, row.line)
