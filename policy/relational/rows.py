"""The visible rows by entity and key: all at hand, or made of the cells of a table that lies elsewhere when they are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policy.lang.facts import Facts, Row
from policy.lang.paths import Path
from policy.lang.schema import Entity
from policy.relational.database import quoted
from policy.relational.scanned import ScannedRows
from policy.relational.world import World

if TYPE_CHECKING:
    from policy.relational.tables import Store

__all__ = ["Copies", "Rows"]


def seen(entity: Entity, rows: Iterable[Row], world: World) -> Iterator[Row]:
    """The rows whose day is not after as-of, or not known."""
    index = None if entity.occurs is None else entity.occurs.index
    for row in rows:
        if index is None or row.values[index] is None or row.values[index] <= world.as_of:
            yield row


class Rows(Mapping[str, Mapping[str, Row]]):
    """The visible rows at hand, by entity and key; of those that lie elsewhere none. `scanned` are these, by entity."""

    def __init__(self, facts: Facts, world: World) -> None:
        self.scanned = {name: rows for name, rows in facts.tables.items() if isinstance(rows, ScannedRows)}
        entities = world.pack.vocabulary.entities.values()
        self._rows = {
            entity.name: {} if entity.name in self.scanned else {row.key: row for row in seen(entity, facts.tables.get(entity.name, ()), world)}
            for entity in entities
        }

    def __getitem__(self, entity: str) -> Mapping[str, Row]:
        return self._rows[entity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Copies(Mapping[str, Mapping[str, Row]]):
    """The visible rows that the outcomes of one rule rest on or name, with the values that it reads: those at hand, and those that were fetched.

    What lies elsewhere is gone through once for the rule: `keys` are, by entity, queries for the keys of the rows that are wanted, `paths` lead
    from them to others. The rows found are copied, and fetched from there, some at a time. `fields` are the names of those that are read, by entity.
    """

    def __init__(
        self, rows: Rows, world: World, store: Store, name: str, keys: Mapping[str, Sequence[str]], paths: Collection[Path],
        fields: Mapping[str, Collection[str]],
    ) -> None:  # fmt: skip
        self._world = world
        self._store = store
        self._scanned = rows.scanned
        self._rows: dict[str, Mapping[str, Row]] = dict(rows)
        self._missed: dict[str, set[str]] = {}
        self._columns = {entity: scanned.columns(fields.get(entity, ())) for entity, scanned in self._scanned.items()}
        self._tables = {entity: f"{name} {world.number(entity)}" for entity in self._scanned}
        for entity in self._scanned:
            self._copy(entity, keys.get(entity, ()))
        self._follow(paths)

    def drop(self) -> None:
        """Forget the copies."""
        for table in self._tables.values():
            self._store.do(f"DROP TABLE {quoted(table)}")

    def __getitem__(self, entity: str) -> Mapping[str, Row]:
        return self._rows[entity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def fetch(self, wanted: Mapping[str, Collection[str]]) -> None:
        """Have the rows with these keys at hand, and of those that lie elsewhere no others."""
        for entity in self._scanned:
            self._rows[entity] = self._found(entity, wanted.get(entity, ()), self._tables[entity])

    def row(self, entity: str, key: str) -> Row | None:
        """The visible row with a key; one that lies elsewhere and was not fetched is noted for `fetch_missed`."""
        rows = self._rows[entity]
        if entity in self._scanned and key not in rows:
            self._missed.setdefault(entity, set()).add(key)
        return rows.get(key)

    def fetch_missed(self) -> bool:
        """Fetch the rows that were asked for in vain, besides those at hand; whether there are any."""
        missed, self._missed = self._missed, {}
        for entity, keys in missed.items():
            found = self._found(entity, keys, self._tables[entity])
            lost = [key for key, row in found.items() if row is None]  # rows at hand led there
            self._rows[entity] = {**self._rows[entity], **found, **self._found(entity, lost, self._scanned[entity].table.name)}
        return bool(missed)

    def _found(self, entity: str, keys: Collection[str], table: str) -> dict[str, Row]:
        """The rows of a table with some keys; nothing for those that no visible row has."""
        found: dict[str, Row] = dict.fromkeys(keys)
        if keys:
            self._store.keep_wanted(keys)
            rows = self._scanned[entity].made(self._columns[entity], f"{quoted(table)} SEMI JOIN wanted USING (key)")
            found |= {row.key: row for row in seen(self._world.pack.vocabulary.entities[entity], rows, self._world)}
        return found

    def _copy(self, entity: str, keys: Sequence[str]) -> None:
        """Copy the rows with the keys that some queries give."""
        columns = ", ".join(quoted(name) for name, _ in self._columns[entity])
        said = f"SELECT {columns} FROM {quoted(self._scanned[entity].table.name)}"
        said += f" SEMI JOIN ({' UNION ALL '.join(keys)}) AS wanted USING (key)" if keys else " WHERE FALSE"
        self._store.do(f"CREATE TABLE {quoted(self._tables[entity])} AS {said}")

    def _follow(self, paths: Collection[Path]) -> None:
        """Copy the rows that paths lead to, too."""
        steps = {(place, *path[place], path[place + 1][0]) for path in paths for place in range(len(path) - 1)}
        for _, entity, index, target in sorted(steps):
            if entity in self._scanned and target in self._scanned:
                self._add(target, entity, index)

    def _add(self, entity: str, before: str, index: int) -> None:
        """Copy the rows of an entity that a reference of copied rows names."""
        scanned, own, columns = self._scanned[before], quoted(self._tables[entity]), ", ".join(quoted(name) for name, _ in self._columns[entity])
        via = quoted(scanned.table.column(scanned.table.entity.fields[index]))
        keys = f"SELECT {via} AS key FROM {quoted(self._tables[before])} ANTI JOIN {own} AS own ON own.key = {via}"
        wanted = f"SELECT DISTINCT key FROM ({keys}) WHERE key IS NOT NULL"
        self._store.do(f"INSERT INTO {own} SELECT {columns} FROM {quoted(self._scanned[entity].table.name)} SEMI JOIN ({wanted}) AS wanted USING (key)")
