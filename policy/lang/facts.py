"""Typed rows with their places: what a run judges."""

from __future__ import annotations

from collections.abc import Collection

from policy.lang.noun import noun, thing

__all__ = ["Facts", "Input", "Origin", "Problem", "Row"]


@thing
class Origin:
    """Where rows come from: a file, its sheet (None: it has none) and per field the label of its column (empty: it has none)."""

    file: str
    sheet: str | None
    columns: dict[str, str]


class Row:
    """A row of `entity`: `values` in the order of its fields, None where missing; a reference is the key it names.

    `line` is the row's number in its origin.
    """

    __slots__ = ("entity", "key", "line", "origin", "values")

    def __init__(self, entity: str, key: str, values: tuple, origin: Origin, line: int) -> None:
        self.entity = entity
        self.key = key
        self.values = values
        self.origin = origin
        self.line = line

    def __repr__(self) -> str:
        return f"Row({self.entity} {self.key})"


@noun
class Problem:
    """Something wrong with the data.

    `code` is one of the data codes of `policy.messages`, `arguments` fill its texts. `error` stops the run (unless it keeps
    going), else the problem is only listed. It stands at `row` and `column` (its label), as in C12, or, where it sums up many cells
    of a column, at `rows`. `takes` says what would be accepted there: the kind of a field and what belongs to it, as
    `policy.lang.schema.takes` gives them; empty where nothing can be said.
    """

    code: str
    arguments: tuple[tuple[str, str], ...]
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    error: bool = True
    rows: tuple[int, ...] = ()
    takes: tuple[str, ...] = ()


@noun
class Input:
    """A table that was read: `entity` is what it was read as (None: declared as extra and left out).

    `columns` are the labels of the columns that were read, each with its field.
    """

    file: str
    sheet: str | None
    entity: str | None
    rows: int
    sha256: str
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()


@thing
class Facts:
    """Rows by entity identifier, in reading order with unique keys; the inputs; and what was wrong with them.

    Every entity of the vocabulary has an entry; `absent` lists those for which no table was given.
    """

    tables: dict[str, Collection[Row]]
    inputs: tuple[Input, ...] = ()
    problems: tuple[Problem, ...] = ()
    absent: tuple[str, ...] = ()
