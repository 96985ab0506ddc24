"""Where a database is: a URL that shows its password to nobody but the plug-in that connects."""

from __future__ import annotations

import re

__all__ = ["Url", "is_url", "url_of"]

_URL = r"([A-Za-z][A-Za-z0-9.-]*)(?:\+[A-Za-z0-9_.-]*)?://"
_SHOWN = ("schema", "table")
"""The parameters of a query that are no secret."""


class Url:
    """A URL: `scheme` is what it begins with, in lower case and without a driver (`+…`), `secret` is the whole text.

    As a text it has neither user nor password, nor parameters that may be secret: what messages and reports call the place.
    """

    __slots__ = ("_shown", "scheme", "secret")

    def __init__(self, scheme: str, secret: str, shown: str) -> None:
        self.scheme = scheme
        self.secret = secret
        self._shown = shown

    def __str__(self) -> str:
        return self._shown

    def __repr__(self) -> str:
        return f"Url({self._shown})"


def is_url(text: str) -> bool:
    """Whether a location is a URL and no path; `C:\\data` is a path."""
    return "://" in text and re.match(_URL, text) is not None


def url_of(text: str) -> Url:
    """The URL in a text that is one."""
    match = re.match(_URL, text)
    assert match is not None, "no URL"
    scheme = match[1].lower()
    place = text[match.end() :].rpartition("@")[2]  # a password may hold anything, even an @ that should have been %40
    address, _, query = place.partition("?")
    said = [part for part in query.split("&") if part.partition("=")[0] in _SHOWN]
    return Url(scheme, text, f"{scheme}://{address}" + ("?" + "&".join(said) if said else ""))
