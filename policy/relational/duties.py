"""What a duty comes to, in SQL: its status and its fulfilment day; and then what is missing and which rows decided."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from policy.lang import ir
from policy.relational import sql
from policy.relational.expressions import Rows, of_row, over, scalar
from policy.relational.frame import Scope
from policy.relational.missing import NAMES, missing, together
from policy.relational.sql import Sql
from policy.relational.witnesses import Wanted, deciding_rows, listed_rows

__all__ = ["ATTESTED", "Finding", "attested_of", "duty_missing", "duty_rows", "judge_duty"]

ATTESTED = "attested"
"""The table of what people have found: `rule`, `subject` (its canonical text), `conclusion`, and `key` of the attestation."""


class Finding(NamedTuple):
    """Two expressions: the status, and the day of fulfilment or nothing."""

    status: Sql
    fulfilled: Sql


class Question(NamedTuple):
    """What a duty is judged by besides the scope: the rule, its subject's text, and the due day (nothing: the rule has none)."""

    rule: ir.Rule
    subject: Sql
    due: Sql | None


_NO_DAY = sql.null("DATE")


def judge_duty(rule: ir.Rule, subject: Sql, due: Sql | None, scope: Scope) -> Finding:
    """The finding on the duty of a rule, exceptions and waivers aside."""
    return _DUTIES[type(rule.duty)](rule.duty, Question(rule, subject, due), scope)


# --- something that is to exist or to be done --------------------------------------------------------------------------


def _rows(duty: ir.Existence, scope: Scope) -> tuple[Rows, dict[str, Sql]]:
    """The rows that fulfil the duty or may do so, with the day of each, which those that may have need not."""
    rows = over(duty.source, duty.var, duty.body, scope)
    day = _NO_DAY if duty.day is None else scalar(duty.day, rows.scope)
    return rows, {"day": day}


def _sure(rule: ir.Rule) -> Sql:
    truth = sql.is_true(of_row("truth"))
    return truth if rule.due is None else sql.all_of([truth, sql.is_filled(of_row("day"))])


def _existence(duty: ir.Existence, question: Question, scope: Scope) -> Finding:
    rows, values = _rows(duty, scope)
    unsure = sql.negate(_sure(question.rule))
    summary = {
        "day": sql.filtered(sql.call("min", sql.coalesce(of_row("day"), sql.literal(datetime.date.max))), _sure(question.rule)),
        "unsure": sql.count(unsure),
        "undated": sql.count(sql.all_of([unsure, sql.is_null(of_row("day"))])),
        "rival": sql.filtered(sql.call("min", of_row("day")), unsure),
    }
    found = rows.summary(scope.frame, values, summary)
    day = sql.column(found, "day")
    some = sql.negate(sql.is_none(sql.column(found, "unsure")))
    if question.due is None:
        branches = ((sql.is_filled(day), sql.literal("satisfied")), (some, sql.literal("unknown")))
        return Finding(sql.case(*branches, otherwise=sql.literal("violated")), _NO_DAY)
    undated = sql.negate(sql.is_none(sql.column(found, "undated")))
    in_time = sql.any_of([undated, sql.is_true(sql.compare("le", sql.column(found, "rival"), question.due))])
    open_ = sql.any_of([in_time, sql.all_of([some, sql.is_null(day)])])
    prompt = sql.is_true(sql.compare("le", day, question.due))
    no_due = sql.is_null(question.due)
    status = sql.case(
        (no_due, sql.literal("unknown")), (prompt, sql.literal("satisfied")), (open_, sql.literal("unknown")),
        (sql.is_filled(day), sql.literal("late")), otherwise=_waiting(question.due, scope),
    )  # fmt: skip
    return Finding(status, sql.case((sql.any_of([no_due, prompt, sql.negate(open_)]), day)))


def _waiting(due: Sql, scope: Scope) -> Sql:
    """Nothing has been done: violated after the due day, due soon within the window before it."""
    as_of, window = sql.literal(scope.world.as_of), sql.literal(scope.world.parameters["due_soon"])
    passed, near = sql.compare("lt", due, as_of), sql.compare("le", sql.subtract(due, as_of), window)
    return sql.case((passed, sql.literal("violated")), (near, sql.literal("due_soon")), otherwise=sql.literal("pending"))


def _filled(duty: ir.Filled, question: Question, scope: Scope) -> Finding:
    assert question.due is not None, "what is to be filled has a due day"
    day = scope.frame.named(scalar(duty.day, scope))
    day = sql.case((sql.compare("le", day, sql.literal(scope.world.as_of)), day))
    status = sql.case(
        (sql.is_null(question.due), sql.literal("unknown")), (sql.is_null(day), _waiting(question.due, scope)),
        (sql.compare("le", day, question.due), sql.literal("satisfied")), otherwise=sql.literal("late"),
    )  # fmt: skip
    return Finding(status, day)


# --- something that is to hold -----------------------------------------------------------------------------------------


def _holding(truth: Sql, otherwise: str) -> Finding:
    branches = ((truth, sql.literal("satisfied")), (sql.is_null(truth), sql.literal("unknown")))
    return Finding(sql.case(*branches, otherwise=sql.literal(otherwise)), _NO_DAY)


