"""What every kind of expression is turned into."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from policy.lang import ir
from policy.lang.ops import Function
from policy.lang.types import (
    BOOL, DATE, DAYS, INT, MONTHS, MONTH_DAY, NUMBER, TEXT, WORKDAYS, MonthDay, Period, enum_type, ref_type,
)  # fmt: skip
from tests.check.packs import condition, pack, rule

KIND = enum_type("talk_kind")
TALK = ir.Var("talk", ref_type("talk"))
WHO = ir.Var("who", ref_type("person"))
REPORT = ir.Var("report", ref_type("report"))


def field(name: str, type_, index: int, base: ir.Expr = TALK, entity: str = "talk") -> ir.Field:
    return ir.Field(base, entity, name, index, type_)


START, END = field("start", DATE, 4), field("end", DATE, 5)
PEOPLE, HOURS, PLACE = field("people", INT, 7), field("hours", NUMBER, 8), field("place", TEXT, 6)
TALKEE, ORGANIZATION = field("talkee", ref_type("person"), 2), field("organization", ref_type("organization"), 3)
KIND_OF_TALK = field("kind", KIND, 1)
TALK_OF_REPORT = field("talk", ref_type("talk"), 1, REPORT, "report")
THIRTY = ir.Const(Period(30, "days"), DAYS)


def const(value: int) -> ir.Const:
    return ir.Const(value, INT)


ORDER = {
    "talk.start before talk.end": ir.Compare("lt", START, END),
    "talk.start after talk.end": ir.Compare("gt", START, END),
    "talk.start no later than talk.end": ir.Compare("le", START, END),
    "talk.start no earlier than talk.end": ir.Compare("ge", START, END),
    "talk.people < 2": ir.Compare("lt", PEOPLE, const(2)),
    "talk.people <= talk.hours": ir.Compare("le", PEOPLE, HOURS),
    "talk.hours > share": ir.Compare("gt", HOURS, ir.Param("share", NUMBER)),
    "talk.people >= least": ir.Compare("ge", PEOPLE, ir.Param("least", INT)),
    "talk.people is 1": ir.Compare("eq", PEOPLE, const(1)),
    "talk.people is not 1": ir.Compare("ne", PEOPLE, const(1)),
    "talk.hours is 1": ir.Compare("eq", HOURS, const(1)),
    "talk.private is true": ir.Compare("eq", field("private", BOOL, 9), ir.Const(True, BOOL)),
    "last_day before 04-01": ir.Compare("lt", ir.Param("last_day", MONTH_DAY), ir.Const(MonthDay(4, 1), MONTH_DAY)),
    "limit < 3 weeks": ir.Compare("lt", ir.Param("limit", DAYS), ir.Const(Period(21, "days"), DAYS)),
    "months_limit < 1 year": ir.Compare("lt", ir.Param("months_limit", MONTHS), ir.Const(Period(12, "months"), MONTHS)),
    "work_limit > 2 workdays": ir.Compare("gt", ir.Param("work_limit", WORKDAYS), ir.Const(Period(2, "workdays"), WORKDAYS)),
    "talk.people between 1 and 3": ir.And((ir.Compare("ge", PEOPLE, const(1)), ir.Compare("le", PEOPLE, const(3)))),
    "talk.people in (1, 2)": ir.In(PEOPLE, (const(1), const(2))),
    "as_of after 2026-01-30": ir.Compare("gt", ir.AsOf(), ir.Const(datetime.date(2026, 1, 30), DATE)),
    "y is 2026": ir.Compare("eq", ir.Var("y", INT), const(2026)),
}


@pytest.mark.parametrize("text", ORDER)
def test_comparisons(text: str) -> None:
    assert condition(text) == ORDER[text]


MEMBERS = {
    "talk.kind is regular": ir.Compare("eq", KIND_OF_TALK, ir.Const("regular", KIND)),
    "talk.kind is 定期谈话": ir.Compare("eq", KIND_OF_TALK, ir.Const("regular", KIND)),
    "prompt is talk.kind": ir.Compare("eq", ir.Const("prompt", KIND), KIND_OF_TALK),
    "talk.kind is not favourite": ir.Compare("ne", KIND_OF_TALK, ir.Param("favourite", KIND)),
    "talk.kind in (及时谈话, favourite)": ir.In(KIND_OF_TALK, (ir.Const("prompt", KIND), ir.Param("favourite", KIND))),
    "talk.kind is (if talk.private then regular else prompt)": ir.Compare(
        "eq", KIND_OF_TALK, ir.If(field("private", BOOL, 9), ir.Const("regular", KIND), ir.Const("prompt", KIND), KIND)
    ),
    "favourite is (if talk.private then talk.kind else prompt)": ir.Compare(
        "eq", ir.Param("favourite", KIND), ir.If(field("private", BOOL, 9), KIND_OF_TALK, ir.Const("prompt", KIND), KIND)
    ),
}


@pytest.mark.parametrize("text", MEMBERS)
def test_a_bare_name_beside_an_enum_is_its_member(text: str) -> None:
    assert condition(text) == MEMBERS[text]


def test_a_member_comes_before_a_variable_of_its_name() -> None:
    made = rule("let regular be favourite must talk.kind is regular")
    assert made.duty == ir.State(ir.Compare("eq", KIND_OF_TALK, ir.Const("regular", KIND)))


LINKS = {
    "talk.talkee is who": ir.Linked(TALKEE, WHO),
    "who is talk.talkee": ir.Linked(TALKEE, WHO),
    "talk.talkee is not who": ir.Not(ir.Linked(TALKEE, WHO)),
    "talk.organization is talk.organization.parent": ir.Compare(
        "eq", ORGANIZATION, field("parent", ref_type("organization"), 1, ORGANIZATION, "organization")
    ),
    "who is who": ir.Compare("eq", WHO, WHO),
    "who is not who": ir.Compare("ne", WHO, WHO),
    "who in (talk.talkee, who)": ir.Or((ir.Linked(TALKEE, WHO), ir.Compare("eq", WHO, WHO))),
}


@pytest.mark.parametrize("text", LINKS)
def test_a_path_is_linked_with_a_variable(text: str) -> None:
    assert condition(text) == LINKS[text]


def test_a_let_is_a_variable() -> None:
    made = rule("let first be talk.talkee must exist talk as other such that other.talkee is first")
    other = ir.Var("other", ref_type("talk"))
    assert made.duty.body == ir.Linked(field("talkee", ref_type("person"), 2, other), ir.Let("first", ref_type("person")))


MISSING = {
    "talk.place is missing": ir.IsMissing(PLACE),
    "talk.talkee is filled": ir.Not(ir.IsMissing(TALKEE)),
    "not talk.private": ir.Not(field("private", BOOL, 9)),
}


@pytest.mark.parametrize("text", MISSING)
def test_what_is_missing(text: str) -> None:
    assert condition(text) == MISSING[text]


ARITHMETIC = {
    "talk.people + 1 is 2": ir.Apply("add", (PEOPLE, const(1)), INT),
    "talk.people * talk.hours is 2": ir.Apply("mul", (PEOPLE, HOURS), NUMBER),
    "-talk.hours is 2": ir.Apply("negate", (HOURS,), NUMBER),
    "talk.end - talk.start is 2 days": ir.Apply("days_between", (END, START), DAYS),
    "year_of(talk.end) is 2": ir.Apply("year_of", (END,), INT),
    "字数(talk.place) is 2": ir.Apply("length", (PLACE,), INT),
    "(if talk.private then 1 else talk.hours) is 2": ir.If(field("private", BOOL, 9), const(1), HOURS, NUMBER),
    "(sum of other.people over talk as other) is 2": ir.Aggregate(
        "sum", ir.Rows("talk"), "other", ir.Const(True, BOOL), field("people", INT, 7, ir.Var("other", ref_type("talk"))), INT
    ),
}


@pytest.mark.parametrize("text", ARITHMETIC)
def test_arithmetic(text: str) -> None:
    assert condition(text).left == ARITHMETIC[text]


SHIFTS = {
    "30 days after talk.start": ir.Shift(START, THIRTY, 1),
    "30 days before talk.start": ir.Shift(START, THIRTY, -1),
    "talk.start plus limit": ir.Shift(START, ir.Param("limit", DAYS), 1),
    "talk.start 前 work_limit": ir.Shift(START, ir.Param("work_limit", WORKDAYS), -1),
    "months_limit after talk.start": ir.Shift(START, ir.Param("months_limit", MONTHS), 1),
    "(talk.end - talk.start) after talk.start": ir.Shift(START, ir.Apply("days_between", (END, START), DAYS), 1),
}


@pytest.mark.parametrize("text", SHIFTS)
def test_a_period_after_a_day_is_a_day(text: str) -> None:
    assert condition(f"talk.end before {text}") == ir.Compare("lt", END, SHIFTS[text])


def test_the_types_decide_what_after_means() -> None:
    made = rule("let last be limit after talk.start must last before as_of")
    assert dict(made.lets)["last"] == ir.Shift(START, ir.Param("limit", DAYS), 1)


def test_after_compares_two_periods() -> None:
    assert condition("limit after 30 days") == ir.Compare("gt", ir.Param("limit", DAYS), THIRTY)


ROWS = {
    "exists report such that report.talk is talk": ir.Exists(ir.Rows("report"), "report", ir.Linked(TALK_OF_REPORT, TALK)),
    "存在 报告 使得 报告.谈话 为 talk": ir.Exists(ir.Rows("report"), "report", ir.Linked(TALK_OF_REPORT, TALK)),
    "exists report": ir.Exists(ir.Rows("report"), "report", ir.Const(True, BOOL)),
    "no report such that report.talk is talk": ir.Not(ir.Exists(ir.Rows("report"), "report", ir.Linked(TALK_OF_REPORT, TALK))),
    "every report such that report.talk is talk": ir.Every(ir.Rows("report"), "report", ir.Linked(TALK_OF_REPORT, TALK)),
    "every report where report.date is filled such that report.talk is talk": ir.Every(
        ir.Rows("report"),
        "report",
        ir.Or((ir.Not(ir.Not(ir.IsMissing(field("date", DATE, 2, REPORT, "report")))), ir.Linked(TALK_OF_REPORT, TALK))),
    ),
    "(count report such that report.talk is talk) >= 2": ir.Compare(
        "ge", ir.Count(ir.Rows("report"), "report", ir.Linked(TALK_OF_REPORT, TALK)), const(2)
    ),
    "under(talk.organization, talk.organization)": ir.Under(ORGANIZATION, ORGANIZATION, "organization", "parent", 1),
}


@pytest.mark.parametrize("text", ROWS)
def test_rows(text: str) -> None:
    assert condition(text) == ROWS[text]


PICKS = {
    "earliest report such that report.talk is talk": ir.Pick(
        "earliest", ir.Rows("report"), "report", ir.Linked(TALK_OF_REPORT, TALK), field("date", DATE, 2, REPORT, "report"),
        ref_type("report"),
    ),
    "latest talk as t by t.start": ir.Pick(
        "latest", ir.Rows("talk"), "t", ir.Const(True, BOOL), field("start", DATE, 4, ir.Var("t", ref_type("talk"))), ref_type("talk")
    ),
    "nearest organization as o from talk.organization via 上级 such that o.id is filled": ir.Nearest(
        ORGANIZATION, "organization", "parent", 1, "o",
        ir.Not(ir.IsMissing(field("id", TEXT, 0, ir.Var("o", ref_type("organization")), "organization"))), ref_type("organization"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", PICKS)
def test_picked_rows(text: str) -> None:
    assert condition(f"({text}) is missing") == ir.IsMissing(PICKS[text])


def test_a_field_of_a_picked_row() -> None:
    made = rule("let first be earliest report such that report.talk is talk must first.date is filled")
    day = ir.Field(ir.Let("first", ref_type("report")), "report", "date", 2, DATE)
    assert made.duty == ir.State(ir.Not(ir.IsMissing(day)))


def test_a_definition_is_called_by_either_name_with_members_as_arguments() -> None:
    held = 'define held(p "谁": person, kind: talk_kind) "在任" means 谁 is filled and p is filled and kind is regular end'
    call = ir.Call("held", (WHO, ir.Const("prompt", KIND)), BOOL)
    assert condition("held(who, prompt)", held) == condition("在任(who, 及时谈话)", held) == call


def test_a_function_of_a_plug_in_is_called_by_either_name() -> None:
    function = Function("is_odd", "奇数", (INT,), BOOL, lambda number: number % 2 == 1)
    for name in ("is_odd", "奇数"):
        text = f'rule T-1 "t" basis "b" for each talk must {name}(talk.people) otherwise fail "x" end'
        assert pack(text, functions={"is_odd": function}).rules[0].duty == ir.State(ir.Apply("is_odd", (PEOPLE,), BOOL, True))


def test_a_definition_comes_before_a_function_of_a_plug_in() -> None:
    function = Function("odd", None, (INT,), BOOL, lambda number: False)
    text = 'rule T-1 "t" basis "b" for each talk must odd(talk.people) otherwise fail "x" end define odd(n: int) means n is 1 end'
    assert pack(text, functions={"odd": function}).rules[0].duty == ir.State(ir.Call("odd", (PEOPLE,), BOOL))


def test_numbers_of_parameters_are_decimals() -> None:
    assert pack().parameters["share"].default == Decimal(1)
    assert isinstance(pack().parameters["share"].default, Decimal)


def test_spans_point_into_the_file_of_the_expression() -> None:
    text = 'rule T-1 "t" basis "b" for each talk must talk.place is filled otherwise fail "x" end'
    duty = pack(text).rules[0].duty
    assert isinstance(duty, ir.State)
    assert text[slice(*duty.condition.operand.operand.span)] == "talk.place"
