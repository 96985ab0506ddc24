"""Rows of tables that lie elsewhere, copied and fetched when outcomes are told that rest on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from policy.lang.facts import Row
from policy.lang.paths import Path
from policy.relational.database import quoted
from policy.relational.rows import Rows, seen
from policy.relational.tables import Store
from policy.relational.world import World

__all__ = ["Copies", "Fetched"]


class Copies:
    """Rows of tables that lie elsewhere: those that outcomes rest on or name, with the values that rules read, and no others.

    Whole tables are gone through only for rows that were not wanted before; `asked` are the keys that were. `fields` are the names of those that are read, by entity.
    """

    def __init__(self, rows: Rows, world: World, store: Store, fields: Mapping[str, Collection[str]]) -> None:
        self.rows = rows
        self._world = world
        self._store = store
        self._columns = {entity: scanned.columns(fields.get(entity, ())) for entity, scanned in rows.scanned.items()}
        for entity in rows.scanned:
            store.do(f"CREATE TABLE {self._asked(entity)} (key VARCHAR)")
            store.do(f"CREATE TABLE {self._copy(entity)} AS SELECT {self._listed(entity)} FROM {self._whole(entity)} WHERE FALSE")

    def add(self, keys: Mapping[str, Sequence[str]], paths: Collection[Path]) -> None:
        """Copy the rows with the keys that some queries give, by entity, and those that paths lead to from them."""
        for entity, queries in keys.items():
            if entity in self._columns:
                self._add(entity, " UNION ALL ".join(queries))
        for _, before, index, entity in sorted({(place, *path[place], path[place + 1][0]) for path in paths for place in range(len(path) - 1)}):
            if entity in self._columns and before in self._columns:
                scanned = self.rows.scanned[before]
                via = quoted(scanned.table.column(scanned.table.entity.fields[index]))
                self._add(entity, f"SELECT {via} AS key FROM {self._copy(before)}")

    def _add(self, entity: str, keys: str) -> None:
        self._store.do(f"CREATE OR REPLACE TABLE news AS SELECT DISTINCT key FROM ({keys}) ANTI JOIN {self._asked(entity)} USING (key) WHERE key IS NOT NULL")
        if self._store.rows("SELECT count(*) FROM news")[0][0]:
            self._store.do(f"INSERT INTO {self._asked(entity)} SELECT key FROM news")
            self._store.do(f"INSERT INTO {self._copy(entity)} SELECT {self._listed(entity)} FROM {self._whole(entity)} SEMI JOIN news USING (key)")

    def read(self, entity: str, keys: Collection[str]) -> dict[str, Row | None]:
        """The visible rows with some keys; nothing for a key that none has."""
        found: dict[str, Row | None] = dict.fromkeys(keys)
        if keys:
            self._store.keep_wanted(keys)
            rows = self._wanted(entity)
            if len(rows) < len(found):  # rows at hand may lead to rows that are not copied yet
                self._add(entity, "SELECT key FROM wanted")
                rows = self._wanted(entity)
            found |= {row.key: row for row in seen(self._world.pack.vocabulary.entities[entity], rows, self._world)}
        return found

    def _wanted(self, entity: str) -> list[Row]:
        return list(self.rows.scanned[entity].made(self._columns[entity], f"{self._copy(entity)} SEMI JOIN wanted USING (key)"))

    def _listed(self, entity: str) -> str:
        return ", ".join(quoted(name) for name, _ in self._columns[entity])

    def _whole(self, entity: str) -> str:
        return quoted(self.rows.scanned[entity].table.name)

    def _copy(self, entity: str) -> str:
        return quoted(f"copied {self._world.number(entity)}")

    def _asked(self, entity: str) -> str:
        return quoted(f"asked {self._world.number(entity)}")


class Fetched(dict[str, Mapping[str, Row]]):
    """The visible rows as some outcomes need them: those at hand, and of those that lie elsewhere the ones that were fetched."""

    def __init__(self, copies: Copies) -> None:
        super().__init__(copies.rows)
        self._copies = copies
        self._missed: dict[str, set[str]] = {}

    @property
    def elsewhere(self) -> Collection[str]:
        """The entities whose rows lie elsewhere."""
        return self._copies.rows.scanned.keys()

    def fetch(self, wanted: Mapping[str, Collection[str]]) -> None:
        """Have the rows with these keys at hand, and of those that lie elsewhere no others."""
        for entity in self.elsewhere:
            self[entity] = self._copies.read(entity, wanted.get(entity, ()))

    def row(self, entity: str, key: str) -> Row | None:
        """The visible row with a key; one that lies elsewhere and was not fetched is noted for `fetch_missed`."""
        rows = self[entity]
        if key not in rows and entity in self.elsewhere:
            self._missed.setdefault(entity, set()).add(key)
        return rows.get(key)

    def fetch_missed(self) -> bool:
        """Fetch the rows that were asked for in vain, besides those at hand; whether there are any."""
        missed, self._missed = self._missed, {}
        for entity, keys in missed.items():
            self[entity] = {**self[entity], **self._copies.read(entity, keys)}
        return bool(missed)
