"""May it be? A question put to the data sets that are known, then to the solver, then to data sets drawn at random."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from policy.analyse.alphabet import Alphabet, threshold
from policy.analyse.logic import Formula
from policy.analyse.sample import Sample
from policy.analyse.search import drawn
from policy.analyse.solving import ask
from policy.analyse.world import World
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.outcome import Outcome

__all__ = ["Examiner", "Judge", "Limits", "Verdict", "Wanted"]

Judge = Callable[[Sample], Sequence[Outcome]]
"""The outcomes that the interpreter gives for a data set."""

Wanted = Callable[[Sequence[Outcome], Sample], bool]
"""Whether the outcomes are what was asked for."""


class Limits(NamedTuple):
    """How far to look: `rows` of each table, `drawn` data sets, `seconds` in all, from `seed`."""

    rows: int = 3
    drawn: int = 200
    seconds: float = 60
    seed: int = 0


class Verdict(NamedTuple):
    """`sample` shows that it may be; `impossible` that it may not, whatever the data; with neither it is not decided."""

    sample: Sample | None = None
    impossible: bool = False


class Examiner:
    """Puts questions about a pack as it is from `days[0]` to `days[1]`, and remembers the data sets that answered."""

    def __init__(
        self,
        pack: ir.Pack,
        judge: Judge,
        calendar: Calendar,
        functions: Mapping[str, Callable],
        limits: Limits,
        days: tuple[datetime.date | None, datetime.date | None] = (None, None),
    ) -> None:
        self.pack, self.calendar, self.functions, self.limits, self.days = pack, calendar, functions, limits, days
        self.alphabet = Alphabet(pack)
        self.known: list[tuple[Sample, Sequence[Outcome]]] = []
        self.queries = self.sets = 0
        self._judge = judge
        self._deadline = time.monotonic() + limits.seconds

    @property
    def in_time(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self._deadline

    def judge(self, sample: Sample) -> Sequence[Outcome]:
        """The outcomes for a data set, counted."""
        self.sets += 1
        return self._judge(sample)

    def remember(self, sample: Sample) -> None:
        """Keep a data set for the questions to come."""
        self.known.append((sample, self.judge(sample)))

    def may(
        self,
        rules: Sequence[ir.Rule],
        formulas: Callable[[World], Iterable[Formula]],
        wanted: Wanted,
        parameters: Mapping[str, ir.Value] | None = None,
        exact: bool = True,
    ) -> Verdict:
        """Whether some data are as `wanted`, which is what the `formulas` say, about these rules."""
        parameters = dict(parameters or {})

        def right(sample: Sample) -> bool:
            outcomes = self.judge(sample)
            if wanted(outcomes, sample):
                self.known.append((sample, outcomes))
                return True
            return False

        for sample, outcomes in self.known:
            if sample.parameters == parameters and wanted(outcomes, sample):
                return Verdict(sample)
        verdict = self._solved(rules, formulas, right, parameters)
        return verdict if verdict.sample or verdict.impossible else self._searched(rules, right, parameters)

    def _solved(self, rules: Sequence[ir.Rule], formulas: Callable, right: Callable[[Sample], bool], parameters: Mapping) -> Verdict:
        size, largest = 1, self.limits.rows
        while self.in_time:
            world = World(self.pack, self.alphabet, self.calendar, self.functions, size, parameters, self.days)
            asked = list(formulas(world))
            left = max(50, int(min(10.0, self._deadline - time.monotonic()) * 1000))
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
        found = drawn(self.pack, rules, self.alphabet, self.limits.rows, self.limits.seed, parameters)
        for sample in islice(found, self.limits.drawn):
            first, last = self.days
            inside = (first is None or first <= sample.as_of) and (last is None or sample.as_of <= last)
            if inside and right(sample):
                return Verdict(sample)
            if not self.in_time:
                break
        return Verdict()
