"""The rules of a pack: every clause checked, all put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from policy.check.citations import Basis
from policy.check.due import check_due
from policy.check.duties import check_duty
from policy.check.expressions import typer
from policy.check.known import VIOLATION, Known, RuleSignature
from policy.check.lets import Lets
from policy.check.names import suggestion
from policy.check.once import once
from policy.check.page import Page
from policy.check.placeholders import check_message, check_shown
from policy.check.reads import Reads
from policy.check.rows import enter
from policy.check.typer import POISON, Typer, type_of
from policy.lang import ast, ir
from policy.lang.schema import Entity
from policy.lang.types import ANY_REF, BOOL, INT, Type, enum_type, ref_type
from policy.lang.walk import conjuncts

__all__ = ["check_rule", "signature"]

_ONCE: dict[type, str] = {
    ast.BearerClause: "BEARER",
    ast.ForEachClause: "FOR_EACH",
    ast.WhenClause: "WHEN",
    ast.DueClause: "DUE",
    ast.EffectiveClause: "EFFECTIVE",
    ast.OtherwiseClause: "OTHERWISE",
    ast.RemedyClause: "REMEDY",
    ast.NoteClause: "NOTE",
    ast.FinalClause: "FINAL",
    ast.InForceClause: "IN_FORCE",
}


# --- what other rules may ask ----------------------------------------------------------------------------------------


def signature(known: Known, declaration: ast.RuleDecl) -> RuleSignature:
    """The binders of a rule, without a word on their mistakes."""
    binders: dict[str, tuple[str, Type]] = {}
    for clause in declaration.clauses:
        if isinstance(clause, ast.ForEachClause):
            for binder in clause.binders:
                var, names = _variable(known, binder)
                binders.update((name, (var.name, var.type)) for name in names if name is not None)
    return RuleSignature(declaration, binders)


def _variable(known: Known, binder: ast.Binder | ast.YearBinder) -> tuple[ir.Var, tuple[str | None, ...]]:
    """A binder's variable and the names it is called by."""
    if isinstance(binder, ast.YearBinder):
        return ir.Var(binder.alias.text, INT, span=binder.alias.span), (binder.alias.text,)
    found = known.types.get(binder.source.text)
    name = binder.alias or binder.source
    if found is None:
        return ir.Var(name.text, POISON, span=name.span), (name.text,)
    type = ref_type(found.name) if isinstance(found, Entity) else enum_type(found.name)
    if binder.alias is not None:
        return ir.Var(name.text, type, span=name.span), (name.text,)
    return ir.Var(found.name, type, span=name.span), (found.name, found.label)


# --- a rule ----------------------------------------------------------------------------------------------------------


def check_rule(known: Known, reads: Reads, page: Page, declaration: ast.RuleDecl) -> ir.Rule:
    """A rule as far as it can be understood; its stratum is found later."""
    kept = once(page, declaration.clauses, lambda clause: _ONCE.get(type(clause)))
    clauses = _Clauses(kept, page, known.elsewhere)
    checker = typer(known, page)
    parts = {**_written(page, declaration, clauses), **_judged(checker, declaration, clauses)}
    rule = ir.Rule(**parts, stratum=0, depends=tuple(checker.depends), reads=())
    if checker.too_deep(declaration.id.span):
        return rule
    return attrs.evolve(rule, reads=reads.of_rule(rule))


class _Clauses:
    """The clauses of a rule by their kinds; those that a variant has put there stand on a page `elsewhere`."""

    def __init__(self, clauses: list[ast.Clause], page: Page, elsewhere: Mapping[int, Page]) -> None:
        self._clauses = clauses
        self._last = {type(clause): clause for clause in clauses}
        self._page = page
        self._elsewhere = elsewhere

    def page(self, clause: ast.Clause) -> Page:
        """Where a clause stands."""
        return self._elsewhere.get(id(clause), self._page)

    def one(self, kind: type) -> Any:
        """The clause of a kind that may stand once, or None."""
        return self._last.get(kind)

    def all(self, *kinds: type) -> list:
        """The clauses of these kinds in their order."""
        return [clause for clause in self._clauses if isinstance(clause, kinds)]


