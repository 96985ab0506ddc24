"""Runs that were kept, one after the other, and what they come to month by month."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from policy.lang.noun import noun
from policy.lang.past import Baseline, Key

__all__ = ["Annals", "KeptRun", "Month", "Tally"]

Tally = Mapping[str, int]
"""How many outcomes of which status."""


@noun
class KeptRun:
    """The head of a run that was kept: `number` is its place in the file, `recorded` the moment (UTC) at which it was kept."""

    number: int
    recorded: str
    as_of: datetime.date
    version: str
    pack_version: str
    tally: Tally


@noun
class Month:
    """What a month came to: the last of its runs by day with the status of each of its findings, and what it changed against the last run of the
    month before (None: the first month)."""

    run: KeptRun
    findings: Mapping[Key, str]
    by_rule: Mapping[str, Tally]
    by_bearer: Mapping[tuple[str, str], Tally]
    changed: Baseline | None

    @property
    def name(self) -> str:
        """Year and month: `2026-05`."""
        return self.run.as_of.isoformat()[:7]


@noun
class Annals:
    """What a file of runs has to say: its pack, its runs, the months that were asked for. `titles` are those of rules, `labels` those of entities."""

    file: str
    pack_id: str
    pack_title: str
    runs: tuple[KeptRun, ...]
    months: tuple[Month, ...]
    titles: Mapping[str, str]
    labels: Mapping[str, str]
