"""Checked packs, kept in the user's cache folder by their content."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import attrs

from policy import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from policy.hooks.manager import Plugins
    from policy.lang import ir

__all__ = ["PackFile", "cache_key", "digest", "keep", "restore", "store_of"]

_KEPT = 16
"""Packs kept in the cache; an author who saves often would fill the disk."""


class PackFile(NamedTuple):
    """A file of a pack: its `name` inside the pack, and `shown` for messages."""

    name: str
    shown: str
    content: bytes


def digest(parts: Iterable[bytes]) -> str:
    """SHA-256 over the parts, each with its length, so that no two lists of parts are the same text."""
    from hashlib import sha256

    digest = sha256()
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def cache_key(sha256: str, files: Sequence[PackFile], plugins: Plugins) -> Iterable[bytes]:
    """Everything that a checked pack depends on. The names shown are part of it, as rules know their file."""
    yield sha256.encode()
    for file in files:
        yield file.shown.encode("utf-8", "surrogateescape")
    for name in sorted(plugins.functions):
        function = plugins.functions[name]
        yield repr((name, function.label, function.parameters, function.result)).encode()
    yield " ".join(sorted(plugins.calendars)).encode()
    yield f"{__version__} {sys.version} {_newest_module()}".encode()


def _newest_module() -> int:
    """When the modules that make a pack were last changed: a program under development has one version for many programs."""
    here = os.path.dirname(os.path.dirname(__file__))
    try:
        rooms = [os.scandir(os.path.join(here, room)) for room in ("lang", "parse", "check")]
        return max(entry.stat().st_mtime_ns for room in rooms for entry in room)
    except OSError:  # inside a zip file there are no folders, and nothing changes
        return 0


def store_of(key: str) -> Path | None:
    from policy.cache import cache_dir

    folder = cache_dir()
    return folder / f"pack-{key}.pickle" if folder else None


def restore(store: Path, cases: bool) -> ir.Pack | None:
    """The pack kept in a file, or None: a cache may be absent, of another program or damaged."""
    import pickle

    from policy.lang import ir

    collecting = gc.isenabled()
    gc.disable()  # thousands of objects that all live on: collections in between double the time
    try:
        with store.open("rb") as stream:
            pack = pickle.load(stream)
            if cases:
                pack = attrs.evolve(pack, cases=pickle.load(stream))
    except Exception:  # unpickling damaged bytes raises almost anything
        return None
    finally:
        if collecting:
            gc.enable()
    return pack if isinstance(pack, ir.Pack) else None


def keep(store: Path, pack: ir.Pack) -> None:
    """Keep a pack in a file: first all but its cases, then these."""
    import pickle

    partial = store.with_suffix(f".{os.getpid()}")
    try:
        with partial.open("wb") as stream:
            pickle.dump(attrs.evolve(pack, cases=()), stream, protocol=5)
            pickle.dump(pack.cases, stream, protocol=5)
        os.replace(partial, store)
        by_age = sorted(store.parent.glob("pack-*.pickle"), key=lambda file: file.stat().st_mtime_ns)
        for old in by_age[:-_KEPT]:
            old.unlink()
    except OSError:  # a full or read-only disk costs time, nothing else
        partial.unlink(missing_ok=True)
