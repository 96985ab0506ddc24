"""The rows that decided an outcome, with the cells that the rule reads of them, and the outcome's fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from policy.interpret.duties import Finding
from policy.interpret.expressions import evaluate
from policy.interpret.world import Env, Violation, World
from policy.lang import ir
from policy.lang.facts import Origin, Row
from policy.lang.outcome import Evidence
from policy.lang.walk import walk

__all__ = ["Exhibits", "fingerprint"]


class Exhibits:
    """What a rule shows of rows: the fields that it reads, by variable. Made once for a rule."""

    def __init__(self, rule: ir.Rule, world: World) -> None:
        self._world = world
        self._rule = rule
        self._reads = dict(rule.reads)
        self._rows = [each.var for each in rule.binders if isinstance(each, ir.EachRow)]
        self._lets = [name for name, value in rule.lets if getattr(value, "type", None) and value.type.is_ref]
        self._columns: dict[tuple[str, int], tuple[tuple[tuple[str, str], ...], list[int]]] = {}

    def of(self, finding: Finding, env: Env) -> tuple[tuple[Evidence, ...], list]:
        """The rows of the subject, those that its `let`s name and those that decided the duty, each once; and the values read of them."""
        evidence, values, seen = [], [], set()
        for var, row in self._pairs(finding, env):
            if isinstance(row, Violation):
                evidence.append(Evidence("violation", row.key, None, None, None))
                values.append(row.key)
            elif row not in seen:
                seen.add(row)
                cells, shown = self._cells(var, row)
                evidence.append(Evidence(row.entity, row.key, row.origin.file, row.origin.sheet, row.line, cells))
                values.append((row.entity, row.key, *(str(row.values[index]) for index in shown)))
        return tuple(evidence), values

    def _pairs(self, finding: Finding, env: Env) -> Iterator[tuple[str, Any]]:
        yield from ((var, env.vars[var]) for var in self._rows)
        if finding.status != "not_applicable":
            named = ((name, evaluate(env.lets[name], env.apart())) for name in self._lets)
            yield from ((name, row) for name, row in named if isinstance(row, Row))
        yield from finding.rows()

    def _cells(self, var: str, row: Row) -> tuple[tuple[tuple[str, str], ...], list[int]]:
        """Field and column of the cells, and the places of the values that are not confidential."""
        origin: Origin = row.origin
        known = self._columns.get((var, id(origin)))
        if known is None:
            entity = self._world.pack.vocabulary.entities[row.entity]
            names = self._reads[var] if var in self._reads else self._read_elsewhere(var, row.entity)
            fields: list[Any] = [entity.field(name) for name in names]
            cells = tuple((field.name, origin.columns[field.name]) for field in fields if origin.columns.get(field.name))
            known = self._columns[var, id(origin)] = cells, [field.index for field in fields if not field.confidential]
        return known

    def _read_elsewhere(self, var: str, entity: str) -> list[str]:
        """The fields read of a `let`'s row, or of a row in a definition, in the order of the entity."""
        expressions = [value for _, value in self._rule.lets]
        expressions += [self._rule.due.rolled] if self._rule.due else []
        duty = self._rule.duty
        expressions += [part for part in (getattr(duty, "body", None), getattr(duty, "condition", None)) if part is not None]
        places = _read(expressions).get((entity, var), set()) | self._world.read_in_definitions(_read).get((entity, var), set())
        return [name for _, name in sorted(places)]


def _read(expressions: Iterable[ir.Expr]) -> dict[tuple[str, str], set[tuple[int, str]]]:
    """The fields that expressions read of variables, by entity and variable: place and name."""
    places: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for expression in expressions:
        for part in walk(expression):
            if isinstance(part, ir.Field):
                places.setdefault((part.entity, getattr(part.base, "name", "")), set()).add((part.index, part.field))
    return places


def fingerprint(*parts: object) -> str:
    """A name for an outcome that only changes when the outcome, or a value that it rests on, does."""
    return sha256(repr(parts).encode()).hexdigest()[:16]
