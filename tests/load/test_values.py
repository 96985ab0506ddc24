"""Every form of value that the data dictionary lists, and what is said of the others."""

import datetime
import re
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.lang.schema import Enum, Member, Vocabulary
from policy.lang.types import (
    BOOL,
    DATE,
    DAYS,
    INT,
    MONTH_DAY,
    MONTHS,
    NUMBER,
    TEXT,
    WORKDAYS,
    MonthDay,
    Period,
    enum_type,
    ref_type,
)
from policy.load.days import read_day
from policy.load.texts import named
from policy.load.values import Trouble, are_codes, read_value

DECISION = Enum(
    "decision", "认定结论", (Member("talk_required", "需谈话"), Member("not_required", "不需谈话"), Member("undecided", "待认定"))
)
WORDS = Vocabulary({}, {"decision": DECISION})
DAY = datetime.date(2026, 2, 3)
TYPES = (TEXT, INT, NUMBER, DATE, BOOL, DAYS, MONTHS, WORKDAYS, MONTH_DAY, enum_type("decision"), ref_type("talk"))


def read(cell, type, **more):
    return read_value(cell, type, WORDS, **more)


@pytest.mark.parametrize(
    "cell",
    [
        "2026年2月3日", "2026.2.3", "2026/2/3", "20260203", 20260203, 20260203.0, "26.2.3", "２０２６．２．３", "二〇二六年二月三日", "二○二六年二月三日",
        "2026-02-03", "2026-2-3", "2026年02月03号", "2026。2。3", "2026.2.3上午", "2026年2月3日（星期二）下午三时", "2026-02-03 10:30:00",
        "2026-02-03T10:30:00+08:00", "2026.2.3 9:00-11:30", "2026年2月3日14时-16时", " 2026年 2月\u30003日\u00a0", "\ufeff2026-02-\u200b03",
        46056, 46056.0, "46056", 46056.75, "46056.75", '="2026-02-03"', DAY, datetime.datetime(2026, 2, 3, 23, 59),
        "2026年2月1日-3日", "2026.2.1-3", "2026.1.30—2.3", "2026年1月30日至2026年2月3日", "2026-02-01-03", "20260201-20260203", "2026年2月2日、3日",
        "2025年12月31日～2026年2月3日", "2026.2.2上午-3日下午",
    ],
)  # fmt: skip
def test_forms_of_a_day(cell):
    assert read(cell, DATE) == DAY


@pytest.mark.parametrize(
    ("text", "first"),
    [("2026年2月1日-3日", (2026, 2, 1)), ("2025年12月31日~2026年2月3日", (2025, 12, 31)), ("2月1日-3日", (2026, 2, 1)), ("2026.2.3", (2026, 2, 3))],
)
def test_the_first_of_several_days(text, first):
    assert read_day(text, 2026, first=True) == datetime.date(*first)
    assert read_day(text, 2026) == DAY


def test_days_in_a_row_that_cannot_be_have_no_first():
    assert read_day("2026.2.5-2.3", first=True) == "D020"


NAMES = [
    ("张 三", "张三"), ("张\u3000三", "张三"), ("张\u200b三\u00a0", "张三"), ("欧阳 修", "欧阳修"), ("𠮷野", "𠮷野"), ("e\u0301", "é"),
    *[(f"阿卜杜拉{dot}买买提", "阿卜杜拉·买买提") for dot in "·•‧・･●∙⋅．."],
]  # fmt: skip


@pytest.mark.parametrize(("written", "compared"), NAMES)
def test_names_are_compared_without_blanks_and_with_one_dot(written, compared):
    assert named(written) == compared


@pytest.mark.parametrize(("written", "compared"), NAMES)
def test_a_name_is_kept_as_it_is_written(written, compared):
    assert read(written, TEXT) == normalize("NFC", re.sub("[\u200b\u00a0]", "", written)).strip()


def test_a_day_of_the_last_century():
    assert read("99.1.2", DATE) == datetime.date(1999, 1, 2)


def test_the_months_and_days_of_chinese_numerals():
    assert read("二〇二六年十二月三十一日", DATE) == datetime.date(2026, 12, 31)
    assert read("二〇二六年十月二十日", DATE) == datetime.date(2026, 10, 20)


