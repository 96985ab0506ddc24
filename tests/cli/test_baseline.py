"""`policy check --baseline`: what is new, what is as it was, what is gone; and when the run fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

SMALL = str(Path(__file__).parents[1] / "data" / "small")
SCHEMA = Path(__file__).parents[2] / "plugins" / "policy_json" / "schema.json"
TALKS = ("T1,定期谈话,P1,2026-04-08,是", "T2,及时谈话,P1,2026-07-01,否", "T3,及时谈话,P1,2026-07-01,")
PEOPLE = ("P1,张三",)


@pytest.fixture
def check(run, tmp_path):
    """Judges some talks and reports; gives the exit status and the document."""

    def check(talks=TALKS, reports=(), *flags: str, day: str = "2026-07-15", people=PEOPLE, output: str = "now.json"):
        data = tmp_path / "data"
        data.mkdir(exist_ok=True)
        write(data / "谈话.csv", "谈话编号,谈话类型,被谈话人,结束日期,个别谈话", talks)
        write(data / "报告.csv", "报告编号,谈话,报告日期", reports)
        write(data / "人员.csv", "人员编号,姓名", people)
        status, _, error = run("check", "data", "--pack", SMALL, "--as-of", day, "-o", f"json={output}", *flags)
        assert error == ""
        document = json.loads(Path(output).read_text("utf-8"))
        Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)
        return status, document

    return check


def write(file: Path, header: str, rows) -> None:
    file.write_text("\n".join((header, *rows)) + "\n", "utf-8")


def states(document) -> dict[str, tuple[str, str | None]]:
    return {f"{one['rule']} {one['subject']['talk']}": (one["baseline"]["state"], one["baseline"]["was"]) for one in document["outcomes"]}


def absent(document) -> dict[str, tuple[str, str | None]]:
    return {f"{one['rule']} {','.join(one['subject'])}": (one["state"], one["now"]) for one in document["baseline"]["absent"]}


AGAINST = ("--baseline", "base.json")


def test_the_same_again_is_unchanged_and_does_not_fail(check):
    assert check(output="base.json")[0] == 1
    status, document = check(TALKS, (), *AGAINST)
    assert status == 0
    assert states(document) == {"S-1-a T1": ("unchanged", "violated"), "S-2-a T2": ("unchanged", "violated"), "S-2-a T3": ("unchanged", "unknown")}
    assert document["baseline"] == {
        "name": "base.json",
        "as_of": "2026-07-15",
        "counts": {"new": 0, "updated": 0, "unchanged": 3, "resolved": 0, "gone": 0, "not_run": 0},
        "differences": [],
        "absent": [],
    }


def test_order_further_rows_and_a_name_put_right_change_nothing(check):
    check(output="base.json")
    more = (*reversed(TALKS), "T0,定期谈话,P2,2026-07-10,是")
    status, document = check(more, ("R9,T0,2026-07-11",), *AGAINST, people=("P2,李四", "P1,张珊"))
    assert (status, document["baseline"]["counts"]["unchanged"], document["baseline"]["counts"]["new"]) == (0, 3, 0)


def test_a_new_breach_fails(check):
    check(output="base.json")
    status, document = check((*TALKS, "T4,定期谈话,P1,2026-05-01,是"), (), *AGAINST)
    assert status == 1 and states(document)["S-1-a T4"] == ("new", None)


def test_a_changed_fact_is_new(check):
    check(output="base.json")
    status, document = check(("T1,定期谈话,P1,2026-04-09,是", *TALKS[1:]), (), *AGAINST)
    assert status == 1 and states(document)["S-1-a T1"] == ("new", "violated")


def test_what_got_worse_is_new(check):
    soon = ("T1,定期谈话,P1,2026-07-01,是",)
    check(soon, day="2026-07-29", output="base.json")
    assert check(soon, (), *AGAINST, day="2026-07-29")[0] == 0
    status, document = check(soon, (), *AGAINST, day="2026-08-01")
    assert status == 1 and states(document) == {"S-1-a T1": ("new", "due_soon")}


def test_done_too_late_is_no_longer_open_and_no_failure(check):
    check(output="base.json")
    status, document = check(TALKS, ("R1,T1,2026-07-10",), *AGAINST)
    assert status == 0 and states(document)["S-1-a T1"] == ("updated", "violated")
    check(TALKS, ("R1,T1,2026-07-10",), output="base.json")
    status, document = check(TALKS, (), *AGAINST)
    assert status == 1 and states(document)["S-1-a T1"] == ("new", "late")


def test_an_unknown_that_turns_out_broken_is_new(check):
    check(output="base.json")
    status, document = check((*TALKS[:2], TALKS[2] + "否"), (), *AGAINST, "--fail-on", "warn")
    assert status == 1 and states(document)["S-2-a T3"] == ("new", "unknown")


def test_fail_on_counts_what_is_new_only(check):
    check(TALKS[:2], output="base.json")
    assert check(TALKS, (), *AGAINST, "--fail-on", "warn")[0] == 0
    assert check(TALKS, (), *AGAINST, "--fail-on", "unknown")[0] == 1


def test_what_is_resolved_what_is_gone_and_what_was_not_run(check):
    check(output="base.json")
    talks = ("T1,定期谈话,P1,2026-04-08,是", "T3,及时谈话,P1,2026-07-01,是")
    _, document = check(talks, ("R1,T1,2026-05-08",), *AGAINST)
    assert absent(document) == {"S-1-a T1": ("resolved", "satisfied"), "S-2-a T2": ("gone", None), "S-2-a T3": ("resolved", "satisfied")}
    _, document = check(talks, (), *AGAINST, "--select", "S-1")
    assert absent(document) == {"S-2-a T2": ("not_run", None), "S-2-a T3": ("not_run", None)}
    assert document["baseline"]["differences"] == [{"kind": "rules_left", "name": None, "before": "S-2-a", "now": None}]


def test_a_rule_that_was_not_run_before_has_only_new_findings_and_that_is_said(check):
    check(TALKS, (), "--select", "S-1", output="base.json")
    status, document = check(TALKS, (), *AGAINST, "--fail-on", "warn")
    assert status == 1 and states(document)["S-2-a T2"] == ("new", None)
    assert document["baseline"]["differences"] == [{"kind": "rules_added", "name": None, "before": None, "now": "S-2-a"}]


def test_other_parameters_another_pack_and_another_program_are_said(check):
    check(TALKS, (), "--set", "report_days=20 days", output="base.json")
    document = json.loads(Path("base.json").read_text("utf-8"))
    document["pack"]["version"], document["version"], document["as_of"] = "0.9", "0.0", "2026-07-16"
    Path("base.json").write_text(json.dumps(document), "utf-8")
    _, document = check(TALKS, (), *AGAINST)
    assert [(one["kind"], one["name"], one["before"]) for one in document["baseline"]["differences"]] == [
        ("later", None, "2026-07-16"), ("program", None, "0.0"), ("pack", None, "0.9"), ("parameter", "report_days", "20 days"),
    ]  # fmt: skip
    document["pack"]["sha256"] = "0" * 64
    Path("base.json").write_text(json.dumps(document), "utf-8")
    _, document = check(TALKS, (), *AGAINST)
    assert [one["kind"] for one in document["baseline"]["differences"]] == ["pack_files"]


def test_a_masked_baseline_absorbs_nothing_and_that_is_said(check, run):
    check()
    run("check", "data", "--pack", SMALL, "--as-of", "2026-07-15", "-o", "json=base.json", "--mask", "all")
    status, document = check(TALKS, (), *AGAINST)
    assert status == 1 and {one["kind"] for one in document["baseline"]["differences"]} == {"mask"}


def test_outcomes_one_a_line_will_do(check, run):
    check(TALKS, (), "-o", "jsonl=base.jsonl")
    status, document = check((*TALKS, "T4,定期谈话,P1,2026-05-01,是"), (), "--baseline", "base.jsonl", "-o", "jsonl=now.jsonl")
    assert status == 1 and states(document)["S-1-a T1"] == ("unchanged", "violated")
    assert document["baseline"]["as_of"] is None
    assert document["baseline"]["differences"] == [{"kind": "unknown", "name": None, "before": None, "now": None}]
    lines = [json.loads(line) for line in Path("now.jsonl").read_text("utf-8").splitlines()]
    assert lines == [outcome | {"as_of": document["as_of"], "secrecy": None, "mask": "none"} for outcome in document["outcomes"]]


def test_a_baseline_among_the_data_is_no_data(check):
    check(output="data/base.json")
    assert check(TALKS, (), "--baseline", "data/base.json")[0] == 0


def test_the_units_file_names_it(check):
    check(output="base.json")
    Path("policy.toml").write_text('基线 = "base.json"\n', "utf-8")
    status, document = check()
    assert status == 0 and document["baseline"]["name"] == "base.json"


def test_nothing_one_a_line_is_a_run_without_findings(check):
    Path("base.jsonl").write_text("", "utf-8")
    status, document = check(TALKS, (), "--baseline", "base.jsonl")
    assert status == 1 and document["baseline"]["counts"]["new"] == 3


@pytest.mark.parametrize("content", ["x", "[]", "{}", '{"tool": "policy"}', '{"tool": "eslint", "outcomes": []}', '{"rule": "S-1-a"}', "3", "null"])
def test_a_file_that_is_no_report_is_refused(check, run, content):
    check()
    Path("base.json").write_text(content, "utf-8")
    status, out, error = run("check", "data", "--pack", SMALL, "--as-of", "2026-07-15", "--baseline", "base.json")
    said = "policy: `base.json`: is no report of this program and cannot be the baseline; name one that -o json=FILE has written\n"
    assert (status, out, error) == (2, "", said)


def test_a_report_by_another_pack_is_refused(check, run):
    check(output="base.json")
    document = json.loads(Path("base.json").read_text("utf-8"))
    document["pack"]["id"] = "other"
    Path("base.json").write_text(json.dumps(document), "utf-8")
    status, _, error = run("check", "data", "--pack", SMALL, "--baseline", "base.json")
    assert status == 2 and error.startswith("policy: `base.json`: this report is by the pack `other` and this run by `small`")
    status, _, error = run("check", "data", "--pack", SMALL, "--baseline", "none.json")
    assert (status, error) == (2, "policy: `none.json`: cannot be read or written (No such file or directory)\n")
