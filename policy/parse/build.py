"""What the parser calls for each rule of the grammar: tokens and nodes → a node. One method per rule or alias."""

from __future__ import annotations

from typing import Any

import attrs

from policy.lang import ast
from policy.parse.lexer import Token
from policy.source import Span

__all__ = ["Builder"]


@attrs.frozen
class _Part:
    """A piece of a clause that is no node of its own."""

    kind: str
    value: Any
    span: Span


def _start(child: Any) -> int:
    return child.start if type(child) is Token else child.span[0]


def _end(child: Any) -> int:
    return child.end if type(child) is Token else child.span[1]


def _span(children: list) -> Span:
    """From the start of the first child to the end of the last."""
    return _start(children[0]), _end(children[-1])


def _nodes(children: list) -> list:
    """The children that are nodes: neither tokens nor absent."""
    return [child for child in children if child is not None and type(child) is not Token]


def _parts(children: list) -> dict[str, Any]:
    return {child.kind: child.value for child in children if type(child) is _Part}


def _of(children: list, *kinds: type) -> tuple:
    return tuple(child for child in children if isinstance(child, kinds))


def _label(children: list) -> ast.Label | None:
    return next(iter(_of(children, ast.Label)), None)


def _shifted(expr: Any) -> Any:
    """In a place where a day is wanted, `A after B` is arithmetic, whatever A is; also in the branches of an `if`."""
    if isinstance(expr, ast.Compare) and expr.operator in ("after", "before"):
        return ast.Shift(_shifted(expr.right), expr.left, expr.operator, span=expr.span)
    if isinstance(expr, ast.If):
        return attrs.evolve(expr, then=_shifted(expr.then), otherwise=_shifted(expr.otherwise))
    return expr


def _literal(child: Token, value: Any) -> ast.Literal:
    return ast.Literal(value, span=(child.start, child.end))


