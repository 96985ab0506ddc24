"""facts → who is named in them, for masking."""

from __future__ import annotations

from collections.abc import Iterable

from policy.lang.facts import Facts, Row
from policy.lang.ir import EachRow, Rule
from policy.lang.report import Identities
from policy.lang.schema import Entity, Vocabulary

__all__ = ["binder_entities", "identities"]

_NAMES = ("name", "姓名", "名称")
"""What a field with names is called."""


def binder_entities(rule: Rule) -> tuple[str | None, ...]:
    """The entity of each part of a rule's subjects; None of members and years."""
    return tuple(each.entity if isinstance(each, EachRow) else None for each in rule.binders)


def identities(facts: Facts, vocabulary: Vocabulary, rules: Iterable[Rule]) -> Identities:
    """The persons and organizations among the entities, and what their rows are called.

    An entity with a tree is one of organizations. Any other that has a name, or whose rows owe a duty, is taken for persons: to mask
    too much does no harm.
    """
    owing = {rule.bearer.type.name for rule in rules if rule.bearer is not None}
    entities = vocabulary.entities.values()
    organizations = frozenset(entity.name for entity in entities if any(field.tree for field in entity.fields))
    named = frozenset(entity.name for entity in entities if entity.name in owing or any(entity.field(name) for name in _NAMES))
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    for entity in (one for one in entities if one.name in named | organizations):
        names.update(_called(entity, facts.tables.get(entity.name, ())))
    for key in _pointed_at(facts, vocabulary, named | organizations):
        names.setdefault(key, ())
    words = frozenset(word for entity in entities for word in (entity.name, entity.label) if word)
    return Identities(named - organizations, organizations, names, words)


def _called(entity: Entity, rows: Iterable[Row]) -> Iterable[tuple[tuple[str, str], tuple[str, ...]]]:
    """What rows are called: the name, and every confidential text, which may be a former name."""
    named = [entity.field(name) for name in _NAMES]
    places = [field.index for field in entity.fields if field.type.kind == "text" and (field.confidential or field in named)]
    for row in rows:
        yield (entity.name, row.key), tuple(str(row.values[place]) for place in places if row.values[place])


def _pointed_at(facts: Facts, vocabulary: Vocabulary, wanted: frozenset[str]) -> Iterable[tuple[str, str]]:
    """The rows that references point to, whether they are there or not: people write names where keys belong."""
    for entity in vocabulary.entities.values():
        references = [(field.index, field.type.name) for field in entity.fields if field.type.is_ref and field.type.name in wanted]
        for row in facts.tables.get(entity.name, ()) if references else ():
            for place, target in references:
                if target is not None and row.values[place]:
                    yield target, row.values[place]
