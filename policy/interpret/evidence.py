"""The rows that decided an outcome, with the cells that the rule reads of them, and the outcome's fingerprint."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from policy.interpret.duties import Finding
from policy.interpret.world import Env, Violation, World
from policy.lang import ir
from policy.lang.facts import Origin, Row
from policy.lang.outcome import Evidence

__all__ = ["Exhibits", "fingerprint"]


class Exhibits:
    """What a rule shows of rows: the fields that it reads, by variable. Made once for a rule."""

    def __init__(self, rule: ir.Rule, world: World) -> None:
        self._vocabulary = world.pack.vocabulary
        self._reads = dict(rule.reads)
        self._rows = [each.var for each in rule.binders if isinstance(each, ir.EachRow)]
        self._columns: dict[tuple[str, int], tuple[tuple[tuple[str, str], ...], list[int]]] = {}

    def of(self, finding: Finding, env: Env) -> tuple[tuple[Evidence, ...], list]:
        """The rows of the subject and those that decided the duty, each once; and the values that the rule reads of them."""
        evidence, values, seen = [], [], set()
        for var, row in (*((var, env.vars[var]) for var in self._rows), *finding.rows):
            if isinstance(row, Violation):
                evidence.append(Evidence("violation", row.key, None, None, None))
                values.append(row.key)
            elif row not in seen:
                seen.add(row)
                cells, shown = self._cells(var, row)
                evidence.append(Evidence(row.entity, row.key, row.origin.file, row.origin.sheet, row.line, cells))
                values.append((row.entity, row.key, *(str(row.values[index]) for index in shown)))
        return tuple(evidence), values

    def _cells(self, var: str, row: Row) -> tuple[tuple[tuple[str, str], ...], list[int]]:
        """Field and column of the cells, and the places of the values that are not confidential."""
        origin: Origin = row.origin
        known = self._columns.get((var, id(origin)))
        if known is None:
            entity = self._vocabulary.entities[row.entity]
            fields: list[Any] = [entity.field(name) for name in self._reads.get(var, ())]
            cells = tuple((field.name, origin.columns[field.name]) for field in fields if field.name in origin.columns)
            known = self._columns[var, id(origin)] = cells, [field.index for field in fields if not field.confidential]
        return known


def fingerprint(*parts: object) -> str:
    """A name for an outcome that only changes when the outcome, or a value that it rests on, does."""
    return sha256(repr(parts).encode()).hexdigest()[:16]
