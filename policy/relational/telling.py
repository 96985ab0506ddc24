"""Outcomes that are kept in a table, put into words: with the rows that decided them, their message and their fingerprint."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from policy.lang import ir
from policy.lang.exhibits import Exhibits, Read, fingerprint
from policy.lang.facts import Row
from policy.lang.outcome import COUNTED, TOLD, Mention, Outcome
from policy.lang.telling import placeholders, render_message
from policy.lang.types import COUNT, MonthDay, Period, Type
from policy.relational.database import quoted, text
from policy.relational.expressions import type_of
from policy.relational.kept import Kept
from policy.relational.rows import Rows

__all__ = ["Telling"]

_AT_ONCE = 50_000
"""Outcomes of which everything is at hand at a time."""


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
        self, kept: Kept, rows: Rows, shown: Collection[str], elsewhere: Callable[[], Read], others: Mapping[str, Telling]
    ) -> None:  # fmt: skip
        self.kept = kept
        self.rule = kept.queries.rule
        self._world = kept.queries.world
        self._queries = kept.queries
        self._rows = rows
        self._shown = shown
        self._others = others
        self._exhibits = Exhibits(self.rule, self._world.pack, elsewhere, rows.row)
        self._row_lets = [(name, type_of(value).name or "") for name, value in self.rule.lets if type_of(value).is_ref]
        self._more = self._look_closer()
        self._fingerprints: dict[int, str] | None = None

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

    # --- outcomes ----------------------------------------------------------------------------------------------------

    def outcomes(self, statuses: Collection[str]) -> Iterator[Outcome]:
        """The outcomes of some statuses in their order, with evidence and words for those that are shown."""
        asked = [status for status, number in self.kept.counts.items() if number and status in statuses]
        if not asked:
            return
        chosen = f"status IN ({', '.join(map(text, asked))})"
        last = self.kept.store.rows(f"SELECT max(place) FROM {quoted(self._queries.name)} WHERE {chosen}")[0][0] or 0
        for first in range(1, last + 1, _AT_ONCE):
            yield from self._some(f"{chosen} AND place BETWEEN {first} AND {first + _AT_ONCE - 1}")

    def fingerprint(self, place: int) -> str:
        """What the outcome at a place is called as evidence of others."""
        if self._fingerprints is None:
            found = self._each(f"status IN ({', '.join(map(text, COUNTED))})")
            self._fingerprints = {one.place: outcome.fingerprint for one, outcome in found}
        return self._fingerprints[place]

    def _some(self, where: str) -> list[Outcome]:
        """Made at once: whoever looks at one may ask for others meanwhile, and that fetches other rows."""
        return [outcome for _, outcome in self._each(where)]

    def _each(self, where: str) -> Iterator[tuple[_Outcome, Outcome]]:
        found = list(self._found(where))
        for key in {witness["key"] for _, more in found for witness in more.witnesses or () if witness["entity"] not in self._rows}:
            self._violation(key)  # telling those fetches rows of their own
        self._rows.fetch(self._wanted(found))
        while self._rows.scanned:
            for one, more in found:
                self._exhibits.touch(self._grounds(one.status, more) if one.status in self._shown else ())
            if not self._rows.fetch_missed():
                break
        for one, more in found:
            yield one, self._outcome(one, more)

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

    def _outcome(self, one: _Outcome, found: _Found) -> Outcome:
        rule, status = self.rule, one.status
        names = tuple(sorted(set(found.missing or ()))) if status == "unknown" else ()
        evidence, name = (), ""
        if status in self._shown:
            evidence, values = self._exhibits.of(self._grounds(status, found))
            name = fingerprint(rule.id, one.subject, status, one.due, one.fulfilled, names, values)
        bearer = None if one.bearer is None else self._world.row_named(one.bearer)
        message, mentions = self._message(one, bearer, found.words) if status in TOLD else ("", ())
        return Outcome(
            rule=rule.id,
            subject=tuple((each.var, value) for each, value in zip(rule.binders, found.bound, strict=True)),
            status=status,
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

    def _wanted(self, found: Iterable[tuple[_Outcome, _Found]]) -> dict[str, set[str]]:
        """The keys of the rows that some outcomes rest on or name, by entity."""
        wanted: dict[str, set[str]] = {entity: set() for entity in self._rows.scanned}
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
        rows = []
        for expr, said in self._said(words) if words is not None else ():
            cell, type_ = self._queries.cell(expr), type_of(expr)
            if said is not None and (cell is not None or type_.is_ref):
                rows.append((cell.entity if cell is not None else type_.name or "", said))
        return rows

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
