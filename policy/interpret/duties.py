"""What a duty comes to for one subject: its status, fulfilment day, and the rows that decided it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from policy.interpret.expressions import called, evaluate, meaning, negation, scanner, truths
from policy.interpret.missing import missing_fields
from policy.interpret.world import Env
from policy.lang import ir
from policy.lang.decisions import Decisions

__all__ = ["DutyMeaning", "Finding", "duty_meaning"]


Rows = tuple[tuple[str, Any], ...]
"""Rows with the variable that each is the value of, by key."""


def _no_rows() -> Rows:
    return ()


class Finding(NamedTuple):
    """`rows` gives the rows that decided it, found when somebody asks; `missing` are fields, for `unknown` only."""

    status: str
    fulfilled: datetime.date | None = None
    rows: Callable[[], Rows] = _no_rows
    missing: frozenset[str] = frozenset()


DutyMeaning = Callable[[str, datetime.date | None, Env], Finding]
"""The finding on a subject, exceptions and waivers aside: given its text, its due day, and the scope that it is bound in."""


def duty_meaning(rule: ir.Rule, attestations: Decisions, env: Env) -> DutyMeaning:
    """The function that the duty of a rule stands for. Of `env` only the `let`s and the world count."""
    return _DUTIES[type(rule.duty)](rule.duty, rule, attestations, env)


# --- something that is to exist or to be done --------------------------------------------------------------------------


def _existence(duty: ir.Existence, rule: ir.Rule, attestations: Decisions, env: Env) -> DutyMeaning:
    rows, day_of = scanner(duty.source, duty.var, duty.body, env), duty.day and meaning(duty.day, env)

    def finding(subject: str, due: datetime.date | None, env: Env) -> Finding:
        sure, uncertain = [], []
        for row, truth in rows(env.vars):
            day = day_of and day_of(env.vars)
            (sure if truth and (day is not None or rule.due is None) else uncertain).append((day, row))
        best = min(sure, key=lambda pair: pair[0] or datetime.date.max, default=None)
        if rule.due is None:
            return _exists(duty, best, uncertain, env)
        return _by_due_day(duty, rule, due, best, uncertain, env)

    return finding


def _exists(duty: ir.Existence, best: tuple | None, uncertain: list[tuple], env: Env) -> Finding:
    if best is not None:
        return Finding("satisfied", rows=lambda: ((duty.var, best[1]),))
    if uncertain:
        return _uncertain(duty, uncertain, env)
    return Finding("violated")


def _by_due_day(
    duty: ir.Existence, rule: ir.Rule, due: datetime.date | None, best: tuple | None, uncertain: list[tuple], env: Env
) -> Finding:  # fmt: skip
    if due is None:
        return Finding("unknown", best and best[0], lambda: _rows(duty, [best] if best else []), _missing_due(rule, env))
    if best is not None and best[0] <= due:
        return Finding("satisfied", best[0], lambda: ((duty.var, best[1]),))
    in_time = [(day, row) for day, row in uncertain if day is None or day <= due]
    if in_time or (uncertain and best is None):
        return _uncertain(duty, in_time or uncertain, env)
    if best is not None:
        return Finding("late", best[0], lambda: ((duty.var, best[1]),))
    return Finding(_waiting(due, env))


def _uncertain(duty: ir.Existence, pairs: list[tuple], env: Env) -> Finding:
    """Rows that may fulfil the duty: their condition is unknown, or they lack the day."""
    missing: frozenset[str] = frozenset()
    for _, row in pairs:
        inner = env.bind(duty.var, row)
        missing |= missing_fields(duty.body, inner)
        if duty.day is not None:
            missing |= missing_fields(duty.day, inner)
    return Finding("unknown", rows=lambda: _rows(duty, pairs), missing=missing)


def _rows(duty: ir.Existence, pairs: list[tuple]) -> Rows:
    return tuple((duty.var, row) for _, row in pairs)


def _missing_due(rule: ir.Rule, env: Env) -> frozenset[str]:
    return missing_fields(rule.due.unrolled, env)


def _waiting(due: datetime.date, env: Env) -> str:
    """Nothing has been done: violated after the due day, due soon within the window before it."""
    as_of = env.world.as_of
    if as_of > due:
        return "violated"
    window = env.world.parameters["due_soon"].amount
    return "due_soon" if (due - as_of).days <= window else "pending"


def _filled(duty: ir.Filled, rule: ir.Rule, attestations: Decisions, env: Env) -> DutyMeaning:
    day_of = meaning(duty.day, env)

    def finding(subject: str, due: datetime.date | None, env: Env) -> Finding:
        day = day_of(env.vars)
        if day is not None and day > env.world.as_of:
            day = None
        if due is None:
            return Finding("unknown", day, missing=_missing_due(rule, env))
        if day is None:
            return Finding(_waiting(due, env))
        return Finding("satisfied" if day <= due else "late", day)

    return finding


# --- something that is to hold -----------------------------------------------------------------------------------------


def _state(duty: ir.State, rule: ir.Rule, attestations: Decisions, env: Env) -> DutyMeaning:
    condition = meaning(duty.condition, env)

    def finding(subject: str, due: datetime.date | None, env: Env) -> Finding:
        truth = condition(env.vars)
        status = "unknown" if truth is None else "satisfied" if truth else "violated"
        missing = missing_fields(duty.condition, env) if truth is None else frozenset()
        return Finding(status, rows=lambda: _deciding_rows(duty.condition, truth, env), missing=missing)

    return finding


def _deciding_rows(condition: ir.Expr, truth: bool | None, env: Env) -> Rows:
    """The rows on which quantifiers and counts turned that decided the condition; `truth` is its value."""
    if isinstance(condition, ir.Not):
        return _deciding_rows(condition.operand, None if truth is None else not truth, env)
    if isinstance(condition, ir.And | ir.Or):
        return _of_operands(condition, truth, env)
    if isinstance(condition, ir.Let):
        return _deciding_rows(env.lets[condition.name], truth, env.apart())
    if isinstance(condition, ir.Call):
        body, inner = called(condition, env)
        return _deciding_rows(body, truth, inner)
    if isinstance(condition, ir.Exists):
        return _witnesses(condition, condition.body, truth, env)
    if isinstance(condition, ir.Every):
        return _witnesses(condition, env.world.counter(condition, negation), None if truth is None else not truth, env)
    if isinstance(condition, ir.Compare):
        return tuple(pair for side in (condition.left, condition.right) for tally in _tallies(side, env) for pair in _tallied(tally, truth, env))
    return ()


def _of_operands(condition: ir.And | ir.Or, truth: bool | None, env: Env) -> Rows:
    """Of all operands that have the value of the whole."""
    having = [operand for operand in condition.operands if evaluate(operand, env) is truth]
    return tuple(pair for operand in having for pair in _deciding_rows(operand, truth, env))


def _tallies(expr: ir.Expr, env: Env) -> list[ir.Count | ir.Aggregate]:
    """The counts, sums and extremes that a value is worked out from."""
    while isinstance(expr, ir.Let):
        expr = env.lets[expr.name]
    if isinstance(expr, ir.Count | ir.Aggregate):
        return [expr]
    return [one for argument in expr.arguments for one in _tallies(argument, env)] if isinstance(expr, ir.Apply) else []


def _witnesses(condition: Any, body: ir.Expr, truth: bool | None, env: Env) -> Rows:
    """For a true body the rows that make it so, for an unknown one those that leave it open."""
    found = [row for row, row_truth in truths(condition.source, condition.var, body, env) if row_truth is truth]
    return tuple((condition.var, row) for row in found)


def _tallied(tally: ir.Count | ir.Aggregate, truth: bool | None, env: Env) -> list[tuple[str, Any]]:
    found = [row for row, sure in truths(tally.source, tally.var, tally.body, env) if sure or truth is None]
    return [(tally.var, row) for row in found]


def _permission(duty: ir.Permission, rule: ir.Rule, attestations: Decisions, env: Env) -> DutyMeaning:
    condition = meaning(duty.condition, env)

    def finding(subject: str, due: datetime.date | None, env: Env) -> Finding:
        truth = condition(env.vars)
        status = "unknown" if truth is None else "satisfied" if truth else "not_applicable"
        return Finding(status, missing=missing_fields(duty.condition, env) if truth is None else frozenset())

    return finding


# --- something that people decide --------------------------------------------------------------------------------------


def _attestation(duty: ir.Attestation, rule: ir.Rule, attestations: Decisions, env: Env) -> DutyMeaning:
    """The newest signed finding that has not expired."""
    calendar = env.world.calendar

    def finding(subject: str, due: datetime.date | None, env: Env) -> Finding:
        attestations.judge(rule.id, subject, duty.valid, calendar)
        newest = attestations.newest(rule.id, subject, duty.valid, calendar)
        if newest is None:
            return Finding("attest")
        return Finding("satisfied" if attestations.value(newest, "conclusion") else "violated", rows=lambda: (("attestation", newest),))

    return finding


_DUTIES: dict[type, Callable[[Any, ir.Rule, Decisions, Env], DutyMeaning]] = {
    ir.Existence: _existence,
    ir.Filled: _filled,
    ir.State: _state,
    ir.Permission: _permission,
    ir.Attestation: _attestation,
}
