"""SARIF: held to the schema of OASIS, to what the specification says beyond it, and to what viewers must not take from the data."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft4Validator
from policy_sarif import Sarif
from policy_sarif.texts import uri

from policy.lang.past import Absent, Baseline, Change, PastFinding, key_of
from tests.reports import EMPTY, FULL, OUTCOMES, outcome
from tests.strategies.reports import hostile_reports

SCHEMA = Draft4Validator(json.loads((Path(__file__).parents[1] / "data" / "schemas" / "sarif-2.1.0.json").read_text("utf-8")))


def written(report) -> dict:
    stream = io.BytesIO()
    Sarif().write(report, stream, colour=False)
    log = json.loads(stream.getvalue())
    assert [(list(error.path), error.message[:200]) for error in SCHEMA.iter_errors(log)] == []
    return log["runs"][0]


def results(report) -> list[dict]:
    return written(report)["results"]


def test_a_result():
    assert results(FULL)[0] == {
        "ruleId": "A-1",
        "ruleIndex": 0,
        "kind": "fail",
        "level": "error",
        "message": {
            "text": "【工作秘密】不合规：第十一条第一款 一个月内报告（A-1）\n对象：谈话 T1\n期限：2026-05-08，已过 3 天\n原因：应于2026-05-08前报告，实际尚未完成\n"
            "位置：谈话.csv 第12行H、J列\n建议：督促补报"
        },
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": "%E8%B0%88%E8%AF%9D.csv"}, "region": {"startLine": 12}},
                "logicalLocations": [
                    {"name": "J12", "fullyQualifiedName": "talk!J12", "kind": "value"},
                    {"name": "H12", "fullyQualifiedName": "talk!H12", "kind": "value"},
                ],
            }
        ],
        "partialFingerprints": {"policy/v1": "0123456789abcdef", "primaryLocationLineHash": "0123456789abcdef:1"},
        "properties": {
            "status": "violated", "severity": "fail", "subject": {"talk": "T1"}, "bearer": {"entity": "person", "key": "P1"}, "due": "2026-05-08",
            "fulfilled": None, "missing": [],
        },
    }  # fmt: skip


def test_every_status():
    kinds = [(one["properties"]["status"], one["kind"], one["level"]) for one in results(attrs.evolve(FULL, all_outcomes=True))]
    assert kinds == [
        ("violated", "fail", "error"),
        ("unknown", "open", "none"),
        ("due_soon", "informational", "none"),
        ("satisfied", "pass", "none"),
        ("late", "fail", "warning"),
        ("attest", "review", "none"),
        ("excused", "fail", "note"),
    ]
    assert [one["properties"]["status"] for one in results(FULL)] == ["violated", "unknown", "due_soon", "late", "attest", "excused"]


def test_a_waiver_suppresses():
    waived = results(FULL)[-1]
    assert waived["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "材料在途；县委办公室 2026-03-01 批准；有效期至 2026-12-31；文件 办发〔2026〕3号",
        }
    ]
    assert not any("suppressions" in one for one in results(FULL)[:-1])


def test_what_an_exception_excuses_is_listed_with_all_only():
    report = attrs.evolve(FULL, outcomes=(outcome("A-1", "excused", excuse="第二条"),))
    assert results(report) == []
    [result] = results(attrs.evolve(report, all_outcomes=True))
    assert result["kind"] == "notApplicable" and "suppressions" not in result


def test_against_an_earlier_run_every_result_says_how_it_stands():
    violated, unknown, due_soon, _, late, attest, _ = OUTCOMES
    changes = {
        key_of(one.rule, one.subject): Change(state, None)
        for one, state in ((violated, "new"), (unknown, "unchanged"), (due_soon, "updated"), (late, "new"), (attest, "new"))
    }
    gone = PastFinding(("A-1", ("T7",)), "violated", "fail", None, None, None, "f" * 16)
    excused = PastFinding(("C-1", ("T2",)), "attest", "advise", None, None, None, "e" * 16)
    left = PastFinding(("Z-9", ("T8",)), "violated", "fail", None, None, None, "d" * 16)
    absent = (Absent(gone, "resolved", "satisfied"), Absent(excused, "resolved", "excused"), Absent(left, "not_run"))
    found = results(attrs.evolve(FULL, baseline=Baseline("上月.json", None, changes, absent, ())))
    assert [one["baselineState"] for one in found] == ["new", "unchanged", "updated", "new", "new", "unchanged", "absent"]
    assert found[0]["message"]["text"].startswith("【工作秘密】不合规·新增：")
    assert found[-1]["ruleId"] == "A-1" and found[-1]["partialFingerprints"]["policy/v1"] == "f" * 16
    assert "baselineState" not in results(FULL)[0]


def test_rules_say_their_article_and_what_to_do():
    driver = written(FULL)["tool"]["driver"]
    assert driver["rules"][0] == {
        "id": "A-1",
        "shortDescription": {"text": "一个月内报告"},
        "fullDescription": {"text": "一个月内报告\n条款：第十一条第一款"},
        "help": {"text": "条款：第十一条第一款\n建议：督促补报"},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["第十一条第一款"]},
    }
    assert [rule["id"] for rule in driver["rules"]] == ["A-1", "B-1", "C-1", "D-1"]


def test_the_run():
    run = written(FULL)
    assert run["automationDetails"] == {
        "id": "policy/small/",
        "description": {"text": "监督谈话办法：检查报告\n密级：数据中标有的最高密级为“工作秘密”"},
    }
    assert run["properties"]["secrecy"] == "work_secret" and run["properties"]["mask"] == "none"
    assert run["artifacts"][0] == {
        "location": {"uri": "%E8%B0%88%E8%AF%9D.csv"}, "roles": ["analysisTarget"], "hashes": {"sha-256": "b" * 64},
    } or run["artifacts"][1]["hashes"] == {"sha-256": "b" * 64}  # fmt: skip
    notifications = run["invocations"][0]["toolExecutionNotifications"]
    assert [(one["descriptor"]["id"], one["level"]) for one in notifications] == [("U21", "error"), ("U24", "note")]
    assert notifications[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 12}


def test_what_no_row_decided_stands_at_the_beginning_of_the_data():
    report = attrs.evolve(FULL, outcomes=(outcome("A-1", "violated", evidence=()),))
    assert results(report)[0]["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "%E8%B0%88%E8%AF%9D.csv"}, "region": {"startLine": 1}},
            "logicalLocations": [{"fullyQualifiedName": "谈话 T1", "kind": "object"}],
        }
    ]
    assert "physicalLocation" not in results(attrs.evolve(report, inputs=()))[0]["locations"][0]


def test_nothing_found():
    assert written(EMPTY)["results"] == []


@pytest.mark.parametrize(
    ("file", "reference"),
    [
        ("data/a b.csv", "data/a%20b.csv"),
        ("./a#1?.csv", "a%231%3F.csv"),
        ("/srv/台账.xlsx", "file:///srv/%E5%8F%B0%E8%B4%A6.xlsx"),
        ("C:\\data\\a.csv", "file:///C:/data/a.csv"),
        ("data\\a.csv", "data/a.csv"),
        ("a:b.csv", "a%3Ab.csv"),
        ("postgresql://server/ledger?schema=talks", "postgresql://server/ledger?schema=talks"),
    ],
)
def test_files_are_references(file, reference):
    assert uri(file) == reference


@given(hostile_reports())
def test_the_data_bring_in_nothing(report):
    """Valid whatever the data say, with neither control characters nor placeholders nor links in a message."""
    run = written(report)
    said = [result["message"]["text"] for result in run["results"]]
    said += [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]
    for text in said:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\[\]\\]", text)
        assert re.fullmatch(r"([^{}]|\{\{|\}\})*", text)
    for one in run["artifacts"]:
        assert re.fullmatch(r"[!-~]*", one["location"]["uri"])
