"""facts → tables: the visible rows of each entity, the chains along their references, the calendar, what was decided before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow

from policy.lang.dates import Calendar
from policy.lang.facts import Facts
from policy.lang.schema import Entity, Field
from policy.relational.columns import array, as_read, column_of
from policy.relational.database import Database, quoted, text
from policy.relational.days import CALENDAR, calendar_days
from policy.relational.duties import ATTESTED
from policy.relational.expressions import type_of
from policy.relational.functions import KINDS, kind_of, plugin_name
from policy.relational.rows import Rows
from policy.relational.scanned import ScannedRows
from policy.relational.sources import VIOLATION_FIELDS
from policy.relational.sql import DIALECT
from policy.relational.world import World

__all__ = ["Store", "violated"]

_BOUND = 2**40  # more outcomes than any rule has
_LONG = 20
"""Steps of a chain that is longer than most, or comes back to a row that it has passed."""


class Store:
    """The tables of a run. What a query reads besides facts and outcomes is made when it is first wanted."""

    def __init__(self, world: World, database: Database) -> None:
        self._world = world
        self._database = database
        self._made: set[str] = set()
        self._counts: dict[str, int] = {}
        self._schema = database.begin()
        database.use(self._schema)
        database.keep(CALENDAR, _calendar(world.calendar))

    def keep_facts(self, facts: Facts, rows: Rows) -> None:
        """Have the visible rows of each entity as a table or a view: `key`, the other fields, and where they come from (`line`, the number of the `origin`)."""
        entities = self._world.pack.vocabulary.entities.values()
        hidden = {entity.name: self._hidden(entity, facts, rows) for entity in entities}
        for entity in entities:
            name = self._world.table(entity.name)
            if entity.name in rows.scanned:
                self._database.do(f"CREATE OR REPLACE VIEW {quoted(name)} AS {self._view(entity, rows.scanned[entity.name], hidden)}")
            else:
                self._database.keep(name, self._columns(entity, rows, hidden))

    def rows(self, query: Any) -> list[tuple]:
        """The rows of a query, written out or not."""
        self._prepare()
        return self._database.rows(query)

    def columns(self, query: str) -> pyarrow.Table:
        """The rows of a query as columns."""
        self._prepare()
        return self._database.columns(query)

    def worked_out(self, rows: pyarrow.Table, expressions: str) -> pyarrow.Table:
        """What expressions come to for rows that are columns already, in their order."""
        return self._database.worked_out(rows, expressions)

    def keep(self, name: str, query: Any, more: bool = False) -> None:
        """Keep the rows of a query as a table, or add `more` to one."""
        self._prepare()
        said = query if isinstance(query, str) else query.sql(DIALECT, copy=False)
        self._database.do(f"INSERT INTO {quoted(name)} {said}" if more else f"CREATE TABLE {quoted(name)} AS {said}")

    def count(self, name: str) -> int:
        """How many rows a table of facts has."""
        if name not in self._counts:
            self._counts[name] = self.rows(f"SELECT count(*) FROM {quoted(name)}")[0][0]
        return self._counts[name]

    def do(self, statement: str) -> None:
        """Execute a statement."""
        self._prepare()
        self._database.do(statement)

    def keep_attested(self, rows: Sequence[tuple[str, str, bool, str]]) -> None:
        """Keep what people have found: rule, subject, conclusion, and the key of the attestation."""
        names, kinds = ("rule", "subject", "conclusion", "key"), ("text", "text", "bool", "text")
        columns = zip(*rows, strict=True) if rows else ((),) * len(names)
        self._database.keep(ATTESTED, {name: array(list(column), kind) for name, kind, column in zip(names, kinds, columns, strict=True)})

    def keep_decided(self, name: str, rows: Sequence[tuple[str, str | None]]) -> None:
        """Keep subjects, each with the waiver that excuses it."""
        columns = list(zip(*rows, strict=True))
        self._database.keep(name, {"subject": array(columns[0], "text"), "waiver": array(columns[1], "text")})

    def _prepare(self) -> None:
        """Make the chains, views and functions that are wanted by now."""
        self._database.use(self._schema)
        world = self._world
        wanted = {name: lambda chain=chain: _chain(world, *chain) for name, chain in world.chains.items()}
        wanted |= {name: lambda rules=rules: _violations(world, rules) for rules, name in world.views.items()}
        wanted |= {name: lambda text=text: text for text, name in world.common.items()}
        for name in [name for name in wanted if name not in self._made]:
            self._made.add(name)
            self._database.do(f"CREATE OR REPLACE {'VIEW' if name in world.views.values() else 'TABLE'} {quoted(name)} AS {wanted[name]()}")
        for name in world.plugins.keys() - self._made:
            self._made.add(name)
            function = world.plugins[name]
            parameters = [kind_of(type_of(argument)) for argument in function.arguments]
            self._database.function(plugin_name(name), _strict(world.functions[name]), parameters, kind_of(function.type))

    # --- facts -------------------------------------------------------------------------------------------------------

    def _hidden(self, entity: Entity, facts: Facts, rows: Rows) -> str | None:
        """The table of the keys of an entity's rows that cannot be seen; None where there are none."""
        name = f"hidden {self._world.number(entity.name)}"
        if entity.name in rows.scanned:
            if entity.occurs is None:
                return None
            later = f"{quoted(column_of(entity.occurs))} > {_day(self._world)}"
            self._database.do(f"CREATE OR REPLACE TABLE {quoted(name)} AS SELECT key FROM {quoted(rows.scanned[entity.name].table.name)} WHERE {later}")
            return name if self._database.value(f"SELECT count(*) FROM {quoted(name)}") else None
        keys = [row.key for row in facts.tables.get(entity.name, ()) if row.key not in rows[entity.name]] if rows.scanned else []
        if keys:
            self._database.keep(name, {"key": array(keys, "text")})
        return name if keys else None

    def _view(self, entity: Entity, rows: ScannedRows, hidden: Mapping[str, str | None]) -> str:
        """The visible rows of a table that is read where it lies, with references to visible rows."""
        own, columns, joins = quoted(rows.table.name), ["own.line", "0 AS origin"], []
        for field in entity.fields:
            name = quoted(column_of(field))
            astray = self._astray(entity, field, rows, hidden) if field.type.is_ref else None
            if astray:
                joins.append(f"LEFT JOIN {quoted(astray)} AS astray{field.index} ON astray{field.index}.key = own.{name}")
            if field.type.is_ref:
                columns.append(f"own.{name} AS {quoted(as_read(field))}")
            columns.append(f"CASE WHEN astray{field.index}.key IS NULL THEN own.{name} END AS {name}" if astray else f"own.{name}")
        query = f"SELECT {', '.join(columns)} FROM {own} AS own {' '.join(joins)}"
        if hidden[entity.name] is None or entity.occurs is None:
            return query
        day = f"own.{quoted(column_of(entity.occurs))}"
        return f"{query} WHERE {day} IS NULL OR {day} <= {_day(self._world)}"

    def _astray(self, entity: Entity, field: Field, rows: ScannedRows, hidden: Mapping[str, str | None]) -> str | None:
        """The table of the values of a reference that lead to no visible row; None where there are none."""
        lost, target = rows.table.astray.get(field.index, ()), hidden[field.type.name or ""]
        if not lost and target is None:
            return None
        name = f"astray {self._world.number(entity.name)} {field.index}"
        self._database.keep(name, {"key": array(list(lost), "text")})
        if target is not None:
            own = f"SELECT {quoted(column_of(field))} AS key FROM {quoted(rows.table.name)}"
            self._database.do(f"INSERT INTO {quoted(name)} SELECT DISTINCT key FROM ({own}) SEMI JOIN {quoted(target)} USING (key)")
        return name if self._database.value(f"SELECT count(*) FROM {quoted(name)}") else None

    def _columns(self, entity: Entity, rows: Rows, hidden: Mapping[str, str | None]) -> dict[str, pyarrow.Array]:
        """The columns of rows at hand; a reference to a row that cannot be seen is missing."""
        own = rows[entity.name]
        number = {id(origin): place for place, origin in enumerate(rows.origins[entity.name])}
        places = {"line": array([row.line for row in own.values()], "int"), "origin": array([number[id(row.origin)] for row in own.values()], "int")}
        columns = {}
        for field in entity.fields:
            values = [row.values[field.index] for row in own.values()]
            if field.type.is_ref:
                columns[as_read(field)] = array(values, field.type.kind)
            columns[column_of(field)] = self._column(field, values, rows, hidden)
        return places | columns

    def _column(self, field: Field, values: list, rows: Rows, hidden: Mapping[str, str | None]) -> pyarrow.Array:
        target = field.type.name or ""
        if field.type.is_ref and target in rows.scanned:
            lost = self._lost(rows.scanned[target], hidden[target], {value for value in values if value is not None})
            values = [None if value in lost else value for value in values]
        elif field.type.is_ref:
            values = [value if value in rows[target] else None for value in values]
        return array(values, field.type.kind)

    def _lost(self, target: ScannedRows, hidden: str | None, keys: set[str]) -> set[str]:
        """Those of some keys that no visible row of a table has."""
        lost = target.table.without(keys) if keys else set()
        if keys and hidden:
            lost |= {key for (key,) in self._database.rows(f'SELECT key FROM "given keys" SEMI JOIN {quoted(hidden)} USING (key)')}
        return lost


