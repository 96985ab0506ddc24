"""Runs that are kept: into the file of a unit, and out of it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policy.hooks.spec import SourceError

if TYPE_CHECKING:
    from policy.history import Store
    from policy.lang.annals import Annals
    from policy.lang.past import PastRun
    from policy.lang.report import Report

__all__ = ["HISTORIES", "check_history", "keep", "last_run", "read_history", "write_history"]

HISTORIES = ("text", "json", "xlsx")
"""The forms in which kept runs can be shown."""


def check_history(file: str, pack_id: str) -> None:
    """Raises SourceError where a run by this pack cannot be kept in a file."""
    with _store(file) as store:
        if store.exists() and (theirs := store.pack()[0]) != pack_id:
            raise SourceError("U405", file, theirs=theirs, pack=pack_id)


def keep(report: Report, file: str) -> None:
    """Keep a run; it is there as a whole or not at all. Raises SourceError, OSError."""
    from policy.report.comparing import remember

    titles = {id: rule.title for id, rule in report.rules.items()}
    labels = {name: label for name, label in report.labels.items() if "." not in name}
    check_history(file, report.pack_id)
    with _store(file) as store:
        store.keep(remember(report), report.pack_title, titles, labels)


def last_run(file: str) -> PastRun:
    """The run of the latest day. Raises SourceError where the file has none."""
    with _store(file) as store:
        runs = store.runs() if store.exists() else ()
        if not runs:
            raise SourceError("U406", file)
        return store.run(runs[-1].number)


def read_history(file: str, last: int) -> Annals:
    """What the file says of its `last` months. Raises SourceError, OSError."""
    from policy.history import annals
    from policy.report.comparing import compare

    with open(file, "rb"), _store(file) as store:  # to say in the system's words that there is no such file
        if not store.exists() or not store.runs():
            raise SourceError("U406", file)
        return annals(store, last, compare)


def write_history(kept: Annals, form: str, language: str) -> bytes:
    """The kept runs in one of the forms."""
    if form == "json":
        from policy.history.document import written

        return written(kept)
    if form == "xlsx":
        from policy.history.book import written as book

        return book(kept, language)
    from policy.history.text import lines

    return "".join(f"{line}\n" for line in lines(kept, language)).encode("utf-8", "replace")


@contextmanager
def _store(file: str) -> Iterator[Store]:
    from policy.history import HistoryError, Store

    try:
        yield Store(file)
    except HistoryError as error:
        raise SourceError(error.code, file, **error.arguments) from None
