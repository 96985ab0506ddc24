"""The workbook of a form: filled in with any program it reads without a warning."""

from __future__ import annotations

import datetime
import io
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from policy_excel import ExcelSource

from policy.hooks.manager import load_plugins
from policy.lang.schema import Entity, Enum, Field, Member, Vocabulary
from policy.lang.types import TEXT, enum_type
from policy.load import find_marks, load
from policy.pipeline import load_pack
from policy.pipeline.texts import template
from policy.template import as_workbook, build_form

OFFICE = shutil.which("soffice")
DAY = datetime.date(2026, 3, 5)
VALUES = {"date": DAY, "int": 2026, "bool": True, "number": 1.5}


@pytest.fixture(scope="module")
def pack():
    plugins = load_plugins()
    return load_pack(plugins.packs["supervision_talks"], plugins).pack


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def content(pack, language):
    return template(pack, language, {"talk.place": "=小会议室"})


@pytest.fixture
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def fill(book, vocabulary: Vocabulary, language: str) -> None:
    """Two rows in every sheet, each referring to the first of another."""
    for page, entity in zip(book.worksheets[1:], vocabulary.entities.values()):
        fields = {field.label if language == "zh" else field.name: field for field in entity.fields}
        for row in (2, 3):
            for cell in page[1]:
                field = fields[cell.value.removesuffix("（必填）").removesuffix(" (required)")]
                page.cell(row, cell.column, value(field, entity, vocabulary, language, row - 1))


def value(field: Field, entity: Entity, vocabulary: Vocabulary, language: str, number: int) -> object:
    if field.key:
        return f"00{number}"
    if field.tree and number == 1:
        return None
    if field.type.is_ref:
        return "001"
    if field.type.is_enum:
        member = vocabulary.enums[field.type.name].members[-1]
        return member.label if language == "zh" else member.name
    return VALUES.get(field.type.kind, "文字")


def read(path: Path, vocabulary: Vocabulary):
    """The facts in a workbook, with the rows of each table, and the marks of secrecy."""
    tables = list(ExcelSource().read(path))
    return load(tables, vocabulary, as_of=datetime.date(2026, 7, 15)), find_marks(tables, vocabulary)


def assert_whole(path: Path, vocabulary: Vocabulary) -> None:
    facts, marks = read(path, vocabulary)
    assert facts.problems == () and facts.absent == ()
    assert {mark.level for mark in marks} == {"public"}
    assert {one.entity: one.rows for one in facts.inputs} == dict.fromkeys(vocabulary.entities, 2)
    assert not any(one.notes for one in facts.inputs)
    (first, _) = facts.tables["talk"]
    assert first.key == "001" and DAY in first.values


def test_an_empty_one_has_nothing_wrong_and_no_mark(pack, content, tmp_path):
    (tmp_path / "模板.xlsx").write_bytes(content)
    facts, marks = read(tmp_path / "模板.xlsx", pack.vocabulary)
    assert (facts.problems, facts.absent, marks) == ((), (), ())
    assert all(one.rows == 0 for one in facts.inputs) and len(facts.inputs) == len(pack.vocabulary.entities)


def test_a_filled_in_one_reads_without_a_warning(pack, book, language, tmp_path):
    fill(book, pack.vocabulary, language)
    book.save(tmp_path / "a.xlsx")
    assert_whole(tmp_path / "a.xlsx", pack.vocabulary)


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None and "CI" not in os.environ, reason="LibreOffice is not installed")
def test_filled_in_and_saved_by_libreoffice_too(pack, book, language, tmp_path):
    fill(book, pack.vocabulary, language)
    book.save(tmp_path / "a.xlsx")
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE or "soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(tmp_path / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert_whole(out / "a.xlsx", pack.vocabulary)
    page = openpyxl.load_workbook(out / "a.xlsx").worksheets[1]
    rules = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert [rule.errorStyle for rule in rules].count("stop") == 3 and len(rules) == 5
    assert {rule.formula1 for rule in rules if rule.errorStyle == "warning"} == {f"key1_{page.title}"}
    assert page["A1"].comment.text.startswith(page["A1"].value.removesuffix("（必填）").removesuffix(" (required)"))


def test_lists_formats_comments_and_colours(book, language):
    page = book.worksheets[9]
    headers = {cell.value: cell for cell in page[1]}
    kind = headers["谈话类型（必填）" if language == "zh" else "kind (required)"]
    place = headers["地点" if language == "zh" else "place"]
    end = headers["结束日期（必填）" if language == "zh" else "end (required)"]
    talkee = headers["被谈话人（必填）" if language == "zh" else "talkee (required)"]
    assert kind.fill.fgColor.rgb != place.fill.fgColor.rgb == headers["密级" if language == "zh" else "classification"].fill.fgColor.rgb
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    choice, ref = (rules[f"{cell.column_letter}2:{cell.column_letter}1048576"] for cell in (kind, talkee))
    assert choice.formula1 == ('"定期谈话,及时谈话"' if language == "zh" else '"regular,prompt"') and choice.errorStyle == "stop"
    keys = book.defined_names[ref.formula1].attr_text
    name = "'人员'" if language == "zh" else "'person'"
    assert keys == f"{name}!$A$2:INDEX({name}!$A$2:$A$1048576,MAX(1,COUNTA({name}!$A$2:$A$1048576)))" and ref.errorStyle == "warning"
    assert page.column_dimensions[end.column_letter].number_format == "yyyy-mm-dd"
    assert page.column_dimensions[talkee.column_letter].number_format == "@"
    assert "=小会议室" in place.comment.text and page.freeze_panes == "B2"


def test_nothing_in_it_is_a_formula(book):
    assert not [cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_long_lists_stand_on_a_hidden_sheet_that_is_no_data(tmp_path):
    long = Enum("long", None, tuple(Member(f"m{number}", "长" * 20 + str(number)) for number in range(20)))
    odd = Enum("odd", None, (Member("a", "甲,乙"), Member("b", "=1+1")))
    fields = (Field("id", None, TEXT, 0, key=True), Field("x", None, enum_type("long"), 1), Field("y", None, enum_type("odd"), 2), Field("z", None, enum_type("long"), 3))
    vocabulary = Vocabulary({"talk": Entity("talk", "谈话", fields)}, {"long": long, "odd": odd})
    (tmp_path / "a.xlsx").write_bytes(as_workbook(build_form(vocabulary, "x", "zh", {})))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [(page.title, page.sheet_state) for page in book] == [("填表说明", "visible"), ("谈话", "visible"), ("可选项", "hidden")]
    assert [rule.formula1 for rule in book["谈话"].data_validations.dataValidation] == ["'可选项'!$A$1:$A$20", "'可选项'!$B$1:$B$2", "'可选项'!$A$1:$A$20"]
    assert book["可选项"]["B2"].value == "=1+1" and book["可选项"]["B2"].data_type == "s"
    book["谈话"].append(["T1", "长" * 20 + "3", "甲,乙", "m4"])
    book.save(tmp_path / "a.xlsx")
    facts, _ = read(tmp_path / "a.xlsx", vocabulary)
    assert facts.problems == () and facts.tables["talk"][0].values == ("T1", "m3", "a", "m4")
