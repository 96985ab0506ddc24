"""From raw tables to facts, and every mistake that can be made on the way."""

import datetime
import time

import pytest

from policy.lang.facts import Facts
from policy.lang.table import Opaque, table_of_rows
from policy.load import load
from policy.messages import text
from policy.messages.place import place

HEADER = ("谈话编号", "谈话类型", "结束日期", "被谈话人", "人数", "是否完成", "保密日期", "备注")
FULL = ("T1", "定期谈话", "2026-02-03", "P1", "3", "是", "2026-02-04", "好")


def said(facts: Facts, language: str = "en") -> list[tuple]:
    """Place, message and gravity of each problem."""
    return [(p.file, p.column, p.row, text(p.code, language, **dict(p.arguments)), p.error) for p in facts.problems]


def codes(facts: Facts) -> list[tuple[str, bool]]:
    return [(problem.code, problem.error) for problem in facts.problems]


@pytest.fixture
def people(table):
    return table("person", ("id", "name"), ("P1", "张三"), ("P2", "李四"))


def test_values_stand_in_the_order_of_the_fields_with_their_places(vocabulary, table, people):
    talks = table(
        "谈话",
        ("备注", "谈话编号", "end", "谈话类型", "talkee"),
        ("好", "T1", "2026.2.3", "及时谈话", "P1"),
        sheet="谈话",
        sha256="ab",
        notes=("n",),
    )
    facts = load([talks, people], vocabulary)
    (row,) = facts.tables["talk"]
    assert (row.entity, row.key, row.line) == ("talk", "T1", 2)
    assert row.values == ("T1", "prompt", datetime.date(2026, 2, 3), "P1", None, None, None, "好")
    assert (row.origin.file, row.origin.sheet) == ("谈话.csv", "谈话")
    assert row.origin.columns == {"note": "A", "id": "B", "end": "C", "kind": "D", "talkee": "E"}
    assert [(one.entity, one.rows, one.sha256, one.notes) for one in facts.inputs] == [
        ("talk", 1, "ab", ("n",)),
        ("person", 2, "", ()),
    ]
    assert facts.absent == ("attestation",)
    assert facts.tables["attestation"] == () and facts.problems == ()


@pytest.mark.parametrize("name", ["talk", "TALK", "谈话", " 谈话 ", "talk.csv", "谈话.xlsx"])
def test_names_of_a_table(vocabulary, table, name, people):
    assert [row.key for row in load([table(name, HEADER, FULL), people], vocabulary).tables["talk"]] == ["T1"]


def test_names_of_columns_are_compared_without_blanks_and_marks(vocabulary, table):
    facts = load([table("person", ("人员 编号*", "ｎａｍｅ"), ("P1", "张三"))], vocabulary)
    assert facts.tables["person"][0].values == ("P1", "张三") and not facts.problems


def test_blank_rows_are_skipped_and_do_not_count(vocabulary, table):
    facts = load([table("person", ("id", "name"), (None, "  "), ("P1", "张三"), ("\u3000", ""), ("P2", "李四"))], vocabulary)
    assert [(row.key, row.line) for row in facts.tables["person"]] == [("P1", 3), ("P2", 5)]
    assert facts.inputs[0].rows == 2


def test_unknown_tables_are_errors_with_the_nearest_name(vocabulary, table):
    facts = load([table("谈话表", ("谈话编号",), ("T1",)), table("zebra", ("id",), ("1",))], vocabulary)
    assert said(facts) == [
        ("谈话表.csv", None, None, "no entity is called `谈话表`, did you mean `谈话`?", True),
        ("zebra.csv", None, None, "no entity is called `zebra`; use a name of the pack, or leave it out with --extra zebra", True),
    ]
    assert [one.entity for one in facts.inputs] == [None, None]


