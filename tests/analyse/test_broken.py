"""Packs with something wrong that loading does not see: each is found, and said in exactly these words; what is shown replays."""

from __future__ import annotations

import importlib.util
import shutil

import pytest

from policy.cli import main
from tests.record import LANGUAGES
from tests.verified import BROKEN, broken_packs, recorded, said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", broken_packs())
def test_what_is_wrong_is_found_and_said(name, language):
    found = said(name, language)
    assert found.text == recorded(name, language).read_text("utf-8")
    assert found.status == 1


@pytest.mark.parametrize("name", broken_packs())
def test_the_cases_pass_as_cases(name, tmp_path, capsys):
    shutil.copy(BROKEN / f"{name}.policy", tmp_path)
    cases = said(name, "en").cases
    assert "expect" in cases or "预期" in cases
    (tmp_path / "found.policy").write_text(cases, "utf-8")
    assert main(["test", str(tmp_path)]) == 0, capsys.readouterr().out


def test_there_are_so_many():
    assert len(broken_packs()) >= 30


def test_what_it_needs_is_named_where_it_is_not_installed(monkeypatch, capsys):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "z3" else find(name, *more))
    for verb in (["verify", "military"], ["compare", "military", "military"]):
        assert main([*verb, "--lang", "en"]) == 2
        assert capsys.readouterr().err.endswith("it needs what is not installed here: z3; install policy[verify]\n")
