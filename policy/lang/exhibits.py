"""The rows that decided an outcome, with the cells that the rule reads of them, and the outcome's fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from typing import Any

from policy.lang import ir
from policy.lang.facts import Origin, Row
from policy.lang.outcome import Evidence
from policy.lang.paths import Path, paths_read
from policy.lang.walk import walk

__all__ = ["Exhibits", "Read", "fields_read", "fingerprint"]

Read = dict[tuple[str, str], set[tuple[int, str]]]
"""The fields read of variables, by entity and variable: place and name."""


class Exhibits:
    """What a rule shows of rows: the fields that it reads, by variable. Made once for a rule.

    `elsewhere` gives the fields that the definitions of the pack read of variables, as `fields_read` finds them; `row_of` the visible
    row of an entity with a key.
    """

    def __init__(self, rule: ir.Rule, pack: ir.Pack, elsewhere: Callable[[], Read], row_of: Callable[[str, str], Row | None]) -> None:
        self._pack = pack
        self._rule = rule
        self._elsewhere = elsewhere
        self._row_of = row_of
        self._reads = dict(rule.reads)
        self._columns: dict[tuple[str, str, int], tuple[tuple[tuple[str, str], ...], list[int]]] = {}

    @cached_property
    def paths(self) -> dict[str, tuple[Path, ...]]:
        """The paths along which the rule reads other rows than its own, by variable; those that end in a confidential field left out."""
        entities, found = self._pack.vocabulary.entities, paths_read(self._rule, self._pack.definitions)
        kept = {var: tuple(path for path in paths if not entities[path[-1][0]].fields[path[-1][1]].confidential) for var, paths in found.items()}
        return {var: paths for var, paths in kept.items() if paths}

    def of(self, pairs: Iterable[tuple[str, Row | str]]) -> tuple[tuple[Evidence, ...], list]:
        """Rows, each with the variable that it is the value of, each once; and the values read of them. Of a violation its fingerprint."""
        evidence, values, seen = [], [], set()
        for var, row in pairs:
            if isinstance(row, str):
                evidence.append(Evidence("violation", row, None, None, None))
                values.append(row)
            elif row not in seen:
                seen.add(row)
                cells, shown = self._cells(var, row)
                evidence.append(Evidence(row.entity, row.key, row.origin.file, row.origin.sheet, row.line, cells))
                values.append((row.entity, row.key, *(str(row.values[index]) for index in shown), *self._beyond(var, row)))
        return tuple(evidence), values

    def touch(self, pairs: Iterable[tuple[str, Row | str]]) -> None:
        """Ask for the rows that `of` will ask for, so that they can be fetched together."""
        for var, row in pairs:
            if not isinstance(row, str):
                for _ in self._beyond(var, row):
                    pass

    def _beyond(self, var: str, row: Row) -> Iterator[str]:
        """What the rule reads, confidential fields aside, of rows that this one refers to: they are no exhibits, but the outcome rests on them."""
        for path in self.paths.get(var, ()):
            if path[0][0] != row.entity:  # of another variable of this name
                continue
            value: Any = row.key
            for entity, index in path:
                at = None if value is None else self._row_of(entity, value)
                value = at and at.values[index]
            yield str(value)

    def _cells(self, var: str, row: Row) -> tuple[tuple[tuple[str, str], ...], list[int]]:
        """Field and column of the cells, and the places of the values that are not confidential."""
        origin: Origin = row.origin
        known = self._columns.get((var, row.entity, id(origin)))
        if known is None:
            entity = self._pack.vocabulary.entities[row.entity]
            names = self._reads[var] if var in self._reads else self._read_elsewhere(var, row.entity)
            fields = [field for field in entity.fields if field.name in names]  # others are of another variable of this name
            cells = tuple((field.name, origin.columns[field.name]) for field in fields if origin.columns.get(field.name))
            known = self._columns[var, row.entity, id(origin)] = cells, [field.index for field in fields if not field.confidential]
        return known

    def _read_elsewhere(self, var: str, entity: str) -> list[str]:
        """The fields read of a `let`'s row, or of a row in a definition, in the order of the entity."""
        expressions = [value for _, value in self._rule.lets]
        expressions += [self._rule.due.rolled] if self._rule.due else []
        duty = self._rule.duty
        expressions += [part for part in (getattr(duty, "body", None), getattr(duty, "condition", None)) if part is not None]
        places = fields_read(expressions).get((entity, var), set()) | self._elsewhere().get((entity, var), set())
        return [name for _, name in sorted(places)]


def fields_read(expressions: Iterable[ir.Expr]) -> Read:
    """The fields that expressions read of variables."""
    places: Read = {}
    for expression in expressions:
        for part in walk(expression):
            if isinstance(part, ir.Field):
                places.setdefault((part.entity, getattr(part.base, "name", "")), set()).add((part.index, part.field))
    return places


def fingerprint(*parts: object) -> str:
    """A name for an outcome that only changes when the outcome, or a value that it rests on, does."""
    return sha256(repr(parts).encode()).hexdigest()[:16]
