"""Outcomes that are kept in a table, put into words: with the rows that decided them, their message and their fingerprint."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from sys import intern
from typing import Any, NamedTuple

from policy.lang import ir
from policy.lang.exhibits import Exhibits, Read, fingerprint
from policy.lang.facts import Row
from policy.lang.outcome import COUNTED, TOLD, Evidence, Mention, Outcome
from policy.lang.paths import Path
from policy.lang.telling import placeholders, render_message
from policy.lang.types import COUNT, MonthDay, Period, Type
from policy.relational.copies import Copies, Fetched
from policy.relational.database import quoted, text
from policy.relational.expressions import type_of
from policy.relational.kept import Kept

__all__ = ["Telling"]

_AT_ONCE = 20_000
"""Outcomes of which everything is at hand at a time."""
_DIGEST = 8
"""Bytes of a fingerprint."""


class _Outcome(NamedTuple):
    """An outcome as it is kept in the table of its rule."""

    place: int
    subject: str
    status: str
    finding: str | None
    excused: int | None
    fulfilled: datetime.date | None
    due: datetime.date | None
    unrolled: datetime.date | None
    bearer: str | None
    waiver: str | None


class _Found(NamedTuple):
    """What further queries say of an outcome: the fields missing, the rows that decided it, the values in its message."""

    bound: tuple
    lets: tuple
    missing: list | None
    witnesses: list | None
    words: list | None


class Telling:
    """The outcomes of one rule. `others` are those of the rules judged before, as outcomes may rest on their violations."""

    def __init__(
        self, kept: Kept, copies: Copies, shown: Collection[str], elsewhere: Callable[[], Read], others: Mapping[str, Telling]
    ) -> None:  # fmt: skip
        self.kept = kept
        self.rule = kept.queries.rule
        self._world = kept.queries.world
        self._queries = kept.queries
        self._rows = Fetched(copies)
        self._shown = shown
        self._others = others
        self._exhibits = Exhibits(self.rule, self._world.pack, elsewhere, self._rows.row)
        self._row_lets = [(name, type_of(value).name or "") for name, value in self.rule.lets if type_of(value).is_ref]
        self._more = self._look_closer()
        self._fingerprints: bytearray | None = None

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

    # --- outcomes ----------------------------------------------------------------------------------------------------

    def outcomes(self, statuses: Collection[str]) -> Iterator[Outcome]:
        """The outcomes of some statuses in their order, with evidence and words for those that are shown."""
        asked = [status for status, number in self.kept.counts.items() if number and status in statuses]
        if not asked:
            return
        for some in self._batches(asked):
            yield from some

    def fingerprint(self, place: int) -> str:
        """What the outcome at a place is called as evidence of others."""
        if self._fingerprints is None:
            self._fingerprints = bytearray(_DIGEST * (self._last(COUNTED) + 1))
            for some in self._batches(COUNTED, self._named):
                for at, name in some:
                    self._fingerprints[_DIGEST * at : _DIGEST * (at + 1)] = bytes.fromhex(name)
        return self._fingerprints[_DIGEST * place : _DIGEST * (place + 1)].hex()

    def _batches(self, statuses: Collection[str], told: Callable[[_Outcome, _Found], Any] | None = None) -> Iterator[list]:
        """The outcomes of some statuses, or what is told of each, some thousands at a time.

        Made at once: whoever looks at one may ask for others meanwhile, and that fetches other rows.
        """
        chosen, told = _among(statuses), told or self._outcome
        for first in range(1, self._last(statuses) + 1, _AT_ONCE):
            yield [told(one, more) for one, more in self._each(f"{chosen} AND place BETWEEN {first} AND {first + _AT_ONCE - 1}")]

    def _last(self, statuses: Collection[str]) -> int:
        """The last place of an outcome of some statuses."""
        return self.kept.store.rows(f"SELECT max(place) FROM {quoted(self._queries.name)} WHERE {_among(statuses)}")[0][0] or 0

    def _each(self, where: str) -> Sequence[tuple[_Outcome, _Found]]:
        """The outcomes in the table for which something holds, with the rows that they rest on at hand."""
        found = list(self._found(where))
        self._rows.fetch(self._wanted(found))
        while self._exhibits.paths:
            for one, more in found:
                self._exhibits.touch(self._grounds(one.status, more) if one.status in self._shown else ())
            if not self._rows.fetch_missed():
                break
        return found

    def _found(self, where: str) -> Iterator[tuple[_Outcome, _Found]]:
        """The outcomes in the table for which something holds, with what else is known of them."""
        store = self.kept.store
        places = f"SELECT place FROM {quoted(self._queries.name)} WHERE {where}"
        more = {what: store.rows(f"SELECT * FROM {quoted(name)} WHERE place IN ({places})") for what, name in self._more.items()}
        missing, witnesses = dict(more.get("missing", ())), dict(more.get("witnesses", ()))
        words = {place: rest for place, *rest in more.get("words", ())}
        split, binders = len(_Outcome._fields), len(self.rule.binders)
        for row in store.rows(self._queries.kept(_Outcome._fields, [name for name, _ in self._row_lets], where)):
            one = _Outcome(*row[:split])
            bound, lets = row[split : split + binders], row[split + binders :]
            yield one, _Found(bound, lets, missing.get(one.place), witnesses.get(one.place), words.get(one.place))

    def _evidence(self, one: _Outcome, found: _Found) -> tuple[tuple[Evidence, ...], tuple[str, ...], str]:
        """The rows that decided an outcome, the fields that made it unknown, and its fingerprint."""
        names = tuple(sorted(set(found.missing or ()))) if one.status == "unknown" else ()
        if one.status not in self._shown:
            return (), names, ""
        evidence, values = self._exhibits.of(self._grounds(one.status, found))
        return evidence, names, fingerprint(self.rule.id, one.subject, one.status, one.due, one.fulfilled, names, values)

    def _named(self, one: _Outcome, found: _Found) -> tuple[int, str]:
        """The place of an outcome and its fingerprint."""
        return one.place, self._evidence(one, found)[2]

    def _outcome(self, one: _Outcome, found: _Found) -> Outcome:
        rule, status = self.rule, one.status
        evidence, names, name = self._evidence(one, found)
        bearer = None if one.bearer is None else self._world.row_named(one.bearer)
        keys = {row.key: row.key for row in evidence}  # of many findings it counts that a text is there once
        message, mentions = self._message(one, bearer, found.words) if status in TOLD else ("", ())
        return Outcome(
            rule=rule.id,
            subject=tuple([(each.var, keys.get(value, value)) for each, value in zip(rule.binders, found.bound, strict=True)]),
            status=intern(status),
            severity=rule.severity,
            bearer=bearer,
            due=one.due,
            due_unrolled=one.unrolled,
            fulfilled=one.fulfilled,
            missing=names,
            basis=rule.basis,
            message=message,
            evidence=evidence,
            fingerprint=name,
            excuse=self._excuse(one),
            notes=self._notes(one) if self.kept.calendar else (),
            mentions=mentions,
        )

    def _excuse(self, one: _Outcome) -> str | None:
        if one.waiver is not None:
            return f"waiver {one.waiver}"
        return None if one.excused is None else "、".join(self.rule.exceptions[one.excused].basis)

    def _notes(self, one: _Outcome) -> tuple[str, ...]:
        """`calendar_unknown` where the due day was reckoned by a calendar that does not cover its year."""
        unknown = any(day is not None and not self._world.calendar.knows(day) for day in (one.due, one.unrolled))
        return ("calendar_unknown",) if unknown else ()

    # --- the rows that they rest on ----------------------------------------------------------------------------------

    def involved(self, statuses: Collection[str]) -> Iterator[tuple[str, str]]:
        """The rows that the outcomes of some statuses are about, or are owed by: entity and key."""
        outcomes, store = f"FROM {quoted(self._queries.name)} WHERE {_among(statuses)}", self.kept.store
        for place, each in enumerate(self.rule.binders):
            if isinstance(each, ir.EachRow):
                yield from ((each.entity, key) for (key,) in store.rows(f"SELECT DISTINCT {quoted(f'var {place}')} {outcomes}"))
        yield from map(self._world.row_named, (bearer for (bearer,) in store.rows(f"SELECT DISTINCT bearer {outcomes}") if bearer is not None))

    def paths(self) -> set[Path]:
        """The ways from these rows to others that the outcomes rest on."""
        return {path for paths in self._exhibits.paths.values() for path in paths}

    def keys(self) -> dict[str, list[str]]:
        """By entity the queries for the keys of the rows that the outcomes rest on or name."""
        outcomes, keys = quoted(self._queries.name), defaultdict(list)
        shown, told = _among(self._shown), _among(TOLD)
        for entity, column in self._queries.keys():
            keys[entity].append(f"SELECT {quoted(column)} AS key FROM {outcomes} WHERE {shown}")
        if self.rule.bearer is not None:
            type_ = type_of(self.rule.bearer)
            for entity in self._rows.elsewhere if type_.kind == "any_ref" else [type_.name or ""]:
                begins = text(self._world.any_row(entity, ""))
                keys[entity].append(f"SELECT substr(bearer, length({begins}) + 1) AS key FROM {outcomes} WHERE {told} AND starts_with(bearer, {begins})")
        if "witnesses" in self._more:
            witnesses = f"SELECT unnest(rows) AS one FROM {quoted(self._more['witnesses'])}"
            for (entity,) in self.kept.store.rows(f"SELECT DISTINCT one.entity FROM ({witnesses})"):
                keys[entity].append(f"SELECT one.key AS key FROM ({witnesses}) WHERE one.entity = {text(entity)}")
        if "words" in self._more:
            for number, expr in enumerate(self._queries.expressions()):
                entity = self._named_in(expr)
                if entity is not None:
                    keys[entity].append(f"SELECT {quoted(f'word {number}')} AS key FROM {quoted(self._more['words'])}")
        return keys

    def _wanted(self, found: Iterable[tuple[_Outcome, _Found]]) -> dict[str, set[str]]:
        """The keys of the rows that some outcomes rest on or name, by entity."""
        wanted: dict[str, set[str]] = {entity: set() for entity in self._rows.elsewhere}
        if not wanted:
            return wanted
        for one, more in found:
            pairs = [*self._bound(more), *self._let(more)] if one.status in self._shown else []
            pairs += [(witness["entity"], witness["key"]) for witness in more.witnesses or ()]
            if one.status in TOLD:
                pairs += [self._world.row_named(one.bearer)] if one.bearer is not None else []
                pairs += self._said_rows(more.words)
            for entity, key in pairs:
                if entity in wanted:
                    wanted[entity].add(key)
        return wanted

    def _bound(self, found: _Found) -> Iterator[tuple[str, str]]:
        for each, key in zip(self.rule.binders, found.bound, strict=True):
            if isinstance(each, ir.EachRow):
                yield each.entity, key

    def _let(self, found: _Found) -> Iterator[tuple[str, str]]:
        for (_, entity), key in zip(self._row_lets, found.lets, strict=True):
            if key is not None:
                yield entity, key

    def _grounds(self, status: str, found: _Found) -> Iterable[tuple[str, Row | str]]:
        """The rows that an outcome rests on, each with its variable; violations by their fingerprints."""
        for each, key in zip(self.rule.binders, found.bound, strict=True):
            if isinstance(each, ir.EachRow):
                yield each.var, self._rows[each.entity][key]
        for (name, entity), key in zip(self._row_lets, found.lets, strict=True):
            if status != "not_applicable" and key is not None and entity in self._rows:
                yield name, self._rows[entity][key]
        for witness in found.witnesses or ():
            entity, key = witness["entity"], witness["key"]
            yield witness["var"], self._rows[entity][key] if entity in self._rows else self._violation(key)

    def _violation(self, key: str) -> str:
        rule, _, place = key.rpartition(":")
        return self._others[rule].fingerprint(int(place))

    # --- their messages ----------------------------------------------------------------------------------------------

    def _message(self, one: _Outcome, bearer: tuple[str, str] | None, words: list | None) -> tuple[str, tuple[Mention, ...]]:
        row = None if bearer is None else self._rows[bearer[0]][bearer[1]]
        known = placeholders(self._world.as_of, one.due, one.fulfilled, row)
        values = []
        for expr, said in self._said(words):
            type_, cell = type_of(expr), self._queries.cell(expr)
            values.append((self._value(said, type_) if cell is None else self._written(said, cell), type_))
        return render_message(self.rule, known, values, self._world.pack.vocabulary)

    def _said(self, words: list | None) -> Iterator[tuple[ir.Expr, Any]]:
        """The expressions in the message with what SQL says of each; a count is two numbers."""
        rest = iter(words or ())
        for expr in self._queries.expressions():
            yield expr, (next(rest), next(rest)) if type_of(expr) == COUNT else next(rest)

    def _said_rows(self, words: list | None) -> list[tuple[str, str]]:
        """The rows among the values in a message."""
        said = ((self._named_in(expr), key) for expr, key in self._said(words)) if words is not None else ()
        return [(entity, key) for entity, key in said if entity is not None and key is not None]

    def _named_in(self, expr: ir.Expr) -> str | None:
        """The entity of the row that SQL gives the key of for an expression in the message, if it does."""
        cell, type_ = self._queries.cell(expr), type_of(expr)
        if cell is not None:
            return cell.entity
        return type_.name if type_.is_ref else None

    def _value(self, value: Any, type_: Type) -> Any:
        """A value of SQL as one of the language."""
        if value is None or type_ == COUNT:
            return value
        if type_.is_ref:
            return self._rows[type_.name or ""].get(value) if type_.name in self._rows else value
        if type_.kind in ("days", "workdays", "months"):
            return Period(value, type_.kind)
        return MonthDay(*divmod(value, 100)) if type_.kind == "month_day" else value

    def _written(self, key: str | None, cell: ir.Field) -> Any:
        """The value of a cell as it was read."""
        return None if key is None else self._rows[cell.entity][key].values[cell.index]


def _among(statuses: Collection[str]) -> str:
    """That the status of an outcome is one of these."""
    return f"status IN ({', '.join(map(text, statuses))})"
