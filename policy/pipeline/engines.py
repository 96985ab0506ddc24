"""Which engine judges: the reference, which defines the language, or the one for many rows, which says the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

import attrs

from policy.hooks.spec import SourceError
from policy.lang.outcome import STATUSES

if TYPE_CHECKING:
    from policy.lang.facts import Facts
    from policy.lang.outcome import Batch, Judgement, Outcome, Outcomes
    from policy.lang.scan import Scans
    from policy.relational import Database

__all__ = ["ENGINES", "Chosen", "Engine", "choose_engine", "find_engine", "require_duckdb"]

ENGINES = ("auto", "reference", "duckdb")
MANY = 20_000
"""From so many rows on `auto` takes the engine for many rows, where it is installed."""

_NEEDED = ("duckdb", "numpy", "pyarrow", "sqlglot")

_Made = TypeVar("_Made")
Tell = Callable[[str, int, int], None]

if TYPE_CHECKING:
    Engine = Callable[..., Judgement]
else:
    Engine = Callable


class Chosen:
    """An engine at work on some data."""

    def __init__(self, judge: Engine, database: Database | None = None, reference: Engine | None = None) -> None:
        self._judge = judge
        self._database = database
        self._reference = reference

    @cached_property
    def scans(self) -> Scans | None:
        """What reads tables where they lie, if the engine does."""
        if self._database is None:
            return None
        from policy.relational import Scanner

        return Scanner(self._database)

    def load(self, load: Callable[..., Facts]) -> Facts:
        """The facts, given what loads them with or without `scans`."""
        return self._tried(partial(load, scans=self.scans), partial(load, scans=None))

    def judge(self, *arguments: object, kept: Collection[str] = STATUSES, tell: Tell = lambda *rule: None) -> Judgement:
        """What `policy.interpret.judge` says. Raises SourceError as `at_work` does, also later when outcomes are asked for.

        `kept` are the statuses of the outcomes that somebody wants to see; others need not be more than counted. `tell` is told of each rule.
        """
        if self._database is None:
            return self._judge(*arguments, kept=kept)
        work = partial(self._judge, *arguments, kept=kept, database=self._database, tell=tell)
        judgement = self._tried(work, partial(self._reference, *arguments, kept=kept) if self._reference else None)
        return attrs.evolve(judgement, outcomes=_Guarded(judgement.outcomes, self.at_work))

    def _tried(self, work: Callable[[], _Made], otherwise: Callable[[], _Made] | None) -> _Made:
        """What comes of work; where a number is too large for the engine, of other work, if the reference may take over."""
        if self._database is None:
            return work()
        from policy.relational import TooLarge

        try:
            with self.at_work():
                return work()
        except TooLarge as error:
            if self._reference is None or otherwise is None:
                raise SourceError("U86", "--engine duckdb") from error
        return otherwise()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Raises SourceError where memory or disk is not enough, or a file that is read where it lies is not what it was."""
        if self._database is None:
            yield
            return
        from policy.relational import Exhausted, Gone

        try:
            yield
            self._database.check()
        except Exhausted as error:
            raise SourceError({"memory": "U480", "disk": "U481"}[error.what], "--engine duckdb", limit=error.limit) from error
        except Gone as error:
            raise SourceError({"changed": "D250", "vanished": "D251", "damaged": "D079"}[error.state], error.file) from error


class _Guarded:
    """Outcomes that are made when they are asked for, by an engine that may give out meanwhile."""

    def __init__(self, outcomes: Outcomes, at_work: Callable[[], AbstractContextManager[None]]) -> None:
        self._outcomes = outcomes
        self._at_work = at_work
        self.tally, self.beyond = outcomes.tally, outcomes.beyond

    def __iter__(self) -> Iterator[Outcome]:
        return self._each(self._outcomes)

    def __len__(self) -> int:
        return len(self._outcomes)

    def having(self, statuses: Collection[str]) -> Iterator[Outcome]:
        """Those of some statuses, one at a time."""
        return self._each(self._outcomes.having(statuses))

    def batches(self, statuses: Collection[str]) -> Iterator[Batch] | None:
        """The same as columns, if there are any."""
        batches = self._outcomes.batches(statuses)
        return None if batches is None else self._each(batches)

    def _each(self, made: Iterable[_Made]) -> Iterator[_Made]:
        with self._at_work():
            yield from made

    def involved(self, statuses: Collection[str], entities: Mapping[str, Sequence[str | None]]) -> set[tuple[str, str]]:
        """The rows that those of some statuses are about, or are owed by."""
        with self._at_work():
            return self._outcomes.involved(statuses, entities)


def find_engine(name: str) -> Engine:
    """The engine of a name, for data that are at hand and few. Raises SourceError where what it needs is not installed."""
    if not _is_for_many(name, 0):
        from policy.interpret import judge

        return judge
    from policy.relational import judge as judge_by_sql

    return judge_by_sql


def choose_engine(name: str, rows: int, memory: str | None = None) -> Chosen:
    """The engine of a name, for so many rows. Raises SourceError where what it needs is not installed.

    `memory` is the most that the engine for many rows may take (None: what it thinks fit).
    """
    from policy.interpret import judge

    if not _is_for_many(name, rows):
        return Chosen(judge)
    from policy.relational import Database, judge as judge_by_sql

    return Chosen(judge_by_sql, Database(memory), judge if name == "auto" else None)


def _is_for_many(name: str, rows: int) -> bool:
    """Whether a name means the engine for many rows. Raises SourceError where that alone is meant, and is not there."""
    if name == "reference" or (name == "auto" and rows < MANY):
        return False
    if name == "auto":
        return not _absent()
    require_duckdb("--engine duckdb")
    return True


def require_duckdb(wanted: str) -> None:
    """Raises SourceError where what the engine for many rows needs, which somebody wanted, is not installed."""
    absent = _absent()
    if absent:
        raise SourceError("U85", wanted, absent=" ".join(absent))


def _absent() -> list[str]:
    return [module for module in _NEEDED if _is_absent(module)]


def _is_absent(module: str) -> bool:
    from importlib.util import find_spec  # which a small run does without

    return find_spec(module) is None
