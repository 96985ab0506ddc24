"""A world of which nothing is known: rows are numbers, fields functions of them.

Each entity has a few rows, 1 to `size`, that may be there or not, and that quantifiers are spelt out for. Under the assumption
`closed` there are no others. Without it a quantifier may also turn on a row that is not spelt out: the world then is looser than
any real one, so that what cannot be in it cannot be in any data.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import z3

from policy.analyse.alphabet import Alphabet
from policy.analyse.days import Month, given, month_of
from policy.analyse.logic import Formula, Value, both, either, equal, implies, negated
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.outcome import SEVERITIES
from policy.lang.types import MonthDay, Period, Type

__all__ = ["Applied", "World"]


_USUAL = datetime.date(2026, 1, 1)
_OUTCOME_WORDS = {"violation.status": ("violated", "late"), "violation.severity": SEVERITIES}


class Applied:
    """A function that was applied without knowing what it does: what to ask it, once there are values."""

    def __init__(self, call: Callable, arguments: tuple[tuple[Value, Type], ...], result: Value, type: Type) -> None:
        self.call, self.arguments, self.result, self.type = call, arguments, result, type


class World:
    """The rows, the day, the parameters; and in `facts` what has to hold of them."""

    def __init__(
        self,
        pack: ir.Pack,
        alphabet: Alphabet,
        calendar: Calendar,
        functions: Mapping[str, Callable],
        size: int,
        parameters: Mapping[str, ir.Value] | None = None,
        days: tuple[datetime.date | None, datetime.date | None] = (None, None),
    ) -> None:
        self.pack, self.alphabet, self.calendar, self.functions, self.size = pack, alphabet, calendar, functions, size
        self.parameters = {name: (parameters or {}).get(name, one.default) for name, one in pack.parameters.items()}
        self.vocabulary = pack.vocabulary
        self.context = z3.Context()
        """Its own, so that an answer does not depend on what was asked before."""
        self._int, self._bool, self._real = z3.IntSort(self.context), z3.BoolSort(self.context), z3.RealSort(self.context)
        self.closed = z3.Bool("closed", self.context)
        self.near = z3.Bool("near", self.context)
        """Assumed where a day like those of the pack will do."""
        self.as_of = z3.Int("as of", self.context)
        self.facts: list[Formula] = [given(self.as_of), z3.Implies(self.near, _near(self.as_of, pack))]
        self.applied: list[Applied] = []
        self.open = False
        """Whether something in the formulas is not known exactly."""
        self.cramped = False
        """Whether there are too few rows even for the subjects, so that nothing follows from there being no such world."""
        self.needed: dict[str, int] = {}
        self._names = 0
        self._columns: dict[tuple[str, str], tuple[Any, Any]] = {}
        self._rows: dict[str, Any] = {}
        self._seen: dict[tuple[str, str, int], Any] = {}
        self._months: dict[Any, Month] = {}
        self.outcomes: dict[tuple[str, ...], list] = {}
        first, last = days
        if first is not None:
            self.facts.append(self.as_of >= first.toordinal())
        if last is not None:
            self.facts.append(self.as_of <= last.toordinal())

    def read_by(self, pack: ir.Pack) -> World:
        """The same world, of which from now on the definitions and parameters are another pack's; the vocabulary stays."""
        self.pack = pack
        self.parameters = {name: one.default for name, one in pack.parameters.items()}
        self.outcomes = {}
        return self

    # --- names -------------------------------------------------------------------------------------------------------

    def fresh(self, name: str, sort: Any = None) -> Any:
        """A new term of which nothing is known."""
        self._names += 1
        return z3.Const(f"{name} {self._names}", sort if sort is not None else self._int)

    def flag(self, name: str) -> Any:
        """A new formula of which nothing is known."""
        return self.fresh(name, self._bool)

    def sort(self, type: Type) -> Any:
        """The sort of the terms of a type."""
        return {"bool": self._bool, "number": self._real}.get(type.kind, self._int)

    def unknown(self, type: Type) -> Value:
        """A value of a type of which nothing is known, not even whether it is there."""
        value = Value(self.fresh("value", self.sort(type)), self.flag("gone"), type.name if type.is_ref else None)
        self.facts.append(self.proper(value.term, type))
        return value

    def proper(self, term: Any, type: Type) -> Formula:
        """What every value of a type is."""
        if type.kind == "date":
            return given(term)
        if type.is_enum:
            return both(term >= 0, term < len(self.members(type)))
        return True

    # --- rows --------------------------------------------------------------------------------------------------------

    def there(self, entity: str, row: Any) -> Formula:
        """Whether a row is in the data."""
        if entity not in self._rows:
            self._rows[entity] = z3.Function(f"{entity}!", self._int, self._bool)
        return self._rows[entity](row)

    def visible(self, entity: str, row: Any) -> Formula:
        """Whether a row is in the data and does not lie after the day."""
        occurs = self.vocabulary.entities[entity].occurs
        if occurs is None:
            return self.there(entity, row)
        day = self.cell(entity, occurs.name, row)
        return both(self.there(entity, row), either(day.missing, day.term <= self.as_of))

    def pool(self, entity: str) -> range:
        """The rows of an entity that are spelt out."""
        return range(1, self.size + 1)

    def cell(self, entity: str, field: str, row: Any) -> Value:
        """What stands in a row, a reference as a row whether or not it is there."""
        declared = next(one for one in self.vocabulary.entities[entity].fields if one.name == field)
        if declared.key:
            return Value(self._key(entity, row))
        value, gone = self._column(entity, field, declared.type)
        cell = Value(value(row), gone(row), declared.type.name if declared.type.is_ref else None)
        seen = (entity, field, row if isinstance(row, int) else row.get_id())
        if seen not in self._seen:
            self._seen[seen] = row  # kept, so that the solver gives its number to no other term
            self.facts.append(self.proper(cell.term, declared.type))
            if declared.type.is_ref:
                # a case makes the rows that it refers to; a reference to nothing would be missing, and so is as well left out
                named = both(cell.term >= 1, cell.term <= self.size, self.there(declared.type.name, cell.term))
                self.facts.append(implies(both(self.closed, negated(cell.missing)), named))
        return cell

    def _key(self, entity: str, row: Any) -> Any:
        if (entity, "") not in self._columns:
            key = z3.Function(f"{entity} key", self._int, self._int)
            self._columns[entity, ""] = key, key
            if self.size > 1:
                self.facts.append(z3.Distinct(*(key(place) for place in self.pool(entity))))
        return self._columns[entity, ""][0](row)

    def _column(self, entity: str, field: str, type: Type) -> tuple[Any, Any]:
        if (entity, field) not in self._columns:
            value = z3.Function(f"{entity}.{field}", self._int, self.sort(type))
            self._columns[entity, field] = value, z3.Function(f"{entity}.{field}?", self._int, self._bool)
        return self._columns[entity, field]

    @property
    def columns(self) -> dict[tuple[str, str], tuple[Any, Any]]:
        """The columns that were looked at: by entity and field the functions that give a value and whether it is missing."""
        return self._columns

    @property
    def entities(self) -> list[str]:
        """The entities whose rows were looked at."""
        return list(self._rows)

    def need(self, entity: str, rows: int = 1) -> bool:
        """Ask that so many rows more are spelt out, and say whether they are."""
        self.needed[entity] = self.needed.get(entity, 0) + rows
        return self.needed[entity] <= self.size

    def loose(self, name: str) -> Any:
        """A formula that may hold only where the world is not closed."""
        self.open = True
        formula = self.flag(name)
        self.facts.append(z3.Implies(self.closed, z3.Not(formula)))
        return formula

    def members(self, type: Type) -> tuple[str, ...]:
        """The members of an enum; their places are their numbers."""
        if type.name in _OUTCOME_WORDS:
            return _OUTCOME_WORDS[type.name]
        return tuple(member.name for member in self.vocabulary.enums[type.name].members)

    # --- values ------------------------------------------------------------------------------------------------------

    def month(self, day: Any) -> Month:
        """A day taken apart."""
        known = self._months.get(day)
        if known is None:
            known, fact = month_of(day, self.fresh)
            self._months[day] = known
            self.facts.append(fact)
        return known

    def literal(self, value: ir.Value, type: Type) -> Value:
        """A value of Python as one of this world."""
        return Value(self.encoded(value, type), False)

    def encoded(self, value: ir.Value, type: Type) -> Any:
        """A value of Python as a term."""
        if type.is_enum:
            names = self.members(type)
            return names.index(value) if value in names else -1
        if isinstance(value, bool):
            return value
        if isinstance(value, datetime.date):
            return value.toordinal()
        if isinstance(value, Period):
            return value.amount
        if isinstance(value, MonthDay):
            return value.month * 100 + value.day
        if isinstance(value, Decimal):
            return z3.RealVal(str(value), self.context)
        return self.alphabet.number(value) if isinstance(value, str) else value


def _near(day: Any, pack: ir.Pack) -> Formula:
    """Within some years of the day on which the pack takes effect."""
    start = (pack.effective or _USUAL).toordinal()
    return both(day >= start, day <= start + 3 * 365)
