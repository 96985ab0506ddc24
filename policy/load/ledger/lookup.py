"""Persons and organizations found by name: one that is meant without doubt, or the candidates; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from policy.lang.mapping import Lookup
from policy.lang.schema import Entity, Vocabulary
from policy.lang.table import RawTable
from policy.load.foreign import column_of, is_of
from policy.load.ledger.cells import said
from policy.load.texts import clean, named
from policy.near import nearest

__all__ = ["Ambiguous", "Registry"]

_BETWEEN = re.compile(r"[\\/|>→\-—–]")
"""What people write between the names of a path."""


class Ambiguous(Exception):
    """A name that may mean several rows: `candidates` are their paths and keys."""

    def __init__(self, candidates: tuple[str, ...]) -> None:
        super().__init__(len(candidates))
        self.candidates = candidates


@attrs.define(eq=False)
class _Entry:
    key: str
    name: str
    parent: str | None
    where: set[str]


class Registry:
    """The rows of an entity that names can mean. `listed` tells whether there was a table of them before any ledger was read."""

    def __init__(self, entity: Entity, lookup: Lookup, vocabulary: Vocabulary, tables: Iterable[RawTable]) -> None:
        self.entity = entity
        self.lookup = lookup
        self.listed = False
        self._entries: dict[str, _Entry] = {}
        self._by_name: dict[str, list[_Entry]] = {}
        self._forms: dict[str, list[tuple[_Entry, bool]]] | None = None
        for table in tables:
            if is_of(table, entity):
                self._read(table)
            elif lookup.by and is_of(table, vocabulary.entities[lookup.by]):
                self.place(table, vocabulary.entities[lookup.by])

    def _read(self, table: RawTable) -> None:
        key, name = column_of(table, self.entity, self.entity.key.name), column_of(table, self.entity, self.lookup.name)
        parent = column_of(table, self.entity, self.lookup.parent) if self.lookup.parent else None
        for _, cells in table.rows if key is not None and name is not None else ():
            above = said(cells[parent]) if parent is not None else None
            self.add(said(cells[key]), said(cells[name]), parent=above or None)

    def place(self, table: RawTable, by: Entity) -> None:
        """Learn from a table which rows are where."""
        fields = [field for field in by.fields if field.type.is_ref]
        own = next(field for field in fields if field.type.name == self.entity.name)
        other = next(field for field in fields if field.type.name != self.entity.name)
        columns = column_of(table, by, own.name), column_of(table, by, other.name)
        for _, cells in table.rows if None not in columns else ():
            key, where = (said(cells[column]) for column in columns if column is not None)
            self._entry(key).where.add(where)

    def _entry(self, key: str) -> _Entry:
        return self._entries.setdefault(key, _Entry(key, "", None, set()))

    def add(self, key: str, name: str, *, parent: str | None = None, where: str | None = None) -> None:
        """Add a row, unless its key is known with a name."""
        if not key or self._entry(key).name:
            return
        entry = self._entry(key)
        entry.name, entry.parent = name, parent
        if where:
            entry.where.add(where)
        self._by_name.setdefault(self._compared(name), []).append(entry)
        if self._forms is not None:
            self._learn(entry, self._forms)

    def lay(self, key: str, parent: str | None) -> None:
        """Say what is above a row."""
        self._entry(key).parent = parent
        self._forms = None

    def close(self) -> None:
        """What is known now was listed; what comes is found in ledgers."""
        self.listed = bool(self._by_name)

    def _compared(self, name: str) -> str:
        return named(name) if self.lookup.parent else self._short(name)

    def _short(self, name: str) -> str:
        return re.sub(self.lookup.omit, "", named(name)) if self.lookup.omit else named(name)

    def find(self, text: str, within: str | None, *, careful: bool) -> str | None:
        """The key of the row that a text means, None where there is none. Raises Ambiguous.

        `within` is where it is, or below which. A `careful` search takes nobody for a namesake who is known to be elsewhere.
        """
        key = clean(text)
        if key in self._entries and self._entries[key].name:
            return key
        return self._below(text, within) if self.lookup.parent else self._there(text, within, careful)

    def _there(self, text: str, within: str | None, careful: bool) -> str | None:
        namesakes = self._by_name.get(self._compared(text), [])
        inside = [entry for entry in namesakes if within in entry.where]
        if inside or not careful:
            return self._one(inside or namesakes)
        nowhere = [entry for entry in namesakes if not entry.where]
        return self._one(nowhere) if not within or len(nowhere) == len(namesakes) else None

    def _below(self, text: str, within: str | None) -> str | None:
        whole = self._by_name.get(named(text), [])
        if whole and not (within and all(self._is_bare(entry) and not self._lies(entry, within) for entry in whole)):
            return self._one(whole, within)
        written = re.sub(_BETWEEN, "", self._short(text))
        forms = self._all_forms().get(written, [])
        paths = list(dict.fromkeys(entry for entry, bare in forms if not bare))
        if paths:
            return self._one(paths, within)
        bare = list(dict.fromkeys(entry for entry, _ in forms))
        inside = [entry for entry in bare if self._lies(entry, within)] if within else bare
        if bare and not inside:  # the same name is elsewhere, and may be here without being listed
            raise Ambiguous(self._shown(bare))
        return self._one(inside)

    def _one(self, entries: list[_Entry], within: str | None = None) -> str | None:
        if len(entries) > 1 and within:
            entries = [entry for entry in entries if self._lies(entry, within)] or entries
        if len(entries) > 1:
            raise Ambiguous(self._shown(entries))
        return entries[0].key if entries else None

    def _lies(self, entry: _Entry, within: str | None) -> bool:
        return within in (entry.key, *self._ancestors(entry))

    def _is_bare(self, entry: _Entry) -> bool:
        """Whether the name says nothing of those above."""
        return bool(entry.parent) and self._own(entry) == self._short(entry.name)

    def _ancestors(self, entry: _Entry) -> list[str]:
        found: list[str] = []
        while entry.parent and entry.parent not in found and entry.parent in self._entries:
            found.append(entry.parent)
            entry = self._entries[entry.parent]
        return found

    def _all_forms(self) -> dict[str, list[tuple[_Entry, bool]]]:
        """What rows of a tree may be called, each with the rows and whether it is a bare name, which others may have too."""
        if self._forms is None:
            self._forms = {}
            for entry in self._entries.values():
                self._learn(entry, self._forms)
        return self._forms

    def _learn(self, entry: _Entry, forms: dict[str, list[tuple[_Entry, bool]]]) -> None:
        for form, bare in self._forms_of(entry) if entry.name else ():
            forms.setdefault(form, []).append((entry, bare))

    def _forms_of(self, entry: _Entry) -> Iterator[tuple[str, bool]]:
        short, own = self._short(entry.name), self._own(entry)
        path = own
        for key in self._ancestors(entry):
            above = self._own(self._entries[key])
            if path == own and above:
                yield above[-1] + own, True  # `县教育局` of 泠溪县
            path = above + path
            yield path, False
        yield short, self._is_bare(entry)
        yield own, bool(entry.parent)

    def _own(self, entry: _Entry) -> str:
        """The name without that of the nearest one above that it begins with."""
        short = self._short(entry.name)
        above = (self._short(self._entries[key].name) for key in self._ancestors(entry))
        return next((short[len(name) :] for name in above if name and short.startswith(name) and short != name), short)

    def _shown(self, entries: Iterable[_Entry]) -> tuple[str, ...]:
        return tuple(self.shown(entry.key) for entry in entries)

    def shown(self, key: str) -> str:
        """A row as a message shows it: the names from the top down and its key; of one whose name is confidential where it is."""
        entry = self._entries[key]
        if self.lookup.parent:
            names = [entry.name, *(self._entries[one].name for one in self._ancestors(entry))]
            return f"{'／'.join(reversed(names))}（{key}）"
        return f"{key}（{'、'.join(sorted(entry.where))}）" if entry.where else key

    def nearest(self, text: str) -> str | None:
        """The name that a text may have been meant to be."""
        return nearest(clean(text), [entry.name for entry in self._entries.values() if entry.name])
