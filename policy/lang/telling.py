"""A rule's message for one outcome."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from policy.lang import ir
from policy.lang.facts import Row
from policy.lang.keywords import period_text
from policy.lang.outcome import Mention
from policy.lang.schema import Entity, Field, Vocabulary
from policy.lang.types import MonthDay, Period, Type, number_text

__all__ = ["BRACKETS", "WORDS", "display_name", "placeholders", "render_message"]

WORDS = {
    "zh": {"none": "缺失", "fulfilled": "尚未完成", True: "是", False: "否"},
    "en": {"none": "missing", "fulfilled": "not done", True: "yes", False: "no"},
}
"""What is said of a value that is missing or a truth, by language."""

BRACKETS = {"zh": ("（", "）"), "en": (" (", ")")}
"""Around the key of a row, behind its name."""


def render_message(
    rule: ir.Rule, known: Mapping[str, Any], values: Iterable[tuple[Any, Type | None]], vocabulary: Vocabulary
) -> tuple[str, tuple[Mention, ...]]:
    """The rule's message with its placeholders filled, in the language of the rule, and what of it may name somebody.

    A row is shown by its name and key. `known` are the values of the placeholders by name, `values` those of the expressions in
    their order, each with its type.
    """
    parts, mentions, told, at = [], [], iter(values), 0
    for part in rule.message:
        if isinstance(part, str):
            said = part
        else:
            value, type_ = (known[part.name], None) if part.expr is None else next(told)
            said = _text(value, type_, rule.language, vocabulary, part.name if part.expr is None else "")
            if isinstance(value, Row):
                mentions.append(Mention(at, at + len(said), value.entity, value.key))
            elif isinstance(value, str) and not (type_ is not None and type_.is_enum):
                mentions.append(Mention(at, at + len(said)))
        parts.append(said)
        at += len(said)
    return "".join(parts), tuple(mentions)


def placeholders(
    as_of: datetime.date, due: datetime.date | None, fulfilled: datetime.date | None, bearer: Row | None
) -> dict[str, Any]:
    """The values of the placeholders that every message may have, by name."""
    days = None if due is None else ((fulfilled or as_of) - due).days
    return {"due": due, "fulfilled": fulfilled, "as_of": as_of, "days": days, "bearer": bearer}


def _text(value: Any, type_: Type | None, language: str, vocabulary: Vocabulary, name: str) -> str:
    words = WORDS[language]
    if value is None:
        return words["fulfilled"] if name == "fulfilled" else words["none"]
    if isinstance(value, Row):
        return _row(value, language, vocabulary)
    if isinstance(value, bool):
        return words[value]
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, Period):
        return period_text(value.amount, value.unit, language)
    if isinstance(value, MonthDay):
        return f"{value.month:02}-{value.day:02}"
    if isinstance(value, tuple):
        low, high = value
        return str(low) if low == high else f"{low}–{high}"
    if type_ is not None and type_.is_enum:
        return _member(value, type_, language, vocabulary)
    return str(value)


def display_name(entity: Entity) -> Field | None:
    """The field by which rows are called in messages and reports; None where they have no name, or a confidential one."""
    name = entity.field("name")
    return None if name is None or name.confidential else name


def _row(row: Row, language: str, vocabulary: Vocabulary) -> str:
    """A row by its name and key; by its key alone where nothing tells the name."""
    field = display_name(vocabulary.entities[row.entity])
    name = field and row.values[field.index]
    begin, end = BRACKETS[language]
    return f"{name}{begin}{row.key}{end}" if name else row.key


def _member(value: str, type_: Type, language: str, vocabulary: Vocabulary) -> str:
    enum = vocabulary.enums.get(type_.name or "")
    member = enum.member(value) if enum else None
    return member.label if member and member.label and language == "zh" else value
