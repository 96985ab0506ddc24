"""Marks of secrecy in tables: `机密★10年` in any cell or beside the cells, a title, the name of a file, folder or sheet; nothing is judged before."""

from __future__ import annotations

import os
import re
from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from policy.lang.schema import Vocabulary
from policy.lang.secrecy import LEVELS, highest, level_named
from policy.lang.table import RawTable, column_letters
from policy.load.texts import bare, folded

if TYPE_CHECKING:
    from policy.lang.scan import Scans

__all__ = ["Mark", "find_marks", "level_of"]

Mark = namedtuple("Mark", "level file sheet row column")
Mark.__doc__ = """A mark of secrecy and where it stands: `row` and `column` are None for the name of a file, a folder or a sheet.

Beside the cells of a sheet `row` is None, and `column` says where, as in `RawTable.beside`.
"""

_SIGN = "密"
"""In every mark, and in few other cells."""

_SPELLINGS = str.maketrans("絕機祕", "绝机秘")
_WORD = "(工作秘密|绝密|机密|秘密)"
_TERM = r"(?:\d+(?:年|个月|月|天|日)|长期|启用前)"
# patterns of folded texts, which re compiles when they are first used: most data have no such cell
_STAR = "[★☆✩✭✰⭐]"
_OPEN, _CLOSE = r"[\[({【〔〈《「『]*", r"[\])}】〕〉》」』]*"
_WHOLE = rf"(?:(?:密级|保密等级|保密级别|定密):?)?{_OPEN}{_WORD}级?(?:(?:{_STAR}|[*※]).{{0,24}}|[(\[]?{_TERM}[)\]]?|至\d.{{0,16}})?{_CLOSE}"
_INSIDE = rf"(?:密级|保密等级|保密级别)[:]{_WORD}|{_WORD}{_STAR}"
_NAME = rf"(?:^|[\W_]){_WORD}级?(?:{_TERM})?(?=[\W_]|$)"


def find_marks(
    tables: Sequence[RawTable], vocabulary: Vocabulary, others: Iterable[str] = (), scans: Scans | None = None
) -> tuple[Mark, ...]:
    """Every mark in the tables, in their order, and in the names of their files and folders, and of `others`, which were left unread.

    Columns that the vocabulary flags are known by name, in whatever table they stand. Of tables that `scans` reads where they lie only
    the first marks are given of many that are alike.
    """
    flagged = _flagged(vocabulary)
    files = dict.fromkeys([*(table.file for table in tables), *others])
    folders = dict.fromkeys(map(os.path.dirname, files))
    in_folders = (mark for folder in folders for mark in _in_folder(folder))
    named = (mark for file in files for mark in _in_name(os.path.splitext(os.path.basename(file))[0], file, None))
    return (*in_folders, *named, *(mark for table in tables for mark in _in_table(table, flagged, scans)))


def level_of(text: str) -> str | None:
    """The highest level that a text, or a line of it, names if it is a mark of secrecy; else None."""
    if _SIGN not in text:
        return None
    return highest(filter(None, (_level(folded(part).translate(_SPELLINGS)) for part in {text, *text.splitlines()})))


def _level(text: str) -> str | None:
    match = re.fullmatch(_WHOLE, text) or re.search(_INSIDE, text)
    return match and level_named(match[match.lastindex])


def _flagged(vocabulary: Vocabulary) -> Mapping[str, Mapping[str, str]]:
    """By the names of flagged fields the levels that their cells may say, by the names of the members."""
    columns: dict[str, dict[str, str]] = {}
    for entity in vocabulary.entities.values():
        for field in (field for field in entity.fields if field.secrecy):
            levels = {
                folded(name): member.name
                for member in vocabulary.enums[field.type.name or ""].members
                for name in (member.name, member.label, LEVELS[member.name])
                if name
            }
            for name in filter(None, (field.name, field.label)):
                columns.setdefault(folded(name), {}).update(levels)
    return columns


def _in_folder(folder: str) -> Iterator[Mark]:
    name = os.path.basename(os.path.abspath(folder))
    return _in_name(name, folder or name, None)


def _in_name(name: str, file: str, sheet: str | None) -> Iterator[Mark]:
    if _SIGN in name:
        for match in re.finditer(_NAME, name.translate(_SPELLINGS)):
            yield Mark(level_named(match[1]), file, sheet, None, None)


def _in_table(table: RawTable, flagged: Mapping[str, Mapping[str, str]], scans: Scans | None) -> Iterator[Mark]:
    if table.sheet is not None:
        yield from _in_name(table.sheet, table.file, table.sheet)
    yield from (Mark(level, table.file, table.sheet, None, place) for place, text in table.beside if (level := level_of(text)))
    in_header = ((place, level_of(column)) for place, column in enumerate(table.columns))
    yield from (_mark(table, table.header, place, level) for place, level in in_header if level)
    names = [folded(bare(column)) for column in table.columns]
    columns = {place: flagged[name] for place, name in enumerate(names) if name in flagged}
    rows = table.rows
    if scans is not None and table.scan is not None:
        asked = {place: partial(_is_flagged, levels) for place, levels in columns.items()}
        rows = scans.suspects(table, lambda text: level_of(text) is not None, _SIGN, asked)
    texts = {cell for cell in chain.from_iterable([cells for _, cells in rows]) if cell.__class__ is str and _SIGN in cell}
    levels = {text: level for text in texts if (level := level_of(text))}
    for line, cells in rows if levels or columns else ():
        found = {place: levels[cell] for place, cell in enumerate(cells) if cell.__class__ is str and cell in levels}
        for place, names in columns.items():
            if place not in found and place < len(cells) and (level := names.get(folded(str(cells[place])))):
                found[place] = level
        yield from (_mark(table, line, place, found[place]) for place in sorted(found))


def _is_flagged(levels: Mapping[str, str], text: str) -> bool:
    return folded(text) in levels


def _mark(table: RawTable, line: int, place: int, level: str) -> Mark:
    label = table.labels[place] if place < len(table.labels) else column_letters(place)
    return Mark(level, table.file, table.sheet, line, label)
