"""How an engine reads a table whose rows nobody holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from policy.lang.noun import noun

__all__ = ["Scan", "State", "Stream", "state_of"]

State = tuple[int, int]
"""Size and time of change of a file: whether it is still what it was."""


def state_of(file: str | os.PathLike[str]) -> State:
    """The state of a file."""
    found = os.stat(file)
    return found.st_size, found.st_mtime_ns


@noun
class Scan:
    """How DuckDB reads a table where it lies.

    `relation` is what stands behind FROM; `number` an expression for the number of a row, whose order is that of the rows; `kinds` are
    the types of the columns, and `state` is that of the file. `database` is a file to be attached before, and the name that the relation has
    for it. A relation that is dear to read is read `once`, and what it gives is kept.
    """

    relation: str
    number: str
    kinds: tuple[str, ...]
    state: State
    database: tuple[str, str] | None = None
    once: bool = False


@noun
class Stream:
    """How an engine gets a table that it cannot read itself: it goes through the rows once, holds a few at a time, and keeps a copy of its own.

    `kinds` are the types of the columns: VARCHAR, BIGINT, DOUBLE, or BLOB for what is no single value. Numbers of rows grow. `batches` gives
    the same rows as record batches of Arrow, where there is a quicker way: each with the number of its first row, which the others follow.
    """

    rows: Callable[[], Iterator[tuple[int, Sequence[Any]]]]
    kinds: tuple[str, ...]
    state: State
    batches: Callable[[], Iterator[tuple[int, Any]]] | None = None