def test_days_counted_from_1904():
    assert read(44594, DATE, date1904=True) == DAY
    assert read("44594", DATE, date1904=True) == DAY


@pytest.mark.parametrize("cell", ["2月3日", "2月1日-3日", "二月三日"])
def test_a_day_without_a_year_takes_that_of_the_sheet(cell):
    assert read(cell, DATE, year=2026) == DAY
    assert read(cell, DATE) == Trouble("D024")


@pytest.mark.parametrize("cell", ["2026年2月", "2026.2", 2026.2, "202602", 2026, "2026年", "2月", "26年2月"])
def test_a_month_is_no_day(cell):
    assert read(cell, DATE) == Trouble("D022", error=False)


@pytest.mark.parametrize(
    "cell",
    [
        "待定",
        "拟3月底前",
        "3月底前",
        "2026年3月初",
        "2026年第一季度",
        "/",
        "／",
        "—",
        "——",
        "-",
        "无",
        "暂无",
        "详见附件",
        "?",
        "N/A",
        "√",
    ],
)
def test_what_is_not_known_of_a_day(cell):
    assert read(cell, DATE) == Trouble("D023", error=False)


@pytest.mark.parametrize("cell", ["2026-02-30", "2026.13.1", "2月30日", "20260230", "2026年2月27日-30日"])
def test_days_that_do_not_exist(cell):
    assert read(cell, DATE) == Trouble("D021")


@pytest.mark.parametrize(
    "cell",
    ["31/12/2026", "2026.2.3、2026.3.4", "2026.2.3；2026.2.5", "2026.2.5-2.3", "昨天", "0", 1e9, True, "12:30"],
)
def test_texts_that_are_no_day(cell):
    assert read(cell, DATE) == Trouble("D020")


@pytest.mark.parametrize("cell", ["1026-01-01", "1899年12月31日", "2200.1.1", "9999-12-30"])
def test_days_of_another_age(cell):
    assert read(cell, DATE) == Trouble("D029")


@pytest.mark.parametrize("cell", ["9999-12-31", "9999年12月31日", "9999/12/31"])
def test_an_open_end(cell):
    assert read(cell, DATE) == datetime.date(9999, 12, 31)


@pytest.mark.parametrize("type", TYPES[1:])
@pytest.mark.parametrize("cell", ["/", "—", "待定", "详见附件", "不详"])
def test_marks_mean_that_nothing_is_known(cell, type):
    assert read(cell, type) == Trouble("D023", error=False)


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000\u200b", "\u00a0", float("nan"), '=""'])
def test_empty_cells(cell, type):
    assert read(cell, type) is None


@pytest.mark.parametrize("type", TYPES)
def test_formulas_and_ditto(type):
    assert read("=SUM(A1:A2)", type) == Trouble("D025")
    assert read("#N/A", type) == Trouble("D026")
    if type is not TEXT:
        assert read("同上", type) == read("〃", type) == Trouble("D028")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1.0, "1"), (7, "7"), ("0012", "0012"), (' 张 三\u3000', "张 三"), ("张\u200b三\u00a0", "张三"), ("e\u0301", "\u00e9"), ("𠮷野", "𠮷野"),
        (Decimal("2.50"), "2.50"), (DAY, "2026-02-03"), (datetime.datetime(2026, 2, 3), "2026-02-03"), ('="0012"', "0012"), ("无", "无"), ("/", "/"),
        ("=== 说明 ===", "=== 说明 ==="), (True, "TRUE"),
    ],
)  # fmt: skip
def test_texts(cell, value):
    assert read(cell, TEXT) == value


@pytest.mark.parametrize("cell", [1.2345678901234567e17, "1.23457E+17"])
def test_long_numbers_that_a_spreadsheet_rounded(cell):
    assert read(cell, TEXT) == Trouble("D027")
    assert read(cell, ref_type("talk")) == Trouble("D027")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3, 3),
        (3.0, 3),
        ("３", 3),
        ("-3", -3),
        ("1,234", 1234),
        ("3.0", 3),
        ("2026年度", 2026),
        ("十二人", 12),
        ("二〇二六", 2026),
    ],
)
def test_whole_numbers(cell, value):
    assert read(cell, INT) == value


@pytest.mark.parametrize("cell", [3.5, "3.5", "12,34", "三五人左右", "9" * 5000, DAY, True, float("inf")])
def test_texts_that_are_no_whole_number(cell):
    assert read(cell, INT) == Trouble("D030")


