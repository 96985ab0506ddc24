"""Notices to bearers, read back by another library than wrote them; and templates as people make them."""

from __future__ import annotations

import io
import os
import re
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

import attrs
import docx
import pytest
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st
from policy_docx import Notices, notices

from policy.hooks.spec import SourceError
from policy.lang.report import Window
from policy.messages import text as said
from policy.width import harmless
from tests.reports import COMPARED, EMPTY, FULL, OUTCOMES, day, outcome

OFFICE = shutil.which("soffice")
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20) | st.text("{}｛｝<>&\"'\t\r\n\x00\ufdd0\ufffe谈𠮷", max_size=20)
NOTICE = """\
关于落实监督谈话办法有关事项的
督办单
张三（人员 P1）：
对照监督谈话办法，对截至2026年5月11日的有关记录进行了核对，涉及你单位（你本人）的下列2项事项不符合所列条款的要求、临近期限或者有待核实（不合规 1、临期 1）。请逐项核实，按要求办理，并于收到本督办单后书面反馈办理情况；记录有误的，请一并说明并提供依据。
1．一个月内报告（第十一条第一款）
核对结果：不合规
对象：谈话 T1
应办期限：2026-05-08，已过 3 天
原因：应于2026-05-08前报告，实际尚未完成
记录出处：谈话.csv 第12行H、J列
整改要求：督促补报
2．一个月内报告（第十一条第一款）
核对结果：临期
对象：谈话 T3
应办期限：2026-05-13（原为 2026-05-10，遇非工作日调整），还有 2 天
整改要求：督促补报
以上结果由记录核对得出，说明有关记录不符合所列条款的要求或者有待核实，不是对人的结论，供研判。

（发出单位印章）
　　年　　月　　日"""


def written(report) -> bytes:
    stream = io.BytesIO()
    Notices().write(report, stream, colour=True)
    return stream.getvalue()


def document(report):
    return docx.Document(io.BytesIO(written(report)))


def paragraphs(report) -> list[str]:
    return [paragraph.text for paragraph in document(report).paragraphs]


def test_a_notice_word_for_word():
    assert NOTICE in "\n".join(paragraphs(FULL))


def test_each_bearer_has_one_and_those_without_go_to_the_office():
    addressed = [text for text in paragraphs(FULL) if text.endswith("：")]
    assert addressed == ["泠溪县委（党组织 O1）：", "张三（人员 P1）：", "组织核对的部门（责任主体不明的事项）："]


def test_one_without_a_breach_is_a_reminder():
    report = attrs.evolve(FULL, outcomes=OUTCOMES[2:3])
    assert paragraphs(report)[0] == "关于落实监督谈话办法有关事项的\n提醒单"


def test_only_problems_are_chased():
    assert paragraphs(attrs.evolve(FULL, all_outcomes=True)) == paragraphs(FULL)


def test_what_falls_due_is_a_reminder_of_all_of_it():
    pending = outcome("A-1", "pending", due=day("2026-06-01"))
    texts = paragraphs(attrs.evolve(FULL, outcomes=(pending,), all_outcomes=True, window=Window(day("2026-06-10"), "bearer")))
    assert texts[0] == "关于落实监督谈话办法有关事项的\n提醒单"
    assert "应办期限：2026-06-01，还有 21 天" in texts


def test_what_has_changed_is_said_where_there_is_a_baseline():
    assert "与基线比较：新增，原为临期" in paragraphs(COMPARED)
    assert not any(text.startswith("与基线比较") for text in paragraphs(FULL))


def test_pages_are_those_of_official_documents_and_each_notice_counts_its_own():
    sections = document(FULL).sections
    assert len(sections) == 3
    for section in sections:
        assert (section.page_width, section.page_height) == (docx.shared.Twips(11906), docx.shared.Twips(16838))
        margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
        assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
        assert section._sectPr.xpath("w:pgNumType/@w:start") == ["1"]
        assert [paragraph.text for paragraph in section.header.paragraphs] == ["工作秘密"]
        assert "PAGE" in section.footer._element.xml
    assert [paragraph.text for paragraph in document(attrs.evolve(FULL, secrecy=None)).sections[0].header.paragraphs] == [""]


