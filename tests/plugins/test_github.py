"""Annotations: one workflow command for a problem, read back as GitHub's runner does."""

from __future__ import annotations

import io
import re

import attrs
from hypothesis import given
from policy_github import GitHub

from policy.lang.past import Baseline, Change, key_of
from tests.reports import EMPTY, FULL, OUTCOMES, outcome
from tests.strategies.reports import hostile_reports


def written(report) -> list[str]:
    stream = io.BytesIO()
    GitHub().write(report, stream, colour=False)
    return stream.getvalue().decode("utf-8").split("\n")[:-1]


def commands(lines: list[str]) -> list[tuple[str, dict[str, str], str]]:
    """The commands among lines of a log: name, properties and text, decoded as the runner does it."""
    found = []
    for line in lines:
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line.lstrip(), re.DOTALL)
        if match:
            properties = dict(pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], {name: _decoded(value) for name, value in properties.items()}, _decoded(match[3])))
    return found


def _decoded(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_an_annotation():
    assert written(FULL)[0] == (
        "::error file=谈话.csv,line=12,title=【工作秘密】不合规 第十一条第一款 一个月内报告（A-1）::对象：谈话 T1%0A期限：2026-05-08，已过 3 天"
        "%0A原因：应于2026-05-08前报告，实际尚未完成%0A位置：谈话.csv 第12行H、J列%0A建议：督促补报"
    )


def test_levels_and_the_line_that_counts():
    lines = written(FULL)
    assert [(name, properties["line"]) for name, properties, _ in commands(lines)] == [
        ("error", "12"), ("warning", "12"), ("warning", "13"), ("notice", "1"), ("notice", "12"),
    ]  # fmt: skip
    assert lines[-1] == "监督谈话办法：不合规 1、逾期完成 1、待核实 1、临期 1、需人工认定 1"


def test_properties_are_escaped():
    row = attrs.evolve(outcome("A-1", "violated").evidence[0], file="a,b:c%d.csv")
    assert written(attrs.evolve(EMPTY, outcomes=(outcome("A-1", "violated", evidence=(row,)),)))[0].startswith("::error file=a%2Cb%3Ac%25d.csv,line=12,")


def test_no_more_than_github_shows_the_most_urgent_first():
    many = tuple(outcome("A-1", "unknown" if number % 2 else "violated", fingerprint=f"{number:016x}", subject=(("talk", f"T{number}"),)) for number in range(50))
    lines = written(attrs.evolve(EMPTY, outcomes=many))
    assert [name for name, _, _ in commands(lines)] == ["error"] * 10 + ["warning"] * 10
    assert lines[-1] == "监督谈话办法：不合规 25、待核实 25；GitHub 每一步每个级别只显示 10 条，其余 30 项见其他格式的报告"


def test_however_many_there_are():
    many = tuple(outcome("A-1", "violated", subject=(("talk", f"T{number}"),), due=FULL.as_of.replace(day=1 + number % 20)) for number in range(3000))
    found = commands(written(attrs.evolve(EMPTY, outcomes=many)))
    assert len(found) == 10 and all("期限：2026-05-01" in text for _, _, text in found)


def test_what_is_new_comes_first():
    violated = OUTCOMES[0]
    many = tuple(attrs.evolve(violated, subject=(("talk", f"T{number}"),)) for number in range(12))
    changes = {key_of(one.rule, one.subject): Change("new" if one is many[-1] else "unchanged", None) for one in many}
    report = attrs.evolve(EMPTY, outcomes=many, baseline=Baseline("上月.json", None, changes, (), ()))
    assert "T11" in written(report)[0]


def test_nothing_found():
    assert written(EMPTY) == ["监督谈话办法：没有需要处理的事项"]


@given(hostile_reports())
def test_the_data_bring_in_nothing(report):
    """As many commands as problems shown, none other than ours, with our properties only; no control character reaches the log."""
    lines = written(report)
    found = commands(lines)
    assert len(lines) == len(found) + 1
    assert all(name in ("error", "warning", "notice") and list(properties) == ["file", "line", "title"] for name, properties, _ in found)
    assert not [char for line in lines for char in line if ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u2028\u2029\u202e"]
    assert not lines[-1].lstrip().startswith(("::", "##["))
