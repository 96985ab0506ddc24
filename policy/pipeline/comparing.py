"""Two packs, compared: what the second asks less than the first without data, and what it changes on data."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import attrs

from policy.pipeline.choices import find_calendar
from policy.pipeline.casetexts import case_text
from policy.pipeline.faults import functions, need

if TYPE_CHECKING:
    from policy.analyse import Sample
    from policy.analyse.compare import Comparison, Difference
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.lang.outcome import Outcome
    from policy.lang.schema import Vocabulary

__all__ = ["NEEDED", "Change", "Limits", "changes", "compare_packs", "difference_case"]

class Limits(NamedTuple):
    """How far to look: `rows` of each table, `drawn` data sets, `seconds` in all, from `seed`."""

    rows: int = 5
    drawn: int = 60
    seconds: float = 60
    seed: int = 0


NEEDED = ("z3", "hypothesis")
"""What the analysis of rules needs besides the program."""

_ONE_DAY = datetime.timedelta(days=1)


def compare_packs(before: ir.Pack, after: ir.Pack, plugins: Plugins, limits: Limits, rules: Collection[str] | None = None) -> list[Comparison]:
    """Two packs on every stretch of days in which both stay as they are; of the first pack these rules (None: all).

    Raises SourceError where what the analysis needs is not installed.
    """
    need("policy compare", NEEDED)
    from policy.analyse.compare import compare, joined

    found: list[Comparison] = []
    for first, last in _stretches(before, after):
        day = first or last or datetime.date.today()
        one, two = before.edition(day), after.edition(day)
        judge = _judge(one, two, plugins)
        whole = attrs.evolve(two, vocabulary=joined(one.vocabulary, two.vocabulary))
        found.append(compare(one, whole, judge, find_calendar(two, plugins), functions(plugins), limits, (first, last), rules))
    return found


def _stretches(*packs: ir.Pack) -> list[tuple[datetime.date | None, datetime.date | None]]:
    """The days on which none of the packs changes, from the first to the last."""
    starts = sorted({edition.first for pack in packs for edition in pack.editions if edition.first is not None})
    edges = [None, *starts, None]
    return [(first, last and last - _ONE_DAY) for first, last in zip(edges, edges[1:])]


def _judge(before: ir.Pack, after: ir.Pack, plugins: Plugins) -> Callable[[Sample, Sequence[str] | None], Sequence[Outcome]]:
    """The interpreter on both packs, each with the data that it knows."""
    from policy.analyse import as_case
    from policy.analyse.compare import BEFORE
    from policy.interpret import judge
    from policy.load.cases import case_facts

    calendars = find_calendar(before, plugins), find_calendar(after, plugins)
    known = functions(plugins)

    def outcomes(pack: ir.Pack, calendar, sample: Sample, rules: list[str]) -> Sequence[Outcome]:
        facts, problems = case_facts(as_case(_known(sample, pack.vocabulary), pack.vocabulary, pack.language, "", {}), pack.vocabulary)
        assert not problems, problems
        return judge(pack, facts, sample.as_of, {}, calendar, known, [id for id in rules if pack.rule(id)], ()).outcomes

    def judged(sample: Sample, rules: Sequence[str] | None) -> Sequence[Outcome]:
        asked = rules or ()
        first = outcomes(before, calendars[0], sample, [id.removeprefix(BEFORE) for id in asked if id.startswith(BEFORE)])
        second = outcomes(after, calendars[1], sample, [id for id in asked if not id.startswith(BEFORE)])
        return [*(attrs.evolve(one, rule=BEFORE + one.rule) for one in first), *second]

    return judged


def _known(sample: Sample, vocabulary: Vocabulary) -> Sample:
    """The data set without what a vocabulary does not know."""
    tables = {name: [_row(row, name, vocabulary) for row in rows] for name, rows in sample.tables.items() if name in vocabulary.entities}
    return sample._replace(tables=tables)


def _row(row: dict, entity: str, vocabulary: Vocabulary) -> dict:
    fields = {field.name: field for field in vocabulary.entities[entity].fields}
    return {name: value for name, value in row.items() if name in fields and _has(fields[name].type, value, vocabulary)}


def _has(type, value: object, vocabulary: Vocabulary) -> bool:
    return not type.is_enum or any(member.name == value for member in vocabulary.enums[type.name].members)


def difference_case(difference: Difference, after: ir.Pack) -> str:
    """The data set of a difference as a case that the second pack passes; empty where there is none, or where it is not to be told apart."""
    from policy.analyse import as_case

    if difference.sample is None:
        return ""
    pack = after.edition(difference.sample.as_of)
    shown = difference.after
    one = difference.before or shown
    subject = tuple(str(key) for _, key in one.subject)
    expected = {(difference.rule, subject): shown.status if shown else "absent"}
    if pack.rule(difference.rule) is None and not pack.extends:
        return ""  # a case cannot expect anything of a rule that the pack does not know
    sample = _known(difference.sample, pack.vocabulary)
    return case_text(as_case(sample, pack.vocabulary, pack.language, f"{difference.kind} {difference.rule}", expected), pack)


# --- on data ---------------------------------------------------------------------------------------------------------


class Change(NamedTuple):
    """A subject of a rule whose outcome the second pack changes: the outcomes of both, None where one has none."""

    rule: str
    subject: str
    before: Outcome | None
    after: Outcome | None

    @property
    def kind(self) -> str:
        """`gone`, `new` or `changed`."""
        return "gone" if self.after is None else "new" if self.before is None else "changed"


def changes(before: Sequence[Outcome], after: Sequence[Outcome]) -> Iterator[Change]:
    """The subjects of which two runs on the same data say something else, in the order of the second, then of the first."""
    first = {(one.rule, one.subject_text): one for one in before}
    second = {(one.rule, one.subject_text): one for one in after}
    for key in dict.fromkeys((*second, *first)):
        one, two = first.get(key), second.get(key)
        if _said(one) != _said(two):
            yield Change(*key, one, two)


def _said(outcome: Outcome | None) -> tuple | None:
    """What counts of an outcome: what it is, how much it weighs, and by when."""
    return outcome and (outcome.status, outcome.severity, outcome.due)
