"""The cells that problems are about, and what is to be said of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policy.lang.facts import Problem
from policy.messages import text
from policy.messages.problems import accepted

__all__ = ["Mark", "marks_of"]


class Mark(NamedTuple):
    """What is wrong in a cell: `column` None is the whole row, `row` None the whole table or file."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    error: bool
    said: str
    instead: str


def marks_of(problems: Sequence[Problem], language: str) -> Iterator[Mark]:
    """A mark for each cell, errors before remarks, each in their order."""
    for error in (True, False):
        for problem in problems:
            if problem.error == error:
                yield from _marks(problem, language)


def _marks(problem: Problem, language: str) -> Iterator[Mark]:
    instead = accepted(problem.takes, language)
    for row in problem.rows or (problem.row,):
        one = {"count": "1", "cells": f"{problem.column}{row}"} if problem.rows else {}  # of a summary what holds for this cell
        said = text(problem.code, language, **{**dict(problem.arguments), **one})
        yield Mark(problem.file, problem.sheet, row, problem.column, problem.error, said, instead)
