"""The fields that keep a step from having a value, by name."""

from __future__ import annotations

from policy.lang import ir
from policy.lang.proof import Interval, Step
from policy.prove.world import VIOLATION, World

__all__ = ["missing_fields"]


def missing_fields(step: Step, world: World) -> frozenset[str]:
    """The fields (`talk.end`) that made a missing or unknown value so; of a value that is known, none."""
    if step.value is not None and not (isinstance(step.value, Interval) and step.value.low != step.value.high):
        return frozenset()
    if isinstance(step.expr, ir.Field) and step.cells:
        row = step.cells[0].row
        return frozenset(world.violation(row).missing if row.entity == VIOLATION else (f"{step.expr.entity}.{step.expr.field}",))
    inner = (part for found in step.found for part in found.steps)
    unsure = (row for found in step.found for _, row in found.scope if isinstance(row, tuple) and row[0] == VIOLATION)
    own = (frozenset(world.violation(row).missing) for row in unsure if not isinstance(step.expr, ir.Call))
    return frozenset().union(*(missing_fields(part, world) for part in (*step.steps, *inner)), *own)
