"""What changes from one pack to another without data: where the second asks less than the first, each with a data set that shows it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from policy.analyse.examine import Examiner, Judge, Limits, Outcomes, Verdict
from policy.analyse.logic import Formula, both, negated
from policy.analyse.rules import Judged, judged, subject_of
from policy.analyse.sample import Sample, shrunk
from policy.analyse.single import BROKEN
from policy.analyse.world import World
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.noun import noun
from policy.lang.outcome import SEVERITIES, Outcome
from policy.lang.reads import expressions
from policy.lang.schema import Entity, Enum, Vocabulary

__all__ = ["BEFORE", "Comparison", "Difference", "compare", "joined"]

BEFORE = "before "
"""What is put before the ids of the rules of the first pack, so that the outcomes of both can be told apart."""

_SETTINGS = ("months", "nonworking", "due_soon")
_WEAKER = {"violated": ("violated",), "late": BROKEN}
"""What the second pack has to say at least of what the first says."""


@noun
class Difference:
    """A rule of which the second pack says something else.

    `kind`: `weaker` (something that the first finds broken the second does not, or finds only late), `gone` (it has no such rule),
    `milder` (it weighs less), `stricter` (it finds broken what the first does not). `before` and `after` are the outcomes for `sample`;
    `after` is None where there is none. `certain` is false where it was not decided.
    """

    kind: str
    rule: str
    sample: Sample | None = None
    before: Outcome | None = None
    after: Outcome | None = None
    certain: bool = True


@noun
class Comparison:
    """Two packs on the days from `first` to `last`: what differs, and the rules that are the same to the letter, or have been shown to find the same."""

    first: datetime.date | None
    last: datetime.date | None
    differences: tuple[Difference, ...]
    same: tuple[str, ...]
    added: tuple[str, ...]
    queries: int = 0
    sets: int = 0


def compare(
    before: ir.Pack,
    after: ir.Pack,
    judge: Judge,
    calendar: Calendar,
    functions: Mapping[str, Callable],
    limits: Limits,
    days: tuple[datetime.date | None, datetime.date | None] = (None, None),
    rules: Iterable[str] | None = None,
) -> Comparison:
    """Two packs with a joined vocabulary on some days. `judge` gives the outcomes of both, those of the first with `BEFORE` in their rule.

    `rules` limits it to these rules of the first (None: all).
    """
    examiner = Examiner(after, judge, calendar, functions, limits, days, before)
    wanted = {rule.id for rule in before.rules} if rules is None else set(rules)
    same, found = [], []
    for rule in (rule for rule in before.rules if rule.id in wanted):
        other = after.rule(rule.id)
        alike = other is not None and _meaning(rule, before) == _meaning(other, after)
        if alike and rule.severity == other.severity:
            same.append(rule.id)
            continue
        differences = list(_Pair(rule, before, other, after, examiner).differences(alike))
        found += differences
        if not differences:
            same.append(rule.id)
    known = {rule.id for rule in before.rules}
    added = tuple(rule.id for rule in after.rules if rule.id not in known)
    return Comparison(*days, tuple(found), tuple(same), added, examiner.queries, examiner.sets)


def _meaning(rule: ir.Rule, pack: ir.Pack) -> tuple:
    """All that decides what a rule finds, but how much it weighs: its parts and what they need, and how the pack reckons.

    A member more of an enum decides nothing by itself, as expressions say of a value what they say; unless the rule is about each member.
    """
    exceptions = tuple(one.condition for one in rule.exceptions)
    parts = (rule.binders, rule.lets, rule.where, rule.when, exceptions, rule.duty, rule.due, rule.effective)
    needed = list(expressions(pack, [rule.id]))
    called = {one.name: pack.definitions[one.name].body for one in needed if isinstance(one, ir.Call)}
    parameters = {one.name: pack.parameters[one.name].default for one in needed if isinstance(one, ir.Param)}
    enums = {each.enum: [one.name for one in pack.vocabulary.enums[each.enum].members] for each in rule.binders if isinstance(each, ir.EachMember)}
    settings = tuple(pack.parameters[name].default for name in _SETTINGS)
    others = [(_meaning(one, pack), one.severity, one.bearer) for id in rule.depends if (one := pack.rule(id)) is not None]
    return parts, called, parameters, enums, settings, pack.calendar, others


class _Pair:
    """A rule of the first pack and what the second makes of it."""

    def __init__(self, rule: ir.Rule, before: ir.Pack, other: ir.Rule | None, after: ir.Pack, examiner: Examiner) -> None:
        self.rule, self.before, self.other, self.after, self.examiner = rule, before, other, after, examiner
        self.asked = [BEFORE + rule.id, *([rule.id] if other else [])]

    def differences(self, alike: bool) -> Iterator[Difference]:
        """How the rule differs, which may be in how much it weighs only (`alike`). Of rules that find the same there is none."""
        if self.other is None:
            yield from self._told("gone", self._may(lambda one, two: one.has(*BROKEN), lambda one, two: one is not None and one.status in BROKEN))
            return
        if not alike:
            weaker = [self._may(*_less(status)) for status in _WEAKER]
            first = next((one for one in weaker if one.sample is not None), None)
            undecided = next((one for one in weaker if not one.impossible), None)
            yield from self._told("weaker", first or undecided)
            yield from self._told("stricter", self._may(*_more()))
        if SEVERITIES.index(self.other.severity) > SEVERITIES.index(self.rule.severity):
            both_broken = self._may(lambda one, two: both(one.has(*BROKEN), two.has(*BROKEN)), _both_broken)
            yield from self._told("milder", both_broken)

    def _told(self, kind: str, verdict: Verdict | None) -> Iterator[Difference]:
        """What an answer comes to: nothing where it is that there are no such data."""
        if verdict is None or verdict.impossible:
            return
        if verdict.sample is None:
            yield Difference(kind, self.rule.id, certain=False)
            return
        wanted = {"gone": _gone, "weaker": _weaker, "stricter": _stricter, "milder": _both_broken}[kind]

        def holds(sample: Sample) -> bool:
            return self._first(self.examiner.judge(sample, self.asked), wanted) is not None

        sample = shrunk(verdict.sample, holds, self.examiner.pack.vocabulary)
        one, two = self._first(self.examiner.judge(sample, self.asked), wanted)
        yield Difference(kind, self.rule.id, sample, one, two)

    def _may(self, formula: Callable[[Judged, Judged], Formula], wanted: Callable[[Outcome | None, Outcome | None], bool]) -> Verdict:
        """Whether the two may say this of the same subject."""

        def formulas(world: World) -> Iterable[Formula]:
            world.read_by(self.before)
            subject = subject_of(self.rule, world)
            first = judged(self.rule, subject)
            world.read_by(self.after)
            if self.other is None:
                return subject.there, formula(first, first)
            alike = [type(each) for each in self.rule.binders] == [type(each) for each in self.other.binders]
            second = subject_of(self.other, world, subject if alike else None)
            return subject.there, formula(first, judged(self.other, second))

        rules = [self.other] if self.other else []

        def fits(outcomes: Outcomes, sample: Sample) -> bool:
            return self._first(outcomes, wanted) is not None

        return self.examiner.may(rules or [self.rule], formulas, fits, asked=self.asked)

    def _first(
        self, outcomes: Outcomes, wanted: Callable[[Outcome | None, Outcome | None], bool]
    ) -> tuple[Outcome | None, Outcome | None] | None:
        """The first subject of which the two say what is wanted."""
        one, two = outcomes.of(BEFORE + self.rule.id), outcomes.of(self.rule.id)
        pairs = ((one.get(key), two.get(key)) for key in dict.fromkeys((*one, *two)))
        return next((pair for pair in pairs if wanted(*pair)), None)


def _gone(one: Outcome | None, two: Outcome | None) -> bool:
    return one is not None and one.status in BROKEN


def _weaker(one: Outcome | None, two: Outcome | None) -> bool:
    return one is not None and one.status in _WEAKER and (two is None or two.status not in _WEAKER[one.status])


def _stricter(one: Outcome | None, two: Outcome | None) -> bool:
    return two is not None and two.status in _WEAKER and (one is None or one.status not in _WEAKER[two.status])


def _both_broken(one: Outcome | None, two: Outcome | None) -> bool:
    return one is not None and two is not None and one.status in BROKEN and two.status in BROKEN


def _less(status: str) -> tuple[Callable[[Judged, Judged], Formula], Callable[[Outcome | None, Outcome | None], bool]]:
    def wanted(one: Outcome | None, two: Outcome | None) -> bool:
        return one is not None and one.status == status and _weaker(one, two)

    return lambda one, two: both(one.has(status), negated(two.has(*_WEAKER[status]))), wanted


def _more() -> tuple[Callable[[Judged, Judged], Formula], Callable[[Outcome | None, Outcome | None], bool]]:
    return lambda one, two: both(two.has(*BROKEN), negated(one.has(*BROKEN))), _stricter


# --- both vocabularies -----------------------------------------------------------------------------------------------


def joined(before: Vocabulary, after: Vocabulary) -> Vocabulary:
    """The vocabulary of the second with what only the first has: entities, fields, enums and members."""
    entities = {name: _entity(before.entities.get(name), one) for name, one in after.entities.items()}
    enums = {name: _enum(before.enums.get(name), one) for name, one in after.enums.items()}
    entities |= {name: one for name, one in before.entities.items() if name not in entities}
    enums |= {name: one for name, one in before.enums.items() if name not in enums}
    return Vocabulary(entities, enums)


def _entity(before: Entity | None, after: Entity) -> Entity:
    known = {field.name for field in after.fields}
    more = [field for field in (before.fields if before else ()) if field.name not in known and not field.key]
    return attrs.evolve(after, fields=(*after.fields, *(attrs.evolve(one, index=len(after.fields) + place) for place, one in enumerate(more))))


def _enum(before: Enum | None, after: Enum) -> Enum:
    known = {member.name for member in after.members}
    return attrs.evolve(after, members=(*after.members, *(one for one in (before.members if before else ()) if one.name not in known)))
