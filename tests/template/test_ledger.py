"""The form of the wide ledger: what it asks for, and that what is filled in is read without a warning."""

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
from policy.lang.mapping import Mapping
from policy.load import load
from policy.load.ledger import read_ledgers, read_mapping
from policy.messages import text
from policy.pipeline import all_mappings, load_pack
from policy.pipeline.texts import ledger_template
from policy.template import build_ledger_form
from tests.ledgers import COLUMNS, PACK

OFFICE = shutil.which("soffice")
LEDGER, HEADS, ORGANIZATIONS = "监督谈话工作台账", "一把手名单", "党组织名单"
DAY = datetime.date(2026, 3, 5)


@pytest.fixture(scope="module")
def pack():
    plugins = load_plugins()
    return load_pack(plugins.packs["supervision_talks"], plugins).pack


@pytest.fixture(scope="module")
def mappings(pack):
    found, mistakes = all_mappings(pack, PACK, (), load_plugins())
    assert not mistakes
    return found


@pytest.fixture(scope="module")
def content(pack, mappings):
    return ledger_template(pack, mappings, "zh", {"talk.place": "小会议室", "person.name": "秦岭"})


@pytest.fixture
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def sheets(pack, mappings):
    form = build_ledger_form(mappings.known, pack.vocabulary, "办法", "zh", {"talk.place": "小会议室"})
    return {sheet.name: {column.header: column for column in sheet.columns} for sheet in form.sheets}


def read(path: Path, pack, mappings):
    ledgers = read_ledgers(list(ExcelSource().read(path)), mappings.known, pack.vocabulary)
    facts = load(ledgers.tables, pack.vocabulary, as_of=datetime.date(2026, 7, 15))
    problems = [text(one.code, "zh", **dict(one.arguments)) for one in (*ledgers.problems, *facts.problems)]
    return facts, problems, ledgers.left


# --- what it asks for ------------------------------------------------------------------------------------------------


def test_the_ledger_has_the_columns_that_offices_keep(mappings):
    (wide,) = (mapping for mapping in mappings.known if mapping.name == LEDGER)
    assert tuple("｜".join(header) for header in wide.form) == COLUMNS


def test_lists_come_before_the_ledger_that_names_what_is_listed(sheets):
    assert list(sheets) == [ORGANIZATIONS, HEADS, LEDGER]


@pytest.mark.parametrize(
    ("sheet", "header", "kind", "choices", "target"),
    [
        (ORGANIZATIONS, "党组织名称（必填）", "text", (), ""),
        (ORGANIZATIONS, "上级党组织（必填）", "ref", (), ORGANIZATIONS),
        (HEADS, "单位（必填）", "ref", (), ORGANIZATIONS),
        (HEADS, "任职日期（必填）", "date", (), ""),
        (HEADS, "职务（必填）", "text", (), ""),
        (LEDGER, "谈话类型（必填）", "choice", ("定期谈话", "及时谈话"), ""),
        (LEDGER, "谈话时间（必填）", "date", (), ""),
        (LEDGER, "被谈话人姓名（必填）", "ref", (), HEADS),
        (LEDGER, "谈话人姓名", "text", (), ""),
        (LEDGER, "被谈话人单位及职务", "text", (), ""),
        (LEDGER, "报告自查", "choice", ("是", "否"), ""),
        (LEDGER, "整改是否到位", "choice", ("是", "否"), ""),
        (LEDGER, "整改措施提出时间", "date", (), ""),
        (LEDGER, "序号", "text", (), ""),
    ],
)
def test_columns(sheets, sheet, header, kind, choices, target):
    column = sheets[sheet][header]
    assert (column.kind, column.choices, column.target) == (kind, choices, target)


def test_what_is_said_of_a_column(sheets):
    ledger = sheets[LEDGER]
    assert ledger["谈话地点"].comment == "谈话地点：可空\n应填文字\n例如：小会议室"
    assert ledger["纪检机关"].comment == "纪检机关：可空\n应填写到日的日期，例如 `2026-01-30`\n办了而不知道日期的填“√”，没有办的留空"
    assert ledger["被谈话人姓名（必填）"].comment.startswith("被谈话人姓名：必填\n应填“一把手名单”中已有的名称\n可以填几个，用 、,;/ 或换行分开")
    assert ledger["序号"].comment == "序号：可空，核对时不用"
    assert ledger["及时谈话情形"].several and not ledger["谈话类型（必填）"].several


def test_in_english_codes_are_identifiers_and_headers_stay(pack, mappings):
    form = build_ledger_form(mappings.known, pack.vocabulary, "x", "en", {})
    kind = form.sheets[2].columns[1]
    assert (kind.header, kind.choices, kind.group) == ("谈话类型 (required)", ("regular", "prompt"), "谈话基本情况")


