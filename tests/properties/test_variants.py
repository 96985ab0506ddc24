"""What must hold of every variant: outside its days it is its base, and its base never notices it."""

from __future__ import annotations

import datetime
import pickle
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policy.check import Layer, check_pack
from policy.interpret import judge
from policy.lang import ast, ir
from policy.lang.dates import WEEKENDS
from policy.parse import parse_file
from policy.source import Source
from policy.testing import facts

GROUND = Path(__file__).parents[1] / "conformance" / "ground" / "pack.policy"
some = settings(suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(datetime.date(2026, 1, 8), datetime.date(2026, 4, 18))

# what a variant of the ground may do, each to something else, so that all may be in force at once
CHANGES = (
    "set period = 10 days",
    "set nonworking = next_workday",
    "set due_soon = 20 days",
    "disable G-ABOUT",
    "override G-DUE due 1 day after talk.end also when talk.kind is prompt otherwise warn",
    "override G-SIZE let most be 3 where talk.size is filled except talk.size is 5 basis \"b\" also except talk.kind is prompt basis \"c\"",
    "override G-FINAL due 3 days after talk.end otherwise fail",
    "rule V-1 for each talk must talk.size is 1 otherwise fail \"it is {talk.size}\"",
    "rule V-2 for each unit must no violations of G-DUE, G-SIZE such that violation.bearer is unit otherwise advise \"look\"",
)


def parsed(text: str) -> tuple[Source, ast.File]:
    source = Source("drawn.policy", text)
    tree, mistakes = parse_file(source)
    assert not mistakes, text
    return source, tree


@cache
def ground() -> tuple[Source, ast.File]:
    return parsed(GROUND.read_text("utf-8"))


def checked(*files: tuple[Source, ast.File]) -> ir.Pack:
    pack, mistakes = check_pack([Layer([file], {}) for file in files], {}, "")
    assert pack is not None, [(one.code, one.arguments) for one in mistakes]
    return pack


@st.composite
def periods(draw: st.DrawFn) -> tuple[datetime.date | None, datetime.date | None]:
    """The days that something is in force; at least one end."""
    first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    assume((first or last) and not (first and last and last < first))
    return first, last


def in_force(period: tuple[datetime.date | None, datetime.date | None]) -> str:
    first, last = period
    return " ".join(["in force", *([f"from {first}"] if first else []), *([f"to {last}"] if last else [])])


def covers(period: tuple[datetime.date | None, datetime.date | None], day: datetime.date) -> bool:
    first, last = period
    return (first is None or first <= day) and (last is None or day <= last)


changes = st.lists(st.tuples(st.sampled_from(CHANGES), periods()), max_size=5, unique_by=lambda change: change[0])


def variant(drawn: list) -> tuple[Source, ast.File]:
    body = "\n".join(f'{change} basis "d" {in_force(period)} end' for change, period in drawn)
    return parsed(f'pack drawn version "1" extends ground version ">=1" end\n{body}')


def outcomes(pack: ir.Pack, data, as_of: datetime.date) -> dict:
    judged = judge(pack.edition(as_of), data, as_of, {}, WEEKENDS, {}).outcomes
    return {(outcome.rule, outcome.subject): outcome for outcome in judged}


@some
@given(drawn=changes, as_of=DAYS, data=st.data())
def test_a_variant_changes_nothing_outside_its_days(drawn, as_of, data) -> None:
    """What is in force on the day counts, whatever else the variant says of other days; if nothing is, all outcomes are the base's."""
    now = [(change, period) for change, period in drawn if covers(period, as_of)]
    rows = data.draw(facts(checked(ground()), as_of))
    base = checked(ground()) if not now else checked(ground(), variant([(change, (None, datetime.date.max)) for change, _ in now]))
    assert outcomes(checked(ground(), variant(drawn)), rows, as_of) == outcomes(base, rows, as_of)


@some
@given(drawn=changes, as_of=DAYS, data=st.data())
def test_loading_a_variant_leaves_its_base_as_it_was(drawn, as_of, data) -> None:
    base, tree = checked(ground()), ground()[1]
    rows = data.draw(facts(base, as_of))
    kept, told, before = pickle.dumps(base), repr(tree), outcomes(base, rows, as_of)
    outcomes(checked(ground(), variant(drawn)), rows, as_of)
    assert pickle.dumps(base) == kept
    assert repr(tree) == told
    assert outcomes(base, rows, as_of) == before
    assert outcomes(checked(ground()), rows, as_of) == before


@some
@given(drawn=st.lists(st.tuples(st.sampled_from(CHANGES), periods()), min_size=1, max_size=5, unique_by=lambda change: change[0]))
def test_every_day_falls_into_one_edition(drawn) -> None:
    editions = checked(ground(), variant(drawn)).editions
    assert editions[0].first is None and editions[-1].last is None
    for one, following in zip(editions, editions[1:]):
        assert one.last + datetime.timedelta(days=1) == following.first
