"""`policy doc`: what is written where, in which form and language, and one line for whatever goes wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HANDBOOK = str(Path(__file__).parents[1] / "data" / "handbook")


@pytest.fixture(autouse=True)
def surroundings(bare, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def test_without_a_file_it_is_called_after_the_pack(run):
    assert run("doc", HANDBOOK) == (0, "handbook.html\n", "")
    assert Path("handbook.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run("doc", HANDBOOK, "--format", "md") == (0, "handbook.md\n", "")
    assert sorted(os.listdir()) == ["handbook.html", "handbook.md"]


NAMES = [("a.html", "<!DOCTYPE"), ("a.HTM", "<!DOCTYPE"), ("对照.md", "# "), ("a.b.markdown", "# ")]


@pytest.mark.parametrize(("file", "start"), NAMES)
def test_the_name_decides_the_form(run, file, start):
    assert run("doc", HANDBOOK, "-o", file) == (0, f"{file}\n", "")
    assert Path(file).read_text("utf-8").startswith(start)


def test_a_form_that_is_asked_for_comes_first(run):
    assert run("doc", HANDBOOK, "-o", "a.txt", "--format", "md")[0] == 0
    assert Path("a.txt").read_text("utf-8").startswith("# ")


def test_standard_output(run):
    status, page, error = run("doc", HANDBOOK, "-o", "-")
    assert (status, page[:15], error) == (0, "<!DOCTYPE html>", "")
    assert run("doc", HANDBOOK, "-o", "-", "--format", "md")[1].startswith("# ")
    assert os.listdir() == []


def test_the_language_is_the_pack_s_unless_one_is_asked_for(run):
    assert '<html lang="zh-CN">' in run("doc", HANDBOOK, "-o", "-")[1]
    assert '<html lang="en">' in run("doc", HANDBOOK, "-o", "-", "--lang", "en")[1]


def test_the_default_is_the_base_pack(run):
    assert run("doc")[:2] == (0, "supervision_talks.html\n")


def test_a_pack_with_an_odd_name_stays_in_the_folder(run):
    Path("odd").mkdir()
    Path("odd", "a.policy").write_text('pack 〔../x y〕 version "1" end entity e id : text key end', "utf-8")
    assert run("doc", "odd") == (0, ".._x_y.html\n", "")


MISTAKES = [
    ((HANDBOOK, "-o", "a.pdf"), "policy: `a.pdf` ends in neither .html nor .md; call it otherwise, or choose the form with --format\n"),
    ((HANDBOOK, "-o", "a"), "policy: `a` ends in neither .html nor .md; call it otherwise, or choose the form with --format\n"),
    ((HANDBOOK, "-o", ""), "policy: `-o` names no file, such as -o pack.html\n"),
    ((HANDBOOK, "-o", "missing/a.html"), "policy: `missing/a.html`: cannot be read or written (No such file or directory)\n"),
    ((HANDBOOK, "-o", "file/a.html"), "policy: `file/a.html`: cannot be read or written (Not a directory)\n"),
    ((HANDBOOK, "--format", "pdf"), "policy: `--format` cannot be `pdf`, choose from: html, md\n"),
    ((HANDBOOK, "second"), "policy: superfluous argument `second`\n"),
]


@pytest.mark.parametrize(("words", "said"), MISTAKES)
def test_a_mistake(run, words, said):
    Path("file").write_text("", "utf-8")
    assert run("doc", *words) == (2, "", said)
    assert os.listdir() == ["file"]


def test_an_unknown_pack(run):
    status, out, error = run("doc", "supervision_tals")
    assert (status, out, os.listdir()) == (2, "", [])
    assert error.startswith("policy: `supervision_tals`: no such pack, folder or file; installed: ")
    assert error.endswith("did you mean `supervision_talks`?\n")


def test_a_pack_with_mistakes(run):
    Path("bad.policy").write_text('pack p version "1" end rule R-1 end', "utf-8")
    status, out, error = run("doc", "bad.policy")
    assert (status, out) == (2, "")
    assert "error C402" in error
    assert os.listdir() == ["bad.policy"]


def test_a_file_that_cannot_be_replaced_stays(run):
    Path("a.html").mkdir()
    assert run("doc", HANDBOOK, "-o", "a.html")[0] == 2
    assert os.listdir() == ["a.html"]
