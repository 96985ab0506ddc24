"""What must hold of every judgement, on data drawn for the packs of the conformance cases."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.interpret import judge
from policy.lang import ir
from policy.lang.dates import WEEKENDS
from policy.lang.facts import Facts, Row
from policy.lang.outcome import Outcome
from policy.lang.walk import walk
from policy.testing import days, facts, with_tables
from tests.packs import pack_of

PACKS = sorted((Path(__file__).parents[1] / "conformance").glob("*.policy"))
some = settings(suppress_health_check=[HealthCheck.too_slow])
packs = pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)


def some_day(pack: ir.Pack, data: st.DataObject) -> tuple[Facts, datetime.date]:
    """Facts and the day as of which they are judged."""
    as_of = data.draw(days(pack))
    return data.draw(facts(pack, as_of, cycles=True)), as_of


def outcomes(pack: ir.Pack, data: Facts, as_of: datetime.date) -> dict[tuple, Outcome]:
    judged = judge(pack, data, as_of, {}, WEEKENDS, {}).outcomes
    found = {(outcome.rule, outcome.subject): outcome for outcome in judged}
    assert len(found) == len(judged), "a subject has one outcome"
    return found


@packs
@some
@given(data=st.data())
def test_the_order_of_rows_does_not_matter(path: Path, data: st.DataObject) -> None:
    pack = pack_of(path)
    drawn, as_of = some_day(pack, data)
    shuffled = {name: tuple(data.draw(st.permutations(rows))) for name, rows in drawn.tables.items()}
    first, second = outcomes(pack, drawn, as_of), outcomes(pack, with_tables(drawn, shuffled), as_of)
    assert list(first.values()) == list(second.values())


@packs
@some
@given(data=st.data())
def test_a_row_after_the_day_changes_nothing(path: Path, data: st.DataObject) -> None:
    pack = pack_of(path)
    drawn, as_of = some_day(pack, data)
    visible = {name: tuple(row for row in rows if not _later(pack, row, as_of)) for name, rows in drawn.tables.items()}
    assert outcomes(pack, drawn, as_of) == outcomes(pack, with_tables(drawn, visible), as_of)


def _later(pack: ir.Pack, row: Row, as_of: datetime.date) -> bool:
    occurs = pack.vocabulary.entities[row.entity].occurs
    return occurs is not None and row.values[occurs.index] is not None and row.values[occurs.index] > as_of


@packs
@some
@given(data=st.data())
def test_renamed_keys_rename_outcomes(path: Path, data: st.DataObject) -> None:
    pack = pack_of(path)
    drawn, as_of = some_day(pack, data)
    renamed = {name: tuple(_renamed(pack, row) for row in rows) for name, rows in drawn.tables.items()}
    first, second = outcomes(pack, drawn, as_of), outcomes(pack, with_tables(drawn, renamed), as_of)
    entities = {rule.id: {each.var for each in rule.binders if isinstance(each, ir.EachRow)} for rule in pack.rules}
    expected = {
        (rule, tuple((var, f"x{key}" if var in entities[rule] else key) for var, key in subject)): outcome.status
        for (rule, subject), outcome in first.items()
    }
    assert expected == {name: outcome.status for name, outcome in second.items()}


def _renamed(pack: ir.Pack, row: Row) -> Row:
    """With `x` before every key: their order stays."""
    fields = pack.vocabulary.entities[row.entity].fields
    values = [
        f"x{value}" if value is not None and (field.key or field.type.is_ref) else value for field, value in zip(fields, row.values, strict=True)
    ]
    return Row(row.entity, f"x{row.key}", tuple(values), row.origin, row.line)


@packs
@some
@given(data=st.data())
def test_what_is_known_stays_so_when_a_gap_is_filled(path: Path, data: st.DataObject) -> None:
    """The soundness of three values: a decided outcome is decided so for every value that a missing cell may have.

    References are left alone (an unlinked row belongs to nobody, by decision), and so are rules that ask whether something is
    missing, and rules that read the outcomes of others.
    """
    pack = pack_of(path)
    drawn, as_of = some_day(pack, data)
    filled = {name: tuple(_filled(pack, row, data) for row in rows) for name, rows in drawn.tables.items()}
    before, after = outcomes(pack, drawn, as_of), outcomes(pack, with_tables(drawn, filled), as_of)
    for name, outcome in before.items():
        rule = pack.rule(outcome.rule)
        if rule is not None and outcome.status != "unknown" and not _asks_for_gaps(pack, rule):
            # an exception that is unknown leaves what is in order as it is; true, it excuses that too
            excusable = rule.exceptions and outcome.status not in ("violated", "late")
            assert after[name].status in (outcome.status, "excused" if excusable else outcome.status)


def _filled(pack: ir.Pack, row: Row, data: st.DataObject) -> Row:
    """Gaps that are neither references nor the day of the row, which decides whether the row can be seen at all."""
    fields = pack.vocabulary.entities[row.entity].fields
    fill = {"bool": st.booleans(), "int": st.integers(-1, 6), "date": days(pack)}
    values = [
        data.draw(fill[field.type.kind]) if value is None and field.type.kind in fill and not field.occurs else value
        for field, value in zip(fields, row.values, strict=True)
    ]
    return Row(row.entity, row.key, tuple(values), row.origin, row.line)


def _asks_for_gaps(pack: ir.Pack, rule: ir.Rule) -> bool:
    conditions = [*rule.where, *(value for _, value in rule.lets), *([rule.when] if rule.when else [])]
    duty = rule.duty
    conditions += [duty.condition] if isinstance(duty, ir.State | ir.Permission) else []
    asks = any(isinstance(part, ir.IsMissing) for condition in conditions for part in walk(condition))
    return asks or bool(rule.depends) or isinstance(duty, ir.Filled)
