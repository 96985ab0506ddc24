"""The premises of proofs, arranged for looking up: the rows that can be seen, by key and by what a condition asks of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from copy import copy

from policy.lang import ir
from policy.lang.facts import Row
from policy.lang.outcome import COUNTED, Outcome
from policy.lang.proof import Cited, Premises, Ref, Value
from policy.lang.schema import Entity, Field

__all__ = ["VIOLATION", "Scope", "World"]

VIOLATION = "violation"
Scope = Mapping[str, Value]
"""The values of variables."""


class World:
    """What expressions may look at besides their variables."""

    def __init__(self, premises: Premises) -> None:
        self.premises = premises
        self.pack = premises.pack
        self._rows: dict[str, dict[str, Row]] = {}
        self._violations: dict[str, dict[str, Outcome]] = {}

    def visible(self, entity: str) -> dict[str, Row]:
        """The rows of an entity whose day is not after as-of, or not known, by key and in the order of the keys."""
        if entity not in self._rows:
            occurs = self.pack.vocabulary.entities[entity].occurs
            rows: Iterable[Row] = self.premises.facts.tables.get(entity, ())
            if occurs is not None:
                rows = (row for row in rows if _is_seen(row.values[occurs.index], self.premises.as_of))
            self._rows[entity] = {row.key: row for row in sorted(rows, key=lambda row: row.key)}
        return self._rows[entity]

    def supposing(self, row: Ref, field: Field, value: ir.Value) -> World:
        """The same world with a value in one cell of a row that can be seen, and can be seen with it too."""
        world = copy(self)
        old = self.visible(row.entity)[row.key]
        new = Row(row.entity, row.key, (*old.values[: field.index], value, *old.values[field.index + 1 :]), old.origin, old.line)
        world._rows = {**self._rows, row.entity: {**self.visible(row.entity), row.key: new}}
        return world

    def violations(self, rule: str) -> dict[str, Outcome]:
        """The outcomes of a rule that rules about rules see, by fingerprint."""
        if rule not in self._violations:
            self._violations[rule] = {one.fingerprint: one for one in self.premises.outcomes(rule) if one.status in COUNTED}
        return self._violations[rule]

    def of(self, source: ir.RowSource) -> Sequence[Ref]:
        """The rows of a source."""
        if isinstance(source, ir.Rows):
            return [Ref(source.entity, key) for key in self.visible(source.entity)]
        return [Ref(VIOLATION, key) for rule in source.rules for key in self.violations(rule)]

    def count(self, source: ir.RowSource) -> int:
        """How many rows a source has."""
        return len(self.visible(source.entity)) if isinstance(source, ir.Rows) else len(self.of(source))

    def is_sure(self, row: Ref) -> bool:
        """Whether a row is one of its source: an unknown outcome may be no violation."""
        return row.entity != VIOLATION or self.violation(row).status != "unknown"

    def violation(self, row: Ref) -> Outcome:
        """The outcome that a row of violations is."""
        return next(found[row.key] for found in self._violations.values() if row.key in found)

    def read(self, row: Ref, expr: ir.Field) -> tuple[Cited, Value]:
        """The cell of a row that a field reads, and the field's value: of a reference the row that it names, if there is one."""
        if row.entity == VIOLATION:
            value = self._of_violation(self.violation(row), expr.field)
            return Cited(row, expr.field, value), value
        cited = self.cite(self.visible(row.entity)[row.key], expr.field)
        if expr.type.is_ref:
            return cited, self.named(expr.type.name or "", cited.value)
        return cited, cited.value

    def cite(self, row: Row, field: str) -> Cited:
        """A cell of a row with its place."""
        found = self.entity(row.entity).field(field)
        assert found is not None, "a field of the vocabulary"
        origin = row.origin
        column = origin.columns.get(field, "")
        return Cited(Ref(row.entity, row.key), field, row.values[found.index], origin.file, origin.sheet, row.line, column)

    def named(self, entity: str, key: object) -> Ref | None:
        """The row that a reference names; None where there is none to be seen."""
        return Ref(entity, key) if isinstance(key, str) and key in self.visible(entity) else None

    def entity(self, name: str) -> Entity:
        return self.pack.vocabulary.entities[name]

    def bound(self, rule: ir.Rule, subject: Iterable[tuple[str, str | int]]) -> dict[str, Value]:
        """The scope of a rule's subject."""
        pairs = zip(rule.binders, subject, strict=True)
        return {each.var: self.named(each.entity, key) if isinstance(each, ir.EachRow) else key for each, (_, key) in pairs}

    def _of_violation(self, outcome: Outcome, field: str) -> Value:
        unknown = outcome.status == "unknown"
        bearer = outcome.bearer and self.named(*outcome.bearer)
        rule = self.pack.rule(outcome.rule)
        assert rule is not None, "a rule of the pack"
        own = {"rule": outcome.rule, "severity": outcome.severity, "due": outcome.due, "bearer": bearer}
        return {**self.bound(rule, outcome.subject), **own, "status": None if unknown else outcome.status}.get(field)


def _is_seen(day: datetime.date | None, as_of: datetime.date) -> bool:
    return day is None or day <= as_of
