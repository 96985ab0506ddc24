"""Texts and places as SARIF writes them."""

from __future__ import annotations

import re

from policy.lang.url import is_url
from policy.messages.place import link

__all__ = ["level", "message", "uri"]

_LEVELS = {"fail": "error", "warn": "warning", "advise": "note"}
_MARKUP = str.maketrans({"{": "{{", "}": "}}", "[": "［", "]": "］", "\\": "＼"})
"""Braces would be placeholders, brackets and backslashes links: a viewer must take none of them from the data."""
_KEPT = re.compile(rb"[^A-Za-z0-9._~/!$&'()*+,;=@-]")


def message(*lines: str) -> dict[str, str]:
    """Lines of text as a message."""
    return {"text": "\n".join(lines).translate(_MARKUP)}


def level(severity: str) -> str:
    """The level of a severity."""
    return _LEVELS[severity]


def uri(file: str) -> str:
    """The reference to a file: relative to where the check ran, or a whole one where the path is; of a database its address."""
    if is_url(file):
        return _quoted(file, b":?=%#")
    path = _quoted(link(file), b"")
    if re.match("[A-Za-z]%3A/", path):
        return f"file:///{path[0]}:{path[4:]}"
    return f"file://{path}" if path.startswith("/") else path


def _quoted(text: str, also: bytes) -> str:
    def code(found: re.Match[bytes]) -> bytes:
        return found[0] if found[0] in also else b"%%%02X" % ord(found[0])

    return _KEPT.sub(code, text.encode("utf-8", "replace")).decode("ascii")
