"""A diagnostic as text: what is wrong, the line with the place marked, and what to do."""

from __future__ import annotations

from unicodedata import east_asian_width

from policy.diagnostic import Diagnostic
from policy.messages import help_text, related_text, text
from policy.source import Source, Span
from policy.width import harmless, width

__all__ = ["render"]

_LONGEST = 100
"""Columns of a source line that are shown; a longer line is cut around the place."""

_WORDS = {
    "zh": {"error": "错误", "finding": "发现", "help": "建议", "colon": "："},
    "en": {"error": "error", "finding": "finding", "help": "help", "colon": ": "},
}
_FINDINGS = frozenset("KLV")
"""Tables of what is no mistake but worth a look."""


def render(diagnostic: Diagnostic, language: str | None = None) -> str:
    """The diagnostic in several lines, without a line break at the end. `language` None is that of the file."""
    language = language or diagnostic.language
    words = _WORDS[language]
    message = harmless(text(diagnostic.code, language, **diagnostic.arguments))
    kind = words["finding" if diagnostic.code[0] in _FINDINGS else "error"]
    lines = [f"{kind} {diagnostic.code}{words['colon']}{message}", *_place(diagnostic.source, diagnostic.span)]
    for source, span, code in diagnostic.related:
        lines += [f"  = {related_text(diagnostic.code, code, language)}", *_place(source, span)]
    if diagnostic.help is not None:
        help = harmless(help_text(diagnostic.code, diagnostic.help, language, diagnostic.help_arguments))
        lines.append(f"  = {words['help']}{words['colon']}{help}")
    return "\n".join(lines)


def _place(source: Source, span: Span) -> list[str]:
    """File, line and column (in characters), then the line itself with the place underlined."""
    row, column = source.position(span[0])
    line = source.line(row)
    length = max(1, min(span[1] - span[0], len(line) - column + 1))
    line, begin = _cut(line, column - 1, length)
    margin = " " * len(str(row))
    before, marked = line[:begin], line[begin : begin + length]
    return [
        f"{margin} ┌ {source.name}:{row}:{column}",
        f"{row} │ {_visible(line)}",
        f"{margin} │ {_blank(before)}{'^' * max(1, width(_visible(marked)))}",
    ]


def _cut(line: str, begin: int, length: int) -> tuple[str, int]:
    """The part of a long line around the place, and where the place begins in it."""
    if width(line) <= _LONGEST:
        return line, begin
    start = max(0, begin - 20)
    end = min(len(line), max(begin + length, start + 60))
    head, tail = ("…" if start else ""), ("…" if end < len(line) else "")
    return head + line[start:end] + tail, begin - start + len(head)


def _visible(line: str) -> str:
    return harmless(line.replace("\t", " "))


def _blank(before: str) -> str:
    """White space as wide as the text, made of wide blanks under wide characters, so that it aligns in any font."""
    return "".join("\u3000" if east_asian_width(char) in "WF" else " " for char in _visible(before))
