"""What a run would ask of DuckDB, without data: each rule's query, and the relations that queries share."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping

from sqlglot import exp

from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.noun import noun
from policy.relational.rules import RuleQueries
from policy.relational.sql import DIALECT
from policy.relational.world import World

__all__ = ["Plan", "Relation", "Step", "explain"]


@noun
class Relation:
    """A relation that is kept as a table once it is wanted again: `rules` are those whose queries ask for it, in their order."""

    name: str
    rules: tuple[str, ...]
    sql: str


@noun
class Step:
    """The query for the outcomes of a rule, and the tables that it reads: facts, violations, chains and shared relations."""

    rule: str
    reads: tuple[str, ...]
    sql: str


@noun
class Plan:
    """The steps in their order, and what they share."""

    steps: tuple[Step, ...]
    relations: tuple[Relation, ...]


def explain(
    pack: ir.Pack, as_of: datetime.date, parameters: Mapping[str, ir.Value], calendar: Calendar, functions: Mapping[str, Callable],
    rules: Collection[str] | None = None,
) -> Plan:  # fmt: skip
    """The plan of a run; the arguments are those of `judge`."""
    world = World(pack, as_of, pack.values(parameters), calendar, functions)
    asked: dict[str, list[str]] = {}
    steps = []
    for rule in pack.needed({rule.id for rule in pack.rules} if rules is None else set(rules)):
        before = dict(world.wanted)
        query = RuleQueries(rule, world, f"outcomes {rule.id}").outcomes()
        for text, count in world.wanted.items():
            if count != before.get(text, 0):
                asked.setdefault(text, []).append(rule.id)
        steps.append(Step(rule.id, _tables(query), query.sql(DIALECT, pretty=True)))
        world.judged[rule.id] = None
    relations = [Relation(name, tuple(asked[text]), text) for text, name in world.common.items()]
    return Plan(tuple(steps), tuple(relations))


def _tables(query: exp.Query) -> tuple[str, ...]:
    own = {with_.alias for with_ in query.find_all(exp.CTE)}
    return tuple(dict.fromkeys(table.name for table in query.find_all(exp.Table) if table.name not in own))
