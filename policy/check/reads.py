"""Which fields of a rule's rows the rule reads: the cells of its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from policy.lang import ir
from policy.lang.walk import children

__all__ = ["Reads"]

Place = tuple[int, str]
"""A field: its index, by which fields are sorted, and its name."""

_QUANTIFIED = (ir.Exists, ir.Every, ir.Count, ir.Aggregate)


@attrs.frozen(eq=False)
class Reads:
    """The fields read in the rules of a pack, through its definitions, each of which is looked at once."""

    definitions: Mapping[str, ir.Definition]
    _of_definitions: dict[str, dict[str, set[Place]]] = attrs.field(factory=dict)

    def of_rule(self, rule: ir.Rule) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The fields by variable: those of the binders, then those of the duty's own rows."""
        lets = dict(rule.lets)
        found = self._read(_expressions(rule), lets)
        variables = [binder.var for binder in rule.binders if isinstance(binder, ir.EachRow)]
        inner: dict[str, set[Place]] = {}
        for var, parts in _own_rows(rule):
            places = self._read(parts, lets).get(var, set())
            inner[var] = inner.get(var, set()) | places
        return tuple((var, _names(found.get(var, ()))) for var in variables) + tuple((var, _names(inner[var])) for var in inner)

    def _read(self, expressions: Iterable[ir.Expr], lets: Mapping[str, ir.Expr]) -> dict[str, set[Place]]:
        found: dict[str, set[Place]] = {}
        pending = list(expressions)
        while pending:
            node = pending.pop()
            pending.extend(children(node))
            for row, places in self._places(node):
                while type(row) is ir.Let:
                    row = lets[row.name]
                if type(row) is ir.Var:
                    found.setdefault(row.name, set()).update(places)
        return found

    def _places(self, node: ir.Expr) -> tuple[tuple[ir.Expr, Iterable[Place]], ...]:
        """The rows of which a node itself reads fields."""
        kind = type(node)
        if kind is ir.Field:
            return ((node.base, ((node.index, node.field),)),)
        if kind is ir.Under or kind is ir.Nearest:
            return ((node.inner if kind is ir.Under else node.start, ((node.index, node.via),)),)
        if kind is ir.Call and node.name in self.definitions:
            read = self._definition(node.name)
            names = (name for name, _ in self.definitions[node.name].arguments)
            return tuple((argument, read.get(name, ())) for name, argument in zip(names, node.arguments))
        return ()

    def _definition(self, name: str) -> dict[str, set[Place]]:
        if name not in self._of_definitions:
            self._of_definitions[name] = self._read((self.definitions[name].body,), {})
        return self._of_definitions[name]


def _names(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(name for _, name in sorted(places))


def _expressions(rule: ir.Rule) -> Iterator[ir.Expr]:
    """Everything in a rule that is judged."""
    yield from (expr for expr in (rule.bearer, rule.when) if expr is not None)
    yield from (value for _, value in rule.lets)
    yield from rule.where
    yield from (exception.condition for exception in rule.exceptions)
    if rule.due is not None:
        yield rule.due.unrolled
    for _, parts in _duty(rule.duty, rule.due is not None):
        yield from parts


def _duty(duty: ir.Duty, due: bool) -> Iterator[tuple[str | None, tuple[ir.Expr, ...]]]:
    if isinstance(duty, ir.Existence):
        yield duty.var, (duty.body, duty.day) if due and duty.day is not None else (duty.body,)
    elif isinstance(duty, ir.Filled):
        yield None, (duty.day,)
    elif isinstance(duty, (ir.State, ir.Permission)):
        yield None, (duty.condition,)


def _own_rows(rule: ir.Rule) -> Iterator[tuple[str, tuple[ir.Expr, ...]]]:
    """The variables that the duty itself binds, each with what is said of it."""
    for var, parts in _duty(rule.duty, rule.due is not None):
        if var is not None:
            yield var, parts
            continue
        pending = list(parts)
        while pending:
            node = pending.pop(0)
            if isinstance(node, _QUANTIFIED):
                yield node.var, (node.body, node.value) if isinstance(node, ir.Aggregate) else (node.body,)
            elif isinstance(node, ir.Not):
                pending.append(node.operand)
            elif isinstance(node, ir.Compare):
                pending += [node.left, node.right]
