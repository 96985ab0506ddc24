"""Texts as numbers in their order, and the texts that a pack knows: what it compares with, and what its cases have in their cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from policy.lang import ir
from policy.lang.types import COUNT, TEXT
from policy.lang.uses import deciding
from policy.lang.walk import walk

__all__ = ["Alphabet", "expressions_of", "threshold"]

_ROOM = 1000
"""Numbers between two known texts, for texts that are not known: more than any question has."""
_MANY = 60
"""Texts taken from cases."""


def _expressions(pack: ir.Pack) -> Iterator[ir.Expr]:
    """All expressions of a pack with their parts."""
    for definition in pack.definitions.values():
        yield from walk(definition.body)
    for rule in pack.rules:
        for expr in deciding(rule):
            yield from walk(expr)


def expressions_of(pack: ir.Pack, rule: ir.Rule) -> Iterator[ir.Expr]:
    """The expressions of a rule with their parts, and those of the definitions that it calls."""
    waiting = list(deciding(rule))
    seen: set[str] = set()
    while waiting:
        for expr in walk(waiting.pop()):
            yield expr
            if isinstance(expr, ir.Call) and expr.name not in seen:
                seen.add(expr.name)
                waiting.append(pack.definitions[expr.name].body)


def threshold(pack: ir.Pack, rules: Iterable[ir.Rule]) -> int:
    """The greatest number that rules compare a count with: so many rows, and one more, may be needed to see it."""
    found = [0]
    for expr in (expr for rule in rules for expr in expressions_of(pack, rule)):
        if isinstance(expr, ir.Compare):
            for count, other in ((expr.left, expr.right), (expr.right, expr.left)):
                if getattr(count, "type", None) == COUNT or isinstance(count, (ir.Count, ir.Let)):
                    value = pack.parameters[other.name].default if isinstance(other, ir.Param) else getattr(other, "value", None)
                    found += [value] if isinstance(value, int) and not isinstance(value, bool) else []
    return max(found)


class Alphabet:
    """The known texts in their order, each with its number."""

    def __init__(self, *packs: ir.Pack) -> None:
        self.texts = sorted(set().union(*map(_texts, packs)))
        self._numbers = {text: (place + 1) * _ROOM for place, text in enumerate(self.texts)}

    def number(self, text: str) -> int:
        """The number of a text: of one that is not known one that lies between its neighbours."""
        return self._numbers.get(text, bisect_left(self.texts, text) * _ROOM + 1)

    def known(self, number: int) -> str | None:
        """The known text of a number."""
        place, rest = divmod(number, _ROOM)
        return self.texts[place - 1] if rest == 0 and 0 < place <= len(self.texts) else None


def _texts(pack: ir.Pack) -> set[str]:
    words = {expr.value for expr in _expressions(pack) if isinstance(expr, ir.Const) and expr.type == TEXT}
    words |= {value for one in pack.parameters.values() for value in (one.default, *one.choices) if isinstance(value, str)}
    return words | {rule.id for rule in pack.rules} | set(_cells(pack))


def _cells(pack: ir.Pack) -> Iterable[str]:
    """Texts of the cases that functions are applied to, which may be hard to make up: a code with a check digit."""
    read = {
        (part.entity, part.field)
        for expr in _expressions(pack) if isinstance(expr, ir.Apply) for part in expr.arguments
        if isinstance(part, ir.Field) and part.type == TEXT
    }  # fmt: skip
    found: list[str] = []
    for table in (table for case in pack.cases for table in case.tables):
        entity = pack.vocabulary.entities[table.entity]
        for place, column in enumerate(table.columns):
            if (table.entity, entity.field(column).name) in read and not entity.field(column).key:
                found += [row[place] for row in table.cells if row[place]]
    return list(dict.fromkeys(found))[:_MANY]
