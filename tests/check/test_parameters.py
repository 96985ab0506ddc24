"""Parameters: those of the engine, and values for them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from policy.check import parameter_value
from policy.lang.types import DAYS, TEXT, MonthDay, Period
from policy.parse import parse_expression
from policy.source import Source
from tests.check.packs import VOCABULARY, check, pack

GOOD = {
    "limit=20 days": Period(20, "days"),
    "及时期限=2 weeks": Period(14, "days"),
    "least=3": 3,
    "share=-2": Decimal(-2),
    "share=0.5": Decimal("0.5"),
    "favourite=prompt": "prompt",
    "favourite=及时谈话": "prompt",
    "last_day=12月31日": MonthDay(12, 31),
    "nonworking=none": "none",
    "nonworking=顺延": "next_workday",
    "节假日=previous_workday": "previous_workday",
    "月末=取后": "up",
    "months=error": "error",
    "due_soon=0 days": Period(0, "days"),
    "临期天数=10日": Period(10, "days"),
}
BAD = {
    "limti=20 days": "C006",
    "limit=100 days": "C308",
    "limit=1 month": "C101",
    "limit=20": "C101",
    "least=0": "C308",
    "least=1 + 1": "C305",
    "least=least": "C305",
    "favourite=ordinary": "C005",
    "nonworking=sometimes": "C306",
    "months=3": "C306",
    "due_soon=400 days": "C308",
}


def value(text: str):
    name, _, written = text.partition("=")
    expression, found = parse_expression(written, "--set")
    assert expression is not None and not found
    return parameter_value(pack(), name, expression, Source("--set", written))


@pytest.mark.parametrize("text", GOOD)
def test_a_value(text: str) -> None:
    assert value(text) == (GOOD[text], ())


@pytest.mark.parametrize("text", BAD)
def test_a_bad_value(text: str) -> None:
    found, diagnostics = value(text)
    assert found is None
    assert [one.code for one in diagnostics] == [BAD[text]]


def test_the_engines_own_parameters() -> None:
    own = pack().parameters
    assert [*own][:3] == ["months", "nonworking", "due_soon"]
    assert [own[name].default for name in ("months", "nonworking", "due_soon")] == ["down", "none", Period(5, "days")]
    assert (own["months"].type, own["due_soon"].type, own["due_soon"].label) == (TEXT, DAYS, "临期天数")
    assert own["nonworking"].choices == ("next_workday", "previous_workday", "none")


def test_the_header_sets_them() -> None:
    header = (
        '规则包 t 版本 “1” 标题 “题” 施行 2026-01-30 日历 cn 月末 报错 节假日 顺延 临期 10日 依据 《民法典》第二百零三条 完'
    )
    made, found = check(vocabulary=header)
    assert made is not None and not found
    assert [made.parameters[name].default for name in ("months", "nonworking", "due_soon")] == [
        "error", "next_workday", Period(10, "days"),
    ]  # fmt: skip
    assert (made.id, made.version, made.title, made.language, made.calendar) == ("t", "1", "题", "zh", "cn")
    assert (made.effective, made.basis, made.sha256) == (datetime.date(2026, 1, 30), ("《民法典》第二百零三条",), "digest")


def test_bounds_basis_and_note() -> None:
    made = pack('param most : int = 3 from -1 to 5 basis article 11 note "why" end').parameters["most"]
    assert (made.default, made.low, made.high, made.basis, made.note) == (3, -1, 5, ("article 11",), "why")


def test_a_parameter_with_a_mistake_is_not_reported_at_every_use() -> None:
    text = 'param days_left : duration = "x" basis "b" end rule T-1 "t" basis "b" for each talk '
    found = check(text + 'must talk.end plus days_left before as_of otherwise fail "x" end')[1]
    assert [one.code for one in found] == ["C101"]


def test_without_a_header_there_is_no_pack() -> None:
    made, found = check(vocabulary="")
    assert made is None and [one.code for one in found] == ["C014"]
    assert check_nothing() == ["C014"]


def check_nothing() -> list[str]:
    from policy.check import Layer, check_pack

    return [one.code for one in check_pack([Layer([], {})], {}, "")[1]]


def test_the_vocabulary_has_the_engines_entities() -> None:
    assert [*pack().vocabulary.entities][-2:] == ["attestation", "waiver"]
    assert VOCABULARY.count("entity ") == len(pack().vocabulary.entities) - 2
