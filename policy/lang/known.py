"""Findings that an author knows of and explains in place: `# known K104 "talk is filled": reason` (已知 K104 “…”：理由)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.lang import ast
from policy.lang.noun import noun
from policy.source import Source, Span

__all__ = ["Known", "comments_of", "known_in", "place_of"]

_KNOWN = re.compile(r"(?:known|已知)\s*([A-Za-z]\d{2,3})(?:\s*[\"“](.*)[\"”])?\s*(?:[:：]\s*(.*))?", re.S)
_BLANK = re.compile(r"\s+")


@noun
class Known:
    """A comment that explains findings of a `code`, those on the text `part` (None: all at its place), by a `reason` (may be empty)."""

    code: str
    part: str | None
    reason: str
    comment: str

    def covers(self, code: str, *texts: str) -> bool:
        """Whether it explains a finding of this code on one of these texts."""
        return bool(self.reason) and code == self.code and (self.part is None or _plain(self.part) in map(_plain, texts))


def _plain(text: str) -> str:
    return _BLANK.sub("", text)


def known_in(comments: Iterable[str]) -> Iterator[Known]:
    """The explanations among comments."""
    for comment in map(str.strip, comments):
        match = _KNOWN.match(comment)
        if match is not None:
            code, part, reason = match.groups()
            yield Known(code.upper(), part, (reason or "").strip(), comment)


def comments_of(node: object) -> tuple[str, ...]:
    """The comments of an item or a declaration, of itself alone."""
    comments: ast.Comments = getattr(node, "comments", ast.NO_COMMENTS)
    return (*comments.before, *filter(None, [comments.after]), *comments.last)


def place_of(comment: str, source: Source, near: Span) -> Span:
    """Where a comment of something that stands at `near` is: the last one before its end, else behind it; `near` if it is not found."""
    start = source.text.rfind(comment, 0, near[1])
    start = start if start >= 0 else source.text.find(comment, near[1])
    return near if start < 0 else (start, start + len(comment))
