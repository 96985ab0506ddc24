"""The checker accepts the derivation of every outcome, and refuses one in which anything was changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

import attrs
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from policy.draw import days, decided, facts
from policy.lang import ir
from policy.lang.facts import Facts, Row
from policy.lang.outcome import Outcome
from policy.lang.proof import Cited, Derivation, Found, Interval, Ref, Step
from policy.lang.types import Period, Type
from policy.prove import Prover, derive, words
from policy.prove.checker import Checker, expressions
from tests.prove.runs import BASE, PACKS, VARIANTS, Run, judged, loaded, runs

T = TypeVar("T")

SAMPLE = 100
"""Of the cases of the rules that ship, of which there are hundreds, every so many are tried in every run."""


def same_as(outcome: Outcome, found: Derivation) -> bool:
    """Whether a derivation says what the engine says."""
    said = (outcome.status, outcome.due, outcome.due_unrolled, outcome.fulfilled, outcome.excuse, outcome.missing)
    return said == (found.status, found.due_day, found.due_unrolled, found.fulfilled, found.excuse, found.missing)


def accepted(run: Run) -> int:
    """Derives and checks all outcomes of a run; tells how many."""
    prover, checker = Prover(run.premises), Checker(run.premises)
    for outcome in run.outcomes:
        found = prover.derive(outcome)
        assert same_as(outcome, found), (outcome, found)
        assert checker.check(found) is None, outcome
    return len(run.outcomes)


@pytest.mark.parametrize("path", [*PACKS, *VARIANTS], ids=lambda path: path.stem)
def test_every_outcome_of_a_case_is_proved(path: Path) -> None:
    assert sum(map(accepted, runs(path)))


def test_outcomes_of_the_rules_that_ship_are_proved() -> None:
    assert sum(map(accepted, runs(BASE, SAMPLE))) > 300


@pytest.mark.deep
def test_every_outcome_of_the_rules_that_ship_is_proved() -> None:
    assert sum(map(accepted, runs(BASE))) > 40_000


def test_every_operator_has_a_clause() -> None:
    assert set(get_args(ir.Expr)) == set(derive._CLAUSES) == set(words._CLAUSES) == set(expressions._CLAUSES)


# --- whatever the data -----------------------------------------------------------------------------------------------


def prove_drawn(path: Path, data: st.DataObject, rules: set[str] | None = None) -> None:
    whole, calendar = loaded(path)
    as_of = data.draw(days(whole, calendar, rules=rules))
    pack = whole.edition(as_of)
    drawn = data.draw(decided(facts(pack, as_of, rules=rules, calendar=calendar, cycles=True), pack))
    accepted(judged(pack, drawn, as_of, {}, calendar, rules))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=8)
@given(data=st.data())
def test_outcomes_of_drawn_facts_are_proved(path: Path, data: st.DataObject) -> None:
    prove_drawn(path, data)


@pytest.mark.deep
@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_outcomes_of_many_drawn_facts_are_proved(path: Path, data: st.DataObject) -> None:
    prove_drawn(path, data)


@pytest.mark.deep
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_outcomes_of_the_rules_that_ship_on_drawn_facts_are_proved(data: st.DataObject) -> None:
    pack, _ = loaded(BASE)
    rules = [rule.id for rule in pack.rules if not rule.depends]
    prove_drawn(BASE, data, data.draw(st.sets(st.sampled_from(rules), min_size=1, max_size=3)))


# --- one fact changed ------------------------------------------------------------------------------------------------


@cache
def tried() -> tuple[Run, ...]:
    """Runs to change something in."""
    own = [run for path in PACKS for run in runs(path)]
    return tuple(run for run in (*own, *runs(BASE, SAMPLE)) if run.outcomes)


def drawn_from(things: Sequence[T], data: st.DataObject) -> T:
    """One of some things, drawn by its number, as they take pages to print."""
    return things[data.draw(st.integers(0, len(things) - 1))]


def others(value: Any, of: Type, run: Run) -> list:
    """Other values of a cell, an empty one among them."""
    rows = run.premises.facts.tables.get(of.name or "", ())
    enum = run.premises.pack.vocabulary.enums.get(of.name or "")
    found: list = {
        "enum": lambda: [member.name for member in enum.members] if enum else [],
        "ref": lambda: [*(row.key for row in rows), "nobody"],
        "date": lambda: [(value or run.premises.as_of) + datetime.timedelta(days) for days in (-400, -1, 0, 1, 400)],
        "bool": lambda: [True, False],
        "int": lambda: [(value or 0) + 1],
        "number": lambda: [(value or Decimal(0)) + 1],
        "text": lambda: [f"{value}x"],
    }[of.kind]()
    return [one for one in [*found, None] if one != value]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], max_examples=150)
@given(data=st.data())
def test_a_changed_fact_is_noticed_unless_nothing_rests_on_it(data: st.DataObject) -> None:
    notice(data)


@pytest.mark.deep
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_changed_facts_are_noticed_unless_nothing_rests_on_them(data: st.DataObject) -> None:
    notice(data)


def notice(data: st.DataObject) -> None:
    """A derivation that is accepted of other facts is right of them; one that cites the fact is not accepted."""
    run = drawn_from(tried(), data)
    outcome = drawn_from(run.outcomes, data)
    derivation = Prover(run.premises).derive(outcome)
    row = drawn_from([row for rows in run.premises.facts.tables.values() for row in rows], data)
    entity = run.premises.pack.vocabulary.entities[row.entity]
    field = drawn_from([field for field in entity.fields if not field.key], data)
    value = drawn_from(others(row.values[field.index], field.type, run), data)
    changed = judged(
        run.premises.pack, with_value(run.premises.facts, row, field.index, value), run.premises.as_of, dict(run.premises.parameters),
        run.premises.calendar,
    )  # fmt: skip
    fault = Checker(changed.premises).check(derivation)
    is_cited = any(cell.row == (row.entity, row.key) and cell.field == field.name for cell in cited(derivation))
    event(f"cited: {is_cited}, refused: {fault is not None}")
    assert fault is not None or not is_cited
    if fault is None:
        now = [one for one in changed.outcomes if (one.rule, one.subject) == (outcome.rule, outcome.subject)]
        assert [one.status for one in now] == [outcome.status]
        assert (now[0].due, now[0].fulfilled, now[0].excuse) == (outcome.due, outcome.fulfilled, outcome.excuse)


def with_value(facts: Facts, row: Row, index: int, value: object) -> Facts:
    """The facts with another value in a cell."""
    values = (*row.values[:index], value, *row.values[index + 1 :])
    changed = Row(row.entity, row.key, values, row.origin, row.line)
    return Facts({**facts.tables, row.entity: tuple(changed if one is row else one for one in facts.tables[row.entity])})


def test_a_row_more_is_noticed() -> None:
    """A duty that nothing fulfilled, and a row that fulfils it."""
    run = next(run for run in runs(BASE) if any(one.rule == "JDTH-11-1-a" and one.status == "violated" for one in run.outcomes))
    outcome = next(one for one in run.outcomes if one.rule == "JDTH-11-1-a" and one.status == "violated")
    entity = run.premises.pack.vocabulary.entities["report"]
    kind = {"id": "R9", "talk": outcome.subject[0][1], "kind": "reflection_and_measures", "date": outcome.due}
    values = tuple(kind.get(field.name) for field in entity.fields)
    origin = run.premises.facts.tables["talk"][0].origin
    more = Facts({**run.premises.facts.tables, "report": (Row("report", "R9", values, origin, 1),)})
    fault = Checker(attrs.evolve(run.premises, facts=more)).check(Prover(run.premises).derive(outcome))
    assert fault is not None and fault.part == "duty"


# --- a step changed --------------------------------------------------------------------------------------------------


def steps(derivation: Derivation) -> Iterator[Step]:
    tops = (*derivation.where, *([derivation.when] if derivation.when else ()), *derivation.exceptions, *derivation.due)
    for top in (*tops, *([derivation.duty] if derivation.duty else ())):
        yield from below(top)


def below(step: Step) -> Iterator[Step]:
    yield step
    for part in (*step.steps, *(one for found in step.found for one in found.steps)):
        yield from below(part)


def cited(derivation: Derivation) -> Iterator[Cited]:
    yield from derivation.occurs
    yield from (cell for step in steps(derivation) for cell in step.cells)
    yield from (cell for one in derivation.decisions for cell in one.cells)


def put(whole: object, old: Step, new: Step) -> object:
    """A derivation, or a part of it, with one step in the place of another."""
    if whole is old:
        return new
    if isinstance(whole, tuple) and not isinstance(whole, (Ref, Interval)):
        return tuple(put(one, old, new) for one in whole)
    if isinstance(whole, (Derivation, Step, Found)):
        names = [field.name for field in attrs.fields(type(whole)) if field.name not in ("expr", "value", "cells", "scope")]
        return attrs.evolve(whole, **{name: put(getattr(whole, name), old, new) for name in names})
    return whole


def otherwise(value: object) -> object:
    """Another value of the kind."""
    if value is None or isinstance(value, bool):
        return not value
    if isinstance(value, Ref):
        return Ref(value.entity, value.key + "x")
    if isinstance(value, Interval):
        return Interval(value.low, value.high + 1)
    if isinstance(value, Period):
        return Period(value.amount + 1, value.unit)
    if isinstance(value, datetime.date):
        return value - datetime.timedelta(1)
    return value + 1 if isinstance(value, (int, Decimal)) else f"{value}x"


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(data=st.data())
def test_a_changed_step_is_noticed(data: st.DataObject) -> None:
    run = drawn_from(tried(), data)
    derivation = Prover(run.premises).derive(drawn_from(run.outcomes, data))
    all_steps = list(steps(derivation))
    assume(all_steps)
    step = drawn_from(all_steps, data)
    ways = {"value": attrs.evolve(step, value=otherwise(step.value))}
    if step.cells:
        cell = step.cells[0]
        ways |= {
            "cell": attrs.evolve(step, cells=(attrs.evolve(cell, value=otherwise(cell.value)), *step.cells[1:])),
            "place": attrs.evolve(step, cells=(attrs.evolve(cell, line=cell.line + 1), *step.cells[1:])),
            "no cell": attrs.evolve(step, cells=step.cells[1:]),
        }
    ways |= {f"without row {number}": one for number, one in enumerate(without_a_row(step))}
    way = drawn_from(sorted(ways), data)
    event(way.partition(" row")[0])
    assert Checker(run.premises).check(put(derivation, step, ways[way])) is not None


def without_a_row(step: Step) -> Iterator[Step]:
    """A step of a quantifier without one of the rows that count, which all have to be there."""
    counts = not isinstance(step.expr, ir.Every)
    if isinstance(step.expr, (ir.Exists, ir.Every, ir.Count, ir.Aggregate, ir.Pick)):
        for number, found in enumerate(step.found):
            if found.steps[0].value is not (not counts):
                yield attrs.evolve(step, found=(*step.found[:number], *step.found[number + 1 :]))


@pytest.mark.parametrize("field", ["status", "due_day", "due_unrolled", "fulfilled", "excuse", "missing", "subject", "decisions", "duty", "where"])
def test_what_a_derivation_says_is_noticed(field: str) -> None:
    """Of every outcome to which the field applies."""
    count = 0
    for run in tried():
        checker = Checker(run.premises)
        for outcome in run.outcomes[:40]:
            derivation = Prover(run.premises).derive(outcome)
            value = getattr(derivation, field)
            if not value:
                continue
            changed = {
                "status": "late" if value == "satisfied" else "satisfied",
                "missing": ("talk.nothing",),
                "subject": ((outcome.subject[0][0], "nobody"), *outcome.subject[1:]),
                "decisions": (),
                "duty": None,
                "where": (),
            }.get(field, otherwise(value))
            count += 1
            assert checker.check(attrs.evolve(derivation, **{field: changed})) is not None
    assert count
