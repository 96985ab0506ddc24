"""Workbooks, read alike with and without python-calamine."""

import datetime
import hashlib
import re
import sys
import zipfile

import openpyxl
import openpyxl.chart
import openpyxl.comments
import pytest

from policy.hooks.spec import SourceError
from policy.messages import text
from policy_excel import ExcelSource

DAY = datetime.date(2026, 2, 3)


def both(path):
    """The tables as either library gives them, which must be the same."""
    fast = list(ExcelSource().read(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "python_calamine", None)
        slow = list(ExcelSource().read(path))
    assert fast == slow
    assert repr(fast) == repr(slow)  # 1 and 1.0 and True are equal
    return fast


def rewritten(path, part, old, new):
    """The workbook with a change to the XML of a part."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert re.search(old, parts[part])
    parts[part] = re.sub(old, new, parts[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def book():
    return openpyxl.Workbook()


def saved(book, tmp_path, name="a.xlsx"):
    book.save(tmp_path / name)
    return tmp_path / name


def test_values_of_every_kind(book, tmp_path):
    sheet = book.active
    sheet.title = "谈话"
    row = [
        "001",
        1,
        2.0,
        1.5,
        DAY,
        datetime.datetime(2026, 2, 3, 10, 30),
        True,
        False,
        datetime.time(9, 30),
        "  张 三\n",
        None,
        0,
        -3,
    ]
    sheet.append([f"c{number}" for number in range(len(row))])
    sheet.append(row)
    path = saved(book, tmp_path)
    (table,) = both(path)
    assert (table.name, table.file, table.sheet, table.header) == ("谈话", str(path), "谈话", 1)
    assert table.labels[:3] == ("A", "B", "C") and table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    ((line, cells),) = table.rows
    assert line == 2
    assert repr(cells) == repr(
        ("001", 1, 2, 1.5, DAY, datetime.datetime(2026, 2, 3, 10, 30), True, False, "09:30:00", "  张 三\n", None, 0, -3)
    )


def test_long_numbers_stay_floats(book, tmp_path):
    book.active.append(["id"])
    book.active.append([123456789012345678])
    book.active.append([123456789012345])
    (table,) = both(saved(book, tmp_path))
    (_, (rounded,)), (_, (exact,)) = table.rows
    assert (type(rounded), type(exact)) == (float, int)
    assert (rounded, exact) == (pytest.approx(1.23456789e17), 123456789012345)


def test_the_header_is_the_first_row_that_is_not_blank(book, tmp_path):
    sheet = book.active
    sheet["B3"], sheet["C3"], sheet["B6"], sheet["C4"] = "id", "备注", "T1", "x"
    (table,) = both(saved(book, tmp_path))
    assert (table.header, table.columns, table.labels) == (3, ("", "id", "备注"), ("A", "B", "C"))
    assert list(table.rows) == [(4, (None, None, "x")), (6, (None, "T1", None))]


def test_formulas(book, tmp_path):
    sheet = book.active
    sheet.append(["id", "none", "stored", "failed", "empty text"])
    sheet.append(["T1", '=IF(1<2,"a&b","")', "=1+1", "=1/0", '=""'])
    sheet["G9"] = "=NOW()"
    path = rewritten(
        saved(book, tmp_path), "xl/worksheets/sheet1.xml", rb'r="C2"><f>1\+1</f><v(?: ?/>|></v>)', rb'r="C2"><f>1+1</f><v>2</v>'
    )
    rewritten(path, "xl/worksheets/sheet1.xml", rb'r="D2"><f>1/0</f><v(?: ?/>|></v>)', rb'r="D2" t="e"><f>1/0</f><v>#DIV/0!</v>')
    rewritten(path, "xl/worksheets/sheet1.xml", rb'r="E2"><f>""</f><v(?: ?/>|></v>)', rb'r="E2" t="str"><f>""</f><v></v>')
    (table,) = both(path)
    assert list(table.rows) == [
        (2, ("T1", '=IF(1<2,"a&b","")', 2, "#DIV/0!", None)),
        (9, (None, None, None, None, None, None, "=NOW()")),
    ]


def test_shared_formulas_without_a_text(book, tmp_path):
    book.active.append(["id"])
    book.active.append(["=1"])
    path = rewritten(saved(book, tmp_path), "xl/worksheets/sheet1.xml", rb"<f>1</f><v(?: ?/>|></v>)", rb'<f t="shared" si="0"/>')
    assert both(path)[0].rows == ((2, ("=…",)),)


def test_days_counted_from_1904(book, tmp_path):
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["day"])
    book.active.append([DAY])
    (table,) = both(saved(book, tmp_path))
    assert table.date1904 and table.rows == ((2, (DAY,)),)


def test_the_day_formats_of_chinese_editions(book, tmp_path):
    book.active.append(["day"])
    book.active.append([46056])
    book.active["A2"].number_format = 'yyyy"年"m"月"d"日"'
    path = rewritten(saved(book, tmp_path), "xl/styles.xml", rb'<xf numFmtId="164"', rb'<xf numFmtId="31"')
    assert both(path)[0].rows == ((2, (DAY,)),)


def test_escaped_characters(book, tmp_path):
    book.active.append(["a_x000D_b"])
    assert both(saved(book, tmp_path))[0].columns == ("a\rb",)


def test_texts_beside_the_cells(book, tmp_path):
    sheet, other = book.active, book.create_sheet("b")
    sheet["A1"], other["A1"] = "id", "id"
    sheet.oddHeader.left.text, sheet.oddHeader.left.font, sheet.oddHeader.left.size = "机密★10年", "黑体,常规", 14
    sheet.oddHeader.right.text = "A && B &P"
    sheet.evenFooter.center.text = "一<二"
    sheet["A1"].comment = openpyxl.comments.Comment("机密\n第二行", "某人")
    other.add_chart(openpyxl.chart.BarChart())
    book.properties.keywords = "机密"
    path = rewritten(saved(book, tmp_path), "xl/drawings/drawing1.xml", b"</(\\w+:)?oneCellAnchor>", "".join((
        '<a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:r><a:t>机</a:t></a:r><a:r><a:t>密</a:t></a:r></a:p>', r"\g<0>"
    )).encode())  # fmt: skip
    first, second = (dict.fromkeys((place, text.strip()) for place, text in table.beside if text.strip()) for table in both(path))
    assert list(first)[:4] == [("page", "机密★10年"), ("page", "A & B"), ("page", "一<二"), ("comment", "机密\n第二行")]
    assert ("property", "机密") in first and ("property", "机密") not in second
    assert list(second) == [("drawing", "机密")]


def test_hidden_rows_and_sheets_are_read_and_noted(book, tmp_path):
    sheet = book.active
    for row in (["id"], ["T1"], ["T2"], ["T3"]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    hidden, codes = book.create_sheet("隐藏"), book.create_sheet("codes")
    hidden.append(["id"])
    hidden.sheet_state, codes.sheet_state = "hidden", "veryHidden"
    tables = both(saved(book, tmp_path))
    assert [(table.name, table.notes, len(table.rows)) for table in tables] == [
        ("Sheet", ("hidden_rows 2",), 3),
        ("隐藏", ("hidden_sheet",), 0),
    ]


def test_empty_sheets_and_merged_cells(book, tmp_path):
    book.create_sheet("空")
    sheet = book.create_sheet("并")
    sheet.append(["a", "b"])
    sheet.append(["x", None])
    sheet.merge_cells("A2:B2")
    empty, blank, merged = both(saved(book, tmp_path))
    assert (empty.columns, blank.columns, blank.rows) == ((), (), ())
    assert merged.rows == ((2, ("x", None)),)


def test_charts_are_no_tables(book, tmp_path):
    book.active.append(["id"])
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book.active, min_col=1, min_row=1))
    book.create_chartsheet("图").add_chart(chart)
    assert [table.name for table in both(saved(book, tmp_path))] == ["Sheet"]


def test_macro_workbooks(book, tmp_path):
    book.active.append(["id"])
    assert both(saved(book, tmp_path, "a.xlsm"))[0].columns == ("id",)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0", "D070"),
        ("a.et", b"anything", "D070"),
        ("a.XLS", b"anything", "D070"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "D071"),
        ("a.xlsx", b"id,name\n", "D072"),
        ("a.xlsx", b"", "D072"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "D072"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    for library in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            if not library:
                patch.setitem(sys.modules, "python_calamine", None)
            with pytest.raises(SourceError) as caught:
                list(ExcelSource().read(path))
        assert (caught.value.code, caught.value.location) == (code, str(path))
        assert ".xlsx" in text(code, "zh", **caught.value.arguments)


def test_a_workbook_cut_off(book, tmp_path):
    book.active.append(["id"])
    path = saved(book, tmp_path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceError):
        ExcelSource().read(path)


def test_cells_that_are_shown_as_one(book, tmp_path):
    sheet = book.active
    for row in (("甲", "乙", "丙"), ("一组", None, None), ("1", "2", "3"), ("4", None, "5")):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("B3:B4")
    (table,) = both(saved(book, tmp_path))
    assert set(table.merged) == {(2, 0, 2, 2), (3, 1, 4, 1)}
