"""Manifests in a folder, each with the digest of the one before: written once, never changed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from policy.audit.digests import DIGESTS, digest_bytes
from policy.audit.manifest import FORMAT, canonical

__all__ = ["Taken", "append", "own_digest", "read_manifest", "sealed", "write_single"]


class Taken(Exception):
    """There is a file already where a manifest is to be written."""


def append(folder: str, body: Mapping[str, Any]) -> tuple[str, str]:
    """Write the next manifest of a folder, which is made if need be; its path and digest. Raises OSError.

    Two runs at once get one number each: whoever comes second looks again at what is the last.
    """
    os.makedirs(folder, exist_ok=True)
    while True:
        numbers = sorted(int(file.stem) for file in Path(folder).glob("*.json") if file.stem.isdecimal())
        number = numbers[-1] if numbers else 0
        previous = None
        if number:
            name = f"{number:06}.json"
            previous = {"name": name, "digest": digest_bytes(body["digest"], Path(folder, name).read_bytes())}
        path = os.path.join(folder, f"{number + 1:06}.json")
        with suppress(Taken):
            return path, _written(path, {**body, "number": number + 1, "previous": previous})


def write_single(path: str, body: Mapping[str, Any]) -> tuple[str, str]:
    """Write a manifest that is in no chain. Raises Taken, OSError."""
    return path, _written(path, {**body, "number": 1, "previous": None})


def _written(path: str, members: Mapping[str, Any]) -> str:
    """Write a manifest as a whole where there is no file yet; its digest."""
    content = sealed(members)
    partial = f"{path}.{os.getpid()}.tmp"
    try:
        with open(partial, "xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if sys.platform == "win32":
            os.rename(partial, path)  # which takes no other's place there
        else:
            os.link(partial, path)
    except FileExistsError:
        raise Taken(path) from None
    finally:
        with suppress(OSError):
            os.unlink(partial)
    return digest_bytes(members["digest"], content)


def sealed(members: Mapping[str, Any]) -> bytes:
    """The bytes of a manifest: with the digest of all its other members as `self`."""
    return canonical({**members, "self": own_digest(members)}) + b"\n"


def own_digest(members: Mapping[str, Any]) -> str:
    """The digest of all members but `self`."""
    return digest_bytes(members["digest"], canonical({name: value for name, value in members.items() if name != "self"}))


def read_manifest(content: bytes) -> dict[str, Any]:
    """The members of a manifest. Raises ValueError where the content is none, LookupError where a later version has written it."""
    members = json.loads(content)  # UnicodeDecodeError and JSONDecodeError are ValueErrors
    if not isinstance(members, dict) or members.get("tool") != "policy" or not isinstance(members.get("manifest"), int):
        raise ValueError("no manifest")
    if members["manifest"] > FORMAT:
        raise LookupError(members["manifest"])
    files, request = members.get("files"), members.get("request")
    told = isinstance(files, list) and all(isinstance(one, dict) and isinstance(one.get("path"), str) for one in files)
    rules = isinstance(members.get("result"), dict) and isinstance(members["result"].get("rules"), dict)
    if members.get("digest") not in DIGESTS or not told or not rules or not isinstance(request, dict):
        raise ValueError("no manifest")
    return members
