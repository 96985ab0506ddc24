"""Rules: their duties, clauses, evidence and order."""

from __future__ import annotations

import datetime

import pytest
from policy.lang import ir
from policy.lang.types import BOOL, DATE, INT, TEXT, Period, enum_type, ref_type
from tests.check.packs import check, pack, rule

TALK = ir.Var("talk", ref_type("talk"))
REPORT = ir.Var("report", ref_type("report"))
LINK = ir.Linked(ir.Field(REPORT, "report", "talk", 1, ref_type("talk")), TALK)
DAY = ir.Field(REPORT, "report", "date", 2, DATE)
END = ir.Field(TALK, "talk", "end", 5, DATE)
PLACE = ir.Field(TALK, "talk", "place", 6, TEXT)
EXISTS = ir.Exists(ir.Rows("report"), "report", LINK)
SUCH = "report such that report.talk is talk"

DUTIES = {
    f"must exist {SUCH}": ir.Existence(ir.Rows("report"), "report", LINK, DAY),
    f"must exists {SUCH} due talk.end": ir.Existence(ir.Rows("report"), "report", LINK, DAY),
    "must exist roster": ir.Existence(ir.Rows("roster"), "roster", ir.Const(True, BOOL), None),
    f"must no {SUCH}": ir.State(ir.Not(EXISTS)),
    f"must not exist {SUCH}": ir.State(ir.Not(EXISTS)),
    f"must not (exists {SUCH})": ir.State(ir.Not(EXISTS)),
    "must talk.place is filled": ir.State(ir.Not(ir.IsMissing(PLACE))),
    "must talk.end is filled due talk.start": ir.Filled(END),
    "must talk.end is filled": ir.State(ir.Not(ir.IsMissing(END))),
    f"may exist {SUCH}": ir.Permission(EXISTS),
    'attest "really?" by "office" valid 1 year': ir.Attestation("really?", "office", Period(12, "months")),
    'attest "really?"': ir.Attestation("really?", None, None),
}


@pytest.mark.parametrize("text", DUTIES)
def test_duties(text: str) -> None:
    assert rule(text).duty == DUTIES[text]


def test_conditions_are_taken_apart() -> None:
    made = rule("where talk.private and (talk.people is 1 and talk.place is missing) where talk.place is filled or talk.private")
    assert [type(one) for one in made.where] == [ir.Field, ir.Compare, ir.IsMissing, ir.Or]


def test_lets_come_after_those_they_use() -> None:
    made = rule("let a be b + 1 let b be c + 1 let c be 1 must a > 1")
    assert [name for name, _ in made.lets] == ["c", "b", "a"]
    assert dict(made.lets)["a"].arguments[0] == ir.Let("b", INT)


def test_a_let_that_nothing_uses_is_checked() -> None:
    assert [name for name, _ in rule("let unused be 1").lets] == ["unused"]


def test_binders() -> None:
    made = rule("for each talk, talk_kind as kind, year as y from 2026 to year_of(as_of) must talk.kind is kind")
    years = ir.EachYear("y", ir.Const(2026, INT), ir.Apply("year_of", (ir.AsOf(),), INT))
    assert made.binders == (ir.EachRow("talk", "talk"), ir.EachMember("kind", "talk_kind"), years)
    kinds = ir.Field(TALK, "talk", "kind", 1, enum_type("talk_kind")), ir.Var("kind", enum_type("talk_kind"))
    assert made.duty == ir.State(ir.Compare("eq", *kinds))


def test_a_binder_is_called_by_identifier_and_label() -> None:
    assert rule("must 谈话.place is filled").duty == rule("must talk.place is filled").duty


def test_clauses() -> None:
    made = rule(
        'bearer talk.talkee when talk.private effective 2027-01-01 final remedy "do it" note "why" '
        'except talk.place is missing basis "law", article 11 paragraph 1 otherwise warn "no"'
    )
    assert made.bearer == ir.Field(TALK, "talk", "talkee", 2, ref_type("person"))
    assert made.when == ir.Field(TALK, "talk", "private", 9, BOOL)
    assert made.effective == datetime.date(2027, 1, 1)
    assert (made.final, made.remedy, made.note, made.severity) == (True, "do it", "why", "warn")
    assert made.exceptions == (ir.Exception_(ir.IsMissing(PLACE), ("law", "article 11 paragraph 1")),)


