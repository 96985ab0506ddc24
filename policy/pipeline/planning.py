"""What the engine for many rows would do, without doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.pipeline.engines import require_duckdb
from policy.pipeline.faults import functions

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.pipeline.judging import Request
    from policy.relational import Plan

__all__ = ["plan"]


def plan(pack: ir.Pack, request: Request, plugins: Plugins) -> Plan:
    """The plan of a run. Raises SourceError where what the engine needs is not installed."""
    require_duckdb("--explain-plan")
    from policy.relational import explain

    values = {name: value for name, (value, _) in request.parameters.items()}
    return explain(pack.edition(request.as_of), request.as_of, values, request.calendar, functions(plugins), request.rules)
