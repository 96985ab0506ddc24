"""The calendar of China against what was published for 2026, and its table against the package that it is made from.

Run as a program, this file writes the table anew, for when the package knows another year.
"""

import datetime
from pathlib import Path

from policy.lang.dates import roll
import policy_calendar_cn
from policy_calendar_cn import policy_calendars

TABLE = Path(policy_calendar_cn.__file__).with_name("days.csv")
CN = policy_calendars()["cn"]()
YEAR = [datetime.date(2026, 1, 1) + datetime.timedelta(n) for n in range(365)]


def days(texts):
    return {datetime.date.fromisoformat(f"2026-{text}") for text in texts.split()}


def test_holidays_and_worked_weekends_of_2026():
    assert len([day for day in CN.holidays if day.year == 2026]) == 33
    assert {day for day in CN.workdays if day.year == 2026} == days("01-04 02-14 02-28 05-09 09-20 10-10")


def test_workdays_of_2026():
    assert sum(map(CN.is_workday, YEAR)) == 248


def test_known_years():
    assert CN.name == "cn"
    assert CN.knows(datetime.date(2026, 12, 31)) and not CN.knows(datetime.date(CN.last + 1, 1, 1))
    assert CN.last == max(CN.holidays).year and CN.first <= 2010


def test_a_due_day_in_the_spring_festival_moves_behind_it():
    assert roll(datetime.date(2026, 2, 15), "next_workday", CN) == datetime.date(2026, 2, 24)


def published() -> str:
    """The table that the package chinesecalendar amounts to."""
    from chinese_calendar.constants import holidays, workdays

    lines = sorted([*((day, "holiday") for day in holidays), *((day, "workday") for day in workdays)])
    return "date,kind\n" + "".join(f"{day},{kind}\n" for day, kind in lines)


def test_the_table_is_what_the_package_says():
    assert TABLE.read_text("ascii") == published()


if __name__ == "__main__":
    TABLE.write_text(published(), "ascii")
