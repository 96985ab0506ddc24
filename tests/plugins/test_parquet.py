"""Tables in Parquet: typed cells, rows counted from 1, and what is said where a file cannot be read; reports in Parquet."""

from __future__ import annotations

import datetime
import errno
import hashlib
import io
import json
import sys
from decimal import Decimal

import attrs
import duckdb
import policy_parquet.outcomes
import pytest
from hypothesis import given
from policy_json import JsonLines
from policy_parquet import ParquetReport, ParquetSource
from policy_parquet.outcomes import SCHEMA
from pyarrow import parquet

from policy.hooks.manager import load_plugins
from policy.hooks.spec import SourceError
from policy.lang.table import Opaque
from policy.messages import text
from tests.reports import COMPARED, EMPTY, FULL
from tests.strategies.reports import hostile_reports

DAY = datetime.date(2026, 2, 3)


@pytest.fixture
def written(tmp_path):
    def written(query, name="talk"):
        file = tmp_path / f"{name}.parquet"
        duckdb.execute(f"copy ({query}) to '{file}' (format parquet)")
        return file

    return written


def refused(file, language="en"):
    with pytest.raises(SourceError) as caught:
        ParquetSource().read(file)
    assert caught.value.location == str(file)
    return text(caught.value.code, language, **caught.value.arguments)


def test_it_is_among_the_sources():
    assert ".parquet" in {suffix for source in load_plugins().sources for suffix in source.suffixes}


def test_rows_and_columns(written):
    file = written("select * from (values ('T1', date '2026-02-03', true, 5), ('T2', null, false, null)) as rows(谈话编号, \"end\", done, size)")
    (table,) = ParquetSource().read(file)
    assert (table.name, table.file, table.sheet) == ("talk", str(file), None)
    assert table.columns == table.labels == ("谈话编号", "end", "done", "size")
    assert table.rows == ((1, ("T1", DAY, True, 5)), (2, ("T2", None, False, None)))
    assert table.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_values_of_many_types(written):
    file = written(
        "select 1::tinyint as small, 12345678901234567890::decimal(38, 0) as huge, 1.50::decimal(4, 2) as exact, 0.5::double as half, "
        "timestamp '2026-02-03 08:00' as moment, time '07:30' as hour, 'x'::enum('x', 'y') as code, 'x'::blob as bytes"
    )
    ((_, cells),) = ParquetSource().read(file)[0].rows
    assert cells == (1, 12345678901234567890, Decimal("1.50"), 0.5, datetime.datetime(2026, 2, 3, 8), "07:30:00", "x", "x")
    assert list(map(type, cells)) == [int, Decimal, Decimal, float, datetime.datetime, str, str, str]


def test_a_table_without_rows(written):
    (table,) = ParquetSource().read(written("select 'T1' as id where false"))
    assert (table.columns, table.rows) == (("id",), ())


def test_a_name_that_would_be_a_pattern(written):
    (table,) = ParquetSource().read(written("select 'T1' as id", "[2026] 谈话*?"))
    assert (table.name, table.rows) == ("[2026] 谈话*?", ((1, ("T1",)),))


def test_values_that_are_not_single_say_so(written):
    ((_, cells),) = ParquetSource().read(written("select 'T1' as id, [1, 2] as steps, {'a': 1} as step"))[0].rows
    assert cells == ("T1", Opaque("INTEGER[]"), Opaque("STRUCT(a INTEGER)"))


def test_what_is_no_parquet_is_refused(tmp_path):
    file = tmp_path / "talk.parquet"
    file.write_bytes(b"id\nT1\n")
    assert refused(file) == "not a valid Parquet file, export it again"
    assert refused(file, "zh") == "不是有效的 Parquet 文件，请重新导出"


def test_a_file_that_breaks_off_is_refused(written):
    file = written("select range as id from range(100000)")
    file.write_bytes(file.read_bytes()[:-5000])
    assert refused(file) == "not a valid Parquet file, export it again"


def test_without_duckdb_it_says_what_to_install(written, monkeypatch):
    file = written("select 'T1' as id")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert refused(file) == "reading it needs a Python package: `pip install 'policy[sql]'`"
    assert refused(file, "zh") == "读取它需要先安装 Python 包：`pip install 'policy[sql]'`"


# --- reports ---------------------------------------------------------------------------------------------------------


def table(report):
    """The report as Arrow reads it."""
    stream = io.BytesIO()
    ParquetReport().write(report, stream, colour=False)
    return parquet.read_table(io.BytesIO(stream.getvalue()))


