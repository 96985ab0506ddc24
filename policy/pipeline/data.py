"""Tables, read from files, folders and databases by the plug-ins that know how."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import attrs

from policy.hooks.spec import SourceError
from policy.lang.facts import Problem
from policy.lang.url import Url, is_url, url_of
from policy.near import nearest
from policy.pipeline.faults import at_work, wrong

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.hooks.spec import Database, Source
    from policy.lang.table import RawTable

__all__ = ["UNIT_FILE", "Reading", "read", "read_waivers"]

UNIT_FILE = "policy.toml"
"""What the file of a unit is called, wherever it lies; it is never read as data."""


_LITTER = ("Thumbs.db", "desktop.ini")
"""What systems leave in folders; hidden where they belong, visible elsewhere."""


class Reading(NamedTuple):
    """The tables found at some locations, and what was wrong there."""

    tables: tuple[RawTable, ...]
    problems: tuple[Problem, ...]


def read(locations: Iterable[str], plugins: Plugins, apart: Iterable[str] = ()) -> Reading:
    """The tables of files, folders (without their sub-folders) and URLs, save the files that are read apart for what they are.

    A location that does not exist, a file or URL of an unknown type and a folder without data raise SourceError, a reader that
    fails PluginError; what cannot be read is a problem. A list of findings that lies among the data is left out.
    """
    tables: list[RawTable] = []
    problems: list[Problem] = []
    left, locations = {os.path.realpath(file) for file in apart}, list(locations)
    for hook, reader, place in [found for location in locations for found in _found(location, plugins, problems, left)]:
        try:
            found = _tables(hook, reader, place, plugins)
        except SourceError as error:
            problems.append(Problem(error.code, tuple(error.arguments.items()), error.location))
        except OSError as error:
            problems.append(Problem("U21", (("reason", error.strerror or type(error).__name__),), str(place)))
        else:
            if any(map(_is_report, found)):
                problems.append(Problem("U345", (), str(place), error=str(place) in locations))
            else:
                tables.extend(found)
    return Reading(tuple(tables), tuple(problems))


_FINGERPRINT = ("指纹", "fingerprint")
"""A heading of every list of findings."""
_TOP = 5
"""Rows of a sheet in which the headings of a list of findings stand, at the latest."""


def _is_report(table: RawTable) -> bool:
    """Whether a table is a list of findings that an earlier run has written; nobody's data have all its headings."""
    in_sheet = table.sheet is not None and table.header is not None
    rows = [table.columns, *(cells for _, cells in table.rows[:_TOP])] if in_sheet else [table.columns]
    top = [set(map(str, row)) for row in rows]
    if all(row.isdisjoint(_FINGERPRINT) for row in top):
        return False
    from policy.messages import text
    from policy.messages.listing import HEADINGS

    heads = [{text(code, language) for name, code in HEADINGS.items() if name != "change"} for language in ("zh", "en")]
    return any(head <= row for row in top for head in heads)


def _found(
    location: str, plugins: Plugins, problems: list[Problem], apart: Collection[str]
) -> Iterator[tuple[str, Source | Database, Path | Url]]:
    """What is to be read at a location, each with its reader and the reader's hook."""
    if is_url(location):
        url = url_of(location)
        databases = {scheme: database for database in plugins.databases for scheme in database.schemes}
        if url.scheme not in databases:
            raise SourceError("U29", str(url), scheme=url.scheme, known=_list(databases), near=nearest(url.scheme, databases) or "")
        yield "policy_databases", databases[url.scheme], url
        return
    readers = {suffix: source for source in plugins.sources for suffix in source.suffixes}
    for file in _data_files(Path(location), readers, problems, apart):
        yield "policy_sources", readers[_ending(file, readers)], file


def _tables(hook: str, reader: Source | Database, place: Path | Url, plugins: Plugins) -> Sequence[RawTable]:
    from policy.lang.table import RawTable

    with at_work(plugins, hook, reader.name, SourceError, OSError):
        result = reader.read(place)
        tables = tuple(result) if isinstance(result, Iterable) else None
    if tables is None:
        raise wrong(plugins, hook, reader.name, result, "Iterable[RawTable]")
    for table in tables:
        if not isinstance(table, RawTable):
            raise wrong(plugins, hook, reader.name, table, "RawTable")
    return tables


def read_waivers(files: Sequence[str], plugins: Plugins) -> Reading:
    """The waivers and attestations in files; the only table of a file holds waivers, whatever it is called.

    Raises what `read` raises, and SourceError for a folder.
    """
    from policy.lang.schema import ATTESTATION, WAIVER
    from policy.load.texts import folded

    for file in filter(os.path.isdir, files):
        raise SourceError("U36", file)
    reading = read(files, plugins)
    names = {folded(name) for entity in (WAIVER, ATTESTATION) for name in (entity.name, entity.label) if name}
    tables, problems = [], list(reading.problems)
    full = {one.file for one in (*reading.tables, *problems)}
    problems += [Problem("U37", (), file, error=False) for file in map(str, map(Path, files)) if file not in full]
    for table in reading.tables:
        if folded(table.name) in names:
            tables.append(table)
        elif sum(other.file == table.file for other in reading.tables) == 1:
            english = table.columns and "".join(table.columns).isascii()
            tables.append(attrs.evolve(table, name=WAIVER.name if english else WAIVER.label))
        else:
            problems.append(Problem("U28", (("table", table.name),), table.file, table.sheet))
    return Reading(tuple(tables), tuple(problems))


def _data_files(path: Path, readers: Mapping[str, object], problems: list[Problem], apart: Collection[str]) -> list[Path]:
    """The files to read at a location; what is left out of a folder is added to the problems."""
    if not path.exists():
        raise SourceError("U20", str(path))
    if path.name == UNIT_FILE and path.is_file():
        raise SourceError("U25", str(path))
    if not path.is_dir():
        if not _ending(path, readers):
            raise SourceError("U22" if path.suffix else "U34", str(path), suffix=path.suffix, known=_list(readers))
        return [path]
    files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~$")) and file.name not in _LITTER)
    files = [file for file in files if file.name != UNIT_FILE and os.path.realpath(file) not in apart]
    known = [file for file in files if _ending(file, readers)]
    if not known:
        raise SourceError("U23", str(path), known=_list(readers))
    left = (file for file in files if not _ending(file, readers))
    problems.extend(_left_out(file, _list(readers)) for file in left)
    return known


def _left_out(file: Path, known: str) -> Problem:
    return Problem("U24" if file.suffix else "U35", (("suffix", file.suffix), ("known", known)), str(file), error=False)


def _ending(file: Path, endings: Iterable[str]) -> str:
    """The longest of the endings that the name of a file has: `.xes.gz` before `.gz`; empty if it has none."""
    name = file.name.lower()
    return max((ending for ending in endings if name.endswith(ending)), key=len, default="")


def _list(words: Iterable[str]) -> str:
    return " ".join(sorted(words))
