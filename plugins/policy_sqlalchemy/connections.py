"""From a URL to a connection that can do nothing but read, or why there is none."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import attrs
import sqlalchemy
from sqlalchemy import URL, Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from policy.hooks.spec import SourceError
from policy.lang.url import Url
from policy_sqlalchemy.endless import let_days_be_endless

__all__ = ["Target", "connected", "said", "target_of"]

_PASSWORD = "POLICY_DATABASE_PASSWORD"
_SECONDS = 10
"""How long to wait for a server, and for a table that somebody has locked."""


@attrs.frozen
class _Backend:
    """What a kind of database needs: its usual driver and port, how to install the driver, and what begins a transaction that reads."""

    driver: str
    port: int
    install: str
    begin: tuple[str, ...] = ("SET TRANSACTION READ ONLY",)


_EXTRA = "pip install 'policy[databases]'"
_OF_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_POSTGRESQL = (_OF_ONE_MOMENT, "SET LOCAL lock_timeout = '{seconds}s'")
_MYSQL = ("SET SESSION lock_wait_timeout = {seconds}", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")

_BACKENDS = {
    "postgresql": _Backend("psycopg", 5432, _EXTRA, _POSTGRESQL),
    "mysql": _Backend("pymysql", 3306, _EXTRA, _MYSQL),
    "mariadb": _Backend("pymysql", 3306, _EXTRA, _MYSQL),
    "oracle": _Backend("oracledb", 1521, "pip install oracledb"),
    "dm": _Backend("dmPython", 5236, "pip install dmSQLAlchemy"),
    "kingbase": _Backend("ksycopg2", 54321, "pip install ksycopg2", (_OF_ONE_MOMENT,)),
    "opengauss": _Backend("psycopg2", 5432, "pip install opengauss-sqlalchemy psycopg2", (_OF_ONE_MOMENT,)),
}
_WAITING = ("psycopg", "psycopg2", "pymysql", "ksycopg2")
"""Drivers that can be told how long to wait for a server."""

_REFUSED = re.compile(r"password|authentication|role |pg_hba|认证|角色|口令|密码|ORA-01017|-2501", re.IGNORECASE)
_NO_DATABASE = re.compile(r"database .*does not exist|数据库.*不存在|ORA-1251[45]", re.IGNORECASE)
_CODES = {1044: "D233", 1045: "D233", 1698: "D233", 1049: "D234"}
"""Of MySQL, whose texts are translated."""


@attrs.frozen
class Target:
    """A URL taken apart: the address to connect to, the schema and the tables that it names."""

    url: Url
    address: URL = attrs.field(repr=False)
    schema: str | None
    tables: tuple[str, ...]


def target_of(url: Url) -> Target:
    """The parts of a URL. Raises SourceError when it is none that SQLAlchemy reads."""
    try:
        address = sqlalchemy.make_url(url.secret)
    except (ArgumentError, ValueError):
        raise SourceError("D231", str(url)) from None
    if "+" not in address.drivername:
        address = address.set(drivername=f"{url.scheme}+{_BACKENDS[url.scheme].driver}")
    if address.username and address.password is None and os.environ.get(_PASSWORD):
        address = address.set(password=os.environ[_PASSWORD])
    schema, tables = (address.normalized_query.get(name, ()) for name in ("schema", "table"))
    return Target(url, address.difference_update_query(("schema", "table")), schema[-1] if schema else None, tuple(tables))


@contextmanager
def connected(target: Target) -> Iterator[Connection]:
    """A connection in a transaction that is read-only from its first statement on. Raises SourceError when there is none."""
    backend = _BACKENDS[target.url.scheme]
    wait = {"connect_timeout": _SECONDS} if target.address.drivername.partition("+")[2] in _WAITING else {}
    try:
        engine = sqlalchemy.create_engine(target.address, poolclass=sqlalchemy.NullPool, hide_parameters=True, connect_args=wait)
        connection = engine.connect()
        if connection.dialect.driver == "psycopg":
            let_days_be_endless(connection.connection.dbapi_connection)
        for statement in backend.begin:
            connection.exec_driver_sql(statement.format(seconds=_SECONDS))
    except (NoSuchModuleError, ImportError):
        usual = target.address.drivername.endswith(f"+{backend.driver}")
        command = backend.install if usual else f"pip install {target.address.drivername.partition('+')[2]}"
        raise SourceError("D230", str(target.url), command=command) from None
    except DBAPIError as error:
        raise _failure(target, backend, error) from None
    except (TypeError, ValueError):  # a parameter that the driver does not know
        raise SourceError("D231", str(target.url)) from None
    try:
        yield connection
    finally:
        with suppress(DBAPIError):  # one that has broken has been told of
            connection.close()


def _failure(target: Target, backend: _Backend, error: DBAPIError) -> SourceError:
    """Why there is no connection: nobody there, user or password refused, no such database, or whatever else."""
    host, port = target.address.host, target.address.port or backend.port
    if host and not host.startswith("/"):
        try:
            socket.create_connection((host, port), _SECONDS).close()
        except (OSError, UnicodeError):
            return SourceError("D232", str(target.url), host=host, port=str(port))
    number, text = next(iter(error.orig.args), None), str(error.orig)
    code = _CODES.get(number) or ("D234" if _NO_DATABASE.search(text) else "D233" if _REFUSED.search(text) else "D235")
    return SourceError(code, str(target.url), database=target.address.database or "", variable=_PASSWORD, reason=said(error))


def said(error: Exception) -> str:
    """An error by its number or kind. Its text may quote cells."""
    orig = getattr(error, "orig", None) or error
    number = next(iter(orig.args), None)
    if not isinstance(number, int):
        number = getattr(orig, "sqlstate", None) or getattr(orig, "pgcode", None) or number
    code = re.match(r"ORA-\d+|\[CODE:-?\d+\]|[0-9A-Z]{5}$|-?\d+$", str(number))
    return f"{type(orig).__name__} {code[0]}" if code else type(orig).__name__
