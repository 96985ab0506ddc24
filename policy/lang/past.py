"""A run of another day, as far as it was kept, and how a run differs from it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from policy.lang.noun import noun, thing
from policy.lang.outcome import Outcome

__all__ = ["Absent", "Baseline", "Change", "Difference", "Key", "PastFinding", "PastRun", "key_of"]

Key = tuple[str, tuple[str, ...]]
"""What one outcome of a run is called: its rule and the keys of its subject."""


def key_of(rule: str, subject: Sequence[tuple[str, str | int]]) -> Key:
    """The key of an outcome."""
    return rule, tuple([str(key) for _, key in subject])


@noun
class PastFinding:
    """A problem that a run has found."""

    key: Key
    status: str
    severity: str
    bearer: tuple[str, str] | None
    due: datetime.date | None
    fulfilled: datetime.date | None
    fingerprint: str


@noun
class PastRun:
    """What is known of a run: its findings, and the status of each outcome by key, problem or not, as far as they were kept.

    `parameters` are those that were not at their default: name, value and default. What was not kept is None: a list of outcomes alone
    tells neither pack nor day, nor which rules were run. `mask` says whether keys and fingerprints stand for others.
    """

    findings: tuple[PastFinding, ...]
    statuses: Mapping[Key, str]
    version: str | None = None
    pack_id: str | None = None
    pack_version: str | None = None
    pack_sha256: str | None = None
    as_of: datetime.date | None = None
    parameters: tuple[tuple[str, str, str], ...] | None = None
    rules: frozenset[str] | None = None
    mask: str | None = None


@noun
class Change:
    """How a finding stands to the run before: `state` is new, updated or unchanged, `was` its status there (None: it was not there).

    It is unchanged where its fingerprint is the same; updated where the duty stood worse before than it does now; all else is new.
    """

    state: str
    was: str | None


@noun
class Absent:
    """A finding of the run before that is none now.

    `state` is resolved (`now` is its status), gone (its subject is no longer in the data) or not_run (its rule was not run).
    """

    finding: PastFinding
    state: str
    now: str | None = None


@noun
class Difference:
    """Something besides the data that is not as it was, so that findings may differ for that alone.

    `kind` is unknown (nothing is told of the run before but its outcomes), mask (one of the two hides whom it names, or they hide it differently), later (its day lies after this one's), program (another version),
    pack (another version), pack_files (the same version, other files), parameter (`name`), rules_left (rules run then and not now, in `before`)
    or rules_added (rules run now and not then, in `now`).
    """

    kind: str
    before: str = ""
    now: str = ""
    name: str = ""


@thing
class Baseline:
    """The comparison of a run with one before: `name` says which. `changes` has each finding of the run, by key."""

    name: str
    as_of: datetime.date | None
    changes: Mapping[Key, Change]
    absent: tuple[Absent, ...]
    differences: tuple[Difference, ...]

    def change(self, outcome: Outcome) -> Change | None:
        """How a finding of the run stands to the one before; None for an outcome that is no problem."""
        return self.changes.get(key_of(outcome.rule, outcome.subject))

    def is_new(self, outcome: Outcome) -> bool:
        """Whether the run before had nothing like it."""
        change = self.change(outcome)
        return change is None or change.state == "new"

    def counts(self) -> dict[str, int]:
        """How many findings are new, updated, unchanged, and how many of before are resolved, gone, not run."""
        counts = dict.fromkeys(("new", "updated", "unchanged", "resolved", "gone", "not_run"), 0)
        for change in self.changes.values():
            counts[change.state] += 1
        for one in self.absent:
            counts[one.state] += 1
        return counts
