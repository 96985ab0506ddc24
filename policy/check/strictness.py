"""What can be seen of a changed clause without data: whether a rule may be less strict with it."""

from __future__ import annotations

from policy.lang import ast
from policy.lang.outcome import SEVERITIES

__all__ = ["milder"]


def milder(rule: ast.RuleDecl, clause: ast.Clause) -> bool:
    """Whether the rule may ask less with `clause` in the place of its own, or besides it.

    A severity may rise and a period until the due day, after the same day and of the same unit, may shrink. What else changes the
    cases, the duty or the exceptions may ask less, and counts as milder although it need not be.
    """
    old = next((one for one in rule.clauses if type(one) is type(clause)), None)
    if isinstance(clause, ast.OtherwiseClause) and isinstance(old, ast.OtherwiseClause):
        return SEVERITIES.index(clause.severity) > SEVERITIES.index(old.severity)
    if isinstance(clause, ast.DueClause) and isinstance(old, ast.DueClause):
        return not _sooner(clause, old)
    return not isinstance(clause, (ast.RemedyClause, ast.NoteClause, ast.FinalClause))


def _sooner(clause: ast.DueClause, old: ast.DueClause) -> bool:
    """Whether a due day is the same day plus a period of the same unit that is no longer, moved off days off in the same way."""
    modes = (clause.months, clause.nonworking) == (old.months, old.nonworking)
    new, before = clause.value, old.value
    if not modes or not isinstance(new, ast.Shift) or not isinstance(before, ast.Shift):
        return modes and new == before
    periods = isinstance(new.period, ast.Duration) and isinstance(before.period, ast.Duration)
    same_day = new.base == before.base and new.direction == before.direction == "after"
    return same_day and periods and new.period.unit == before.period.unit and new.period.amount <= before.period.amount
