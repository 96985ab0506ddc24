"""The rows that an outcome rests on: those of its subject, those that its `let`s name and those that decided the duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policy.interpret.duties import Finding
from policy.interpret.expressions import evaluate
from policy.interpret.world import Env, Violation, World
from policy.lang import ir
from policy.lang.exhibits import Exhibits, fields_read
from policy.lang.facts import Row
from policy.lang.outcome import Evidence

__all__ = ["Grounds"]


class Grounds:
    """The rows that the outcomes of a rule rest on. Made once for a rule."""

    def __init__(self, rule: ir.Rule, world: World) -> None:
        self._exhibits = Exhibits(rule, world.pack, lambda: world.read_in_definitions(fields_read), lambda entity, key: world.by_key[entity].get(key))
        self._rows = [each.var for each in rule.binders if isinstance(each, ir.EachRow)]
        self._lets = [name for name, value in rule.lets if getattr(value, "type", None) and value.type.is_ref]

    def of(self, finding: Finding, env: Env) -> tuple[tuple[Evidence, ...], list]:
        """The rows, each once, with the values that the rule reads of them."""
        pairs = self._pairs(finding, env)
        return self._exhibits.of((var, row.key if isinstance(row, Violation) else row) for var, row in pairs)

    def _pairs(self, finding: Finding, env: Env) -> Iterator[tuple[str, Any]]:
        yield from ((var, env.vars[var]) for var in self._rows)
        if finding.status != "not_applicable":
            named = ((name, evaluate(env.lets[name], env.apart())) for name in self._lets)
            yield from ((name, row) for name, row in named if isinstance(row, Row))
        yield from finding.rows()
