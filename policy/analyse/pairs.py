"""What can be wrong with two rules: that they cannot both be met, and that one says nothing that the other does not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations, permutations

from policy.analyse.alphabet import expressions_of
from policy.analyse.examine import Examiner, Outcomes, Verdict
from policy.analyse.finding import Finding
from policy.analyse.logic import Formula, both, implies, negated
from policy.analyse.rules import Judged, judged, subject_of, subjects_of
from policy.analyse.sample import Sample
from policy.analyse.single import BROKEN, MET, shown
from policy.analyse.world import World
from policy.lang import ir
from policy.lang.outcome import SEVERITIES

__all__ = ["examined_pairs"]

_DECIDED = (*BROKEN, *MET, "pending", "due_soon")
_UNMET = (*BROKEN, "unknown")
_MAY = (ir.Permission, ir.Attestation)

Found = Iterator[tuple[bool, Finding]]


def examined_pairs(rules: Sequence[ir.Rule], examiner: Examiner, kinds: Collection[str], fresh: Collection[str] | None) -> Found:
    """What is found about pairs of rules that have the same subjects, or look at the same fields; one of each is `fresh` (None: whichever)."""
    binding = [rule for rule in rules if not isinstance(rule.duty, _MAY)]
    read = {rule.id: _read(rule, examiner.pack) for rule in binding}

    def new(pair: tuple[ir.Rule, ir.Rule]) -> bool:
        return fresh is None or any(rule.id in fresh for rule in pair)

    if "conflict" in kinds:
        for first, second in filter(new, combinations(binding, 2)):
            if _alike(first, second):
                yield from _same_subject(first, second, examiner)
            elif read[first.id] & read[second.id]:
                yield from _other_subject(first, second, examiner)
    if "redundant" in kinds:
        seen: set[str] = set()
        for first, second in filter(new, permutations(binding, 2)):
            if _alike(first, second) and read[first.id] & read[second.id] and second.id not in seen:
                for certain, finding in _implied(first, second, examiner):
                    if certain:
                        seen.add(first.id)
                    yield certain, finding


def _read(rule: ir.Rule, pack: ir.Pack) -> set[tuple[str, str]]:
    """The fields that a rule reads, and what it looks for rows of."""
    fields = {(one.entity, one.field) for one in expressions_of(pack, rule) if isinstance(one, ir.Field) and one.index >= 0}
    sources = [one.source for one in expressions_of(pack, rule) if hasattr(one, "source")]
    sources += [rule.duty.source] if isinstance(rule.duty, ir.Existence) else []
    return fields | {(source.entity, "") for source in sources if isinstance(source, ir.Rows)}


def _alike(first: ir.Rule, second: ir.Rule) -> bool:
    """Whether two rules have the same kinds of binders in the same order, so that a subject of one is one of the other."""
    return [_range(each) for each in first.binders] == [_range(each) for each in second.binders]


def _range(each: ir.Each) -> tuple:
    if isinstance(each, ir.EachRow):
        return ("row", each.entity)
    return ("member", each.enum) if isinstance(each, ir.EachMember) else ("year", each.first, each.last)


# --- the same subject ------------------------------------------------------------------------------------------------


def _together(
    first: ir.Rule,
    second: ir.Rule,
    examiner: Examiner,
    formula: Callable[[Judged, Judged], Formula],
    wanted: Callable[[str, str], bool],
) -> Verdict:
    """Whether the outcomes of two rules for the same subject may be as wanted."""

    def formulas(world: World) -> Iterable[Formula]:
        one = subject_of(first, world)
        other = subject_of(second, world, one)
        return one.there, other.there, formula(judged(first, one), judged(second, other))

    def fits(outcomes: Outcomes, sample: Sample) -> bool:
        found = outcomes.of(second.id)
        return any(wanted(one.status, found[key].status if key in found else "absent") for key, one in outcomes.of(first.id).items())

    return examiner.may([first, second], formulas, fits)


def _same_subject(first: ir.Rule, second: ir.Rule, examiner: Examiner) -> Found:
    """Both apply to a subject, and whatever is done one of them is broken."""
    met = _together(first, second, examiner, lambda a, b: both(a.has(*MET), b.has(*MET)), lambda a, b: a in MET and b in MET)
    if met.sample is not None:
        return
    applies = _together(
        first, second, examiner, lambda a, b: both(a.has(*_DECIDED), b.has(*_DECIDED)), lambda a, b: a in _DECIDED and b in _DECIDED,
    )  # fmt: skip
    if applies.sample is not None:
        yield met.impossible, _finding("conflict", first, second, applies, examiner)


def _implied(first: ir.Rule, second: ir.Rule, examiner: Examiner) -> Found:
    """Wherever the first is broken the second is too, and weighs no less."""
    if SEVERITIES.index(first.severity) < SEVERITIES.index(second.severity):
        return
    alone = _together(
        first, second, examiner, lambda a, b: both(a.has(*BROKEN), negated(b.has(*BROKEN))), lambda a, b: a in BROKEN and b not in BROKEN,
    )  # fmt: skip
    if alone.sample is None:
        shows = _together(first, second, examiner, lambda a, b: both(a.has(*BROKEN), b.has(*BROKEN)), lambda a, b: a in BROKEN and b in BROKEN)
        if shows.sample is not None:
            yield alone.impossible, _finding("redundant", first, second, shows, examiner)


def _finding(kind: str, first: ir.Rule, second: ir.Rule, shows: Verdict, examiner: Examiner) -> Finding:
    ids = (first.id, second.id)
    return Finding(kind, ids, **shown(shows, examiner, ids))


# --- other subjects --------------------------------------------------------------------------------------------------


def _other_subject(first: ir.Rule, second: ir.Rule, examiner: Examiner) -> Found:
    """Wherever one rule is met the other is broken for some subject."""
    for one, other in ((first, second), (second, first)):
        met = _met_without(one, other, examiner)
        if met.sample is not None or not examiner.in_time:
            continue
        applies = _met_at_all(one, other, examiner)
        if applies.sample is not None:
            yield met.impossible, _finding("conflict", one, other, applies, examiner)
            return


def _met_without(met: ir.Rule, kept: ir.Rule, examiner: Examiner) -> Verdict:
    """Whether a rule may be met without the other being broken anywhere, or not known to be kept."""

    def formulas(world: World) -> Iterable[Formula]:
        subject = subject_of(met, world)
        unbroken = [implies(one.there, negated(judged(kept, one).has(*_UNMET))) for one in subjects_of(kept, world)]
        return subject.there, judged(met, subject).has(*MET), *unbroken

    def fits(outcomes: Outcomes, sample: Sample) -> bool:
        broken = any(one.status in _UNMET for one in outcomes.of(kept.id).values())
        return not broken and any(one.status in MET for one in outcomes.of(met.id).values())

    return examiner.may([met, kept], formulas, fits)


def _met_at_all(met: ir.Rule, kept: ir.Rule, examiner: Examiner) -> Verdict:
    """Data in which a rule is met."""

    def formulas(world: World) -> Iterable[Formula]:
        subject = subject_of(met, world)
        return subject.there, judged(met, subject).has(*MET)

    return examiner.may([met], formulas, lambda outcomes, sample: any(one.status in MET for one in outcomes.of(met.id).values()))
