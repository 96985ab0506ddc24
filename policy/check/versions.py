"""Which versions of its base a variant fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

from policy.check.page import Page
from policy.lang import ast

__all__ = ["check_version"]

_SIGNS: dict[str, Callable[[object, object], bool]] = {">=": ge, "<=": le, "!=": ne, "==": eq, "=": eq, ">": gt, "<": lt}
_CONDITION = re.compile(r"(>=|<=|!=|==|=|>|<)?\s*(\d+(?:\.\d+)*)")


def check_version(page: Page, extends: ast.ExtendsClause, version: str) -> None:
    """Refuse a base whose version is not among those that a variant names (`>=1.0 <2`), and a text that names none."""
    conditions = _conditions(extends.versions)
    number = _number(version)
    if conditions is None:
        page.refuse("C803", extends.span, ("write_versions", {}), text=extends.versions)
    elif number is None or not all(_SIGNS[sign](number, wanted) for sign, wanted in conditions):
        words = {"name": extends.name.text, "version": version, "wanted": extends.versions}
        page.refuse("C802", extends.span, ("other_version", {}), **words)


def _conditions(text: str) -> list[tuple[str, tuple[int, ...]]] | None:
    """Signs and versions, all of which have to hold; None where the text says something else."""
    found, position = [], 0
    text = text.replace(",", " ").strip()
    for match in _CONDITION.finditer(text):
        if text[position : match.start()].strip():
            return None
        position = match.end()
        found.append((match[1] or "=", _number(match[2])))
    return found if found and position == len(text) else None


def _number(version: str) -> tuple[int, ...] | None:
    """A version for comparing: `1.0` is `1`. None for a text that is none."""
    if not re.fullmatch(r"\d+(?:\.\d+)*", version.strip()):
        return None
    parts = [int(part) for part in version.strip().split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
