"""The outcomes of a pack's rules, each after those that it reads: SQL finds them, here they get words and evidence."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.decisions import Decisions, attestations, waivers, waivers_used
from policy.lang.exhibits import Exhibits, Read, fields_read, fingerprint
from policy.lang.facts import Facts, Row
from policy.lang.outcome import COUNTED, STATUSES, TOLD, WAIVABLE, Judgement, Listed, Mention, Outcome
from policy.lang.telling import placeholders, render_message
from policy.lang.types import COUNT, MonthDay, Period, Type
from policy.lang.walk import by_calendar
from policy.relational.expressions import type_of
from policy.relational.rules import RuleQueries
from policy.relational.tables import Rows, Store, visible
from policy.relational.world import World

__all__ = ["attested", "judge"]


def judge(
    pack: ir.Pack,
    facts: Facts,
    as_of: datetime.date,
    parameters: Mapping[str, ir.Value],
    calendar: Calendar,
    functions: Mapping[str, Callable],
    rules: Collection[str] | None = None,
    shown: Collection[str] = STATUSES,
) -> Judgement:
    """What the rules of a pack say of the facts as of a day. Raises TooLarge where a number does not fit.

    `parameters` holds those that a unit has set; the others have their defaults. `functions` are those of plug-ins, by name.
    `rules` limits the outcomes to these ids (None: all); rules that they read are judged too, but not returned.
    `shown` are the statuses whose outcomes somebody will look at: the others come without evidence and fingerprint.
    """
    known = {name: parameters.get(name, parameter.default) for name, parameter in pack.parameters.items()}
    world = World(pack, as_of, known, calendar, functions)
    wanted = {rule.id for rule in pack.rules} if rules is None else set(rules)
    with Store(world) as store:
        run = _Run(store, world, visible(world, facts), facts, {*shown, *COUNTED})
        outcomes = {rule.id: run.outcomes(rule) for rule in pack.needed(wanted)}
    ordered = Listed(outcome for rule in pack.rules if rule.id in wanted for outcome in outcomes.get(rule.id, ()))
    ids = {rule.id for rule in pack.rules}
    notices = (*run.waived.notices(wanted, ids), *run.signed.notices(wanted, ids))
    return Judgement(ordered, notices, waivers_used(run.waived, wanted))


class _Run:
    """One run: its tables, and what people have decided."""

    def __init__(self, store: Store, world: World, rows: Rows, facts: Facts, shown: Collection[str]) -> None:
        self.store = store
        self.world = world
        self.rows = rows
        self.shown = shown
        self.signed = attestations(world.pack, world.as_of, facts.tables.get("attestation", ()))
        self.waived = waivers(world.pack, world.as_of, facts.tables.get("waiver", ()))
        self.store.keep_rows(rows)
        self.store.keep_attested(list(attested(world, self.signed)))
        self._elsewhere: Read | None = None

    def outcomes(self, rule: ir.Rule) -> list[Outcome]:
        """The outcomes of a rule, whose table is kept for rules over its violations."""
        told = _Telling(self, rule)
        outcomes = list(told.outcomes())
        counted = [(place, outcome) for place, outcome in enumerate(outcomes) if outcome.status in COUNTED]
        self.store.keep_violations(rule.id, counted)
        self.world.judged[rule.id] = None
        return outcomes

    def elsewhere(self) -> Read:
        """The fields that definitions read of variables."""
        if self._elsewhere is None:
            self._elsewhere = fields_read(definition.body for definition in self.world.pack.definitions.values())
        return self._elsewhere


def attested(world: World, signed: Decisions) -> Iterable[tuple[str, str, bool, str]]:
    """What people have found: rule, subject, conclusion, and the key of the attestation that counts."""
    for rule in world.pack.rules:
        if isinstance(rule.duty, ir.Attestation):
            for subject in signed.subjects(rule.id):
                newest = signed.newest(rule.id, subject, rule.duty.valid, world.calendar)
                if newest is not None:
                    yield rule.id, subject, signed.value(newest, "conclusion"), newest.key


class _Kept(NamedTuple):
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


class _Found(NamedTuple):
    """What further queries say of an outcome: the fields missing, the rows that decided it, the values in its message."""

    missing: list | None
    witnesses: list | None
    words: list | None


class _Telling:
    """The outcomes of one rule, told."""

    def __init__(self, run: _Run, rule: ir.Rule) -> None:
        self.run = run
        self.rule = rule
        self.world = run.world
        self.queries = RuleQueries(rule, run.world, f"outcomes {rule.id}")
        self.exhibits = Exhibits(rule, run.world.pack, run.elsewhere, lambda entity, key: run.rows[entity].get(key))
        self.by_calendar = by_calendar(rule, run.world.parameters)
        self.row_lets = [(name, type_of(value).name or "") for name, value in rule.lets if type_of(value).is_ref]

    def outcomes(self) -> Iterable[Outcome]:
        """The outcomes in their order, with evidence and words for those that are shown."""
        store, queries = self.run.store, self.queries
        store.keep(queries.name, queries.outcomes())
        kept = store.query(queries.kept(_Kept._fields, [name for name, _ in self.row_lets]))
        statuses = {row[2] for row in kept}
        missing = dict(store.query(queries.missing())) if "unknown" in statuses else {}
        shown = sorted(statuses & set(self.run.shown))
        witnesses = dict(store.query(queries.witnesses(shown))) if shown and queries.has_witnesses() else {}
        words = {place: rest for place, *rest in store.query(queries.words(TOLD))} if statuses & set(TOLD) else {}
        split = len(_Kept._fields)
        for row in kept:
            one = _Kept(*row[:split])
            bound = row[split : split + len(self.rule.binders)]
            found = _Found(missing.get(one.place), witnesses.get(one.place), words.get(one.place))
            yield self._outcome(one, bound, row[split + len(bound) :], found)

    def _outcome(self, one: _Kept, bound: tuple, lets: tuple, found: _Found) -> Outcome:
        rule = self.rule
        status, excuse = self._decided(one)
        names = tuple(sorted(set(found.missing or ()))) if status == "unknown" else ()
        subject = tuple((each.var, value) for each, value in zip(rule.binders, bound, strict=True))
        evidence, name = (), ""
        if status in self.run.shown:
            evidence, values = self.exhibits.of(self._grounds(status, bound, lets, found.witnesses))
            name = fingerprint(rule.id, one.subject, status, one.due, one.fulfilled, names, values)
        bearer = None if one.bearer is None else self.world.row_named(one.bearer)
        message, mentions = self._message(one, bearer, found.words) if status in TOLD else ("", ())
        return Outcome(
            rule=rule.id,
            subject=subject,
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
            excuse=excuse,
            notes=self._notes(one) if self.by_calendar else (),
            mentions=mentions,
        )

    def _decided(self, one: _Kept) -> tuple[str, str | None]:
        """The status, once people have decided, and what excuses it."""
        rule = self.rule
        if isinstance(rule.duty, ir.Attestation) and one.finding is not None:
            self.run.signed.judge(rule.id, one.subject, rule.duty.valid, self.world.calendar)
        waiver = self.run.waived.excuse(rule.id, one.subject, one.status in WAIVABLE)
        if waiver is not None:
            return "excused", f"waiver {waiver}"
        return one.status, None if one.excused is None else "、".join(rule.exceptions[one.excused].basis)

    def _grounds(self, status: str, bound: tuple, lets: tuple, witnesses: list | None) -> Iterable[tuple[str, Row | str]]:
        """The rows that an outcome rests on, each with its variable; violations by their fingerprints."""
        for each, key in zip(self.rule.binders, bound, strict=True):
            if isinstance(each, ir.EachRow):
                yield each.var, self.run.rows[each.entity][key]
        for (name, entity), key in zip(self.row_lets, lets, strict=True):
            if status != "not_applicable" and key is not None and entity in self.run.rows:
                yield name, self.run.rows[entity][key]
        for witness in witnesses or ():
            rows = self.run.rows.get(witness["entity"])
            yield witness["var"], witness["key"] if rows is None else rows[witness["key"]]

    def _message(self, one: _Kept, bearer: tuple[str, str] | None, words: list | None) -> tuple[str, tuple[Mention, ...]]:
        row = None if bearer is None else self.run.rows[bearer[0]][bearer[1]]
        known = placeholders(self.world.as_of, one.due, one.fulfilled, row)
        values = []
        rest = iter(words or ())
        for expr in self.queries.expressions():
            type_, cell = type_of(expr), self.queries.cell(expr)
            said = (next(rest), next(rest)) if type_ == COUNT else next(rest)
            values.append((_said(said, type_, self.run.rows) if cell is None else _written(said, cell, self.run.rows), type_))
        return render_message(self.rule, known, values, self.world.pack.vocabulary)

    def _notes(self, one: _Kept) -> tuple[str, ...]:
        """`calendar_unknown` where the due day was reckoned by a calendar that does not cover its year."""
        unknown = any(day is not None and not self.world.calendar.knows(day) for day in (one.due, one.unrolled))
        return ("calendar_unknown",) if unknown else ()


def _said(value: Any, type_: Type, rows: Rows) -> Any:
    """A value of SQL as one of the language."""
    if value is None or type_ == COUNT:
        return value
    if type_.is_ref:
        return rows[type_.name or ""].get(value) if type_.name in rows else value
    if type_.kind in ("days", "workdays", "months"):
        return Period(value, type_.kind)
    return MonthDay(*divmod(value, 100)) if type_.kind == "month_day" else value


def _written(key: str | None, cell: ir.Field, rows: Rows) -> Any:
    """The value of a cell as it was read."""
    return None if key is None else rows[cell.entity][key].values[cell.index]
