"""facts → tables: the visible rows of each entity, the chains along their references, the calendar, what was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow

from policy.lang.dates import Calendar
from policy.lang.facts import Facts, Row
from policy.lang.outcome import Outcome
from policy.lang.schema import Entity, Field
from policy.relational.days import CALENDAR, calendar_days
from policy.relational.duties import ATTESTED
from policy.relational.expressions import type_of
from policy.relational.functions import KINDS, kind_of, plugin_name
from policy.relational.sources import VIOLATION_FIELDS
from policy.relational.sql import DIALECT
from policy.relational.world import World

__all__ = ["Rows", "Store", "TooLarge", "quoted", "violated", "visible"]

_KINDS = {"int": pyarrow.int64(), "date": pyarrow.date32(), "bool": pyarrow.bool_(), "year": pyarrow.int64()}
_MOST_DIGITS = 38
_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
_BOUND = 2**40  # more outcomes than any rule has

Rows = Mapping[str, Mapping[str, Row]]
"""Rows by entity and key."""


class TooLarge(Exception):
    """A number has more digits than this engine keeps, or comes to more when it is worked with."""


def visible(world: World, facts: Facts) -> Rows:
    """The rows whose day is not after as-of, or not known."""
    entities = world.pack.vocabulary.entities.values()
    return {entity.name: {row.key: row for row in _seen(entity, facts, world)} for entity in entities}


def _seen(entity: Entity, facts: Facts, world: World) -> Iterator[Row]:
    index = None if entity.occurs is None else entity.occurs.index
    for row in facts.tables.get(entity.name, ()):
        if index is None or row.values[index] is None or row.values[index] <= world.as_of:
            yield row


class Store:
    """The tables of a run. What a query reads besides facts and outcomes is made when it is first wanted."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._spill = TemporaryDirectory(prefix="policy-")  # for what does not fit in memory; nobody else may read it
        self._connection = duckdb.connect(config={"temp_directory": self._spill.name, **_OFFLINE})
        self._made: set[str] = set()
        self._keep(CALENDAR, _calendar(world.calendar))

    def keep_rows(self, rows: Rows) -> None:
        """Keep facts."""
        for entity in self._world.pack.vocabulary.entities.values():
            self._keep(self._world.table(entity.name), _columns(entity, rows, self._world))

    def do(self, text: str) -> None:
        """Execute a statement."""
        self._run(text)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()
        self._spill.cleanup()

    def query(self, query: Any) -> list[tuple]:
        """The rows of a query."""
        return self._run(query.sql(DIALECT, copy=False)).fetchall()

    def rows(self, text: str) -> list[tuple]:
        """The rows of a query that is written out."""
        return self._run(text).fetchall()

    def keep(self, name: str, query: Any) -> None:
        """Keep the rows of a query as a table."""
        self._run(f"CREATE TABLE {quoted(name)} AS {query.sql(DIALECT, copy=False)}")

    def keep_attested(self, rows: Sequence[tuple[str, str, bool, str]]) -> None:
        """Keep what people have found: rule, subject, conclusion, and the key of the attestation."""
        names, kinds = ("rule", "subject", "conclusion", "key"), ("text", "text", "bool", "text")
        columns = zip(*rows, strict=True) if rows else ((),) * len(names)
        self._keep(ATTESTED, {name: _array(list(column), kind) for name, kind, column in zip(names, kinds, columns, strict=True)})

    def keep_violations(self, rule: str, outcomes: Sequence[tuple[int, Outcome]]) -> None:
        """Keep the violated, late and unknown outcomes of a rule, each with its place, for rules over them."""
        self._keep(violated(rule), _violations(rule, outcomes, self._world))

    def _run(self, text: str) -> duckdb.DuckDBPyConnection:
        self._prepare()
        try:
            return self._connection.execute(text)
        except (duckdb.OutOfRangeException, duckdb.ConversionException) as error:
            raise TooLarge(str(error)) from error

    def _keep(self, name: str, columns: Mapping[str, pyarrow.Array]) -> None:
        self._connection.register("given", pyarrow.table(dict(columns)))
        self._connection.execute(f"CREATE TABLE {quoted(name)} AS SELECT * FROM given")
        self._connection.unregister("given")

    def _prepare(self) -> None:
        """Make the chains, views and functions that are wanted by now."""
        world = self._world
        wanted = {name: lambda chain=chain: _chain(world, *chain) for name, chain in world.chains.items()}
        wanted |= {name: lambda rules=rules: _view(world, rules) for rules, name in world.views.items()}
        for name in wanted.keys() - self._made:
            self._made.add(name)
            self._connection.execute(f"CREATE {'TABLE' if name in world.chains else 'VIEW'} {quoted(name)} AS {wanted[name]()}")
        for name in world.plugins.keys() - self._made:
            self._made.add(name)
            self._register(name)

    def _register(self, name: str) -> None:
        """Let SQL call the function of a plug-in."""
        function = self._world.plugins[name]
        parameters = [kind_of(type_of(argument)) for argument in function.arguments]
        call = _strict(self._world.functions[name])
        self._connection.create_function(plugin_name(name), call, parameters, kind_of(function.type), null_handling="special")


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


# --- facts -----------------------------------------------------------------------------------------------------------


