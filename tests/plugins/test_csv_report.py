"""The list of problems as CSV, read back as a spreadsheet and as a program would."""

from __future__ import annotations

import csv
import io

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_csv import CsvReport

from policy.width import harmless
from tests.reports import COMPARED, EMPTY, FULL, outcome

HEADINGS = "状态,级别,责任主体,条款,事项,对象,应办期限,完成日期,原因,证据,整改要求,规则,指纹,检查基准日,密级"
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20) | st.text("=+-@＝'\",;\t\r\n\x00\x1b谈𠮷", max_size=20)


def written(report) -> str:
    stream = io.BytesIO()
    CsvReport().write(report, stream, colour=True)
    return stream.getvalue().decode()


def read(report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(report).removeprefix("\ufeff"), newline=""), strict=True))


def test_the_list():
    assert written(FULL).split("\r\n") == [
        "\ufeff" + HEADINGS,
        "逾期完成,警告,泠溪县委（党组织 O1）,第十条第一款,五个步骤,谈话 T1、步骤 报告自查、2026 年度,2027-01-04,2027-01-05,迟了,谈话.csv 第12行H、J列,,B-1,0123456789abcdef,2026-05-11,工作秘密",
        "需人工认定,,泠溪县委（党组织 O1）,第八条,直面问题,谈话 T1,,,需认定：是否直奔主题？（由党委办公室认定）,谈话.csv 第12行H、J列,,C-1,0123456789abcdef,2026-05-11,工作秘密",
        "不合规,不合规,张三（人员 P1）,第十一条第一款,一个月内报告,谈话 T1,2026-05-08,,应于2026-05-08前报告，实际尚未完成,谈话.csv 第12行H、J列,督促补报,A-1,0123456789abcdef,2026-05-11,工作秘密",
        "临期,,张三（人员 P1）,第十一条第一款,一个月内报告,谈话 T3,2026-05-13,,,,督促补报,A-1,0123456789abcdef,2026-05-11,工作秘密",
        "待核实,,责任主体不明,第十一条第一款,一个月内报告,谈话 T2,,,缺少 谈话“结束日期”，补齐后才能判断,台账.xlsx「谈话」J13,,A-1,0123456789abcdef,2026-05-11,工作秘密",
        "",
    ]


def test_without_findings_there_are_headings():
    assert written(EMPTY) == "\ufeff" + HEADINGS.removesuffix(",密级") + "\r\n"


def test_english_with_everything_and_a_baseline():
    rows = read(attrs.evolve(COMPARED, language="en", all_outcomes=True))
    assert [row["status"] for row in rows] == ["late", "attest", "violated", "due_soon", "satisfied", "excused", "unknown"]
    assert rows[2]["change"] == "new, was due_soon" and rows[2]["secrecy"] == "work_secret"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "＝1", "=cmd|' /C calc'!A0"])
def test_a_text_is_no_formula(text):
    (row,) = read(attrs.evolve(FULL, outcomes=(outcome("A-1", "violated", message=text),)))
    assert row["原因"] == "'" + text


@given(TEXTS)
def test_any_text_comes_back_harmless_and_with_its_guard(text):
    rules = {**FULL.rules, "A-1": attrs.evolve(FULL.rules["A-1"], title=text, remedy=text)}
    finding = outcome("A-1", "violated", message=text)
    (row,) = read(attrs.evolve(FULL, outcomes=(finding,), rules=rules, names={("person", "P1"): text}))
    shown = harmless(text)
    guarded = "'" + shown if shown[:1] in tuple("=+-@＝＋－＠") else shown
    assert (row["事项"], row["原因"], row["整改要求"]) == (guarded, guarded, guarded)
    assert not any(value.startswith(tuple("=+-@\t\r")) for value in row.values())
