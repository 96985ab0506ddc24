"""What people have decided of single outcomes, by waivers and attestations: what counts, and what is to be said of the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache, partial
from typing import Any
from unicodedata import normalize

from policy.lang import ir
from policy.lang.dates import Calendar, add_days, add_months, add_workdays
from policy.lang.facts import Row
from policy.lang.outcome import Notice, Waiver, canonical_subject
from policy.lang.schema import ATTESTATION, WAIVER, Entity
from policy.lang.types import Period
from policy.near import nearest

__all__ = ["Decisions", "attestations", "subject_named", "waivers", "waivers_used"]


def waivers(pack: ir.Pack, as_of: datetime.date, rows: Iterable[Row]) -> Decisions:
    """The waivers of a run. Without rule, subject, reason, approver or date one is refused."""
    return Decisions(WAIVER, ("rule", "subject", "reason", "approver", "date"), pack, as_of, rows)


def attestations(pack: ir.Pack, as_of: datetime.date, rows: Iterable[Row]) -> Decisions:
    """The attestations of a run. Without rule, subject, conclusion, signature or date one is refused."""
    return Decisions(ATTESTATION, ("rule", "subject", "conclusion", "by", "date"), pack, as_of, rows)


class Decisions:
    """The rows of an entity each of which decides one subject of one rule; a row lacking what is `required` is refused.

    The state of a row becomes a notice, unless it was used: refused, future (dated after as-of), lapsed, unknown_rule,
    unmatched (no outcome has its subject), unused (its subject needs no decision) or double (another decides the same).
    """

    def __init__(self, entity: Entity, required: tuple[str, ...], pack: ir.Pack, as_of: datetime.date, rows: Iterable[Row]) -> None:
        self._entity = entity.name
        self._places = {field.name: field.index for field in entity.fields}
        self._required = required
        self._as_of = as_of
        self._rows = sorted(rows, key=lambda row: row.key)
        self._states: dict[str, tuple[str, str]] = {}
        self._found: dict[str, dict[str, list[Row]]] = {}
        # looking for it takes long, and many rows may name the same rule that is not there
        self._nearest = cache(partial(nearest, known=[rule.id for rule in pack.rules]))
        for row in self._rows:
            rule = pack.rule(self.rule(row))
            self._states[row.key] = self._first_state(row, rule, as_of)
            if rule is not None and self.state(row) == "unmatched":
                subject = subject_named(self._text(row, "subject"), rule, pack)
                self._found.setdefault(rule.id, {}).setdefault(subject, []).append(row)

    def value(self, row: Row, name: str) -> Any:
        """What a row says in the field `name`."""
        return row.values[self._places[name]]

    def rule(self, row: Row) -> str:
        """The rule that a row names, in half-width characters as ids are."""
        return normalize("NFKC", self._text(row, "rule"))

    def state(self, row: Row) -> str:
        return self._states[row.key][0]

    def mark(self, row: Row, state: str, other: str = "") -> None:
        """Note what became of a row; `other` is the decision, the rule or the day that made it so. One that was used stays so."""
        if self.state(row) != "used":
            self._states[row.key] = (state, other)

    def of(self, rule: str, subject: str) -> list[Row]:
        """The rows that can decide a subject, by key."""
        return self._found[rule].get(canonical_subject(subject), []) if rule in self._found else []

    def excuse(self, rule: str, subject: str, problem: bool) -> str | None:
        """The key of the row that excuses a problem of this subject, if there is one; remembers what became of each."""
        rows = self.of(rule, subject)
        for row in rows:
            if problem and row is not rows[0]:
                self.mark(row, "double", rows[0].key)
            else:
                self.mark(row, "used" if problem else "unused")
        return rows[0].key if rows and problem else None

    def subjects(self, rule: str) -> list[str]:
        """The subjects of a rule that some row can decide."""
        return list(self._found.get(rule, ()))

    def newest(self, rule: str, subject: str, valid: Period | None, calendar: Calendar) -> Row | None:
        """The row that counts for a subject: the newest of those that hold; each does for `valid` from its day on (None: for good)."""
        holding = self.holding(rule, subject, valid, calendar)
        return max(holding, key=lambda row: (self.value(row, "date"), row.key), default=None)

    def holding(self, rule: str, subject: str, valid: Period | None, calendar: Calendar) -> list[Row]:
        """The rows of a subject that have not lapsed."""
        return [row for row in self.of(rule, subject) if not self._ended(row, valid, calendar)]

    def judge(self, rule: str, subject: str, valid: Period | None, calendar: Calendar) -> None:
        """Note that the rows of a subject were asked for, and which of them hold no longer."""
        for row in self.of(rule, subject):
            end = self._ended(row, valid, calendar)
            self.mark(row, "lapsed" if end else "used", end.isoformat() if end else "")

    def _ended(self, row: Row, valid: Period | None, calendar: Calendar) -> datetime.date | None:
        """The last day of a row that holds no longer."""
        end = valid and _end_of_validity(self.value(row, "date"), valid, calendar)
        return end if end and end < self._as_of else None

    def used(self, rules: set[str]) -> list[Row]:
        """The rows that decided an outcome of these rules."""
        return [row for row in self._rows if self.state(row) == "used" and self.rule(row) in rules]

    def notices(self, rules: set[str], known: set[str]) -> tuple[Notice, ...]:
        """What is to be said of the rows for the rules that were run, and for rules that do not exist."""
        unused = [row for row in self._rows if self.state(row) != "used"]
        return tuple(self._notice(row) for row in unused if self.rule(row) not in known - rules)

    def _text(self, row: Row, name: str) -> str:
        return str(self.value(row, name) or "").strip()

    def _missing(self, row: Row) -> tuple[str, ...]:
        return tuple(name for name in self._required if self.value(row, name) in (None, ""))

    def _first_state(self, row: Row, rule: ir.Rule | None, as_of: datetime.date) -> tuple[str, str]:
        """What can be said of a row before any outcome is known."""
        if self._missing(row):
            return "refused", ""
        day, until = self.value(row, "date"), self.value(row, "valid_until")
        if day > as_of:
            return "future", day.isoformat()
        if until is not None and until < as_of:
            return "lapsed", until.isoformat()
        if rule is None:
            return "unknown_rule", self._nearest(self.rule(row)) or ""
        return "unmatched", ""

    def _notice(self, row: Row) -> Notice:
        state, other = self._states[row.key]
        return Notice(
            f"{self._entity}_{state}", row.key, self.rule(row), self._text(row, "subject"),
            row.origin.file, row.origin.sheet, row.line, tuple(f"{self._entity}.{name}" for name in self._missing(row)), other,
        )  # fmt: skip


def _end_of_validity(day: datetime.date, valid: Period, calendar: Calendar) -> datetime.date | None:
    if valid.unit == "months":
        return add_months(day, valid.amount, "down")
    if valid.unit == "workdays":
        return add_workdays(day, valid.amount, calendar)
    return add_days(day, valid.amount)


def waivers_used(decisions: Decisions, rules: set[str]) -> tuple[Waiver, ...]:
    """The waivers that excuse an outcome of these rules, for the report."""
    names = ("subject", "reason", "approver", "date", "valid_until", "document")
    values = ((row, [decisions.value(row, name) for name in names]) for row in decisions.used(rules))
    return tuple(Waiver(row.key, decisions.rule(row), *said, row.origin.file, row.origin.sheet, row.line) for row, said in values)


def subject_named(text: str, rule: ir.Rule, pack: ir.Pack) -> str:
    """The subject that a waiver or attestation names, as outcomes are called; a member of an enum may go by its label there."""
    parts = canonical_subject(text).split(",")
    for place, each in enumerate(rule.binders[: len(parts)]):
        if isinstance(each, ir.EachMember):
            member = pack.vocabulary.enums[each.enum].member(parts[place])
            parts[place] = member.name if member else parts[place]
    return ",".join(parts)
