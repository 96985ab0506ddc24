"""Rows that a source reads when somebody wants them, as long as the file is what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from policy.hooks.spec import SourceError
from policy.lang.access import State, state_of
from policy.lang.scan import LaterRows
from policy.lang.table import RawRow

__all__ = ["later_rows"]


def later_rows(path: Path, state: State, count: int, rows: Callable[[], Iterable[RawRow]]) -> LaterRows:
    """So many rows of a file that has a state, all held once one is wanted, which raises SourceError where the state is another."""

    def held() -> Sequence[RawRow]:
        try:
            return tuple(rows())
        finally:  # whatever was found in a file that is another means nothing
            _refuse_another(path, state)

    return LaterRows(count, held)


def _refuse_another(path: Path, state: State) -> None:
    try:
        found = state_of(path)
    except OSError as error:
        raise SourceError("D251", str(path)) from error
    if found != state:
        raise SourceError("D250", str(path))
