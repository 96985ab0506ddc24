"""Trees of policy files: every kind of node, and only such trees as the parser can give."""

from __future__ import annotations

import datetime
import unicodedata
from itertools import pairwise
from typing import Any

import attrs
from hypothesis import strategies as st

from policy.lang import ast
from policy.lang.keywords import KEYWORDS, UNITS
from policy.lang.outcome import SEVERITIES, STATUSES

__all__ = ["case_tables", "expressions", "files"]

_SPELLINGS = [text for column in KEYWORDS.values() for spellings in column.values() for text in spellings]
_KEYWORD_WORDS = sorted({word for text in _SPELLINGS for word in text.split()})
_PLAIN = ("talk", "谈话", "被谈话人", "end2", "_x", "orgs", "每个谈话", "一把手", "注意", "甲", "t", "violation", "R1", "days", "年报")
_ODD = (
    "注", "三个月", "十天", "两年", "一days", "a b", "3号", "第一(试点)", "-", "#1", "x:y", "", " ", "“一把手”", "a|b", "第十一条",
    "2026年1月1日", '"', "\\",
)  # fmt: skip


def _texts(alphabet: str, **limits: int) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(alphabet), **limits)


_identifiers = st.sampled_from(_PLAIN) | st.sampled_from(_KEYWORD_WORDS) | st.sampled_from(_ODD)
names = st.builds(ast.Name, _identifiers)
texts = _texts("ab 一把手。，,.:\"“”＂'\\＼{}|#《》〔〕\n\tné注:end\u3000", max_size=8)
labels = st.builds(ast.Label, texts)
maybe_label = st.none() | labels
rule_ids = st.builds(ast.Name, st.sampled_from(["JDTH-11-1-a", "R1", "R.2", "规则-1", "end", "1", "全部", "all", "因公-甲"]))
_odd_keys = st.sampled_from(["2026", "satisfied", "合规", "T#1", "T（1）"])
keys = st.builds(ast.Name, _texts("T1甲-_/.（）&", min_size=1, max_size=4) | _odd_keys)
days = st.dates()
flag_names = ("key", "optional", "occurs", "confidential", "tree", "secrecy")


# --- comments

_comment_texts = _texts("ab 注:#|“\"完end，", max_size=8).map(str.rstrip)
_before = st.lists(_comment_texts, max_size=2).map(tuple)
_item_comments = st.builds(ast.Comments, _before, _comment_texts)
_declaration_comments = st.builds(ast.Comments, _before, _comment_texts, _before)
item_comments = st.just(ast.NO_COMMENTS) | st.just(ast.NO_COMMENTS) | _item_comments
declaration_comments = st.just(ast.NO_COMMENTS) | _declaration_comments


# --- citations

_numbers = st.integers(1, 30) | st.sampled_from([0, 100, 101, 110, 1005, 1050, 9999, 10000])
_places = st.builds(ast.Citation, _numbers, st.none() | _numbers, st.none() | _numbers, st.none() | _numbers)
_own_places = st.lists(_places, min_size=1, max_size=3).map(tuple)
_documents = _texts("民法典 “(（关于、", max_size=4)
_citation = st.one_of(
    _places,
    st.builds(lambda place, document: attrs.evolve(place, document=document), _places, _documents),
    st.builds(lambda document: ast.Citation(None, document=document), _documents),
    st.builds(lambda text: ast.Citation(None, text=text), texts),
)
citations = st.lists(_citation, min_size=1, max_size=3).map(tuple)


# --- expressions

durations = st.builds(ast.Duration, st.integers(0, 40), st.sampled_from(list(UNITS)))
_leap_year = st.dates(datetime.date(2000, 1, 1), datetime.date(2000, 12, 31))
_month_days = _leap_year.map(lambda day: ast.MonthDayLiteral(day.month, day.day))
_decimals = st.decimals(0, 1000, places=2)
_literals = st.builds(ast.Literal, texts | st.integers(0, 3000) | _decimals | days | st.booleans())
_leaves = st.one_of(names, names, _literals, durations, _month_days, st.just(ast.AsOf()))
_violations = st.builds(ast.Violations, st.none() | st.lists(rule_ids, min_size=1, max_size=2).map(tuple))
_maybe_name = st.none() | names
_row_binders = st.builds(ast.Binder, names, _maybe_name)
binders = st.builds(ast.Binder, names | _violations, _maybe_name)

