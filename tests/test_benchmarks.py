"""The one rule that the benchmark puts to other engines: its data have a known answer, and the pack gives it."""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from policy.cli import main

RIVALS = Path(__file__).parents[1] / "benchmarks" / "rivals"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The data in every form, and who has no talk in the term."""
    specification = spec_from_file_location("data", RIVALS / "data.py")
    data = module_from_spec(specification)
    specification.loader.exec_module(data)
    folder = tmp_path_factory.mktemp("rivals")
    return folder, data.write(folder)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_pack_finds_who_has_no_talk_in_the_term(folder, tmp_path, form):
    home, expected = folder
    report = tmp_path / "report.jsonl"
    assert main(["check", str(home / form), "--pack", str(RIVALS / "coverage"), "--as-of", "2028-12-20", "-o", f"jsonl={report}"]) == 1
    outcomes = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert sorted(outcome["subject"]["head"] for outcome in outcomes) == expected
    assert {outcome["status"] for outcome in outcomes} == {"violated"}
    assert 300 < len(expected) < 600


def test_every_form_has_every_row(folder):
    home, _ = folder
    content = json.loads((home / "input.json").read_text("utf-8"))
    assert (len(content["heads"]), len(content["talks"])) == (20_000, 40_000)
    assert len((home / "facts.lp").read_text("utf-8").splitlines()) == 60_001
    assert len((home / "data.ttl").read_text("utf-8").splitlines()) == 60_002
