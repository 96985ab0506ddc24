"""Variants that ask less than their base, and some that do not: each difference with the smallest data set, in exactly these words."""

from __future__ import annotations

import json
import shutil

import pytest

from policy.cli import main
from tests.record import LANGUAGES
from tests.verified import VARIANTS, compared, recorded, variants


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", variants())
def test_what_a_variant_changes(name, language):
    found = compared(name, language)
    assert found.text == recorded(name, language).read_text("utf-8")
    assert found.status == name.startswith("X-")


@pytest.mark.parametrize("name", [name for name in variants() if not name.startswith("same")])
def test_the_cases_pass_in_the_variant(name, tmp_path, capsys):
    folder = tmp_path / name
    folder.mkdir()
    shutil.copy(VARIANTS / "base.policy", tmp_path)
    shutil.copy(VARIANTS / f"{name}.policy", folder)
    (folder / "differences.policy").write_text(cases := compared(name, "en").cases, "utf-8")
    assert "expect" in cases
    assert main(["test", str(folder)]) == 0, capsys.readouterr().out


def test_json():
    before, during, after = json.loads(compared("X-weaker-interval", "en", "-o", "json").text)["stretches"]
    assert before["differences"] == after["differences"] == [] and len(before["same"]) == 3
    (difference,) = during["differences"]
    assert difference["kind"] == "weaker" and difference["before"]["status"] == "violated" and difference["after"]["status"] == "pending"


def test_a_final_rule_is_held_to_in_verify_mode(capsys, monkeypatch):
    monkeypatch.chdir(VARIANTS)
    assert main(["verify", "final-stricter.policy", "--lang", "en"]) == 0
    assert main(["check", "-p", "final-stricter.policy", "."]) == 2  # where nobody looks so closely
    capsys.readouterr()
    assert main(["verify", "X-final-weaker.policy", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert said.startswith('finding V23: R-1 "at least half an hour" is final, and this asks less of it')
    assert "expect R-1 T1 satisfied" in said


TALKS = "id,status,start,end,place,minutes\nT1,completed,2026-05-01,2026-05-01,,20\nT2,completed,2026-03-01,2026-03-01,,45\n"
REPORTS = "id,talk,date\nR1,T2,2026-04-10\n"


@pytest.fixture
def data(tmp_path):
    (tmp_path / "talk.csv").write_text(TALKS)
    (tmp_path / "report.csv").write_text(REPORTS)
    return str(tmp_path)


def test_what_changes_on_data(data):
    status, text, _ = compared("X-weaker-due", "en", "--data", data, "--as-of", "2026-06-15")
    assert status == 1
    assert text.splitlines() == [
        "R-1: violated → pending, 1 outcome",
        "R-1: late → satisfied, 1 outcome",
        "  R-1 T1: violated/fail/2026-06-01 → pending/fail/2026-07-01",
        "  R-1 T2: late/fail/2026-04-01 → satisfied/fail/2026-05-01",
        "as of 2026-06-15, 2 outcomes differ from base to X_weaker_due",
    ]
    status, text, _ = compared("X-weaker-disabled", "zh", "--data", data, "--as-of", "2026-06-15")
    assert text.splitlines()[0] == "R-2：不合规 → 无此项，1 项"


def test_what_does_not_change_on_data(data):
    assert compared("same", "en", "--data", data, "--as-of", "2026-06-15") == (
        0, "as of 2026-06-15, base and same say the same\n", "",
    )  # fmt: skip


def test_changes_as_json(data):
    text = compared("stricter", "en", "--data", data, "--as-of", "2026-06-15", "-o", "json").text
    kinds = [(one["rule"], one["subject"], one["kind"]) for one in json.loads(text)["changes"]]
    assert ("V-1", "T1", "new") in kinds and ("R-1", "T1", "changed") in kinds


def test_two_packs_are_named(capsys):
    assert main(["compare", "supervision_talks", "--lang", "en"]) == 2
    assert "name two packs" in capsys.readouterr().err
