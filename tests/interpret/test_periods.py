"""The times in which a rule asks the same of many: which rules have them, and from when to when they last."""

from __future__ import annotations

import datetime

import pytest

from policy.check import Layer, check_pack
from policy.interpret import judge
from policy.interpret.periods import find_periods
from policy.lang.dates import WEEKENDS
from policy.lang.facts import Facts, Origin, Row
from policy.lang.report import Period
from policy.parse import parse_file
from policy.source import Source

DAY = datetime.date(2026, 6, 30)
PACK = """
pack terms version "1" end
entity unit id : text key end
entity term id : text key start : date optional end : date optional end
entity talk id : text key unit : ref unit day : date occurs end
rule P-1 "each unit in each term" basis "test" for each unit, term
  let opens be term.start let closes be term.end
  must exist talk such that talk.unit is unit otherwise fail "x" due closes end
rule P-2 "no begin" basis "test" for each unit, year as y from 2025 to 2026
  must exist talk such that talk.unit is unit otherwise fail "x" due date(y, 4, 30) end
rule P-3 "one binder" basis "test" for each term
  must exist talk such that talk.id is term.id otherwise fail "x" due term.end end
rule P-4 "both binders" basis "test" for each unit, term
  must exist talk such that talk.id is unit.id otherwise fail "x" due if unit.id is term.id then term.start else term.end end
rule P-5 "no due day" basis "test" for each unit, term must unit.id is term.id otherwise fail "x" end
"""


def row(entity, *values):
    return Row(entity, values[0], values, Origin(f"{entity}.csv", None, {}), 2)


def date(text):
    return text and datetime.date.fromisoformat(text)


def periods(*terms, units=("U1", "U2")):
    source = Source("test.policy", PACK)
    tree, mistakes = parse_file(source)
    assert not mistakes
    pack, mistakes = check_pack([Layer([(source, tree)], {})], {}, "")
    assert not mistakes
    tables = {
        "unit": tuple(row("unit", key) for key in units),
        "term": tuple(row("term", key, date(start), date(end)) for key, start, end in terms),
        "talk": (),
    }
    given = pack, Facts(tables), DAY, {}, WEEKENDS, {}
    return find_periods(*given, judge(*given).outcomes)


def test_a_term_is_a_period_of_the_rule_whose_due_day_rests_on_it_alone():
    found = periods(("T1", "2021-07-01", "2026-06-30"), ("T2", "2026-07-01", "2031-06-30"))
    assert found[:2] == (
        Period("P-1", 1, "T1", date("2021-07-01"), date("2026-06-30")),
        Period("P-1", 1, "T2", date("2026-07-01"), date("2031-06-30")),
    )
    assert {period.rule for period in found} == {"P-1", "P-2"}


def test_a_year_is_a_period_too_whose_first_day_the_rule_does_not_name():
    assert periods() == (Period("P-2", 1, 2025, None, date("2025-04-30")), Period("P-2", 1, 2026, None, date("2026-04-30")))


@pytest.mark.parametrize(("start", "end", "expected"), [
    (None, "2026-06-30", [(None, date("2026-06-30"))]),
    ("2026-06-30", "2026-06-30", [(None, date("2026-06-30"))]),
    ("2026-07-01", "2026-06-30", [(None, date("2026-06-30"))]),
    ("2026-01-01", None, []),
])  # fmt: skip
def test_a_day_that_is_missing_or_makes_no_sense_is_not_made_up(start, end, expected):
    assert [(one.first, one.last) for one in periods(("T1", start, end)) if one.rule == "P-1"] == expected


def test_what_is_asked_of_one_alone_is_no_period():
    assert periods(("T1", "2021-07-01", "2026-06-30"), units=("U1",)) == ()
