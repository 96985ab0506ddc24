"""The lines of a calendar file: escaped, folded, ended as RFC 5545 says."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["joined", "line", "text"]

_MOST = 75
"""Octets of a line without its end (3.1)."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(value: str) -> str:
    """A value of type TEXT (3.3.11). Characters that no text may have are left out."""
    return "".join(char for char in value if char == "\n" or char.isprintable()).translate(_ESCAPED)


def line(name: str, value: str) -> str:
    """A property; `value` is as its type wants it."""
    return f"{name}:{value}"


def joined(lines: Iterable[str]) -> bytes:
    """All lines, each folded."""
    return b"".join(_folded(one.encode("utf-8", "replace")) + b"\r\n" for one in lines)


def _folded(content: bytes) -> bytes:
    """A line in parts of at most 75 octets, none of which ends within a character; each further one begins with a blank."""
    parts, most = [], _MOST
    while len(content) > most:
        end = most
        while content[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(content[:end])
        content, most = content[end:], _MOST - 1
    return b"\r\n ".join([*parts, content])
