"""The cases of a pack in the names of the pack."""

from __future__ import annotations

import datetime

from policy.lang import ir
from policy.lang.types import Period
from tests.check.packs import pack

RULE = (
    'rule T-1 "t" basis "b" for each organization, talk_kind as kind, year as y from 2026 to 2027 '
    'must exist talk such that talk.kind is kind otherwise fail "x" end\n'
)
CASE = """case "a case" as of 2026-07-01
  set 及时期限 = 20 days
  set nonworking = 顺延
  given 谈话
    | 谈话编号 | kind     | 结束日期   |
    | T1      | 定期谈话 |            |
    | T2      |          | 2026-05-01 |
  given waiver
    | id | rule |
    | W1 | T-1  |
  expect T-1 O1, 定期谈话, 2026 late due 2026-05-01 fulfilled 2026-05-02
  expect T-1 O2, prompt, 2027 absent
end
"""


def case() -> ir.Case:
    return pack(RULE + CASE).cases[0]


def test_a_case() -> None:
    made = case()
    assert (made.title, made.as_of, made.file) == ("a case", datetime.date(2026, 7, 1), "1.policy")
    assert made.parameters == (("limit", Period(20, "days")), ("nonworking", "next_workday"))


def test_tables_have_identifiers_and_what_is_empty_is_missing() -> None:
    talks, waivers = case().tables
    assert (talks.entity, talks.columns) == ("talk", ("id", "kind", "end"))
    assert talks.cells == (("T1", "定期谈话", None), ("T2", None, "2026-05-01"))
    assert (RULE + CASE)[slice(*talks.spans[1][2])] == "2026-05-01"
    assert (waivers.entity, waivers.cells) == ("waiver", (("W1", "T-1"),))


def test_subjects_are_as_outcomes_write_them() -> None:
    first, second = case().expectations
    assert (first.rule, first.subject, first.status) == ("T-1", ("O1", "regular", "2026"), "late")
    assert (first.due, first.fulfilled) == (datetime.date(2026, 5, 1), datetime.date(2026, 5, 2))
    assert (second.subject, second.status, second.due) == (("O2", "prompt", "2027"), "absent", None)
