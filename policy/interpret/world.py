"""What can be seen as of the day: the visible rows, the parameters in force, the calendar, the outcomes so far."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts, Row
from policy.lang.outcome import Outcome

__all__ = ["Env", "Interval", "Scope", "Violation", "World"]

Scope = dict[str, Any]
"""The values of the variables in scope, and of the `let`s that were worked out for them, which have names that no variable has."""


class Interval(NamedTuple):
    """A count where some rows are uncertain: at least `low`, at most `high`."""

    low: int
    high: int


class Violation:
    """A late, violated or unknown outcome as a row. `member` is None for an unknown one: it may be a violation."""

    __slots__ = ("fields", "key", "member", "outcome")

    def __init__(self, outcome: Outcome, subject: Mapping[str, object], bearer: Row | None) -> None:
        unknown = outcome.status == "unknown"
        self.outcome = outcome
        self.key = outcome.fingerprint
        self.member = None if unknown else True
        self.fields = {
            **subject,
            "rule": outcome.rule,
            "status": None if unknown else outcome.status,
            "severity": outcome.severity,
            "bearer": bearer,
            "due": outcome.due,
        }


class World:
    """Everything that an expression may look at besides its variables."""

    def __init__(
        self,
        pack: ir.Pack,
        facts: Facts,
        as_of: datetime.date,
        parameters: Mapping[str, ir.Value],
        calendar: Calendar,
        functions: Mapping[str, Callable],
    ) -> None:
        self.pack = pack
        self.as_of = as_of
        self.parameters = pack.values(parameters)
        self.calendar = calendar
        self.functions = functions
        self.rows = {name: self._visible(name, facts.tables.get(name, ())) for name in pack.vocabulary.entities}
        self.by_key = {name: {row.key: row for row in rows} for name, rows in self.rows.items()}
        self.violations: dict[str, list[Violation]] = {}
        # made once per expression, which the pack keeps alive
        self.meanings: dict[int, Callable] = {}
        self.scanners: dict[int, Callable] = {}
        self.indexes: dict[object, dict] = {}
        self.calls: dict[str, dict[tuple, object]] = {}
        self._counters: dict[int, ir.Expr] = {}
        self._read: dict | None = None

    def _visible(self, entity: str, rows: Iterable[Row]) -> list[Row]:
        """The rows whose day is not after as-of, or not known; by key, so that no result depends on the order of the data."""
        occurs = self.pack.vocabulary.entities[entity].occurs
        if occurs is not None:
            index, day = occurs.index, self.as_of
            rows = [row for row in rows if (known := row.values[index]) is None or known <= day]
        return sorted(rows, key=attrgetter("key"))

    def counter(self, expr: ir.Every, negation: Callable[[ir.Expr], ir.Expr]) -> ir.Expr:
        """The condition of a counter-example to an `every`, always the same object."""
        if id(expr) not in self._counters:
            self._counters[id(expr)] = negation(expr.body)
        return self._counters[id(expr)]

    def read_in_definitions(self, read: Callable[[Iterable[ir.Expr]], dict]) -> dict:
        """What `read` finds in the bodies of the definitions, found once."""
        if self._read is None:
            self._read = read(definition.body for definition in self.pack.definitions.values())
        return self._read

    def of(self, source: ir.RowSource) -> list:
        """The rows of a source."""
        if isinstance(source, ir.Rows):
            return self.rows[source.entity]
        return [violation for rule in source.rules for violation in self.violations.get(rule, ())]


class Env:
    """What names mean: those of variables in a scope, those of `lets` in a rule, all others in the world."""

    __slots__ = ("lets", "vars", "world")

    def __init__(self, world: World, scope: Scope, lets: Mapping[str, ir.Expr]) -> None:
        self.world = world
        self.vars = scope
        self.lets = lets

    def apart(self) -> Env:
        """The same scope for a `let`, whose own variables may be called like those of the expression that uses it."""
        return Env(self.world, dict(self.vars), self.lets)

    def bind(self, name: str, value: object) -> Env:
        """A scope with one variable more; what was computed without it stays computed."""
        return Env(self.world, {**self.vars, name: value}, self.lets)
