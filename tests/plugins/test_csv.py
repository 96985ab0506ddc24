"""Text files as they come out of spreadsheets and databases."""

import csv
import hashlib
import io
import sys

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policy_csv
import policy_csv.layout
import policy_csv.plain
from policy.hooks.spec import SourceError
from policy.lang.table import table_of_grid
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


# --- large files, whose rows nobody holds ----------------------------------------------------------------------------

PIECES = [
    "a", "1", "甲", "Ａ１", "😀", " ", "\u3000", "", '"', '""', '"x"', '"x\ny"', '"x,\r\n""y"', ",", ",,", ";", "\t", "|", "\n", "\r", "\r\n", "\n\n", "\r\r\n",
    "\x0b", "\x1c", "\x85", "\u2028", "\ufeff", "sep=;", "sep=|\r\n", "=1+1", "\u200b", "\0", "id,name\n", "1,2\n", "1,2,3\n", "1\n",
]  # fmt: skip
BYTES = [b"a,b\n", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x81", b"\x30", b"\xe4\xb8", b"\n", b'"', b"PK\x03\x04", b"\0"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"]
CELLS = st.sampled_from(["a", "1", "甲", "Ａ１", "😀", " x", "", " ", "\u3000", "\t", "\x0b", "\x1c", "\x85", "\u2028", "\ufeff", "'", "=1+1", "\\", "\u200b"])
LINES = st.one_of(st.lists(CELLS, min_size=2, max_size=2), st.lists(CELLS, min_size=1, max_size=3))
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\n\n", "\r", ""])
"""Of lines without quotes, most of them as wide as others."""
CONTENTS = st.one_of(
    st.builds(lambda lines: "".join(",".join(cells) + end for cells, end in lines).encode(), st.lists(st.tuples(LINES, ENDS), max_size=8)),
    st.builds(lambda pieces, encoding: "".join(pieces).encode(encoding), st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(ENCODINGS)),
    st.lists(st.sampled_from(BYTES), max_size=6).map(b"".join),
)


def at_once(content, path):
    """The table that Python's own reader gives of the whole text."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = [encoding for mark, encoding in marks.items() if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first[:4].lower() == "sep=" and len(first) == 5:
        separator, text = first[4], text[text.index(first) + 5 :].lstrip("\r\n")
    else:
        separator = max(",\t;|", key="".join(first.split('"')[::2]).count)
    notes = () if encoding.startswith("utf-8") else (f"encoding {encoding.upper()}",)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return table_of_grid(path.stem, str(path), None, list(rows), notes=notes, sha256=hashlib.sha256(content).hexdigest())


def of_batches(stream):
    """The rows that the record batches of a stream have."""
    for first, batch in stream.batches():
        yield from enumerate(zip(*(column.to_pylist() for column in batch.columns)), first)


def outcome(path):
    try:
        (table,) = CsvSource().read(path)
    except SourceError as error:
        return error.code, error.location, error.arguments
    if table.scan is not None:
        assert list(table.scan.rows()) == list(table.rows)
    if table.scan is not None and table.scan.batches is not None:
        assert list(of_batches(table.scan)) == list(table.rows)
    return attrs.evolve(table, rows=tuple(table.rows), scan=None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=CONTENTS, large=st.booleans(), chunk=st.sampled_from([1, 2, 3, 5, 4096]))
def test_every_file_is_what_python_reads_at_once(tmp_path, monkeypatch, content, large, chunk):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    monkeypatch.setattr(policy_csv, "_LARGE", 0 if large else 2**40)
    monkeypatch.setattr(policy_csv.layout, "_AT_ONCE", chunk)
    monkeypatch.setattr(policy_csv.layout, "_FIRST", chunk)
    found = outcome(path)
    if isinstance(found, tuple):
        assert found[0] in ("D060", "D061", "D062", "D063")
        monkeypatch.setattr(policy_csv, "_LARGE", 2**40 if large else 0)
        assert outcome(path) == found
    else:
        assert found == at_once(content, path)


def test_a_large_file_is_given_to_engines_unless_a_row_is_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(policy_csv, "_LARGE", 0)
    table = read(tmp_path / "a.csv", "a,b,\n1\n\n2,3,\n")
    assert (len(table.rows), table.columns, table.scan.kinds) == (2, ("a", "b"), ("VARCHAR", "VARCHAR"))
    assert list(table.scan.rows()) == [(2, ("1", None)), (4, ("2", "3"))]
    assert read(tmp_path / "a.csv", "a,b\n1,2,3\n").scan is None


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        (b"a,b\n1,2\n3,\n", True), (b"\xef\xbb\xbfa;b\r\n1;2\r\n", True), (b"a,b\n1,\xe7\x94\xb2", True), ("编号\t备注\n甲\t\u3000\n".encode(), True), (b"a\nx\n", True),
        (b'a,b\n1,"2"\n', False), (b"a,b\n1\n", False), (b"a,b\n1,2,3\n", False), (b"a,b\n,2\n", False), (b"a,b\n\n1,2\n", False), (b"a,b\n1,2\r3,4\n", False),
        (b"a,b\n1,\x1c\n", False), (b"a,\n1,2\n", False), (b"\na,b\n1,2\n", False), (b"sep=;\na;b\n1;2\n", False), ("编号,备注\n甲,乙\n".encode("gb18030"), False),
        (b"a,b\n1," + b"x" * 131_072 + b"\n", True), (b"a,b\n1,2\n\n", False), (b"a,b", False),
    ],
)  # fmt: skip
def test_which_files_are_read_by_columns(tmp_path, monkeypatch, content, plain):
    monkeypatch.setattr(policy_csv, "_LARGE", 0)
    stream = read(tmp_path / "a.csv", content).scan
    assert (stream is not None and stream.batches is not None) == plain
    if plain:
        assert list(of_batches(stream)) == list(stream.rows()) != []


def test_without_arrow_every_file_is_read_row_by_row(tmp_path, monkeypatch):
    monkeypatch.setattr(policy_csv, "_LARGE", 0)
    assert read(tmp_path / "a.csv", b"a,b\n1,2\n").scan.batches is not None
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    without = read(tmp_path / "a.csv", b"a,b\n1,2\n")
    assert (without.scan.batches, list(without.rows)) == (None, [(2, ("1", "2"))])


def test_a_cell_that_is_too_long_is_refused_however_the_file_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(policy_csv, "_LARGE", 0)
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "a.csv", b"a,b\n1," + b"x" * 131_073 + b"\n")
    assert (caught.value.code, caught.value.arguments["row"]) == ("D064", "2")


def test_carriage_returns_between_two_chunks(tmp_path, monkeypatch):
    monkeypatch.setattr(policy_csv, "_LARGE", 0)
    for chunk in range(1, 9):
        monkeypatch.setattr(policy_csv.plain, "_CHECKED", 2**20 if chunk == 8 else chunk)
        assert policy_csv.plain._is_plain(policy_csv.layout.layout_of(written(tmp_path, b"a,b\r\n1,2\r\n"), True))
        for content in (b"a,b\r\n1,2\r", b"a,b\r\r\n1,2\n", b"a,b\n\r1,2\n", b"a,b\r\n1,\r2\r\n"):
            assert not policy_csv.plain._is_plain(policy_csv.layout.layout_of(written(tmp_path, content), True))


def written(folder, content):
    (folder / "a.csv").write_bytes(content)
    return folder / "a.csv"


def test_a_line_break_between_two_chunks_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr(policy_csv, "_LARGE", 0)
    for count in range(8_180, 8_200):  # what Python decodes at once
        content = f"{'a' * (count - 2)},b\r\n1,2\r\n"
        table = read(tmp_path / "a.csv", content)
        assert list(table.rows) == [(2, ("1", "2"))]