def _day(world: World) -> str:
    return f"DATE {text(world.as_of.isoformat())}"


@lru_cache(maxsize=8)  # every run asks, and few calendars differ
def _calendar(calendar: Calendar) -> dict[str, pyarrow.Array]:
    names, kinds = ("day", "next", "previous", "number", "works"), ("date", "date", "date", "int", "bool")
    days = list(calendar_days(calendar))
    columns = zip(*days, strict=True) if days else ((),) * len(names)
    return {name: array(list(column), kind) for name, kind, column in zip(names, kinds, columns, strict=True)}


def _chain(world: World, entity: str, index: int, starts: tuple[str, str]) -> str:
    """The rows above each row that a chain begins at, itself included, up to where it ends or comes back to one that it has passed."""
    table, (of, column) = quoted(world.table(entity)), starts
    via = quoted(world.column(world.pack.vocabulary.entities[entity].fields[index]))
    begun = f"SELECT DISTINCT {quoted(column)} AS key FROM {quoted(of)} WHERE {quoted(column)} IS NOT NULL"
    own = f"SELECT key, {via} AS above FROM {table} WHERE {via} IS NOT NULL"
    if (of, column) != (world.table(entity), "key"):  # the others are never come to
        own += f" AND key IN (SELECT key FROM begun UNION SELECT {via} FROM {table})"
    step = "FROM up JOIN own ON own.key = up.above"
    # those that come back go on for ever: the few longer ones are gone along once more, with all that they have passed
    return f"""
        WITH RECURSIVE begun AS ({begun}), own AS ({own}),
        plain AS (
            WITH RECURSIVE up AS (
                SELECT key, key AS above, 0 AS distance FROM begun
                UNION ALL
                SELECT up.key, own.above, distance + 1 {step} WHERE distance < {_LONG}
            )
            SELECT * FROM up
        ),
        long AS (SELECT key FROM plain WHERE distance = {_LONG}),
        up AS (
            SELECT key, key AS above, 0 AS distance, [key] AS passed FROM long
            UNION ALL
            SELECT up.key, own.above, distance + 1, list_append(passed, own.above) {step} WHERE NOT list_contains(passed, own.above)
        )
        SELECT key, above, distance FROM plain ANTI JOIN long USING (key)
        UNION ALL
        SELECT key, above, distance FROM up"""


# --- outcomes --------------------------------------------------------------------------------------------------------


def violated(rule: str) -> str:
    """The table of the violations of a rule."""
    return f"violated {rule}"


def _violations(world: World, rules: Sequence[str]) -> str:
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