def _written(page: Page, declaration: ast.RuleDecl, clauses: _Clauses) -> dict[str, object]:
    """What is in a rule as it was written."""
    otherwise, effective = clauses.one(ast.OtherwiseClause), clauses.one(ast.EffectiveClause)
    remedy, note = clauses.one(ast.RemedyClause), clauses.one(ast.NoteClause)
    return {
        "id": declaration.id.text,
        "title": declaration.title.text if declaration.title else "",
        "severity": otherwise.severity if otherwise else "advise",
        "remedy": remedy.text if remedy else "",
        "note": note.text if note else "",
        "final": clauses.one(ast.FinalClause) is not None,
        "effective": effective.day if effective else page.effective,
        "language": page.language,
        "file": page.source.name,
        "span": declaration.span,
        "text": page.source.text[slice(*declaration.span)],
    }


def _judged(checker: Typer, declaration: ast.RuleDecl, clauses: _Clauses) -> dict[str, object]:
    """What has to be understood of a rule: its expressions and citations."""
    page = checker.page
    binders = _binders(checker, declaration, clauses)
    lets = Lets([(clauses.page(clause), clause) for clause in clauses.all(ast.LetClause)], checker)
    basis, citations = _basis(page, declaration, clauses)
    when, due = clauses.one(ast.WhenClause), clauses.one(ast.DueClause)
    duty = _duty(checker, declaration, clauses)
    return {
        "basis": basis,
        "citations": citations,
        "bearer": _bearer(checker, clauses),
        "binders": binders,
        "where": _where(checker, clauses),
        "when": checker.on(clauses.page(when)).want(when.condition, BOOL) if when else None,
        "exceptions": _exceptions(checker, clauses),
        "duty": duty,
        "due": _due(checker.on(clauses.page(due)), due, duty) if due else None,
        "message": _message(checker.on(page), declaration, clauses, duty),
        "lets": lets.check_all(),
    }


# --- binders ---------------------------------------------------------------------------------------------------------


def _binders(checker: Typer, declaration: ast.RuleDecl, clauses: _Clauses) -> tuple[ir.Each, ...]:
    """The binders of a rule, whose variables are in scope from here on."""
    clause = clauses.one(ast.ForEachClause)
    if clause is None:
        checker.page.refuse("C402", declaration.id.span, ("write_for_each", {}), rule=declaration.id.text)
        return ()
    checker.on(clauses.page(clause))
    binders = []
    for binder in clause.binders:
        var, names = _variable(checker.known, binder)
        enter(checker, var, names, binder)
        binders.append(_each(checker, binder, var))
    lets = [one.name.text for one in declaration.clauses if isinstance(one, ast.LetClause)]
    hidden = frozenset([*checker.scope, *lets])
    return tuple(_years(checker, each, binder, hidden) for each, binder in zip(binders, clause.binders))


def _each(checker: Typer, binder: ast.Binder | ast.YearBinder, var: ir.Var) -> ir.Each:
    if var.type.is_enum:
        return ir.EachMember(var.name, var.type.name)
    if var.type.is_ref:
        return ir.EachRow(var.name, var.type.name)
    if isinstance(binder, ast.Binder):
        known = checker.known.types
        checker.page.refuse("C002", binder.source.span, suggestion(binder.source.text, known), name=binder.source.text)
    return ir.EachRow(var.name, "")


def _years(checker: Typer, each: ir.Each, binder: ast.Binder | ast.YearBinder, hidden: frozenset[str]) -> ir.Each:
    """A binder over years with its ends, in which nothing of the rule has a meaning."""
    if not isinstance(binder, ast.YearBinder):
        return each
    ends = checker.beside({}, 0)
    ends.hidden = hidden
    first, last = ends.want(binder.first, INT), ends.want(binder.last, INT)
    checker.reach(ends.height)
    return ir.EachYear(each.var, first, last)