def test_a_pack_whose_mappings_have_none(pack):
    assert build_ledger_form([Mapping("a", "a.toml", 1, {}, ())], pack.vocabulary, "x", "zh", {}) is None


def test_a_header_that_nothing_is_known_of_is_a_mistake_of_the_mapping(pack):
    content = '名称 = "甲"\n样表 = ["时间", "谈话后｜天气"]\n[列]\n时间 = "时间"\n'.encode()
    mapping, mistakes = read_mapping("a.toml", content, pack.vocabulary, {})
    assert mapping is None
    assert [(one.code, one.source.text[slice(*one.span)]) for one in mistakes] == [("D270", '"谈话后｜天气"')]


# --- the workbook ----------------------------------------------------------------------------------------------------


def fill(book) -> None:
    rows = {
        ORGANIZATIONS: (3, [("1", "0990100", "中共云川县委员会", None, "县级", "地方党委"), ("2", "0990101", "云川县教育局党组", "中共云川县委员会", "县级", "党组")]),
        HEADS: (3, [("1", "中共云川县委员会", "沈岳", "县委书记", DAY), ("2", "云川县教育局党组", "张三", "党组书记、局长", DAY)]),
        LEDGER: (5, [
            ("1", "定期谈话", DAY, "会议室", "沈岳", "县委书记", "张三", "云川县教育局党组书记、局长", "是", None, DAY, DAY, *["是"] * 5, "一是甲；二是乙", *[DAY] * 4, "是", *[DAY] * 6, "内部", "无"),
            ("2", "及时谈话", "2026年4月7日-8日", "会议室", "沈岳", "县委书记", "张三", "云川县教育局党组书记、局长", "否", "信访举报、通报批评或负面舆情"),
        ]),
    }  # fmt: skip
    for name, (first, lines) in rows.items():
        for number, cells in enumerate(lines, first):
            for place, cell in enumerate(cells, 1):
                book[name].cell(number, place, cell)
    book[LEDGER]["B2"] = "中共云川县委员会"


def assert_whole(path: Path, pack, mappings) -> None:
    facts, problems, left = read(path, pack, mappings)
    assert problems == [] and left == ()
    counts = {name: len(rows) for name, rows in facts.tables.items() if rows}
    assert counts == {
        "organization": 2, "person": 2, "appointment": 2, "talk": 2, "circumstance": 2, "talk_circumstance": 2, "talk_step": 5,
        "problem": 2, "measure": 2, "report": 2, "notification": 1, "archive": 3, "copy": 3,
    }  # fmt: skip
    regular, prompt = facts.tables["talk"]
    end = pack.vocabulary.entities["talk"].field("end").index
    assert (regular.values[end], prompt.values[end]) == (DAY, datetime.date(2026, 4, 8))


def test_an_empty_one_is_known_for_what_it_is(pack, mappings, content, tmp_path):
    (tmp_path / "台账.xlsx").write_bytes(content)
    facts, problems, left = read(tmp_path / "台账.xlsx", pack, mappings)
    assert (problems, left) == ([], ())
    assert [(one.entity, one.rows, one.notes) for one in facts.inputs] == [
        ("organization", 0, (f"mapping {ORGANIZATIONS}",)), ("appointment", 0, (f"mapping {HEADS}",)), ("talk", 0, (f"mapping {LEDGER}",)),
    ]  # fmt: skip


def test_a_filled_in_one_reads_without_a_warning(pack, mappings, book, tmp_path):
    fill(book)
    book.save(tmp_path / "a.xlsx")
    assert_whole(tmp_path / "a.xlsx", pack, mappings)


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None and "CI" not in os.environ, reason="LibreOffice is not installed")
def test_filled_in_and_saved_by_libreoffice_too(pack, mappings, book, tmp_path):
    fill(book)
    book.save(tmp_path / "a.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE or "soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(tmp_path / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert_whole(tmp_path / "out" / "a.xlsx", pack, mappings)
    page = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")[LEDGER]
    assert {rule.errorStyle for rule in page.data_validations.dataValidation if rule.type == "list"} >= {"stop", "warning"}


def test_how_it_looks(book):
    page = book[LEDGER]
    assert page["A1"].value == LEDGER and page["A2"].value == "填报单位：" and page.freeze_panes == "B5"
    assert (page["B3"].value, page["B4"].value) == ("谈话基本情况", "谈话类型（必填）")
    merged = set(map(str, page.merged_cells.ranges))
    assert {"A3:A4", "B3:H3", "R3:R4"} <= merged and page.print_title_rows == "$1:$4"
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert rules["B5:B1048576"].errorStyle == "stop" and rules["J5:J1048576"].errorStyle == "warning"
    keys = book.defined_names[rules["G5:G1048576"].formula1].attr_text
    assert keys.startswith(f"'{HEADS}'!$C$3:INDEX(")
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
