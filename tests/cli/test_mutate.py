"""`policy test --mutate`: what it lists, how a change is explained in place, and that the cases of the packs that ship notice every change."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.interpret import judge
from policy.messages.render import render
from policy.pipeline.bench import Bench
from policy.pipeline.mutation import explanations, mutate
from policy.testing import days, facts

ROOT = Path(__file__).parents[2]
SHIPPED = ("military", "reference_application", "supervision_talks")
PLUGINS = load_plugins()


PACK = """\
pack small version "1"
  nonworking none
end

entity talk
  id : text key
  end : date occurs
  private : bool
end

rule S-1 "private"
  basis "1"
  for each talk
  must talk.private
  otherwise warn "not private"
end

case "not private" as of 2026-07-15
  given talk
    | id | end        | private |
    | T1 | 2026-07-14 | 否      |
    | T2 | 2026-07-14 | 是      |
  expect S-1 T1 violated
  expect S-1 T2 satisfied
end
"""
FINDING = """\
finding K117: no case notices another severity: `otherwise advise`
   ┌ small.policy:15:3
15 │   otherwise warn "not private"
   │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: add a case that comes out differently; where nothing can differ, say so here: # known K117: reason

"""


@pytest.fixture
def mutated(run, tmp_path):
    """The result of the command for a pack whose severity clause has a comment."""

    def mutated(comment="", *change):
        text = PACK.replace(*change) if change else PACK
        (tmp_path / "small.policy").write_text(text.replace("  otherwise", f"  {comment}\n  otherwise" if comment else "  otherwise"), "utf-8")
        return run("test", "--mutate", "small.policy")

    return mutated


def listed(out):
    """Code and line of each finding."""
    lines = out.splitlines()
    places = [(line, lines[number + 1]) for number, line in enumerate(lines) if line.startswith("finding ")]
    return [(line.split()[1].rstrip(":"), place.split(":")[1]) for line, place in places]


def test_a_change_that_no_case_notices_is_listed(mutated):
    whole = f"small: 1 case, all passed\n{FINDING}small: 2 changes, 1 noticed by cases, 0 explained, 1 noticed by none\n"
    assert mutated() == (1, whole, "")


def test_a_rule_without_a_case_would_go_unnoticed(mutated):
    status, out, _ = mutated("", "end\n\ncase", """end

rule S-2 "day"
  basis "1"
  for each talk
  where talk.end before 2026-07-14
  must talk.private
  otherwise fail "not private"
end

case""")
    assert status == 1
    assert listed(out) == [("K117", "15"), ("K104", "21"), ("K101", "21"), ("K107", "21"), ("K107", "21"), ("K102", "22"), ("K117", "23")]


def test_a_case_that_expects_the_severity_notices(mutated):
    status, out, _ = mutated("", "T1 violated", "T1 violated otherwise warn")
    assert (status, out.splitlines()[-1]) == (0, "small: 2 changes, 2 noticed by cases, 0 explained, 0 noticed by none")


@pytest.mark.parametrize("comment", ["# known K117: nobody counts it", "# 已知 K117 “otherwise advise”：没有差别", "注: 已知 K117：没有差别"])
def test_what_is_explained_in_place_is_not_listed(run, mutated, tmp_path, comment):
    status, out, _ = mutated(comment)
    said = "small: 1 case, all passed\nsmall: 2 changes, 1 noticed by cases, 1 explained, 0 noticed by none\n"
    assert (status, out) == (0, said)
    assert run("fmt", "small.policy")[0] == 0  # which keeps it
    assert comment.replace("注:", "#") in (tmp_path / "small.policy").read_text("utf-8")
    assert run("test", "--mutate", "small.policy")[:2] == (0, said)


@pytest.mark.parametrize(
    ("comment", "findings"),
    [
        ("# known K115: of nothing", [("K117", "16"), ("K130", "15")]),
        ('# known K117 "otherwise fail": other text', [("K117", "16"), ("K130", "15")]),
        ("# known K117", [("K117", "16"), ("K130", "15")]),
        ("# knownK117 nothing", [("K117", "16"), ("K130", "15")]),
        ("# known for years", [("K117", "16")]),
    ],
)
def test_an_explanation_of_nothing_or_without_a_reason_is_a_finding(mutated, comment, findings):
    status, out, _ = mutated(comment)
    assert (status, listed(out)) == (1, findings)


def test_cases_that_fail_come_first(mutated):
    status, out, err = mutated("", "T1 violated", "T1 satisfied")
    assert status == 1 and "finding" not in out
    assert err == "cases fail, so nothing was changed; mend them first\n"


# --- the packs that ship ---------------------------------------------------------------------------------------------


@cache
def shipped(name):
    """The path of a pack that ships, and the pack."""
    path = ROOT / "rules" / name
    return path, pipeline.load_pack(path, PLUGINS).pack


@pytest.mark.parametrize("name", SHIPPED)
def test_cases_notice_the_changes_that_are_tried(name):
    """Of the base pack a part of them; the deep test tries all."""
    path, pack = shipped(name)
    found = mutate(path, pack, PLUGINS, every=100 if name == "supervision_talks" else 1)
    assert [render(one, "en") for one in (*found.alive, *found.stale)] == []
    assert found.noticed > 0


@pytest.mark.deep
def test_cases_notice_every_change():
    path, pack = shipped("supervision_talks")
    found = mutate(path, pack, PLUGINS)
    assert [render(one, "en") for one in (*found.alive, *found.stale)] == []
    assert found.noticed > 1200


@cache
def explained():
    """The base pack with each change that is explained in place, and the rules that it changes, but for those that read violations of these."""
    path, pack = shipped("supervision_talks")
    bench = Bench(path, pack, PLUGINS)
    found = [bench.checked(place, mutant) for place, mutant in bench.mutants() if explanations(bench, place, mutant)]
    return [(changed, {id for id in bench.affected(changed) if not pack.rule(id).depends}) for changed in found]


@pytest.mark.deep
@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_what_is_explained_makes_no_difference_on_drawn_data(data):
    _, pack = shipped("supervision_talks")
    changed, rules = explained()[data.draw(st.integers(0, len(explained()) - 1))]
    calendar = pipeline.find_calendar(pack, PLUGINS)
    as_of = data.draw(days(pack, calendar, rules=rules))
    drawn = data.draw(facts(pack, as_of, rules=rules, calendar=calendar, gaps=False))
    first, second = (judge(one, drawn, as_of, {}, calendar, {}, rules).outcomes for one in (pack, changed))
    assert [(one.rule, one.subject, one.status) for one in first] == [(one.rule, one.subject, one.status) for one in second]