def test_numbers():
    assert read(0.1, NUMBER) == Decimal("0.1")
    assert read("1,234.50", NUMBER) == Decimal("1234.50")
    assert read("1e999999", NUMBER) == read("abc", NUMBER) == Trouble("D031")


@pytest.mark.parametrize("cell", ["√", "✓", "是", "有", "Y", "y", "1", 1, 1.0, True, "TRUE", "☑", "■", "是 ", "符合"])
def test_yes(cell):
    assert read(cell, BOOL) is True


@pytest.mark.parametrize("cell", ["×", "否", "无", "0", 0, 0.0, False, "FALSE", "□", "N", "不符合"])
def test_no(cell):
    assert read(cell, BOOL) is False


def test_neither_yes_nor_no():
    assert read("x", BOOL) == read("2", BOOL) == Trouble("D032")


@pytest.mark.parametrize("cell", ["undecided", "UNDECIDED", "待认定", "待 认 定", " 待认定\u200b"])
def test_members_of_an_enum(cell):
    assert read(cell, enum_type("decision")) == "undecided"


def test_what_is_no_member():
    assert read("须谈话", enum_type("decision")) == Trouble("D035", arguments=(("nearest", "需谈话"),))
    assert read("xyz", enum_type("decision")) == Trouble("D036", arguments=(("members", "需谈话\n不需谈话\n待认定"),))


@pytest.mark.parametrize(
    ("cell", "type", "value"),
    [
        ("30 days", DAYS, Period(30, "days")), ("30日", DAYS, Period(30, "days")), ("三十天", DAYS, Period(30, "days")),
        ("2 weeks", DAYS, Period(14, "days")), ("三个月", MONTHS, Period(3, "months")), ("1年", MONTHS, Period(12, "months")),
        ("5个工作日", WORKDAYS, Period(5, "workdays")), ("03-31", MONTH_DAY, MonthDay(3, 31)), ("3月31日", MONTH_DAY, MonthDay(3, 31)),
    ],
)  # fmt: skip
def test_periods_and_days_of_the_year(cell, type, value):
    assert read(cell, type) == value


def test_periods_do_not_mix():
    assert read("1个月", DAYS) == read("30", DAYS) == Trouble("D033")
    assert read("2月30日", MONTH_DAY) == Trouble("D021")
    assert read("春节", MONTH_DAY) == Trouble("D034")


_cells = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(allow_nan=False), st.dates(), st.datetimes(), st.text(),
    st.text("0123456789年月日.-/~、至十廿二〇时:（）TZ+拟前底 ＝=#", max_size=16),
)  # fmt: skip


@given(_cells, st.sampled_from(TYPES), st.one_of(st.none(), st.just(2026)), st.booleans())
def test_no_cell_raises(cell, type, year, date1904):
    value = read(cell, type, year=year, date1904=date1904)
    wanted = {
        "text": str,
        "ref": str,
        "enum": str,
        "int": int,
        "number": Decimal,
        "bool": bool,
        "date": datetime.date,
        "month_day": MonthDay,
    }
    assert value is None or isinstance(value, (Trouble, wanted.get(type.kind, Period)))


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2069, 12, 31)))
def test_every_day_in_every_form(day):
    forms = [
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%y.%m.%d}",
        day.isoformat(),
    ]
    assert {read(form, DATE) for form in forms} == {day}


CELLS = st.one_of(st.from_regex(r"[A-Za-z0-9 -]{1,4}", fullmatch=True), st.sampled_from(["T012-S3", "NA", "null0", "#N/A", "=A1", "Ｔ1", "T1\0", "T１", "", None, 7, True, DAY]))


@given(st.lists(CELLS, max_size=3), st.sampled_from(TYPES))
def test_codes_are_their_own_values(cells, type):
    if are_codes(cells, type.kind):
        assert [read(cell, type) for cell in cells] == cells


def test_keys_and_references_are_codes_and_nothing_else_is():
    codes = ["T012-S3", "a1", "T012-S3"]
    assert are_codes(codes, "text")
    assert are_codes(codes, "ref")
    assert not are_codes(codes, "date")
    assert not are_codes([*codes, ""], "ref")
    assert not are_codes([*codes, 1], "text")
