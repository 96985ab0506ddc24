"""The outcomes of a run, which are made when they are asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from policy.lang.outcome import STATUSES, Batch, Outcome, Tally
from policy.relational.copies import Copies
from policy.relational.telling import Telling

__all__ = ["KeptOutcomes"]


class KeptOutcomes:
    """The outcomes of a run, which are made of the tables when they are asked for; see `policy.lang.outcome.Outcomes`.

    Those that were not kept are in the counts alone.
    """

    def __init__(self, told: Mapping[str, Telling], rules: Sequence[str], copies: Copies) -> None:
        self._told = told  # also of rules that are read, and not shown
        self._copies: Copies | None = copies
        self._rules = {rule: told[rule] for rule in rules if rule in told}

    def __iter__(self) -> Iterator[Outcome]:
        return self.having(STATUSES)

    def __len__(self) -> int:
        return sum(sum(told.kept.counts.values()) for told in self._rules.values())

    def having(self, statuses: Collection[str]) -> Iterator[Outcome]:
        """Those of some statuses, one at a time."""
        for batch in self.batches(statuses):
            yield from batch

    def batches(self, statuses: Collection[str]) -> Iterator[Batch]:
        """The same as columns."""
        self._copy()
        for told in self._rules.values():
            yield from told.batches(statuses)

    def _copy(self) -> None:
        """Copy the rows that outcomes rest on or name, those of all rules at once: each table is gone through once."""
        copies, self._copies = self._copies, None
        if copies is None or not copies.rows.scanned:
            return
        keys: dict[str, list[str]] = defaultdict(list)
        for told in self._told.values():
            for entity, queries in told.keys().items():
                keys[entity] += queries
        copies.add(keys, {path for told in self._told.values() for path in told.paths()})

    def tally(self) -> Tally:
        """How many of which status each rule has."""
        found = {rule: told.kept.counts for rule, told in self._rules.items()}
        return {rule: {status: counts[status] for status in STATUSES if status in counts} for rule, counts in found.items() if counts}

    def beyond(self) -> dict[int, int]:
        """How many are due in each year whose calendar is not known."""
        years: Counter[int] = Counter()
        for told in self._rules.values():
            years += told.kept.beyond
        return dict(sorted(years.items()))

    def involved(self, statuses: Collection[str], entities: Mapping[str, Sequence[str | None]]) -> set[tuple[str, str]]:
        """The rows that those of some statuses are about, or are owed by; the rules know the entities of their binders."""
        return {row for told in self._rules.values() for row in told.involved(statuses)}
