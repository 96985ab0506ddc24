"""`policy test --coverage`: which statuses and conditions cases reach, as text, JSON and a page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.pipeline.cases import run_cases
from policy.pipeline.coverage import cover

ROOT = Path(__file__).parents[2]
PACK = """\
pack small version "1"
  nonworking none
end

entity talk
  id : text key
  end : date occurs
  private : bool
  size : int optional
end

entity report
  id : text key
  talk : ref talk
  good : bool
end

define reported(t: talk)
  means exists report such that report.talk is t and report.good
end

rule S-1 "private"
  basis "1"
  for each talk
  must talk.private or talk.size < 3
  otherwise warn "not private"
end

rule S-2 "reported"
  basis "2"
  for each talk
  where talk.private
  must reported(talk)
  otherwise warn "not reported"
end

"""
TALKS = """\
case "talks" as of 2026-07-15
  given talk
    | id | end        | private | size |
{talks}
  given report
    | id | talk | good |
{reports}
  {expected}
end
"""


def pack(talks="", reports="", expected=""):
    """A pack with a case: talks as `T1 是 2`, reports as `R1 T1 是`; `-` is missing."""
    rows = [[("" if cell == "-" else cell) for cell in row.split()] for row in talks.split(",") if row]
    given = [f"    | {id} | 2026-07-14 | {private} | {size} |" for id, private, size in rows]
    told = ["    | " + " | ".join("" if cell == "-" else cell for cell in row.split()) + " |" for row in reports.split(",") if row]
    wanted = "\n  ".join(f"expect {one.strip()}" for one in expected.split(","))
    return PACK + TALKS.format(talks="\n".join(given), reports="\n".join(told), expected=wanted).replace("| good |\n\n", "| good |\n")


@pytest.fixture
def reached(bare, tmp_path):
    """What a case reaches: by rule and text of a condition, the values that it had and those with which it decided."""

    def reached(**given):
        (tmp_path / "small.policy").write_text(pack(**given), "utf-8")
        plugins = load_plugins()
        loaded = pipeline.load_pack(Path("small.policy"), plugins)
        assert loaded.pack is not None, loaded.diagnostics
        assert not [result for result in run_cases(loaded, plugins) if result.failures]
        found = cover(Path("small.policy"), loaded, plugins)
        return {(part.name, atom.text): (atom.seen, atom.decided) for part in found.parts for atom in part.atoms}

    return reached


@pytest.mark.parametrize(
    ("talk", "status", "private", "size"),
    [
        ("是 2", "satisfied", (("true",), ()), (("true",), ())),  # either alone would do
        ("是 4", "satisfied", (("true",), ("true",)), (("false",), ())),
        ("否 2", "satisfied", (("false",), ()), (("true",), ("true",))),
        ("否 4", "violated", (("false",), ("false",)), (("false",), ("false",))),
        ("是 -", "satisfied", (("true",), ("true",)), (("unknown",), ())),  # without it unknown
        ("- 4", "unknown", (("unknown",), ("unknown",)), (("false",), ("false",))),  # true would settle it
        ("- -", "unknown", (("unknown",), ("unknown",)), (("unknown",), ("unknown",))),
    ],
)
def test_a_condition_decides_if_another_value_would_change_the_decision(reached, talk, status, private, size):
    found = reached(talks=f"T1 {talk}", expected=f"S-1 T1 {status}")
    assert found["S-1", "talk.private"] == private
    assert found["S-1", "talk.size < 3"] == size


@pytest.mark.parametrize(
    ("reports", "status", "linked", "good"),
    [
        ("R1 T1 是", "satisfied", (("true",), ("true",)), (("true",), ("true",))),
        ("R1 T1 是,R2 T1 是", "satisfied", (("true",), ()), (("true",), ())),  # the other one would do
        ("R1 T1 否", "violated", (("true",), ()), (("false",), ("false",))),
        ("R1 - 是", "violated", (("false",), ("false",)), (("true",), ())),
        ("R1 T1 -", "unknown", (("true",), ("true",)), (("unknown",), ("unknown",))),
        ("R1 T1 是,R2 T1 否", "satisfied", (("true",), ("true",)), (("true", "false"), ("true",))),
    ],
)
def test_in_a_definition_it_has_to_change_what_asks(reached, reports, status, linked, good):
    found = reached(talks="T1 是 4", reports=reports, expected=f"S-2 T1 {status}")
    assert found["reported", "report.talk is t"] == linked
    assert found["reported", "report.good"] == good


def test_what_a_rule_is_not_asked_counts_for_nothing(reached):
    found = reached(talks="T1 否 4", reports="R1 T1 是", expected="S-2 T1 absent")
    assert found["S-2", "reported(talk)"] == found["reported", "report.good"] == ((), ())


def test_the_exact_text(run, tmp_path):
    (tmp_path / "small.policy").write_text(pack("T1 否 4,T2 是 4", "R1 T2 是", "S-1 T1 violated,S-1 T2 satisfied,S-2 T2 satisfied"), "utf-8")
    status, out, err = run("test", "--coverage", "small.policy")
    assert (status, err) == (0, "")
    assert out == """\