_LOOSE = ("is", "is_not", "lt", "le", "gt", "ge")
_ORDERS = ("after", "before")
_BOUNDS = ("no_later_than", "no_earlier_than")


def as_day(expr: ast.Expr) -> ast.Expr:
    """What the parser makes of an expression where a day is wanted: `A after B` is arithmetic there."""
    if isinstance(expr, ast.Compare) and expr.operator in _ORDERS:
        return ast.Shift(as_day(expr.right), expr.left, expr.operator)
    if isinstance(expr, ast.If):
        return attrs.evolve(expr, then=as_day(expr.then), otherwise=as_day(expr.otherwise))
    return expr


def _order(operator: str, left: ast.Expr, right: ast.Expr) -> ast.Expr:
    if isinstance(left, ast.Duration):
        return ast.Shift(as_day(right), left, operator)
    return ast.Compare(operator, left, as_day(right))


def _bound(operator: str, left: ast.Expr, right: ast.Expr) -> ast.Expr:
    return ast.Compare(operator, as_day(left), as_day(right))


def _extended(inner: st.SearchStrategy) -> st.SearchStrategy:
    maybe = st.none() | inner
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(ast.Member, inner, _identifiers),
        st.builds(ast.Call, _identifiers, st.lists(inner, max_size=3).map(tuple)),
        st.builds(ast.Not, inner),
        st.builds(ast.Logic, st.sampled_from(["and", "or"]), several),
        st.builds(ast.Compare, st.sampled_from(_LOOSE), inner, inner),
        st.builds(_order, st.sampled_from(_ORDERS), inner, inner),
        st.builds(_bound, st.sampled_from(_BOUNDS), inner, inner),
        st.builds(ast.IsMissing, inner),
        st.builds(ast.IsFilled, inner),
        st.builds(ast.In, inner, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(ast.Between, inner, inner, inner),
        st.builds(ast.If, inner, inner, inner),
        st.builds(ast.Arithmetic, st.sampled_from(["add", "sub", "mul"]), inner, inner),
        st.builds(ast.Negate, inner),
        st.builds(ast.Shift, inner, inner, st.sampled_from(_ORDERS)),
        st.builds(ast.Quantifier, st.sampled_from(["exists", "no"]), binders, st.none(), maybe),
        st.builds(ast.Quantifier, st.just("every"), binders, maybe, inner),
        st.builds(ast.Count, binders, maybe),
        st.builds(ast.Aggregate, st.sampled_from(["sum", "min", "max"]), inner, binders, maybe),
        st.builds(ast.Pick, st.sampled_from(["earliest", "latest"]), binders, maybe, maybe),
        st.builds(ast.Nearest, binders, inner, names, inner),
    )


def expressions(size: int = 6) -> st.SearchStrategy[ast.Expr]:
    """Expressions of up to `size` leaves or so."""
    return st.recursive(_leaves, _extended, max_leaves=size)


_expressions = expressions()
_simple = expressions(2)


# --- clauses

_notes = st.builds(ast.NoteClause, texts, comments=item_comments)
_reasons = st.builds(ast.BecauseClause, texts, comments=item_comments)
_bases = st.builds(ast.BasisClause, citations, comments=item_comments)
_described = st.lists(_bases | _notes, max_size=2).map(tuple)
_months = st.sampled_from(["down", "up", "error"])
_nonworking = st.sampled_from(["next_workday", "previous_workday", "none"])
_year_binders = st.builds(ast.YearBinder, names, _simple, _simple)
_ranges = st.lists(_row_binders | _year_binders, min_size=1, max_size=3).map(tuple)


