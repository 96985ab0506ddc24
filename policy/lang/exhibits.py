"""The rows that decided an outcome: the cells that the rule reads of them, and what the outcome's fingerprint says of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from policy.lang import ir
from policy.lang.facts import Origin
from policy.lang.paths import Path, paths_read
from policy.lang.schema import Field
from policy.lang.types import number_text
from policy.lang.walk import walk

__all__ = ["DIGITS", "Exhibits", "Read", "canonical", "cells", "fields_read", "fingerprint", "grouped", "leaf"]

DIGITS = 16
"""Characters of a fingerprint."""

Read = dict[tuple[str, str], set[tuple[int, str]]]
"""The fields read of variables, by entity and variable: place and name."""


class Exhibits:
    """What a rule shows of rows: the fields that it reads, by variable. Made once for a rule.

    `elsewhere` gives the fields that the definitions of the pack read of variables, as `fields_read` finds them.
    """

    def __init__(self, rule: ir.Rule, pack: ir.Pack, elsewhere: Callable[[], Read]) -> None:
        self._pack = pack
        self._rule = rule
        self._elsewhere = elsewhere
        self._reads = dict(rule.reads)

    @cached_property
    def _paths(self) -> dict[str, list[Path]]:
        """The paths along which the rule reads other rows than its own, by variable; those that end in a confidential field left out."""
        entities, found = self._pack.vocabulary.entities, paths_read(self._rule, self._pack.definitions)
        return {var: [path for path in paths if not entities[path[-1][0]].fields[path[-1][1]].confidential] for var, paths in found.items()}

    @cached_property
    def _of_lets(self) -> Read:
        expressions = [value for _, value in self._rule.lets]
        expressions += [self._rule.due.rolled] if self._rule.due else []
        duty = self._rule.duty
        expressions += [part for part in (getattr(duty, "body", None), getattr(duty, "condition", None)) if part is not None]
        return fields_read(expressions)

    def paths(self) -> set[Path]:
        """The paths along which the rule reads rows that its exhibits refer to."""
        return {path for paths in self._paths.values() for path in paths}

    def beyond(self, var: str, entity: str) -> list[Path]:
        """The paths from the row that a variable stands for to others: they are no exhibits, but the outcome rests on them."""
        return [path for path in self._paths.get(var, ()) if path[0][0] == entity]  # others are of another variable of this name

    def fields(self, var: str, entity: str) -> list[Field]:
        """The fields that the rule reads of the row that a variable stands for, be it one of a `let` or in a definition, in the order of the entity."""
        names = self._reads.get(var)
        if names is None:
            names = [name for _, name in self._of_lets.get((entity, var), set()) | self._elsewhere().get((entity, var), set())]
        return [field for field in self._pack.vocabulary.entities[entity].fields if field.name in names]


def cells(fields: Sequence[Field], origin: Origin) -> tuple[tuple[str, str], ...]:
    """The cells of some fields of a row from an origin: field and label of the column."""
    return tuple((field.name, origin.columns[field.name]) for field in fields if origin.columns.get(field.name))


def fields_read(expressions: Iterable[ir.Expr]) -> Read:
    """The fields that expressions read of variables."""
    places: Read = {}
    for expression in expressions:
        for part in walk(expression):
            if isinstance(part, ir.Field):
                places.setdefault((part.entity, getattr(part.base, "name", "")), set()).add((part.index, part.field))
    return places


# --- fingerprints ----------------------------------------------------------------------------------------------------


def fingerprint(
    rule: str, subject: str, status: str, due: datetime.date | None, fulfilled: datetime.date | None, missing: Iterable[str], exhibits: Iterable[str]
) -> str:
    """A name for an outcome that only changes when the outcome, or a value that it rests on, does.

    `exhibits` are what is said of each row that it rests on: `grouped` leaves of the entity, the key and the values that the rule reads;
    of a violation a leaf of its fingerprint. The name is made of a text, so that SQL can make it too.
    """
    begins = (leaf(rule), leaf(subject), leaf(status), leaf(canonical(due)), leaf(canonical(fulfilled)), grouped(map(leaf, missing)))
    return sha256("".join((*begins, *exhibits)).encode("utf-8", "replace")).hexdigest()[:DIGITS]


def leaf(text: str | None) -> str:
    """A text with its length in front, so that no other texts one after the other read the same."""
    return "-" if text is None else f"{len(text)}:{text}"


def grouped(leaves: Iterable[str]) -> str:
    """Leaves that belong together."""
    return f"({''.join(leaves)})"


def canonical(value: object) -> str | None:
    """A value of a row as a text; None where it is missing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, Decimal) else str(value)