def test_unknown_columns_are_errors_with_the_nearest_name(vocabulary, table, people):
    facts = load([table("talk", (*HEADER, "结束日", "zebra"), (*FULL, "", "")), people], vocabulary)
    assert said(facts) == [
        ("talk.csv", "I", 1, "`talk` has no field `结束日`, did you mean `结束日期`?", True),
        ("talk.csv", "J", 1, "`talk` has no field `zebra`; use a name of the pack, or leave it out with --extra talk.zebra", True),
    ]


def test_extra_tables_and_columns_are_left_out(vocabulary, table, people):
    extra = ("zebra", "谈话.Zebra 2")
    facts = load(
        [table("zebra", ("x",), ("1",)), table("talk", (*HEADER, "zebra2"), (*FULL, "1")), people], vocabulary, extra=extra
    )
    assert not facts.problems
    assert [(one.entity, one.rows) for one in facts.inputs] == [(None, 1), ("talk", 1), ("person", 2)]


def test_an_empty_table_without_header(vocabulary, table):
    facts = load([table("talk"), table("Sheet2")], vocabulary)
    assert codes(facts) == [("D008", True)]
    assert facts.problems[0].file == "talk.csv"


def test_columns_that_stand_twice_or_have_no_name(vocabulary, table):
    facts = load([table("person", ("id", "name", "人员编号", "", ""), ("P1", "张三", "P1", "x", ""))], vocabulary)
    assert said(facts) == [
        ("person.csv", "C", 1, "columns A and C are both `人员编号 id`, keep one of them", True),
        ("person.csv", "D", 1, "column D has values but no header, give it a name", True),
    ]


def test_a_table_without_its_key(vocabulary, table):
    assert codes(load([table("person", ("name",), ("张三",))], vocabulary)) == [("D006", True)]


def test_a_required_column_that_is_absent_is_missing(vocabulary, table, people):
    facts = load([table("talk", ("id", "kind", "talkee"), ("T1", "regular", "P1")), people], vocabulary)
    assert said(facts, "zh") == [("talk.csv", None, None, "表 `talk` 没有必填列 `结束日期 end`，按全部未填处理", False)]
    assert facts.tables["talk"][0].values[2] is None


def test_empty_required_cells_are_summed_up(vocabulary, table):
    rows = [(f"P{number}", "" if number % 2 else "张三") for number in range(14)]
    facts = load([table("person", ("id", "姓名"), *rows)], vocabulary)
    assert said(facts) == [("person.csv", "B", None, "`姓名` is required and empty (7): B3 B5 B7 B9 B11 …", False)]
    assert len(facts.tables["person"]) == 14
    assert (facts.problems[0].rows, facts.problems[0].takes) == ((3, 5, 7, 9, 11, 13, 15), ("text",))


def test_empty_and_repeated_keys(vocabulary, table):
    first = table("person", ("id", "name"), ("P1", "a"), ("", "b"), ("P1", "c"), sheet="人员", file="a.xlsx")
    second = table("人员", ("id", "name"), (1, "d"), ("P1", "e"), ("1", "f"))
    facts = load([first, second], vocabulary)
    assert said(facts) == [
        ("a.xlsx", "A", 3, "the key `id` is empty, fill it in", True),
        ("a.xlsx", "A", 4, "the key `P1` is taken by A2", True),
        ("人员.csv", "B", 3, "confidential `姓名` of `P1` differs from a.xlsx 人员 B2 (not shown); make them agree, or keep one of them", True),
        ("人员.csv", "A", 4, "the key `1` is taken by A2", True),
    ]
    assert [(row.key, row.values[1]) for row in facts.tables["person"]] == [("P1", "a"), ("1", "d")]


def test_a_key_that_cannot_be_read_is_reported_once(vocabulary, table):
    facts = load([table("person", ("id", "name"), ("=A1", "a"), ("P2", "b"))], vocabulary)
    assert codes(facts) == [("D025", True)]
    assert [row.key for row in facts.tables["person"]] == ["P2"]


def test_rows_longer_than_the_header(vocabulary, table):
    facts = load([table("person", ("id", "name"), ("P1", "张", "三", ""), ("P2",), ("P3", "x", "", " "))], vocabulary)
    assert [(problem.code, problem.row, problem.error) for problem in facts.problems] == [
        ("D013", None, False),
        ("D012", 2, True),
    ]


