"""What can be wrong with a single rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs

from policy.analyse.alphabet import expressions_of
from policy.analyse.examine import Examiner, Outcomes, Verdict
from policy.analyse.finding import Finding
from policy.analyse.logic import Formula, both, either, negated
from policy.analyse.rules import Judged, Subject, judged, subject_of
from policy.analyse.sample import USUAL, Sample
from policy.analyse.world import World
from policy.lang import ir
from policy.lang.outcome import Outcome

__all__ = ["BROKEN", "MET", "Question", "examined", "shown"]

BROKEN = ("violated", "late")
MET = ("satisfied",)
_DECIDED = ("violated", "late", "satisfied", "pending", "due_soon", "attest")


def shown(verdict: Verdict, examiner: Examiner, rules: Sequence[str], statuses: Sequence[str] | None = None) -> dict[str, Any]:
    """What a finding shows of a data set: it and the outcomes that the rules have."""
    if verdict.sample is None:
        return {}
    outcomes = [one for one in examiner.judge(verdict.sample) if one.rule in rules and (statuses is None or one.status in statuses)]
    found = tuple((one.rule, tuple(str(key) for _, key in one.subject), one.status) for one in outcomes)
    return {"sample": verdict.sample, "statuses": found}


class Question:
    """Questions about one rule."""

    def __init__(self, rule: ir.Rule, examiner: Examiner) -> None:
        self.rule, self.examiner = rule, examiner

    def may(
        self,
        formula: Callable[[World, Subject, Judged], Formula],
        wanted: Callable[[Outcome, Sample], bool],
        parameters: dict[str, ir.Value] | None = None,
    ) -> Verdict:
        """Whether some subject may have what the formula says and an outcome as it is wanted."""

        def formulas(world: World) -> Iterable[Formula]:
            subject = subject_of(self.rule, world)
            return subject.there, formula(world, subject, judged(self.rule, subject))

        def fits(outcomes: Outcomes, sample: Sample) -> bool:
            return any(wanted(outcome, sample) for outcome in outcomes.of(self.rule.id).values())

        return self.examiner.may([self.rule], formulas, fits, parameters)

    def status(self, statuses: Sequence[str], parameters: dict[str, ir.Value] | None = None) -> Verdict:
        """Whether an outcome may have one of the statuses."""
        return self.may(lambda world, subject, one: one.has(*statuses), lambda outcome, sample: outcome.status in statuses, parameters)

    def idle(self, kind: str, parameters: dict[str, ir.Value], **detail: Any) -> Finding:
        """That the rule never applies, with a data set of rows that it might be about."""
        for status in ("unknown", "not_applicable"):
            verdict = self.status((status,), parameters)
            if verdict.sample is not None:
                return self.finding(kind, verdict, (status,), **detail)
        found = Finding(kind, (self.rule.id,), tuple(detail.items()))
        entities = dict.fromkeys(each.entity for each in self.rule.binders if isinstance(each, ir.EachRow))
        if len(entities) != len(self.rule.binders):
            return found
        keys = {entity: self.examiner.pack.vocabulary.entities[entity].key.name for entity in entities}
        subject = tuple(f"{entity[:1].upper()}1" for entity in entities)
        sample = Sample(self.examiner.days[0] or USUAL, {entity: [{keys[entity]: one}] for entity, one in zip(entities, subject)}, parameters)
        outcomes = self.examiner.judge(sample, (self.rule.id,)).of(self.rule.id)
        return found if outcomes else attrs.evolve(found, sample=sample, statuses=((self.rule.id, subject, "absent"),))

    def finding(self, kind: str, shows: Verdict, statuses: Sequence[str] | None = None, **detail: Any) -> Finding:
        """A finding with what a data set shows of it."""
        return Finding(kind, (self.rule.id,), tuple(detail.items()), **shown(shows, self.examiner, (self.rule.id,), statuses))


def examined(rule: ir.Rule, examiner: Examiner, kinds: Collection[str]) -> Iterator[tuple[bool, Finding]]:
    """Whether it is certain, and what was found, about one rule."""
    question = Question(rule, examiner)
    applies = question.may(lambda world, subject, one: one.applies.true, lambda outcome, sample: outcome.status in _DECIDED + ("excused",))
    if applies.sample is None:
        yield applies.impossible, question.idle("never-applies", {})
        return
    silent = list(_always(question, applies))
    if any(certain for certain, _ in silent):
        yield from silent
        return
    for kind, look in _LOOKS.items():
        if kind in kinds:
            yield from look(question, applies)


def _never(kind: str, statuses: Sequence[str], instead: Sequence[str], question: Question, applies: Verdict) -> Iterator[tuple[bool, Finding]]:
    if isinstance(question.rule.duty, ir.Attestation) or (isinstance(question.rule.duty, ir.Permission) and kind == "never-violated"):
        return
    verdict = question.status(statuses)
    if verdict.sample is None:
        other = question.status(instead)
        yield verdict.impossible, question.finding(kind, other if other.sample else applies)


def _exceptions(question: Question, applies: Verdict) -> Iterator[tuple[bool, Finding]]:
    for number, exception in enumerate(question.rule.exceptions):
        excuse = "、".join(exception.basis)

        def holds(world: World, subject: Subject, one: Judged, number: int = number) -> Formula:
            return both(one.applies.true, one.exceptions[number].true, *(negated(other.true) for other in one.exceptions[:number]))

        verdict = question.may(holds, lambda outcome, sample, excuse=excuse: outcome.status == "excused" and outcome.excuse == excuse)
        if verdict.sample is None:
            yield verdict.impossible, question.finding("exception-never", applies, number=str(number + 1), basis=excuse)


def _always(question: Question, applies: Verdict) -> Iterator[tuple[bool, Finding]]:
    if question.rule.exceptions:
        verdict = question.may(lambda world, subject, one: one.has(*_DECIDED), lambda outcome, sample: outcome.status in _DECIDED)
        if verdict.sample is None:
            yield verdict.impossible, question.finding("exception-always", question.status(("excused",)))


# --- days ------------------------------------------------------------------------------------------------------------


def _triggers(rule: ir.Rule, pack: ir.Pack) -> list[tuple[str, str, str]]:
    """The binders whose rows have a day on which they happened: variable, entity and field."""
    found = []
    for each in rule.binders:
        occurs = pack.vocabulary.entities[each.entity].occurs if isinstance(each, ir.EachRow) else None
        if occurs is not None:
            found.append((each.var, each.entity, occurs.name))
    return found


def _in_due_order(late: bool, question: Question) -> Verdict:
    """Whether the due day may lie on or after the latest trigger (`late`), or before it."""
    triggers = _triggers(question.rule, question.examiner.pack)

    def formula(world: World, subject: Subject, one: Judged) -> Formula:
        days = [world.cell(entity, field, subject.scope.vars[var].term) for var, entity, field in triggers]
        due: Any = one.due
        before = either(*(both(negated(day.missing), due.term < day.term) for day in days))
        return both(one.applies.true, negated(due.missing), negated(before) if late else before)

    def wanted(outcome: Outcome, sample: Sample) -> bool:
        keys = dict(outcome.subject)
        days = [_cell(sample, entity, str(keys[var]), field, question.examiner.pack) for var, entity, field in triggers]
        known = [day for day in days if day is not None]
        if outcome.due is None or not known or outcome.status == "not_applicable":
            return False
        return (outcome.due >= max(known)) is late

    return question.may(formula, wanted)


def _cell(sample: Sample, entity: str, key: str, field: str, pack: ir.Pack) -> Any:
    name = pack.vocabulary.entities[entity].key.name
    return next((row.get(field) for row in sample.tables.get(entity, ()) if row[name] == key), None)


def _due_before(question: Question, applies: Verdict) -> Iterator[tuple[bool, Finding]]:
    if question.rule.due is None or not _triggers(question.rule, question.examiner.pack):
        return
    verdict = _in_due_order(True, question)
    if verdict.sample is None:
        yield verdict.impossible, question.finding("due-before-trigger", _in_due_order(False, question))


def _may_precede(question: Question, applies: Verdict) -> Iterator[tuple[bool, Finding]]:
    if question.rule.due is None or not _triggers(question.rule, question.examiner.pack):
        return
    verdict = _in_due_order(False, question)
    if verdict.sample is not None and _in_due_order(True, question).sample is not None:
        yield True, attrs.evolve(question.finding("due-may-precede", verdict), how="data")


def _month_end(question: Question, applies: Verdict) -> Iterator[tuple[bool, Finding]]:
    """Whether an outcome hangs on what is done where a month is too short."""
    rule, examiner = question.rule, question.examiner
    mode = examiner.pack.parameters["months"].default
    other = "up" if mode == "down" else "down"
    shifts = [one for one in expressions_of(examiner.pack, rule) if isinstance(one, ir.Shift) and one.months is None]
    if not any(one.period.type.kind == "months" for one in shifts if hasattr(one.period, "type")):
        return

    def formulas(world: World) -> Iterable[Formula]:
        subject = subject_of(rule, world)
        first = judged(rule, subject)
        world.parameters["months"] = other
        second = judged(rule, subject)
        world.parameters["months"] = mode
        return subject.there, first.has(*BROKEN), second.has(*MET, "pending", "due_soon")

    def fits(outcomes: Outcomes, sample: Sample) -> bool:
        before = outcomes.of(rule.id)
        after = examiner.judge(sample._replace(parameters={**sample.parameters, "months": other}))
        met = [key for key, one in after.of(rule.id).items() if one.status in (*MET, "pending", "due_soon")]
        return any(key in before and before[key].status in BROKEN for key in met)

    verdict = examiner.may([rule], formulas, fits)
    if verdict.sample is not None:
        yield True, attrs.evolve(question.finding("month-end", verdict, BROKEN, other=other), how="data")


# --- parameters ------------------------------------------------------------------------------------------------------


def _ends(parameter: ir.Parameter) -> Iterator[ir.Value]:
    """The values of a parameter at which it is looked at: the ends of its bounds, both of a yes or no."""
    values = [parameter.low, parameter.high, *((True, False) if isinstance(parameter.default, bool) else ())]
    yield from dict.fromkeys(value for value in values if value is not None and value != parameter.default)


def _parameters(question: Question, applies: Verdict) -> Iterator[tuple[bool, Finding]]:
    rule, pack = question.rule, question.examiner.pack
    if isinstance(rule.duty, (ir.Attestation, ir.Permission)):
        return
    read = dict.fromkeys(one.name for one in expressions_of(pack, rule) if isinstance(one, ir.Param))
    for name in read:
        for value in _ends(pack.parameters[name]):
            yield from _at(name, value, question)


def _at(name: str, value: ir.Value, question: Question) -> Iterator[tuple[bool, Finding]]:
    """What a value of a parameter takes from a rule that has it otherwise."""
    for wrong, statuses, instead in (("never-applies", _DECIDED, ()), ("never-violated", BROKEN, MET), ("never-satisfied", MET, BROKEN)):
        verdict = question.status(statuses, {name: value})
        if verdict.sample is not None or question.status(statuses).sample is None:
            continue
        detail = {"parameter": name, "value": value, "wrong": wrong}
        if not instead:
            yield verdict.impossible, question.idle("parameter", {name: value}, **detail)
        else:
            yield verdict.impossible, question.finding("parameter", question.status(instead, {name: value}), **detail)
        return


_LOOKS: dict[str, Callable[[Question, Verdict], Iterator[tuple[bool, Finding]]]] = {
    "never-violated": partial(_never, "never-violated", BROKEN, MET),
    "never-satisfied": partial(_never, "never-satisfied", MET, BROKEN),
    "exception-never": _exceptions,
    "exception-always": _always,
    "due-before-trigger": _due_before,
    "parameter": _parameters,
    "month-end": _month_end,
    "due-may-precede": _may_precede,
}
