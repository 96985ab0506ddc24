"""Databases behind URLs, against servers that run: what is read, that nothing is written, and that no password is ever shown."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote_plus

import pytest
import sqlalchemy

import policy_sqlalchemy.connections
import policy_sqlalchemy.tables
from policy.cli import main
from policy.hooks.spec import SourceError
from policy.lang.table import Opaque
from policy.lang.url import url_of
from policy.messages import text
from policy_sqlalchemy import SqlalchemyDatabase
from policy_sqlalchemy.connections import target_of
from tests.plugins import servers

SMALL = Path(__file__).parents[1] / "data" / "small"
SIGN = "CANARY"
"""In the password, and nowhere else."""


def read(url, by="name"):
    return {getattr(table, by): table for table in SqlalchemyDatabase().read(url_of(url))}


def refused(url):
    with pytest.raises(SourceError) as caught:
        read(url)
    error = caught.value
    assert error.location == str(url_of(url))
    for language in ("zh", "en"):
        assert SIGN not in text(error.code, language, **error.arguments) + error.location
    return error.code, error.arguments


# --- without a server ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "driver", "schema", "tables"),
    [
        ("postgresql://u@h/d", "postgresql+psycopg", None, ()),
        ("postgresql+psycopg2://u@h/d?schema=s", "postgresql+psycopg2", "s", ()),
        ("mysql://h/d?table=a&table=b", "mysql+pymysql", None, ("a", "b")),
        ("mariadb://h/d", "mariadb+pymysql", None, ()),
        ("oracle://h/?service_name=x&schema=LEDGER", "oracle+oracledb", "LEDGER", ()),
        ("dm://u:p@h:5236", "dm+dmPython", None, ()),
        ("kingbase://h/d", "kingbase+ksycopg2", None, ()),
        ("opengauss://h/d", "opengauss+psycopg2", None, ()),
    ],
)
def test_parts_of_a_url(url, driver, schema, tables):
    target = target_of(url_of(url))
    assert (target.address.drivername, target.schema, target.tables) == (driver, schema, tables)
    assert not {"schema", "table"} & set(target.address.query)


def test_the_password_of_the_environment(monkeypatch):
    monkeypatch.setenv("POLICY_DATABASE_PASSWORD", servers.PASSWORD)
    assert target_of(url_of("postgresql://u@h/d")).address.password == servers.PASSWORD
    assert target_of(url_of("postgresql://u:own@h/d")).address.password == "own"
    assert target_of(url_of("postgresql://h/d")).address.password is None
    assert SIGN not in repr(target_of(url_of("postgresql://u@h/d")))


def test_what_is_no_address():
    assert refused("postgresql://u:CANARY@host:port/db") == ("D231", {})


def test_a_server_that_is_not_there():
    port = servers.free_port()
    for scheme in ("postgresql", "mysql"):
        url = f"{scheme}://u:{quote_plus(servers.PASSWORD)}@127.0.0.1:{port}/db"
        assert refused(url) == ("D232", {"host": "127.0.0.1", "port": str(port)})


@pytest.mark.parametrize(
    ("url", "module", "command"),
    [
        ("dm://u:p@h:5236", "dmSQLAlchemy", "pip install dmSQLAlchemy"),
        ("oracle://h/x", "oracledb", "pip install oracledb"),
        ("opengauss://h/d", "opengauss_sqlalchemy", "pip install opengauss-sqlalchemy psycopg2"),
        ("kingbase://h/d", "ksycopg2", "pip install ksycopg2"),
        ("postgresql://h/d", "psycopg", "pip install 'policy[databases]'"),
        ("mysql+mysqldb://h/d", "MySQLdb", "pip install mysqldb"),
    ],
)
def test_a_driver_that_is_not_installed(monkeypatch, url, module, command):
    monkeypatch.setitem(sys.modules, module, None)
    assert refused(url) == ("D230", {"command": command})


def test_without_sqlalchemy(monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert refused("mysql://h/d") == ("D230", {"command": "pip install 'policy[databases]'"})


# --- servers ---------------------------------------------------------------------------------------------------------


class Server:
    """A server that runs, and what the tests ask of it: `url(…)` names it, `run(…)` changes it as its owner."""

    def __init__(self, scheme: str, port: int, database: str) -> None:
        self.place = f"{scheme}://127.0.0.1:{port}/"
        self.scheme, self.port, self.database = scheme, port, database
        self.engine = sqlalchemy.create_engine(target_of(url_of(self.url())).address, poolclass=sqlalchemy.NullPool)

    def url(self, query: str = "", user: str = "boss", password: str = servers.PASSWORD, database: str | None = None) -> str:
        query = f"?{query}" if query else ""
        return f"{self.scheme}://{user}:{quote_plus(password)}@127.0.0.1:{self.port}/{database or self.database}{query}"

    def run(self, *statements: str) -> None:
        with self.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def schema(self, name: str) -> str:
        """An empty schema of this name (of MariaDB a database); gives what names it in a URL."""
        own = "CASCADE" if self.scheme == "postgresql" else ""
        self.run(f"DROP SCHEMA IF EXISTS {name} {own}", f"CREATE SCHEMA {name}")
        return f"schema={name}"


@pytest.fixture(scope="session")
def postgres():
    with servers.postgresql() as port:
        yield Server("postgresql", port, "postgres")


@pytest.fixture(scope="session")
def maria():
    with servers.mariadb() as port:
        yield Server("mysql", port, "ledger")


@pytest.fixture(params=["postgres", "maria"])
def server(request):
    return request.getfixturevalue(request.param)


serving = pytest.mark.servers
TALKS = (
    "CREATE TABLE {0}.talk (id VARCHAR(20) PRIMARY KEY, day DATE, at TIMESTAMP NULL, size INT, rate DECIMAL(5, 2), note VARCHAR(100))",
    "INSERT INTO {0}.talk VALUES ('T2', '2026-02-03', '2026-02-03 10:30:00', 5, 0.50, '张三'), ('T1', NULL, NULL, NULL, NULL, NULL)",
    "CREATE VIEW {0}.report AS SELECT id, 1 AS one FROM {0}.talk",
)


@serving
def test_a_table_in_the_order_of_its_key_and_a_view(server):
    schema = server.schema("ledger1")
    server.run(*(statement.format("ledger1") for statement in TALKS))
    tables = read(server.url(schema))
    assert sorted(tables) == ["report", "talk"]
    table = tables["talk"]
    assert (table.name, table.file, table.sheet, table.header) == ("talk", f"{server.place}{server.database}?{schema}", "talk", None)
    assert table.columns == table.labels == ("id", "day", "at", "size", "rate", "note")
    assert list(table.rows) == [
        (1, ("T1", None, None, None, None, None)),
        (2, ("T2", datetime.date(2026, 2, 3), datetime.datetime(2026, 2, 3, 10, 30), 5, Decimal("0.50"), "张三")),
    ]
    assert list(tables["report"].rows) == [(1, ("T1", 1)), (2, ("T2", 1))]
    assert re.fullmatch("[0-9a-f]{64}", table.sha256) and table.sha256 == read(server.url(schema))["talk"].sha256
    server.run("UPDATE ledger1.talk SET size = 6 WHERE id = 'T2'")
    assert table.sha256 != read(server.url(schema))["talk"].sha256


@serving
def test_some_tables_of_a_schema_whatever_their_capitals(server):
    schema = server.schema("ledger2")
    server.run(*(f"CREATE TABLE ledger2.{name} (id INT)" for name in ("talk", "report", "huge_log")))
    assert sorted(read(server.url(f"{schema}&table=TALK&table=report&table=talk"))) == ["report", "talk"]
    assert refused(server.url(f"{schema}&table=tolk")) == ("D246", {"name": "tolk", "nearest": "talk"})
    assert refused(server.url(f"{schema}&table=zebra")) == ("D237", {"name": "zebra", "known": "huge_log report talk"})


@serving
def test_a_database_of_upper_case_names_and_padded_texts(postgres):
    """As Dameng has them."""
    schema = postgres.schema('"LEDGER"')
    postgres.run('CREATE TABLE "LEDGER"."PERSON" ("ID" CHAR(8) PRIMARY KEY, "NAME" CHAR(10))', "INSERT INTO \"LEDGER\".\"PERSON\" VALUES ('P1', '张三')")
    table = read(postgres.url(schema.replace('"', "").lower()))["PERSON"]
    assert (table.columns, list(table.rows)) == (("ID", "NAME"), [(1, ("P1      ", "张三        "))])
    from policy.lang.schema import Entity, Field, Vocabulary
    from policy.lang.types import TEXT
    from policy.load import load

    person = Entity("person", "人员", (Field("id", None, TEXT, 0, key=True), Field("name", "姓名", TEXT, 1)))
    facts = load([table], Vocabulary({"person": person}, {}))
    assert [row.values for row in facts.tables["person"]] == [("P1", "张三")] and not facts.problems


@serving
def test_rows_without_a_key_stand_in_one_order(server):
    schema = server.schema("ledger3")
    server.run("CREATE TABLE ledger3.t (a INT, b VARCHAR(5))", "INSERT INTO ledger3.t VALUES (3, 'x'), (1, NULL), (2, 'y')")
    first = read(server.url(schema))["t"]
    server.run("DELETE FROM ledger3.t WHERE a = 3", "INSERT INTO ledger3.t VALUES (3, 'x')")
    assert list(read(server.url(schema))["t"].rows) == list(first.rows)
    assert [line for line, _ in first.rows] == [1, 2, 3]


ODD_TYPES = {
    "postgres": {
        "BOOLEAN": ("true", True),
        "TIMESTAMPTZ": ("'2026-02-03 10:00+08'", datetime.datetime(2026, 2, 3, 2)),
        "TIME": ("'10:00'", "10:00:00"),
        "UUID": ("'2e66c92e-4573-4ed2-95d5-e3266934196f'", "2e66c92e-4573-4ed2-95d5-e3266934196f"),
        "INTERVAL": ("'3 days'", "3 days, 0:00:00"),
        "BYTEA": ("'x'", Opaque("BYTEA")),
        "JSONB": ("'[1]'", Opaque("JSONB")),
        "INT[]": ("'{1,2}'", Opaque("ARRAY")),
        "POINT": ("'(1,2)'", "(1,2)"),
    },
    "maria": {
        "BOOLEAN": ("true", 1),
        "BIT(1)": ("b'1'", 1),
        "TIME": ("'10:00'", "10:00:00"),
        "YEAR": ("2026", 2026),
        "BLOB": ("'x'", Opaque("BLOB")),
        "ENUM('a', 'b')": ("'b'", "b"),
        "DATETIME": ("'2026-02-03 10:00'", datetime.datetime(2026, 2, 3, 10)),
    },
}


@serving
@pytest.mark.filterwarnings("ignore:Did not recognize type")
@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kinds in ODD_TYPES.items() for kind in kinds])
def test_types(request, name, kind):
    server = request.getfixturevalue(name)
    value, cell = ODD_TYPES[name][kind]
    schema = server.schema("ledger4")
    server.run(f"CREATE TABLE ledger4.t (x {kind})", f"INSERT INTO ledger4.t VALUES ({value})", *(["ALTER ROLE boss SET TimeZone = 'UTC'"] if name == "postgres" else []))
    assert list(read(server.url(schema))["t"].rows) == [(1, (cell,))]


@serving
def test_a_table_with_values_that_cannot_be_had(postgres):
    schema = postgres.schema("ledger5")
    postgres.run("CREATE TABLE ledger5.t (x DATE)", "INSERT INTO ledger5.t VALUES ('0044-03-15 BC')")
    assert refused(postgres.url(schema)) == ("D223", {"table": "t", "reason": "DataError"})
    postgres.run("DROP TABLE ledger5.t", "CREATE TABLE ledger5.t (x JSON)", "INSERT INTO ledger5.t SELECT (repeat('[', 5000) || repeat(']', 5000))::json")
    assert refused(postgres.url(schema))[0] == "D223"


@serving
@pytest.mark.parametrize(("kind", "day"), [("DATE", datetime.date), ("TIMESTAMP", datetime.datetime), ("TIMESTAMPTZ", datetime.datetime)])
def test_days_without_an_end(postgres, kind, day):
    schema = postgres.schema("ledger16")
    postgres.run(
        f"CREATE TABLE ledger16.t (id INT PRIMARY KEY, x {kind})", "INSERT INTO ledger16.t VALUES (1, 'infinity'), (2, '-infinity'), (3, '2026-02-03'), (4, NULL)",
        "ALTER ROLE boss SET TimeZone = 'UTC'",
    )  # fmt: skip
    assert [cell for _, (_, cell) in read(postgres.url(schema))["t"].rows] == [day(9999, 12, 31), day(1, 1, 1), day(2026, 2, 3), None]


@serving
def test_nothing_can_be_written_not_even_by_a_view(server):
    schema = server.schema("ledger6")
    server.run("CREATE TABLE ledger6.written (x INT)")
    if server.scheme == "postgresql":
        body = "RETURNS INT LANGUAGE plpgsql VOLATILE AS 'BEGIN INSERT INTO ledger6.written VALUES (1); RETURN 1; END'"
        reason = "ReadOnlySqlTransaction 25006"
    else:
        body = "RETURNS INT MODIFIES SQL DATA BEGIN INSERT INTO ledger6.written VALUES (1); RETURN 1; END"
        reason = "OperationalError 1792"
    server.run(f"CREATE FUNCTION ledger6.evil() {body}", "CREATE VIEW ledger6.trap AS SELECT ledger6.evil() AS x")
    assert refused(server.url(schema)) == ("D223", {"table": "trap", "reason": reason})
    assert list(read(server.url(f"{schema}&table=written"))["written"].rows) == []


@serving
def test_all_tables_are_of_one_moment(server, monkeypatch):
    schema = server.schema("ledger7")
    server.run("CREATE TABLE ledger7.a (x INT)", "CREATE TABLE ledger7.b (x INT)", "INSERT INTO ledger7.a VALUES (1)", "INSERT INTO ledger7.b VALUES (1)")
    rows = policy_sqlalchemy.tables._rows

    def slowly(connection, schema, name, columns, key):
        yield from rows(connection, schema, name, columns, key)
        if name == "a":
            server.run("INSERT INTO ledger7.b VALUES (2)")

    monkeypatch.setattr(policy_sqlalchemy.tables, "_rows", slowly)
    assert [len(table.rows) for table in read(server.url(schema)).values()] == [1, 1]
    assert len(read(server.url(f"{schema}&table=b"))["b"].rows) == 2


@serving
def test_many_rows_come_in_parts(server):
    schema = server.schema("ledger8")
    server.run("CREATE TABLE ledger8.t (x INT PRIMARY KEY)")
    with server.engine.begin() as connection:
        table = sqlalchemy.table("t", sqlalchemy.column("x"), schema="ledger8")
        connection.execute(table.insert(), [{"x": number} for number in range(12_000)])
    assert [(line, x) for line, (x,) in read(server.url(schema))["t"].rows] == [(number + 1, number) for number in range(12_000)]


# --- what goes wrong -------------------------------------------------------------------------------------------------


@serving
def test_a_user_or_password_that_the_server_refuses(server, monkeypatch):
    said = ("D233", "POLICY_DATABASE_PASSWORD")
    for url in (server.url(password="wrong-CANARY"), server.url(user="nobody"), server.url().replace(quote_plus(servers.PASSWORD), "")):
        code, arguments = refused(url)
        assert (code, arguments["variable"]) == said
    bare = re.sub(":[^:/]*@", "@", server.url(server.schema("ledger9")))
    server.run("CREATE TABLE ledger9.t (x INT)")
    assert refused(bare)[0] == "D233"
    monkeypatch.setenv("POLICY_DATABASE_PASSWORD", servers.PASSWORD)
    assert list(read(bare)) == ["t"]


@serving
def test_a_database_schema_or_table_that_is_not_there(server):
    code, arguments = refused(server.url(database="no_such"))
    assert (code, arguments["database"]) == ("D234", "no_such")
    server.schema("ledger10")
    assert refused(server.url("schema=ledgar10")) == ("D246", {"name": "ledgar10", "nearest": "ledger10"})
    code, arguments = refused(server.url("schema=zebra"))
    assert code == "D236" and "ledger10" in arguments["known"].split()
    assert refused(server.url("schema=ledger10")) == ("D238", {})


@serving
def test_a_table_that_the_user_may_not_read(postgres):
    schema = postgres.schema("ledger11")
    postgres.run("DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN PASSWORD 'x-CANARY'", "CREATE TABLE ledger11.t (x INT)", "GRANT USAGE ON SCHEMA ledger11 TO guest")
    assert refused(postgres.url(schema, "guest", "x-CANARY")) == ("D223", {"table": "t", "reason": "InsufficientPrivilege 42501"})


@serving
def test_a_table_that_another_program_has_locked(server, monkeypatch):
    monkeypatch.setattr(policy_sqlalchemy.connections, "_SECONDS", 1)
    schema = server.schema("ledger15")
    server.run("CREATE TABLE ledger15.t (x INT)")
    lock = "LOCK TABLE ledger15.t IN ACCESS EXCLUSIVE MODE" if server.scheme == "postgresql" else "LOCK TABLES ledger15.t WRITE"
    reason = "LockNotAvailable 55P03" if server.scheme == "postgresql" else "OperationalError 1205"
    with server.engine.begin() as other:
        other.exec_driver_sql(lock)
        assert refused(server.url(schema)) == ("D239", {"table": "t", "reason": reason})


@serving
def test_a_parameter_that_the_driver_does_not_know(server):
    assert refused(server.url("no_such=CANARY"))[0] in ("D231", "D235")


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """Runs the command in a folder of its own; gives exit status, standard output and standard error."""
    for name in [name for name in os.environ if name.startswith("POLICY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("POLICY_CACHE_DIR", "")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, tmp_path / "small")

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        return status, *capfd.readouterr()

    return run


LEDGER = (
    "CREATE TABLE {0}.person (id VARCHAR(8) PRIMARY KEY, name VARCHAR(20))",
    "CREATE TABLE {0}.talk (id VARCHAR(8) PRIMARY KEY, kind VARCHAR(20), talkee VARCHAR(8), end_day DATE, private BOOLEAN)",
    "CREATE TABLE {0}.report (id VARCHAR(8) PRIMARY KEY, talk VARCHAR(8), date DATE)",
    "INSERT INTO {0}.person VALUES ('P1', '张三'), ('P2', '李四')",
    "INSERT INTO {0}.talk VALUES ('T1', 'regular', 'P1', '2026-04-08', true), ('T2', '及时谈话', 'P2', '2026-04-08', false)",
    "INSERT INTO {0}.report VALUES ('R1', 'T1', '2026-05-09')",
)
OWN = "CREATE VIEW {0}.{1} AS SELECT id, kind, talkee, end_day AS {2}end{2}, private FROM {0}.talk"
CSV = {
    "person": "id,name\nP1,张三\nP2,李四\n",
    "talk": "id,kind,talkee,end,private\nT1,regular,P1,2026-04-08,是\nT2,及时谈话,P2,2026-04-08,否\n",
    "report": "id,talk,date\nR1,T1,2026-05-09\n",
}


def ledger(server: Server, name: str) -> str:
    """The ledger in a schema, with the table of talks as a view in the pack's words; gives its URL."""
    quote = '"' if server.scheme == "postgresql" else "`"
    schema = server.schema(name)
    server.run(*(statement.format(name) for statement in LEDGER), OWN.format(name, f"{quote}谈话{quote}", quote))
    return server.url(f"{schema}&table=person&table=谈话&table=report")