def test_dangling_references_are_summed_up_and_stay(vocabulary, table, people):
    rows = [(f"T{number}", *FULL[1:3], who, *FULL[4:]) for number, who in enumerate(("P1", "P8", "P9", "P8"))]
    facts = load([table("talk", HEADER, *rows), people], vocabulary)
    message = "`被谈话人` names rows that `人员` does not have (3): D3 D4 D5"
    assert said(facts) == [("talk.csv", "D", None, message, False)]
    assert (facts.problems[0].rows, facts.problems[0].takes) == ((3, 4, 5), ("ref", "人员", "人员编号"))
    assert [row.values[3] for row in facts.tables["talk"]] == ["P1", "P8", "P9", "P8"]


@pytest.mark.parametrize("others", [(), ("id", "name")], ids=["no table", "a table without rows"])
def test_references_to_rows_of_a_table_that_is_not_there_are_told_once(vocabulary, table, others):
    rows = [(f"T{number}", *FULL[1:3], who, *FULL[4:]) for number, who in enumerate(("P1", "P8"))]
    tables = [table("talk", HEADER, *rows), *([table("person", others)] if others else [])]
    facts = load(tables, vocabulary)
    message = "no row of `人员` was read, to which 1 column refers (谈话.被谈话人); add its table"
    assert said(facts) == [("talk.csv", None, None, message, False)]
    assert "没有读到表 `人员` 的任何记录，指向它的 1 列（谈话.被谈话人）" in said(facts, "zh")[0][3]
    assert [row.values[3] for row in facts.tables["talk"]] == ["P1", "P8"]


def test_references_whose_zeros_a_spreadsheet_has_eaten(vocabulary, table):
    people = table("person", ("id", "name"), ("0012", "张三"))
    facts = load([table("talk", HEADER, (*FULL[:3], 12, *FULL[4:])), people], vocabulary)
    assert codes(facts) == [("D015", False)]


def test_cells_that_cannot_be_read_say_where(vocabulary, table, people):
    facts = load([table("talk", HEADER, FULL, ("T2", "定期", "2026-02-30", "P1", "many", "x", "", "")), people], vocabulary)
    assert said(facts) == [
        ("talk.csv", "B", 3, "`谈话类型` has no code `定期`, did you mean `定期谈话`?", True),
        ("talk.csv", "C", 3, "there is no day `2026-02-30`", True),
        ("talk.csv", "E", 3, "`many` is not a whole number", True),
        ("talk.csv", "F", 3, "`x` is neither yes nor no, write `yes` or `no`", True),
    ]
    assert [problem.takes for problem in facts.problems] == [("enum", "定期谈话", "及时谈话"), ("date",), ("int",), ("bool",)]
    assert facts.tables["talk"][1].values == ("T2", None, None, "P1", None, None, None, None)


def test_errors_are_listed_row_by_row(vocabulary, table, people):
    bad = ("定期谈", "2026-02-30", "P1", "many", "x", "", "")
    facts = load([table("talk", HEADER, ("T1", *bad), ("T2", *bad)), people], vocabulary)
    assert [(p.row, p.column) for p in facts.problems] == [
        (2, "B"),
        (2, "C"),
        (2, "E"),
        (2, "F"),
        (3, "B"),
        (3, "C"),
        (3, "E"),
        (3, "F"),
    ]


def test_what_is_not_known_is_summed_up_and_not_counted_as_empty(vocabulary, table, people):
    days = ("待定", "/", "/", "2026年2月", "2026-02-03")
    rows = [(f"T{number}", FULL[1], day, *FULL[3:]) for number, day in enumerate(days)]
    facts = load([table("talk", HEADER, *rows), people], vocabulary)
    assert said(facts) == [
        ("talk.csv", "C", None, "`待定` in `结束日期` is taken as not known (1): C2", False),
        ("talk.csv", "C", None, "`/` in `结束日期` is taken as not known (2): C3 C4", False),
        ("talk.csv", "C", None, "`2026年2月` in `结束日期` does not say the day, taken as not known (1): C5", False),
    ]


