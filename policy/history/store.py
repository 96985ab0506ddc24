"""The file of runs: one transaction a run, so that whatever happens a run is there as a whole or not at all."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from policy.lang.annals import KeptRun
from policy.lang.outcome import PROBLEMS, STATUSES
from policy.lang.past import Key, PastFinding, PastRun

__all__ = ["HistoryError", "Store"]

_OURS = 0x504F4C48
"""Our mark in the head of the file (`application_id`): POLH."""
_SCHEMA = 1
"""The version of the tables (`user_version`)."""
_PATIENCE = 60
"""Seconds to wait for another run that is just being kept."""

_TABLES = (
    "CREATE TABLE pack (id TEXT NOT NULL, title TEXT NOT NULL)",
    "CREATE TABLE run (number INTEGER PRIMARY KEY, recorded TEXT NOT NULL, as_of TEXT NOT NULL, version TEXT NOT NULL, pack_version TEXT NOT NULL, "
    "pack_sha256 TEXT NOT NULL, parameters TEXT NOT NULL, rules TEXT NOT NULL, labels TEXT NOT NULL, mask TEXT NOT NULL)",
    "CREATE TABLE outcome (run INTEGER NOT NULL REFERENCES run, rule TEXT NOT NULL, subject TEXT NOT NULL, status TEXT NOT NULL, severity TEXT, "
    "bearer_entity TEXT, bearer_key TEXT, due TEXT, fulfilled TEXT, fingerprint TEXT, PRIMARY KEY (run, rule, subject)) WITHOUT ROWID",
)


class HistoryError(Exception):
    """A file that cannot be used: `code` is an entry of `policy.messages.MESSAGES`, `arguments` fill it."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


