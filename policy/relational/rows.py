"""Rows by entity and key: all at hand, or made of the cells of a table that lies elsewhere when they are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from policy.lang.facts import Facts, Row
from policy.lang.schema import Entity
from policy.relational.scanned import ScannedRows
from policy.relational.world import World

__all__ = ["Rows"]


def seen(entity: Entity, rows: Iterable[Row], world: World) -> Iterator[Row]:
    """The rows whose day is not after as-of, or not known."""
    index = None if entity.occurs is None else entity.occurs.index
    for row in rows:
        if index is None or row.values[index] is None or row.values[index] <= world.as_of:
            yield row


class Rows(Mapping[str, Mapping[str, Row]]):
    """The visible rows by entity and key; those that lie elsewhere once they were fetched."""

    def __init__(self, facts: Facts, world: World) -> None:
        self.scanned = {name: rows for name, rows in facts.tables.items() if isinstance(rows, ScannedRows)}
        self._world = world
        self._missed: dict[str, set[str]] = {}
        entities = world.pack.vocabulary.entities.values()
        self._rows: dict[str, dict] = {
            entity.name: {} if entity.name in self.scanned else {row.key: row for row in seen(entity, facts.tables.get(entity.name, ()), world)} for entity in entities
        }

    def __getitem__(self, entity: str) -> Mapping[str, Row]:
        return self._rows[entity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def fetch(self, wanted: Mapping[str, Collection[str]]) -> None:
        """Have the rows with these keys at hand, and of those that lie elsewhere no others."""
        self._rows |= {entity: {} for entity in self.scanned}
        for entity, keys in wanted.items():
            if keys:
                self._rows[entity] |= dict.fromkeys(keys)
                found = self.scanned[entity].of(keys).values()
                self._rows[entity] |= {row.key: row for row in seen(self._world.pack.vocabulary.entities[entity], found, self._world)}

    def row(self, entity: str, key: str) -> Row | None:
        """The visible row with a key; one that lies elsewhere and was not fetched is noted for `fetch_missed`."""
        rows = self._rows[entity]
        if entity in self.scanned and key not in rows:
            self._missed.setdefault(entity, set()).add(key)
        return rows.get(key)

    def fetch_missed(self) -> bool:
        """Fetch the rows that were asked for in vain, besides those at hand; whether there are any."""
        missed, self._missed = self._missed, {}
        known = {entity: self._rows[entity] for entity in self.scanned}
        if missed:
            self.fetch(missed)
            self._rows |= {entity: {**rows, **self._rows[entity]} for entity, rows in known.items()}
        return bool(missed)
