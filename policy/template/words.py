"""What forms have in common: how a column is headed, and what a field offers to choose from."""

from __future__ import annotations

from policy.lang.schema import Field, Vocabulary
from policy.messages import text

__all__ = ["KINDS", "choices_of", "headed"]

KINDS = {"date": "date", "int": "int", "number": "number"}
"""Kinds of columns by those of fields; others are text."""


def headed(name: str, required: bool, language: str) -> str:
    """The heading of a column, which says whether it has to be filled in."""
    return name + text("F30", language) if required else name


def choices_of(field: Field, vocabulary: Vocabulary, language: str) -> tuple[str, ...]:
    """What can be chosen for a field, in a language; nothing where it takes more than a few words."""
    if field.type.kind == "bool":
        return text("F31", language), text("F32", language)
    if not field.type.is_enum:
        return ()
    members = vocabulary.enums[field.type.name or ""].members
    return tuple(member.label if member.label and language == "zh" else member.name for member in members)
