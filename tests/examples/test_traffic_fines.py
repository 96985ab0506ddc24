"""The fines pack on 10,000 real cases: the figures are those of the data's own description."""

from __future__ import annotations

import csv
import datetime
import gzip
from collections import Counter
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.pipeline.cases import run_cases

ROOT = Path(__file__).parents[2]
PACK = ROOT / "docs" / "examples" / "traffic_fines"
LOG = ROOT / "tests" / "data" / "traffic_fines" / "traffic_fines_10000cases.csv.gz"
AT_THE_END = datetime.date(2013, 12, 31)


def write_tables(log: Path, folder: Path) -> None:
    """The event log as the pack's two tables: `event.csv`, and `case.csv` from the entries that create a fine."""
    with gzip.open(log, "rt", encoding="utf-8", newline="") as stream:
        entries = list(csv.DictReader(stream))
    columns = ("activity_instance_id", "case_id", "activity", "timestamp", "amount")
    events = [[entry[name] for name in columns] for entry in entries]
    created = [entry for entry in entries if entry["activity"] == "Create Fine"]
    cases = [[entry[name] for name in ("case_id", "article", "vehicleclass")] for entry in created]
    _write(folder / "event.csv", ["id", "case", "activity", "day", "amount"], events)
    _write(folder / "case.csv", ["case_id", "article", "vehicle_class"], cases)


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


@pytest.fixture(scope="module")
def plugins():
    return load_plugins()


@pytest.fixture(scope="module")
def loaded(plugins):
    loaded = pipeline.load_pack(PACK, plugins)
    assert loaded.diagnostics == ()
    return loaded


@pytest.fixture(scope="module")
def reading(tmp_path_factory, plugins):
    folder = tmp_path_factory.mktemp("fines")
    write_tables(LOG, folder)
    return pipeline.read([str(folder)], plugins)


@pytest.fixture(scope="module")
def judged(loaded, reading, plugins):
    """Judges the log as of a day by one rule: how many outcomes there are of each status."""

    def statuses(rule: str, as_of: datetime.date) -> dict[str, int]:
        calendar = pipeline.find_calendar(loaded.pack, plugins)
        request = pipeline.Request(as_of=as_of, calendar=calendar, language="en", rules={rule}, all_outcomes=True)
        report = pipeline.check(loaded.pack, reading, request, plugins)
        assert not any(problem.error for problem in report.problems)
        return dict(Counter(outcome.status for outcome in report.outcomes))

    return statuses


def test_every_case_of_the_pack_passes(loaded, plugins):
    results = run_cases(loaded, plugins)
    assert len(results) >= 15
    assert [result.case.title for result in results if result.failures] == []


def test_sent_within_90_days(judged):
    """6,570 are sent, 3,970 of them too late; 3,430 are not."""
    assert judged("CDS-201-1-a", AT_THE_END) == {"satisfied": 6570 - 3970, "late": 3970, "violated": 3430}


def test_the_same_log_as_of_an_earlier_day(judged):
    counts = judged("CDS-201-1-a", datetime.date(2008, 1, 1))
    waiting = counts.pop("pending") + counts.pop("due_soon", 0)
    assert (counts, waiting) == ({"satisfied": 1406, "late": 3314, "violated": 2730}, 1260)
    assert sum(counts.values()) + waiting == 8710


def test_nothing_is_owed_before_the_log_begins(judged):
    assert judged("CDS-201-1-a", datetime.date(2006, 6, 16)) == {}


def test_appeals_within_60_days_of_the_notification(judged):
    """36 of 231 are late; one more has no notification in the log."""
    assert judged("CDS-203-1-a", AT_THE_END) == {"satisfied": 231 - 36, "violated": 36, "unknown": 1}


def test_penalties_on_the_sixtieth_day(judged):
    assert judged("CDS-203-3-a", AT_THE_END) == {"satisfied": 4635}
