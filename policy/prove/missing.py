"""The fields that keep a step from having a value, by name."""

from __future__ import annotations

from policy.lang import ir
from policy.lang.proof import Found, Interval, Ref, Step
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
    own = (frozenset(world.violation(found.scope[0][1]).missing) for found in step.found if _is_unsure(found, step.expr))
    return frozenset().union(*(missing_fields(part, world) for part in (*step.steps, *inner)), *own)


def _is_unsure(found: Found, expr: ir.Expr) -> bool:
    """Whether a row is an outcome that counts if it is a violation."""
    if isinstance(expr, ir.Call) or not isinstance(found.scope[0][1], Ref) or found.scope[0][1].entity != VIOLATION:
        return False
    return found.steps[0].value is not isinstance(expr, ir.Every)
