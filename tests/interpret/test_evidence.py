"""The rows that an outcome points to, and the cells of them that its rule reads."""

from __future__ import annotations

import datetime

import pytest

from policy.check import Layer, check_pack
from policy.interpret import judge
from policy.lang.dates import WEEKENDS
from policy.lang.facts import Facts, Origin, Row
from policy.lang.outcome import Outcome
from policy.parse import parse_file
from policy.source import Source

PACK = """
pack evidence version "1" end
entity unit id : text key name : text optional size : int optional end
entity person id : text key name : text confidential grade : int optional unit : ref unit optional end
entity post id : text key unit : ref unit person : ref person lead : bool optional end
entity act id : text key unit : ref unit by : ref person day : date occurs good : bool optional end

define leads(p: person, u: unit)
  means exists post such that post.person is p and post.unit is u and post.lead
end

define graded(p: person) means p.grade >= 3 end

rule E-1 "through a definition" basis "test" for each act
  must leads(act.by, act.unit)
  otherwise fail "{act.by} {act.unit}"
end
rule E-2 "from a let" basis "test" for each unit
  let first be earliest act such that act.unit is unit
  where first is filled
  must exist post such that post.unit is unit and post.lead
  otherwise fail "{first.day}"
end
rule E-3 "every" basis "test" for each unit
  must every act where act.unit is unit such that act.good
  otherwise fail "x"
end
rule E-4 "both" basis "test" for each unit
  must (no act such that act.unit is unit and not act.good) and (exists post such that post.unit is unit)
  otherwise fail "x"
end
rule E-6 "along references" basis "test" for each act
  must graded(act.by) and act.by.unit.size >= 2
  otherwise fail "x"
end
rule E-7 "sums" basis "test" for each unit
  let total be sum of act.by.grade over act such that act.unit is unit
  must total - 2 <= 3
  otherwise fail "x"
end
rule E-8 "either" basis "test" for each unit
  must not ((exists act such that act.unit is unit and not act.good) or (exists post such that post.unit is unit))
  otherwise fail "x"
end
rule E-9 "one name for two" basis "test" for each unit
  must (no act as x such that x.unit is unit and not x.good) and (no post as x such that x.unit is unit and x.lead)
  otherwise fail "x"
end
rule E-5 "of rules" basis "test" for each unit
  must no violations of E-3 as v such that v.unit is unit
  otherwise advise "x"
end
"""

ORIGIN = Origin("data.csv", None, {name: name for name in ("id", "unit", "person", "lead", "by", "day", "good", "grade", "size")})
DAY = datetime.date(2026, 3, 1)


def rows(entity: str, *values: tuple) -> tuple[Row, ...]:
    return tuple(Row(entity, row[0], row, ORIGIN, line) for line, row in enumerate(values, 2))


def judged(*, posts: tuple = (), acts: tuple = (), grade: int | None = None, size: int | None = None, name: str = "张三") -> dict[str, Outcome]:
    source = Source("evidence.policy", PACK)
    tree, mistakes = parse_file(source)
    pack, refused = check_pack([Layer([(source, tree)], {})], {}, "")
    assert pack is not None, (mistakes, refused)
    tables = {
        "unit": rows("unit", ("U1", "第一科", size)),
        "person": rows("person", ("P1", name, grade, "U1")),
        "post": rows("post", *posts),
        "act": rows("act", *acts),
        "waiver": (),
        "attestation": (),
    }
    return {outcome.rule: outcome for outcome in judge(pack, Facts(tables), DAY, {}, WEEKENDS, {}).outcomes}


def shown(outcome: Outcome) -> dict[str, list[str]]:
    return {row.key: [cell for _, cell in row.cells] for row in outcome.evidence}


def test_a_definition_shows_the_row_that_leaves_it_open():
    outcome = judged(posts=(("Z1", "U1", "P1", None),), acts=(("A1", "U1", "P1", DAY, True),))["E-1"]
    assert (outcome.status, outcome.missing) == ("unknown", ("post.lead",))
    assert shown(outcome) == {"A1": ["unit", "by"], "Z1": ["unit", "person", "lead"]}


def test_a_definition_shows_the_row_that_makes_it_true():
    outcome = judged(posts=(("Z1", "U1", "P1", False), ("Z2", "U1", "P1", True)), acts=(("A1", "U1", "P1", DAY, True),))["E-1"]
    assert outcome.status == "satisfied" and list(shown(outcome)) == ["A1", "Z2"]


