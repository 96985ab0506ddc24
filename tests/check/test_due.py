"""The due day and its moving off days that are no workdays."""

from __future__ import annotations

import pytest
from policy.lang import ir
from policy.lang.types import DATE, DAYS, INT, MONTHS, Period, ref_type
from tests.check.packs import check, rule

TALK = ir.Var("talk", ref_type("talk"))
START, END = ir.Field(TALK, "talk", "start", 4, DATE), ir.Field(TALK, "talk", "end", 5, DATE)
MONTH = ir.Const(Period(1, "months"), MONTHS)
DUTY = "must exist report such that report.talk is talk"


def due(text: str, *declarations: str) -> ir.Due:
    found = rule(f"{DUTY} {text}", *declarations).due
    assert found is not None
    return found


def test_a_period_after_a_day_is_moved() -> None:
    shift = ir.Shift(END, MONTH, 1)
    assert due("due 1 month after talk.end") == ir.Due(shift, ir.Rolled(shift))


@pytest.mark.parametrize("text", ["talk.end", "talk.end minus 1 month", "talk.end plus 5 workdays", "date(2026, 3, 31)"])
def test_other_days_are_not_moved(text: str) -> None:
    found = due(f"due {text}")
    assert found.rolled == found.unrolled
    assert not isinstance(found.rolled, ir.Rolled)


def test_a_branch_is_moved_by_itself() -> None:
    found = due("due if talk.private then talk.end else talk.end plus limit")
    shift = ir.Shift(END, ir.Param("limit", DAYS), 1)
    assert isinstance(found.unrolled, ir.If) and found.unrolled.otherwise == shift
    assert isinstance(found.rolled, ir.If)
    assert (found.rolled.then, found.rolled.otherwise) == (END, ir.Rolled(shift))


def test_a_let_is_written_out_where_it_is_moved() -> None:
    found = due("due last let last be first let first be 1 month after talk.end")
    assert found == ir.Due(ir.Let("last", DATE), ir.Rolled(ir.Shift(END, MONTH, 1)))


def test_a_let_that_is_not_moved_stays() -> None:
    found = due("let last be talk.end due last")
    assert found == ir.Due(ir.Let("last", DATE), ir.Let("last", DATE))


def test_a_definition_is_written_out_with_its_arguments() -> None:
    found = due("due later_day(talk.start, talk.people)", "define later_day(d: date, n: int) means if n > 1 then d else d plus limit end")
    people = ir.Field(TALK, "talk", "people", 7, INT)
    assert found.unrolled == ir.Call("later_day", (START, people), DATE)
    shift = ir.Rolled(ir.Shift(START, ir.Param("limit", DAYS), 1))
    assert found.rolled == ir.If(ir.Compare("gt", people, ir.Const(1, INT)), START, shift, DATE)


def test_a_variable_of_a_definition_does_not_catch_an_argument() -> None:
    text = "define after_first(t: talk) means 1 month after (min of talk.end over talk such that talk.talkee is t.talkee) end"
    found = due("due after_first(talk)", text).rolled
    assert isinstance(found, ir.Rolled) and isinstance(found.base, ir.Shift)
    least = found.base.base
    assert isinstance(least, ir.Aggregate) and isinstance(least.body, ir.Compare)
    own, other = least.body.left, least.body.right
    assert own.base.name == least.var != "talk"
    assert other.base == TALK


def test_modes_of_the_clause() -> None:
    text = 'due 1 month after talk.end months up nonworking previous_workday basis "b"'
    shift = ir.Shift(END, MONTH, 1, "up")
    assert due(text) == ir.Due(shift, ir.Rolled(shift, "previous_workday"))


def test_modes_reach_into_a_let() -> None:
    found = due('let last be 1 month after talk.end due last months error basis "b"')
    shift = ir.Shift(END, MONTH, 1, "error")
    assert found == ir.Due(shift, ir.Rolled(shift))


def test_modes_reach_days_inside_of_a_function() -> None:
    found = due('due later(1 month after talk.end, talk.start) months up basis "b"')
    assert found.unrolled == ir.Apply("later", (ir.Shift(END, MONTH, 1, "up"), START), DATE)
    assert found.rolled == found.unrolled


def test_a_name_before_after_is_arithmetic() -> None:
    assert due("due limit after talk.end").unrolled == ir.Shift(END, ir.Param("limit", DAYS), 1)


def test_the_basis_of_a_mode_is_looked_up() -> None:
    text = f'rule T-1 "t" basis "b" for each talk {DUTY} due 1 month after talk.end months up basis article 12 otherwise fail "x" end'
    assert [one.code for one in check(text)[1]] == ["C201"]
