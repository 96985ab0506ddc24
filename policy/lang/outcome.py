"""What a run says: one outcome for each subject of each rule."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from policy.lang.noun import noun, slim_noun

if TYPE_CHECKING:
    from policy.lang.ir import Rule

__all__ = [
    "COUNTED", "PROBLEMS", "SEVERITIES", "STATUSES", "TOLD", "WAIVABLE", "Abridged", "Batch", "Counted", "Evidence", "Judgement", "Listed", "Mention",
    "Notice", "Outcome", "Outcomes", "Provenance", "Subject", "Tally", "Waiver", "as_outcomes", "canonical_subject", "gravity", "subject_text",
]  # fmt: skip

STATUSES = (
    "violated", "late", "unknown", "due_soon", "attest", "pending", "satisfied", "excused", "not_applicable",
)  # fmt: skip
"""The statuses, the most urgent first."""

PROBLEMS = ("violated", "late", "unknown", "due_soon", "attest")
"""The statuses that a report lists."""

WAIVABLE = ("violated", "late", "unknown", "attest")
"""The statuses that a waiver excuses."""

TOLD = ("violated", "late")
"""The statuses whose outcomes have the rule's message."""

COUNTED = ("violated", "late", "unknown")
"""The statuses whose outcomes rules about rules see."""

_OPEN = ("violated", "unknown", "due_soon", "attest", "pending")

_BEYOND = "calendar_unknown"
"""The remark on an outcome whose day was reckoned by a calendar that does not cover its year."""

SEVERITIES = ("fail", "warn", "advise")


_GRAVITIES = {"unknown": "warn", "due_soon": "advise", "attest": "advise"}


def gravity(outcome: Outcome) -> str | None:
    """How grave an outcome is, one of `SEVERITIES`, for formats that know no more: a breach as its rule says; None of what is no problem."""
    return outcome.severity if outcome.status in TOLD else _GRAVITIES.get(outcome.status)


Subject = tuple[tuple[str, str | int], ...]
"""Binders, each with a key (of a row), an identifier (of an enum's member) or a year."""


def subject_text(subject: Subject) -> str:
    """The keys of a subject joined by commas."""
    return ",".join([str(key) for _, key in subject])


def canonical_subject(text: str) -> str:
    """The one spelling of a subject's text: keys joined by commas, as `Outcome.subject_text` has it."""
    return ",".join(part.strip() for part in text.replace("、", ",").replace("，", ",").split(","))


@slim_noun
class Evidence:
    """A row that decided an outcome: its place, and `cells`: for each field that the rule reads of it, the column's label.

    Of a violation (in rules over violations) `entity` is `violation`, `key` its fingerprint, and there is no place.
    """

    entity: str
    key: str
    file: str | None
    sheet: str | None
    row: int | None
    cells: tuple[tuple[str, str], ...] = ()


@noun
class Provenance:
    """What the evidence from one table has in common."""

    entity: str
    file: str | None
    sheet: str | None
    cells: tuple[tuple[str, str], ...] = ()


@slim_noun
class Mention:
    """What stands in a message from `begin` to `end` and may name somebody: a row, or (`entity` and `key` are empty) a text of the data."""

    begin: int
    end: int
    entity: str = ""
    key: str = ""


@slim_noun
class Outcome:
    """What a rule says of one subject as of the day.

    `subject` pairs each binder with a key (of a row), an identifier (of an enum's member) or a year. `due` is the day after
    rolling, `due_unrolled` before. `missing` names the fields (`talk.end`) that made it unknown, sorted. `message` is the
    rule's own for a late or violated outcome, else empty; `mentions` are the rows and texts of the data in it. `excuse` says what excuses it: the basis of the exception, or
    `waiver ID`. `notes` are remarks, such as `calendar_unknown`: the due day lies in a year whose calendar is not published.
    """

    rule: str
    subject: Subject
    status: str
    severity: str
    bearer: tuple[str, str] | None
    due: datetime.date | None
    due_unrolled: datetime.date | None
    fulfilled: datetime.date | None
    missing: tuple[str, ...]
    basis: tuple[str, ...]
    message: str
    evidence: tuple[Evidence, ...]
    fingerprint: str
    excuse: str | None = None
    notes: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def subject_text(self) -> str:
        """The keys of the subject joined by commas: what a case, a waiver or an attestation calls it."""
        return subject_text(self.subject)

    @property
    def open(self) -> bool:
        """Whether there is a day by which something is, or was, to be done that is not known to have been done."""
        return self.due is not None and self.fulfilled is None and self.status in _OPEN


Tally = dict[str, dict[str, int]]
"""How many outcomes of which status (in the order of `STATUSES`) each rule has; of a rule without any, nothing."""


class Batch(Protocol):
    """Some outcomes of one rule as columns; they are made when somebody goes through them.

    `columns` is a table of Arrow, a row for each outcome: `key 0` of the first binder, and so on, `status`, `bearer` (a struct of `entity`, `key` and `name`,
    the last where it has one that all may read), `due`, `due_unrolled`, `fulfilled`, `missing`, `message`, `excuse`, `notes`, `evidence` (a list of structs
    of `source`, `key` and `row`) and `fingerprint`.
    `sources` are what evidence has in common, by the number that `source` gives.
    """

    rule: Rule
    sources: Sequence[Provenance]
    columns: Any

    def select(self, expressions: str) -> Any:
        """A table of what expressions of DuckDB over these columns come to, in the order of the outcomes."""

    def __iter__(self) -> Iterator[Outcome]:
        """The outcomes, one at a time."""