def test_nothing_to_chase():
    assert paragraphs(EMPTY) == ["没有需要处理的事项"]


def test_english():
    texts = paragraphs(attrs.evolve(FULL, language="en"))
    assert texts[:2] == ["Notice concerning 监督谈话办法", "To: 泠溪县委 (organization O1)"]
    assert "1. 五个步骤 (第十条第一款)" in texts and "Result: late·warn" in texts


def test_equal_reports_are_equal_files():
    assert written(FULL) == written(FULL)


@given(TEXTS)
def test_any_text_comes_back_as_a_text(text):
    finding = outcome("A-1", "violated", message=text, subject=(("talk", text),))
    rules = {**FULL.rules, "A-1": attrs.evolve(FULL.rules["A-1"], title=text, remedy=text)}
    texts = paragraphs(attrs.evolve(FULL, outcomes=(finding,), rules=rules, names={("person", "P1"): text}, pack_title=text))
    shown = harmless(text)
    assert f"1．{shown}（第十一条第一款）" in texts
    assert (f"原因：{shown}" in texts and f"整改要求：{shown}" in texts) or not text
    assert not text or f"{shown}（人员 P1）：" in texts


# --- templates of the unit -------------------------------------------------------------------------------------------


@pytest.fixture
def with_template(tmp_path):
    """The report that names a template, which the test makes."""

    def report(make, base=FULL):
        made = docx.Document()
        made.sections[0].header.paragraphs[0].text = "密级 {密级}"
        make(made)
        made.save(tmp_path / "模板.docx")
        return attrs.evolve(base, notice_template=str(tmp_path / "模板.docx"))

    return report


def test_a_placeholder_that_a_word_processor_has_split(with_template):
    def make(made):
        paragraph = made.add_paragraph("致")
        for piece, bold in (("｛", False), (" 责任", True), ("主体", False), ("}同志", True), ("，共{项", False), ("数}项", False)):
            paragraph.add_run(piece).bold = bold

    made = document(with_template(make))
    first = made.paragraphs[0]
    assert first.text == "致泠溪县委（党组织 O1）同志，共2项"
    assert [run.text for run in first.runs if run.bold] == ["", "同志"]


def test_a_row_of_a_table_is_repeated_for_each_finding(with_template):
    def make(made):
        made.add_paragraph("{bearer}")
        table = made.add_table(rows=3, cols=3)
        for row, texts in enumerate([("序号", "事项", "整改"), ("{序号}", "{事项}（{条款}）", "{remedy}"), ("合计", "{项数}", "")]):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text

    tables = document(with_template(make)).tables
    assert [[cell.text for cell in row.cells] for row in tables[1].rows] == [
        ["序号", "事项", "整改"],
        ["1", "一个月内报告（第十一条第一款）", "督促补报"],
        ["2", "一个月内报告（第十一条第一款）", "督促补报"],
        ["合计", "2", ""],
    ]
    assert len(tables) == 3


def test_neighbouring_paragraphs_of_a_finding_are_repeated_together_and_empty_ones_left_out(with_template):
    def make(made):
        made.add_paragraph("{责任主体}")
        for text in ("{事项}", "完成：{完成日期}", "——", "{状态}"):
            made.add_paragraph(text)

    texts = [text for text in paragraphs(with_template(make, attrs.evolve(FULL, outcomes=(OUTCOMES[0], OUTCOMES[2])))) if text]
    assert texts == ["张三（人员 P1）", "一个月内报告", "一个月内报告", "——", "不合规", "临期"]


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def test_everything_else_in_a_template_stays(with_template):
    def make(made):
        made.add_picture(io.BytesIO(png()), width=Mm(5))
        made.add_paragraph("{责任主体}", style="Heading 1")

    content = written(with_template(make))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert any(name.startswith("word/media/") for name in archive.namelist())
        assert archive.read("word/document.xml").count(b"</pic:pic>") == 3
    assert docx.Document(io.BytesIO(content)).paragraphs[1].style.name == "Heading 1"


