"""What is wrong with the data, written into a copy of their workbook and as a page."""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from importlib.resources import files
from xml.etree import ElementTree

import attrs
import openpyxl
import openpyxl.chart
import pytest
from jsonschema import Draft202012Validator
from openpyxl.comments import Comment
from openpyxl.styles import Font
from policy_csv import CsvSource
from policy_data_report import Page, Workbooks
from policy_excel import ExcelSource
from policy_json import JsonData
from policy_toml import TomlSource

from policy.hooks.spec import SourceError
from policy.lang.schema import Entity, Enum, Field, Member, Vocabulary
from policy.lang.types import DATE, INT, TEXT, enum_type, ref_type
from policy.load import load
from policy.report import build_data_report

AS_OF = datetime.date(2026, 7, 15)
KIND = Enum("kind", "谈话类型", (Member("regular", "定期谈话"), Member("prompt", "及时谈话")))
PERSON = Entity("person", "人员", (Field("id", "人员编号", TEXT, 0, key=True), Field("name", "姓名", TEXT, 1, confidential=True)))
TALK = Entity(
    "talk",
    "谈话",
    (
        Field("id", "谈话编号", TEXT, 0, key=True),
        Field("kind", "谈话类型", enum_type("kind"), 1),
        Field("end", "结束日期", DATE, 2, occurs=True),
        Field("talkee", "被谈话人", ref_type("person"), 3),
        Field("size", "人数", INT, 4, optional=True),
        Field("secret_day", "保密日期", DATE, 5, optional=True, confidential=True),
    ),
)
VOCABULARY = Vocabulary({"talk": TALK, "person": PERSON}, {"kind": KIND})
HEADER = ["谈话编号", "谈话类型", "结束日期", "被谈话人", "人数", "保密日期", "附注"]
ROWS = [
    ["T1", "定期谈", "2026-02-03", "P1", "=1+1", "", "张三的附注"],
    ["T2", "定期谈话", "2026-02-30", "P9", "3", "张三的生日", ""],
    ["T2", "定期谈话", "", "张三", "3", "", "=cmd"],
    ["T4", "", "2026-12-01", "P1", "许多", "2026-02-03", ""],
]
OFFICE = shutil.which("soffice")


def report(tables, language="zh", extra=("谈话.附注", "备忘"), problems=()):
    facts = load(tables, VOCABULARY, extra=extra, as_of=AS_OF)
    facts = attrs.evolve(facts, problems=(*problems, *facts.problems))
    return build_data_report(facts, tables, VOCABULARY, as_of=AS_OF, language=language, secrecy=None)


@pytest.fixture
def book(tmp_path):
    """A ledger with everything that a copy has to keep."""
    made = openpyxl.Workbook()
    talks = made.active
    talks.title = "谈话"
    for row in (HEADER, *ROWS):
        talks.append(row)
    talks["A2"].font = Font(bold=True, color="FF00FF00")
    talks["C3"].comment = Comment("领导批示", "张")
    people = made.create_sheet("人员")
    for row in (["人员编号", "姓名"], ["P1", "张三"]):
        people.append(row)
    notes = made.create_sheet("备忘")
    notes["A1"], notes["B1"] = "x", "=SUM(1,2)"
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(notes, min_col=1, min_row=1))
    notes.add_chart(chart)
    path = tmp_path / "台账.xlsx"
    made.save(path)
    with_stored_result(path)
    return path


def with_stored_result(path):
    """What Excel keeps beside a formula, and openpyxl does not write."""
    parts = parts_of(path.read_bytes())
    for part, old, new in (("sheet3", rb"<f>SUM\(1,2\)</f><v(?: ?/>|></v>)", b"<f>SUM(1,2)</f><v>3</v>"), ("sheet1", rb"<f>1\+1</f><v(?: ?/>|></v>)", b"<f>1+1</f><v>2</v>")):
        name = f"xl/worksheets/{part}.xml"
        assert re.search(old, parts[name])
        parts[name] = re.sub(old, new, parts[name])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def marked(path, **more):
    """The marked copy of a workbook, as bytes."""
    (document,) = Workbooks().documents(report(list(ExcelSource().read(path)), **more))
    assert (document.title, document.suffix) == (path.stem, path.suffix)
    return document.content