# --- clauses ---------------------------------------------------------------------------------------------------------


def _basis(page: Page, declaration: ast.RuleDecl, clauses: _Clauses) -> Basis:
    """The texts of a rule's basis, and those that are places in the pack's own regulation."""
    cited = [(clauses.page(clause), clause.citations) for clause in clauses.all(ast.BasisClause)]
    if not cited:
        page.refuse("C401", declaration.id.span, ("write_basis", {}), rule=declaration.id.text)
    found = [where.library.basis(where, citations) for where, citations in cited]
    return tuple(text for texts, _ in found for text in texts), tuple(place for _, places in found for place in places)


def _bearer(checker: Typer, clauses: _Clauses) -> ir.Expr | None:
    clause = clauses.one(ast.BearerClause)
    if clause is None:
        return None
    bearer = checker.on(clauses.page(clause)).infer(clause.value)
    type = type_of(bearer)
    if type != ANY_REF and (not type.is_ref or type == VIOLATION):
        return checker.mistyped(clause.value, type_of(bearer), "@row")
    return bearer


def _where(checker: Typer, clauses: _Clauses) -> tuple[ir.Expr, ...]:
    """Every condition of every `where`, one by one."""
    conditions = [checker.on(clauses.page(clause)).want(clause.condition, BOOL) for clause in clauses.all(ast.WhereClause)]
    flat: list[ir.Expr] = []
    while conditions:
        condition = conditions.pop(0)
        parts = conjuncts(condition)
        if parts == (condition,):
            flat.append(condition)
        else:
            conditions[:0] = parts
    return tuple(flat)


def _exceptions(checker: Typer, clauses: _Clauses) -> tuple[ir.Exception_, ...]:
    exceptions = []
    for clause in clauses.all(ast.ExceptClause):
        page = checker.on(clauses.page(clause)).page
        if not clause.citations:
            page.refuse("C408", clause.span, ("exception_basis", {}))
        basis = page.library.check(page, clause.citations)
        exceptions.append(ir.Exception_(checker.want(clause.condition, BOOL), basis))
    return tuple(exceptions)


def _duty(checker: Typer, declaration: ast.RuleDecl, clauses: _Clauses) -> ir.Duty:
    duties = clauses.all(ast.DutyClause, ast.AttestClause)
    if not duties:
        checker.page.refuse("C403", declaration.id.span, ("write_duty", {}), rule=declaration.id.text)
        return ir.State(ir.Const(True, POISON))
    page = checker.on(clauses.page(duties[0])).page
    for second in duties[1:]:
        clauses.page(second).refuse("C404", second.span, ("two_rules", {}), related=(page, duties[0].span, "first"))
    return check_duty(checker, duties[0], clauses.one(ast.DueClause))


def _due(checker: Typer, clause: ast.DueClause, duty: ir.Duty) -> ir.Due:
    """The due day; neither it nor the day of fulfilment may be confidential."""
    due = check_due(checker, clause)
    check_shown(checker, due.unrolled, clause.span, "C607")
    if isinstance(duty, ir.Filled):
        check_shown(checker, duty.day, duty.day.span, "C607")
    return due


def _message(checker: Typer, declaration: ast.RuleDecl, clauses: _Clauses, duty: ir.Duty) -> tuple[str | ir.Placeholder, ...]:
    clause = clauses.one(ast.OtherwiseClause)
    if clause is not None:
        checker.on(clauses.page(clause))
        if not clause.message.strip():
            checker.page.refuse("C411", clause.message_span, ("say_what", {}))
        due, bearer = clauses.one(ast.DueClause), clauses.one(ast.BearerClause)
        return check_message(checker, clause, due is not None, bearer is not None)
    if not isinstance(duty, ir.Permission):
        checker.page.refuse("C405", declaration.id.span, ("write_otherwise", {}), rule=declaration.id.text)
    return ()
