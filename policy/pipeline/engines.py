"""Which engine judges: the reference, which defines the language, or the one for many rows, which says the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from policy.hooks.spec import SourceError

if TYPE_CHECKING:
    from policy.lang.outcome import Judgement

__all__ = ["ENGINES", "Engine", "find_engine"]

ENGINES = ("auto", "reference", "duckdb")
MANY = 20_000
"""From so many rows on `auto` takes the engine for many rows, where it is installed."""

_NEEDED = ("duckdb", "numpy", "pyarrow", "sqlglot")

if TYPE_CHECKING:
    Engine = Callable[..., Judgement]
else:
    Engine = Callable


def find_engine(name: str, rows: int) -> Engine:
    """The engine of a name, for so many rows. Raises SourceError where what it needs is not installed."""
    from policy.interpret import judge

    if name == "reference" or (name == "auto" and rows < MANY):
        return judge
    absent = [module for module in _NEEDED if _is_absent(module)]
    if absent and name == "auto":
        return judge
    if absent:
        raise SourceError("U85", "--engine duckdb", absent=" ".join(absent))
    return partial(_by_sql, judge if name == "auto" else None)


def _is_absent(module: str) -> bool:
    from importlib.util import find_spec  # which a small run does without

    return find_spec(module) is None


def _by_sql(reference: Engine | None, *arguments: object) -> Judgement:
    """What the engine for many rows says; where a number is too large for it, what the reference says, if that is at hand."""
    from policy.relational import TooLarge, judge

    try:
        return judge(*arguments)
    except TooLarge as error:
        if reference is None:
            raise SourceError("U86", "--engine duckdb") from error
        return reference(*arguments)