def test_the_effective_day_is_the_packs() -> None:
    assert rule("must talk.private").effective == datetime.date(2026, 1, 30)


def test_the_text_is_that_of_the_file() -> None:
    text = 'rule T-1 "t" basis "b" for each talk must talk.private otherwise fail "x" end'
    made = pack(f"# about talks\n{text}").rules[0]
    assert (made.text, made.file, made.language, made.title) == (text, "1.policy", "en", "t")


# --- citations -------------------------------------------------------------------------------------------------------


def test_citations_in_chinese() -> None:
    text = (
        "规则 T-1 “甲” 依据 第十一条第二款第(三)项、第二十条之一 依据 《民法典》第203条、“惯例”、《章程》 "
        "对象 每个 谈话 应当 谈话.private 违反时 不合规 “乙” 完"
    )
    made = pack(text).rules[0]
    assert made.basis == ("第十一条第二款第（三）项", "第二十条之一", "《民法典》第二百零三条", "惯例", "《章程》")
    assert made.citations == ((11, None, 2, 3), (20, 1, None, None))


def test_citations_in_english() -> None:
    made = rule('basis article 11 paragraph 2 item 3, article 20-1, 《Code》 article 5, "custom" must talk.private')
    assert made.basis == ("article 11 paragraph 2 item 3", "article 20-1", "《Code》 article 5", "custom")


# --- evidence --------------------------------------------------------------------------------------------------------


def test_the_fields_that_are_read() -> None:
    made = rule(
        "bearer talk.talkee let late be talk.end after talk.start where late "
        "must exist report such that report.talk is talk due talk.end plus limit"
    )
    assert made.reads == (("talk", ("talkee", "start", "end")), ("report", ("talk", "date")))


def test_fields_are_read_through_definitions() -> None:
    made = rule(
        "must private(talk) and below(talk.organization)",
        "define private(t: talk) means t.private and regular(t) end",
        "define regular(t: talk) means t.kind is regular end",
        "define below(o: organization) means under(o, o) end",
    )
    assert made.reads == (("talk", ("kind", "organization", "private")),)


def test_fields_are_read_through_a_let_that_is_a_row() -> None:
    assert rule("let it be talk must it.private").reads == (("talk", ("private",)),)


@pytest.mark.parametrize(
    "duty",
    [
        "must no report such that report.talk is talk",
        "must (count report such that report.talk is talk) >= 1",
        "must every report such that report.talk is talk",
    ],
)
def test_the_rows_of_the_duty(duty: str) -> None:
    assert rule(duty).reads == (("talk", ()), ("report", ("talk",)))


def test_rows_of_the_same_name_elsewhere_are_not_the_duty_s() -> None:
    made = rule("where exists report such that report.date is filled must no report such that report.talk is talk")
    assert made.reads == (("talk", ()), ("report", ("talk",)))


def test_the_start_of_a_climb_is_read() -> None:
    made = rule("for each organization must (nearest organization as o from organization via parent such that o.id is filled) is filled")
    assert made.reads == (("organization", ("parent",)),)


# --- messages --------------------------------------------------------------------------------------------------------


def test_a_message_with_placeholders() -> None:
    made = rule(
        f'bearer talk.talkee let last be talk.end must exist {SUCH} due talk.end '
        'otherwise fail "{{by}} {due} {完成日}, {days}: {talk.end} {谈话 ． 被谈话人} {last}{bearer}"'
    )
    person = ir.Field(TALK, "talk", "talkee", 2, ref_type("person"))
    assert made.message == (
        "{by} ", ir.Placeholder("due"), " ", ir.Placeholder("fulfilled"), ", ", ir.Placeholder("days"), ": ",
        ir.Placeholder("talk.end", END), " ", ir.Placeholder("谈话.被谈话人", person), " ",
        ir.Placeholder("last", ir.Let("last", DATE)), ir.Placeholder("bearer"),
    )  # fmt: skip


