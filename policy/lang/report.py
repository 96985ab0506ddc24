"""A report before it has a form: what every reporter gets."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from policy.lang.facts import Input, Problem
from policy.lang.ir import Rule
from policy.lang.noun import noun, thing
from policy.lang.outcome import PROBLEMS, STATUSES, Batch, Notice, Outcome, Outcomes, Tally, Waiver, as_outcomes
from policy.lang.past import Baseline

if TYPE_CHECKING:
    from policy.lang.proof import Proof

__all__ = ["MASKS", "Decision", "Identities", "Period", "Report", "ReportedParameter", "Window"]

MASKS = ("none", "names", "all")
"""What a report hides: nothing, who the persons are, or the organizations too; each hides what the one before it does."""


@noun
class Decision:
    """Why a parameter has its value: `origin` is the flag, the variable, the file or the variant that says so.

    A file and a variant say on what `basis`; a file may say `by` whom it was decided.
    """

    origin: str
    basis: str = ""
    by: str = ""


@noun
class ReportedParameter:
    """A parameter that is not at its default, as texts; `origin` and what follows say by whose decision, as in `Decision`."""

    name: str
    label: str | None
    value: str
    default: str
    origin: str
    basis: str = ""
    decided_by: str = ""


@noun
class Window:
    """Up to which day a report looks ahead: it has only what is still to be done and was due, or will be, by then.

    `by` says how it is to be arranged: bearer, day or rule. `undated` is the number of duties left out because the data do not tell their due
    day, `waiting` that of findings for which people are asked without a day.
    """

    until: datetime.date
    by: str
    undated: int = 0
    waiting: int = 0


@noun
class Period:
    """A time in which a rule asks the same of many subjects: all those whose `binder` (its place) has `key`. Their duties end on `last`.

    `first` is the day on which that time begins, None where the rule names none.
    """

    rule: str
    binder: int
    key: str | int
    first: datetime.date | None
    last: datetime.date


@thing
class Identities:
    """Who is named in the data: what masking has to know and no reporter may.

    `persons` and `organizations` are entities. `names` gives what each of their rows is called, by entity and key; a key to which
    references point and that no row has is there without a name. `words` are the identifiers and labels of entities.
    """

    persons: frozenset[str]
    organizations: frozenset[str]
    names: dict[tuple[str, str], tuple[str, ...]]
    words: frozenset[str]


@thing
class Report:
    """Everything a run has to say.

    `pack_extends` are the packs that the pack is laid over, id and version, the nearest first.
    `outcomes` are all of them, in their order, of which `listed` gives those that a reader wants to see and `tally` the numbers; `rules` the rules that were run, by id. `names` gives the display name of a row:
    `(entity, key)` → name, for bearers and subjects whose name is not confidential. `labels` gives the Chinese label of an
    identifier: an entity (`talk`), a field (`talk.end`), a member (`talk_kind.regular`). `language` is that of the messages (zh or
    en). `secrecy` is the highest mark of secrecy that the data carry, a level of `policy.lang.secrecy`; None where they carry none.
    `waivers` are those that excuse an outcome. `unit` is the unit's file, if there is one. `baseline` is what has changed since an earlier run,
    where one was named. `window` is there where the report is a list of what falls due. `mask`, one of `MASKS`, says what has been hidden; `identities`, which that takes, are in no report that a reporter gets.
    `proof` makes the proof of an outcome, in the language of the report, when it is asked to; None where the report is masked.
    `periods` finds the times in which rules ask the same of many, when somebody wants to know.
    `notice_template` is the file by which notices are to be written, where the user names one.
    """

    version: str
    pack_id: str
    pack_version: str
    pack_sha256: str
    pack_title: str
    as_of: datetime.date
    language: str
    parameters: tuple[ReportedParameter, ...]
    inputs: tuple[Input, ...]
    absent: tuple[str, ...]
    problems: tuple[Problem, ...]
    rules: dict[str, Rule]
    outcomes: Outcomes = attrs.field(converter=as_outcomes)
    notices: tuple[Notice, ...]
    names: Mapping[tuple[str, str], str]
    labels: dict[str, str]
    all_outcomes: bool = False
    pack_extends: tuple[tuple[str, str], ...] = ()
    secrecy: str | None = None
    waivers: tuple[Waiver, ...] = ()
    unit: str | None = None
    baseline: Baseline | None = None
    window: Window | None = None
    mask: str = "none"
    identities: Identities | None = None
    proof: Callable[[Outcome], Proof] | None = None
    periods: Callable[[], tuple[Period, ...]] = tuple
    notice_template: str | None = None

    def place(self, outcome: Outcome) -> tuple[str, int]:
        """Where an outcome stands, for formats that take one place only: the first row that decided it, else the beginning of the data."""
        rows = ((row.file, row.row or 1) for row in outcome.evidence if row.file is not None)
        return next(rows, (self.inputs[0].file if self.inputs else "", 1))

    def listed(self) -> Iterator[Outcome]:
        """The outcomes that a report lists, one at a time: the problems, or all where all were asked for."""
        return iter(self.outcomes) if self.all_outcomes else self.outcomes.having(PROBLEMS)

    def batches(self) -> Iterator[Batch] | None:
        """The same as columns, where they are there and nothing has to be said of each: see `Outcomes.batches`."""
        return None if self.baseline else self.outcomes.batches(STATUSES if self.all_outcomes else PROBLEMS)

    def tally(self) -> Tally:
        """How many outcomes of which status each rule that was run has."""
        counts = self.outcomes.tally()
        return {rule: counts.get(rule, {}) for rule in self.rules}

    def totals(self) -> dict[str, int]:
        """How many outcomes of which status there are; of a status without any, nothing."""
        counts = self.tally().values()
        sums = {status: sum(one.get(status, 0) for one in counts) for status in STATUSES}
        return {status: count for status, count in sums.items() if count}
