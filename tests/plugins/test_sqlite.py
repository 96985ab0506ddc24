"""SQLite databases as programs leave them: their tables, what they must not do, and that nothing is written."""

from __future__ import annotations

import hashlib
import sqlite3
import time

import pytest

import policy_sqlite
from policy.hooks.spec import SourceError
from policy.lang.table import Opaque
from policy.messages import text
from policy_sqlite import SqliteSource

TALKS = """
CREATE TABLE talk (id TEXT PRIMARY KEY, day DATE, size INTEGER, rate REAL, photo BLOB);
INSERT INTO talk VALUES ('T2', '2026-02-03', 5, 0.5, x'00ff'), ('T1', NULL, NULL, NULL, NULL);
"""


def make(path, script, **settings):
    connection = sqlite3.connect(path)
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}")
    connection.executescript(script)
    connection.close()
    return path


def read(path):
    return {table.name: table for table in SqliteSource().read(path)}


def refused(path):
    with pytest.raises(SourceError) as caught:
        read(path)
    error = caught.value
    assert error.location == str(path)
    assert text(error.code, "zh", **error.arguments) and text(error.code, "en", **error.arguments)
    return error.code, error.arguments


def test_a_table_with_its_places_and_types(tmp_path):
    path = make(tmp_path / "台账 #1?.sqlite", TALKS)
    table = read(path)["talk"]
    assert (table.file, table.sheet, table.header, table.notes) == (str(path), "talk", None, ())
    assert table.columns == table.labels == ("id", "day", "size", "rate", "photo")
    assert [(line, tuple(cells)) for line, cells in table.rows] == [
        (1, ("T2", "2026-02-03", 5, 0.5, Opaque("BLOB"))),
        (2, ("T1", None, None, None, None)),
    ]
    assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_row_is_called_by_its_rowid_so_that_a_query_finds_it(tmp_path):
    path = make(tmp_path / "a.db", TALKS + "INSERT INTO talk(rowid, id) VALUES (70, 'T3'); DELETE FROM talk WHERE id = 'T2'")
    assert [(line, cells[0]) for line, cells in read(path)["talk"].rows] == [(2, "T1"), (70, "T3")]


@pytest.mark.parametrize(
    ("script", "lines"),
    [
        ("CREATE TABLE t (rowid TEXT, a); INSERT INTO t(_rowid_, rowid, a) VALUES (7, 'x', 1)", [7]),
        ("CREATE TABLE t (rowid TEXT, oid TEXT, _rowid_ TEXT); INSERT INTO t VALUES ('x', 'y', 'z')", [1]),
        ("CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES ('y'), ('x')", [1, 2]),
        ("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (-5), (8)", [1, 8]),
    ],
)
def test_rows_without_a_number_of_their_own_are_counted(tmp_path, script, lines):
    assert [line for line, _ in read(make(tmp_path / "a.db", script))["t"].rows] == lines


def test_views_are_tables_and_what_sqlite_keeps_for_itself_is_none(tmp_path):
    more = "CREATE TABLE n (i INTEGER PRIMARY KEY AUTOINCREMENT); CREATE VIEW 报告 AS SELECT id, 1 AS 数 FROM talk; CREATE VIRTUAL TABLE f USING fts5(x)"
    tables = read(make(tmp_path / "a.sqlite3", TALKS + more))
    assert sorted(tables) == ["n", "talk", "报告"]
    assert (tables["报告"].columns, len(tables["报告"].rows), list(tables["n"].rows)) == (("id", "数"), 2, [])


def test_a_column_that_is_computed_is_one(tmp_path):
    path = make(tmp_path / "a.db", "CREATE TABLE t (a INT, b INT AS (a + 1), c INT AS (a + 2) STORED, d INT); INSERT INTO t VALUES (1, 4)")
    table = read(path)["t"]
    assert (table.columns, [tuple(cells) for _, cells in table.rows]) == (("a", "b", "c", "d"), [(1, 2, 3, 4)])


def test_odd_names(tmp_path):
    tables = read(make(tmp_path / "a.db", """CREATE TABLE "a""b; drop" ("c""d" TEXT, "select" TEXT); INSERT INTO "a""b; drop" VALUES ('x', 'y')"""))
    (table,) = tables.values()
    assert (table.name, table.columns) == ('a"b; drop', ('c"d', "select"))


