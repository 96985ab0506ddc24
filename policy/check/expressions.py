"""The table of expressions: one clause for each kind of node."""

from __future__ import annotations

from policy.check import comparisons, operations, rows, values
from policy.check.known import Known
from policy.check.page import Page
from policy.check.typer import Clause, Typer
from policy.lang import ast, ir

__all__ = ["CLAUSES", "typer"]

CLAUSES: dict[type[ast.Expr], Clause] = {**values.CLAUSES, **operations.CLAUSES, **comparisons.CLAUSES, **rows.CLAUSES}


def typer(known: Known, page: Page, scope: dict[str, ir.Var] | None = None) -> Typer:
    """What checks the expressions of a declaration; `scope` has the variables that are bound from the beginning."""
    return Typer(CLAUSES, known, page, scope or {})