def test_the_place_of_a_mistake_in_a_message() -> None:
    text = 'rule T-1 "t" basis "b" for each talk must talk.private otherwise fail "at {talk.palce} {who}" end'
    found = check(text)[1]
    assert [(one.code, text[slice(*one.span)]) for one in found] == [("C004", "palce"), ("C601", "{who}")]


# --- rules about rules -----------------------------------------------------------------------------------------------

ONE = 'rule A-1 "a" basis "b" bearer talk.talkee for each talk must talk.private otherwise fail "x" end'
TWO = 'rule A-2 "a" basis "b" for each talk, year as y from 2026 to 2027 must talk.private otherwise warn "x" end'


def test_strata() -> None:
    made = pack(
        'rule C-1 "c" basis "b" for each person must no violations of B-1 otherwise advise "x" end',
        'rule B-1 "b" basis "b" for each person must clean(person) otherwise advise "x" end',
        "define clean(p: person) means no violations of A-1 such that violation.bearer is p end",
        'rule B-2 "b" basis "b" for each person must no violations of all rules otherwise advise "x" end',
        ONE,
        TWO,
    )
    assert [(one.id, one.stratum, one.depends) for one in made.rules] == [
        ("C-1", 2, ("B-1",)), ("B-1", 1, ("A-1",)), ("B-2", 1, ("A-1", "A-2")), ("A-1", 0, ()), ("A-2", 0, ()),
    ]  # fmt: skip


def test_the_fields_of_a_violation() -> None:
    made = pack(
        ONE,
        TWO,
        'rule B-1 "b" basis "b" for each person must no violations of A-1, A-2 such that violation.责任主体 is person '
        "and violation.status is late and violation.severity is 不合规 and violation.talk.private and violation.y is 2026 "
        'and violation.due before as_of and violation.rule is "A-1" otherwise advise "x" end',
    ).rules[2]
    row = ir.Var("violation", ref_type("violation"))

    def part(name: str, type_) -> ir.Field:
        return ir.Field(row, "violation", name, -1, type_)

    assert isinstance(made.duty, ir.State)
    exists = made.duty.condition.operand
    bearer, status, severity, private, year, *_ = exists.body.operands
    assert exists.source == ir.Violations(("A-1", "A-2"))
    assert bearer == ir.Linked(part("bearer", ir.Type("any_ref")), ir.Var("person", ref_type("person")))
    assert status.right == ir.Const("late", enum_type("violation.status"))
    assert severity.right == ir.Const("fail", enum_type("violation.severity"))
    assert private == ir.Field(part("talk", ref_type("talk")), "talk", "private", 9, BOOL)
    assert year.left == part("y", INT)


def test_the_fields_of_a_violation_that_was_picked() -> None:
    made = pack(
        ONE,
        'rule B-1 "b" basis "b" for each person let last be latest violations of A-1 by violation.due '
        'must last.talk.private otherwise advise "{last.bearer}" end',
    ).rules[1]
    last = ir.Let("last", ref_type("violation"))
    assert made.duty == ir.State(ir.Field(ir.Field(last, "violation", "talk", -1, ref_type("talk")), "talk", "private", 9, BOOL))


def test_the_fields_of_one_violation_or_another() -> None:
    pick = "(latest violations of {} by violation.due)"
    made = pack(
        ONE,
        TWO,
        'rule B-1 "b" basis "b" for each person must (if person.name is "x" '
        f'then {pick.format("A-1")} else {pick.format("A-2")}).y is 2026 otherwise advise "x" end',
    ).rules[2]
    assert isinstance(made.duty, ir.State) and isinstance(made.duty.condition, ir.Compare)
    assert (made.duty.condition.left.field, made.depends) == ("y", ("A-1", "A-2"))


def test_the_fields_of_a_violation_that_a_definition_gives() -> None:
    made = pack(
        ONE,
        "define last() means latest violations of A-1 by violation.due end",
        'rule B-1 "b" basis "b" for each person must last().talk.private otherwise advise "x" end',
    ).rules[1]
    assert made.depends == ("A-1",)
    assert isinstance(made.duty, ir.State) and made.duty.condition.base.field == "talk"
