"""`policy template`: what is written where, in which language, and one line for whatever goes wrong."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

HANDBOOK = str(Path(__file__).parents[1] / "data" / "handbook")


@pytest.fixture(autouse=True)
def surroundings(bare, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def test_the_base_pack_in_its_language(run):
    assert run("template") == (0, "模板.xlsx\n", "")
    book = openpyxl.load_workbook("模板.xlsx")
    assert book.sheetnames[:3] == ["填表说明", "党组织", "届期"]
    assert "例如：T001" in book["谈话"]["A1"].comment.text  # what the sample has there


def test_in_english(run):
    assert run("template", "--lang", "en") == (0, "template.xlsx\n", "")
    book = openpyxl.load_workbook("template.xlsx")
    assert book.sheetnames[:3] == ["instructions", "organization", "term"]
    assert "for example: regular" in book["talk"]["B1"].comment.text


def test_a_pack_without_a_sample(run):
    assert run("template", "--pack", HANDBOOK, "-o", "a.XLSX") == (0, "a.XLSX\n", "")
    assert "例如：" not in openpyxl.load_workbook("a.XLSX").worksheets[1]["A1"].comment.text


def test_a_variant_takes_its_examples_from_its_base(run):
    assert run("template", "--pack", "military", "-o", "a.xlsx")[0] == 0
    assert "例如：T001" in openpyxl.load_workbook("a.xlsx")["谈话"]["A1"].comment.text


def test_an_empty_one_can_be_checked(run):
    run("template")
    status, out, error = run("check", "模板.xlsx", "--lang", "zh")
    assert (status, error) == (0, "")
    assert "22 张表共 0 行" in out and "数据问题" not in out and "没有提供的表" not in out


def test_the_ledger(run):
    assert run("template", "--ledger", "--lang", "zh") == (0, "台账.xlsx\n", "")
    assert openpyxl.load_workbook("台账.xlsx").sheetnames == ["填表说明", "党组织名单", "一把手名单", "监督谈话工作台账"]
    status, out, error = run("check", "台账.xlsx", "--lang", "zh")
    assert (status, error) == (0, "")
    assert "按映射 `监督谈话工作台账` 读取" in out and "数据问题" not in out


def test_a_variant_has_the_ledger_of_its_base(run):
    assert run("template", "--ledger", "--pack", "military", "-o", "a.xlsx")[0] == 0


def test_a_pack_without_a_ledger(run):
    status, out, error = run("template", "--ledger", "--pack", HANDBOOK, "-o", "a.xlsx")
    assert (status, out, os.listdir()) == (2, "", [])
    assert error == "policy: `handbook`: its mappings have no `form`, so there is no ledger to fill in; use policy template without --ledger\n"


def test_a_file_that_is_there_stays(run):
    Path("模板.xlsx").write_text("填好了", "utf-8")
    assert run("template", "--lang", "zh") == (2, "", "policy：`模板.xlsx` 已经存在，可能已填写，没有覆盖；请换一个文件名\n")
    assert Path("模板.xlsx").read_text("utf-8") == "填好了"


MISTAKES = [
    (("-o", "a.xls"), "policy: a template is a workbook, `a.xls` has to end in .xlsx\n"),
    (("-o", ""), "policy: a template is a workbook, `` has to end in .xlsx\n"),
    (("-o", "missing/a.xlsx"), "policy: `missing/a.xlsx`: cannot be read or written (No such file or directory)\n"),
    (("one",), "policy: superfluous argument `one`\n"),
]


@pytest.mark.parametrize(("words", "said"), MISTAKES)
def test_a_mistake(run, words, said):
    assert run("template", *words) == (2, "", said)
    assert os.listdir() == []


def test_a_pack_with_an_entity_that_cannot_be_a_sheet(run):
    Path("odd").mkdir()
    Path("odd", "a.policy").write_text(f'pack odd version "1" end entity {"e" * 40} "a/b" id : text key end', "utf-8")
    status, out, error = run("template", "--pack", "odd", "-o", "a.xlsx")
    assert (status, out) == (2, "") and error.startswith("policy: `odd`: `a/b` cannot be the name of a sheet (at most 31 characters")
