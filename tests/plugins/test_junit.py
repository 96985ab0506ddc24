"""JUnit: held to the schema of Jenkins, which is that of Surefire."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import attrs
import xmlschema
from hypothesis import given
from policy_junit import JUnit

from tests.reports import EMPTY, FULL, outcome
from tests.strategies.reports import hostile_reports


SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[1] / "data" / "schemas" / "junit-10.xsd")


def written(report) -> bytes:
    stream = io.BytesIO()
    JUnit().write(report, stream, colour=False)
    SCHEMA.validate(io.BytesIO(stream.getvalue()))
    return stream.getvalue()


def suites(report) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(written(report)))


def results(report) -> list[tuple[str, str | None]]:
    """Each test's class and what it came to; None: it passed."""
    tests = [test for suite in suites(report) for test in suite.iter("testcase")]
    return [(test.get("classname", ""), test[0].tag if len(test) else None) for test in tests]


def test_the_whole_of_a_suite():
    suite = written(FULL).decode("utf-8").split("  <testsuite ")[1]
    assert suite == (
        'name="第十一条第一款 一个月内报告（A-1）" tests="3" failures="1" errors="1" skipped="1">\n'
        '    <properties><property name="pack" value="small 1.0"/><property name="as_of" value="2026-05-11"/>'
        '<property name="secrecy" value="work_secret"/><property name="mask" value="none"/></properties>\n'
        '    <testcase classname="A-1" name="谈话 T1"><failure type="不合规" message="第十一条第一款 一个月内报告（A-1）">对象：谈话 T1\n'
        "期限：2026-05-08，已过 3 天\n原因：应于2026-05-08前报告，实际尚未完成\n位置：谈话.csv 第12行H、J列\n建议：督促补报</failure></testcase>\n"
        '    <testcase classname="A-1" name="谈话 T2"><error type="待核实" message="第十一条第一款 一个月内报告（A-1）">对象：谈话 T2\n'
        "原因：缺少 谈话“结束日期”，补齐后才能判断\n位置：台账.xlsx「谈话」J13</error></testcase>\n"
        '    <testcase classname="A-1" name="谈话 T3"><skipped type="临期" message="第十一条第一款 一个月内报告（A-1）">对象：谈话 T3\n'
        "期限：2026-05-13（原为 2026-05-10，遇非工作日调整），还有 2 天\n建议：督促补报</skipped></testcase>\n"
        "  </testsuite>\n"
    )


def test_every_status():
    assert results(attrs.evolve(FULL, all_outcomes=True)) == [
        ("A-1", "failure"), ("A-1", "error"), ("A-1", "skipped"), ("A-1", None), ("B-1", "failure"), ("C-1", "skipped"), ("C-1", "skipped"), ("D-1", "skipped"),
    ]  # fmt: skip


def test_advice_is_no_failure():
    assert results(attrs.evolve(FULL, outcomes=(outcome("C-1", "violated"),)))[2] == ("C-1", "skipped")


def test_a_rule_without_problems_has_a_test_that_passes_and_one_without_subjects_is_skipped():
    report = attrs.evolve(FULL, outcomes=(outcome("A-1", "satisfied"), outcome("C-1", "excused", excuse="第八条")), waivers=())
    assert results(report) == [("A-1", None), ("B-1", "skipped"), ("C-1", None), ("D-1", "skipped")]
    assert [suite.find("testcase").get("name") for suite in suites(report)] == ["核对 1 项，没有问题", "没有适用对象", "核对 1 项，没有问题", "没有适用对象"]


def test_counts_add_up():
    for suite in suites(attrs.evolve(FULL, all_outcomes=True)):
        found = [test[0].tag if len(test) else None for test in suite.iter("testcase")]
        counted = [found.count("failure"), found.count("error"), found.count("skipped"), len(found)]
        assert [int(suite.get(name, "")) for name in ("failures", "errors", "skipped", "tests")] == counted


def test_the_mark_of_secrecy_stands_at_the_top():
    assert ElementTree.fromstring(written(FULL)).get("name") == "【工作秘密】监督谈话办法"
    assert ElementTree.fromstring(written(EMPTY)).get("name") == "监督谈话办法"


@given(hostile_reports())
def test_the_data_bring_in_nothing(report):
    """Well-formed and valid whatever the data say, with the elements of the report alone and no control characters."""
    root = ElementTree.fromstring(written(report))
    assert {element.tag for element in root.iter()} <= {"testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped"}
    said = [text for element in root.iter() for text in (element.text or "", *element.attrib.values())]
    assert not [text for text in said if any(ord(char) < 32 and char != "\n" or 127 <= ord(char) < 160 for char in text)]
