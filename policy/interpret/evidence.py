"""The rows that an outcome rests on: those of its subject, those that its `let`s name and those that decided the duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from policy.interpret.duties import Finding
from policy.interpret.expressions import evaluate
from policy.interpret.world import Env, Violation, World
from policy.lang import ir
from policy.lang.exhibits import Exhibits, canonical, cells, fields_read, grouped, leaf
from policy.lang.facts import Row
from policy.lang.outcome import Evidence
from policy.lang.paths import Path
from policy.lang.schema import Field

__all__ = ["Grounds"]


class _Shown(NamedTuple):
    """What is shown of the rows that a variable stands for: the cells, the values, and the values of rows that they refer to."""

    cells: tuple[tuple[str, str], ...]
    values: list[Field]
    beyond: list[Path]


class Grounds:
    """The rows that the outcomes of a rule rest on. Made once for a rule."""

    def __init__(self, rule: ir.Rule, world: World) -> None:
        self._world = world
        self._exhibits = Exhibits(rule, world.pack, lambda: world.read_in_definitions(fields_read))
        self._rows = [each.var for each in rule.binders if isinstance(each, ir.EachRow)]
        self._lets = [name for name, value in rule.lets if getattr(value, "type", None) and value.type.is_ref]
        self._shown: dict[tuple[str, str, int], _Shown] = {}

    def of(self, finding: Finding, env: Env) -> tuple[tuple[Evidence, ...], list[str]]:
        """The rows, each once, and what the fingerprint says of them; of a violation its fingerprint."""
        evidence: dict[Row | str, Evidence] = {}
        said = []
        for var, row in self._pairs(finding, env):
            if isinstance(row, Violation):
                if row.key not in evidence:
                    evidence[row.key] = Evidence("violation", row.key, None, None, None)
                    said.append(leaf(row.key))
            elif row not in evidence:
                shown = self._of_row(var, row)
                evidence[row] = Evidence(row.entity, row.key, row.origin.file, row.origin.sheet, row.line, shown.cells)
                said.append(self._said(row, shown))
        return tuple(evidence.values()), said

    def _pairs(self, finding: Finding, env: Env) -> Iterator[tuple[str, Any]]:
        yield from ((var, env.vars[var]) for var in self._rows)
        if finding.status != "not_applicable":
            named = ((name, evaluate(env.lets[name], env.apart())) for name in self._lets)
            yield from ((name, row) for name, row in named if isinstance(row, Row))
        yield from finding.rows()

    def _of_row(self, var: str, row: Row) -> _Shown:
        known = self._shown.get((var, row.entity, id(row.origin)))
        if known is None:
            fields = self._exhibits.fields(var, row.entity)
            open_ = [field for field in fields if not field.confidential]
            known = _Shown(cells(fields, row.origin), open_, self._exhibits.beyond(var, row.entity))
            self._shown[var, row.entity, id(row.origin)] = known
        return known

    def _said(self, row: Row, shown: _Shown) -> str:
        values = [row.values[field.index] for field in shown.values] + [self._along(row, path) for path in shown.beyond]
        return grouped(map(leaf, (row.entity, row.key, *map(canonical, values))))

    def _along(self, row: Row, path: Path) -> Any:
        """The value at the end of a path of fields."""
        value: Any = row.key
        for entity, index in path:
            at = self._world.by_key[entity].get(value)
            value = at and at.values[index]
        return value
