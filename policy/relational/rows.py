"""The visible rows by entity and key, all at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policy.lang.facts import Facts, Row
from policy.lang.schema import Entity
from policy.relational.scanned import ScannedRows
from policy.relational.world import World

__all__ = ["Rows", "seen"]


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
