"""Steps of conditions and of values → lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from policy.lang import ir
from policy.lang.keywords import status_word
from policy.lang.outcome import subject_text
from policy.lang.proof import Cell, Cited, Found, Line, Ref, Step
from policy.lang.types import enum_type
from policy.messages.place import place
from policy.prove.days import month_end, moved
from policy.prove.words import Words
from policy.prove.world import VIOLATION, World

__all__ = ["Conditions", "truth_of"]

_QUANTIFIERS = (ir.Exists, ir.Every, ir.Count, ir.Aggregate, ir.Pick)
_COMPUTED = (*_QUANTIFIERS, ir.Call, ir.Let, ir.Param, ir.Shift, ir.Rolled, ir.If, ir.Apply, ir.Nearest)
_TRUTHS = (ir.And, ir.Or, ir.Not, ir.Compare, ir.Linked, ir.IsMissing, ir.In, ir.Under)
_SHOWN = 8
"""Rows that count, of one quantifier; there may be thousands."""


def truth_of(value: object) -> str:
    """The truth of a line."""
    return {True: "true", False: "false"}.get(value, "unknown") if value is None or isinstance(value, bool) else ""


class Conditions:
    """Tells steps in words."""

    def __init__(self, words: Words, world: World) -> None:
        self.words = words
        self.world = world
        self._told: set[str] = set()

    def lines(self, step: Step) -> tuple[Line, ...]:
        """A condition, its parts each on a line of their own; of a false one those that make it so, of an unknown one likewise."""
        if not isinstance(step.expr, ir.And):
            return (self.line(step),)
        told = [part for part in step.steps if step.value or part.value is not True]
        return tuple(line for part in told for line in self.lines(part))

    def line(self, step: Step) -> Line:
        """A condition on a line, with what it unfolds to."""
        return Line("condition", self.words.expr(step.expr), truth_of(step.value), self.cells(step), tuple(self._below(step)))

    def _below(self, step: Step) -> Iterable[Line]:
        expr = step.expr
        if isinstance(expr, ir.And):
            return self.lines(step)
        if isinstance(expr, ir.Or):
            return [line for part in step.steps if part.value is step.value for line in self.lines(part)]
        if isinstance(expr, ir.Not):
            return self._denied(step.steps[0])
        if isinstance(expr, ir.Call):
            return self._called(step)
        if isinstance(expr, ir.Let):
            return self.lines(step.steps[0])
        if isinstance(expr, _QUANTIFIERS):
            return self.rows(step)
        return self.values(step.steps)

    def _denied(self, operand: Step) -> Iterable[Line]:
        """What the operand of a `not` unfolds to; a simple one has nothing to add."""
        if isinstance(operand.expr, ir.And | ir.Or | ir.Call | ir.Let):
            return self.lines(operand)
        return self._below(operand)

    def _called(self, step: Step) -> Iterable[Line]:
        """The arguments that are worked out, and the body of a definition."""
        return *self.values(step.steps), *self.lines(step.found[0].steps[0])

    # --- values

    def values(self, steps: Iterable[Step]) -> Iterator[Line]:
        """The values among the parts of an expression that are worked out: their lines."""
        for step in steps:
            if isinstance(step.expr, _TRUTHS):
                yield from self.lines(step)
            elif isinstance(step.expr, ir.Rolled):
                yield from self.values(step.steps)
                yield from moved(step, self.words)
            elif isinstance(step.expr, _COMPUTED):
                yield self.value(step)
            else:
                yield from self._dangling(step)
                yield from self.values(step.steps)

    def value(self, step: Step) -> Line:
        """A value on a line, with what it is made of."""
        if _is_truth(step):
            return self.line(step)
        return Line("note", self.said(step), "", self.cells(step), tuple(self._made_of(step)))

    def _made_of(self, step: Step) -> Iterator[Line]:
        """What a value is made of; of a `let` only where it is used first."""
        if isinstance(step.expr, ir.Let):
            if step.expr.name in self._told:
                return
            self._told.add(step.expr.name)
        if isinstance(step.expr, (*_QUANTIFIERS, ir.Nearest)):
            yield from self.rows(step)
            return
        yield from self.values(self._parts(step))
        if isinstance(step.expr, ir.Shift):
            yield from month_end(step, self.words)

    def said(self, step: Step) -> str:
        """`X：value`."""
        hidden = any(cell.confidential for cell in self._all_cells(step))
        value = self.words.say("X84") if hidden else self.words.value(step.value, getattr(step.expr, "type", None))
        return self.words.say("X17", expr=self.words.expr(step.expr), value=value)

    def _dangling(self, step: Step) -> Iterator[Line]:
        """A reference to a row that cannot be seen."""
        if isinstance(step.expr, ir.Field) and step.expr.type.is_ref and step.value is None and step.cells and step.cells[0].value:
            row = Ref(step.expr.type.name or "", str(step.cells[0].value))
            if not self.cell(step.cells[0]).confidential:
                yield Line("note", self.words.say("X85", row=self.words.row(row), as_of=self.world.premises.as_of))

    # --- rows

    def rows(self, step: Step) -> Iterator[Line]:
        """How many rows were looked at, those that count, and those that come nearest."""
        expr = step.expr
        if isinstance(expr, ir.Nearest):
            yield from self.values(step.steps)
            yield from (self.row(found, expr) for found in step.found)
            return
        truths = [self._counts(found, expr) for found in step.found]
        yield Line("note", self._counted(expr, self.world.count(expr.source), truths))
        counted = [found for found, truth in zip(step.found, truths) if truth is not False]
        refused = [found for found, truth in zip(step.found, truths) if truth is False]
        yield from (self.row(found, expr) for found in (*counted[:_SHOWN], *refused))
        if len(counted) > _SHOWN:
            yield Line("note", self.words.say("X24", count=len(counted) - _SHOWN))

    def _counted(self, expr: Any, total: int, truths: list[bool | None]) -> str:
        entity = self.words.entity(expr.source.entity if isinstance(expr.source, ir.Rows) else VIOLATION)
        if isinstance(expr, ir.Every):
            return self.words.say("X22", entity=entity, rows=total, broken=truths.count(False), unknown=truths.count(None))
        if isinstance(expr, ir.Exists) and True in truths:
            return self.words.say("X21", entity=entity, rows=total)
        return self.words.say("X20", entity=entity, rows=total, true=truths.count(True), unknown=truths.count(None))

    def _counts(self, found: Found, expr: ir.Expr) -> bool | None:
        """Whether a row meets the condition; an unknown outcome may be no violation."""
        truth, row = found.steps[0].value, found.scope[0][1]
        unsure = isinstance(row, Ref) and not self.world.is_sure(row)
        return None if unsure and truth is not isinstance(expr, ir.Every) else truth

    def row(self, found: Found, expr: Any) -> Line:
        """A row that was looked at, with the conditions that it fails, or all where it meets them."""
        row: Any = found.scope[0][1]
        condition, *more = found.steps
        lines = () if isinstance(expr.body, ir.Const) else self.lines(condition)
        cells = tuple(cell for step in more for cell in self.cells(step))
        return Line("row", self.row_name(row), truth_of(self._counts(found, expr)), cells, lines)

    def row_name(self, row: Ref) -> str:
        """A row by its key; a violation by the outcome that it is."""
        if row.entity != VIOLATION:
            return self.words.row(row)
        one = self.world.violation(row)
        status = status_word(one.status, self.words.language)
        return self.words.say("X23", rule=one.rule, subject=subject_text(one.subject), status=status)

    # --- cells

    def cells(self, step: Step) -> tuple[Cell, ...]:
        """The cells that an expression reads itself: not those of what it works out, whose lines have them."""
        while isinstance(step.expr, ir.Not):
            step = step.steps[0]
        if isinstance(step.expr, ir.And | ir.Or):
            return ()
        return tuple(dict.fromkeys(self.cell(cited) for cited in self._own(step)))

    def _own(self, step: Step) -> Iterator[Cited]:
        for part in self._parts(step):
            if not isinstance(part.expr, (*_COMPUTED, *_TRUTHS)):
                yield from self._own(part)
        yield from (cited for cited in step.cells if cited.row.entity != VIOLATION or cited.value is not None)

    def _parts(self, step: Step) -> tuple[Step, ...]:
        """The steps of a value's parts, of a definition that is called its body too."""
        return (*step.steps, *step.found[0].steps) if isinstance(step.expr, ir.Call) and not _is_truth(step) else step.steps

    def _all_cells(self, step: Step) -> Iterator[Cell]:
        yield from map(self.cell, step.cells)
        for part in (*step.steps, *(one for found in step.found for one in found.steps)):
            yield from self._all_cells(part)

    def cell(self, cited: Cited) -> Cell:
        """A cell with its value in words, unless that is confidential."""
        entity, words = self.world.pack.vocabulary.entities.get(cited.row.entity), self.words
        field = entity.field(cited.field) if entity else None
        confidential = field is not None and field.confidential
        shown = cited.value is not None and not confidential
        type = field.type if field else enum_type(f"{VIOLATION}.{cited.field}") if cited.field in ("status", "severity") else None
        where = place(cited.file, cited.sheet, cited.line, (cited.column,) if cited.column else (), words.language) if cited.file else ""
        return Cell(
            cited.row.entity, cited.row.key, cited.field, words.cell(cited.row.entity, cited.field), where, cited.file, cited.sheet,
            cited.line, cited.column, words.value(cited.value, type) if shown else "", confidential,
        )  # fmt: skip


def _is_truth(step: Step) -> bool:
    return isinstance(step.expr, ir.Exists | ir.Every) or getattr(getattr(step.expr, "type", None), "kind", "") == "bool"
