"""The calendar of China against what was published for 2026."""

import datetime

from policy.lang.dates import roll
from policy_calendar_cn import policy_calendars

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


def test_every_day_is_judged_as_the_package_judges_it():
    from chinese_calendar import is_workday

    assert [day for day in YEAR if CN.is_workday(day) != is_workday(day)] == []
