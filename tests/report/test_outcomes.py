"""What a report counts and lists comes from its outcomes, which need not all be at hand."""

from __future__ import annotations

import datetime

import attrs

from policy.lang.outcome import Abridged, Counted, Listed, Outcome, as_outcomes

DUE = datetime.date(2031, 5, 1)


def outcome(rule: str, status: str, due: datetime.date | None = None, notes: tuple[str, ...] = ()) -> Outcome:
    return Outcome(rule, (("talk", "T1"),), status, "fail", None, due, due, None, (), (), "", (), "", None, notes)


SOME = [
    outcome("A", "satisfied"), outcome("A", "late", DUE, ("calendar_unknown",)), outcome("B", "satisfied", DUE), outcome("A", "late", DUE),
    outcome("B", "pending", DUE.replace(year=2030), ("calendar_unknown",)),
]  # fmt: skip


def test_counts_by_rule_and_status_in_the_order_of_statuses() -> None:
    tally = as_outcomes(SOME).tally()
    assert tally == {"A": {"late": 2, "satisfied": 1}, "B": {"pending": 1, "satisfied": 1}}
    assert [list(counts) for counts in tally.values()] == [["late", "satisfied"], ["pending", "satisfied"]]


def test_those_of_some_statuses_keep_their_order() -> None:
    assert [(one.rule, one.status) for one in Listed(SOME).having(("satisfied", "pending"))] == [
        ("A", "satisfied"), ("B", "satisfied"), ("B", "pending"),
    ]  # fmt: skip


def test_years_without_a_calendar() -> None:
    assert list(Listed(SOME).beyond().items()) == [(2030, 1), (2031, 1)]


def test_outcomes_that_can_be_asked_stay_what_they_are() -> None:
    listed = Listed(SOME)
    assert as_outcomes(listed) is listed
    assert as_outcomes(tuple(SOME)) == listed
    assert attrs.evolve(SOME[0], status="late") not in listed


def test_outcomes_that_are_only_counted_count_like_the_others() -> None:
    some = [one for one in SOME if one.status == "late"]
    counted = {"A": Counted(), "B": Counted()}
    for one in SOME:
        if one not in some:
            counted[one.rule].add(one.status, one.due, one.notes)
    abridged, listed = Abridged(Listed(some), counted), Listed(SOME)
    assert as_outcomes(abridged) is abridged
    assert list(abridged) == some
    assert (len(abridged), abridged.tally(), abridged.beyond()) == (len(listed), listed.tally(), listed.beyond())
    assert [list(counts) for counts in abridged.tally().values()] == [["late", "satisfied"], ["pending", "satisfied"]]
    assert list(abridged.having(("late", "pending"))) == some
    assert abridged.involved(("late",), {"A": ("talk",)}) == {("talk", "T1")}
