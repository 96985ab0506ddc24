"""An outcome → its derivation: whether the rule applies, what excuses it, when it is due, and what the duty comes to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, NamedTuple

import attrs

from policy.lang import ir
from policy.lang.decisions import Decisions, attestations, waivers
from policy.lang.facts import Row
from policy.lang.outcome import WAIVABLE, Outcome, subject_text
from policy.lang.proof import Cited, Decision, Derivation, Found, Premises, Ref, Step
from policy.lang.schema import ATTESTATION, WAIVER, Field
from policy.prove.derive import Deriver
from policy.prove.missing import missing_fields
from policy.prove.scan import Scans
from policy.prove.world import Scope, World

__all__ = ["Prover"]

_DECIDING = {WAIVER.name: ("rule", "subject", "reason", "approver", "date", "valid_until", "document"),
             ATTESTATION.name: ("rule", "subject", "conclusion", "by", "date", "valid_until")}  # fmt: skip


class _Finding(NamedTuple):
    """What a duty comes to, its step, and the fields that keep it from being known."""

    status: str
    step: Step | None = None
    fulfilled: datetime.date | None = None
    missing: frozenset[str] = frozenset()
    decisions: tuple[Decision, ...] = ()


class Prover:
    """Makes derivations; what several have in common is found once."""

    def __init__(self, premises: Premises) -> None:
        self.world = World(premises)
        self._scans = Scans(self.world, lambda lets, scans: Deriver(self.world, dict(lets), scans).step)
        tables = premises.facts.tables
        self._waivers = waivers(premises.pack, premises.as_of, tables.get(WAIVER.name, ()))
        self._attestations = attestations(premises.pack, premises.as_of, tables.get(ATTESTATION.name, ()))

    def derive(self, outcome: Outcome) -> Derivation:
        """The derivation of an outcome; its status is what the steps come to, whatever the outcome says."""
        rule = self.world.pack.rule(outcome.rule)
        assert rule is not None, "an outcome of the pack"
        deriver = Deriver(self.world, dict(rule.lets), self._scans)
        found = _Subject(rule, outcome.subject, self.world, deriver, self._attestations).derive()
        return self._waived(rule, found)

    def supposing(self, row: Ref, field: Field, value: ir.Value) -> Prover:
        """The same with a value in an empty cell of a row."""
        prover = copy(self)
        prover.world, prover._scans = self.world.supposing(row, field, value), self._scans.supposing(row)
        return prover

    def _waived(self, rule: ir.Rule, found: Derivation) -> Derivation:
        """The derivation with the waivers of its subject, of which the first excuses a problem."""
        rows = self._waivers.of(rule.id, subject_text(found.subject))
        if not rows or found.status not in WAIVABLE:
            return found
        standings = ("used" if row is rows[0] else "double" for row in rows)
        decisions = tuple(_decision(row, standing, self.world) for row, standing in zip(rows, standings))
        return attrs.evolve(found, status="excused", excuse=f"waiver {rows[0].key}", missing=(), decisions=(*found.decisions, *decisions))


def _decision(row: Row, standing: str, world: World) -> Decision:
    cells = tuple(world.cite(row, field) for field in _DECIDING[row.entity])
    return Decision(Ref(row.entity, row.key), standing, cells)


class _Subject:
    """Derives the outcome of a rule for one subject, waivers aside."""

    def __init__(
        self, rule: ir.Rule, subject: tuple[tuple[str, str | int], ...], world: World, deriver: Deriver, signed: Decisions
    ) -> None:
        self.rule = rule
        self.subject = subject
        self.world = world
        self.deriver = deriver
        self.attestations = signed
        self.scope: Scope = world.bound(rule, subject)
        days = (rule.due.unrolled, rule.due.rolled) if rule.due else ()
        self.due_steps = tuple(deriver.step(day, self.scope) for day in days)
        self.due = self.due_steps[1].value if days else None

    def derive(self) -> Derivation:
        where = tuple(self._step(condition) for condition in self.rule.where)
        when = None if self.rule.when is None else self._step(self.rule.when)
        occurs = tuple(self._occurs()) if self.rule.effective else ()
        applies = _all_of((*where, *([when] if when else ())), occurs, self.rule.effective)
        known = Derivation(
            self.rule.id, self.subject, "not_applicable", self.due, self.due_steps[0].value if self.due_steps else None, None, None, (),
            where=where, when=when, occurs=occurs, due=self.due_steps,
        )  # fmt: skip
        if applies is False:
            return known
        if applies is None:
            empty = frozenset(f"{cell.row.entity}.{cell.field}" for cell in occurs if cell.value is None)
            open_ = self._missing((*where, *([when] if when else ())))
            return attrs.evolve(known, status="unknown", missing=tuple(sorted(empty | open_)))
        return self._judged(known)

    def _judged(self, known: Derivation) -> Derivation:
        """The derivation of a rule that applies."""
        tried: list[Step] = []
        for exception in self.rule.exceptions:
            tried.append(self._step(exception.condition))
            if tried[-1].value:
                return attrs.evolve(known, status="excused", excuse="、".join(exception.basis), exceptions=tuple(tried))
        found = _DUTIES[type(self.rule.duty)](self, self.rule.duty)
        unclear = [step for step in tried if step.value is None]
        if unclear and found.status in ("violated", "late", "unknown"):
            found = found._replace(status="unknown", missing=found.missing | self._missing(unclear))
        return attrs.evolve(
            known, status=found.status, fulfilled=found.fulfilled, missing=tuple(sorted(found.missing)), exceptions=tuple(tried),
            duty=found.step, decisions=found.decisions,
        )  # fmt: skip

    def _step(self, expr: ir.Expr) -> Step:
        return self.deriver.step(expr, self.scope)

    def _missing(self, steps: Sequence[Step]) -> frozenset[str]:
        return frozenset().union(*(missing_fields(step, self.world) for step in steps))

    def _occurs(self) -> list[Cited]:
        """The days of the subject's rows."""
        rows = [self.scope[each.var] for each in self.rule.binders if isinstance(each, ir.EachRow)]
        dated = [(row, self.world.entity(row.entity).occurs) for row in rows]
        return [self.world.cite(self.world.visible(row.entity)[row.key], field.name) for row, field in dated if field is not None]

    # --- kinds of duty

    def existence(self, duty: ir.Existence) -> _Finding:
        """The rows that fulfil the duty, and those that may."""
        expr = ir.Exists(duty.source, duty.var, duty.body)
        step, rows = self._rows(duty, expr)
        sure = [(day, found) for truth, day, found in rows if truth and (day is not None or self.rule.due is None)]
        unsure = [(day, found) for truth, day, found in rows if not truth or (day is None and self.rule.due is not None)]
        best = min((pair[0] or datetime.date.max for pair in sure), default=None)
        if self.rule.due is None:
            return self._state(step, "satisfied" if sure else "unknown" if unsure else "violated", unsure)
        return self._by_due_day(step, best, unsure)

    def _rows(self, duty: ir.Existence, expr: ir.Exists) -> tuple[Step, list[tuple[bool | None, Any, Found]]]:
        """The step of a `must exist` with all rows that count, and these with truth and day."""
        extra = () if duty.day is None else (duty.day,)
        rows = list(self.deriver.rows(expr, self.scope, extra))
        counted = [(truth, found.steps[1].value if extra else None, found) for truth, found in rows if truth is not False]
        truths = [truth for truth, _ in rows]
        near = self.deriver.near([found for truth, found in rows if truth is False])
        value = True if True in truths else None if None in truths else False
        return Step(expr, value, found=(*(found for _, _, found in counted), *near)), counted

    def _by_due_day(self, step: Step, best: datetime.date | None, unsure: list[tuple[Any, Found]]) -> _Finding:
        if self.due is None:
            return _Finding("unknown", step, best, self._missing(self.due_steps[:1]))
        if best is not None and best <= self.due:
            return _Finding("satisfied", step, best)
        in_time = [(day, found) for day, found in unsure if day is None or day <= self.due]
        if in_time or (unsure and best is None):
            return self._state(step, "unknown", in_time or unsure)
        return _Finding("late", step, best) if best is not None else _Finding(self._waiting(), step)

    def _state(self, step: Step, status: str, unsure: list[tuple[Any, Found]]) -> _Finding:
        open_ = unsure if status == "unknown" else ()
        return _Finding(status, step, None, self._missing([part for _, found in open_ for part in found.steps]))

    def _waiting(self) -> str:
        """What nothing done comes to: violated after the due day, due soon within the window before it."""
        premises = self.world.premises
        left = (self.due - premises.as_of).days
        return "violated" if left < 0 else "due_soon" if left <= premises.parameters["due_soon"].amount else "pending"

    def filled(self, duty: ir.Filled) -> _Finding:
        step = self._step(duty.day)
        day = step.value if step.value is not None and step.value <= self.world.premises.as_of else None
        if self.due is None:
            return _Finding("unknown", step, day, self._missing(self.due_steps[:1]))
        if day is None:
            return _Finding(self._waiting(), step)
        return _Finding("satisfied" if day <= self.due else "late", step, day)

    def state(self, duty: ir.State) -> _Finding:
        step = self._step(duty.condition)
        return _Finding(_BY_TRUTH[step.value], step, None, self._missing([step]))

    def permission(self, duty: ir.Permission) -> _Finding:
        found = self.state(duty)
        return found._replace(status="not_applicable") if found.status == "violated" else found

    def attestation(self, duty: ir.Attestation) -> _Finding:
        """The newest signed finding that has not expired."""
        signed, calendar, text = self.attestations, self.world.premises.calendar, subject_text(self.subject)
        newest = signed.newest(self.rule.id, text, duty.valid, calendar)
        holding = {row.key for row in signed.holding(self.rule.id, text, duty.valid, calendar)}
        rows = signed.of(self.rule.id, text)
        standings = ("used" if row is newest else "double" if row.key in holding else "lapsed" for row in rows)
        decisions = tuple(_decision(row, standing, self.world) for row, standing in zip(rows, standings))
        status = "attest" if newest is None else "satisfied" if signed.value(newest, "conclusion") else "violated"
        return _Finding(status, decisions=decisions)


def _all_of(conditions: Sequence[Step], days: Sequence[Cited], effective: datetime.date | None) -> bool | None:
    """Whether a rule applies: not if a fact lies before its effective day or a condition is false, else unknown if one of them is."""
    truths = [step.value for step in conditions]
    truths += [None if cell.value is None else cell.value >= effective for cell in days]
    return False if False in truths else None if None in truths else True


_BY_TRUTH = {True: "satisfied", False: "violated", None: "unknown"}
_DUTIES: dict[type, Callable[[_Subject, Any], _Finding]] = {
    ir.Existence: _Subject.existence,
    ir.Filled: _Subject.filled,
    ir.State: _Subject.state,
    ir.Permission: _Subject.permission,
    ir.Attestation: _Subject.attestation,
}
