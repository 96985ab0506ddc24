"""A mistake in a policy file as a value: what is wrong, where, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from policy.source import Source, Span

__all__ = ["Diagnostic"]


class Diagnostic(NamedTuple):
    """A mistake of the author.

    `code` is a key of `messages.MESSAGES`, whose texts `arguments` fill. `help` and `help_arguments` name an entry of
    `messages.HELPS` with what to do next (None: nothing to add). `related` points at other places: (source, span, code of a
    `messages.RELATED` text). `language` is the language of the file, used unless the user asks for another.
    """

    code: str
    source: Source
    span: Span
    arguments: Mapping[str, str] = MappingProxyType({})
    help: str | None = None
    help_arguments: Mapping[str, str] = MappingProxyType({})
    related: tuple[tuple[Source, Span, str], ...] = ()
    language: str = "zh"
