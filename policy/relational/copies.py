"""Rows of tables that lie elsewhere, copied once outcomes are told that rest on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from policy.lang.paths import Path
from policy.relational.columns import as_read
from policy.relational.database import quoted
from policy.relational.rows import Rows
from policy.relational.tables import Store
from policy.relational.world import World

__all__ = ["Copies"]


class Copies:
    """Rows of tables that lie elsewhere: those that outcomes rest on or name, with the values that rules read, and no others.

    Whole tables are gone through only for rows that were not wanted before; `asked` are the keys that were. `fields` are the names of those that are read, by entity.
    """

    def __init__(self, rows: Rows, world: World, store: Store, fields: Mapping[str, Collection[str]]) -> None:
        self.rows = rows
        self._world = world
        self._store = store
        self._columns = {
            entity: ["key", "line", "origin", *(as_read(field) for field in world.pack.vocabulary.entities[entity].fields if field.name in fields.get(entity, ()) and not field.key)]
            for entity in rows.scanned
        }
        for entity in rows.scanned:
            store.do(f"CREATE TABLE {self._asked(entity)} (key VARCHAR)")
            store.do(f"CREATE TABLE {self.table(entity)} AS SELECT {self._listed(entity)} FROM {self._whole(entity)} WHERE FALSE")

    def table(self, entity: str) -> str:
        """The table of the visible rows of an entity that outcomes rest on or name: of one that lies elsewhere those that were added."""
        return quoted(f"copied {self._world.number(entity)}") if entity in self._columns else self._whole(entity)

    def add(self, keys: Mapping[str, Sequence[str]], paths: Collection[Path]) -> None:
        """Copy the rows with the keys that some queries give, by entity, and those that paths lead to from them."""
        for entity, queries in keys.items():
            if entity in self._columns:
                self._add(entity, " UNION ALL ".join(queries))
        for _, before, index, entity in sorted({(place, *path[place], path[place + 1][0]) for path in paths for place in range(len(path) - 1)}):
            if entity in self._columns:
                via = quoted(as_read(self._world.pack.vocabulary.entities[before].fields[index]))
                self._add(entity, f"SELECT {via} AS key FROM {self.table(before)}")

    def _add(self, entity: str, keys: str) -> None:
        self._store.do(f"CREATE OR REPLACE TABLE news AS SELECT DISTINCT key FROM ({keys}) ANTI JOIN {self._asked(entity)} USING (key) WHERE key IS NOT NULL")
        if self._store.rows("SELECT count(*) FROM news")[0][0]:
            self._store.do(f"INSERT INTO {self._asked(entity)} SELECT key FROM news")
            self._store.do(f"INSERT INTO {self.table(entity)} SELECT {self._listed(entity)} FROM {self._whole(entity)} SEMI JOIN news USING (key)")

    def _listed(self, entity: str) -> str:
        return ", ".join(map(quoted, self._columns[entity]))

    def _whole(self, entity: str) -> str:
        return quoted(self._world.table(entity))

    def _asked(self, entity: str) -> str:
        return quoted(f"asked {self._world.number(entity)}")
