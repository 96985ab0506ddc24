"""The list of problems as a workbook, read back by other libraries than wrote it."""

from __future__ import annotations

import datetime
import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile

import attrs
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_xlsx import Workbook, workbook
from policy_xlsx.cells import column_letters, harmless_text, units
from policy_xlsx.names import Names
from python_calamine import CalamineWorkbook

from policy.lang.report import Window
from policy.width import harmless
from tests.reports import COMPARED, EMPTY, FULL, OUTCOMES, day, outcome

OFFICE = shutil.which("soffice")
HEADINGS = ["状态", "级别", "责任主体", "条款", "事项", "对象", "应办期限", "完成日期", "原因", "证据", "整改要求", "规则", "指纹"]
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20) | st.text("=+-@'\t\r\n\x00\x1b_x0041_&<>\"\ufffe\ud800谈𠮷", max_size=20)


def written(report) -> bytes:
    stream = io.BytesIO()
    Workbook().write(report, stream, colour=True)
    return stream.getvalue()


def book(report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(report)))


def rows(sheet) -> list[list]:
    return [[value for value in row if value is not None] for row in sheet.values]


def table(sheet, head: int) -> list[dict]:
    """The rows below the headings in row `head`."""
    names, *lines = list(sheet.values)[head - 1 :]
    return [dict(zip(names, line)) for line in lines]


def test_the_list_of_findings():
    sheet = book(FULL)["问题清单"]
    assert rows(sheet)[:4] == [["密级：工作秘密"], ["监督谈话办法：问题清单"], ["规则包 small 1.0 · 检查基准日 2026-05-11 · policy 0.1.0 · 5 项"], HEADINGS]
    late, attest, violated, due_soon, unknown = table(sheet, 4)
    assert violated == {
        "状态": "不合规", "级别": "不合规", "责任主体": "张三（人员 P1）", "条款": "第十一条第一款", "事项": "一个月内报告", "对象": "谈话 T1",
        "应办期限": datetime.datetime(2026, 5, 8), "完成日期": None, "原因": "应于2026-05-08前报告，实际尚未完成", "证据": "谈话.csv 第12行H、J列",
        "整改要求": "督促补报", "规则": "A-1", "指纹": "0123456789abcdef",
    }  # fmt: skip
    assert (late["状态"], late["级别"], late["完成日期"]) == ("逾期完成", "警告", datetime.datetime(2027, 1, 5))
    assert (attest["级别"], attest["原因"]) == (None, "需认定：是否直奔主题？（由党委办公室认定）")
    assert (due_soon["状态"], due_soon["应办期限"]) == ("临期", datetime.datetime(2026, 5, 13))
    assert (unknown["责任主体"], unknown["证据"]) == ("责任主体不明", "台账.xlsx「谈话」J13")


def test_colours():
    report = attrs.evolve(FULL, outcomes=[*OUTCOMES, outcome("C-1", "violated", message="不足")])
    cells = [row[0] for row in book(report)["问题清单"].iter_rows(min_row=5)]
    colours = {(cell.value, cell.fill.fgColor.rgb) for cell in cells}
    assert colours == {
        ("不合规", "FFFFC7CE"), ("不合规", "FFBDD7EE"), ("逾期完成", "FFFFEB9C"), ("临期", "FFFFEB9C"), ("待核实", "00000000"), ("需人工认定", "00000000"),
    }  # fmt: skip


def test_the_summary():
    lines = [" ".join(map(str, row)) for row in rows(book(FULL)["汇总"])]
    assert lines[:12] == [
        "密级：工作秘密",
        "监督谈话办法：检查结果",
        "规则包 small 1.0 · 检查基准日 2026-05-11 · policy 0.1.0 · 7 项",
        "",
        "问题清单",
        "需处理事项 5 项，涉及责任主体 2 个",
        "工作表 责任主体 不合规 逾期完成 待核实 临期 需人工认定",
        "泠溪县委 泠溪县委（党组织 O1） 1 1",
        "张三 张三（人员 P1） 1 1",
        "责任主体不明 责任主体不明 1",
        "合计 1 1 1 1 1",
        "",
    ]
    for line in (
        "A-1 一个月内报告 1 1 1 1",
        "没有适用对象的规则：D-1",
        "数据 谈话.csv：谈话 2 行",
        "数据问题 2 处：错误 1、提醒 1",
        "1 处数据错误所在的单元格或行未参与核对",
        "豁免 W1（C-1 T2）：材料在途；县委办公室 2026-03-01 批准；有效期至 2026-12-31；文件 办发〔2026〕3号（waivers.toml 第12行）",
        "以上结果由记录核对得出，说明相关记录不符合所列条款的要求或尚待核实，不是对人的结论，供研判。",
    ):
        assert line in lines