@pytest.mark.parametrize("cell", ["2026-02-30", "张三的日子", "2026年2月", "待定", "=李四", "同上"])
def test_confidential_values_are_never_shown(vocabulary, table, people, cell):
    facts = load([table("talk", HEADER, (*FULL[:6], cell, "")), people], vocabulary)
    (problem,) = facts.problems
    for language in ("zh", "en"):
        assert cell not in text(problem.code, language, **dict(problem.arguments))
    assert cell not in str(problem)
    assert "G2" in str(problem) or (problem.column, problem.row) == ("G", 2)


def test_long_cells_are_cut(vocabulary, table, people):
    facts = load([table("talk", HEADER, (*FULL[:2], "某日" * 500, *FULL[3:])), people], vocabulary)
    assert len(dict(facts.problems[0].arguments)["value"]) == 40


def test_what_cannot_be_used_is_left_out(vocabulary, table):
    tables = [
        table("zebra", ("x",), ("1",)),
        table("person", ("id", "name", "zebra"), ("P1", "a", ""), ("P1", "b", ""), ("", "c", "")),
    ]
    facts = load(tables, vocabulary)
    assert [problem.code for problem in facts.problems] == ["D002", "D004", "D011", "D010"]
    assert [(row.key, row.values) for row in facts.tables["person"]] == [("P1", ("P1", "a"))]


def test_facts_after_the_as_of_day_are_summed_up(vocabulary, table, people):
    days = ("2026-07-15", "2026-07-16", "", "2027-01-01")
    rows = [(f"T{number}", FULL[1], day, *FULL[3:]) for number, day in enumerate(days)]
    facts = load([table("talk", HEADER, *rows), people], vocabulary, as_of=datetime.date(2026, 7, 15))
    empty, future = said(facts)
    assert future == (
        "talk.csv", "C", None, "`结束日期` lies after the as-of day 2026-07-15 (2), these rows count as not yet happened: C3 C5", False,
    )  # fmt: skip
    assert facts.problems[1].rows == (3, 5) and len(facts.tables["talk"]) == 4
    assert empty[3].startswith("`结束日期` is required")
    assert codes(load([table("talk", HEADER, *rows), people], vocabulary)) == [("D013", False)]


@pytest.mark.parametrize("name", ["填表说明", "可选项", "数据问题", "Instructions", "data problems"])
def test_the_program_s_own_sheets_are_no_data(vocabulary, table, name):
    facts = load([table(name, ("谈话编号",), ("T1",), file="a.xlsx", sheet=name)], vocabulary)
    assert facts.problems == facts.inputs == ()
    assert codes(load([table(name, ("谈话编号",), ("T1",))], vocabulary)) == [("D002", True)]


@pytest.mark.parametrize("mark", ["*", " *", "（必填）", "(必填)", " (required)", "（必填）*"])
def test_marks_of_templates_are_no_part_of_a_column_s_name(vocabulary, table, people, mark):
    facts = load([table("person", (f"人员编号{mark}", f"姓名{mark}"), ("", "张三"))], vocabulary)
    assert [text(problem.code, "zh", **dict(problem.arguments)) for problem in facts.problems] == ["主键 `人员编号` 为空，请填写"]


def test_what_was_read_of_each_column(vocabulary, table):
    (one,) = load([table("person", ("备注", "姓名", "人员编号"), ("", "张三", "P1"))], vocabulary, extra=["人员.备注"]).inputs
    assert one.columns == (("B", "name"), ("C", "id"))


def test_truth_values_and_numbers_are_not_confused(vocabulary, table, people):
    facts = load(
        [table("talk", HEADER, ("T1", *FULL[1:4], 1, 1, "", 1), ("T2", *FULL[1:4], 1.0, True, "", True)), people], vocabulary
    )
    assert [row.values[4:] for row in facts.tables["talk"]] == [(1, True, None, "1"), (1, True, None, "TRUE")]


