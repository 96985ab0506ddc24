"""Tables in Parquet: typed cells, rows counted from 1, and what is said where a file cannot be read."""

from __future__ import annotations

import datetime
import hashlib
import sys
from decimal import Decimal

import duckdb
import pytest
from policy_parquet import ParquetSource

from policy.hooks.manager import load_plugins
from policy.hooks.spec import SourceError
from policy.lang.table import Opaque
from policy.messages import text

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
