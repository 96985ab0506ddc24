"""What the cases of a pack reach: statuses of rules, and truth values of conditions."""

from __future__ import annotations

from collections.abc import Iterator

from policy.lang import ir
from policy.lang.noun import noun
from policy.lang.types import BOOL
from policy.lang.uses import deciding
from policy.lang.walk import children
from policy.source import Span

__all__ = ["TRUTHS", "Atom", "Coverage", "Covered", "atoms_of", "decisions_of", "is_truth", "possible", "truths_of"]

TRUTHS = ("true", "false", "unknown")
_LOGIC = (ir.And, ir.Or, ir.Not)
_TRUTH = (ir.And, ir.Or, ir.Not, ir.Compare, ir.Linked, ir.IsMissing, ir.In, ir.Exists, ir.Every, ir.Under)


def is_truth(expr: ir.Expr) -> bool:
    """Whether the value of an expression is a truth value."""
    return isinstance(expr, _TRUTH) or getattr(expr, "type", None) == BOOL


def atoms_of(decision: ir.Expr) -> Iterator[ir.Expr]:
    """The conditions that a decision puts together by `and`, `or` and `not`: its parts that are none of these, constants aside."""
    if isinstance(decision, _LOGIC):
        for part in children(decision):
            yield from atoms_of(part)
    elif not isinstance(decision, ir.Const):
        yield decision


def decisions_of(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The decisions in an expression: itself, if it is a truth value, and what rows have to fulfil, and what an `if` asks, inside of it."""
    if is_truth(expr):
        yield expr
        for atom in atoms_of(expr):
            yield from _inside(atom)
    else:
        yield from _inside(expr)


def _inside(expr: ir.Expr) -> Iterator[ir.Expr]:
    for part in children(expr):
        if part is getattr(expr, "body", None) or part is getattr(expr, "condition", None):
            yield from decisions_of(part)
        elif is_truth(part) and isinstance(expr, ir.If):
            yield from decisions_of(part)
        else:
            yield from _inside(part)


def truths_of(atom: ir.Expr) -> tuple[str, ...]:
    """The values that a condition should have had: whether something is missing, or linked to a row, is always known, and so is a parameter."""
    return TRUTHS[:2] if isinstance(atom, ir.IsMissing | ir.Linked | ir.Param) else TRUTHS


def possible(rule: ir.Rule) -> tuple[str, ...]:
    """The statuses that a rule of its kind can come to, as far as its form shows."""
    by_day = ("satisfied", "late", "violated", "due_soon", "pending")
    match rule.duty:
        case ir.Existence() | ir.Filled() if rule.due is not None:
            found = by_day
        case ir.Attestation():
            found = ("satisfied", "violated", "attest")
        case ir.Permission():
            found = ("satisfied", "not_applicable")
        case _:
            found = ("satisfied", "violated")
    found += ("excused",) if rule.exceptions else ()
    found += ("not_applicable",) if rule.when is not None and "not_applicable" not in found else ()
    return (*found, "unknown") if any(True for _ in deciding(rule)) else found


@noun
class Atom:
    """A condition: where it stands, its text, the truth values that it had, and those with which it decided."""

    file: str
    span: Span
    text: str
    goals: tuple[str, ...]
    seen: tuple[str, ...]
    decided: tuple[str, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The values with which it never decided."""
        return tuple(goal for goal in self.goals if goal not in self.decided)


@noun
class Covered:
    """A rule or a definition: `statuses` are those that cases reach of those that it can come to (`possible`; a definition has none)."""

    name: str
    title: str
    file: str
    span: Span
    possible: tuple[str, ...]
    statuses: tuple[str, ...]
    atoms: tuple[Atom, ...]

    @property
    def goals(self) -> int:
        """How much there is to reach."""
        return len(self.possible) + sum(len(atom.goals) for atom in self.atoms)

    @property
    def reached(self) -> int:
        """How much of it cases reach."""
        reached = sum(status in self.statuses for status in self.possible)
        return reached + sum(len(atom.goals) - len(atom.lacking) for atom in self.atoms)


@noun
class Coverage:
    """What the cases of a pack reach of its rules and definitions."""

    pack: str
    cases: int
    parts: tuple[Covered, ...]

    @property
    def goals(self) -> int:
        return sum(part.goals for part in self.parts)

    @property
    def reached(self) -> int:
        return sum(part.reached for part in self.parts)

    @property
    def percent(self) -> float:
        """How much of what there is to reach is reached; all of nothing."""
        return 100 * self.reached / self.goals if self.goals else 100.0