def test_the_year_of_a_day_is_that_of_the_sheet_or_else_the_one_given(vocabulary, table, people):
    def days(file, sheet=None, year=None):
        facts = load(
            [table("talk", HEADER, (*FULL[:2], "2月3日", *FULL[3:]), file=file, sheet=sheet), people], vocabulary, year=year
        )
        return facts.tables["talk"][0].values[2], codes(facts)

    assert days("talk.csv") == (None, [("D024", True)])
    assert days("talk.csv", year=2026) == (datetime.date(2026, 2, 3), [])
    assert days("2025年台账.xlsx", "谈话", year=2026) == (datetime.date(2025, 2, 3), [])
    assert days("2024-2025年台账.xlsx", "2024年", year=2026) == (datetime.date(2026, 2, 3), [])


def test_days_of_a_workbook_that_counts_from_1904(vocabulary, table, people):
    facts = load([table("talk", HEADER, (*FULL[:2], 44594, *FULL[3:]), date1904=True), people], vocabulary)
    assert facts.tables["talk"][0].values[2] == datetime.date(2026, 2, 3)


def test_waivers_and_attestations_load_as_they_are(vocabulary, table):
    facts = load(
        [table("人工认定", ("认定编号", "规则", "对象", "结论", "认定人", "日期"), ("A1", "R", "T1", "符合", "", ""))], vocabulary
    )
    assert facts.tables["attestation"][0].values == ("A1", "R", "T1", True, None, None, None, None)
    assert codes(facts) == [("D013", False), ("D013", False)]


def test_five_thousand_rows_are_quick(vocabulary, table, people):
    rows = [(f"T{n}", "定期谈话", f"2026-01-{n % 28 + 1:02}", "P1", str(n), "是", None, f"备注{n}") for n in range(5000)]
    talks = table("talk", HEADER, *rows)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        facts = load([talks, people], vocabulary)
        times.append(time.perf_counter() - start)
    assert len(facts.tables["talk"]) == 5000 and not facts.problems
    assert min(times) < 0.5  # takes a tenth of that on an idle machine


# --- several sources -------------------------------------------------------------------------------------------------


def test_a_row_that_two_sources_have_alike_is_read_once(vocabulary, table, people):
    again = table("谈话", ("谈话编号", "end", "kind", "talkee", "人数", "是否完成", "保密日期", "备注"), ("T1", "2026.2.3", "regular", "P1", 3.0, True, "2026年2月4日", " 好 "), file="b.xlsx", sheet="谈话", notes=("n",))
    facts = load([table("talk", HEADER, FULL), again, people], vocabulary)
    assert not facts.problems
    (row,) = facts.tables["talk"]
    assert row.origin.file == "talk.csv"
    assert [(one.file, one.rows, one.notes) for one in facts.inputs[:2]] == [("talk.csv", 1, ()), ("b.xlsx", 1, ("n", "repeated 1"))]


def test_a_row_that_two_sources_have_differently_is_an_error_that_shows_both(vocabulary, table, people):
    other = table("talk", HEADER, ("T1", "及时谈话", "2026-02-05", "P1", "", "否", "2026-03-04", "好"), file="b.sqlite", sheet="talk")
    facts = load([table("谈话", HEADER, FULL), other, people], vocabulary)
    ending = "; make them agree, or keep one of them"
    assert said(facts) == [
        ("b.sqlite", "B", 2, f"`谈话类型` of `T1` is `及时谈话` here and `定期谈话` in 谈话.csv B2{ending}", True),
        ("b.sqlite", "C", 2, f"`结束日期` of `T1` is `2026-02-05` here and `2026-02-03` in 谈话.csv C2{ending}", True),
        ("b.sqlite", "E", 2, f"`人数` of `T1` is `—` here and `3` in 谈话.csv E2{ending}", True),
        ("b.sqlite", "F", 2, f"`是否完成` of `T1` is `FALSE` here and `TRUE` in 谈话.csv F2{ending}", True),
        ("b.sqlite", "G", 2, f"confidential `保密日期` of `T1` differs from 谈话.csv G2 (not shown){ending}", True),
    ]
    assert "2026-02-04" not in str(facts.problems) and "2026-03-04" not in str(facts.problems)
    assert [row.origin.file for row in facts.tables["talk"]] == ["谈话.csv"]


