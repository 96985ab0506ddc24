"""What the columns of a sheet may mean by their names and contents, and how sure that is: for somebody to correct."""

from __future__ import annotations

from collections.abc import Sequence

from policy.lang.mapping import LedgerColumn, Mapping
from policy.lang.noun import noun
from policy.lang.schema import Entity, Field, Vocabulary
from policy.lang.table import RawCell, RawTable
from policy.lang.types import DATE, Type
from policy.load.ledger.cells import spoken
from policy.load.ledger.headers import CERTAIN, Header, find_header, is_unused, label_of, likeness, lines_of, shown
from policy.load.values import Trouble, reader

__all__ = ["Placed", "Proposal", "propose"]

_WORTH_SAYING = 0.4
"""How sure it has to be that a header is a column to be proposed at all."""

_DOUBTFUL = CERTAIN - 0.01
"""How sure a guess can be."""

_CONTENT = 0.25
"""How much what stands in a column counts beside what it is called."""

_SEEN = 30
_SOME_YEAR = 2000
"""For days without one: which does not matter here, but every day has to be in it."""

Fields = dict[str, list[tuple[Entity, Field]]]


@noun
class Placed:
    """A column of a sheet: its label and header, the column of the mapping that it seems to be, if any, and how sure (0 to 1).

    `fields` are those that it gives; an `unused` column is known to have no use.
    """

    label: str
    header: str
    column: str | None
    sure: float
    fields: tuple[tuple[str, str], ...]
    unused: bool = False


@noun
class Proposal:
    """What a sheet may be: by which mapping, from which row on, its columns, and the columns that it lacks."""

    table: RawTable
    mapping: Mapping
    line: int
    placed: tuple[Placed, ...]
    lacking: tuple[str, ...]

    @property
    def sure(self) -> float:
        """How much of the sheet has a place: the mean over its columns."""
        columns = [one for one in self.placed if not one.unused]
        return sum(one.sure for one in columns) / len(columns) if columns else 0.0


def propose(table: RawTable, mappings: Sequence[Mapping], vocabulary: Vocabulary) -> Proposal | None:
    """The best that some mappings can make of a sheet; None where none knows any of its columns."""
    lines = lines_of(table)
    found = [(mapping, header) for mapping in mappings if (header := find_header(table, lines, mapping))]
    proposals = [_proposal(table, mapping, header, lines, vocabulary) for mapping, header in found]
    return max(proposals, key=lambda one: sum(placed.sure for placed in one.placed), default=None)


def _proposal(
    table: RawTable, mapping: Mapping, header: Header, lines: Sequence[tuple[int, tuple[RawCell, ...]]], vocabulary: Vocabulary
) -> Proposal:
    rows = [cells for _, cells in lines[header.last + 1 :]]
    columns = {place: (name, header.likenesses[name]) for name, place in header.places.items()}
    fields = _fields(mapping, vocabulary)
    columns |= _guesses(mapping, header, _Contents(rows, vocabulary), fields)
    placed = []
    for place, path in header.paths.items():
        name, sure = columns.get(place, (None, 0.0))
        pairs = tuple((entity.label or entity.name, field.label or field.name) for entity, field in fields.get(name or "", ()))
        placed.append(Placed(label_of(table, place), shown(path), name, sure, pairs, name is None and is_unused(path, mapping)))
    names = {name for name, _ in columns.values()}
    lacking = tuple(name for name, column in mapping.columns.items() if name not in names and not column.optional)
    return Proposal(table, mapping, lines[header.first][0], tuple(placed), lacking)


class _Contents:
    """The first rows below a header, by what can be read of their columns."""

    def __init__(self, rows: Sequence[tuple[RawCell, ...]], vocabulary: Vocabulary) -> None:
        self._rows = rows[:_SEEN]
        self._vocabulary = vocabulary

    def share(self, place: int, type: Type) -> float | None:
        """The share of the cells of a column that can be read as a type; None where there are no cells to tell."""
        read = reader(type, self._vocabulary, year=_SOME_YEAR)
        cells = [row[place] for row in self._rows if place < len(row) and spoken(row[place])]
        return sum(not isinstance(read(cell), Trouble) for cell in cells) / len(cells) if cells else None

    def speaks_for(self, place: int, fields: Sequence[tuple[Entity, Field]]) -> float:
        """How much the cells of a column speak for its giving some fields, or against it, from -1 to 1."""
        types = {field.type for _, field in fields}
        days = self.share(place, DATE)
        if DATE in types or days is None:
            return 0.0 if days is None else 2 * days - 1
        return -days


def _guesses(mapping: Mapping, header: Header, contents: _Contents, fields: Fields) -> dict[int, tuple[str, float]]:
    """Of headers that have no place, the columns not there that they are most like by name and content, each for one header.

    Columns without which there is no ledger come first.
    """
    taken = header.places.values()
    free = {place: path for place, path in header.paths.items() if place not in taken and not is_unused(path, mapping)}
    lacking = [column for name, column in mapping.columns.items() if name not in header.places]

    def sure(place: int, column: LedgerColumn) -> float:
        spoken_for = contents.speaks_for(place, fields.get(column.name, []))
        return min(_DOUBTFUL, likeness(free[place], column) + _CONTENT * spoken_for)

    pairs = [(sure(place, column), place, column) for place in free for column in lacking]
    guesses: dict[int, tuple[str, float]] = {}
    for value, place, column in sorted(pairs, key=lambda one: (not one[2].required, -one[0], one[1])):
        if value >= _WORTH_SAYING and place not in guesses and column.name not in [known for known, _ in guesses.values()]:
            guesses[place] = (column.name, value)
    return guesses


def _fields(mapping: Mapping, vocabulary: Vocabulary) -> Fields:
    """By column the fields that it gives, each with its entity."""
    fields: Fields = {}
    for template in mapping.templates:
        entity = vocabulary.entities[template.entity]
        for name, several in template.values:
            field = entity.field(name)
            for column in (origins.column.partition(".")[0] for origins in several if origins.column):
                if field and (entity, field) not in fields.setdefault(column, []):
                    fields[column].append((entity, field))
    return fields