def _state(duty: ir.State, question: Question, scope: Scope) -> Finding:
    return _holding(scope.frame.named(scalar(duty.condition, scope)), "violated")


def _permission(duty: ir.Permission, question: Question, scope: Scope) -> Finding:
    return _holding(scope.frame.named(scalar(duty.condition, scope)), "not_applicable")


# --- something that people decide --------------------------------------------------------------------------------------


def attested_of(rule: ir.Rule, subject: Sql, scope: Scope) -> str:
    """The relation that has what people have found of the subject."""
    return scope.frame.match(ATTESTED, {"rule": sql.literal(rule.id), "subject": sql.canonical(subject)})


def _attestation(duty: ir.Attestation, question: Question, scope: Scope) -> Finding:
    found = sql.column(attested_of(question.rule, question.subject, scope), "conclusion")
    branches = ((sql.is_null(found), sql.literal("attest")), (found, sql.literal("satisfied")))
    return Finding(sql.case(*branches, otherwise=sql.literal("violated")), _NO_DAY)


_DUTIES: dict[type, Callable[[Any, Question, Scope], Finding]] = {
    ir.Existence: _existence,
    ir.Filled: _filled,
    ir.State: _state,
    ir.Permission: _permission,
    ir.Attestation: _attestation,
}


# --- looking closer ----------------------------------------------------------------------------------------------------


def duty_missing(rule: ir.Rule, due: Sql | None, scope: Scope) -> Sql | None:
    """The fields that made the finding on a duty unknown."""
    duty = rule.duty
    if isinstance(duty, ir.State | ir.Permission):
        return missing(duty.condition, scope)
    if isinstance(duty, ir.Attestation):
        return None
    no_due = None if rule.due is None else missing(rule.due.unrolled, scope)
    if isinstance(duty, ir.Filled):
        return no_due
    in_rows = _missing_in_rows(duty, rule, due, scope)
    if due is None:
        return in_rows
    return sql.case((sql.is_null(due), no_due or sql.null(NAMES)), otherwise=in_rows or sql.null(NAMES))


def _missing_in_rows(duty: Any, rule: ir.Rule, due: Sql | None, scope: Scope) -> Sql | None:
    """The fields missing in the rows that may fulfil a duty."""
    rows, values = _rows(duty, scope)
    of_day = None if duty.day is None else missing(duty.day, rows.scope)
    names = together(missing(rows.rest, rows.scope), of_day)
    if names is None:
        return None
    known, open_ = sql.is_filled(of_row("names")), _open(rule, due)
    lists = {name: sql.call("flatten", sql.listed(of_row("names"), sql.all_of([known, meant]))) for name, meant in open_.items()}
    found = rows.summary(scope.frame, {**values, "names": names}, {**lists, "rivals": sql.count(open_["prompt"])})
    return sql.case((sql.is_none(sql.column(found, "rivals")), sql.column(found, "any")), otherwise=sql.column(found, "prompt"))


def _open(rule: ir.Rule, due: Sql | None) -> dict[str, Sql]:
    """The rows that may fulfil a duty: any of them, and those of them that could do so in time."""
    unsure = sql.negate(_sure(rule))
    if due is None:
        return {"any": unsure, "prompt": unsure}
    return {"any": unsure, "prompt": sql.all_of([unsure, sql.coalesce(sql.compare("le", of_row("day"), due), sql.literal(True))])}


def duty_rows(rule: ir.Rule, subject: Sql, due: Sql | None, status: Sql, among: Collection[str], scope: Scope) -> Sql | None:
    """The rows that decided the duty, whose finding had this status, which is one of some."""
    duty = rule.duty
    if isinstance(duty, ir.State):
        rows = deciding_rows(duty.condition, Wanted("satisfied" in among, "violated" in among, "unknown" in among), scope)
        branches = [
            (sql.compare("eq", status, sql.literal(name)), found)
            for name, found in (("satisfied", rows.yes), ("violated", rows.no), ("unknown", rows.open)) if found is not None
        ]  # fmt: skip
        return sql.case(*branches) if branches else None
    if isinstance(duty, ir.Attestation):
        key = sql.column(attested_of(rule, subject, scope), "key")
        witness = sql.struct(var=sql.literal("attestation"), entity=sql.literal("attestation"), key=key)
        return sql.case((sql.is_filled(key), sql.call("list_value", witness)))
    if not isinstance(duty, ir.Existence):
        return None
    rows, values = _rows(duty, scope)
    order = sql.coalesce(of_row("day"), sql.literal(datetime.date.max))
    sure = listed_rows(rows, duty, {"sure": _sure(rule), **_open(rule, due)}, values, scope, {"sure": [order, of_row("key")]})
    best = sql.call("list_slice", sure["sure"], sql.number(1), sql.number(1))
    some = sql.case((sql.is_none(sql.call("len", sure["prompt"])), sure["any"]), otherwise=sure["prompt"])
    by_best = sql.any_of([sql.compare("ne", status, sql.literal("unknown")), *([] if due is None else [sql.is_null(due)])])
    return sql.case((by_best, best), otherwise=some)