def test_a_sheet_for_each_bearer_and_links_to_it():
    pages = book(FULL)
    assert pages.sheetnames == ["汇总", "问题清单", "泠溪县委", "张三", "责任主体不明"]
    assert [line["状态"] for line in table(pages["张三"], 4)] == ["不合规", "临期"]
    links = {cell.value: cell.hyperlink.location for row in pages["汇总"] for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in pages.sheetnames[2:]}


def test_every_sheet_is_set_up_for_reading_and_paper():
    for number, sheet in enumerate(book(FULL)):
        assert sheet["A1"].value == "密级：工作秘密"
        assert sheet.oddHeader.left.text == "&B密级：工作秘密"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.freeze_panes, sheet.print_title_rows) == (("A5", "$4:$4") if number else (None, None))
        assert sheet.auto_filter.ref == (f"A4:M{sheet.max_row}" if number else None)


def test_what_has_changed_is_a_column_where_there_is_a_baseline():
    pages = book(COMPARED)
    assert list(pages["问题清单"].values)[3][2] == "与基线比较"
    assert [line["与基线比较"] for line in table(pages["问题清单"], 4)] == ["已变化，原为不合规", "未变", "新增，原为临期", "新增", "未变"]
    assert rows(pages["汇总"])[12:15] == [
        ["与基线比较"],
        ["与基线 四月.json（检查基准日 2026-04-11）相比：新增 2、已变化 1、未变 2、已消除 1、记录中不再有 1、本次未核对 1"],
        ["基线用的规则包版本是 0.9，本次是 1.0"],
    ]


def test_without_a_mark_the_title_comes_first():
    sheet = book(attrs.evolve(FULL, secrecy=None))["问题清单"]
    assert (sheet["A1"].value, sheet.freeze_panes, sheet.oddHeader.left.text) == ("监督谈话办法：问题清单", "A4", "&B")


def test_nothing_to_chase():
    pages = book(EMPTY)
    assert pages.sheetnames == ["汇总", "问题清单"]
    assert ["没有需要处理的事项"] in rows(pages["汇总"])


def test_english():
    pages = book(attrs.evolve(FULL, language="en", all_outcomes=True))
    assert pages.sheetnames == ["summary", "findings", "泠溪县委", "张三", "nobody known"]
    assert [line["status"] for line in table(pages["findings"], 4)] == ["late", "attest", "violated", "due_soon", "satisfied", "excused", "unknown"]
    assert table(pages["findings"], 4)[-1]["evidence"] == "台账.xlsx [谈话] J13"


def test_a_list_of_what_falls_due_is_called_so():
    report = attrs.evolve(FULL, outcomes=(OUTCOMES[0], OUTCOMES[2]), all_outcomes=True, window=Window(day("2026-06-10"), "day", undated=3))
    pages = book(report)
    assert pages.sheetnames == ["汇总", "到期清单", "张三"]
    assert rows(pages["到期清单"])[1:3] == [
        ["监督谈话办法：到期清单"],
        ["规则包 small 1.0 · 检查基准日 2026-05-11 · 列到 2026-06-10 · policy 0.1.0 · 2 项"],
    ]
    said = rows(pages["汇总"])
    assert ["已逾期 1 项；2026-06-10 前（含当日）到期 1 项"] in said
    assert ["另有 3 项缺少数据，算不出期限，未列入；policy check 可看到缺什么"] in said


@pytest.mark.parametrize(("by", "listed"), [("day", ["T1", "T2", "T3"]), ("rule", ["T3", "T1", "T2"]), ("bearer", ["T2", "T1", "T3"])])
def test_what_falls_due_is_arranged_as_asked(by, listed):
    found = [("B-1", "T1", "P1", "2026-05-12"), ("B-1", "T2", "P0", "2026-05-13"), ("A-1", "T3", "P1", "2026-05-14")]
    outcomes = [
        outcome(rule, "pending", subject=(("talk", talk),), bearer=("person", person), due=day(due), severity="fail") for rule, talk, person, due in found
    ]
    report = attrs.evolve(FULL, outcomes=outcomes, all_outcomes=True, window=Window(day("2026-06-10"), by))
    assert [line["对象"].split()[1] for line in table(book(report)["到期清单"], 4)] == listed


def test_equal_reports_are_equal_files():
    assert written(FULL) == written(FULL)


# --- what stands in the data stays data ------------------------------------------------------------------------------


def with_text(text):
    finding = outcome("A-1", "violated", message=text, subject=(("talk", text),))
    rules = {**FULL.rules, "A-1": attrs.evolve(FULL.rules["A-1"], title=text, remedy=text)}
    return attrs.evolve(FULL, outcomes=(finding,), rules=rules, names={("person", "P1"): text}, pack_title=text)


