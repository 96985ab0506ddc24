"""What the analysis says of a pack: findings, advice, and what could not be decided."""

from __future__ import annotations

from typing import Any

from policy.analyse.sample import Sample
from policy.lang.noun import noun

__all__ = ["ADVICE", "KINDS", "Analysis", "Finding"]

KINDS = (
    "never-applies", "never-violated", "never-satisfied", "exception-never", "exception-always", "due-before-trigger", "parameter",
    "conflict", "redundant", "weaker", "row-order", "key-names", "later-day", "fulfilling-row", "missing-row", "evidence",
    "waiver", "month-end", "due-may-precede",
)  # fmt: skip
"""The kinds of findings about a pack alone."""

ADVICE = ("month-end", "due-may-precede")
"""The kinds that are worth knowing and no defect: shown when they are asked for."""


@noun
class Finding:
    """Something found about `rules`, the first of them the one at fault.

    `detail` tells further what it is: the exception's number and basis, a parameter and its value, a second status. `statuses` are the
    outcomes, by rule and subject, that `sample` has; None where no data set shows it. `how`: `solver` where it holds for all data, `data`
    where the data set is all there is to it.
    """

    kind: str
    rules: tuple[str, ...]
    detail: tuple[tuple[str, Any], ...] = ()
    sample: Sample | None = None
    statuses: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    how: str = "solver"


@noun
class Analysis:
    """What was found, what was not decided (kinds and rules alike), and how much was asked: `queries` to the solver, data `sets` judged.

    `in_time` is false where the time was up before everything had been asked.
    """

    findings: tuple[Finding, ...] = ()
    undecided: tuple[Finding, ...] = ()
    rules: int = 0
    queries: int = 0
    sets: int = 0
    in_time: bool = True