def test_a_column_that_one_source_lacks_is_a_difference(vocabulary, table, people):
    short = table("talk", HEADER[:4], FULL[:4], file="b.csv")
    for tables, column in (([table("talk", HEADER, FULL), short], "A"), ([short, table("talk", HEADER, FULL)], "E")):
        facts = load([*tables, people], vocabulary)
        assert [problem.code for problem in facts.problems] == ["D204", "D204", "D205", "D204"]
        assert facts.problems[0].column == column


def test_two_people_of_one_key_are_told_apart_without_their_names(vocabulary, table):
    facts = load([table("person", ("id", "name"), ("P1", "张三")), table("人员", ("id", "name"), ("P1", "李四"))], vocabulary)
    assert [problem.code for problem in facts.problems] == ["D205"]
    assert "张三" not in str(facts.problems) and "李四" not in str(facts.problems)


# --- what other programs put into cells ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (Opaque("BLOB"), "`备注` holds `BLOB`, which is no single value; make it a text, a number or a date"),
        ("a\0b", "the cell has a NUL character, export it again"),
        ("A" * 32_768, f"the cell `{'A' * 39}…` has more than 32767 characters, check the quotes, or shorten it"),
    ],
)
def test_cells_that_no_field_takes(vocabulary, table, people, cell, message):
    for place, column in enumerate(HEADER):
        if place == 6:
            continue  # confidential
        row = [*FULL[:place], cell, *FULL[place + 1 :]]
        facts = load([table("talk", HEADER, row), people], vocabulary)
        assert [(p.column, p.row) for p in facts.problems if p.error] == [("ABCDEFGH"[place], 2)]
        assert message.replace("备注", column) in {text(p.code, "en", **dict(p.arguments)) for p in facts.problems}
    extra = table("talk", (*HEADER, "photo"), (*FULL, cell))
    assert not load([extra, people], vocabulary, extra=["talk.photo"]).problems


@pytest.mark.parametrize("letter", ["A", "秘密", "9", "二十", " ", "=A", "-"])
def test_huge_cells_are_refused_at_once(vocabulary, table, people, letter):
    start = time.perf_counter()
    cell = letter * (10_000_000 // len(letter))
    facts = load([table("talk", HEADER, ("T1", cell, cell, cell, cell, cell, cell, cell)), people], vocabulary)
    assert time.perf_counter() - start < 5
    assert not any(cell[:50] in str(problem) for problem in facts.problems)


def test_a_table_without_records_or_header(vocabulary, people):
    facts = load([table_of_rows("talk", "a.json", None, (), ()), people], vocabulary)
    assert facts.problems == () and facts.inputs[0].entity == "talk"


def test_columns_of_a_database_have_names(vocabulary, people):
    rows = [(7, ("T1", "1", "2026-02-30"))]
    facts = load([table_of_rows("talk", "a.db", "talk", ("id", "x", "end"), rows), people], vocabulary)
    assert said(facts)[:1] == [("a.db", "x", None, "`talk` has no field `x`; use a name of the pack, or leave it out with --extra talk.x", True)]
    assert said(facts)[-1] == ("a.db", "end", 7, "there is no day `2026-02-30`", True)
    assert table_of_rows("talk", "a.db", "talk", ("ID", "DAYS", "日"), ()).labels == ("id", "DAYS", "日")
    assert place("a.db", "talk", 7, ("end",), "en") == "a.db [talk] row 7, column end"
    assert place("a.db", "talk", 7, ("end", "kind"), "zh") == "a.db「talk」第7行end、kind列"
