"""What a report is made of: names of those concerned and of nobody else, labels, parameters as texts."""

from __future__ import annotations

import datetime

import pytest

from policy.lang import ir
from policy.lang.facts import Facts, Origin, Row
from policy.lang.outcome import Judgement
from policy.lang.report import Decision
from policy.lang.schema import Entity, Enum, Field, Member, Vocabulary
from policy.lang.types import BOOL, DAYS, MONTH_DAY, TEXT, MonthDay, Period, Type, enum_type
from policy.report import build_report
from tests.reports import RULES, outcome

_ID = Field("id", "编号", TEXT, 0, key=True)
_NAME = Field("name", "姓名", TEXT, 1)
_VOCABULARY = Vocabulary(
    {
        "person": Entity("person", "人员", (_ID, _NAME)),
        "organization": Entity("organization", None, (_ID, Field("title", None, TEXT, 1))),
        "talk": Entity("talk", "谈话", (_ID,)),
    },
    {"kind": Enum("kind", "类型", (Member("regular", "定期谈话"), Member("prompt", None)))},
)


def pack(*parameters: ir.Parameter) -> ir.Pack:
    by_name = {parameter.name: parameter for parameter in parameters}
    return ir.Pack("p", "1", "题", "zh", None, None, (), _VOCABULARY, by_name, {}, tuple(RULES.values()), (), None, "0" * 64)


def report(*outcomes, of=None, parameters=None, rules=None, rows=()):
    tables = {name: tuple(row for row in rows if row.entity == name) for name in _VOCABULARY.entities}
    return build_report(
        of or pack(), Facts(tables, absent=("talk",)), Judgement(tuple(outcomes)), as_of=datetime.date(2026, 5, 11), language="zh",
        parameters=parameters or {}, rules=rules, all_outcomes=False,
    )  # fmt: skip


def row(entity: str, key: str, name: str | None = None) -> Row:
    return Row(entity, key, (key, name), Origin("a.csv", None, {}), 2)


def test_names_of_bearers_and_subjects_only():
    rows = [row("person", "P1", "张三"), row("person", "P2", "李四"), row("person", "P3"), row("organization", "O1", "县委")]
    made = report(outcome("A-1", "violated"), outcome("A-1", "late", bearer=("person", "P3")), outcome("A-1", "late", bearer=None), rows=rows)
    assert made.names == {("person", "P1"): "张三"}


def test_labels():
    months = ir.Parameter("months", "月末", TEXT, "down", choices=("down", "up"))
    kind = ir.Parameter("form", None, enum_type("kind"), "regular")
    labels = report(of=pack(months, kind)).labels
    assert labels["person.name"] == "姓名"
    assert labels["organization"] == "organization"
    assert labels["kind.regular"] == labels["form.regular"] == "定期谈话"
    assert labels["kind.prompt"] == "prompt"
    assert labels["months.up"] == "取后"
    assert list(labels)[:2] == ["person", "person.id"]


def test_labels_of_yes_and_no():
    labels = report(of=pack(ir.Parameter("one", "某项", BOOL, True))).labels
    assert (labels["one.true"], labels["one.false"]) == ("是", "否")


@pytest.mark.parametrize(
    ("type_", "default", "value", "texts"),
    [
        (DAYS, Period(30, "days"), Period(20, "days"), ("20 days", "30 days")),
        (MONTH_DAY, MonthDay(3, 31), MonthDay(12, 1), ("12-01", "03-31")),
        (BOOL, True, False, ("false", "true")),
        (Type("date"), datetime.date(2026, 1, 30), datetime.date(2027, 1, 1), ("2027-01-01", "2026-01-30")),
        (enum_type("kind"), "regular", "prompt", ("prompt", "regular")),
    ],
)
def test_parameters_that_differ(type_, default, value, texts):
    one = pack(ir.Parameter("one", "某项", type_, default))
    (parameter,) = report(of=one, parameters={"one": (value, Decision("--set"))}).parameters
    assert (parameter.value, parameter.default) == texts
    assert (parameter.name, parameter.label, parameter.origin) == ("one", "某项", "--set")
    assert report(of=one, parameters={"one": (default, Decision("--set"))}).parameters == ()


def test_rules_that_were_run():
    assert list(report(rules={"B-1"}).rules) == ["B-1"]
    assert report().rules == RULES
