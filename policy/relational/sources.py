"""The relations that quantifiers range over: the rows of an entity, and the violations of rules."""

from __future__ import annotations

from policy.lang import ir
from policy.relational import sql
from policy.relational.frame import Scope
from policy.relational.sql import Sql
from policy.relational.world import World

__all__ = ["VIOLATION", "VIOLATION_FIELDS", "known_of", "order_of", "relation_of", "violation_column"]

VIOLATION = "violation"
VIOLATION_FIELDS = {
    "rule": "VARCHAR", "status": "VARCHAR", "severity": "VARCHAR", "bearer": "VARCHAR", "due": "DATE", "missing": "VARCHAR[]",
}  # fmt: skip
"""The columns that every violation has, with their types."""


def relation_of(world: World, source: ir.RowSource) -> str:
    """The table or view of a source; `key` is the column of the key."""
    return world.table(source.entity) if isinstance(source, ir.Rows) else world.violations_of(source.rules)


def order_of(source: ir.RowSource, alias: str) -> Sql:
    """What the rows of a source are ordered by: an entity's by their keys, violations by rule and subject."""
    return sql.column(alias, "key" if isinstance(source, ir.Rows) else "place")


def violation_column(world: World, field: str) -> str:
    """The column of a field of violations: one of every violation, or a binder of their rules."""
    return field if field in VIOLATION_FIELDS else world.binder_column(field)


def known_of(scope: Scope, key: Sql, field: str) -> Sql:
    """A field of the violation with this key."""
    world = scope.world
    return scope.frame.cell(VIOLATION, key, violation_column(world, field), world.violations_of(tuple(world.judged)))
