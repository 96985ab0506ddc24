"""Booleans and values as formulas: three-valued truth as two formulas, a value as a term and whether it is missing.

A formula is a Python bool where it is known beforehand, else one of z3, so that what is known is folded away while a rule is read.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import z3

__all__ = ["Formula", "Number", "Truth", "Value", "as_truth", "as_value", "both", "choose", "either", "equal", "implies", "negated", "pick"]

Formula = Any
"""A bool or a z3 formula."""


class Value(NamedTuple):
    """A term and the formula that says when it is missing; `entity` where it is a row of a known entity."""

    term: Any
    missing: Formula = False
    entity: str | None = None


class Truth(NamedTuple):
    """When a condition is true and when it is false; else it is unknown."""

    true: Formula
    false: Formula

    @property
    def unknown(self) -> Formula:
        return both(negated(self.true), negated(self.false))


class Number(NamedTuple):
    """A count: at least `low`, at most `high`."""

    low: Any
    high: Any


def both(*formulas: Formula) -> Formula:
    """Their conjunction."""
    if any(formula is False for formula in formulas):
        return False
    left = [formula for formula in formulas if formula is not True]
    return True if not left else left[0] if len(left) == 1 else z3.And(*left)


def either(*formulas: Formula) -> Formula:
    """Their disjunction."""
    if any(formula is True for formula in formulas):
        return True
    left = [formula for formula in formulas if formula is not False]
    return False if not left else left[0] if len(left) == 1 else z3.Or(*left)


def negated(formula: Formula) -> Formula:
    """What holds where the formula does not."""
    return not formula if isinstance(formula, bool) else z3.Not(formula)


def implies(first: Formula, second: Formula) -> Formula:
    """The second wherever the first holds."""
    return either(negated(first), second)


def equal(first: Any, second: Any) -> Formula:
    """Whether two terms are the same; known where both are numbers of Python."""
    result = first == second
    return bool(result) if isinstance(result, bool) else result


def choose(condition: Formula, then: Any, otherwise: Any) -> Any:
    """One term or the other."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    if then is otherwise or (isinstance(then, (bool, int)) and type(then) is type(otherwise) and then == otherwise):
        return then
    if isinstance(then, bool) and isinstance(otherwise, bool):
        return condition if then else negated(condition)
    if isinstance(then, bool):
        then = z3.BoolVal(then, condition.ctx)
    if isinstance(then, int) and isinstance(otherwise, int):
        then = z3.IntVal(then, condition.ctx)
    return z3.If(condition, then, otherwise)


def pick(condition: Formula, then: Value, otherwise: Value) -> Value:
    """One value or the other."""
    entity = then.entity if then.entity == otherwise.entity else None
    return Value(choose(condition, then.term, otherwise.term), choose(condition, then.missing, otherwise.missing), entity)


def as_truth(what: Truth | Value) -> Truth:
    """A value of type bool as a truth: unknown where it is missing."""
    if isinstance(what, Truth):
        return what
    return Truth(both(negated(what.missing), what.term), both(negated(what.missing), negated(what.term)))


def as_value(what: Truth | Value) -> Value:
    """A truth as a value: missing where it is unknown."""
    return what if isinstance(what, Value) else Value(what.true, what.unknown)
