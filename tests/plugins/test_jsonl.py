"""JSON as programs export it: the line of every record, and everything that it must not be."""

from __future__ import annotations

import hashlib
import time
from decimal import Decimal

import pytest

from policy.hooks.spec import SourceError
from policy.lang.table import Opaque
from policy.messages import text
from policy_jsonl import JsonLinesSource, JsonSource

LINES = '{"id": "T1", "size": 5}\n\n{"id": "T2", "note": "好", "done": true, "size": null}\r\n'


def read(path, content, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return (JsonSource() if path.suffix == ".json" else JsonLinesSource()).read(path)


def test_lines_are_rows_of_one_table(tmp_path):
    path = tmp_path / "谈话.jsonl"
    (table,) = read(path, LINES)
    assert (table.name, table.file, table.sheet, table.header) == ("谈话", str(path), None, None)
    assert table.columns == table.labels == ("id", "size", "note", "done")
    assert list(table.rows) == [(1, ("T1", 5, None, None)), (3, ("T2", None, "好", True))]
    assert (table.notes, table.sha256) == ((), hashlib.sha256(path.read_bytes()).hexdigest())


def test_a_line_ends_where_the_file_says_and_nowhere_else(tmp_path):
    (table,) = read(tmp_path / "a.ndjson", '{"a": "x\u2028y"}\n{"a": 1}')
    assert list(table.rows) == [(1, ("x\u2028y",)), (2, (1,))]


def test_a_list_is_one_table_and_its_rows_stand_where_they_begin(tmp_path):
    (table,) = read(tmp_path / "talk.json", '[\n  {"id": "T1",\n   "size": 1},\n\n  {"id": "T2"}, {"id": "T3"}\n]\n')
    assert (table.name, [line for line, _ in table.rows]) == ("talk", [2, 5, 5])


def test_empty_objects_are_no_rows(tmp_path):
    assert [line for line, _ in read(tmp_path / "a.json", '[{},\n{"a": 1}, {}]')[0].rows] == [2]
    assert [line for line, _ in read(tmp_path / "a.jsonl", '{}\n{"a": 1}\n')[0].rows] == [2]


def test_an_object_of_lists_is_a_table_each(tmp_path):
    tables = read(tmp_path / "a.json", '{"谈话": [{"id": "T1"}],\n "person": [],\n "报告": [\n  {"id": "R1", "x": 1}]}')
    assert [(table.name, table.columns, list(table.rows)) for table in tables] == [
        ("谈话", ("id",), [(1, ("T1",))]),
        ("person", (), []),
        ("报告", ("id", "x"), [(4, ("R1", 1))]),
    ]


def test_numbers_stay_exact(tmp_path):
    (table,) = read(tmp_path / "a.json", '[{"a": 0.1, "b": 12345678901234567890, "c": 1E+2, "d": -0}]')
    assert list(table.rows) == [(1, (Decimal("0.1"), 12345678901234567890, Decimal("1E+2"), 0))]


def test_what_is_nested_is_no_value_and_can_be_left_out(tmp_path):
    (table,) = read(tmp_path / "a.jsonl", '{"id": "T1"}\n{"id": "T2", "more": [1, {"x": 2}], "other": {}}')
    assert list(table.rows)[1] == (2, ("T2", Opaque("array"), Opaque("object")))


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [("utf-8", ()), ("utf-8-sig", ()), ("gb18030", ("encoding GB18030",)), ("utf-16", ("encoding UTF-16",))],
)
def test_encodings(tmp_path, encoding, notes):
    for name in ("a.json", "a.jsonl"):
        (table,) = read(tmp_path / name, '[{"编号": "甲"}]' if name == "a.json" else '{"编号": "甲"}', encoding)
        assert (table.columns, table.notes) == (("编号",), notes)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_no_records(tmp_path, name):
    (table,) = read(tmp_path / name, "[]" if name == "a.json" else "\n \n")
    assert (table.columns, list(table.rows)) == ((), [])


REFUSED = [
    ("a.json", b"\xff\xff", "D210", {}),
    ("a.json", "", "D212", {}),
    ("a.json", "5", "D212", {}),
    ("a.json", '"[1]"', "D212", {}),
    ("a.json", "[1]", "D216", {"row": "1"}),
    ("a.json", '[{"a": 1},\n [2]]', "D216", {"row": "2"}),
    ("a.json", '[\n{"a": 1}\n{"a": 2}]', "D211", {"row": "3", "column": "1"}),
    ("a.json", '[{"a": 1}', "D211", {"row": "1", "column": "10"}),
    ("a.json", '[{"a": 1}] x', "D211", {"row": "1", "column": "12"}),
    ("a.json", '[{"a": NaN}]', "D211", {"row": "1", "column": "2"}),
    ("a.json", '[{"a": ' + "9" * 5000 + "}]", "D211", {"row": "1", "column": "2"}),
    ("a.json", '[{"a": "\0"}]', "D211", {"row": "1", "column": "9"}),
    ("a.json", "[{'a': 1}]", "D211", {"row": "1", "column": "3"}),
    ("a.json", '[{"a": 1, "b": 2,\n"a": 3}]', "D215", {"row": "1", "key": "a"}),
    ("a.json", '[{"x": ' + "[" * 100_000, "D214", {"row": "1"}),
    ("a.json", '\n{"id": "T1"}', "D213", {"row": "2", "key": "id"}),
    ("a.json", '{"a": [], "a": []}', "D215", {"row": "1", "key": "a"}),
    ("a.json", '{"a": [],\n}', "D211", {"row": "2", "column": "1"}),
    ("a.json", '{"a" []}', "D211", {"row": "1", "column": "6"}),
    ("a.json", '{"a": []', "D211", {"row": "1", "column": "9"}),
    ("a.json", "[{" + ",".join(f'"T{n}": {n}' for n in range(1001)) + "}]", "D217", {"table": "a"}),
    ("a.json", '[{"x": 1' + ",".join(f', "a{n}": 1' for n in range(900)).replace(",,", ",") + "}" + ',{"x": 1}' * 20_000 + "]", "D217", {"table": "a"}),
    ("a.jsonl", '{"a": 1}\n[1]', "D216", {"row": "2"}),
    ("a.jsonl", '{"a": 1}\n{"a": 1} {"a": 2}', "D211", {"row": "2", "column": "10"}),
    ("a.jsonl", '{"a": 1}\n{"a": 1', "D211", {"row": "2", "column": "8"}),
    ("a.jsonl", '{"a": 1}\n' + '{"a":' * 100_000, "D214", {"row": "2"}),
]


@pytest.mark.parametrize(("name", "content", "code", "arguments"), REFUSED, ids=range(len(REFUSED)))
def test_files_that_cannot_be_read(tmp_path, name, content, code, arguments):
    path = tmp_path / name
    with pytest.raises(SourceError) as caught:
        read(path, content)
    assert (caught.value.code, caught.value.location, caught.value.arguments) == (code, str(path), arguments)
    assert text(code, "zh", **arguments) and text(code, "en", **arguments)


def test_a_hundred_thousand_records_on_lines_of_their_own_are_quick(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("[\n" + ",\n".join(f'{{"id": "T{n}", "day": "2026-02-03", "size": {n}}}' for n in range(100_000)) + "\n]", "utf-8")
    start = time.perf_counter()
    (table,) = JsonSource().read(path)
    assert time.perf_counter() - start < 5  # takes a tenth of that on an idle machine
    assert table.rows[-1] == (100_001, ("T99999", "2026-02-03", 99_999))
