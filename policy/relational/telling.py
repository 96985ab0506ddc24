"""Outcomes that are kept in a table, put into words: with the rows that decided them, their message and their fingerprint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from policy.lang import ir
from policy.lang.exhibits import Read
from policy.lang.outcome import TOLD
from policy.lang.paths import Path
from policy.relational.batches import Batch
from policy.relational.copies import Copies
from policy.relational.database import quoted, text
from policy.relational.exhibits import NO_EVIDENCE, Columns, ExhibitQueries, among
from policy.relational.kept import Kept
from policy.relational.messages import NO_MENTIONS, MessageQueries

__all__ = ["Telling"]

_AT_ONCE = 20_000
"""Outcomes that are made at a time."""

_NO_TEXTS = "CAST([] AS VARCHAR[])"


class Telling:
    """The outcomes of one rule. `others` are those of the rules judged before, as outcomes may rest on their violations."""

    def __init__(
        self, kept: Kept, copies: Copies, shown: Collection[str], elsewhere: Callable[[], Read], others: Mapping[str, Telling]
    ) -> None:  # fmt: skip
        self.kept = kept
        self.rule = kept.queries.rule
        self._world = kept.queries.world
        self._queries = kept.queries
        self._shown = shown
        self._others = others
        self._exhibits = ExhibitQueries(kept.queries, copies, elsewhere)
        self._messages = MessageQueries(kept.queries, copies)
        self._more = self._look_closer()
        self._told: str | None = None

    def _look_closer(self) -> dict[str, str]:
        """Keep what it takes to tell the outcomes that are shown: the tables by what they say."""
        counts, store, queries = self.kept.counts, self.kept.store, self._queries
        shown = [status for status in counts if status in self._shown]
        made = {}
        if counts.get("unknown"):
            made["missing"] = queries.missing()
        if shown and queries.has_witnesses():
            made["witnesses"] = queries.witnesses(shown)
        if queries.expressions() and any(counts.get(status) for status in TOLD):
            made["words"] = queries.words(TOLD)
        for what, query in made.items():
            store.keep(f"{what} {self.rule.id}", query)
        return {what: f"{what} {self.rule.id}" for what in made}

    @property
    def missing(self) -> str | None:
        """The table of the fields that made outcomes unknown, if any is."""
        return self._more.get("missing")

    # --- what they rest on -------------------------------------------------------------------------------------------

    def keys(self) -> dict[str, list[str]]:
        """By entity the queries for the keys of the rows that the outcomes rest on or name."""
        keys = defaultdict(list)
        for entity, query in (*self._exhibits.keys(self._shown), *self._messages.keys(self._more.get("words"), self._shown)):
            keys[entity].append(query)
        for entity in {entity for _, entity in self._pairs}:
            keys[entity].append(f"SELECT one.key AS key FROM ({self._witnesses()}) WHERE one.entity = {text(entity)}")
        return keys

    def paths(self) -> set[Path]:
        """The ways from these rows to others that the outcomes rest on."""
        return self._exhibits.paths()

    @cached_property
    def _pairs(self) -> Sequence[tuple[str, str]]:
        """The variables and the entities of the rows that decided outcomes."""
        return self.kept.store.rows(f"SELECT DISTINCT one.var, one.entity FROM ({self._witnesses()}) ORDER BY ALL") if "witnesses" in self._more else []

    def _witnesses(self) -> str:
        """The query for the rows that decided outcomes, each as `one`."""
        return f"SELECT unnest(rows) AS one FROM {quoted(self._more['witnesses'])}"

    def involved(self, statuses: Collection[str]) -> Iterator[tuple[str, str]]:
        """The rows that the outcomes of some statuses are about, or are owed by: entity and key."""
        outcomes, store = f"FROM {quoted(self._queries.name)} WHERE {among(statuses)}", self.kept.store
        for place, each in enumerate(self.rule.binders):
            if isinstance(each, ir.EachRow):
                yield from ((each.entity, key) for (key,) in store.rows(f"SELECT DISTINCT {quoted(f'var {place}')} {outcomes}"))
        yield from map(self._world.row_named, (bearer for (bearer,) in store.rows(f"SELECT DISTINCT bearer {outcomes}") if bearer is not None))

    # --- telling them ------------------------------------------------------------------------------------------------

    def batches(self, statuses: Collection[str]) -> Iterator[Batch]:
        """The outcomes of some statuses in their order, with evidence and words for those that are shown: some thousands at a time, all at hand, as
        whoever looks at one may ask for others meanwhile.
        """
        if not any(self.kept.counts.get(status) for status in statuses):
            return
        store, source, told = self.kept.store, quoted(self._queries.name), quoted(self._tell())
        query = f"SELECT {', '.join(self._columns())} FROM {source} AS own LEFT JOIN {told} AS told USING (place)"
        last = store.rows(f"SELECT max(place) FROM {source} WHERE {among(statuses)}")[0][0] or 0
        for first in range(1, last + 1, _AT_ONCE):
            part = f"place BETWEEN {first} AND {first + _AT_ONCE - 1}"
            columns = store.columns(f"{query} WHERE {among(statuses, 'own.')} AND {part} ORDER BY place")
            yield Batch(self.rule, self._exhibits.sources, columns, store.worked_out)

    def _columns(self) -> Iterator[str]:
        """The columns of a batch."""
        yield from (f"own.{quoted(f'var {place}')} AS {quoted(f'key {place}')}" for place in range(len(self.rule.binders)))
        yield f"own.status, {self._bearer()} AS bearer, own.due, own.unrolled AS due_unrolled, own.fulfilled, {self._excuse()} AS excuse, {self._notes()} AS notes"
        yield f"coalesce(told.missing, {_NO_TEXTS}) AS missing, coalesce(told.message, '') AS message, coalesce(told.fingerprint, '') AS fingerprint"
        yield f"coalesce(told.evidence, {NO_EVIDENCE}) AS evidence, coalesce(told.mentions, {NO_MENTIONS}) AS mentions"

    def _bearer(self) -> str:
        numbers = [f"WHEN '{self._world.number(entity)}' THEN {text(entity)}" for entity in self._world.pack.vocabulary.entities]
        entity = f"CASE split_part(own.bearer, ':', 1) {' '.join(numbers)} END"
        return f"CASE WHEN own.bearer IS NOT NULL THEN {{entity: {entity}, key: substr(own.bearer, instr(own.bearer, ':') + 1), name: told.bearer_name}} END"

    def _excuse(self) -> str:
        """What excuses an outcome: a waiver, or the basis of an exception."""
        bases = [f"WHEN own.excused = {number} THEN {text('、'.join(one.basis))}" for number, one in enumerate(self.rule.exceptions)]
        return f"CASE WHEN own.waiver IS NOT NULL THEN 'waiver ' || own.waiver {' '.join(bases)} END"

    def _notes(self) -> str:
        """`calendar_unknown` where the due day was reckoned by a calendar that does not cover its year."""
        return f"CASE WHEN {self.kept.beyond_year()} IS NULL THEN {_NO_TEXTS} ELSE ['calendar_unknown'] END"

    def fingerprints(self) -> str:
        """The query for what violated, late and unknown outcomes are called as evidence of others: `key` (as in the table of violations) and `fingerprint`."""
        return f"SELECT {text(self.rule.id + ':')} || place AS key, fingerprint FROM {quoted(self._tell())}"

    def _tell(self) -> str:
        """The table of what is told of outcomes that are shown, besides what stands in the table of the rule."""
        if self._told is None:
            named = [self._others[id].fingerprints() for id in self.rule.depends if id in self._others]
            exhibits = self._exhibits.told(self._shown, self.missing, self._more.get("witnesses"), self._pairs, named)
            messages = self._messages.told([status for status in TOLD if self.kept.counts.get(status)], self._more.get("words"))
            self._told = f"told {self.rule.id}"
            self.kept.store.keep(self._told, self._all_told(exhibits, messages))
        return self._told

    def _all_told(self, *parts: Columns) -> str:
        """The query for all that is told of outcomes that are shown, by `place`."""
        steps, joins, first, then = (list(chain.from_iterable(kind)) for kind in zip(*parts, strict=True))
        rows = f"SELECT own.place, own.status, {', '.join(first)} FROM {quoted(self._queries.name)} AS own {' '.join(joins)} WHERE {among(self._shown, 'own.')}"
        before = f"WITH {', '.join(steps)} " if steps else ""
        return f"{before}SELECT place, {', '.join(then)} FROM ({rows}) AS parts"
