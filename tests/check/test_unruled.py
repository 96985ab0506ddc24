"""Reasons for having no rule, and what a pack keeps of the places that its declarations cite."""

from __future__ import annotations

import pytest

from policy.lang import ir
from policy.lang.places import settled
from policy.parse import parse_file
from policy.source import Source
from tests.check.packs import REGULATION, check, pack

RULE = 'rule T-1 "t" basis {} for each talk must talk.place is filled otherwise fail "bad" end\n'
REASON = 'no rule for {} because "no data" end\n'


def codes(*texts: str) -> list[str]:
    return [found.code for found in check(*texts)[1]]


def test_a_reason() -> None:
    text = REASON.format("第十一条第一款, article 20-1")
    (unruled,) = pack(text).unruled
    places = ((11, None, 1, None), (20, 1, None, None))
    assert unruled == ir.Unruled(("article 11 paragraph 1", "article 20-1"), places, "no data", "1.policy", (0, len(text) - 1))


@pytest.mark.parametrize(
    ("place", "place_settled"),
    [
        ((20, 1, None, None), (20, 1, 1, None)),
        ((11, None, None, None), (11, None, None, None)),
        ((11, None, None, 3), (11, None, 2, 3)),
        ((11, None, None, 9), (11, None, None, 9)),
        ((11, None, 1, None), (11, None, 1, None)),
        ((99, None, None, None), (99, None, None, None)),
    ],
)
def test_a_place_has_one_number(place, place_settled) -> None:
    assert settled(place, REGULATION) == place_settled


@pytest.mark.parametrize("cited", ["article 11 paragraph 2", "article 11 item 1", "article 20-1 paragraph 1"])
def test_a_place_with_a_rule_has_no_reason(cited: str) -> None:
    same = {"article 11 item 1": "article 11 paragraph 2 item 1", "article 20-1 paragraph 1": "article 20-1"}.get(cited, cited)
    assert codes(RULE.format(cited), REASON.format(same)) == ["C207"]
    assert codes(REASON.format(same), RULE.format(cited)) == ["C207"]


@pytest.mark.parametrize("cited", ["article 11", "article 11 paragraph 2", "article 11 paragraph 2 item 2", "《Other》 article 1", '"x"'])
def test_what_lies_around_or_beside_a_place_may_have_a_rule(cited: str) -> None:
    assert codes(RULE.format(cited), REASON.format("article 11 paragraph 2 item 1")) == []


def test_a_mistake_in_a_reason_does_not_hide_others() -> None:
    text = 'no rule for article 11 becuase "x" end\n' + RULE.format("article 12")
    file, found = parse_file(Source("t.policy", text))
    assert found and file.whole
    assert [type(one).__name__ for one in file.declarations] == ["RuleDecl"]


def test_declarations_keep_what_they_cite() -> None:
    defined = 'define f means true basis 第十一条, "x" note "n" end'
    parameter = "param p : bool = 是 依据 《办法》第一条、第二十条之一 说明 “m” 完"
    header = 'pack p version "1" regulation "regulation.md" basis article 11 paragraph 1, "b" note "h" end entity talk id : text key end\n'
    made, found = check(vocabulary=f"{header}{defined}\n{parameter}")
    assert made is not None, found
    assert (made.basis, made.citations, made.note) == (("article 11 paragraph 1", "b"), ((11, None, 1, None),), "h")
    assert made.parameters["months"].citations == made.citations
    define, param = made.definitions["f"], made.parameters["p"]
    assert (define.basis, define.citations, define.note, define.text) == (("article 11", "x"), ((11, None, None, None),), "n", defined)
    assert (param.citations, param.note, param.text) == (((20, 1, None, None),), "m", parameter)