def test_the_row_that_a_let_names():
    outcome = judged(acts=(("A1", "U1", "P1", DAY, True), ("A0", "U1", "P1", DAY, True)))["E-2"]
    assert outcome.status == "violated" and list(shown(outcome)) == ["U1", "A0"]


@pytest.mark.parametrize(("good", "status", "found"), [(False, "violated", ["U1", "A1"]), (None, "unknown", ["U1", "A1"]), (True, "satisfied", ["U1"])])
def test_the_row_against_every(good, status, found):
    outcome = judged(acts=(("A1", "U1", "P1", DAY, good), ("A2", "U1", "P1", DAY, True)))["E-3"]
    assert (outcome.status, list(shown(outcome))) == (status, found)


def test_all_rows_that_break_a_rule():
    acts = (("A1", "U1", "P1", DAY, False), ("A2", "U1", "P1", DAY, True), ("A3", "U1", "P1", DAY, False))
    outcomes = judged(posts=(("Z1", "U1", "P1", True),), acts=acts)
    assert list(shown(outcomes["E-3"])) == ["U1", "A1", "A3"]
    assert list(shown(outcomes["E-8"])) == ["U1", "A1", "A3", "Z1"]
    assert outcomes["E-3"].fingerprint != judged(acts=acts[:2])["E-3"].fingerprint


def test_the_rows_of_a_sum_also_inside_of_a_calculation():
    acts = (("A1", "U1", "P1", DAY, True), ("A2", "U1", "P1", DAY, True))
    outcome = judged(acts=acts, grade=4)["E-7"]
    assert outcome.status == "violated" and list(shown(outcome)) == ["U1", "A1", "A2"]


def test_a_fingerprint_knows_what_is_read_along_references_and_nothing_else_of_those_rows():
    acts = (("A1", "U1", "P1", DAY, True),)
    first = judged(acts=acts, grade=1, size=1)["E-6"]
    assert first.status == "violated" and list(shown(first)) == ["A1"]
    assert first.fingerprint == judged(acts=acts, grade=1, size=1, name="张珊")["E-6"].fingerprint
    others = [judged(acts=acts, **changed)["E-6"] for changed in ({"grade": 2, "size": 1}, {"grade": 1, "size": 0}, {"grade": None, "size": 1})]
    assert {one.status for one in others} == {"violated"} and len({first.fingerprint, *(one.fingerprint for one in others)}) == 4


def test_of_several_conditions_the_one_that_decided():
    broken = judged(posts=(("Z1", "U1", "P1", True),), acts=(("A1", "U1", "P1", DAY, False),))["E-4"]
    assert broken.status == "violated" and list(shown(broken)) == ["U1", "A1"]
    kept = judged(posts=(("Z1", "U1", "P1", True),))["E-4"]
    assert kept.status == "satisfied" and list(shown(kept)) == ["U1", "Z1"]


def test_variables_of_one_name_show_what_is_read_of_each_row():
    acts = (("A1", "U1", "P1", DAY, False),)
    assert shown(judged(acts=acts)["E-9"]) == {"U1": [], "A1": ["unit", "good"]}
    assert shown(judged(posts=(("Z1", "U1", "P1", True),))["E-9"]) == {"U1": [], "Z1": ["unit", "lead"]}


def test_rules_over_violations_point_to_them():
    outcomes = judged(acts=(("A1", "U1", "P1", DAY, False),))
    assert [(row.entity, row.key) for row in outcomes["E-5"].evidence][1:] == [("violation", outcomes["E-3"].fingerprint)]


def test_a_message_names_what_may_be_named():
    outcome = judged(acts=(("A1", "U1", "P1", DAY, True),))["E-1"]
    assert outcome.message == "P1 第一科 (U1)"


def test_outcomes_that_nobody_looks_at_come_without_evidence():
    source = Source("evidence.policy", PACK)
    pack, _ = check_pack([Layer([(source, parse_file(source)[0])], {})], {}, "")
    assert pack is not None
    tables = {name: () for name in pack.vocabulary.entities} | {"unit": rows("unit", ("U1", None, None))}
    outcomes = judge(pack, Facts(tables), DAY, {}, WEEKENDS, {}, None, ("violated",)).outcomes
    assert {outcome.status: bool(outcome.evidence and outcome.fingerprint) for outcome in outcomes} == {"satisfied": False, "violated": True}