def refused(report) -> tuple[str, dict[str, str]]:
    with pytest.raises(SourceError) as caught:
        written(report)
    assert caught.value.location == report.notice_template
    return caught.value.code, caught.value.arguments


def test_a_placeholder_that_does_not_exist(with_template):
    code, arguments = refused(with_template(lambda made: made.add_paragraph("致{责任主休}")))
    assert (code, arguments["slot"], arguments["near"]) == ("W61", "{责任主休}", "{责任主体}")
    known = said("W61", "zh", **arguments)
    assert known == (
        "模板中的 {责任主休} 不是可用的占位；可用：{密级}、{依据文件}、{规则包}、{检查基准日}、{程序}、{责任主体}、{文种}、{项数}、{分类项数}、{状态}、{级别}、{与基线比较}、{条款}、{事项}、"
        "{对象}、{应办期限}、{完成日期}、{原因}、{证据}、{整改要求}、{规则}、{指纹}、{序号}"
    )


def test_a_brace_that_has_no_other(with_template):
    assert refused(with_template(lambda made: made.add_paragraph("致{责任主体"))) == ("W62", {"text": "致{责任主体"})


def test_a_header_says_the_same_on_all_pages(with_template):
    def make(made):
        made.sections[0].header.paragraphs[0].text = "{密级} {责任主体}"

    assert refused(with_template(make)) == ("W63", {"slot": "{责任主体}"})


def test_the_mark_of_secrecy_cannot_be_left_out(with_template):
    def make(made):
        made.sections[0].header.paragraphs[0].text = ""
        made.add_paragraph("{密级}{责任主体}")

    report = with_template(make)
    assert refused(report) == ("W64", {"slot": "{密级}"})
    assert "泠溪县委（党组织 O1）" in paragraphs(attrs.evolve(report, secrecy=None))[0]


@pytest.mark.parametrize("content", [b"", b"{\\rtf1}", b"PK\x03\x04", "empty", "doctype"])
def test_what_is_no_document(tmp_path, content):
    file = tmp_path / "模板.docx"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        with zipfile.ZipFile(file, "w") as archive, zipfile.ZipFile(io.BytesIO(Notices().template("zh").content)) as original:
            for name in original.namelist() if content == "doctype" else []:
                archive.writestr(name, original.read(name).replace(b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document"))
    assert refused(attrs.evolve(FULL, notice_template=str(file))) == ("W60", {})


def test_the_template_that_ships_is_the_one_that_is_used(tmp_path):
    for language in ("zh", "en"):
        shipped = Notices().template(language)
        (tmp_path / "own.docx").write_bytes(shipped.content)
        report = attrs.evolve(FULL, language=language)
        assert written(attrs.evolve(report, notice_template=str(tmp_path / "own.docx"))) == written(report)


def test_nothing_stands_in_a_temporary_file(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert written(FULL)


# --- an office suite -------------------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None and "CI" not in os.environ, reason="LibreOffice is not installed")
def test_libreoffice_prints_each_notice_on_its_own_pages(tmp_path):
    (tmp_path / "a.docx").write_bytes(written(FULL))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for form in ("pdf", "txt:Text (encoded):UTF8"):
        command = [OFFICE or "soffice", profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert NOTICE in (tmp_path / "a.txt").read_text("utf-8-sig")
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "a.pdf").read_bytes())) == 5


def test_every_placeholder_is_described():
    page = (Path(__file__).parents[2] / "docs" / "reports.md").read_text("utf-8")
    known = notices._known("zh")
    for names in (known.report, known.bearer, known.finding):
        assert [name for name in names if f"`{{{name}}}`" not in page] == []
