"""Which rows of a quantifier are not ruled out by a cell of their own: all rows are gone through once, for all derivations.

Of `row.field is X and …` those that have X there, and those that have nothing there, unless that is false too; of `every row where row.field
is X such that …` likewise, as no other can be a counter-example. X must not depend on the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import attrs

from policy.lang import ir
from policy.lang.proof import Ref, Value

__all__ = ["Groups"]

Read = Callable[[Ref, ir.Field], Value]
"""The value of a row's field."""


class _Group(NamedTuple):
    """Rows by the value of one of their cells, which is to equal `other`; a `linked` one that has none is ruled out too."""

    other: ir.Expr
    linked: bool
    rows: dict[Value, list[Ref]]


class Groups:
    """The rows of quantifiers, in groups."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[int, tuple[ir.Expr, _Group | None]] = {}

    def left(self, expr: Any, rows: Sequence[Ref], value: Callable[[ir.Expr], Value]) -> Sequence[Ref]:
        """Those of a quantifier's rows that are left; `value` gives the value of an expression in the scope around it."""
        if id(expr.body) not in self._known:
            self._known[id(expr.body)] = expr.body, self._grouped(expr, rows)
        group = self._known[id(expr.body)][1]
        wanted = None if group is None else value(group.other)
        if group is None or wanted is None:
            return rows
        return [*group.rows.get(wanted, ()), *(() if group.linked else group.rows.get(None, ()))]

    def _grouped(self, expr: Any, rows: Sequence[Ref]) -> _Group | None:
        for own, other, linked in _equalities(expr) if isinstance(expr.source, ir.Rows) else ():
            if isinstance(own, ir.Field) and own.base == ir.Var(expr.var, own.base.type) and not _mentions(other, expr.var):
                found: dict[Value, list[Ref]] = {}
                for row in rows:
                    found.setdefault(self._read(row, own), []).append(row)
                return _Group(other, linked, found)
        return None


def _equalities(expr: Any) -> Iterator[tuple[Any, ir.Expr, bool]]:
    """The equalities that every row that counts has to meet, or leave unknown."""
    for part in _needed(expr):
        if isinstance(part, ir.Linked):
            yield part.path, part.row, True
        elif isinstance(part, ir.Compare) and part.operator == "eq":
            yield part.left, part.right, False
            yield part.right, part.left, False


def _needed(expr: Any) -> Iterable[ir.Expr]:
    body = expr.body
    if isinstance(expr, ir.Every):
        first = body.operands[0] if isinstance(body, ir.Or) else None
        body = first.operand if isinstance(first, ir.Not) else None
    return body.operands if isinstance(body, ir.And) else () if body is None else (body,)


def _mentions(expr: ir.Expr, var: str) -> bool:
    """Whether a variable of that name stands in an expression; a count is taken for one that has it, as it equals a number in its own way."""
    if isinstance(expr, (ir.Var, ir.Count)):
        return isinstance(expr, ir.Count) or expr.name == var
    if getattr(getattr(expr, "type", None), "kind", "") == "count":
        return True
    values = (getattr(expr, field.name) for field in attrs.fields(type(expr)))
    parts = (part for value in values for part in (value if isinstance(value, tuple) else (value,)))
    return any(_mentions(part, var) for part in parts if isinstance(part, ir.Expr))
