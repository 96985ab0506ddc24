"""Digests by name: SHA-256, and SM3 as GB/T 32905-2016 has it, with the system's library where that knows it."""

from __future__ import annotations

import hashlib
from typing import Protocol

from policy.audit.sm3 import Sm3

__all__ = ["DIGESTS", "Hash", "digest_bytes", "digest_file", "new"]

DIGESTS = ("sha256", "sm3")
_PART = 1 << 20


class Hash(Protocol):
    """A digest that is being made."""

    def update(self, data: bytes, /) -> None:
        """Take in more."""

    def hexdigest(self) -> str:
        """The digest of what was taken in so far."""


def new(name: str) -> Hash:
    """A digest of one of `DIGESTS` that has taken in nothing yet."""
    if name == "sha256":
        return hashlib.sha256()
    try:
        return hashlib.new(name)
    except ValueError:  # an OpenSSL that was built without it
        return Sm3()


def digest_bytes(name: str, content: bytes) -> str:
    """The digest of a content, in hexadecimal digits."""
    made = new(name)
    made.update(content)
    return made.hexdigest()


def digest_file(name: str, path: str) -> tuple[str, int]:
    """The digest of a file and its size. Raises OSError."""
    made, size = new(name), 0
    with open(path, "rb") as stream:
        while part := stream.read(_PART):
            made.update(part)
            size += len(part)
    return made.hexdigest(), size
