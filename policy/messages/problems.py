"""What is wrong with the data, and what would be accepted instead, in words."""

from __future__ import annotations

from policy.lang.facts import Problem
from policy.messages import text

__all__ = ["ACCEPTED", "accepted", "problem_text"]

ACCEPTED: dict[str, dict[str, str]] = {
    "key": {"zh": "应填不与其他行重复的编号", "en": "it takes a key that no other row has"},
    "text": {"zh": "应填文字", "en": "it takes a text"},
    "ref": {"zh": "应填表 `{target}` 中已有的 `{key}`", "en": "it takes a `{key}` that `{target}` has"},
    "enum": {"zh": "可填：{members}", "en": "it takes: {members}"},
    "code": {"zh": "应填规则包中的代码", "en": "it takes a code of the pack"},
    "date": {"zh": "应填写到日的日期，例如 `2026-01-30`", "en": "it takes a day, such as `2026-01-30`"},
    "bool": {"zh": "应填 `是` 或 `否`", "en": "it takes `yes` or `no`"},
    "int": {"zh": "应填整数，例如 `5`", "en": "it takes a whole number, such as `5`"},
    "number": {"zh": "应填数值，例如 `1.5`", "en": "it takes a number, such as `1.5`"},
}
"""What would be accepted in a cell, by what its field takes."""

_SILENT = frozenset(("D010", "D013", "D014", "D021", "D022", "D030", "D031", "D038"))
"""Problems of cells whose message does not say by itself what would be accepted."""


def accepted(takes: tuple[str, ...], language: str) -> str:
    """What a cell accepts, in words, from what `policy.lang.schema.takes` says of its field; empty where nothing can be said."""
    kind, *rest = takes or ("",)
    if kind == "enum" and not rest:
        kind = "code"
    if kind not in ACCEPTED:
        return ""
    target, key = (*rest, "", "")[:2]
    return ACCEPTED[kind][language].format(target=target, key=key, members=("、" if language == "zh" else ", ").join(rest))


def problem_text(problem: Problem, language: str) -> str:
    """What is wrong with the data and, unless the message says it, what would be accepted instead."""
    said = text(problem.code, language, **dict(problem.arguments))
    instead = accepted(problem.takes, language) if problem.code in _SILENT else ""
    return f"{said}{'；' if language == 'zh' else '; '}{instead}" if instead else said