small: 1 case, all passed
S-1 private: statuses 2/3, conditions 3/6
  no case reaches: unknown
  small.policy:25 `talk.private`: no case is decided by its being unknown
  small.policy:25 `talk.size < 3`: no case is decided by its being true, unknown
S-2 reported: statuses 1/3, conditions 3/6
  no case reaches: violated, unknown
  small.policy:32 `talk.private`: no case is decided by its being unknown
  small.policy:33 `reported(talk)`: no case is decided by its being false, unknown
reported : conditions 3/8
  small.policy:19 `exists report such that report.talk is t and report.good`: no case is decided by its being false, unknown
  small.policy:19 `report.talk is t`: no case is decided by its being false
  small.policy:19 `report.good`: no case is decided by its being false, unknown
small: 1 case reach 12 of 26 (46.2 %)
"""


def test_a_threshold_for_pipelines(run, tmp_path):
    (tmp_path / "small.policy").write_text(pack("T1 否 4", "", "S-1 T1 violated"), "utf-8")
    status, out, err = run("test", "--coverage-min", "90", "small.policy")
    assert status == 1 and re.fullmatch(r"small: [\d.]+ % is reached, less than the 90 % asked for\n", err)
    assert run("test", "--coverage-min", "5%", "small.policy")[0] == 0


@pytest.mark.parametrize("value", ["101", "-1", "viele", "nan"])
def test_a_threshold_is_a_percentage(run, value):
    status, _, err = run("test", f"--coverage-min={value}")
    assert (status, err) == (2, f"policy: `--coverage-min` has to be a number from 0 to 100, not `{value}`\n")


def test_a_file_holds_one_pack(run):
    assert run("test", "--coverage-html", "x.html", "a", "b")[::2] == (2, "policy: `--coverage-html` can be used with one pack only\n")


def test_json(run, tmp_path):
    (tmp_path / "small.policy").write_text(pack("T1 否 4", "", "S-1 T1 violated"), "utf-8")
    assert run("test", "--coverage-json", "c.json", "small.policy")[0] == 0
    found = json.loads((tmp_path / "c.json").read_text("utf-8"))
    assert found["pack"] == "small" and found["reached"] == sum(part["reached"] for part in found["parts"])
    (first, *_) = found["parts"]
    assert (first["kind"], first["name"], first["line"], first["statuses"]) == ("rule", "S-1", 22, ["violated"])
    assert first["conditions"][1] == {
        "file": "small.policy", "line": 25, "column": 24, "text": "talk.size < 3", "goals": ["true", "false", "unknown"],
        "seen": ["false"], "decided": ["false"],
    }  # fmt: skip


class Page(HTMLParser):
    """The tags that are open, the text of the sources, and everything that is loaded from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.loaded, self.marks = [], "", [], []

    def handle_starttag(self, tag, attributes):
        if tag != "meta":
            self.open.append(tag)
        self.loaded += [value for name, value in attributes if name in ("src", "href") and not value.startswith("#")]
        self.marks += [value for name, value in attributes if name == "class" and value in ("full", "part", "none")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "pre" in self.open and not {"i", "b"} & set(self.open):
            self.text += data


def test_the_page_has_the_text_of_the_pack_and_needs_nothing_else(run, tmp_path):
    text = pack("T1 否 4", "", "S-1 T1 violated").replace('"not private"', '"not <private> & 一把手"')
    (tmp_path / "small.policy").write_text(text, "utf-8")
    assert run("--lang", "zh", "test", "--coverage-html", "c.html", "small.policy")[0] == 0
    page = Page()
    page.feed((tmp_path / "c.html").read_text("utf-8"))
    assert page.open == [] and page.loaded == []
    assert page.text == text.replace("\n", "")
    assert page.marks.count("none") >= 4 and "part" in page.marks


def test_the_cases_of_the_base_pack_decide_by_every_condition():
    """Both truth values of every condition have decided, but for a few.

    Those of `broken_off` make no difference, as is said there; what `goes_on` asks is asked twice in the decision that calls it, so that one
    answer alone changes nothing; a row that can be seen has no later day.
    """
    plugins = load_plugins()
    path = ROOT / "rules" / "supervision_talks"
    found = cover(path, pipeline.load_pack(path, plugins), plugins)
    lacking = [(part.name, atom.text) for part in found.parts for atom in part.atoms if {"true", "false"} & set(atom.lacking)]
    assert sorted(lacking) == sorted([
        ("record_archived", "归档.归档日期 不晚于 检查基准日"),
        *(("goes_on", text) for text in ("任职.人员 为 某人", "任职.党组织 为 某组织", "一把手职务（任职）")),
        ("broken_off", "任职.人员 为 某人"),
        ("broken_off", "任职.党组织 为 某组织"),
        ("broken_off", "一把手职务（任职）"),
    ])
    assert found.percent > 94
