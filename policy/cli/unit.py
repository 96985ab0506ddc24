"""The unit's file: which one belongs to a run, and what it says where neither flag nor environment do."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.arguments import Arguments, Flag
from policy.cli.screen import UsageError
from policy.lang.url import is_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy.lang.unit import Unit

__all__ = ["DATA", "find_unit", "with_unit"]

_SAVED_AS_TEXT = f"{pipeline.UNIT_FILE}.txt"
"""What some editors make of the name."""

DATA = "data"
"""What the file calls the words of the command."""


def find_unit(arguments: Arguments) -> str | None:
    """The unit's file of a run: the one that is named, else that in or beside the data, else (without data) that in this folder.

    Two beside the data raise UsageError, and so does one to which an editor has added a suffix. A name that is empty means none.
    """
    if arguments.origin("unit"):
        return arguments["unit"] or None
    found = dict.fromkeys(_beside(arguments.words or (".",)))
    if len({os.path.realpath(file) for file in found}) > 1:
        raise UsageError("U26", files="\n".join(found))
    return next(iter(found), None)


def _beside(locations: Iterable[str]) -> Iterable[str]:
    """The nearest file to each location: in the folder of the data (of a database: the current one), else in the one that it lies in."""
    for location in (Path("." if is_url(location) else location) for location in locations):
        inside = location if location.is_dir() else location.parent
        files = (folder / name for folder in (inside, inside.parent) for name in (pipeline.UNIT_FILE, _SAVED_AS_TEXT))
        file = next((file for file in files if file.is_file()), None)
        if file is not None and file.name == _SAVED_AS_TEXT:
            raise UsageError("U38", file=str(file), name=pipeline.UNIT_FILE)
        yield from [] if file is None else [str(file)]


def with_unit(arguments: Arguments, flags: Sequence[Flag], unit: Unit, packs: Iterable[str]) -> Arguments:
    """The arguments with the settings of a unit's file wherever the user has said nothing; a pack in it may be one of `packs`."""
    settings = dict(unit.settings)
    words = arguments.words or settings.pop(DATA, ())
    if "pack" in settings:
        settings["pack"] = tuple(name if name in packs else _beside_unit(name, unit) for name in settings["pack"])
    return arguments.filled(words, flags, settings)


def _beside_unit(path: str, unit: Unit) -> str:
    return os.path.join(os.path.dirname(unit.source.name), path)
