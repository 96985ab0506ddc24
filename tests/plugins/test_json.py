"""The reports for pipelines: true to the schema, the same bytes twice, English field names."""

from __future__ import annotations

import datetime
import io
import json
from importlib.resources import files

import attrs
import pytest
from jsonschema import Draft202012Validator, ValidationError
from hypothesis import given
from policy_json import Json, JsonLines

from policy.lang.outcome import PROBLEMS, STATUSES
from policy.lang.report import Window
from tests.reports import COMPARED, EMPTY, FULL, OUTCOMES, day, outcome
from tests.strategies.reports import hostile_reports

SCHEMA = json.loads(files("policy_json").joinpath("schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def written(report, reporter=Json) -> bytes:
    stream = io.BytesIO()
    reporter().write(report, stream, colour=True)
    return stream.getvalue()


@pytest.mark.parametrize("report", [EMPTY, FULL, attrs.evolve(FULL, all_outcomes=True), attrs.evolve(FULL, language="en"), COMPARED])
def test_keeps_to_the_schema(report):
    VALIDATOR.validate(json.loads(written(report)))


def test_the_schema_is_a_schema_and_closed():
    Draft202012Validator.check_schema(SCHEMA)
    document = json.loads(written(FULL))
    document["outcomes"][0]["surprise"] = 1
    with pytest.raises(ValidationError):
        VALIDATOR.validate(document)


def test_an_outcome():
    first = json.loads(written(FULL))["outcomes"][0]
    assert first == {
        "rule": "A-1",
        "subject": {"talk": "T1"},
        "status": "violated",
        "severity": "fail",
        "bearer": {"entity": "person", "key": "P1"},
        "due": "2026-05-08",
        "due_unrolled": "2026-05-08",
        "fulfilled": None,
        "missing": [],
        "basis": ["第十一条第一款"],
        "message": "应于2026-05-08前报告，实际尚未完成",
        "excuse": None,
        "notes": [],
        "evidence": [
            {
                "entity": "talk",
                "key": "T1",
                "file": "谈话.csv",
                "sheet": None,
                "row": 12,
                "cells": [{"field": "end", "cell": "J12"}, {"field": "talkee", "cell": "H12"}],
            }
        ],
        "fingerprint": "0123456789abcdef",
        "baseline": None,
    }


def test_cells_of_a_workbook_and_keys_of_every_kind():
    outcomes = json.loads(written(FULL))["outcomes"]
    assert outcomes[1]["evidence"][0]["cells"][0] == {"field": "end", "cell": "J13"}
    assert outcomes[1]["bearer"] is None
    assert outcomes[3]["subject"] == {"talk": "T1", "s": "self_report", "y": 2026}


def test_the_rest_of_the_document():
    document = json.loads(written(FULL))
    del document["outcomes"]
    assert document == {
        "tool": "policy",
        "version": "0.1.0",
        "pack": {
            "id": "small",
            "version": "1.0",
            "sha256": "a" * 64,
            "extends": [{"id": "base", "version": "2.1"}, {"id": "ground", "version": "1.0"}],
        },
        "as_of": "2026-05-11",
        "secrecy": "work_secret",
        "mask": "none",
        "parameters": [
            {"name": "prompt_days", "value": "20 days", "default": "30 days", "origin": "policy.toml",
             "basis": "县委会议纪要〔2026〕5号", "decided_by": "县委书记专题会"},
            {"name": "nonworking", "value": "none", "default": "next_workday", "origin": "--set", "basis": None, "decided_by": None},
        ],
        "unit": "policy.toml",
        "inputs": [
            {"name": "谈话.csv", "sheet": None, "entity": "talk", "rows": 2, "sha256": "b" * 64, "notes": []},
            {"name": "台账.xlsx", "sheet": "备查", "entity": None, "rows": 7, "sha256": "c" * 64, "notes": ["hidden_rows 1"]},
        ],
        "absent": ["report"],
        "data_problems": [
            {"code": "U21", "message": "无法读取（坏盘）", "accepted": None, "error": True, "file": "谈话.csv", "sheet": None, "row": 12,
             "column": "J", "rows": []},
            {"code": "U24", "message": "未读取：不能读取 `.doc` 类型的文件（可读取：.csv）", "accepted": None, "error": False, "file": "说明.doc",
             "sheet": None, "row": None, "column": None, "rows": []},
        ],
        "summary": {
            "outcomes": 7,
            "by_status": {"violated": 1, "late": 1, "unknown": 1, "due_soon": 1, "attest": 1, "pending": 0, "satisfied": 1, "excused": 1,
                          "not_applicable": 0},
            "by_rule": {
                "A-1": {"violated": 1, "unknown": 1, "due_soon": 1, "satisfied": 1},
                "B-1": {"late": 1},
                "C-1": {"attest": 1, "excused": 1},
                "D-1": {},
            },
        },
        "waivers": [
            {"key": "W1", "rule": "C-1", "subject": "T2", "reason": "材料在途", "approver": "县委办公室", "date": "2026-03-01",
             "valid_until": "2026-12-31", "document": "办发〔2026〕3号", "file": "waivers.toml", "sheet": None, "row": 12},
        ],
        "notices": [
            {"code": "waiver_lapsed", "key": "W9", "rule": "A-1", "subject": "T9", "file": "豁免.csv", "sheet": None, "row": 3,
             "missing": [], "other": "2026-04-30"},
            {"code": "waiver_refused", "key": "W8", "rule": "A-1", "subject": "T8", "file": "台账.xlsx", "sheet": "豁免", "row": 4,
             "missing": ["waiver.reason", "waiver.date"], "other": None},
            {"code": "waiver_unknown_rule", "key": "W7", "rule": "A-11", "subject": "T8", "file": "waivers.toml", "sheet": None, "row": 9,
             "missing": [], "other": "A-1"},
            *({"code": "attestation_unmatched", "key": f"R{number}", "rule": "C-1", "subject": f"T{number}", "file": "人工认定.csv",
               "sheet": None, "row": number, "missing": [], "other": None} for number in range(2, 7)),
        ],
        "baseline": None,
        "window": None,
    }  # fmt: skip


def test_a_list_of_what_falls_due():
    report = attrs.evolve(FULL, window=Window(day("2026-06-01"), "bearer", 2, 1))
    assert json.loads(written(report))["window"] == {"until": "2026-06-01", "undated": 2, "waiting": 1}
    VALIDATOR.validate(json.loads(written(report)))


def test_against_an_earlier_run():
    document = json.loads(written(COMPARED))
    assert document["baseline"] == {
        "name": "四月.json",
        "as_of": "2026-04-11",
        "counts": {"new": 2, "updated": 1, "unchanged": 2, "resolved": 1, "gone": 1, "not_run": 1},
        "differences": [
            {"kind": "pack", "name": None, "before": "0.9", "now": "1.0"},
            {"kind": "parameter", "name": "prompt_days", "before": "30 days", "now": "20 days"},
            {"kind": "rules_left", "name": None, "before": "Z-1\nZ-2", "now": None},
        ],
        "absent": [
            {"rule": "A-1", "subject": ["T4"], "was": "violated", "state": "resolved", "now": "satisfied",
             "bearer": {"entity": "person", "key": "P1"}, "fingerprint": "f" * 16},
            {"rule": "A-1", "subject": ["T9"], "was": "late", "state": "gone", "now": None, "bearer": None, "fingerprint": "e" * 16},
            {"rule": "Z-1", "subject": ["T1", "self_report", "2026"], "was": "attest", "state": "not_run", "now": None, "bearer": None,
             "fingerprint": "d" * 16},
        ],
    }  # fmt: skip
    states = [one["baseline"] and (one["baseline"]["state"], one["baseline"]["was"]) for one in document["outcomes"]]
    assert states == [("new", "due_soon"), ("unchanged", "unknown"), ("new", None), ("updated", "violated"), ("unchanged", "attest")]
    assert json.loads(written(attrs.evolve(COMPARED, all_outcomes=True)))["outcomes"][3]["baseline"] is None


def test_lists_problems_or_everything():
    every = json.loads(written(attrs.evolve(FULL, all_outcomes=True)))
    assert [one["status"] for one in every["outcomes"]] == [one.status for one in OUTCOMES]
    assert {one["status"] for one in json.loads(written(FULL))["outcomes"]} == set(PROBLEMS)


def test_every_status_may_be_reported():
    outcomes = tuple(outcome("A-1", status, subject=(("talk", status),)) for status in STATUSES)
    VALIDATOR.validate(json.loads(written(attrs.evolve(FULL, outcomes=outcomes, all_outcomes=True))))


def test_two_runs_give_the_same_bytes():
    assert written(FULL) == written(attrs.evolve(FULL))


def test_lines():
    lines = written(FULL, JsonLines).splitlines()
    said = {"as_of": "2026-05-11", "secrecy": "work_secret", "mask": "none"}
    assert [json.loads(line) for line in lines] == [outcome | said for outcome in json.loads(written(FULL))["outcomes"]]
    assert written(EMPTY, JsonLines) == b""


@given(hostile_reports())
def test_lines_are_what_the_encoder_of_python_would_write(report):
    """They are put together by hand, so whatever the data say has to come out as it went in."""
    report = attrs.evolve(report, all_outcomes=True)
    stream = io.BytesIO()
    JsonLines().write(report, stream, colour=False)
    lines = stream.getvalue().decode("utf-8").split("\n")[:-1]
    assert lines == [json.dumps(json.loads(line), ensure_ascii=False) for line in lines]
    for line, one in zip(map(json.loads, lines), report.outcomes, strict=True):
        told = [one.rule, one.message, one.excuse, *[key for _, key in one.subject], *[text for row in one.evidence for text in (row.key, row.file, row.sheet)]]
        rows = line["evidence"]
        read = [line["rule"], line["message"], line["excuse"], *line["subject"].values(), *[row[name] for row in rows for name in ("key", "file", "sheet")]]
        assert read == [text and text.encode("utf-8", "replace").decode() for text in told]
        assert [[cell["cell"] for cell in row["cells"]] for row in rows] == [[_cell(*cell, row) for cell in row.cells] for row in one.evidence]


def _cell(field, column, row):
    written = column.encode("utf-8", "replace").decode()
    if column.isdecimal():
        return f"R{row.row}C{written}"
    return f"{written}{row.row}" if column.isascii() and column.isupper() and len(column) <= 3 else f"{written}:{row.row}"


def test_text_that_is_no_unicode_does_not_stop_the_report():
    problem = attrs.evolve(FULL.problems[0], file="\udcff.csv")
    VALIDATOR.validate(json.loads(written(attrs.evolve(FULL, problems=(problem,)))))


def test_days_before_the_year_1000_have_four_digits():
    early = outcome("A-1", "violated", due=datetime.date(26, 1, 3))
    assert json.loads(written(attrs.evolve(EMPTY, outcomes=(early,))))["outcomes"][0]["due"] == "0026-01-03"


def test_a_cell_where_columns_have_numbers():
    row = attrs.evolve(OUTCOMES[0].evidence[0], cells=(("end", "10"),))
    report = attrs.evolve(EMPTY, outcomes=(outcome("A-1", "violated", evidence=(row,)),))
    assert json.loads(written(report))["outcomes"][0]["evidence"][0]["cells"] == [{"field": "end", "cell": "R12C10"}]