def outcomes(out: str) -> list[dict]:
    lines = [json.loads(line) for line in out.splitlines()]
    return [{key: value for key, value in line.items() if key != "evidence"} for line in lines]


@serving
def test_a_check_says_of_a_database_what_it_says_of_files(server, run, tmp_path, monkeypatch):
    words = ("--pack", "small", "--as-of", "2026-07-15", "--all")
    (tmp_path / "data").mkdir()
    for name, content in CSV.items():
        (tmp_path / "data" / f"{name}.csv").write_text(content, "utf-8")
    url = ledger(server, "ledger12")
    status, out, error = run("check", url, *words, "-o", "jsonl")
    assert (status, error) == (1, "")
    assert outcomes(out) == outcomes(run("check", "data", *words, "-o", "jsonl")[1])
    rows = {row["key"]: row for line in out.splitlines() for row in json.loads(line)["evidence"]}
    place = f"{server.place}{server.database}?schema=ledger12&table=person&table=谈话&table=report"
    cells = [{"field": "talkee", "cell": "talkee:2"}, {"field": "end", "cell": "end:2"}]
    assert rows["T2"]["file"] == place and rows["T2"]["sheet"] == "谈话" and rows["T2"]["row"] == 2
    assert all(cell in [*cells, {"field": "private", "cell": "private:2"}] for cell in rows["T2"]["cells"])
    monkeypatch.setenv("POLICY_DEBUG", "1")
    for language in ("zh", "en"):
        said = "".join(map(str, run("check", url, *words, "-o", "text", "-o", "json=report.json", "--lang", language)))
        assert SIGN not in said + (tmp_path / "report.json").read_text("utf-8")
        assert ("第2行" if language == "zh" else "row 2") in said


