"""The file of runs: whole runs or none, whoever is killed and whoever writes at once; and no file of anybody else's."""

from __future__ import annotations

import datetime
import io
import os
import random
import signal
import sqlite3
import stat
import sys
import time

import attrs
import pytest
from openpyxl import load_workbook

from policy.history import HistoryError, Store, annals
from policy.history.book import written
from policy.lang.past import PastFinding, PastRun, key_of
from policy.report.comparing import compare

DAY = datetime.date(2026, 5, 11)
SIZE = 3000


def run(day: datetime.date = DAY, size: int = 3, **changes) -> PastRun:
    keys = [key_of("A-1", (("talk", f"T{number}"), ("year", 2026))) for number in range(size)]
    findings = tuple(PastFinding(key, "violated", "fail", ("person", "P1"), DAY, None, f"{number:016}") for number, key in enumerate(keys[: size // 2]))
    statuses = dict.fromkeys(keys, "satisfied") | {one.key: one.status for one in findings}
    head = {"version": "0.1.0", "pack_id": "small", "pack_version": "1.0", "pack_sha256": "a" * 64, "as_of": day, "mask": "none"}
    return PastRun(findings, statuses, **head | {"parameters": (("p", "1", "2"),), "rules": frozenset({"A-1", "B-1"})} | changes)


def keep(store: Store, one: PastRun) -> None:
    store.keep(one, "小办法", {"A-1": "一", "B-1": "二"}, {"person": "人员"})


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "runs.sqlite"))


def test_a_run_comes_back_as_it_was(store):
    other = attrs.evolve(run(), statuses={("B-1", ("甲，乙", "\"x\"")): "late"}, findings=(
        PastFinding(("B-1", ("甲，乙", "\"x\"")), "late", "warn", None, None, DAY, "f" * 16),))  # fmt: skip
    keep(store, run())
    keep(store, other)
    assert store.run(1) == run() and store.run(2) == other
    assert store.pack() == ("small", "小办法") and store.words() == ({"A-1": "一", "B-1": "二"}, {"person": "人员"})
    assert [(one.number, one.as_of, dict(one.tally)) for one in store.runs()] == [(1, DAY, {"violated": 1, "satisfied": 2}), (2, DAY, {"late": 1})]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_nobody_else_may_read_it(store):
    keep(store, run())
    assert stat.S_IMODE(os.stat(store.file).st_mode) == 0o600
    assert os.listdir(os.path.dirname(store.file)) == ["runs.sqlite"], "one file, to copy and to put away"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_killed_at_any_moment_it_loses_no_finished_run_and_shows_no_half_one(store):
    chance = random.Random(6)
    finished = torn = rounds = 0
    while (finished < 10 or torn < 5) and rounds < 200:
        rounds += 1
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                while True:
                    keep(store, run(size=500))
                    os.write(tell, b".")
            finally:
                os._exit(1)
        os.close(tell)
        time.sleep(chance.uniform(0.001, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(told, "rb") as stream:
            finished += len(stream.read())
        torn += os.path.exists(f"{store.file}-journal")  # it was killed while it wrote
        kept = store.runs() if store.exists() else []
        assert finished <= len(kept) <= finished + 1  # killed after the run was kept and before it was said
        assert all(sum(one.tally.values()) == 500 for one in kept)
        finished = len(kept)
    assert finished >= 10 and torn >= 5, "or nothing was tried"
    with sqlite3.connect(store.file) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_two_who_write_at_once(store):
    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                for _ in range(8):
                    keep(store, run(size=200))
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert [one.number for one in store.runs()] == list(range(1, 17))


def test_a_failure_in_the_middle_leaves_nothing(store):
    keep(store, run())
    with pytest.raises(TypeError):
        keep(store, attrs.evolve(run(), statuses={("A-1", ("T1",)): "late", None: "late"}))
    assert len(store.runs()) == 1


def test_what_is_no_unicode_is_kept_all_the_same(store):
    key = ("A-1", ("\udc80",))
    keep(store, attrs.evolve(run(), statuses={key: "late"}, findings=(PastFinding(key, "late", "fail", ("person", "\udc80"), None, DAY, "f"),)))
    assert store.run(1).findings[0].bearer == ("person", "?")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda file: file.write_bytes(b"no database, but long enough to look like one" * 40), "U401"),
        (lambda file: sqlite3.connect(file).execute("CREATE TABLE talk (id)").connection.close(), "U401"),
        (lambda file: sqlite3.connect(file).execute("PRAGMA application_id = 7").connection.close(), "U401"),
        (lambda file: sqlite3.connect(file).execute("PRAGMA user_version = 1").connection.close(), "U401"),
        (lambda file: file.mkdir(), "U402"),
    ],
)  # fmt: skip
def test_a_file_of_somebody_else_is_refused_and_stays(store, tmp_path, make, code):
    file = tmp_path / "runs.sqlite"
    make(file)
    before = file.is_file() and file.read_bytes()
    for use in (store.exists, lambda: keep(store, run())):
        with pytest.raises(HistoryError) as raised:
            use()
        assert raised.value.code == code
    assert (file.is_file() and file.read_bytes()) == before


def test_a_later_version_is_refused(store):
    keep(store, run())
    with sqlite3.connect(store.file) as base:
        base.execute("PRAGMA user_version = 2")
    base.close()
    with pytest.raises(HistoryError) as raised:
        store.runs()
    assert (raised.value.code, raised.value.arguments) == ("U403", {"version": "2", "known": "1"})


def test_a_damaged_file_is_said_to_be(store):
    keep(store, run(size=SIZE))
    with open(store.file, "r+b") as stream:
        stream.seek(20000)
        stream.write(b"\xff" * 40000)
    with pytest.raises(HistoryError) as raised:
        store.run(1)
    assert raised.value.code == "U402"


def test_months_take_their_last_run_whatever_the_order(store):
    days = ("2026-03-02", "2026-05-11", "2026-03-31", "2026-03-15", "2025-12-31")
    for day in days:
        keep(store, run(datetime.date.fromisoformat(day), size=2 + int(day[-1])))
    kept = annals(store, 2, compare)
    assert [(month.name, str(month.run.as_of)) for month in kept.months] == [("2026-03", "2026-03-31"), ("2026-05", "2026-05-11")]
    assert kept.months[0].changed.as_of == datetime.date(2025, 12, 31), "the month before those shown is known, too"
    assert [str(one.as_of) for one in kept.runs] == sorted(days)
    assert annals(store, 9, compare).months[0].changed is None


def test_a_workbook_has_texts_and_numbers_and_no_formula(store):
    key = ("=1+1", ("=2+2",))
    store.keep(attrs.evolve(run(), statuses={key: "late"}, findings=(PastFinding(key, "late", "fail", ("=3", "=4"), None, DAY, "f"),)), "t", {"=1+1": "=5"}, {"=3": "=6"})
    book = load_workbook(io.BytesIO(written(annals(store, 1, compare), "zh")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"=1+1", "=5", "=6 =4"} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}, "and none of a formula, f"
