"""The visible rows by entity and key, all at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policy.lang.facts import Facts, Origin, Row
from policy.lang.schema import Entity
from policy.relational.scanned import ScannedRows
from policy.relational.world import World

__all__ = ["Rows"]


def _seen(entity: Entity, rows: Iterable[Row], world: World) -> Iterator[Row]:
    """The rows whose day is not after as-of, or not known."""
    index = None if entity.occurs is None else entity.occurs.index
    for row in rows:
        if index is None or row.values[index] is None or row.values[index] <= world.as_of:
            yield row


class Rows(dict[str, Mapping[str, Row]]):
    """The visible rows at hand, by entity and key; of those that lie elsewhere none. `scanned` are these, by entity.

    `origins` are where the rows of an entity come from, each once.
    """

    def __init__(self, facts: Facts, world: World) -> None:
        super().__init__()
        self.origins: dict[str, list[Origin]] = {}
        self.scanned = {name: rows for name, rows in facts.tables.items() if isinstance(rows, ScannedRows)}
        for entity in world.pack.vocabulary.entities.values():
            rows = () if entity.name in self.scanned else facts.tables.get(entity.name, ())
            self[entity.name] = {row.key: row for row in _seen(entity, rows, world)}
            origins = [self.scanned[entity.name].origin] if entity.name in self.scanned else [row.origin for row in self[entity.name].values()]
            self.origins[entity.name] = list({id(origin): origin for origin in origins}.values())