@serving
def test_files_and_a_database_in_one_check(server, run, tmp_path):
    url = ledger(server, "ledger13")
    (tmp_path / "talk.csv").write_text(CSV["talk"], "utf-8")
    words = ("--pack", "small", "--as-of", "2026-07-15", "--lang", "zh")
    status, out, error = run("check", url, "talk.csv", *words)
    assert (status, error) == (1, "") and "2 行与别处相同，只计一次" in out
    (tmp_path / "talk.csv").write_text(CSV["talk"].replace("2026-04-08,否", "2026-04-09,否"), "utf-8")
    (tmp_path / "person.csv").write_text(CSV["person"].replace("李四", "王五"), "utf-8")
    status, out, error = run("check", "talk.csv", "person.csv", url, *words)
    assert (status, out) == (2, "")
    place = str(url_of(url))
    assert error.splitlines()[1:3] == [
        f"错误：{place}「person」第2行name列：`P2` 的保密项 `姓名` 与 person.csv B3 不同（内容不显示）；请改成一致，或只保留一处",
        f"错误：{place}「谈话」第2行end列：`T2` 的 `结束日期` 在这里是 `2026-04-08`，在 talk.csv D3 是 `2026-04-09`；请改成一致，或只保留一处",
    ]


@serving
def test_a_unit_that_keeps_its_data_in_a_database(postgres, run, tmp_path, monkeypatch):
    url = ledger(postgres, "ledger14").replace(quote_plus(servers.PASSWORD), "").replace(":@", "@")
    (tmp_path / "unit").mkdir()
    (tmp_path / "unit" / "policy.toml").write_text(f'规则包 = "../small"\n数据 = "{url}"\n', "utf-8")
    monkeypatch.setenv("POLICY_DATABASE_PASSWORD", servers.PASSWORD)
    words = ("check", "--as-of", "2026-07-15", "--unit", "unit/policy.toml")
    status, out, error = run(*words)
    assert (status, error) == (1, "") and f"{postgres.place}postgres?schema=ledger14" in out
    monkeypatch.chdir(tmp_path / "unit")
    assert run("check", url, "--as-of", "2026-07-15")[0] == 1  # the unit's file of the current folder


def test_addresses_of_no_database(run):
    status, out, error = run("check", "mongodb://u:CANARY@h/d", "--pack", "small", "--lang", "en")
    assert (status, out) == (2, "")
    assert error.startswith("policy: `mongodb://h/d`: addresses that begin with `mongodb` cannot be read; these can: dm kingbase mariadb")
    status, out, error = run("check", f"mysql://u:CANARY@127.0.0.1:{servers.free_port()}/d", "--pack", "small", "--lang", "zh")
    assert (status, out, SIGN in error) == (2, "", False)
    assert error.startswith("错误：mysql://127.0.0.1:") and "连接不上 `127.0.0.1` 的端口" in error
