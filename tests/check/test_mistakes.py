"""All mistakes in one run, each once, in the order of files and places; their exact texts are in `tests/bad`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from policy.lang import ir
from policy.messages import checks, syntax
from tests.check.packs import check, condition, pack
from tests.record import BAD

RULE = 'rule {id} "t" basis "b" for each talk must {duty} otherwise fail "x" end\n'


def codes(*texts: str) -> list[str]:
    return [one.code for one in check(*texts)[1]]


def test_by_file_and_place() -> None:
    found = check(
        RULE.format(id="T-1", duty="talk.nothing is filled") + 'param p : int = "x" basis "b" end',
        'define d(t: nothing) means true end\n' + RULE.format(id="T-2", duty="missing(talk)"),
    )[1]
    assert [(one.source.name, one.code) for one in found] == [
        ("1.policy", "C004"), ("1.policy", "C101"), ("2.policy", "C003"), ("2.policy", "C007"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "duty",
    [
        "(talk.nothing + 1) * 2 > 3",
        "nothing is regular",
        "regular is nothing",
        "exists nothing such that nothing.a is talk and nothing.b",
        "earlier(nothing, as_of) before 30 days after nothing",
        "(if talk.private then nothing else 2) > 3",
        "(limit after talk.place) is filled",
        "(nearest nothing as o from talk via id such that o.x) is filled",
        "not " * 115 + "exists nothing",
        "talk.nothing.end before as_of",
        "(earliest nothing such that nothing.x).y is filled",
        "talk.kind in (regular, nothing)",
    ],
)
def test_a_mistake_is_reported_where_it_is_made(duty: str) -> None:
    found = codes(RULE.format(id="T-1", duty=duty))
    assert len(found) == duty.count("nothing") or len(found) == 1


def test_uses_of_what_is_wrong_are_not_wrong() -> None:
    text = "define d(p: person) means nothing end define e(p: person) means d(p) end "
    assert codes(text + RULE.format(id="T-1", duty="e(talk.talkee) and d(talk.talkee) is missing")) == ["C001"]


def test_a_setting_of_a_parameter_that_is_wrong_is_not_wrong() -> None:
    text = 'param p : nothing = 1 basis "b" end case "c" as of 2026-01-01 set p = 3 expect T-1 T1 satisfied end '
    assert codes(text + RULE.format(id="T-1", duty="talk.end is filled")) == ["C003"]


def test_a_member_in_quotes() -> None:
    found = check('define d(k: talk_kind) means k is regular end ' + RULE.format(id="T-1", duty='d("prompt")'))[1]
    assert [(one.code, one.help, one.help_arguments) for one in found] == [("C101", "no_quotes", {"name": "prompt"})]


def test_a_circle_of_definitions_is_reported_once() -> None:
    text = "define a(p: person) means b(p) end define b(p: person) means a(p) end define c(p: person) means a(p) end "
    assert codes(text + RULE.format(id="T-1", duty="c(talk.talkee)")) == ["C501"]


def test_a_label_that_several_enums_share_is_no_name() -> None:
    enums = 'enum a "状态" one end enum b "状态" one end entity c "丙" id : text key state : a end\n'
    assert codes(enums) == []
    assert codes(enums + "entity d id : text key state : 状态 end") == ["C003"]


def test_nothing_is_too_deep_for_an_interpreter_that_loads() -> None:
    chain = "".join(f"define d{n}(p: person) means d{n + 1}(p) end\n" for n in range(2000))
    assert codes(chain + "define d2000(p: person) means p is filled end").count("C115") > 0
    short = "".join(f"define d{n}(p: person) means d{n + 1}(p) end\n" for n in range(40))
    assert codes(short + "define d40(p: person) means p is filled end") == []


def test_long_chains_of_lets_and_rules() -> None:
    lets = " ".join(f"let a{n} be a{n + 1} + 1" for n in range(2000)) + " let a2000 be 1"
    assert set(codes(RULE.format(id="T-1", duty=f"a0 > 1 {lets}"))) == {"C115"}
    rules = "".join(RULE.format(id=f"T-{n}", duty=f"no violations of T-{n + 1}") for n in range(1500))
    made = pack(rules + RULE.format(id="T-1500", duty="talk.private"))
    assert made.rules[0].stratum == 1500


def test_a_long_list_of_conditions_is_not_deep() -> None:
    text = " and ".join(["talk.private"] * 3000)
    assert isinstance(condition(text), ir.And)


def test_every_message_is_in_a_bad_case() -> None:
    texts = "".join(path.read_text("utf-8") for path in Path(BAD).glob("*/*.en.txt"))
    assert {*checks.MESSAGES, *syntax.MESSAGES} - set(re.findall(r"error ([A-Z]\d+):", texts)) == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_help_is_in_a_bad_case(language: str) -> None:
    lines = [line for path in Path(BAD).glob(f"*/*.{language}.txt") for line in path.read_text("utf-8").splitlines()]
    for name, help in checks.HELPS.items():
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(help[language].replace("{{", "«").replace("}}", "»"))))
        assert any(pattern.search(line.replace("{", "«").replace("}", "»")) for line in lines), name
