"""What a name may be exchanged for: a member for another of its enum, a field for another of its type and entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy.lang.schema import Field, Member, Vocabulary

__all__ = ["Words"]

_KINDS = ("date", "ref", "bool")
"""The kinds of fields that are exchanged for one another."""


class Words:
    """The names of a vocabulary. The checker refuses what does not fit after all, as the same name may be used of several things."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._members: dict[str, list[str]] = {}
        self._fields: dict[str, list[str]] = {}
        for enum in vocabulary.enums.values():
            for member, other in zip(enum.members, (*enum.members[1:], *enum.members[:1])):
                _enter(self._members, member, [other])
        for entity in vocabulary.entities.values():
            for field in entity.fields:
                _enter(self._fields, field, [one for one in entity.fields if one is not field and _exchangeable(one, field)])

    def members(self, name: str) -> Iterable[str]:
        """The next member of each enum that has one of this name or label."""
        return self._members.get(name, ())

    def fields(self, name: str) -> Iterable[str]:
        """The other fields of the same type in each entity that has one of this name or label."""
        return self._fields.get(name, ())


def _exchangeable(one: Field, other: Field) -> bool:
    return one.type == other.type and one.type.kind in _KINDS


def _enter(known: dict[str, list[str]], one: Field | Member, others: Iterable[Field | Member]) -> None:
    """Enter what may stand for an identifier by identifiers, and for a label by labels."""
    for name, names in _spellings(one, others):
        found = known.setdefault(name, [])
        found += [other for other in names if other != name and other not in found]


def _spellings(one: Field | Member, others: Iterable[Field | Member]) -> Iterator[tuple[str, list[str]]]:
    others = list(others)
    yield one.name, [other.name for other in others]
    if one.label is not None:
        yield one.label, [other.label or other.name for other in others]
