"""The facts of a case: what is given, what is made, what cannot be read."""

import datetime

from policy.lang import ir
from policy.load.cases import case_facts
from policy.messages import text


def case(*tables):
    return ir.Case("一个案例", datetime.date(2026, 7, 15), (), tuple(tables), (), "a.policy", (0, 1))


def given(entity, columns, *rows):
    spans = tuple(tuple((10 * y + x, 10 * y + x + 1) for x in range(len(columns))) for y in range(len(rows)))
    return ir.CaseTable(entity, columns, rows, spans)


def test_columns_not_given_and_empty_cells_are_missing(vocabulary):
    facts, problems = case_facts(
        case(given("talk", ("id", "end", "kind"), ("T1", "2026年2月3日", None), ("T2", "待定", "及时谈话"))), vocabulary
    )
    assert not problems
    first, second = facts.tables["talk"]
    assert first.values == ("T1", None, datetime.date(2026, 2, 3), None, None, None, None, None)
    assert second.values[:3] == ("T2", "prompt", None)
    assert (first.origin.file, first.line, second.line) == ("a.policy", 1, 2)


def test_rows_without_a_key_get_one(vocabulary):
    facts, _ = case_facts(
        case(given("talk", ("kind",), ("定期谈话",), ("及时谈话",)), given("talk", ("id",), (None,))), vocabulary
    )
    assert [row.key for row in facts.tables["talk"]] == ["talk#1", "talk#2", "talk#3"]
    assert [row.values[0] for row in facts.tables["talk"]] == ["talk#1", "talk#2", "talk#3"]


def test_rows_referred_to_are_made(vocabulary):
    facts, _ = case_facts(
        case(
            given("talk", ("id", "talkee"), ("T1", "P1"), ("T2", "P1"), ("T3", "P2")),
            given("person", ("id", "name"), ("P2", "张三")),
        ),
        vocabulary,
    )
    assert {row.key: row.values for row in facts.tables["person"]} == {"P2": ("P2", "张三"), "P1": ("P1", None)}


def test_cells_that_cannot_be_read_have_their_place(vocabulary):
    _, problems = case_facts(case(given("talk", ("id", "end", "kind"), ("T1", "2026-02-30", "定期"))), vocabulary)
    assert [(code, span) for code, span, _ in problems] == [("D021", (1, 2)), ("D035", (2, 3))]
    assert [text(code, "zh", **arguments) for code, _, arguments in problems] == [
        "没有 `2026-02-30` 这一天",
        "`kind` 没有 `定期` 这一项，是否应为 `定期谈话`？",
    ]


def test_a_key_that_is_used_twice(vocabulary):
    facts, problems = case_facts(case(given("person", ("name", "id"), ("a", "P1"), ("b", "P1"))), vocabulary)
    assert problems == (("D040", (11, 12), {"key": "P1"}),)
    assert [row.values[1] for row in facts.tables["person"]] == ["a"]
