"""Which tables are those of a pack, by name and columns, and which may be ledgers."""

from __future__ import annotations

from collections.abc import Iterable

from policy.lang.schema import Entity, Vocabulary
from policy.lang.table import OWN_SHEETS, RawTable
from policy.load.texts import bare, folded

__all__ = ["column_of", "foreign", "is_of"]


def foreign(tables: Iterable[RawTable], vocabulary: Vocabulary) -> tuple[RawTable, ...]:
    """The tables that are no tables of a pack, by their names and columns, and so may be ledgers."""
    entities = {folded(name): entity for entity in vocabulary.entities.values() for name in (entity.label, entity.name) if name}
    own = {folded(name) for names in OWN_SHEETS.values() for name in names.values()}
    others = (table for table in tables if table.sheet is None or folded(table.name) not in own)
    return tuple(table for table in others if not _is_canonical(table, entities.get(folded(table.name))))


def _is_canonical(table: RawTable, entity: Entity | None) -> bool:
    if entity is None:
        return False
    known = {folded(name) for field in entity.fields for name in (field.label, field.name) if name}
    return any(folded(bare(column)) in known for column in table.columns)


def is_of(table: RawTable, entity: Entity) -> bool:
    """Whether a table is called as an entity is."""
    return folded(table.name) in (folded(entity.name), folded(entity.label or entity.name))


def column_of(table: RawTable, entity: Entity, field: str | None) -> int | None:
    """The place of a field's column in a table, None where it has none."""
    found = entity.field(field or "")
    names = {folded(name) for name in (found.name, found.label) if name} if found else set()
    return next((place for place, column in enumerate(table.columns) if folded(bare(column)) in names), None)