class Outcomes(Protocol):
    """The outcomes of a run in their order: rules as in the pack, then subjects. There may be more than a machine can hold at once.

    Whoever wants numbers, or a few of many, asks for these: counts are there already, and outcomes are made when they are asked for.
    """

    def __iter__(self) -> Iterator[Outcome]:
        """All of them, one at a time."""

    def __len__(self) -> int:
        """How many there are."""

    def having(self, statuses: Collection[str]) -> Iterator[Outcome]:
        """Those of some statuses, one at a time."""

    def batches(self, statuses: Collection[str]) -> Iterator[Batch] | None:
        """The same as columns, if there are any: no object need be made then for whoever writes columns or their texts."""

    def tally(self) -> Tally:
        """How many of which status each rule has."""

    def beyond(self) -> dict[int, int]:
        """How many are due in each year whose calendar is not known."""

    def involved(self, statuses: Collection[str], entities: Mapping[str, Sequence[str | None]]) -> set[tuple[str, str]]:
        """The rows that those of some statuses are about, or are owed by: entity and key.

        `entities` are those of the binders of each rule; None of one that goes through no rows.
        """


class Listed(tuple[Outcome, ...]):
    """Outcomes that are all at hand."""

    __slots__ = ()

    def having(self, statuses: Collection[str]) -> Iterator[Outcome]:
        """Those of some statuses, one at a time."""
        return (outcome for outcome in self if outcome.status in statuses)

    def batches(self, statuses: Collection[str]) -> None:
        """There are no columns."""

    def tally(self) -> Tally:
        """How many of which status each rule has."""
        counts: dict[str, dict[str, int]] = {}
        for (rule, status), count in Counter(map(attrgetter("rule", "status"), self)).items():
            counts.setdefault(rule, {})[status] = count
        return _in_order(counts)

    def beyond(self) -> dict[int, int]:
        """How many are due in each year whose calendar is not known."""
        years = Counter(outcome.due.year for outcome in self if outcome.due and _BEYOND in outcome.notes)
        return dict(sorted(years.items()))

    def involved(self, statuses: Collection[str], entities: Mapping[str, Sequence[str | None]]) -> set[tuple[str, str]]:
        """The rows that those of some statuses are about, or are owed by."""
        found: set[tuple[str, str]] = set()
        for outcome in self.having(statuses):
            found.update((entity, key) for entity, (_, key) in zip(entities[outcome.rule], outcome.subject) if entity)
            if outcome.bearer:
                found.add(outcome.bearer)
        return found


class Counted:
    """Outcomes of a rule of which nothing is known but how many have which `statuses`, and are due in which `years` without a calendar."""

    __slots__ = ("statuses", "years")

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.years: Counter[int] = Counter()

    def add(self, status: str, due: datetime.date | None, notes: Collection[str]) -> None:
        """Count an outcome."""
        self.statuses[status] += 1
        if due and _BEYOND in notes:
            self.years[due.year] += 1


class Abridged:
    """Outcomes some of which are at hand, and others in the counts of their rule alone."""

    def __init__(self, listed: Listed, counted: Mapping[str, Counted]) -> None:
        self._listed = listed
        self._counted = counted
        self.having, self.batches, self.involved = listed.having, listed.batches, listed.involved

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed) + sum(counted.statuses.total() for counted in self._counted.values())

    def tally(self) -> Tally:
        """How many of which status each rule has."""
        counts = {rule: Counter(found) for rule, found in self._listed.tally().items()}
        for rule, counted in self._counted.items():
            counts.setdefault(rule, Counter()).update(counted.statuses)
        return _in_order(counts)

    def beyond(self) -> dict[int, int]:
        """How many are due in each year whose calendar is not known."""
        years = sum((counted.years for counted in self._counted.values()), Counter(self._listed.beyond()))
        return dict(sorted(years.items()))


def _in_order(counts: Mapping[str, Mapping[str, int]]) -> Tally:
    return {rule: {status: found[status] for status in STATUSES if status in found} for rule, found in counts.items()}


def as_outcomes(outcomes: Iterable[Outcome] | Outcomes) -> Outcomes:
    """Outcomes that can be asked for their numbers."""
    return outcomes if hasattr(outcomes, "tally") else Listed(outcomes)


@noun
class Notice:
    """A remark on a waiver or attestation, `key`, and where it stands.

    `code` is `waiver_` or `attestation_` and refused (`missing` names the fields that it lacks), future (`other` is its day),
    lapsed (`other` is its last day), unknown_rule (`other` is the nearest rule, or empty), unmatched, unused or double (`other`
    is the waiver that counts).
    """

    code: str
    key: str
    rule: str
    subject: str
    file: str
    sheet: str | None
    row: int
    missing: tuple[str, ...] = ()
    other: str = ""


@noun
class Waiver:
    """A waiver that excuses an outcome, and where it stands."""

    key: str
    rule: str
    subject: str
    reason: str
    approver: str
    date: datetime.date
    valid_until: datetime.date | None
    document: str | None
    file: str
    sheet: str | None
    row: int


@noun
class Judgement:
    """All outcomes, ordered by rule (as in the pack) and subject; the notices; and the waivers that excuse an outcome."""

    outcomes: Outcomes = attrs.field(converter=as_outcomes)
    notices: tuple[Notice, ...] = ()
    waivers: tuple[Waiver, ...] = ()
