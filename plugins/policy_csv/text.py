"""Text files as tables: the rows of a large one are never held."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from policy.hooks.later import later_rows
from policy.hooks.spec import RawTable
from policy.lang.access import State, Stream
from policy.lang.table import RawRow, Shape, fitted, shape_of
from policy_csv.layout import Layout
from policy_csv.plain import batches, plain_shape

__all__ = ["held", "streamed"]


def held(layout: Layout) -> RawTable:
    """The table with all its rows. Raises SourceError as `Layout.rows` does, TooWideError as `shape_of` does."""
    rows = list(layout.rows())
    shape = shape_of(rows)
    return layout.table(shape).with_rows(tuple(fitted(rows[1:], shape)), None)


def streamed(layout: Layout, state: State) -> RawTable:
    """The table with rows that are read again when they are wanted. Raises what `held` raises."""
    plain = plain_shape(layout)
    shape = plain or shape_of(layout.rows())
    rows, width = partial(_below, layout, shape), len(shape.columns)
    stream = Stream(rows, ("VARCHAR",) * width, state, partial(batches, layout, width) if plain else None) if shape.fits else None
    return layout.table(shape).with_rows(later_rows(layout.path, state, shape.count, rows), stream)


def _below(layout: Layout, shape: Shape) -> Iterator[RawRow]:
    return fitted(islice(layout.rows(), 1, None), shape)
