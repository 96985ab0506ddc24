"""Everything the program says, by code and language. One table per room, so that wording is reviewed in one place.

A code's first letter names its table: S syntax, C checks, D data, U the command line, R reports, P plug-ins, T the document of a
pack, Q reports on the data, F forms to fill in.

A table has `MESSAGES`, and where there is something to add `HELPS` (what to do next) and `RELATED` (what to say of another
place), all `{"zh": …, "en": …}` with `{placeholders}`. Tables are imported when one of their codes is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["help_text", "related_text", "text"]

_TABLES = {
    "S": "syntax", "C": "checks", "D": "data", "U": "cli", "R": "report", "P": "plugins", "T": "document",
    "Q": "data_report", "F": "template",
}  # fmt: skip


@cache
def _table(code: str) -> ModuleType:
    return import_module(f"policy.messages.{_TABLES[code[0]]}")


def text(code: str, language: str, /, **arguments: Any) -> str:
    """The message of a code in a language (zh or en), filled with its arguments."""
    return _filled(_table(code), _table(code).MESSAGES[code], language, arguments)


def help_text(code: str, help: str, language: str, arguments: Mapping[str, Any]) -> str:
    """What to do next about a message: entry `help` of its table."""
    return _filled(_table(code), _table(code).HELPS[help], language, arguments)


def related_text(code: str, related: str, language: str) -> str:
    """What to say of another place: entry `related` of the message's table."""
    return _table(code).RELATED[related][language]


def _filled(table: ModuleType, texts: Mapping[str, str], language: str, arguments: Mapping[str, Any]) -> str:
    """The text with its placeholders filled; a table may say its arguments in its own way with a function `argument`."""
    say: Callable[[str, str], str] | None = getattr(table, "argument", None)
    values = {name: say(str(value), language) if say else value for name, value in arguments.items()}
    return texts[language].format_map(values)
