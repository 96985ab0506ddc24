"""What a rule demands: which kind of duty its `must`, `may` or `attest` is, and whether a due day goes with it."""

from __future__ import annotations

from policy.check.typer import POISON, Typer, type_of
from policy.check.values import period
from policy.lang import ast, ir
from policy.lang.types import BOOL, DATE, ref_type

__all__ = ["check_duty"]


def check_duty(typer: Typer, clause: ast.DutyClause | ast.AttestClause, due: ast.DueClause | None) -> ir.Duty:
    """The duty of a rule; a due day that it has no use for is a mistake."""
    if isinstance(clause, ast.AttestClause):
        _refuse_due(typer, due)
        return ir.Attestation(clause.question, clause.office, clause.valid and period(clause.valid))
    condition = clause.condition
    if clause.kind == "must" and isinstance(condition, ast.Quantifier) and condition.kind == "exists":
        return _existence(typer, condition, due)
    if clause.kind == "must" and due is not None and isinstance(condition, ast.IsFilled):
        return _filled(typer, condition, due)
    _refuse_due(typer, due)
    expr = typer.want(condition, BOOL)
    if clause.kind == "may":
        return ir.Permission(expr)
    return ir.State(expr if clause.kind == "must" else ir.Not(expr, span=expr.span))


def _refuse_due(typer: Typer, due: ast.DueClause | None) -> None:
    if due is not None:
        typer.page.refuse("C406", due.span, ("due_with", {}))


def _existence(typer: Typer, condition: ast.Quantifier, due: ast.DueClause | None) -> ir.Duty:
    """`must exist …`: of what, and on which day such a row fulfils the duty."""
    expr = typer.want(condition, BOOL)
    if not isinstance(expr, ir.Exists):
        return ir.State(expr)
    entity = typer.known.entity(expr.source.entity) if isinstance(expr.source, ir.Rows) else None
    day = None
    if entity is not None and entity.occurs is not None:
        var = ir.Var(expr.var, ref_type(entity.name), span=expr.span)
        day = ir.Field(var, entity.name, entity.occurs.name, entity.occurs.index, DATE, span=expr.span)
    if day is None and due is not None and (entity is not None or isinstance(expr.source, ir.Violations)):
        words = typer.page.words(condition.binder.source.span)
        typer.page.refuse("C407", due.span, ("mark_occurs", {}), (typer.page, condition.binder.span, "no_day"), entity=words)
    return ir.Existence(expr.source, expr.var, expr.body, day)


def _filled(typer: Typer, condition: ast.IsFilled, due: ast.DueClause) -> ir.Duty:
    """`must … is filled`: with a due day the value has to be a day, which is when the duty is fulfilled."""
    day = typer.infer(condition.operand)
    if type_of(day) not in (DATE, POISON):
        typer.page.refuse("C406", due.span, ("due_with", {}))
    return ir.Filled(day)
