"""GitLab's report on code quality, held to the schema that GitLab checks it by."""

from __future__ import annotations

import io
import json
from pathlib import Path

import attrs
from hypothesis import given
from jsonschema import Draft202012Validator
from policy_gitlab import GitLab

from tests.reports import EMPTY, FULL, outcome
from tests.strategies.reports import hostile_reports

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parents[1] / "data" / "schemas" / "codeclimate.json").read_text("utf-8")))


def written(report) -> list[dict]:
    stream = io.BytesIO()
    GitLab().write(report, stream, colour=False)
    entries = json.loads(stream.getvalue())
    assert not [error.message for entry in entries for error in SCHEMA.iter_errors(entry)]
    return entries


def test_an_entry():
    assert written(FULL)[0] == {
        "description": "【工作秘密】不合规 第十一条第一款 一个月内报告（A-1）\n对象：谈话 T1\n期限：2026-05-08，已过 3 天\n"
        "原因：应于2026-05-08前报告，实际尚未完成\n位置：谈话.csv 第12行H、J列\n建议：督促补报",
        "check_name": "A-1",
        "fingerprint": "0123456789abcdef",
        "severity": "critical",
        "location": {"path": "谈话.csv", "lines": {"begin": 12}},
    }


def test_severities_and_places():
    assert [(one["severity"], one["location"]["path"], one["location"]["lines"]["begin"]) for one in written(FULL)] == [
        ("critical", "谈话.csv", 12),
        ("major", "台账.xlsx", 13),
        ("minor", "谈话.csv", 1),  # nothing decided it: where the data begin
        ("major", "谈话.csv", 12),
        ("minor", "谈话.csv", 12),
    ]


def test_paths_are_relative_with_slashes():
    row = attrs.evolve(outcome("A-1", "violated").evidence[0], file=".\\data\\谈话.csv")
    report = attrs.evolve(EMPTY, outcomes=(outcome("A-1", "violated", evidence=(row,)),))
    assert written(report)[0]["location"]["path"] == "data/谈话.csv"


def test_nothing_found():
    assert written(EMPTY) == []


@given(hostile_reports())
def test_the_data_bring_in_nothing(report):
    for entry in written(report):
        said = entry["description"] + entry["location"]["path"]
        assert not [char for char in said if ord(char) < 32 and char != "\n" or 127 <= ord(char) < 160]
