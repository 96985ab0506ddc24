"""Finds the entry points of a group without `importlib.metadata`, whose import costs as much as everything else at start-up."""

from __future__ import annotations

import os
import re
import sys
from collections import namedtuple
from collections.abc import Iterable, Iterator
from importlib import import_module
from operator import attrgetter

__all__ = ["EntryPoint", "find"]

_METADATA = (".dist-info", ".egg-info")
_TARGET = re.compile(r"([\w.]+)\s*(?::\s*([\w.]+))?")


class EntryPoint(namedtuple("EntryPoint", "name module attribute distribution version")):
    """`name` of an installed distribution stands for the object `attribute` of a `module` (None: for the module itself)."""

    __slots__ = ()

    def load(self) -> object:
        """The object. Raises whatever its module raises."""
        module = import_module(self.module)
        return attrgetter(self.attribute)(module) if self.attribute else module


def find(group: str, path: Iterable[str] | None = None) -> list[EntryPoint]:
    """The entry points of a group on the import path. Of a distribution that is there twice the first counts, as for imports."""
    folders = [folder or os.curdir for folder in (sys.path if path is None else path)]
    if any(map(os.path.isfile, folders)):
        return list(_inside_archives(group, folders))
    seen: set[str] = set()
    return [found for folder in folders for found in _in_folder(folder, group, seen)]


def _in_folder(folder: str, group: str, seen: set[str]) -> Iterator[EntryPoint]:
    try:
        names = os.listdir(folder)
    except OSError:  # the path lists folders that do not exist
        return
    for name in names:
        if not name.endswith(_METADATA):
            continue
        distribution, _, version = name.rpartition(".")[0].partition("-")
        canonical = re.sub("[-_.]+", "-", distribution)
        if canonical.lower() not in seen:
            seen.add(canonical.lower())
            for key, module, attribute in _entries(os.path.join(folder, name, "entry_points.txt"), group):
                yield EntryPoint(key, module, attribute, canonical, version.partition("-")[0])


def _entries(path: str, group: str) -> Iterator[tuple[str, str, str | None]]:
    """Name, module and attribute of the lines of a group."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError):  # most distributions have no such file
        return
    inside = False
    for line in map(str.strip, lines):
        if line.startswith("["):
            inside = line == f"[{group}]"
        elif inside and "=" in line and not line.startswith(("#", ";")):
            name, _, target = line.partition("=")
            match = _TARGET.match(target.strip())
            if match:
                yield name.strip(), match[1], match[2]


def _inside_archives(group: str, folders: list[str]) -> Iterator[EntryPoint]:
    """The slow way, which also sees what is installed in archives."""
    from importlib.metadata import distributions

    seen: set[str] = set()
    for distribution in distributions(path=folders):
        name = distribution.metadata["Name"] or ""
        if name.lower() in seen:
            continue
        seen.add(name.lower())
        for entry in distribution.entry_points.select(group=group):
            yield EntryPoint(entry.name, entry.module, entry.attr or None, name, distribution.version)
