"""Checks derivations against the rules and the facts. It shares nothing with whoever made them: neither the engines nor this room.

It believes no step. Every cell that is cited is read again; every value is worked out from those of its parts by tables of its own; of every
quantifier all rows are gone through, so that none that counts can be left out; days are counted here; and the status is put together from
the parts. What it takes as given: the checked rules (ir), the facts, the parameters, the calendar, the functions of plug-ins, and for rules
about rules the outcomes that they read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from unicodedata import normalize

from policy.lang import ir
from policy.lang.facts import Row
from policy.lang.proof import Cited, Decision, Derivation, Premises, Ref, Step, Value
from policy.prove.checker.expressions import Checking, Refused, Scope
from policy.prove.checker.tables import ONE_DAY, all_of, any_of, day_or_none, months_on, workdays_on

__all__ = ["Checker", "Fault"]


class Fault(NamedTuple):
    """The first thing that does not hold: the part of the derivation (a field of it), and the step, if it is one."""

    part: str
    step: Step | None = None


class _Finding(NamedTuple):
    """What an outcome comes to."""

    status: str
    fulfilled: datetime.date | None = None
    excuse: str | None = None


class Checker:
    """Checks derivations of outcomes of one run."""

    def __init__(self, premises: Premises) -> None:
        self._premises = premises
        self._checking = Checking(premises)

    def check(self, derivation: Derivation) -> Fault | None:
        """None where every step holds and they come to what the derivation says; else the first thing that does not."""
        rule = self._premises.pack.rule(derivation.rule)
        if rule is None:
            return Fault("rule")
        self._checking.begin(rule)
        one = _One(derivation, rule, self._premises, self._checking)
        try:
            found = one.judged()
        except Refused as refused:
            return Fault(one.part, refused.step)
        says = _Finding(derivation.status, derivation.fulfilled, derivation.excuse)
        if found != says:
            return Fault("status")
        told = set(derivation.missing)
        return Fault("missing") if told - self._checking.lacking or (told and found.status != "unknown") else None


class _One:
    """Goes through one derivation; `part` is where it has got to."""

    def __init__(self, derivation: Derivation, rule: ir.Rule, premises: Premises, checking: Checking) -> None:
        self.given = derivation
        self.rule = rule
        self.premises = premises
        self.checking = checking
        self.part = "subject"
        self.vocabulary = premises.pack.vocabulary

    def judged(self) -> _Finding:
        """The outcome; a waiver excuses a problem."""
        scope = self._scope()
        found = self._found(scope, self._due(scope))
        self.part = "decisions"
        waivers = self._decisions("waiver", ("rule", "subject", "reason", "approver", "date"))
        excused = found.status in ("violated", "late", "unknown", "attest") and waivers
        standings = [(row, "double" if number else "used") for number, row in enumerate(waivers)] if excused else []
        self._decided("waiver", standings)
        return found._replace(status="excused", excuse=f"waiver {waivers[0].key}") if excused else found

    def _want(self, holds: bool) -> None:
        if not holds:
            raise Refused

    def _steps(self, exprs: Iterable[ir.Expr], steps: tuple[Step, ...], scope: Scope) -> Iterator[Any]:
        """The values of expressions, each of which has a step."""
        exprs = tuple(exprs)
        self._want(len(exprs) == len(steps))
        return (self.checking.value(expr, scope, step) for expr, step in zip(exprs, steps))

    # --- the subject, the due day, and whether the rule applies

    def _scope(self) -> Scope:
        self._want([each.var for each in self.rule.binders] == [var for var, _ in self.given.subject])
        scope: dict[str, Value] = {}
        for each, (var, key) in zip(self.rule.binders, self.given.subject):
            if isinstance(each, ir.EachRow):
                self._want(key in self.checking.rows[each.entity])
                scope[var] = Ref(each.entity, str(key))
            elif isinstance(each, ir.EachMember):
                self._want(key in [member.name for member in self.vocabulary.enums[each.enum].members])
                scope[var] = key
            else:
                first, last = self.checking.value(each.first, scope), self.checking.value(each.last, scope)
                self._want(None not in (first, last) and first <= key <= last)
                scope[var] = key
        return scope

    def _due(self, scope: Scope) -> datetime.date | None:
        self.part = "due"
        days = (self.rule.due.unrolled, self.rule.due.rolled) if self.rule.due else ()
        unrolled, due = list(self._steps(days, self.given.due, scope)) or (None, None)
        self._want((unrolled, due) == (self.given.due_unrolled, self.given.due_day))
        return due

    def _applies(self, scope: Scope) -> bool | None:
        """Whether the rule applies; a subject whose `where` is false there is none of."""
        self.part = "where"
        truths = list(self._steps(self.rule.where, self.given.where, scope))
        self._want(False not in truths)
        self.part = "when"
        when = () if self.rule.when is None else (self.rule.when,)
        truths += self._steps(when, () if self.given.when is None else (self.given.when,), scope)
        self.part = "occurs"
        days = list(self._occurs(scope)) if self.rule.effective else []
        self._want(len(days) == len(self.given.occurs))
        return all_of((*truths, *(None if day is None else day >= self.rule.effective for day in days)))

    def _occurs(self, scope: Scope) -> Iterator[Any]:
        """The days of the subject's rows, as they are cited."""
        rows = [scope[each.var] for each in self.rule.binders if isinstance(each, ir.EachRow)]
        dated = [(row, self.vocabulary.entities[row.entity].occurs) for row in rows]
        for (row, field), cited in zip([(row, field) for row, field in dated if field is not None], self.given.occurs):
            self.checking.cite(cited, row, field.name)
            yield cited.value

    def _found(self, scope: Scope, due: datetime.date | None) -> _Finding:
        """The outcome, waivers aside."""
        applies = self._applies(scope)
        if applies is not True:
            self._want(self.given.duty is None and not self.given.exceptions)
            return _Finding("not_applicable" if applies is False else "unknown")
        self.part = "exceptions"
        tried = self.rule.exceptions[: len(self.given.exceptions)]
        truths = list(self._steps((one.condition for one in tried), self.given.exceptions, scope))
        if True in truths:
            self._want(truths.index(True) == len(truths) - 1)
            return _Finding("excused", None, "、".join(tried[-1].basis))
        self._want(len(tried) == len(self.rule.exceptions))
        self.part = "duty"
        found = self._duty(scope, due)
        clouded = None in truths and found.status in ("violated", "late", "unknown")
        return found._replace(status="unknown") if clouded else found

    # --- the duty

    def _duty(self, scope: Scope, due: datetime.date | None) -> _Finding:
        duty, step = self.rule.duty, self.given.duty
        if isinstance(duty, ir.Attestation):
            self._want(step is None)
            return self._attested(duty)
        if step is None:
            raise Refused
        if isinstance(duty, ir.Existence):
            return self._existence(duty, step, scope, due)
        if isinstance(duty, ir.Filled):
            day = self.checking.value(duty.day, scope, step)
            done = None if day is None or day > self.premises.as_of else day
            return _Finding("unknown", done) if due is None else self._by(due, done)
        truth = self.checking.value(duty.condition, scope, step)
        broken = "not_applicable" if isinstance(duty, ir.Permission) else "violated"
        return _Finding({True: "satisfied", False: broken, None: "unknown"}[truth])

    def _existence(self, duty: ir.Existence, step: Step, scope: Scope, due: datetime.date | None) -> _Finding:
        """Of all rows that fulfil the duty the earliest counts; one that may have been earlier leaves it open."""
        expr = ir.Exists(duty.source, duty.var, duty.body)
        rows = list(self.checking.through(expr, scope, step, () if duty.day is None else (duty.day,)))
        truth = any_of(truth for _, truth, _ in rows)
        self._want(step.expr == expr and step.value is truth and not step.steps and not step.cells)
        if self.rule.due is None:
            return _Finding({True: "satisfied", None: "unknown", False: "violated"}[truth])
        dated = [(truth, days[0] if days else None) for _, truth, days in rows if truth is not False]
        done = min((day for truth, day in dated if truth and day is not None), default=None)
        if due is None:
            return _Finding("unknown", done)
        open_ = [day for truth, day in dated if not truth or day is None]
        if done is not None and done <= due:
            return _Finding("satisfied", done)
        if any(done is None or day is None or day <= due for day in open_):
            return _Finding("unknown")
        return self._by(due, done)

    def _by(self, due: datetime.date, done: datetime.date | None) -> _Finding:
        """What a duty comes to that was fulfilled on a day, or has not been."""
        if done is not None:
            return _Finding("late" if done > due else "satisfied", done)
        left = due.toordinal() - self.premises.as_of.toordinal()
        return _Finding("violated" if left < 0 else "due_soon" if left <= self.premises.parameters["due_soon"].amount else "pending")

    # --- decisions of people

    def _attested(self, duty: ir.Attestation) -> _Finding:
        """What the newest attestation says that has not lapsed."""
        self.part = "decisions"
        rows = self._decisions("attestation", ("rule", "subject", "conclusion", "by", "date"))
        lapsed = [row for row in rows if duty.valid and self._ended(row, duty.valid)]
        holding = sorted((row for row in rows if row not in lapsed), key=lambda row: (self._of(row, "date"), row.key))
        newest = holding[-1] if holding else None
        self._decided("attestation", [(row, "used" if row is newest else "lapsed" if row in lapsed else "double") for row in rows])
        return _Finding("attest" if newest is None else "satisfied" if self._of(newest, "conclusion") else "violated")

    def _ended(self, row: Row, valid: Any) -> bool:
        day = self._of(row, "date")
        if valid.unit == "months":
            end = months_on(day, valid.amount, "down")
        else:
            end = workdays_on(day, valid.amount, self.premises) if valid.unit == "workdays" else day_or_none(lambda: day + valid.amount * ONE_DAY)
        return end is not None and end < self.premises.as_of

    def _of(self, row: Row, field: str) -> Any:
        found = self.vocabulary.entities[row.entity].field(field)
        return row.values[found.index] if found else None

    def _decisions(self, entity: str, required: tuple[str, ...]) -> list[Row]:
        """The rows that are complete, in force and of this subject, by key."""
        as_of, found = self.premises.as_of, []
        for row in sorted(self.premises.facts.tables.get(entity, ()), key=lambda row: row.key):
            until = self._of(row, "valid_until")
            complete = all(self._of(row, field) not in (None, "") for field in required)
            if complete and self._of(row, "date") <= as_of and (until is None or until >= as_of) and self._names(row):
                found.append(row)
        return found

    def _names(self, row: Row) -> bool:
        """Whether a row names this rule and subject; a member of an enum may go by its label."""
        rule, subject = (str(self._of(row, field)).strip() for field in ("rule", "subject"))
        parts = [part.strip() for part in subject.replace("、", ",").replace("，", ",").split(",")]
        own = [part.strip() for _, key in self.given.subject for part in str(key).replace("、", ",").replace("，", ",").split(",")]
        for place, each in enumerate(self.rule.binders[: len(parts)]):
            if isinstance(each, ir.EachMember):
                member = self.vocabulary.enums[each.enum].member(parts[place])
                parts[place] = member.name if member else parts[place]
        return normalize("NFKC", rule) == self.rule.id and parts == own

    def _decided(self, entity: str, standings: list[tuple[Row, str]]) -> None:
        """The decisions of the derivation are these, with cells that are read again."""
        given = [one for one in self.given.decisions if one.row.entity == entity]
        self._want([(one.row.key, one.standing) for one in given] == [(row.key, standing) for row, standing in standings])
        for (row, _), one in zip(standings, given):
            self._read(row, one)

    def _read(self, row: Row, decision: Decision) -> None:
        for cited in decision.cells:
            value = self._of(row, cited.field)
            place = row.origin.file, row.origin.sheet, row.line, row.origin.columns.get(cited.field, "")
            self._want(cited == Cited(Ref(row.entity, row.key), cited.field, value, *place))
