"""May it be? A question put to the data sets that are known, then to the solver, then to data sets drawn at random."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from policy.analyse.alphabet import Alphabet, threshold
from policy.analyse.logic import Formula
from policy.analyse.sample import Sample
from policy.analyse.search import searched
from policy.analyse.solving import ask
from policy.analyse.world import World
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.outcome import Outcome

__all__ = ["Examiner", "Judge", "Limits", "Outcomes", "Verdict", "Wanted"]

_LONGEST = 4.0
"""Seconds for one query to the solver."""

Judge = Callable[[Sample, Sequence[str] | None], Sequence[Outcome]]
"""The outcomes that the interpreter gives for a data set, of some rules or (None) of all."""



class Outcomes:
    """The outcomes for a data set, by rule."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self._rules: dict[str, dict[tuple, Outcome]] = {}
        for one in outcomes:
            self._rules.setdefault(one.rule, {})[tuple([key for _, key in one.subject])] = one

    def of(self, rule: str) -> Mapping[tuple, Outcome]:
        """Those of a rule, by the keys of their subjects."""
        return self._rules.get(rule, {})

    def __iter__(self) -> Iterator[Outcome]:
        return (one for found in self._rules.values() for one in found.values())


Wanted = Callable[[Outcomes, Sample], bool]
"""Whether the outcomes are what was asked for."""


class Limits(Protocol):
    """How far to look: `rows` of each table, `drawn` data sets, `seconds` in all, from `seed`."""

    rows: int
    drawn: int
    seconds: float
    seed: int


class Verdict(NamedTuple):
    """`sample` shows that it may be; `impossible` that it may not, whatever the data; with neither it is not decided."""

    sample: Sample | None = None
    impossible: bool = False


def _entities(rule: ir.Rule) -> set[str]:
    return {each.entity for each in rule.binders if isinstance(each, ir.EachRow)}


class Examiner:
    """Puts questions about a pack as it is from `days[0]` to `days[1]`, and remembers the data sets that answered.

    `beside` is a pack that it is compared with, whose texts are known too; `rules` are those that will be asked about (None: all).
    """

    def __init__(
        self,
        pack: ir.Pack,
        judge: Judge,
        calendar: Calendar,
        functions: Mapping[str, Callable],
        limits: Limits,
        days: tuple[datetime.date | None, datetime.date | None] = (None, None),
        beside: ir.Pack | None = None,
        rules: Collection[str] | None = None,
    ) -> None:
        self.pack, self.calendar, self.functions, self.limits, self.days = pack, calendar, functions, limits, days
        self.alphabet = Alphabet(*filter(None, (pack, beside)))
        self._rules = {rule.id for rule in pack.rules} if rules is None else set(rules)
        self.known: list[tuple[Sample, Outcomes, set[str]]] = []
        self.queries = self.sets = 0
        self._judge = judge
        self._deadline = time.process_time() + limits.seconds

    @property
    def in_time(self) -> bool:
        """Whether there is time left."""
        return time.process_time() < self._deadline

    def judge(self, sample: Sample, rules: Sequence[str] | None = None) -> Outcomes:
        """The outcomes for a data set, counted."""
        self.sets += 1
        return Outcomes(self._judge(sample, rules))

    def remember(self, sample: Sample, asked: Sequence[str] = ()) -> None:
        """Keep a data set for the questions to come: what the rules say of it that were asked about, or that may say something."""
        there = {name for name, rows in sample.tables.items() if rows}
        able = {rule.id: _entities(rule) <= there for rule in self.pack.rules if not rule.depends and rule.id in self._rules}
        rules = list(dict.fromkeys([*asked, *(id for id, may in able.items() if may)]))
        nothing_to_say = {id for id, may in able.items() if not may}
        self.known.append((sample, self.judge(sample, rules), {*rules, *nothing_to_say}))

    def may(
        self,
        rules: Sequence[ir.Rule],
        formulas: Callable[[World], Iterable[Formula]],
        wanted: Wanted,
        parameters: Mapping[str, ir.Value] | None = None,
        asked: Sequence[str] | None = None,
    ) -> Verdict:
        """Whether some data are as `wanted`, which is what the `formulas` say, about these rules; `asked` are the ids to judge by (None: theirs)."""
        parameters, ids = dict(parameters or {}), asked or [rule.id for rule in rules]

        def right(sample: Sample) -> bool:
            if not wanted(self.judge(sample, ids), sample):
                return False
            self.remember(sample, ids)
            return True

        for sample, outcomes, told in self.known:
            if sample.parameters == parameters and told.issuperset(ids) and wanted(outcomes, sample):
                return Verdict(sample)
        verdict = self._solved(rules, formulas, right, parameters)
        return verdict if verdict.sample or verdict.impossible else self._searched(rules, right, parameters)

    def _solved(self, rules: Sequence[ir.Rule], formulas: Callable, right: Callable[[Sample], bool], parameters: Mapping) -> Verdict:
        size, largest = 1, self.limits.rows
        while self.in_time:
            world = World(self.pack, self.alphabet, self.calendar, self.functions, size, parameters, self.days)
            asked = list(formulas(world))
            left = max(50, int(min(_LONGEST, self._deadline - time.process_time()) * 1000))
            answer = ask(world, asked, right, left)
            self.queries += answer.queries
            if answer.sample or answer.impossible:
                return Verdict(answer.sample, answer.impossible)
            if size == largest:
                break
            needed = max(world.needed.values(), default=1)
            size = largest if size > 1 else min(largest, max(2, needed, threshold(self.pack, rules)))
        return Verdict()

    def _searched(self, rules: Sequence[ir.Rule], right: Callable[[Sample], bool], parameters: Mapping[str, ir.Value]) -> Verdict:
        def fits(sample: Sample) -> bool:
            first, last = self.days
            inside = (first is None or first <= sample.as_of) and (last is None or sample.as_of <= last)
            return self.in_time and inside and right(sample)

        if not self.in_time:
            return Verdict()
        ids = {rule.id for rule in rules}
        rows, most, seed = self.limits.rows, self.limits.drawn, self.limits.seed
        return Verdict(searched(self.pack, ids, self.calendar, parameters, fits, rows=rows, most=most, seed=seed))