class Builder:
    """The callbacks of the parser."""

    # --- leaves

    def name(self, c: list) -> ast.Name:
        return ast.Name(c[0].value, span=(c[0].start, c[0].end))

    rule_id = name

    def label(self, c: list) -> ast.Label:
        return ast.Label(c[0].value, span=(c[0].start, c[0].end))

    def own_citation(self, c: list) -> ast.Citation:
        return attrs.evolve(c[0].value, span=_span(c))

    def document_citation(self, c: list) -> ast.Citation:
        if len(c) == 1:
            return ast.Citation(None, document=c[0].value, span=_span(c))
        return attrs.evolve(c[1].value, document=c[0].value, span=_span(c))

    def text_citation(self, c: list) -> ast.Citation:
        return ast.Citation(None, text=c[0].value, span=_span(c))

    def citations(self, c: list) -> _Part:
        return _Part("citations", tuple(_nodes(c)), _span(c))

    provision = own_citation
    provisions = citations

    # --- the header of a pack

    def pack(self, c: list) -> ast.PackHeader:
        return ast.PackHeader(c[1], c[3].value, tuple(_nodes(c)[1:]), span=_span(c))

    def extends(self, c: list) -> ast.ExtendsClause:
        return ast.ExtendsClause(c[1], c[3].value, span=_span(c))

    def title(self, c: list) -> ast.Setting:
        return ast.Setting("title", c[1].value, span=_span(c))

    def regulation(self, c: list) -> ast.Setting:
        return ast.Setting("regulation", c[1].value, span=_span(c))

    def effective_setting(self, c: list) -> ast.Setting:
        return ast.Setting("effective", c[1].value, span=_span(c))

    def calendar(self, c: list) -> ast.Setting:
        return ast.Setting("calendar", c[1].text, span=_span(c))

    def months_setting(self, c: list) -> ast.Setting:
        return ast.Setting("months", c[1].value, span=_span(c))

    def nonworking_setting(self, c: list) -> ast.Setting:
        return ast.Setting("nonworking", c[1].value, span=_span(c))

    def due_soon_setting(self, c: list) -> ast.Setting:
        return ast.Setting("due_soon", self.duration(c[1:]), span=_span(c))

    def months_mode(self, c: list) -> _Part:
        return _Part("months", c[0].type.lower(), _span(c))

    def nonworking_mode(self, c: list) -> _Part:
        return _Part("nonworking", c[0].type.lower(), _span(c))

    # --- vocabulary

    def entity(self, c: list) -> ast.EntityDecl:
        return ast.EntityDecl(c[1], _label(c), _of(c, ast.FieldDecl), span=_span(c))

    def field_decl(self, c: list) -> ast.FieldDecl:
        given = {child.value for child in c if type(child) is _Part}
        flags = tuple(flag for flag in ("key", "optional", "occurs", "confidential", "tree", "secrecy") if flag in given)
        return ast.FieldDecl(c[0], c[2], flags, _label(c), span=_span(c))

    def flag(self, c: list) -> _Part:
        return _Part("flag", c[0].type.lower(), _span(c))

    def type_text(self, c: list) -> ast.TypeName:
        return ast.TypeName("text", span=_span(c))

    def type_int(self, c: list) -> ast.TypeName:
        return ast.TypeName("int", span=_span(c))

    def type_number(self, c: list) -> ast.TypeName:
        return ast.TypeName("number", span=_span(c))

    def type_date(self, c: list) -> ast.TypeName:
        return ast.TypeName("date", span=_span(c))

    def type_bool(self, c: list) -> ast.TypeName:
        return ast.TypeName("bool", span=_span(c))

    def type_duration(self, c: list) -> ast.TypeName:
        return ast.TypeName("duration", span=_span(c))

    def type_month_day(self, c: list) -> ast.TypeName:
        return ast.TypeName("month_day", span=_span(c))

    def type_ref(self, c: list) -> ast.TypeName:
        return ast.TypeName("ref", c[1].text, span=_span(c))

    def type_name(self, c: list) -> ast.TypeName:
        return ast.TypeName("name", c[0].text, span=_span(c))

    def enum(self, c: list) -> ast.EnumDecl:
        return ast.EnumDecl(c[1], _label(c), _of(c, ast.MemberDecl), span=_span(c))

    def member_decl(self, c: list) -> ast.MemberDecl:
        return ast.MemberDecl(c[0], _label(c), span=_span(c))

    # --- parameters and definitions

    def param(self, c: list) -> ast.ParamDecl:
        bounds = _parts(c).get("bounds", (None, None))
        value = c[[type(child) is Token and child.type == "EQ" for child in c].index(True) + 1]
        type_ = _of(c, ast.TypeName)[0]
        items = _of(c, ast.BasisClause, ast.NoteClause)
        return ast.ParamDecl(c[1], _label(c), type_, value, *bounds, items, span=_span(c))

    def bounds(self, c: list) -> _Part:
        return _Part("bounds", (c[1], c[3]), _span(c))

    def define(self, c: list) -> ast.DefineDecl:
        body = c[[type(child) is Token and child.type == "MEANS" for child in c].index(True) + 1]
        items = _of(c, ast.BasisClause, ast.NoteClause)
        return ast.DefineDecl(c[1], _label(c), _parts(c).get("arguments", ()), body, items, span=_span(c))

    def arguments(self, c: list) -> _Part:
        return _Part("arguments", _of(c, ast.Argument), _span(c))

    def argument(self, c: list) -> ast.Argument:
        return ast.Argument(c[0], c[-1], _label(c), span=_span(c))

    # --- rules

    def rule(self, c: list) -> ast.RuleDecl:
        title = _label(c[2:3])
        return ast.RuleDecl(c[1], title, tuple(c[3 if title else 2 : -1]), span=_span(c))

    def basis(self, c: list) -> ast.BasisClause:
        return ast.BasisClause(c[1].value, span=_span(c))

    def note(self, c: list) -> ast.NoteClause:
        return ast.NoteClause(c[1].value, span=_span(c))

    def bearer(self, c: list) -> ast.BearerClause:
        return ast.BearerClause(c[1], span=_span(c))

    def for_each(self, c: list) -> ast.ForEachClause:
        return ast.ForEachClause(tuple(_nodes(c)), span=_span(c))

    def where(self, c: list) -> ast.WhereClause:
        return ast.WhereClause(c[1], span=_span(c))

    def let(self, c: list) -> ast.LetClause:
        return ast.LetClause(c[1], c[3], span=_span(c))

    def when(self, c: list) -> ast.WhenClause:
        return ast.WhenClause(c[1], span=_span(c))

    def except_(self, c: list) -> ast.ExceptClause:
        return ast.ExceptClause(c[1], _parts(c).get("citations", ()), span=_span(c))

    def must(self, c: list) -> ast.DutyClause:
        return ast.DutyClause("must", c[1], span=_span(c))

    def must_not(self, c: list) -> ast.DutyClause:
        return ast.DutyClause("must_not", c[1], span=_span(c))

    def may(self, c: list) -> ast.DutyClause:
        return ast.DutyClause("may", c[1], span=_span(c))

    def attest(self, c: list) -> ast.AttestClause:
        parts = _parts(c)
        return ast.AttestClause(c[1].value, parts.get("by"), parts.get("valid"), span=_span(c))

    def attest_by(self, c: list) -> _Part:
        return _Part("by", c[1].value, _span(c))

    def attest_valid(self, c: list) -> _Part:
        return _Part("valid", self.duration(c[1:]), _span(c))

    def due(self, c: list) -> ast.DueClause:
        modes = _parts(_parts(c).get("modes", []))
        value = _shifted(c[1])
        return ast.DueClause(value, modes.get("months"), modes.get("nonworking"), modes.get("citations", ()), span=_span(c))

    def due_modes(self, c: list) -> _Part:
        return _Part("modes", c, _span(c))

    def due_months(self, c: list) -> _Part:
        return _Part("months", c[1].value, _span(c))

    def due_nonworking(self, c: list) -> _Part:
        return _Part("nonworking", c[1].value, _span(c))

    def due_basis(self, c: list) -> _Part:
        return _Part("citations", c[1].value, _span(c))

    def effective(self, c: list) -> ast.EffectiveClause:
        return ast.EffectiveClause(c[1].value, span=_span(c))

    def otherwise(self, c: list) -> ast.OtherwiseClause:
        return ast.OtherwiseClause(c[1].value, c[2].value, span=_span(c), message_span=(c[2].start, c[2].end))

    def severity(self, c: list) -> _Part:
        return _Part("severity", c[0].type.lower(), _span(c))

    def remedy(self, c: list) -> ast.RemedyClause:
        return ast.RemedyClause(c[1].value, span=_span(c))

    def final(self, c: list) -> ast.FinalClause:
        return ast.FinalClause(span=_span(c))

    def in_force_from(self, c: list) -> ast.InForceClause:
        return ast.InForceClause(c[2].value, None, span=_span(c))

    def in_force_to(self, c: list) -> ast.InForceClause:
        return ast.InForceClause(None, c[2].value, span=_span(c))

    def in_force_between(self, c: list) -> ast.InForceClause:
        return ast.InForceClause(c[2].value, c[4].value, span=_span(c))

    # --- what a variant changes

    def set_(self, c: list) -> ast.SetDecl:
        return ast.SetDecl(c[1], c[3], tuple(c[4:-1]), span=_span(c))

    def disable(self, c: list) -> ast.DisableDecl:
        return ast.DisableDecl(c[1].value, tuple(c[2:-1]), span=_span(c))

    def override(self, c: list) -> ast.OverrideDecl:
        title = _label(c[2:3])
        return ast.OverrideDecl(c[1].value, title, tuple(c[3 if title else 2 : -1]), span=_span(c))

    def severity_only(self, c: list) -> ast.SeverityClause:
        return ast.SeverityClause(c[1].value, span=_span(c))

    def also(self, c: list) -> ast.AlsoClause:
        return ast.AlsoClause(c[1], span=_span(c))

    def extend_entity(self, c: list) -> ast.ExtendEntityDecl:
        return ast.ExtendEntityDecl(c[1], tuple(c[2:-1]), span=_span(c))

    def extend_enum(self, c: list) -> ast.ExtendEnumDecl:
        return ast.ExtendEnumDecl(c[1], tuple(c[2:-1]), span=_span(c))

    def rule_ids(self, c: list) -> _Part:
        return _Part("rules", tuple(_nodes(c)), _span(c))
    # --- provisions without a rule

    def no_rule(self, c: list) -> ast.NoRuleDecl:
        return ast.NoRuleDecl(c[1].value, _of(c, ast.BecauseClause), span=_span(c))

    def because(self, c: list) -> ast.BecauseClause:
        return ast.BecauseClause(c[1].value, span=_span(c))

    # --- binders

    def range(self, c: list) -> ast.Binder:
        return ast.Binder(c[0], c[2] if len(c) > 1 else None, span=_span(c))

    binder = range

    def year_binder(self, c: list) -> ast.YearBinder:
        return ast.YearBinder(c[2], c[4], c[6], span=_span(c))

    def entity_source(self, c: list) -> ast.Name:
        return c[0]

    def all_violations(self, c: list) -> ast.Violations:
        return ast.Violations(None, span=_span(c))

    def violations(self, c: list) -> ast.Violations:
        return ast.Violations(tuple(_nodes(c)), span=_span(c))

    # --- cases

    def case(self, c: list) -> ast.CaseDecl:
        return ast.CaseDecl(c[1], c[3].value, tuple(c[4:-1]), span=_span(c))

    def case_setting(self, c: list) -> ast.CaseSetting:
        return ast.CaseSetting(c[1], c[3], span=_span(c))

    def given(self, c: list) -> ast.CaseTable:
        return ast.CaseTable(c[1], *c[2].value, span=_span(c))

    def expect(self, c: list) -> ast.Expectation:
        parts = _parts(c)
        told = [parts.get(name) for name in ("due", "fulfilled", "bearer", "severity")]
        return ast.Expectation(c[1], parts["subject"], parts["status"], *told, span=_span(c))

    def subject(self, c: list) -> _Part:
        keys = tuple(ast.Name(child.value, span=(child.start, child.end)) for child in c if child.type == "SUBJECT_KEY")
        return _Part("subject", keys, _span(c))

    def status(self, c: list) -> _Part:
        return _Part("status", c[0].type.lower().removesuffix("_status"), _span(c))

    def expect_due(self, c: list) -> _Part:
        return _Part("due", c[1].value, _span(c))

    def expect_fulfilled(self, c: list) -> _Part:
        return _Part("fulfilled", c[1].value, _span(c))

    def expect_bearer(self, c: list) -> _Part:
        return _Part("bearer", ast.Name(c[1].value, span=(c[1].start, c[1].end)), _span(c))

    def expect_severity(self, c: list) -> _Part:
        return c[1]

    # --- expressions

    def or_(self, c: list) -> ast.Logic:
        return ast.Logic("or", tuple(c[::2]), span=_span(c))

    def and_(self, c: list) -> ast.Logic:
        return ast.Logic("and", tuple(c[::2]), span=_span(c))

    def not_(self, c: list) -> ast.Not:
        return ast.Not(c[1], span=_span(c))

    def is_(self, c: list) -> ast.Compare:
        return ast.Compare("is", c[0], c[2], span=_span(c))

    def is_not(self, c: list) -> ast.Compare:
        return ast.Compare("is_not", c[0], c[2], span=_span(c))

    def no_later_than(self, c: list) -> ast.Compare:
        return ast.Compare("no_later_than", _shifted(c[0]), _shifted(c[2]), span=_span(c))

    def no_earlier_than(self, c: list) -> ast.Compare:
        return ast.Compare("no_earlier_than", _shifted(c[0]), _shifted(c[2]), span=_span(c))

    def lt(self, c: list) -> ast.Compare:
        return ast.Compare("lt", c[0], c[2], span=_span(c))

    def le(self, c: list) -> ast.Compare:
        return ast.Compare("le", c[0], c[2], span=_span(c))

    def gt(self, c: list) -> ast.Compare:
        return ast.Compare("gt", c[0], c[2], span=_span(c))

    def ge(self, c: list) -> ast.Compare:
        return ast.Compare("ge", c[0], c[2], span=_span(c))

    def is_missing(self, c: list) -> ast.IsMissing:
        return ast.IsMissing(c[0], span=_span(c))

    def is_filled(self, c: list) -> ast.IsFilled:
        return ast.IsFilled(c[0], span=_span(c))

    def in_(self, c: list) -> ast.In:
        return ast.In(c[0], tuple(c[3:-1:2]), span=_span(c))

    def between(self, c: list) -> ast.Between:
        return ast.Between(c[0], c[2], c[4], span=_span(c))

    def after(self, c: list) -> ast.Shift | ast.Compare:
        return self._after_or_before("after", c)

    def before(self, c: list) -> ast.Shift | ast.Compare:
        return self._after_or_before("before", c)

    def _after_or_before(self, word: str, c: list) -> ast.Shift | ast.Compare:
        """`30 days after X` is arithmetic; `A after B` compares two days, the second of which may be arithmetic itself."""
        if isinstance(c[0], ast.Duration):
            return ast.Shift(_shifted(c[2]), c[0], word, span=_span(c))
        return ast.Compare(word, c[0], _shifted(c[2]), span=_span(c))

    def plus(self, c: list) -> ast.Shift:
        return ast.Shift(c[0], c[2], "after", span=_span(c))

    def minus(self, c: list) -> ast.Shift:
        return ast.Shift(c[0], c[2], "before", span=_span(c))

    def add(self, c: list) -> ast.Arithmetic:
        return ast.Arithmetic("add", c[0], c[2], span=_span(c))

    def sub(self, c: list) -> ast.Arithmetic:
        return ast.Arithmetic("sub", c[0], c[2], span=_span(c))

    def mul(self, c: list) -> ast.Arithmetic:
        return ast.Arithmetic("mul", c[0], c[2], span=_span(c))

    def negate(self, c: list) -> ast.Negate:
        return ast.Negate(c[1], span=_span(c))

    def member(self, c: list) -> ast.Member:
        return ast.Member(c[0], c[2].text, span=_span(c), name_span=c[2].span)

    def name_expr(self, c: list) -> ast.Name:
        return c[0]

    def call(self, c: list) -> ast.Call:
        return ast.Call(c[0].text, tuple(_nodes(c[1:])), span=_span(c), name_span=c[0].span)

    def parentheses(self, c: list) -> Any:
        return attrs.evolve(c[1], span=_span(c))

    def text(self, c: list) -> ast.Literal:
        return _literal(c[0], c[0].value)

    def integer(self, c: list) -> ast.Literal:
        return _literal(c[0], c[0].value)

    def decimal(self, c: list) -> ast.Literal:
        return _literal(c[0], c[0].value)

    def date(self, c: list) -> ast.Literal:
        return _literal(c[0], c[0].value)

    def true(self, c: list) -> ast.Literal:
        return _literal(c[0], True)

    def false(self, c: list) -> ast.Literal:
        return _literal(c[0], False)

    def month_day(self, c: list) -> ast.MonthDayLiteral:
        return ast.MonthDayLiteral(*c[0].value, span=_span(c))

    def duration(self, c: list) -> ast.Duration:
        return ast.Duration(*c[0].value, span=_span(c))

    def as_of(self, c: list) -> ast.AsOf:
        return ast.AsOf(span=_span(c))

    def if_(self, c: list) -> ast.If:
        return ast.If(c[1], c[3], c[5], span=_span(c))

    def exists(self, c: list) -> ast.Quantifier:
        return ast.Quantifier("exists", c[1], None, _parts(c).get("such_that"), span=_span(c))

    def no(self, c: list) -> ast.Quantifier:
        return ast.Quantifier("no", c[1], None, _parts(c).get("such_that"), span=_span(c))

    def every(self, c: list) -> ast.Quantifier:
        parts = _parts(c)
        return ast.Quantifier("every", c[1], parts.get("filter"), parts["such_that"], span=_span(c))

    def count(self, c: list) -> ast.Count:
        return ast.Count(c[1], _parts(c).get("such_that"), span=_span(c))

    def sum_(self, c: list) -> ast.Aggregate:
        return self._aggregate("sum", c)

    def min_(self, c: list) -> ast.Aggregate:
        return self._aggregate("min", c)

    def max_(self, c: list) -> ast.Aggregate:
        return self._aggregate("max", c)

    def _aggregate(self, kind: str, c: list) -> ast.Aggregate:
        return ast.Aggregate(kind, c[1], c[3], _parts(c).get("such_that"), span=_span(c))

    def earliest(self, c: list) -> ast.Pick:
        return self._pick("earliest", c)

    def latest(self, c: list) -> ast.Pick:
        return self._pick("latest", c)

    def _pick(self, kind: str, c: list) -> ast.Pick:
        parts = _parts(c)
        return ast.Pick(kind, c[1], parts.get("by_day"), parts.get("such_that"), span=_span(c))

    def nearest(self, c: list) -> ast.Nearest:
        return ast.Nearest(c[1], c[3], c[5], _parts(c)["such_that"], span=_span(c))

    def filter(self, c: list) -> _Part:
        return _Part("filter", c[1], _span(c))

    def by_day(self, c: list) -> _Part:
        return _Part("by_day", c[1], _span(c))

    def such_that(self, c: list) -> _Part:
        return _Part("such_that", c[1], _span(c))

    def start(self, c: list) -> tuple:
        return tuple(c)