def test_a_row_for_each_outcome_in_typed_columns():
    found = table(FULL)
    assert found.schema.remove_metadata() == SCHEMA
    assert found.to_pylist()[0] == {
        "rule": "A-1", "subject": [("talk", "T1")], "status": "violated", "severity": "fail", "bearer": {"entity": "person", "key": "P1", "name": "张三"},
        "due": datetime.date(2026, 5, 8), "due_unrolled": datetime.date(2026, 5, 8), "fulfilled": None, "missing": [], "basis": ["第十一条第一款"],
        "message": "应于2026-05-08前报告，实际尚未完成", "excuse": None, "notes": [],
        "evidence": [{"entity": "talk", "key": "T1", "file": "谈话.csv", "sheet": None, "row": 12,
                      "cells": [{"field": "end", "column": "J"}, {"field": "talkee", "column": "H"}]}],
        "fingerprint": "0123456789abcdef", "baseline": None,
    }  # fmt: skip
    late = found.to_pylist()[3]
    assert late["subject"] == [("talk", "T1"), ("s", "self_report"), ("y", "2026")] and late["notes"] == ["calendar_unknown"]
    assert found.to_pylist()[1]["bearer"] is None and found.to_pylist()[1]["missing"] == ["talk.end"]


def test_the_rows_are_those_of_the_json_report():
    for report in (FULL, attrs.evolve(FULL, all_outcomes=True), COMPARED, EMPTY):
        stream = io.BytesIO()
        JsonLines().write(report, stream, colour=False)
        lines = [json.loads(line) for line in stream.getvalue().splitlines()]
        rows = table(report).to_pylist()
        assert [(row["rule"], row["status"], row["fingerprint"], row["message"]) for row in rows] == [
            (line["rule"], line["status"], line["fingerprint"], line["message"]) for line in lines
        ]
        assert [row["baseline"] for row in rows] == [line["baseline"] for line in lines]
        assert [[one["key"] for one in row["evidence"]] for row in rows] == [[one["key"] for one in line["evidence"]] for line in lines]


def test_the_metadata_say_what_the_run_was():
    head = json.loads(table(FULL).schema.metadata[b"policy"])
    assert head["pack"] == {"id": "small", "version": "1.0", "sha256": "a" * 64}
    assert (head["as_of"], head["secrecy"], head["mask"], head["summary"]["A-1"]["violated"]) == ("2026-05-11", "work_secret", "none", 1)


def test_several_batches(monkeypatch):
    at_once = table(FULL).to_pylist()
    monkeypatch.setattr(policy_parquet.outcomes, "_BATCH", 2)
    assert table(FULL).to_pylist() == at_once and len(at_once) == 5
    assert parquet.ParquetFile(io.BytesIO(bytes_of(FULL))).num_row_groups == 3


def test_values_that_come_again_and_again_are_in_dictionaries_and_no_others():
    columns = parquet.ParquetFile(io.BytesIO(bytes_of(FULL))).metadata.row_group(0)
    found = {columns.column(place).path_in_schema: columns.column(place).has_dictionary_page for place in range(columns.num_columns)}
    others = {"subject.key_value.value", "message", "evidence.list.element.key", "evidence.list.element.row", "fingerprint"}
    assert {name for name, known in found.items() if not known} == others


def test_where_the_disk_is_full():
    class Full(io.BytesIO):
        def write(self, content):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        ParquetReport().write(FULL, Full(), colour=False)


def bytes_of(report) -> bytes:
    stream = io.BytesIO()
    ParquetReport().write(report, stream, colour=False)
    return stream.getvalue()


def test_the_same_report_gives_the_same_bytes():
    assert bytes_of(FULL) == bytes_of(attrs.evolve(FULL))


def test_duckdb_reads_it_too(tmp_path):
    (tmp_path / "r.parquet").write_bytes(bytes_of(FULL))
    with duckdb.connect() as connection:
        query = "select subject['talk'], bearer.key, evidence[1].row, due from read_parquet(?) where status = 'violated'"
        assert connection.execute(query, [str(tmp_path / "r.parquet")]).fetchall() == [("T1", "P1", 12, datetime.date(2026, 5, 8))]


def test_where_arrow_is_not_installed(monkeypatch):
    monkeypatch.delitem(sys.modules, "policy_parquet.outcomes", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SourceError) as caught:
        ParquetReport().write(FULL, io.BytesIO(), colour=False)
    assert text(caught.value.code, "en", **caught.value.arguments) == "writing it needs a Python package: `pip install 'policy[sql]'`"


@given(hostile_reports())
def test_the_data_come_out_as_they_went_in(report):
    rows = table(report).to_pylist()
    assert [row["message"] for row in rows] == [one.message.encode("utf-8", "replace").decode() for one in report.listed()]