def _due(value: ast.Expr, months: str | None, nonworking: str | None, cited: tuple, comments: ast.Comments) -> ast.DueClause:
    return ast.DueClause(as_day(value), months, nonworking, cited if months or nonworking else (), comments=comments)


def _in_force(first: datetime.date, last: datetime.date, which: str, comments: ast.Comments) -> ast.InForceClause:
    ends = first if "first" in which else None, last if "last" in which else None
    return ast.InForceClause(*ends, comments=comments)


_periods_in_force = st.builds(_in_force, days, days, st.sampled_from(["first", "last", "first last"]), item_comments)

_clause = st.one_of(
    _bases,
    _notes,
    st.builds(ast.BearerClause, _simple, comments=item_comments),
    st.builds(ast.ForEachClause, _ranges, comments=item_comments),
    st.builds(ast.WhereClause, _expressions, comments=item_comments),
    st.builds(ast.LetClause, names, _expressions, comments=item_comments),
    st.builds(ast.WhenClause, _simple, comments=item_comments),
    st.builds(ast.ExceptClause, _simple, st.just(()) | citations, comments=item_comments),
    st.builds(ast.DutyClause, st.sampled_from(["must", "must_not", "may"]), _expressions, comments=item_comments),
    st.builds(ast.AttestClause, texts, st.none() | texts, st.none() | durations, comments=item_comments),
    st.builds(_due, _simple, st.none() | _months, st.none() | _nonworking, st.just(()) | citations, item_comments),
    st.builds(ast.EffectiveClause, days, comments=item_comments),
    st.builds(ast.OtherwiseClause, st.sampled_from(SEVERITIES), texts, comments=item_comments),
    st.builds(ast.RemedyClause, texts, comments=item_comments),
    st.builds(ast.FinalClause, comments=item_comments),
    _periods_in_force,
)


def _takes_basis(clause: ast.Clause) -> bool:
    """Whether a `basis` behind the clause would be its own."""
    if isinstance(clause, ast.AlsoClause):
        return _takes_basis(clause.clause)
    if isinstance(clause, ast.DueClause):
        return bool(clause.months or clause.nonworking) and not clause.citations
    return isinstance(clause, ast.ExceptClause) and not clause.citations


def _readable(clauses: list) -> bool:
    """Whether no `basis` clause stands where it would belong to the clause before it."""
    return not any(_takes_basis(one) and isinstance(other, ast.BasisClause) for one, other in pairwise(clauses))


_clauses = st.lists(_clause, max_size=5).filter(_readable).map(tuple)

_bare = _clause.map(lambda clause: attrs.evolve(clause, comments=ast.NO_COMMENTS))
_override_clause = st.one_of(
    _clause,
    st.builds(ast.SeverityClause, st.sampled_from(SEVERITIES), comments=item_comments),
    st.builds(ast.AlsoClause, _bare, comments=item_comments),
)
_override_clauses = st.lists(_override_clause, max_size=5).filter(_readable).map(tuple)


# --- cases

_cell_texts = _texts("T1甲 |｜\\＼#\"、（ａ", max_size=5).map(str.strip)


_cells = st.builds(ast.Cell, _cell_texts)
_column_names = _cell_texts.filter(bool).map(lambda text: ast.Cell(unicodedata.normalize("NFKC", text)))
_columns = st.lists(_column_names, min_size=1, max_size=3)


@st.composite
def case_tables(draw: st.DrawFn) -> ast.CaseTable:
    """Tables with as many cells in every row as there are columns."""
    columns = tuple(draw(_columns))
    rows = draw(st.lists(st.tuples(*[_cells] * len(columns)), max_size=2))
    comments = draw(item_comments)
    if not rows:  # behind a header alone a comment with a bar would be read as more columns
        comments = attrs.evolve(comments, after=comments.after.replace("|", ""))
    return ast.CaseTable(draw(names), columns, tuple(rows), comments=comments)


