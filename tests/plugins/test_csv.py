"""Text files as they come out of spreadsheets and databases."""

import hashlib

import pytest

from policy.hooks.spec import SourceError
from policy.messages import text
from policy_csv import CsvSource

TEXT = "谈话编号,备注\nT1,好\n"


def read(path, content, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    (table,) = CsvSource().read(path)
    return table


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("gb18030", ("encoding GB18030",)),
        ("gbk", ("encoding GB18030",)),
        ("utf-16", ("encoding UTF-16",)),
    ],
)
def test_encodings(tmp_path, encoding, notes):
    path = tmp_path / "谈话.csv"
    table = read(path, TEXT, encoding)
    assert (table.name, table.file, table.sheet) == ("谈话", str(path), None)
    assert (table.header, table.columns, table.labels) == (1, ("谈话编号", "备注"), ("A", "B"))
    assert list(table.rows) == [(2, ("T1", "好"))]
    assert (table.notes, table.sha256) == (notes, hashlib.sha256(path.read_bytes()).hexdigest())


def test_utf_16_of_the_other_byte_order(tmp_path):
    assert read(tmp_path / "a.csv", b"\xfe\xff" + TEXT.encode("utf-16-be")).columns == ("谈话编号", "备注")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path, separator):
    other = "," if separator == ";" else ";"
    table = read(tmp_path / "a.txt", f'a{separator}"b{other}{other}{other}"\n1{separator}2\n')
    assert (table.columns, list(table.rows)) == (("a", f"b{other}{other}{other}"), [(2, ("1", "2"))])


def test_a_first_line_that_says_the_separator(tmp_path):
    table = read(tmp_path / "a.csv", "sep=;\r\na;b,c,d\r\n1;2\r\n")
    assert (table.header, table.columns, list(table.rows)) == (1, ("a", "b,c,d"), [(2, ("1", "2"))])


def test_one_column(tmp_path):
    assert read(tmp_path / "a.csv", "id\nT1\n").columns == ("id",)


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    table = read(tmp_path / "a.csv", '\n,\na,b\n1,"x\ny"\n\n2,z\n')
    assert (table.header, list(table.rows)) == (3, [(4, ("1", "x\ny")), (6, ("2", "z"))])


def test_ragged_rows(tmp_path):
    table = read(tmp_path / "a.csv", "a,b,,\n1\n1,2,,\n1,2,3\n")
    assert table.columns == ("a", "b", "")
    assert [cells for _, cells in table.rows] == [("1", None, None), ("1", "2", ""), ("1", "2", "3")]
    table = read(tmp_path / "b.csv", "a,b\n1,2,,\n1,2,3\n")
    assert [cells for _, cells in table.rows] == [("1", "2"), ("1", "2", "3")]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file(tmp_path, content):
    table = read(tmp_path / "a.csv", content)
    assert (table.columns, list(table.rows)) == ((), [])


@pytest.mark.parametrize(
    ("content", "code", "arguments"),
    [
        (b"a,b\n1,\x002\n", "D061", {}),
        ("a,b\n".encode("utf-16-le"), "D061", {}),
        (b"PK\x03\x04rest", "D062", {}),
        (b"a,b\n\xff\xff\n", "D060", {}),
        (b'a,b\n1,2\n3,"4\n5,6\n', "D063", {"row": "3"}),
        (b'a,b\n"1"x,2\n', "D063", {"row": "2"}),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "D064", {"row": "2"}),
    ],
)
def test_files_that_cannot_be_read(tmp_path, content, code, arguments):
    path = tmp_path / "a.csv"
    with pytest.raises(SourceError) as caught:
        read(path, content)
    assert (caught.value.code, caught.value.location, caught.value.arguments) == (code, str(path), arguments)
    assert text(code, "zh", **arguments) and text(code, "en", **arguments)