def _columns(entity: Entity, rows: Rows, world: World) -> dict[str, pyarrow.Array]:
    """The columns of an entity; a reference to a row that is not there is missing."""
    own = rows[entity.name]
    columns = {"key": pyarrow.array(list(own), pyarrow.string())}
    for field in entity.fields:
        if not field.key:
            columns[world.column(field)] = _field(field, [row.values[field.index] for row in own.values()], rows)
    return columns


def _field(field: Field, values: list, rows: Rows) -> pyarrow.Array:
    if field.type.is_ref:
        there = rows[field.type.name or ""]
        return pyarrow.array([value if value in there else None for value in values], pyarrow.string())
    return _numbers(values) if field.type.kind == "number" else _array(values, field.type.kind)


def _array(values: list, kind: str) -> pyarrow.Array:
    return pyarrow.array(values, _KINDS.get(kind, pyarrow.string()))


def _numbers(values: list[Decimal | None]) -> pyarrow.Array:
    """Numbers with as many decimals as any of them has."""
    places = [value.as_tuple().exponent for value in values if value is not None]
    scale = max([0, *(-place for place in places if isinstance(place, int))])
    try:
        return pyarrow.array(values, pyarrow.decimal128(_MOST_DIGITS, min(scale, _MOST_DIGITS)))
    except pyarrow.ArrowInvalid as error:
        raise TooLarge(str(error)) from error


def _calendar(calendar: Calendar) -> dict[str, pyarrow.Array]:
    names, kinds = ("day", "next", "previous", "number", "works"), ("date", "date", "date", "int", "bool")
    days = list(calendar_days(calendar))
    columns = zip(*days, strict=True) if days else ((),) * len(names)
    return {name: _array(list(column), kind) for name, kind, column in zip(names, kinds, columns, strict=True)}


def _chain(world: World, entity: str, index: int) -> str:
    """The rows above each row, itself included, up to where the chain ends or comes back to one that it has passed."""
    table = quoted(world.table(entity))
    via = quoted(world.column(world.pack.vocabulary.entities[entity].fields[index]))
    return f"""
        WITH RECURSIVE up AS (
            SELECT key, key AS above, 0 AS distance, [key] AS passed FROM {table}
            UNION ALL
            SELECT up.key, own.{via}, distance + 1, list_append(passed, own.{via})
            FROM up JOIN {table} AS own ON own.key = up.above
            WHERE own.{via} IS NOT NULL AND NOT list_contains(passed, own.{via})
        )
        SELECT key, above, distance FROM up"""


# --- outcomes --------------------------------------------------------------------------------------------------------


def violated(rule: str) -> str:
    """The table of the violations of a rule."""
    return f"violated {rule}"


def _violations(rule: str, outcomes: Sequence[tuple[int, Outcome]], world: World) -> dict[str, pyarrow.Array]:
    sure = [outcome.status != "unknown" for _, outcome in outcomes]
    columns = {
        "key": _array([outcome.fingerprint for _, outcome in outcomes], "text"),
        "place": _array([place for place, _ in outcomes], "int"),
        "member": _array([one or None for one in sure], "bool"),
        "rule": _array([outcome.rule for _, outcome in outcomes], "text"),
        "status": _array([outcome.status if one else None for one, (_, outcome) in zip(sure, outcomes, strict=True)], "enum"),
        "severity": _array([outcome.severity for _, outcome in outcomes], "enum"),
        "bearer": _array([world.any_row(*outcome.bearer) if outcome.bearer else None for _, outcome in outcomes], "text"),
        "due": _array([outcome.due for _, outcome in outcomes], "date"),
        "missing": pyarrow.array([list(outcome.missing) for _, outcome in outcomes], pyarrow.list_(pyarrow.string())),
    }
    for position, (binder, kind) in enumerate(world.binders[rule].items()):
        columns[world.binder_column(binder)] = _array([outcome.subject[position][1] for _, outcome in outcomes], kind)
    return columns


def _view(world: World, rules: Sequence[str]) -> str:
    """The violations of several rules, in the order of the rules; with the binders of all."""
    own = {"key": "VARCHAR", "member": "BOOLEAN", **VIOLATION_FIELDS}
    binders = {world.binder_column(name): KINDS.get(kind, "BIGINT") for name, kind in world.binder_kinds.items()}
    parts = []
    for order, rule in enumerate(rules):
        has = {world.binder_column(name) for name in world.binders[rule]}
        columns = [quoted(name) for name in own] + [f"place + {order * _BOUND} AS place"]
        values = ((name, quoted(name) if name in has else "NULL", kind) for name, kind in binders.items())
        columns += [f"TRY_CAST({value} AS {kind}) AS {quoted(name)}" for name, value, kind in values]
        parts.append(f"SELECT {', '.join(columns)} FROM {quoted(violated(rule))}")
    if not parts:
        columns = [f"CAST(NULL AS {kind}) AS {quoted(name)}" for name, kind in {**own, "place": "BIGINT", **binders}.items()]
        parts.append(f"SELECT {', '.join(columns)} WHERE FALSE")
    return " UNION ALL ".join(parts)


# --- plug-ins --------------------------------------------------------------------------------------------------------


def _strict(call: Callable) -> Callable:
    """Of a missing argument a function is missing."""
    return lambda *values: None if None in values else call(*values)
