"""Deadline arithmetic against the pairs of another project, and against China's published calendar of 2026."""

from __future__ import annotations

import csv
import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.check import Layer, check_pack
from policy.hooks.manager import load_plugins
from policy.interpret import judge
from policy.lang.dates import WEEKENDS, Calendar, add_days, add_months, add_workdays, roll
from policy.lang.facts import Facts, Origin, Row
from policy.parse import parse_file
from policy.source import Source

PAIRS = Path(__file__).parents[1] / "data" / "dates_calc"
day = datetime.date.fromisoformat

RULE = """
pack pairs version "1" months {mode} basis "test" end
entity task id : text key day : date end
entity proof id : text key task : ref task date : date occurs end
rule R-1 "in time" basis "test" for each task must exist proof such that proof.task is task due {period} after task.day otherwise fail "x" end
"""

VECTORS = """
2026-01-30  2026-02-28 2026-02-28  2026-04-30 2026-04-30
2026-01-31  2026-02-28 2026-02-28  2026-04-30 2026-04-30
2026-03-05  2026-04-05 2026-04-07  2026-06-05 2026-06-05
2026-03-31  2026-04-30 2026-04-30  2026-06-30 2026-06-30
2026-04-01  2026-05-01 2026-05-06  2026-07-01 2026-07-01
2026-06-20  2026-07-20 2026-07-20  2026-09-20 2026-09-20
2026-08-27  2026-09-27 2026-09-28  2026-11-27 2026-11-27
2026-08-31  2026-09-30 2026-09-30  2026-11-30 2026-11-30
2026-10-10  2026-11-10 2026-11-10  2027-01-10 2027-01-11
"""
"""A day; one month later, unrolled and rolled; three months later, unrolled and rolled."""


def pairs(name: str) -> list:
    with (PAIRS / name).open(encoding="utf-8") as stream:
        rows = [[cell.strip() for cell in row] for row in csv.reader(stream, delimiter=";")]
    return [_pair(*row) for row in rows[1:]]


def _pair(start: str, period: str, *results: str):
    years, months, days = map(int, re.findall(r"\d+", period))
    return pytest.param(day(start), years * 12 + months, days, *map(day, results), id=f"{start} {period}")


def plus(start: datetime.date, months: int, days: int, mode: str) -> datetime.date | None:
    return add_days(add_months(start, months, mode), days)


def due(start: datetime.date, months: int, days: int, mode: str) -> datetime.date | None:
    """The due day that a rule with this period gives a task of the day `start`."""
    source = Source("pairs.policy", RULE.format(mode=mode, period=f"{months} months" if months else f"{days} days"))
    pack, mistakes = check_pack([Layer([(source, parse_file(source)[0])], {})], {}, "")
    assert mistakes == ()
    task = Row("task", "T1", ("T1", start), Origin("task.csv", None, {}), 2)
    (outcome,) = judge(pack, Facts({"task": (task,)}), start, {}, WEEKENDS, {}, None).outcomes
    return outcome.due


@pytest.fixture(scope="module")
def china() -> Calendar:
    return load_plugins().calendars["cn"]()


def test_the_tables_of_pairs_are_whole():
    exact, ambiguous = pairs("dates_calc_exact_computations.csv"), pairs("dates_calc_ambiguous_computations.csv")
    assert (len(exact), len(ambiguous)) == (19, 11)


@pytest.mark.parametrize("mode", ["down", "up", "error"])
@pytest.mark.parametrize(("start", "months", "days", "result"), pairs("dates_calc_exact_computations.csv"))
def test_a_day_that_exists_is_the_same_in_every_mode(start, months, days, result, mode):
    assert plus(start, months, days, mode) == result
    assert due(start, months, days, mode) == result


@pytest.mark.parametrize(("start", "months", "days", "up", "down"), pairs("dates_calc_ambiguous_computations.csv"))
def test_a_day_that_does_not_exist_is_rounded(start, months, days, up, down):
    assert plus(start, months, days, "up") == up
    assert plus(start, months, days, "down") == down
    assert add_months(start, months, "error") is None
    assert [due(start, months, days, mode) for mode in ("up", "down", "error")] == [up, down, None]


@pytest.mark.parametrize("line", VECTORS.strip().splitlines(), ids=lambda line: line[:10])
def test_deadlines_over_the_published_calendar(line, china):
    start, one, one_rolled, three, three_rolled = map(day, line.split())
    assert add_months(start, 1, "down") == one
    assert add_months(start, 3, "down") == three
    assert roll(one, "next_workday", china) == one_rolled
    assert roll(three, "next_workday", china) == three_rolled


def test_only_published_years_are_known(china):
    assert china.knows(day("2026-12-31"))
    assert not china.knows(day("2027-01-01"))


def test_a_year_of_workdays(china):
    """As announced: 248 workdays in 2026, among them six days of weekends."""
    days = [day("2026-01-01") + datetime.timedelta(number) for number in range(365)]
    assert sum(map(china.is_workday, days)) == 248
    worked = [one.isoformat()[5:] for one in days if one.weekday() >= 5 and china.is_workday(one)]
    assert worked == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


@pytest.mark.parametrize(
    ("mode", "result"), [("none", "2026-05-02"), ("next_workday", "2026-05-06"), ("previous_workday", "2026-04-30")]
)
def test_modes_of_rolling(mode, result, china):
    assert roll(day("2026-05-02"), mode, china) == day(result)


@pytest.mark.parametrize(
    ("start", "workdays", "result"),
    [
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-05-02", 1, "2026-05-06"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-05-06", -1, "2026-04-30"),
        ("2026-05-02", 0, "2026-05-02"),
    ],
)
def test_workdays_do_not_count_the_day_itself(start, workdays, result, china):
    assert add_workdays(day(start), workdays, china) == day(result)


def test_outside_of_the_calendar_of_days_there_is_no_day():
    assert add_months(day("9999-12-31"), 1, "down") is None
    assert add_days(day("0001-01-01"), -1) is None
    assert add_workdays(day("9999-12-31"), 1, WEEKENDS) is None
    assert roll(day("9999-12-31"), "next_workday", WEEKENDS) == day("9999-12-31")  # a Friday


@given(st.dates(), st.integers(-2000, 2000))
def test_rounding_down_and_up_differ_by_a_day_at_most(start, months):
    down, up = add_months(start, months, "down"), add_months(start, months, "up")
    if down is not None and up is not None:
        assert up - down in (datetime.timedelta(0), datetime.timedelta(1))
        assert (down == up) == (add_months(start, months, "error") == down)


@given(st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(2090, 1, 1)))
def test_rolling_ends_on_a_workday_not_before(start):
    moved = roll(start, "next_workday", WEEKENDS)
    assert start <= moved <= start + datetime.timedelta(2)
    assert WEEKENDS.is_workday(moved)
