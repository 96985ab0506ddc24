"""A variant as a run uses it: found beside it or installed, judged by what is in force on the day, named in the report."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.hooks.spec import SourceError
from policy.lang.dates import WEEKENDS
from policy.lang.table import table_of_grid

VARIANTS = Path(__file__).parents[1] / "conformance" / "variants.policy"
TALKS = [["id", "unit", "end"], ["T1", "U1", "2026-05-11"]]


@pytest.fixture(scope="module")
def plugins():
    return load_plugins()


@pytest.fixture(scope="module")
def pack(plugins):
    return pipeline.load_pack(VARIANTS, plugins).pack


def report(pack, plugins, as_of, parameters=None):
    tables = (table_of_grid("talk", "talk.csv", None, TALKS), table_of_grid("unit", "unit.csv", None, [["id", "name"], ["U1", "u"]]))
    request = pipeline.Request(datetime.date.fromisoformat(as_of), WEEKENDS, "en", parameters or {}, rules={"G-DUE"}, all_outcomes=True)
    return pipeline.check(pack, pipeline.Reading(tables, ()), request, plugins)


def due(report):
    return [outcome.due.isoformat() for outcome in report.outcomes]


def test_the_day_decides_what_is_in_force(pack, plugins):
    assert due(report(pack, plugins, "2026-05-31")) == ["2026-06-10"]
    assert due(report(pack, plugins, "2026-06-01")) == ["2026-05-31"]
    assert due(report(pack, plugins, "2026-07-01")) == ["2026-06-10"]


def test_rules_are_chosen_among_those_of_the_day(tmp_path, plugins):
    (tmp_path / "v.policy").write_text(
        'pack v version "1" extends ground version ">=1" basis "b" end disable G-DUE basis "b" in force from 2026-06-01 end', "utf-8"
    )
    shutil.copytree(VARIANTS.parent / "ground", tmp_path / "ground")
    variant = pipeline.load_pack(tmp_path / "v.policy", plugins).pack
    before, after = datetime.date(2026, 5, 31), datetime.date(2026, 6, 1)
    assert pipeline.find_rules(variant, before, ("G-DUE",), ()) == {"G-DUE"}
    with pytest.raises(SourceError) as caught:
        pipeline.find_rules(variant, after, ("G-DUE",), ())
    assert (caught.value.code, caught.value.arguments) == ("U17", {"day": "2026-06-01"})


def test_the_report_names_the_base_and_the_decision(pack, plugins):
    told = report(pack, plugins, "2026-06-01")
    assert told.pack_extends == (("ground", "1.2"),)
    assert [(one.name, one.value, one.default, one.origin, one.basis) for one in told.parameters] == [
        ("period", "20 days", "30 days", "variants", "a decision")
    ]
    assert report(pack, plugins, "2026-05-31").parameters == ()


def test_what_the_user_sets_counts_more(pack, plugins):
    values, mistakes = pipeline.set_parameters(pack, ["period=5 days"], "--set")
    assert not mistakes
    told = report(pack, plugins, "2026-06-01", values)
    assert due(told) == ["2026-05-16"]
    assert [(one.value, one.default, one.origin) for one in told.parameters] == [("5 days", "30 days", "--set")]


def test_the_base_is_part_of_what_a_pack_is(tmp_path, plugins):
    (tmp_path / "base").mkdir()
    (tmp_path / "over").mkdir()
    base = (VARIANTS.parent / "ground" / "pack.policy").read_text("utf-8").replace("pack ground", "pack base")
    (tmp_path / "base" / "pack.policy").write_text(base, "utf-8")
    (tmp_path / "over" / "pack.policy").write_text('pack over version "1" extends base version ">=1" end', "utf-8")
    first = pipeline.load_pack(tmp_path / "over", plugins).pack
    (tmp_path / "base" / "pack.policy").write_text(base.replace("30 days", "31 days"), "utf-8")
    second = pipeline.load_pack(tmp_path / "over", plugins).pack
    assert first.sha256 != second.sha256
    assert (first.parameters["period"].default.amount, second.parameters["period"].default.amount) == (30, 31)


def test_a_cached_variant_is_the_same(tmp_path, monkeypatch, plugins):
    monkeypatch.setenv("POLICY_CACHE_DIR", str(tmp_path))
    made = pipeline.load_pack(VARIANTS, plugins).pack
    kept = pipeline.load_pack(VARIANTS, plugins).pack
    assert kept == made
    assert [edition.pack.cases for edition in kept.editions] == [edition.pack.cases for edition in made.editions]


LEVELLED = """pack base version "1" end
enum mark secret end
entity talk id : text key mark : mark secrecy end
rule B-1 "t" basis "b" for each talk must talk.id is filled otherwise fail "x" end
"""


@pytest.mark.parametrize(
    ("change", "code", "marked"),
    [
        ('extend enum mark basis "b" other end', "C028", "other"),
        ('extend entity talk basis "b" second : kind secrecy end enum kind odd end', "C028", "second"),
        ('extend entity talk basis "b" second : text secrecy end', "C027", "second"),
    ],
)
def test_marks_of_secrecy_that_a_variant_adds_are_told_of_there(tmp_path, plugins, change, code, marked):
    (tmp_path / "base.policy").write_text(LEVELLED, "utf-8")
    (tmp_path / "v.policy").write_text(f'pack v version "1" extends base version ">=1" basis "b" end {change}', "utf-8")
    (mistake,) = pipeline.load_pack(tmp_path / "v.policy", plugins).diagnostics
    assert (mistake.code, Path(mistake.source.name).name) == (code, "v.policy")
    assert mistake.source.text[slice(*mistake.span)] == marked


def test_both_packs_in_one_process(pack, plugins):
    ground = pipeline.load_pack(VARIANTS.parent / "ground", plugins).pack
    assert due(report(pack, plugins, "2026-06-01")) == ["2026-05-31"]
    assert due(report(ground, plugins, "2026-06-01")) == ["2026-06-10"]
    assert due(report(pack, plugins, "2026-06-01")) == ["2026-05-31"]
