"""Outcomes that are kept in a table, put into words: with the rows that decided them, their message and their fingerprint."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, repeat
from sys import intern
from typing import TypeVar

import pyarrow
import pyarrow.compute

from policy.lang import ir
from policy.lang.exhibits import Read
from policy.lang.outcome import COUNTED, TOLD, Evidence, Mention, Outcome
from policy.lang.paths import Path
from policy.relational.copies import Copies
from policy.relational.database import quoted, text
from policy.relational.exhibits import ExhibitQueries, among
from policy.relational.kept import Kept
from policy.relational.messages import MessageQueries

__all__ = ["Telling"]

_AT_ONCE = 20_000
"""Outcomes that are made at a time."""

_COLUMNS = ("status", "bearer", "due", "unrolled", "fulfilled", "waiver", "excused")


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
        for entity, query in (*self._exhibits.keys(self._shown), *self._messages.keys(self._more.get("words"), TOLD)):
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

    def outcomes(self, statuses: Collection[str]) -> Iterator[Outcome]:
        """The outcomes of some statuses in their order, with evidence and words for those that are shown."""
        if any(self.kept.counts.get(status) for status in statuses):
            for columns in self._batches(statuses):
                yield from self._made(columns)

    def fingerprints(self) -> str:
        """The query for what violated, late and unknown outcomes are called as evidence of others: `key` (as in the table of violations) and `fingerprint`."""
        return f"SELECT {text(self.rule.id + ':')} || place AS key, fingerprint FROM {quoted(self._tell())}"

    def _tell(self) -> str:
        """The table of what is told of outcomes that are shown, besides what stands in the table of the rule."""
        if self._told is None:
            named = [self._others[id].fingerprints() for id in self.rule.depends if id in self._others]
            told = self._exhibits.told(self._shown, self.missing, self._more.get("witnesses"), self._pairs, named)
            messages = self._messages.told([status for status in TOLD if self.kept.counts.get(status)], self._more.get("words"))
            self._told = f"told {self.rule.id}"
            self.kept.store.keep(self._told, f"SELECT * FROM ({told}) AS told LEFT JOIN ({messages}) AS messages USING (place)")
        return self._told

    def _batches(self, statuses: Collection[str]) -> Iterator[pyarrow.Table]:
        """The outcomes of some statuses, some thousands at a time: whoever looks at one may ask for others meanwhile."""
        store, source = self.kept.store, quoted(self._queries.name)
        columns = [f"own.{quoted(name)}" for name in (*_COLUMNS, *(f"var {place}" for place in range(len(self.rule.binders))))]
        told = "told.missing, told.evidence, told.fingerprint, told.message, told.mentions"
        query = f"SELECT {', '.join(columns)}, {told} FROM {source} AS own LEFT JOIN {quoted(self._tell())} AS told USING (place)"
        last = store.rows(f"SELECT max(place) FROM {source} WHERE {among(statuses)}")[0][0] or 0
        for first in range(1, last + 1, _AT_ONCE):
            part = f"place BETWEEN {first} AND {first + _AT_ONCE - 1}"
            yield store.columns(f"{query} WHERE {among(statuses, 'own.')} AND {part} ORDER BY place")

    def _made(self, columns: pyarrow.Table) -> Iterator[Outcome]:
        rule = self.rule
        once: dict[str, str] = {}
        share = once.setdefault  # of many findings it counts that a text is there once
        values = {name: columns.column(name).to_pylist() for name in (*_COLUMNS, "fingerprint", "message", "missing")}
        evidence = self._evidence(columns.column("evidence"), share)
        mentions = self._mentions(columns.column("mentions"), share)
        keys = [[share(key, key) if isinstance(key, str) else key for key in columns.column(f"var {place}").to_pylist()] for place in range(len(rule.binders))]
        subjects = zip(*(zip(repeat(each.var), of_binder) for each, of_binder in zip(rule.binders, keys, strict=True)))
        for subject, rows, named, status, bearer, due, unrolled, fulfilled, waiver, excused, fingerprint, message, missing in zip(
            subjects, evidence, mentions, *values.values(), strict=True
        ):
            yield Outcome(
                rule=rule.id,
                subject=subject,
                status=intern(status),
                severity=rule.severity,
                bearer=None if bearer is None else self._world.row_named(bearer),
                due=due,
                due_unrolled=unrolled,
                fulfilled=fulfilled,
                missing=tuple(missing or ()),
                basis=rule.basis,
                message=message or "",
                evidence=rows,
                fingerprint=fingerprint or "",
                excuse=self._excuse(waiver, excused),
                notes=self._notes(due, unrolled) if self.kept.calendar else (),
                mentions=named,
            )

    def _evidence(self, column: pyarrow.ChunkedArray, share: Callable[[str, str], str]) -> Iterator[tuple[Evidence, ...]]:
        rows, sources = column.combine_chunks().flatten(), self._exhibits.sources
        parts = zip(*(rows.field(name).to_pylist() for name in ("source", "key", "line")), strict=True)
        made = [Evidence(at.entity, share(key, key), at.file, at.sheet, line, at.cells) for at, key, line in ((sources[number], key, line) for number, key, line in parts)]
        return _divided(made, column)

    def _mentions(self, column: pyarrow.ChunkedArray, share: Callable[[str, str], str]) -> Iterator[tuple[Mention, ...]]:
        named = column.combine_chunks().flatten()
        parts = zip(*(named.field(name).to_pylist() for name in ("begin", "end", "entity", "key")), strict=True)
        return _divided([Mention(begin, end, share(entity, entity), share(key, key)) for begin, end, entity, key in parts], column)

    def _excuse(self, waiver: str | None, excused: int | None) -> str | None:
        if waiver is not None:
            return f"waiver {waiver}"
        return None if excused is None else "、".join(self.rule.exceptions[excused].basis)

    def _notes(self, due: datetime.date | None, unrolled: datetime.date | None) -> tuple[str, ...]:
        """`calendar_unknown` where the due day was reckoned by a calendar that does not cover its year."""
        unknown = any(day is not None and not self._world.calendar.knows(day) for day in (due, unrolled))
        return ("calendar_unknown",) if unknown else ()


_Thing = TypeVar("_Thing")


def _divided(things: Sequence[_Thing], lists: pyarrow.ChunkedArray) -> Iterator[tuple[_Thing, ...]]:
    """The members of all lists of a column, list by list."""
    lengths = pyarrow.compute.list_value_length(lists).to_pylist()
    return (tuple(things[end - (length or 0) : end]) for length, end in zip(lengths, accumulate(length or 0 for length in lengths)))
