"""Which rows of a sheet are its header, which column is which by what it is called, and what stands above and below the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping as Table, Sequence
from difflib import SequenceMatcher

from policy.lang.mapping import LedgerColumn, Mapping
from policy.lang.noun import noun
from policy.lang.table import RawCell, RawTable, column_letters
from policy.load.days import year_of
from policy.load.ledger.cells import compared, is_blank, said
from policy.load.texts import folded

__all__ = ["CERTAIN", "Header", "Sheet", "find_header", "is_unused", "label_of", "likeness", "lines_of", "shown", "sheet_of"]

CERTAIN = 0.8
"""How alike a header has to be to what a mapping calls a column for it to be taken without a question."""

_TOP = 12
"""Rows at the top of a sheet among which the header is looked for."""

_DEPTH = 3
"""Rows that a header may have."""

Path = tuple[str, ...]


@noun
class Header:
    """The rows `first` to `last` of a sheet as its header: `paths` of headings by place, and the places of columns with likeness.

    `doubtful` are columns with a second place that is just as like.
    """

    first: int
    last: int
    paths: dict[int, Path]
    places: dict[str, int]
    likenesses: dict[str, float]
    doubtful: tuple[tuple[str, int, int], ...] = ()


@noun
class Sheet:
    """A sheet that a mapping fits: the rows of its table, as numbers and cells, and the `year` that it is about.

    The header begins at `line`; `above` and `below` are the other rows.
    """

    table: RawTable
    mapping: Mapping
    line: int
    header: Header
    rows: tuple[tuple[int, tuple[RawCell, ...]], ...]
    above: tuple[tuple[int, tuple[RawCell, ...]], ...]
    below: tuple[tuple[int, tuple[RawCell, ...]], ...]
    year: int | None

    def label(self, place: int) -> str:
        return label_of(self.table, place)

    def heading(self, place: int) -> str:
        """What the sheet calls a column."""
        return self.header.paths[place][-1]

    def beside(self, label: str) -> tuple[str, int, int] | None:
        """What stands behind a label above or below the table, in its cell (`填报单位：…`) or the next that is not blank; where."""
        pattern = re.compile(rf"{re.escape(folded(label))}(?:\([^()]*\))?(?::.*)?", re.DOTALL)
        for line, cells in (*self.above, *self.below):
            for place, cell in enumerate(cells):
                if isinstance(cell, str) and pattern.fullmatch(compared(said(cell))):
                    own = "".join(re.split("[:：]", said(cell), maxsplit=1)[1:]).strip()
                    found = own or next((said(one) for one in cells[place + 1 :] if not is_blank(one)), "").strip()
                    return re.split(r"\s{2,}|\u3000", found)[0], line, place
        return None


def label_of(table: RawTable, place: int) -> str:
    """What a column is called in messages; the first row of a sheet may be shorter than its table."""
    return table.labels[place] if place < len(table.labels) else column_letters(place)


def lines_of(table: RawTable) -> list[tuple[int, tuple[RawCell, ...]]]:
    """All rows of a table, what it took for its header among them; cells that are shown as one have the same content."""
    header = (table.header or 0, tuple(name or None for name in table.columns))
    rows = [header, *((line, tuple(cells)) for line, cells in table.rows)]
    if not table.merged:
        return rows
    cells = {line: list(row) for line, row in rows}
    for top, left, bottom, right in table.merged:
        content = cells[top][left] if top in cells and left < len(cells[top]) else None
        for line in range(top, bottom + 1) if not is_blank(content) else ():
            row = cells.setdefault(line, [])
            row.extend([None] * (right + 1 - len(row)))
            row[left : right + 1] = [content] * (right + 1 - left)
    return [(line, tuple(cells[line])) for line in sorted(cells)]


def find_header(table: RawTable, lines: Sequence[tuple[int, tuple[RawCell, ...]]], mapping: Mapping) -> Header | None:
    """The rows that a mapping knows most of as a header; None where it knows no column of any."""
    index = _index(mapping.columns.values())
    best: Header | None = None
    for start in range(min(_TOP, len(lines))):
        for depth in range(1, min(_DEPTH, len(lines) - start) + 1):
            paths = _paths([cells for _, cells in lines[start : start + depth]], bool(table.merged))
            header = _matched(start, start + depth - 1, paths, index)
            if header.places and (best is None or _worth(header) > _worth(best)):
                best = header
    return best


def _worth(header: Header) -> float:
    """More for each column that is known, a little less for each row, so that a title above is no part of a header."""
    return sum(header.likenesses.values()) - 0.02 * (header.last - header.first)


def _paths(rows: Sequence[tuple[RawCell, ...]], merged: bool) -> dict[int, Path]:
    """By place the headings of a column from the group down; a group without a merged cell reaches to the next one."""
    width = max(map(len, rows))
    texts = [[" ".join(said(cells[place]).split()) if place < len(cells) else "" for place in range(width)] for cells in rows]
    for number, row in enumerate(texts[:-1] if not merged else ()):
        for place in range(1, width):
            below = any(lower[place] for lower in texts[number + 1 :])
            if not row[place] and below and (number == 0 or texts[number - 1][place] == texts[number - 1][place - 1]):
                row[place] = row[place - 1]
    paths = {place: tuple(dict.fromkeys(filter(None, (row[place] for row in texts)))) for place in range(width)}
    return {place: path for place, path in paths.items() if path}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", folded(text))


def _bare(text: str) -> str:
    """A heading without what stands in brackets."""
    return re.sub(r"[\W_]", "", re.sub(r"\([^()]*\)", "", folded(text)))


_Index = dict[str, list[tuple[str, Path, float]]]


def _index(columns: Iterable[LedgerColumn]) -> _Index:
    """By what the last heading may be, columns with the path and how sure that makes them."""
    index: _Index = {}
    for column in columns:
        for path in column.headers:
            names = {_bare(path[-1]): 0.9, _plain(path[-1]): 1.0}
            for name, sure in names.items():
                index.setdefault(name, []).append((column.name, path, sure))
    return index


def _matched(first: int, last: int, paths: Table[int, Path], index: _Index) -> Header:
    found: dict[tuple[str, int], float] = {}
    for place, path in paths.items():
        for name, factor in ((_plain(path[-1]), 1.0), (_bare(path[-1]), 0.9)):
            for column, known, sure in index.get(name, ()):
                likeness = min(sure, factor) * _group(path, known)
                found[column, place] = max(likeness, found.get((column, place), 0.0))
    places: dict[str, int] = {}
    likenesses: dict[str, float] = {}
    doubtful = []
    for (column, place), likeness in sorted(found.items(), key=lambda one: (-one[1], one[0][1])):
        if likeness < CERTAIN:
            break
        if column in places:
            if likeness == likenesses[column] and place not in places.values():
                doubtful.append((column, places[column], place))
        elif place not in places.values():
            places[column], likenesses[column] = place, likeness
    free = [one for one in doubtful if one[2] not in places.values()]
    return Header(first, last, dict(paths), places, likenesses, tuple(free))


def _group(path: Path, known: Path) -> float:
    """How well the groups of a header fit those of a name: the same, not told by one of them, or others."""
    if len(known) == 1:
        return 1.0 if len(path) == 1 else 0.95
    if len(path) == 1:
        return 0.85
    groups, wanted = [_plain(group) for group in path[:-1]], _plain(known[0])
    return 1.0 if any(wanted in group or group in wanted for group in groups) else 0.3


def likeness(path: Path, column: LedgerColumn) -> float:
    """How like a header is to what a column is called, from 0 to 1; less than certain unless it is called so."""
    if not column.headers:
        return 0.0
    return max(_similar(path, known) for known in column.headers)


def _similar(path: Path, known: Path) -> float:
    leaf, wanted = _bare(path[-1]), _bare(known[-1])
    if not leaf or not wanted:
        return 0.0
    ratio = SequenceMatcher(None, leaf, wanted).ratio()
    if leaf in wanted or wanted in leaf:
        ratio = max(ratio, 0.7)
    return ratio * 0.78 * max(_group(path, known), 0.6)


def shown(path: Path) -> str:
    return "｜".join(path)


def sheet_of(table: RawTable, mapping: Mapping) -> Sheet | None:
    """The sheet as a mapping sees it; None where its required columns, or most of its header, are not known."""
    lines = lines_of(table)
    header = find_header(table, lines, mapping)
    if header is None or not _fits(header, mapping):
        return None
    rows, below = _body(lines[header.last + 1 :], header, mapping)
    above = tuple(lines[: header.first])
    return Sheet(table, mapping, lines[header.first][0], header, rows, above, below, _year(table, above))


def _fits(header: Header, mapping: Mapping) -> bool:
    required = [column.name for column in mapping.columns.values() if column.required]
    strange = sum(not is_unused(path, mapping) for place, path in header.paths.items() if place not in header.places.values())
    return all(name in header.places for name in required) and strange <= len(header.places)


def is_unused(path: Path, mapping: Mapping) -> bool:
    """Whether a header is known to have no use."""
    return any(_plain(name) in (_plain(path[-1]), _plain("".join(path))) for name in mapping.unused)


def _year(table: RawTable, above: Sequence[tuple[int, tuple[RawCell, ...]]]) -> int | None:
    titles = " ".join(dict.fromkeys(said(cell) for _, cells in above[:1] for cell in cells))
    return year_of(table.sheet) or year_of(titles) or year_of(re.split(r"[\\/]", table.file)[-1])


def _body(lines: Sequence[tuple[int, tuple[RawCell, ...]]], header: Header, mapping: Mapping) -> tuple[tuple, tuple]:
    """The rows of the table, and those from the one that ends it."""
    rows = []
    for number, (line, cells) in enumerate(lines):
        first = next((compared(said(cell)) for cell in cells if not is_blank(cell)), "")
        if mapping.stop and re.match(mapping.stop, first):
            return tuple(rows), tuple(lines[number:])
        if first and not (mapping.skip and re.match(mapping.skip, first)) and not _repeats(cells, header):
            rows.append((line, cells))
    return tuple(rows), ()


def _repeats(cells: Sequence[RawCell], header: Header) -> bool:
    """Whether a row is the header again, as at the top of a printed page."""
    filled = [(place, cell) for place, cell in enumerate(cells) if not is_blank(cell)]
    return len(filled) > 1 and all(" ".join(said(cell).split()) in header.paths.get(place, ()) for place, cell in filled)
