"""The table of `docs/reports.md` that says what each status becomes in the formats for pipelines, held to them."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import attrs
import pytest
from policy_github import GitHub
from policy_gitlab import GitLab
from policy_junit import JUnit
from policy_sarif import Sarif

from tests.reports import FULL, RULES, outcome

PAGE = (Path(__file__).parents[2] / "docs" / "reports.md").read_text("utf-8")
HEAD = "| status | severity | `sarif` kind, level | `junit` | `github` | `gitlab` |"
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.partition(HEAD)[2].split("\n\n")[0].splitlines()[2:]]
RULE_OF = {severity: next(rule.id for rule in RULES.values() if rule.severity == severity) for severity in ("fail", "warn", "advise")}


def cases():
    for said, severity, *expected in ROWS:
        for status in re.findall(r"[a-z_]+", said.partition("(")[0].partition(" by")[0]):
            for one in ("fail", "warn", "advise") if severity == "any" else (severity,):
                yield pytest.param(status, one, "waiver W1" if "waiver" in said else "第二条", "--all" in said, expected, id=f"{said} {one}")


def made(reporter, report) -> bytes:
    stream = io.BytesIO()
    reporter.write(report, stream, colour=False)
    return stream.getvalue()


def test_the_page_has_its_table():
    assert len(ROWS) == 11


@pytest.mark.parametrize(("status", "severity", "excuse", "all_outcomes", "expected"), list(cases()))
def test_what_a_status_becomes(status, severity, excuse, all_outcomes, expected):
    sarif, junit, github, gitlab = expected
    rule = RULE_OF[severity]
    found = outcome(rule, status, subject=tuple(zip("abc", ("T1", "s", 2026)))[: len(RULES[rule].binders)], excuse=excuse if status == "excused" else None)
    report = attrs.evolve(FULL, outcomes=(found,), all_outcomes=all_outcomes)
    [result] = json.loads(made(Sarif(), report))["runs"][0]["results"]
    assert sarif == ("fail with a suppression" if "suppressions" in result else f"{result['kind']}, {result['level']}")
    [test] = [test for test in ElementTree.fromstring(made(JUnit(), report)).iter("testcase") if test.get("classname") == rule]
    assert junit == (test[0].tag if len(test) else "passes")
    commands = re.findall("^::([a-z]+) ", made(GitHub(), report).decode("utf-8"), re.MULTILINE)
    assert commands == ([] if github == "–" else [github])
    assert [entry["severity"] for entry in json.loads(made(GitLab(), report))] == ([] if gitlab == "–" else [gitlab])