class Store:
    """A file of runs by one pack. Its journal is a rollback journal: it works on shared folders, where a write-ahead log does not, and
    leaves a single file to copy when nobody writes."""

    def __init__(self, file: str) -> None:
        self.file = file

    def exists(self) -> bool:
        """Whether a run is kept there. Raises HistoryError where the file is something else."""
        if not os.path.exists(self.file):
            return False
        with self._open() as base:
            return _version(base) > 0

    def pack(self) -> tuple[str, str]:
        """Id and title of the pack by which the runs are."""
        with self._open() as base:
            return base.execute("SELECT id, title FROM pack").fetchone()

    def keep(self, run: PastRun, title: str, titles: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """Keep a run whose head is known; `titles` are those of its rules, `labels` those of entities. Raises HistoryError, OSError."""
        with suppress(FileExistsError):
            os.close(os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))  # SQLite would let others read it
        with self._open() as base:
            base.execute("BEGIN IMMEDIATE")
            if _version(base) == 0:
                _make(base, run.pack_id, title)
            _insert(base, run, titles, labels)
            base.execute("COMMIT")

    def runs(self) -> list[KeptRun]:
        """The heads of all runs, by day."""
        with self._open() as base:
            tallies: dict[int, dict[str, int]] = {}
            for number, status, count in base.execute("SELECT run, status, count(*) FROM outcome GROUP BY run, status"):
                tallies.setdefault(number, {})[status] = count
            heads = base.execute("SELECT number, recorded, as_of, version, pack_version FROM run ORDER BY as_of, number").fetchall()
        return [
            KeptRun(number, recorded, _day(as_of), version, pack, _in_order(tallies.get(number, {})))
            for number, recorded, as_of, version, pack in heads
        ]

    def words(self) -> tuple[dict[str, str], dict[str, str]]:
        """The titles of rules and the labels of entities, as the latest run that has them says."""
        titles: dict[str, str] = {}
        labels: dict[str, str] = {}
        with self._open() as base:
            for rules, named in base.execute("SELECT rules, labels FROM run ORDER BY as_of, number"):
                titles |= json.loads(rules)
                labels |= json.loads(named)
        return titles, labels

    def run(self, number: int) -> PastRun:
        """A run as it was kept."""
        with self._open() as base:
            head = base.execute(
                "SELECT version, pack_version, pack_sha256, as_of, parameters, rules, mask FROM run WHERE number = ?", (number,)
            ).fetchone()
            rows = base.execute(
                "SELECT rule, subject, status, severity, bearer_entity, bearer_key, due, fulfilled, fingerprint FROM outcome WHERE run = ?", (number,)
            ).fetchall()
            pack_id, _ = base.execute("SELECT id, title FROM pack").fetchone()
        version, pack_version, pack_sha256, as_of, parameters, rules, mask = head
        return PastRun(
            findings=tuple(_finding(row) for row in rows if row[2] in PROBLEMS),
            statuses={_key(rule, subject): status for rule, subject, status, *_ in rows},
            version=version,
            pack_id=pack_id,
            pack_version=pack_version,
            pack_sha256=pack_sha256,
            as_of=_day(as_of),
            parameters=tuple((name, value, default) for name, value, default in json.loads(parameters)),
            rules=frozenset(json.loads(rules)),
            mask=mask,
        )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, open; what is undone when it is left is undone for good. Raises HistoryError."""
        url = f"{Path(os.path.abspath(self.file)).as_uri()}?mode=rw"
        try:
            with closing(sqlite3.connect(url, uri=True, timeout=_PATIENCE, isolation_level=None)) as base:
                _look(base)
                yield base
        except sqlite3.DatabaseError as error:  # also what a file is that is damaged, locked, not to be written
            raise HistoryError(_CODES.get(getattr(error, "sqlite_errorname", ""), "U402"), reason=str(error)) from None


_CODES = {"SQLITE_NOTADB": "U401", "SQLITE_BUSY": "U404"}


def _version(base: sqlite3.Connection) -> int:
    """The version of the tables; 0 where there are none yet."""
    return base.execute("PRAGMA user_version").fetchone()[0]


def _look(base: sqlite3.Connection) -> None:
    """Refuse a file of something else, or of a later version."""
    base.execute("PRAGMA synchronous = FULL")
    mark, version = base.execute("PRAGMA application_id").fetchone()[0], _version(base)
    if mark != _OURS and (mark or version or base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]):
        raise HistoryError("U401", reason="")
    if version > _SCHEMA:
        raise HistoryError("U403", version=str(version), known=str(_SCHEMA))


def _make(base: sqlite3.Connection, pack_id: str | None, title: str) -> None:
    for statement in _TABLES:
        base.execute(statement)
    base.execute("INSERT INTO pack VALUES (?, ?)", (pack_id, title))
    base.execute(f"PRAGMA application_id = {_OURS}")
    base.execute(f"PRAGMA user_version = {_SCHEMA}")


def _insert(base: sqlite3.Connection, run: PastRun, titles: Mapping[str, str], labels: Mapping[str, str]) -> None:
    recorded = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    head = (recorded, str(run.as_of), run.version, run.pack_version, run.pack_sha256, _json(run.parameters), _json(titles), _json(labels), run.mask)
    number = base.execute(
        "INSERT INTO run (recorded, as_of, version, pack_version, pack_sha256, parameters, rules, labels, mask) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", head
    ).lastrowid
    known = {one.key: one for one in run.findings}
    rows = ((number, key[0], _json(key[1]), status, *_told(known.get(key))) for key, status in run.statuses.items())
    base.executemany("INSERT INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _told(finding: PastFinding | None) -> tuple[str | None, ...]:
    """What is kept of a problem besides its status; of other outcomes nothing."""
    if finding is None:
        return (None,) * 6
    days = (day and day.isoformat() for day in (finding.due, finding.fulfilled))
    entity, key = finding.bearer or (None, None)
    return finding.severity, entity, key and _plain(key), *days, finding.fingerprint


def _finding(row: tuple) -> PastFinding:
    rule, subject, status, severity, entity, key, due, fulfilled, fingerprint = row
    bearer = None if entity is None else (entity, key)
    return PastFinding(_key(rule, subject), status, severity, bearer, due and _day(due), fulfilled and _day(fulfilled), fingerprint)


def _key(rule: str, subject: str) -> Key:
    return rule, tuple(json.loads(subject))


def _in_order(tally: Mapping[str, int]) -> dict[str, int]:
    return {status: tally[status] for status in STATUSES if status in tally}


def _json(value: object) -> str:
    return _plain(json.dumps(value, ensure_ascii=False))


def _plain(text: str) -> str:
    """A text that can be written: what is no Unicode, as JSON may bring it, is `?`."""
    return text.encode("utf-8", "replace").decode()


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
