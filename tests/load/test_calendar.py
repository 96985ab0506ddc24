"""A unit's own file of holidays, and what may be wrong with it."""

import datetime

import pytest

from policy.lang.dates import WEEKENDS, Calendar
from policy.load.calendar import CalendarError, extend, read_calendar
from policy.messages import text

D = datetime.date


def write(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_and_english_files_say_the_same(tmp_path, encoding):
    chinese = write(tmp_path / "cn.csv", "名称,日期,类型\n元旦,2027年1月1日,放假\n,2027-1-3,补班\n\n", encoding)
    english = write(tmp_path / "cn.tsv", "date\tkind\n2027-01-01\tholiday\n2027-01-03\tworkday\n")
    wanted = Calendar("cn", 2027, 2027, frozenset({D(2027, 1, 1)}), frozenset({D(2027, 1, 3)}))
    assert read_calendar(chinese) == read_calendar(english) == wanted


def test_several_years(tmp_path):
    calendar = read_calendar(write(tmp_path / "a.csv", "date,kind\n2028-01-03,holiday\n2027-01-01,holiday\n"))
    assert (calendar.first, calendar.last) == (2027, 2028)
    assert calendar.knows(D(2027, 5, 5)) and not calendar.knows(D(2029, 1, 1))


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("", [("D050", None, None)]),
        ("\ndate,what\n", [("D050", 2, None)]),
        ("date,kind\n", [("D054", None, None)]),
        (
            "kind,date\nholiday,2027-02-30\nholiday,\nrest,2027-01-01\n",
            [("D051", 2, "B"), ("D051", 3, "B"), ("D052", 4, "A"), ("D054", None, None)],
        ),
        ("date,kind\n2027-01-01,holiday\n2027-01-01,workday\n2027-01-01,放假\n", [("D053", 3, "A")]),
        ("date,kind\n2027-01-01,holiday\n2029-01-01,holiday\n", [("D055", None, None)]),
        ("\udcff", [("D056", None, None)]),
    ],
)
def test_mistakes_have_their_rows(tmp_path, content, problems):
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CalendarError) as caught:
        read_calendar(path)
    assert [(problem.code, problem.row, problem.column) for problem in caught.value.problems] == problems
    for problem in caught.value.problems:
        assert problem.file == str(path) and problem.error
        assert text(problem.code, "zh", **dict(problem.arguments))


def test_wide_commas(tmp_path):
    file = tmp_path / "放假.csv"
    file.write_text("日期，类型\n2027年1月1日，放假\n", "utf-8")
    assert read_calendar(file).holidays == {D(2027, 1, 1)}


def test_extending_replaces_years_and_keeps_the_others():
    known = Calendar("cn", 2025, 2026, frozenset({D(2025, 1, 1), D(2026, 1, 1)}), frozenset({D(2026, 1, 4)}))
    other = Calendar("own", 2026, 2027, frozenset({D(2026, 1, 2), D(2027, 1, 1)}), frozenset())
    extended = extend(known, other)
    assert extended == Calendar("cn", 2025, 2027, frozenset({D(2025, 1, 1), D(2026, 1, 2), D(2027, 1, 1)}), frozenset())


@pytest.mark.parametrize(("year", "missing"), [(2028, "2027"), (2022, "2023")])
def test_extending_leaves_no_year_out(year, missing):
    known = Calendar("cn", 2024, 2026, frozenset({D(2026, 1, 1)}), frozenset())
    with pytest.raises(CalendarError) as caught:
        extend(known, Calendar("own", year, year, frozenset({D(year, 1, 1)}), frozenset()))
    assert [(problem.code, problem.arguments) for problem in caught.value.problems] == [("D055", (("year", missing),))]


def test_weekends_alone_know_nothing_of_a_year():
    own = Calendar("own", 2027, 2027, frozenset({D(2027, 1, 1)}), frozenset())
    assert extend(WEEKENDS, own) is own