@given(TEXTS)
def test_any_text_comes_back_as_a_text(text):
    content = written(with_text(text))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    cells = {cell.value: row for cell, row in zip(sheet[4], sheet[5])}
    expected = harmless(text)
    as_openpyxl = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", expected)  # which does not read these marks
    for heading in ("事项", "原因", "整改要求"):
        assert (cells[heading].value or "") == as_openpyxl
        assert cells[heading].data_type in "ns" and cells[heading].quotePrefix == expected.startswith(tuple("=+-@＝＋－＠"))
    values = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(1).to_python()[4]
    assert values[4] == values[8] == values[10] == expected


@given(st.lists(TEXTS | st.sampled_from(["张三", "History", "汇总", "a/b", "A／B", "'", "长" * 40, "𠮷" * 20]), max_size=30))
def test_names_of_sheets_are_valid_and_unique(wanted):
    names = Names()
    given_names = [names.name(one) for one in wanted]
    assert len({name.casefold() for name in given_names}) == len(wanted)
    for name in given_names:
        assert 0 < units(name) <= 31 and not re.search(r"[\\/?*\[\]:]", name) and harmless(name) == name
        assert not name.startswith("'") and not name.endswith("'") and name.casefold() != "history"


def test_a_name_stays_as_near_as_it_can():
    names = Names()
    assert [names.name(one) for one in ("张三", "张三", "甲/乙", "")] == ["张三", "张三 (2)", "甲／乙", "-"]


@pytest.mark.parametrize("char", ["长", "x", "𠮷"])
def test_what_is_too_long_for_a_cell_is_cut(char):
    sheet = book(with_text(char * 40_000)).worksheets[1]
    assert units(sheet["I5"].value) in (32_766, 32_767) and sheet["I5"].value.endswith(char + "…")
    assert harmless_text(char * 10) == char * 10


def test_a_day_before_all_calendars_is_a_text():
    sheet = book(attrs.evolve(FULL, outcomes=(outcome("A-1", "violated", due=day("1899-12-31")),))).worksheets[1]
    assert sheet["G5"].value == "1899-12-31"


# --- bounds ----------------------------------------------------------------------------------------------------------


def many(count, bearers):
    finding = outcome("A-1", "violated", message="迟")
    return attrs.evolve(
        FULL, outcomes=tuple(attrs.evolve(finding, subject=(("talk", f"T{number}"),), bearer=("person", f"P{number % bearers}")) for number in range(count))
    )  # fmt: skip


def test_a_list_too_long_for_a_sheet_goes_on_in_another(monkeypatch):
    monkeypatch.setattr(workbook, "LAST_ROW", 14)
    pages = book(many(25, 2))
    assert pages.sheetnames == ["汇总", "问题清单", "问题清单 (2)", "问题清单 (3)", "人员 P0", "张三"]
    listed = [line["对象"] for name in pages.sheetnames[1:4] for line in table(pages[name], 4)]
    assert len(listed) == len(set(listed)) == 25
    assert [pages[name].max_row for name in pages.sheetnames[1:4]] == [14, 14, 9]
    assert ["清单较长，依次分在这些工作表中：问题清单、问题清单 (2)、问题清单 (3)"] in rows(pages["汇总"])


@pytest.mark.parametrize(("bound", "most"), [("_MOST_SHEETS", 3), ("_MOST_ROWS", 15)])
def test_only_the_first_bearers_have_a_sheet(monkeypatch, bound, most):
    monkeypatch.setattr(workbook, bound, most)
    pages = book(many(50, 10))
    assert len(pages.sheetnames) == 2 + 3
    assert pages["问题清单"].max_row == 4 + 50
    assert ["另有 7 个责任主体没有单列工作表，其事项都在“问题清单”中，可按“责任主体”筛选"] in rows(pages["汇总"])


def test_letters_of_columns():
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_nothing_in_it_asks_for_more():
    with zipfile.ZipFile(io.BytesIO(written(with_text("=1+1")))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<f>" not in content and b"TargetMode" not in content and b"<!DOCTYPE" not in content


def test_nothing_stands_in_a_temporary_file(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert written(FULL)


# --- an office suite -------------------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None and "CI" not in os.environ, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(written(FULL))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE or "soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(tmp_path / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    copy = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")
    original = book(FULL)
    assert copy.sheetnames == original.sheetnames
    for name in original.sheetnames:
        assert [row for row in rows(copy[name]) if row] == [row for row in rows(original[name]) if row]
        assert copy[name].print_title_rows == original[name].print_title_rows
        assert copy[name].auto_filter.ref == original[name].auto_filter.ref
        assert copy[name].oddHeader.left.text.endswith("密级：工作秘密")