_case_item = st.one_of(
    case_tables(),
    st.builds(ast.CaseSetting, names, _simple, comments=item_comments),
    st.builds(
        ast.Expectation,
        rule_ids,
        st.lists(keys, min_size=1, max_size=2).map(tuple),
        st.sampled_from([*STATUSES, "absent"]),
        st.none() | days,
        st.none() | days,
        st.none() | keys,
        st.none() | st.sampled_from(SEVERITIES),
        comments=item_comments,
    ),
)


# --- declarations

_simple_types = ("text", "int", "number", "date", "bool", "duration", "month_day")
_named_types = st.builds(ast.TypeName, st.sampled_from(["ref", "name"]), _identifiers)
types = st.builds(ast.TypeName, st.sampled_from(_simple_types)) | _named_types
_flags = st.sets(st.sampled_from(flag_names), max_size=3).map(lambda chosen: tuple(flag for flag in flag_names if flag in chosen))
_setting_values = {
    "title": texts, "regulation": texts, "effective": days, "calendar": _identifiers,
    "months": _months, "nonworking": _nonworking, "due_soon": durations,
}  # fmt: skip
_settings = st.sampled_from(list(_setting_values)).flatmap(
    lambda kind: st.builds(ast.Setting, st.just(kind), _setting_values[kind], comments=item_comments)
)


def _param(value: ast.Expr, bounds: tuple, *, name: ast.Name, **rest: Any) -> ast.ParamDecl:
    return ast.ParamDecl(name, value=value, low=bounds[0], high=bounds[1], **rest)


_bounds = st.just((None, None)) | st.tuples(_simple, _simple)
_fields = st.builds(ast.FieldDecl, names, types, _flags, maybe_label, comments=item_comments)
_members = st.builds(ast.MemberDecl, names, maybe_label, comments=item_comments)
_arguments = st.lists(st.builds(ast.Argument, names, types, maybe_label), max_size=3).map(tuple)


def _several(items: st.SearchStrategy, most: int) -> st.SearchStrategy[tuple]:
    return st.lists(items, max_size=most).map(tuple)


_extends = st.builds(ast.ExtendsClause, names, texts, comments=item_comments)
_changes = _several(_bases | _notes | _periods_in_force, 3)
_rule_lists = st.lists(rule_ids, min_size=1, max_size=3).map(tuple)

declarations = st.one_of(
    st.builds(ast.PackHeader, names, texts, _several(_settings | _extends | _bases | _notes, 4), comments=declaration_comments),
    st.builds(ast.EntityDecl, names, maybe_label, _several(_fields, 4), comments=declaration_comments),
    st.builds(ast.EnumDecl, names, maybe_label, _several(_members, 4), comments=declaration_comments),
    st.builds(_param, _simple, _bounds, name=names, label=maybe_label, type=types, items=_described, comments=declaration_comments),
    st.builds(ast.DefineDecl, names, maybe_label, _arguments, _expressions, _described, comments=declaration_comments),
    st.builds(ast.RuleDecl, rule_ids, maybe_label, _clauses, comments=declaration_comments),
    st.builds(ast.NoRuleDecl, _own_places, _several(_reasons, 2), comments=declaration_comments),
    st.builds(ast.CaseDecl, labels, days, _several(_case_item, 4), comments=declaration_comments),
    st.builds(ast.SetDecl, names, _simple, _changes, comments=declaration_comments),
    st.builds(ast.DisableDecl, _rule_lists, _changes, comments=declaration_comments),
    st.builds(ast.OverrideDecl, _rule_lists, maybe_label, _override_clauses, comments=declaration_comments),
    st.builds(ast.ExtendEntityDecl, names, _several(_fields | _bases | _notes, 4), comments=declaration_comments),
    st.builds(ast.ExtendEnumDecl, names, _several(_members | _bases | _notes, 4), comments=declaration_comments),
)


def files() -> st.SearchStrategy[ast.File]:
    """Whole files."""
    comments = st.just(ast.NO_COMMENTS) | st.builds(lambda last: ast.Comments(last=last), _before)
    return st.builds(ast.File, _several(declarations, 3), st.sampled_from(["zh", "en"]), comments=comments)
