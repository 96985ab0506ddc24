"""A rule's message for one outcome."""

from __future__ import annotations

import datetime
from typing import Any

from policy.interpret.expressions import evaluate
from policy.interpret.world import Env, Interval
from policy.lang import ir
from policy.lang.facts import Row
from policy.lang.keywords import period_text
from policy.lang.types import MonthDay, Period, Type

__all__ = ["render_message"]

_WORDS = {
    "zh": {"none": "缺失", "fulfilled": "尚未完成", True: "是", False: "否"},
    "en": {"none": "missing", "fulfilled": "not done", True: "yes", False: "no"},
}


def render_message(rule: ir.Rule, env: Env, due: datetime.date | None, fulfilled: datetime.date | None, bearer: Row | None) -> str:
    """The rule's message with its placeholders filled, in the language of the rule; a row is shown by its name and key."""
    known: dict[str, Any] = {
        "due": due,
        "fulfilled": fulfilled,
        "as_of": env.world.as_of,
        "days": None if due is None else ((fulfilled or env.world.as_of) - due).days,
        "bearer": bearer,
    }
    parts = []
    for part in rule.message:
        if isinstance(part, str):
            parts.append(part)
        elif part.expr is None:
            parts.append(_text(known[part.name], None, rule.language, env, part.name))
        else:
            parts.append(_text(evaluate(part.expr, env), getattr(part.expr, "type", None), rule.language, env, ""))
    return "".join(parts)


def _text(value: Any, type_: Type | None, language: str, env: Env, name: str) -> str:
    words = _WORDS[language]
    if value is None:
        return words["fulfilled"] if name == "fulfilled" else words["none"]
    if isinstance(value, Row):
        return _row(value, language, env)
    if isinstance(value, bool):
        return words[value]
    if isinstance(value, Period):
        return period_text(value.amount, value.unit, language)
    if isinstance(value, MonthDay):
        return f"{value.month:02}-{value.day:02}"
    if isinstance(value, Interval):
        return str(value.low) if value.low == value.high else f"{value.low}–{value.high}"
    if type_ is not None and type_.is_enum:
        return _member(value, type_, language, env)
    return str(value)


def _row(row: Row, language: str, env: Env) -> str:
    """A row by its name and key; by its key alone where it has no name, or a confidential one."""
    name = env.world.pack.vocabulary.entities[row.entity].field("name")
    if name is None or name.confidential or not row.values[name.index]:
        return row.key
    return f"{row.values[name.index]}（{row.key}）" if language == "zh" else f"{row.values[name.index]} ({row.key})"


def _member(value: str, type_: Type, language: str, env: Env) -> str:
    enum = env.world.pack.vocabulary.enums.get(type_.name or "")
    member = enum.member(value) if enum else None
    return member.label if member and member.label and language == "zh" else value
