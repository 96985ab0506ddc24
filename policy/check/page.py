"""Where mistakes are written down: a page for each file, all in one list."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from policy.diagnostic import Diagnostic
from policy.source import Source, Span

if TYPE_CHECKING:
    from policy.check.citations import Library

__all__ = ["Help", "Page", "Related"]

Help = tuple[str, dict[str, str]]
"""A text of `HELPS` and what fills it."""

_LONGEST = 48


class Page:
    """A file whose mistakes are being collected; `number` is its place among the files, `layer` that of its pack: 0 the base.

    The header of its pack says what that is called (`pack`), where its citations are looked up (`library`) and from which day on facts
    count (`effective`).
    """

    __slots__ = ("_found", "effective", "language", "layer", "library", "number", "pack", "source")

    library: Library
    effective: datetime.date | None
    pack: str

    def __init__(self, source: Source, language: str, number: int, found: list[tuple[int, Diagnostic]], layer: int = 0) -> None:
        self.source = source
        self.language = language
        self.number = number
        self.layer = layer
        self._found = found

    def refuse(self, code: str, span: Span, help: Help | None = None, related: Related | None = None, **arguments: str) -> None:
        """Note a mistake: `arguments` fill the message, `related` is another place and the code of what to say there."""
        name, filling = help or (None, {})
        places = ((related[0].source, related[1], related[2]),) if related else ()
        self._found.append((self.number, Diagnostic(code, self.source, span, arguments, name, filling, places, self.language)))

    def words(self, span: Span) -> str:
        """What the author wrote there, on one line and not too long."""
        text = " ".join(self.source.text[span[0] : span[1]].split())
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


Related = tuple[Page, Span, str]
