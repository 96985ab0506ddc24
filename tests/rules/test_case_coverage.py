"""What the cases of the pack of supervision talks prove: every rule each way, both sides of every due day, every parameter at its bounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.lang import ir
from policy.pipeline.cases import run_cases

PACK = Path(__file__).parents[2] / "rules" / "supervision_talks"

WAYS = ("satisfied", "violated", "unknown")

NEVER = {
    ("DQ-5", "unknown"): "a code that is missing is not looked at, and the check of one that is there has an answer for every text",
    ("DQ-6", "unknown"): "a link that is missing belongs to nobody, and whether a term was found is known always",
}
"""Ways that a rule cannot come to, and why."""

FULFILLED = (("satisfied", 0), ("late", 1))
UNFULFILLED = (("due_soon", 0), ("violated", 1))

NEVER_LATE = {
    id: "the due day is the end of the window in which the talk has to be, so that a talk of the day after is none of that term"
    for id in ("JDTH-05-2-c", "JDTH-05-2-ct", "JDTH-05-2-e", "JDTH-05-2-et")
}
"""Rules of which nothing can be fulfilled after the due day, and why."""


@pytest.fixture(scope="module")
def loaded():
    return pipeline.load_pack(PACK, load_plugins())


@pytest.fixture(scope="module")
def pack(loaded):
    return loaded.pack


@pytest.fixture(scope="module")
def cases(loaded):
    """The cases that hold: one that fails proves nothing."""
    return [result.case for result in run_cases(loaded, load_plugins()) if not result.failures]


@pytest.fixture(scope="module")
def ways(cases):
    """The statuses that cases show of each rule."""
    found = defaultdict(set)
    for case in cases:
        for expectation in case.expectations:
            found[expectation.rule].add(expectation.status)
    return found


@pytest.fixture(scope="module")
def fulfilled(cases):
    """Of each rule, the statuses of what was fulfilled, with the days from the due day to the day of fulfilment."""
    return distances(cases, lambda case, expectation: expectation.fulfilled)


@pytest.fixture(scope="module")
def unfulfilled(cases):
    """Of each rule, the statuses of what was not fulfilled, with the days from the due day to the day as of which it was not."""
    return distances(cases, lambda case, expectation: None if expectation.fulfilled else case.as_of)


def distances(cases, day_of):
    found = defaultdict(set)
    for case in cases:
        for expectation in case.expectations:
            day = day_of(case, expectation)
            if expectation.due is not None and day is not None:
                found[expectation.rule].add((expectation.status, (day - expectation.due).days))
    return found


def lacking(pack, wanted, found, without=()):
    """Of each rule with a due day, what is wanted and not found."""
    rules = [rule.id for rule in pack.rules if rule.due is not None]
    lacks = {id: [one for one in wanted if one not in found[id] and (id, one[0]) not in without] for id in rules}
    return {id: lack for id, lack in lacks.items() if lack}


def bounds(parameter: ir.Parameter) -> Iterator[ir.Value]:
    """The values that have to be tried: all that there are to choose from, else both ends."""
    if parameter.choices:
        yield from parameter.choices
    elif parameter.type.kind == "bool":
        yield from (True, False)
    else:
        yield from (parameter.low, parameter.high)


def test_every_rule_is_shown_each_way(pack, ways):
    rules = [rule.id for rule in pack.rules]
    lacks = {id: [way for way in WAYS if way not in ways[id] and (id, way) not in NEVER] for id in rules}
    assert {id: lack for id, lack in lacks.items() if lack} == {}


def test_what_is_done_is_shown_on_the_due_day_and_on_the_day_after(pack, fulfilled):
    assert lacking(pack, FULFILLED, fulfilled, {(id, "late") for id in NEVER_LATE}) == {}


def test_what_is_not_done_is_shown_on_the_due_day_and_on_the_day_after(pack, unfulfilled):
    assert lacking(pack, UNFULFILLED, unfulfilled) == {}


def test_every_parameter_is_set_to_both_of_its_bounds(pack, cases):
    tried = defaultdict(list)
    for case in cases:
        for name, value in case.parameters:
            tried[name].append(value)
    lacks = {
        name: [value for value in bounds(parameter) if value not in tried[name]]
        for name, parameter in pack.parameters.items()
    }
    assert {name: lack for name, lack in lacks.items() if lack} == {}


def test_every_exception_is_one(pack, ways):
    """An exception of a rule that is gone, or whose outcome a case shows, has to go."""
    rules = {rule.id for rule in pack.rules}
    assert {id for id, _ in NEVER} | NEVER_LATE.keys() <= rules
    assert [(id, way) for id, way in NEVER if way in ways[id]] == []
    assert [id for id in NEVER_LATE if "late" in ways[id]] == []