def test_nothing_is_written(tmp_path):
    path = make(tmp_path / "a.db", TALKS, journal_mode="wal")
    before = path.read_bytes()
    path.chmod(0o444)
    read(path)
    assert path.read_bytes() == before and [file.name for file in tmp_path.iterdir()] == ["a.db"]


def test_one_that_a_program_is_writing_to(tmp_path):
    path = make(tmp_path / "a.db", TALKS)
    writer = sqlite3.connect(path)
    writer.execute("INSERT INTO talk(id) VALUES ('T9')")
    assert refused(path) == ("D221", {"file": "a.db-journal"})
    writer.rollback()
    assert len(read(path)["talk"].rows) == 2
    writer.execute("PRAGMA journal_mode = wal")
    writer.execute("INSERT INTO talk(id) VALUES ('T9')")
    writer.commit()
    assert refused(path) == ("D221", {"file": "a.db-wal"})
    writer.close()
    assert len(read(path)["talk"].rows) == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3", bytes(range(256)) * 20])
def test_what_is_no_database(tmp_path, content):
    path = tmp_path / "Thumbs.db"
    path.write_bytes(content)
    assert refused(path) == ("D220", {})


def test_damaged_ones(tmp_path):
    content = make(tmp_path / "a.db", TALKS + "CREATE TABLE more (x); INSERT INTO more VALUES (1)").read_bytes()
    damaged = tmp_path / "b.db"
    damaged.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    assert refused(damaged) == ("D222", {})
    damaged.write_bytes(content[:4096] + b"\xff" * 4096 + content[8192:])
    assert refused(damaged) == ("D223", {"table": "talk", "reason": "SQLITE_CORRUPT"})


@pytest.mark.parametrize("column", ["CAST(x'ff41' AS TEXT)", "no_such(id)", "zeroblob(100000000)", "load_extension('x')"])
def test_a_table_or_view_that_cannot_be_read_is_named(tmp_path, column):
    code, arguments = refused(make(tmp_path / "a.db", TALKS + f"CREATE VIEW odd AS SELECT {column} AS x FROM talk"))
    assert (code, arguments["table"]) == ("D223", "odd")


def test_a_view_that_never_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(policy_sqlite, "_PATIENCE", 0.2)
    endless = "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0"
    start = time.perf_counter()
    assert refused(make(tmp_path / "a.db", endless)) == ("D223", {"table": "v", "reason": "SQLITE_INTERRUPT"})
    assert time.perf_counter() - start < 5


# --- large tables, whose rows nobody holds ---------------------------------------------------------------------------


@pytest.mark.parametrize("script", [TALKS, "CREATE TABLE talk (a, b); INSERT INTO talk VALUES (1, NULL), (NULL, NULL)", "CREATE TABLE talk (a)"])
def test_an_engine_gets_the_rows_that_others_get(tmp_path, monkeypatch, script):
    path = make(tmp_path / "a.db", script)
    held = read(path)["talk"]
    monkeypatch.setattr(policy_sqlite, "_LARGE", 0)
    table = read(path)["talk"]
    rows = [(line, list(cells)) for line, cells in held.rows]
    assert [(line, list(cells)) for line, cells in table.rows] == [(line, list(cells)) for line, cells in table.scan.rows()] == rows
    assert len(table.rows) == len(rows)
    kinds = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", Opaque: "BLOB"}
    for place, kind in enumerate(table.scan.kinds):
        assert {kinds[type(cells[place])] for _, cells in rows if cells[place] is not None} <= {kind}


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE t (a); INSERT INTO t VALUES (1), ('x')",
        "CREATE TABLE t (a); INSERT INTO t VALUES (1), (1.5)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (-5), (1)",
        "CREATE VIEW t AS SELECT 1 AS a",
    ],
)
def test_what_has_no_single_type_or_no_growing_numbers_is_held(tmp_path, monkeypatch, script):
    monkeypatch.setattr(policy_sqlite, "_LARGE", 0)
    assert read(make(tmp_path / "a.db", script))["t"].scan is None


def test_a_large_table_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(policy_sqlite, "_LARGE", 0)
    odd = make(tmp_path / "a.db", "CREATE TABLE odd (x TEXT); INSERT INTO odd VALUES (CAST(x'ff41' AS TEXT))")
    code, arguments = refused(odd)
    assert (code, arguments["table"]) == ("D223", "odd")