def comments(content: bytes) -> dict[str, str]:
    loaded = openpyxl.load_workbook(io.BytesIO(content))
    return {f"{page.title}!{cell.coordinate}": cell.comment.text for page in loaded for row in page.iter_rows() for cell in row if cell.comment}


def coloured(content: bytes, sheet="谈话") -> list[str]:
    """The ranges of a sheet that are coloured, with the colour of each."""
    page = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    return [(str(one.sqref), rule.dxf.fill.bgColor.rgb) for one in page.conditional_formatting for rule in one.rules]


def test_cells_are_coloured_and_commented(book):
    content = marked(book)
    assert coloured(content) == [("A4 B2 C3 E5 F3", "FFFFC7CE"), ("B5 C4:C5 D3", "FFFFEB9C")]
    assert comments(content) == {
        "谈话!B2": "〔policy〕错误：`谈话类型` 没有 `定期谈` 这一项，是否应为 `定期谈话`？\n可填：定期谈话、及时谈话",
        "谈话!C3": "领导批示",
        "谈话!D3": "〔policy〕提醒：`被谈话人` 有 1 处在表 `人员` 中找不到对应的记录：D3\n应填表 `人员` 中已有的 `人员编号`",
        "谈话!F3": "〔policy〕错误：保密项 `保密日期` 的内容不能识别（内容不显示）\n应填写到日的日期，例如 `2026-01-30`",
        "谈话!A4": "〔policy〕错误：主键 `T2` 重复，已用于 A3\n应填不与其他行重复的编号",
        "谈话!C4": "〔policy〕提醒：必填项 `结束日期` 有 1 处未填：C4\n应填写到日的日期，例如 `2026-01-30`",
        "谈话!B5": "〔policy〕提醒：必填项 `谈话类型` 有 1 处未填：B5\n可填：定期谈话、及时谈话",
        "谈话!C5": "〔policy〕提醒：`结束日期` 有 1 处晚于检查基准日 2026-07-15，这些行当作还没有发生，不参与核对：C5",
        "谈话!E5": "〔policy〕错误：`许多` 不是整数\n应填整数，例如 `5`",
    }


def test_the_list_links_to_the_cells(book):
    page = openpyxl.load_workbook(io.BytesIO(marked(book, language="en")))["data problems"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0] == "errors: 5, remarks: 4" and rows[3] == ["where", "kind", "what is wrong", "what would be accepted"]
    assert rows[4] == ["谈话!B2", "error", "`谈话类型` has no code `定期谈`, did you mean `定期谈话`?", "it takes: 定期谈话, 及时谈话"]
    assert [row[0] for row in rows[4:]] == [f"谈话!{cell}" for cell in ("B2", "C3", "F3", "A4", "E5", "B5", "C4", "D3", "C5")]
    assert [page.cell(row, 1).hyperlink.location for row in (5, 13)] == ["'谈话'!B2", "'谈话'!C5"]


def test_everything_else_stays_as_it_was(book):
    before, after = parts_of(book.read_bytes()), parts_of(marked(book))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }  # fmt: skip
    assert set(after) - set(before) == {"xl/worksheets/policySheet1.xml"}
    cells = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
    assert cells.search(before["xl/worksheets/sheet1.xml"])[0] == cells.search(after["xl/worksheets/sheet1.xml"])[0]
    assert any("chart" in name for name in after)


def test_the_copy_has_the_same_problems_as_its_original(book, tmp_path):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(marked(book))
    both = [report(list(ExcelSource().read(path))) for path in (book, copy)]
    told = [[attrs.evolve(problem, file="") for problem in one.problems] for one in both]
    assert told[0] == told[1] and len(told[0]) == 9
    assert [one.rows for one in both[0].inputs] == [one.rows for one in both[1].inputs]


