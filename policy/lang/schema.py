"""The vocabulary of a pack: its entities with their fields, and its enums."""

from __future__ import annotations

from policy.lang.noun import noun
from policy.lang.types import BOOL, DATE, TEXT, Type

__all__ = ["ATTESTATION", "WAIVER", "Entity", "Enum", "Field", "Member", "Vocabulary", "takes"]


@noun
class Field:
    """A column. `index` is its place in the values of a row; a `tree` field is a reference to its own entity.

    A `secrecy` field says how secret its row is, by levels of `policy.lang.secrecy`.
    """

    name: str
    label: str | None
    type: Type
    index: int
    key: bool = False
    optional: bool = False
    occurs: bool = False
    confidential: bool = False
    tree: bool = False
    secrecy: bool = False


@noun
class Entity:
    """A table. Exactly one field is the key; at most one has the `occurs` day. `name` is also the display name's field."""

    name: str
    label: str | None
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """The field called `name`, an identifier or a label, or None."""
        for candidate in self.fields:
            if candidate.name == name or candidate.label == name:
                return candidate
        return None

    @property
    def key(self) -> Field:
        return next(field for field in self.fields if field.key)

    @property
    def occurs(self) -> Field | None:
        return next((field for field in self.fields if field.occurs), None)


@noun
class Member:
    """A value of an enum; data and rules may call it by its name or its label."""

    name: str
    label: str | None


@noun
class Enum:
    """A closed list of values in their order."""

    name: str
    label: str | None
    members: tuple[Member, ...]

    def member(self, name: str) -> Member | None:
        """The member called `name`, an identifier or a label, or None."""
        for candidate in self.members:
            if candidate.name == name or candidate.label == name:
                return candidate
        return None


@noun
class Vocabulary:
    """Entities and enums by identifier, in the order of the pack. The engine's own entities are among them."""

    entities: dict[str, Entity]
    enums: dict[str, Enum]

    def entity(self, name: str) -> Entity | None:
        """The entity called `name`, an identifier or a label, or None."""
        if name in self.entities:
            return self.entities[name]
        return next((entity for entity in self.entities.values() if entity.label == name), None)

    def enum(self, name: str) -> Enum | None:
        """The enum called `name`, an identifier or a label, or None."""
        if name in self.enums:
            return self.enums[name]
        return next((enum for enum in self.enums.values() if enum.label == name), None)


def takes(field: Field, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a field accepts: `key`, `ref` with the target and its key, `enum` with its members, or the kind of its type.

    Entities, fields and members by their labels.
    """
    if field.key:
        return ("key",)
    if field.type.is_enum:
        return ("enum", *(member.label or member.name for member in vocabulary.enums[field.type.name].members))
    if field.type.is_ref:
        target = vocabulary.entities[field.type.name]
        return ("ref", target.label or target.name, target.key.label or target.key.name)
    return (field.type.kind,)


ATTESTATION = Entity(
    "attestation",
    "人工认定",
    (
        Field("id", "认定编号", TEXT, 0, key=True),
        Field("rule", "规则", TEXT, 1),
        Field("subject", "对象", TEXT, 2),
        Field("conclusion", "结论", BOOL, 3),
        Field("by", "认定人", TEXT, 4),
        Field("date", "日期", DATE, 5, occurs=True),
        Field("valid_until", "有效期至", DATE, 6, optional=True),
        Field("basis", "依据", TEXT, 7, optional=True),
    ),
)
"""Signed findings of people on what no data decide. `subject` is the text of an outcome's subject: its keys, joined by commas."""

WAIVER = Entity(
    "waiver",
    "豁免",
    (
        Field("id", "豁免编号", TEXT, 0, key=True),
        Field("rule", "规则", TEXT, 1),
        Field("subject", "对象", TEXT, 2),
        Field("reason", "理由", TEXT, 3),
        Field("approver", "批准人", TEXT, 4),
        Field("date", "批准日期", DATE, 5, occurs=True),
        Field("valid_until", "有效期至", DATE, 6, optional=True),
        Field("document", "文件", TEXT, 7, optional=True),
    ),
)
"""Decisions not to pursue one outcome. Without reason, approver or date a waiver is refused."""
