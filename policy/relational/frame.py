"""A SELECT under construction: rows of a relation, and what expressions have joined to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from sqlglot import exp

from policy.lang import ir
from policy.relational import sql
from policy.relational.sql import Sql
from policy.relational.world import World, renumbered

__all__ = ["BY", "Frame", "Interval", "Origin", "Scope", "Value", "columns_of", "value_of"]


BY = "by {}"
"""What the columns are called by whose values rows are put together."""


class Interval(NamedTuple):
    """A count: two columns, as some rows are uncertain."""

    low: Sql
    high: Sql


Value = Sql | Interval
"""What an expression comes to. A row is its key; of a row that is missing the key is."""


Origin = tuple[str, str] | None
"""The table and its column that values are among, where that is known."""


def columns_of(name: str, value: Value) -> list[tuple[str, Sql]]:
    """The columns that keep a value under a name."""
    return [(f"{name} low", value.low), (f"{name} high", value.high)] if isinstance(value, Interval) else [(name, value)]


def value_of(relation: str, name: str, interval: bool) -> Value:
    """The value that `columns_of` has kept in a relation."""
    if interval:
        return Interval(sql.column(relation, f"{name} low"), sql.column(relation, f"{name} high"))
    return sql.column(relation, name)


class Frame:
    """A source with joins; `first` is its name here. Frames are nested: an inner one may read the relations of those around it.

    What is joined never changes the number of rows. `few` says that these are a part of all rows there are, so that
    what is aggregated for them need not be for the others.
    """

    def __init__(self, world: World, outer: Frame | None = None, few: bool = False) -> None:
        self.world = world
        self.outer = outer
        self.depth: int = 0 if outer is None else outer.depth + 1
        self.where: list[Sql] = []
        self.first = ""
        self.few = few
        self._owners: dict[str, Frame] = {} if outer is None else outer._owners
        self._tables: dict[str, str] = {} if outer is None else outer._tables
        self._numbers: count[int] = count() if outer is None else outer._numbers
        self._source: Sql | None = None
        self._joins: list[Sql] = []
        self._rows: dict[tuple[str, Sql], str] = {}
        self._cells: dict[tuple[str, Sql, str], Sql] = {}
        self._grouped: dict[tuple[str, tuple[Sql, ...]], str] = {}
        self._origins: dict[tuple[str, str], Origin] = {} if outer is None else outer._origins

    @property
    def joined(self) -> bool:
        """Whether anything has been joined yet."""
        return bool(self._joins)

    def begin(self, source: Sql | str, origin: Origin = None) -> str:
        """Let the frame range over a table or a query; its name here. `origin` is that of its keys."""
        self.first, self._source = self._entered(source, origin)
        return self.first

    def cross(self, source: Sql | str, origin: Origin = None) -> str:
        """Pair the rows with those of another source, which may depend on them."""
        alias, relation = self._entered(source, origin)
        self._joins.append(exp.Join(this=_lateral(relation, alias), kind="CROSS"))
        return alias

    def known(self, alias: str, entity: str, key: Sql) -> None:
        """Note that a relation of the frame has the fields of the row with this key."""
        self._rows[entity, key] = alias

    def has(self, entity: str, key: Sql, name: str, cell: Sql) -> None:
        """Note that something here is a cell of the row with this key, in the column `name` of the table of the entity."""
        self._cells[entity, key, name] = cell
        if isinstance(cell, exp.Column):
            self.comes_from(cell, (entity, name))

    def comes_from(self, column: exp.Column, origin: Origin) -> None:
        """Note where the values of a column here are from."""
        self._origins[column.table, column.name] = origin

    def cell(self, entity: str, key: Sql, name: str, relation: str | None = None) -> Sql:
        """A column of the row of an entity with this key, missing if there is none."""
        frame = self.owner(key)
        if (entity, key, name) in frame._cells:
            return frame._cells[entity, key, name].copy()
        if (entity, key) not in frame._rows:
            frame._rows[entity, key] = frame.match(relation or entity, {"key": key})
        return sql.column(frame._rows[entity, key], name)

    def match(self, relation: str, keys: Mapping[str, Sql]) -> str:
        """The relation that has the only row, if any, of a table with these values in its columns."""
        frame = self.owner(*keys.values())
        alias = frame._alias()
        frame._tables[alias] = relation
        equal = [sql.compare("eq", sql.column(alias, name), value) for name, value in keys.items()]
        frame._joins.append(exp.Join(this=sql.table(relation, alias), side="LEFT", on=sql.all_of(equal)))
        return alias

    def grouped(self, query: exp.Select, values: Sequence[Sql]) -> str:
        """The relation that has the row of a query whose columns `BY` have these values, all missing if there is none.

        A query that reads nothing here. One that was asked for before is kept as a table, whichever rule it was for; where there are but a
        few rows, no table is made for them.
        """
        query = renumbered(query)
        asked = query.sql(sql.DIALECT), tuple(values)
        if asked in self._grouped:
            return self._grouped[asked]
        self._grouped[asked] = alias = self._alias()
        relation = self.world.kept(query) or query if self.outermost().few else self.world.shared(query)
        if isinstance(relation, str):
            source: Sql = sql.table(relation, alias)
        else:
            source = exp.Subquery(this=relation, alias=exp.TableAlias(this=exp.to_identifier(alias)))
        equal = [sql.compare("eq", sql.column(alias, BY.format(number)), value) for number, value in enumerate(values)]
        self._joins.append(exp.Join(this=source, side="LEFT", on=sql.all_of(equal)))
        return alias

    def among_few(self, own: Sql, value: Sql) -> list[Sql]:
        """That a column has the value of one of few rows, where the outermost frame ranges over few, and the value is theirs."""
        frame = self.outermost()
        if not frame.few or not isinstance(value, exp.Column) or value.table != frame.first:
            return []
        return [sql.among(own, sql.select([("value", value)], frame._source, (), frame.where).copy())]

    def reads_outside(self, query: exp.Query) -> bool:
        """Whether a query reads a relation of a frame around this one."""
        owners = (self._owners.get(part.table) for part in query.find_all(exp.Column))
        return any(owner is not None and owner.depth < self.depth for owner in owners)

    def named(self, value: Sql, costly: bool = False) -> Sql:
        """A value that is wanted several times, as a column unless it is short and not costly."""
        if not costly and (isinstance(value, (exp.Column, exp.Literal, exp.Cast, exp.Null, exp.Boolean)) or sum(1 for _ in value.walk()) < 16):
            return value
        frame = self.owner(value)
        return sql.column(frame.cross(sql.select([("value", value)])), "value")

    def owner(self, *values: Sql) -> Frame:
        """The innermost of the frames that the values depend on, the outermost if they depend on none."""
        tables = {part.table for value in values for part in value.find_all(exp.Column)}
        frames = [self._owners[table] for table in tables if table in self._owners]
        return max(frames, key=lambda frame: frame.depth, default=self.outermost())

    def origin(self, value: Sql) -> Origin:
        """The table and its column that a value is read from, if it is that and nothing more."""
        if not isinstance(value, exp.Column):
            return None
        table = self._tables.get(value.table)
        return self._origins.get((value.table, value.name)) or (None if table is None else (table, value.name))

    def outermost(self) -> Frame:
        return self if self.outer is None else self.outer.outermost()

    def select(self, columns: Iterable[tuple[str, Sql]], where: Sequence[Sql] = ()) -> exp.Select:
        """The SELECT of these columns, of rows for which something more holds."""
        chosen = sql.select(columns, self._source, self._joins, [*self.where, *where])
        return chosen if self.outer else sql.pruned(chosen)

    def _alias(self) -> str:
        alias = f"r{next(self._numbers)}"
        self._owners[alias] = self
        return alias

    def _entered(self, source: Sql | str, origin: Origin) -> tuple[str, Sql]:
        alias = self._alias()
        self._origins[alias, "key"] = origin
        if isinstance(source, str):
            self._tables[alias] = source
            return alias, sql.table(source, alias)
        return alias, exp.Subquery(this=source, alias=exp.TableAlias(this=exp.to_identifier(alias)))


def _lateral(relation: Sql, alias: str) -> Sql:
    if not isinstance(relation, exp.Subquery):
        return relation
    return exp.Lateral(this=exp.Subquery(this=relation.this), alias=exp.TableAlias(this=exp.to_identifier(alias)))


class Scope:
    """What an expression may look at: the frame, and the values of the variables and `let`s that are bound.

    `lets` are the rule's; those of them that `values` has are known already, and the rest is worked out where it is wanted first.
    """

    def __init__(
        self, frame: Frame, variables: Mapping[str, Value], lets: Mapping[str, ir.Expr], values: dict[str, Value] | None = None,
        sure: Sequence[str] = (), top: Scope | None = None,
    ) -> None:  # fmt: skip
        self.frame = frame
        self.variables = variables
        self.lets = lets
        self.values = {} if values is None else values
        self.sure = frozenset(sure)
        self.top = self if top is None else top

    @property
    def world(self) -> World:
        return self.frame.world

    def within(self, frame: Frame, name: str, value: Value) -> Scope:
        """The scope of a frame inside, with one variable more, which is never missing."""
        return Scope(frame, {**self.variables, name: value}, self.lets, self.values, (*self.sure, name), self.top)

    def bound(self, name: str, value: Sql) -> Scope:
        """The scope with a binder more."""
        return Scope(self.frame, {**self.variables, name: value}, self.lets, self.values, (*self.sure, name))

    def at(self, frame: Frame) -> Scope:
        """The same scope, for what is joined to another frame."""
        return Scope(frame, self.variables, self.lets, self.values, tuple(self.sure), self.top)

    def apart(self, arguments: Mapping[str, Value], sure: Sequence[str]) -> Scope:
        """The scope of a definition, which sees its arguments alone."""
        return Scope(self.frame, arguments, {}, {}, sure)
