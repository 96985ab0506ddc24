"""Packs with something wrong that loading does not see: each is found, and said in exactly these words; what is shown replays."""

from __future__ import annotations

import shutil

import pytest

from policy.cli import main
from tests.record import LANGUAGES
from tests.verified import BROKEN, broken_packs, recorded, said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", broken_packs())
def test_what_is_wrong_is_found_and_said(name, language):
    status, text = said(name, language)
    assert text == recorded(name, language).read_text("utf-8")
    assert status == 1


@pytest.mark.parametrize("name", broken_packs())
def test_the_cases_pass_as_cases(name, tmp_path, capsys):
    shutil.copy(BROKEN / f"{name}.policy", tmp_path)
    said(name, "en", "--write", str(tmp_path / "found.policy"))
    assert "expect" in (found := (tmp_path / "found.policy").read_text("utf-8")) or "预期" in found
    assert main(["test", str(tmp_path)]) == 0, capsys.readouterr().out


def test_there_are_so_many():
    assert len(broken_packs()) >= 25
