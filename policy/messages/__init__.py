"""Everything the program says, by code and language. One table per room, so that wording is reviewed in one place.

A code's first letter names its table: S syntax, C checks, D data, U the command line, R reports, P plug-ins, T the document of a
pack, Q reports on the data, F forms to fill in, B other days, M reports for machines, X proofs, W lists and notices for the office,
H the page of a report, K the cases of a pack, L its hygiene, V what is said of rules without data. A table has `MESSAGES`, and where there is something to add `HELPS` (what to do next) and `RELATED` (what to say
of another place), all `{"zh": …, "en": …}` with `{placeholders}`. A number that counts has its noun with it, in the singular and in the
plural: `{rows:row|rows}`; of a list, an argument of several lines, the text says how it is separated: `{known:, }`.
Tables are imported when one of their codes is asked for.
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
    "Q": "data_report", "F": "template", "B": "history", "M": "machine", "X": "proof", "W": "office", "H": "pages",
    "K": "testing", "L": "lint",
    "V": "verify",
}  # fmt: skip


class _Filling(str):
    """What fills a placeholder, with the noun that it has or, of a list, with the separator that it has for the lines."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, counts, several = spec.partition("|")
        if counts:
            return f"{self!s} {one if self == '1' else several}"
        return spec.join(self.split("\n")) if spec else str(self)


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
    values = {name: _Filling(say(str(value), language) if say else value) for name, value in arguments.items()}
    return texts[language].format_map(values)
