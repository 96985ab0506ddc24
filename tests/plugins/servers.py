"""Database servers of Debian's packages, each started in a folder of its own and ended with the test that asked for it."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["PASSWORD", "free_port", "mariadb", "postgresql"]

PASSWORD = "p@ss/w:rd-CANARY"
_PATIENCE = 60


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _program(name: str, folders: Sequence[str], package: str) -> str:
    """The path of a program; without it the test is skipped, but never in CI."""
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ["PATH"], "/usr/sbin"]))
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{name} of the package {package} is not installed")
    if found is None:
        pytest.skip(f"{name} of the package {package} is not installed")
    return found


def _run(command: Sequence[str], folder: str, user: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **user)
    assert done.returncode == 0, done.stderr


@contextmanager
def _folder(owner: str) -> Iterator[tuple[str, dict[str, str]]]:
    """A folder, and as whom a server runs there: servers refuse to run as root."""
    folder = tempfile.mkdtemp(prefix="policy-")
    user = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam(owner)
        os.chown(folder, account.pw_uid, account.pw_gid)
        user = {"user": owner, "group": account.pw_gid, "extra_groups": ()}
    try:
        yield folder, user
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serving(command: Sequence[str], folder: str, user: dict[str, str], ready: Callable[[], object]) -> Iterator[None]:
    with open(Path(folder, "log"), "wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **user) as server:
        try:
            end = time.monotonic() + _PATIENCE
            while True:
                try:
                    ready()
                    break
                except Exception:
                    assert server.poll() is None and time.monotonic() < end, Path(folder, "log").read_text("utf-8", "replace")
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()


@contextmanager
def postgresql() -> Iterator[int]:
    """A PostgreSQL server on 127.0.0.1; gives its port. The user is `boss` with PASSWORD, the database `postgres`."""
    import psycopg

    folders = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    initdb, postgres = (_program(name, folders, "postgresql") for name in ("initdb", "postgres"))
    with _folder("postgres") as (folder, user):
        password = Path(folder, "password")
        password.write_text(PASSWORD, "utf-8")
        password.chmod(0o644)
        data = f"{folder}/data"
        _run([initdb, "-D", data, "-U", "boss", "-A", "scram-sha-256", f"--pwfile={password}", "--no-sync", "-E", "UTF8", "--locale=C"], folder, user)
        port = free_port()
        command = [postgres, "-D", data, "-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        with _serving(command, folder, user, lambda: psycopg.connect(host="127.0.0.1", port=port, user="boss", password=PASSWORD, dbname="postgres").close()):
            yield port


@contextmanager
def mariadb() -> Iterator[int]:
    """A MariaDB server on 127.0.0.1; gives its port. The user is `boss` with PASSWORD, the database `ledger`."""
    import pymysql

    install = _program("mariadb-install-db", (), "mariadb-server")
    server = _program("mariadbd", (), "mariadb-server")
    with _folder("mysql") as (folder, user):
        data = f"{folder}/data"
        _run([install, "--no-defaults", f"--datadir={data}", "--skip-test-db", "--auth-root-authentication-method=normal"], folder, user)
        start = Path(folder, "start.sql")
        who = "'boss'@'127.0.0.1'"
        start.write_text(f"CREATE DATABASE ledger;\nCREATE USER {who} IDENTIFIED BY '{PASSWORD}';\nGRANT ALL ON *.* TO {who} WITH GRANT OPTION;\n", "utf-8")
        start.chmod(0o644)
        port = free_port()
        command = [
            server, "--no-defaults", f"--datadir={data}", f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/socket",
            f"--init-file={start}", "--skip-name-resolve", f"--pid-file={folder}/pid", "--character-set-server=utf8mb4",
        ]  # fmt: skip
        with _serving(command, folder, user, lambda: pymysql.connect(host="127.0.0.1", port=port, user="boss", password=PASSWORD, database="ledger").close()):
            yield port
