"""DuckDB databases: their tables and types, and what their views must not do."""

from __future__ import annotations

import datetime
import hashlib
import subprocess
import sys
from decimal import Decimal

import duckdb
import pytest

import policy_duckdb
from policy.hooks.spec import SourceError
from policy.lang.table import Opaque
from policy.messages import text
from policy_duckdb import DuckdbSource

TALKS = """
CREATE TABLE talk (id VARCHAR PRIMARY KEY, day DATE, size HUGEINT, rate DECIMAL(5, 2), done BOOLEAN);
INSERT INTO talk VALUES ('T2', '2026-02-03', 5, 0.50, true), ('T1', 'infinity', NULL, NULL, NULL);
"""


def make(path, script):
    with duckdb.connect(str(path)) as connection:
        connection.execute(script)
    return path


def read(path):
    return {table.sheet: table for table in DuckdbSource().read(path)}


def refused(path):
    with pytest.raises(SourceError) as caught:
        read(path)
    error = caught.value
    assert error.location == str(path)
    assert text(error.code, "zh", **error.arguments) and text(error.code, "en", **error.arguments)
    return error.code, error.arguments


def test_a_table_in_the_order_of_its_key(tmp_path):
    path = make(tmp_path / "台账 #1.duckdb", TALKS)
    table = read(path)["talk"]
    assert (table.name, table.file, table.header) == ("talk", str(path), None)
    assert table.columns == table.labels == ("id", "day", "size", "rate", "done")
    assert list(table.rows) == [
        (1, ("T1", datetime.date(9999, 12, 31), None, None, None)),
        (2, ("T2", datetime.date(2026, 2, 3), 5, Decimal("0.50"), True)),
    ]
    assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("TIMESTAMP '2026-02-03 10:00'", datetime.datetime(2026, 2, 3, 10)),
        ("TIME '10:00'", "10:00:00"),
        ("INTERVAL 3 DAYS", "3 days, 0:00:00"),
        ("'2e66c92e-4573-4ed2-95d5-e3266934196f'::UUID", "2e66c92e-4573-4ed2-95d5-e3266934196f"),
        ("'b'::ENUM('a', 'b')", "b"),
        ("'ab'::BLOB", Opaque("BLOB")),
        ("[1, 2]", Opaque("INTEGER[]")),
        ("{'a': 1}", Opaque("STRUCT(a INTEGER)")),
        ("MAP {'a': 1}", Opaque("MAP(VARCHAR, INTEGER)")),
    ],
)
def test_types(tmp_path, value, cell):
    assert list(read(make(tmp_path / "a.duckdb", f"CREATE TABLE t AS SELECT {value} AS x"))["t"].rows) == [(1, (cell,))]


def test_a_moment_is_the_hour_that_its_time_zone_shows(tmp_path):
    table = read(make(tmp_path / "a.duckdb", "CREATE TABLE t AS SELECT TIMESTAMPTZ '2026-02-03 10:00+00' AS x"))["t"]
    ((_, (cell,)),) = table.rows
    assert cell == datetime.datetime(2026, 2, 3, 10, tzinfo=datetime.timezone.utc).astimezone().replace(tzinfo=None)


def test_views_and_other_schemas(tmp_path):
    more = 'CREATE VIEW 报告 AS SELECT id FROM talk; CREATE SCHEMA "a""b"; CREATE TABLE "a""b"."c""d" ("e""f" INT PRIMARY KEY); CREATE TABLE empty (x INT)'
    tables = read(make(tmp_path / "a.duckdb", TALKS + more))
    assert {sheet: (table.name, table.columns, len(table.rows)) for sheet, table in tables.items()} == {
        'a"b.c"d': ('c"d', ('e"f',), 0),
        "empty": ("empty", ("x",), 0),
        "talk": ("talk", ("id", "day", "size", "rate", "done"), 2),
        "报告": ("报告", ("id",), 2),
    }


def test_a_view_reads_no_other_file(tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n", "utf-8")
    path = make(tmp_path / "a.duckdb", f"CREATE VIEW v AS SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')")
    assert refused(path) == ("D223", {"table": "v", "reason": "PermissionException"})


@pytest.mark.parametrize("content", [b"", b"x" * 20_000, b"PK\x03\x04"])
def test_what_is_no_database(tmp_path, content):
    path = tmp_path / "a.duckdb"
    path.write_bytes(content)
    assert refused(path) == ("D225", {})


def test_one_that_another_program_uses(tmp_path):
    path = make(tmp_path / "a.duckdb", TALKS)
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        assert refused(path) == ("D224", {})
        other.stdin.close()
    assert len(read(path)["talk"].rows) == 2


def test_without_the_package(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert refused(tmp_path / "a.duckdb") == ("D230", {"command": "pip install 'policy[sql]'"})


# --- large tables, whose rows nobody holds ---------------------------------------------------------------------------


@pytest.fixture
def nothing_held(monkeypatch):
    monkeypatch.setattr(policy_duckdb, "_MANY", 0)


@pytest.mark.parametrize(
    ("script", "once"),
    [
        ("CREATE TABLE t AS SELECT range AS x FROM range(5); DELETE FROM t WHERE x < 2", False),
        ("CREATE TABLE t AS SELECT range AS x FROM range(5); DELETE FROM t WHERE x = 2", True),
        ("CREATE TABLE t AS SELECT 5 - range AS x FROM range(5); ALTER TABLE t ADD PRIMARY KEY (x)", True),
        ("CREATE TABLE t (x INT, number INT PRIMARY KEY); INSERT INTO t VALUES (1, 2), (2, 1)", True),
        ("CREATE TABLE t (x INT)", True),
    ],
)
def test_an_engine_finds_the_rows_under_their_numbers(tmp_path, nothing_held, script, once):
    table = read(make(tmp_path / "it's #1.duckdb", script))["t"]
    scan = table.scan
    assert scan.once == once
    with duckdb.connect() as connection:
        path, name = scan.database
        connection.execute("ATTACH '{}' AS \"{}\" (READ_ONLY)".format(path.replace("'", "''"), name))
        found = connection.execute(f"SELECT {scan.number} AS number, own.x FROM {scan.relation} AS own ORDER BY number").fetchall()
    assert found == [(number, cells[0]) for number, cells in table.rows]
    assert len(table.rows) == len(found)


def test_files_whose_names_differ_in_case_only_are_attached_under_names_of_their_own(tmp_path, nothing_held):
    scans = [read(make(tmp_path / name, "CREATE TABLE t AS SELECT 1 AS x"))["t"].scan for name in ("a.duckdb", "A.duckdb")]
    assert len({scan.database[1].lower() for scan in scans}) == 2


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE t (x VARCHAR COLLATE nocase); INSERT INTO t VALUES ('a'), ('A')",
        "CREATE TABLE t (x INT, ROWID INT); INSERT INTO t VALUES (1, 9), (2, 8)",
        "CREATE VIEW t AS SELECT 1 AS x",
    ],
)
def test_what_another_connection_would_read_otherwise_is_held(tmp_path, nothing_held, script):
    assert read(make(tmp_path / "a.duckdb", script))["t"].scan is None


def test_a_damaged_table_is_named_though_nobody_wants_its_rows(tmp_path, nothing_held):
    path = make(tmp_path / "a.duckdb", "CREATE TABLE t AS SELECT hash(range) AS x FROM range(500000)")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 100_000] = b"\xff" * 100_000
    path.write_bytes(content)
    assert refused(path) == ("D223", {"table": "t", "reason": "Error"})