def test_the_marks_of_an_earlier_report_are_taken_away(book, tmp_path):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(marked(book))
    again = marked(copy)
    assert coloured(again) == coloured(marked(book)) and comments(again) == comments(marked(book))
    mended = openpyxl.load_workbook(copy)
    for cell, value in {"B2": "定期谈话", "C3": "2026-02-28", "D3": "P1", "F3": None, "A4": "T3", "C4": "2026-03-01", "D4": "P1", "B5": "及时谈话", "C5": "2026-05-01", "E5": 5, "E2": 2}.items():
        mended["谈话"][cell] = value
    mended.save(copy)
    content = marked(copy)
    assert coloured(content) == [] and comments(content) == {"谈话!C3": "领导批示"}
    assert openpyxl.load_workbook(io.BytesIO(content))["数据问题"]["A1"].value == "没有发现数据问题"
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["谈话", "人员", "备忘", "数据问题"]


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None and "CI" not in os.environ, reason="LibreOffice is not installed")
def test_another_program_keeps_the_marks_and_they_are_still_known(book, tmp_path):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(marked(book))
    command = [OFFICE or "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = tmp_path / "out" / "copy.xlsx"
    assert {place: text for place, text in comments(saved.read_bytes()).items() if place != "谈话!C3"}.keys() >= {"谈话!B2", "谈话!F3", "谈话!E5"}
    mended = openpyxl.load_workbook(saved)
    mended["谈话"]["B2"], mended["谈话"]["E2"] = "定期谈话", 2
    mended.save(saved)
    content = marked(saved)
    assert "谈话!B2" not in comments(content) and len(comments(content)) == 8
    assert coloured(content) == [("A4 C3 E5 F3", "FFFFC7CE"), ("B5 C4:C5 D3", "FFFFEB9C")]


def test_a_file_that_has_changed_meanwhile(book):
    known = report(list(ExcelSource().read(book)))
    book.write_bytes(book.read_bytes() + b" ")
    with pytest.raises(SourceError) as caught:
        list(Workbooks().documents(known))
    assert (caught.value.code, caught.value.location) == ("D077", str(book))


def test_macro_workbooks_stay_what_they_are(book):
    macro = book.rename(book.with_suffix(".xlsm"))
    (document,) = Workbooks().documents(report(list(ExcelSource().read(macro))))
    assert document.suffix == ".xlsm"


def test_a_workbook_that_can_be_read_but_is_too_damaged_to_copy(book):
    parts = parts_of(book.read_bytes())
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = b"<"
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    content = marked(book)
    made = openpyxl.load_workbook(io.BytesIO(content))
    assert made.sheetnames == ["谈话", "人员", "备忘", "数据问题"] and made["备忘"]["B1"].value == "3"
    assert made["数据问题"]["A4"].value.startswith("原工作簿有损坏") and "谈话!B2" in comments(content)


# --- parts as few programs write them --------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def bare(path, prefix="", main=MAIN, relations=OFFICE_RELATIONS):
    """A workbook without styles, comments or shared texts, its elements under a prefix."""
    p, declared = (f"{prefix}:", f"xmlns:{prefix}") if prefix else ("", "xmlns")
    rows = [["谈话编号", "谈话类型", "结束日期", "被谈话人"], ["T1", "定期谈", "2026-02-03", "P1"]]
    cells = "".join(
        f'<{p}row r="{number}">'
        + "".join(f'<{p}c r="{letter}{number}" t="inlineStr"><{p}is><{p}t>{value}</{p}t></{p}is></{p}c>' for letter, value in zip("ABCD", row))
        + f"</{p}row>"
        for number, row in enumerate(rows, 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    made = {
        "[Content_Types].xml": f'<t:Types xmlns:t="{package}/content-types"><t:Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<t:Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><t:Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></t:Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<{p}workbook {declared}="{main}" xmlns:q="{relations}"><{p}sheets><{p}sheet name="谈话" sheetId="7" q:id="policy1"/></{p}sheets></{p}workbook>',
        "xl/_rels/workbook.xml.rels": f'<r:Relationships xmlns:r="{package}/relationships"><r:Relationship Id="policy1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></r:Relationships>',
        "xl/worksheets/sheet1.xml": f'<{p}worksheet {declared}="{main}"><{p}sheetData>{cells}</{p}sheetData></{p}worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(("prefix", "main", "relations"), [("", MAIN, OFFICE_RELATIONS), ("x", MAIN, OFFICE_RELATIONS), ("", STRICT, STRICT_RELATIONS), ("x", STRICT, STRICT_RELATIONS)])
def test_prefixes_and_the_strict_form(tmp_path, prefix, main, relations):
    content = marked(bare(tmp_path / "a.xlsx", prefix, main, relations))
    parts = parts_of(content)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    p = f"{prefix}:" if prefix else ""
    assert f'<{p}conditionalFormatting sqref="B2">' in sheet and f'<{p}legacyDrawing xmlns:r="{relations}" r:id="policy2"/></{p}worksheet>' in sheet
    assert main in parts["xl/policyComments1.xml"].decode() and f'Type="{relations}/styles"' in parts["xl/_rels/workbook.xml.rels"].decode()
    assert f'sheetId="8" r:id="policy3"/></{p}sheets>' in parts["xl/workbook.xml"].decode()
    for xml in parts.values():
        ElementTree.fromstring(xml)
    if main == MAIN and not prefix:
        assert list(comments(content)) == ["谈话!B2"] and len(coloured(content)) == 1
        assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["谈话", "数据问题"]


def test_a_sheet_without_an_end_tag_for_its_cells(tmp_path):
    path = bare(tmp_path / "a.xlsx")
    parts = parts_of(path.read_bytes())
    parts["xl/worksheets/sheet2.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData/><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/></worksheet>'.encode()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", b'<sheet name="\xe4\xba\xba\xe5\x91\x98" sheetId="9" q:id="rId9"/></sheets>')
    relation = f'<r:Relationship Id="rId9" Type="{OFFICE_RELATIONS}/worksheet" Target="/xl/worksheets/sheet2.xml"/></r:Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(b"</r:Relationships>", relation.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    content = marked(path)
    page = openpyxl.load_workbook(io.BytesIO(content))["数据问题"]
    assert any("表 `人员` 是空的" in str(row[2]) for row in page.iter_rows(values_only=True))


# --- data that are in no workbook ------------------------------------------------------------------------------------


def text(path, rows):
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    return list(CsvSource().read(path))


def test_texts_become_a_workbook_in_which_nothing_is_a_formula(tmp_path):
    (tmp_path / "台账").mkdir()
    tables = [*text(tmp_path / "台账" / "谈话.csv", [HEADER, *ROWS[:2], [], *ROWS[2:]]), *text(tmp_path / "台账" / "人员.csv", [["人员编号", "姓名"], ["P1", "张三"]])]
    (document,) = Workbooks().documents(report(tables))
    assert (document.title, document.suffix) == ("台账", ".xlsx")
    made = openpyxl.load_workbook(io.BytesIO(document.content))
    assert made.sheetnames == ["谈话", "人员", "数据问题"]
    page = made["谈话"]
    assert [cell.value for cell in page[2]] == [*ROWS[0][:5], None, ROWS[0][6]]
    assert [cell.value for cell in page[5]][:4] == ["T2", "定期谈话", None, "张三"]  # a blank row stays
    assert not [cell for sheet in made for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert page["E2"].number_format == "@"
    assert coloured(document.content) == [("A5 B2 C3 E2 E6 F3", "FFFFC7CE"), ("B6 C5:C6 D3", "FFFFEB9C")]
    (tmp_path / "a.xlsx").write_bytes(document.content)
    again = report(list(ExcelSource().read(tmp_path / "a.xlsx")))
    assert [problem.code for problem in again.problems] == [problem.code for problem in report(tables).problems]


def test_records_of_toml_become_rows(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text('[[谈话]]\n谈话编号 = "T1"\n谈话类型 = "定期谈"\n\n[[谈话]]\n谈话编号 = "T2"\n谈话类型 = "x"\n', "utf-8")
    (document,) = Workbooks().documents(report(list(TomlSource().read(path))))
    page = openpyxl.load_workbook(io.BytesIO(document.content))["谈话"]
    assert list(page.iter_rows(values_only=True)) == [("谈话编号", "谈话类型"), ("T1", "定期谈"), ("T2", "x")]
    assert coloured(document.content) == [("B2:B3", "FFFFC7CE")]


def test_names_that_a_sheet_cannot_have(tmp_path):
    tables = [table for name in ("a:b", "a*b", "A_b", "长" * 40) for table in text(tmp_path / f"{name}.csv", [["x"], ["1"]])]
    (document,) = Workbooks().documents(report(tables, extra=("a:b", "a*b", "A_b", "长" * 40)))
    assert openpyxl.load_workbook(io.BytesIO(document.content)).sheetnames == ["a_b", "a_b 2", "A_b 3", "长" * 31, "数据问题"]


def test_several_workbooks_have_a_copy_each(book, tmp_path):
    other = tmp_path / "其他.xlsx"
    shutil.copy(book, other)
    tables = [*ExcelSource().read(book), *ExcelSource().read(other), *text(tmp_path / "人员.csv", [["人员编号", "姓名"], ["P1", "李四"]])]
    problems = (report(tables).problems[0],)
    broken = attrs.evolve(problems[0], code="D072", arguments=(), file="坏.xlsx", sheet=None, row=None, column=None, rows=())
    documents = list(Workbooks().documents(report(tables, problems=(broken,))))
    assert [document.title for document in documents] == ["台账", "其他", tmp_path.name]
    for document in documents:
        page = openpyxl.load_workbook(io.BytesIO(document.content))["数据问题"]
        assert any(row[0] == "坏.xlsx" for row in page.iter_rows(values_only=True))


def test_nothing_could_be_read(tmp_path):
    problem = attrs.evolve(report([*text(tmp_path / "x.csv", [["x"]])]).problems[0], code="D072", arguments=(), file="坏.xlsx", sheet=None)
    (document,) = Workbooks().documents(report([], problems=(problem,)))
    assert openpyxl.load_workbook(io.BytesIO(document.content)).sheetnames == ["数据", "数据问题"]


def test_much_is_cut_short(tmp_path):
    rows = [HEADER, *(["", "定期谈", "", "P9", "", "", ""] for _ in range(2000))]
    (document,) = Workbooks().documents(report(text(tmp_path / "谈话.csv", rows)))
    page = openpyxl.load_workbook(io.BytesIO(document.content))["数据问题"]
    assert (page.max_row, page.cell(page.max_row, 1).value) == (4 + 5000 + 1, "另有 1000 处，改正以上各处后再查")
    assert len(comments(document.content)) == 1000
    assert coloured(document.content)[0][0] == "A2:A2001 B2:B2001"


# --- a page ----------------------------------------------------------------------------------------------------------


def page(tables, **more):
    (document,) = Page().documents(report(tables, **more))
    assert document.suffix == ".html"
    return document.content.decode()


@pytest.mark.parametrize("extra", [("谈话.附注", "备忘"), ("备忘",)])
def test_a_page_shows_troubled_rows_and_nothing_confidential(book, extra):
    html = page(list(ExcelSource().read(book)), extra=extra)
    assert html.startswith("<!DOCTYPE html>") and 'lang="zh-CN"' in html
    assert '<td class="error">定期谈</td>' in html and '<td class="error">许多</td>' in html
    assert '<td class="error">***</td>' in html and '<td class="remark">***</td>' in html
    for hidden in ("张三", "生日", "2026-02-03 ", "cmd"):
        assert hidden not in html
    assert "script" not in html and "http" not in html and "url(" not in html


def test_a_page_in_english(book):
    html = page(list(ExcelSource().read(book)), language="en")
    assert "errors: 5, remarks: 4" in html and '<span class="letter">B</span> kind' in html


def test_a_page_makes_everything_harmless(tmp_path):
    rows = [HEADER, ["<b>T</b>", "<script>x</script>", "2026-02-30", "P1", "\x1b[31m", "", ""]]
    html = page(text(tmp_path / "谈话.csv", rows))
    assert "<script>" not in html and "<b>T" not in html and "\x1b" not in html and "&lt;script&gt;" in html


def test_a_page_of_tables_that_cannot_be_used(tmp_path):
    html = page(text(tmp_path / "谈话.csv", [["台账一览"], HEADER, *ROWS]))
    assert "其他问题" in html and "张三" not in html and "定期谈" not in html


def test_a_page_without_problems(tmp_path):
    assert "没有发现数据问题" in page(text(tmp_path / "人员.csv", [["人员编号", "姓名"], ["P1", "张三"]]))


def test_the_same_for_programs(book):
    (document,) = JsonData().documents(report(list(ExcelSource().read(book))))
    told = json.loads(document.content)
    assert list(told) == ["tool", "version", "as_of", "secrecy", "inputs", "absent", "data_problems"]
    schema = json.loads(files("policy_json").joinpath("schema.json").read_text("utf-8"))  # of the report, which has the same members
    members = {"properties": {name: schema["properties"][name] for name in told}, "$defs": schema["$defs"], "additionalProperties": False}
    Draft202012Validator(members).validate(told)
    assert next(one for one in told["data_problems"] if one["error"]) == {
        "code": "D035",
        "message": "`谈话类型` 没有 `定期谈` 这一项，是否应为 `定期谈话`？",
        "accepted": "可填：定期谈话、及时谈话",
        "error": True,
        "file": str(book),
        "sheet": "谈话",
        "row": 2,
        "column": "B",
        "rows": [],
    }
