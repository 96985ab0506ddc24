"""A rule as formulas: for a subject, when its outcome has each of the statuses. Waivers and attestations are not looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from policy.analyse.expressions import Scope, evaluate, truth_of, truths, value_of
from policy.analyse.logic import Formula, Truth, Value, as_truth, both, choose, either, negated
from policy.analyse.world import World
from policy.lang import ir
from policy.lang.types import Type, enum_type

__all__ = ["Judged", "Subject", "judged", "subject_of", "subjects_of"]

_ROWS = 12
"""Outcomes of other rules that are spelt out as rows."""
_TEXT = Type("text")


class Subject:
    """The scope of a subject, and the formula that says that there is one."""

    def __init__(self, scope: Scope, there: Formula) -> None:
        self.scope, self.there = scope, there


class Judged:
    """What a rule says of a subject: when it applies, when each exception holds, the due day, and the statuses."""

    def __init__(self, applies: Truth, exceptions: tuple[Truth, ...], due: Value | None, statuses: Mapping[str, Formula]) -> None:
        self.applies, self.exceptions, self.due, self.statuses = applies, exceptions, due, statuses

    def has(self, *statuses: str) -> Formula:
        """When the outcome has one of these statuses."""
        return either(*(self.statuses.get(status, False) for status in statuses))


def subject_of(rule: ir.Rule, world: World, like: Subject | None = None) -> Subject:
    """Some subject of a rule; the one that is `like` another's, of a rule with the same binders in the same order."""
    known = list(like.scope.vars.values()) if like else []
    values, there = {}, []
    scope = Scope(world, {}, dict(rule.lets), lambda rules: _outcomes(rules, world))
    for place, each in enumerate(rule.binders):
        value, proper = _value(each, scope, known[place] if known else None)
        values[each.var] = value
        there.append(proper)
        scope = Scope(world, values, dict(rule.lets), scope.outcomes)
    return Subject(scope, both(*there))


def _value(each: ir.Each, scope: Scope, known: Value | None) -> tuple[Value, Formula]:
    """What a binder stands for, and that it does."""
    world = scope.world
    if isinstance(each, ir.EachRow):
        if known is None and not world.need(each.entity):
            world.cramped = True
        value = known or Value(world.fresh(each.var), False, each.entity)
        return value, both(value.term >= 1, value.term <= world.size, world.visible(each.entity, value.term))
    value = known or Value(world.fresh(each.var))
    if isinstance(each, ir.EachMember):
        return value, world.proper(value.term, enum_type(each.enum))
    first, last = value_of(each.first, scope), value_of(each.last, scope)
    return value, both(negated(first.missing), negated(last.missing), value.term >= first.term, value.term <= last.term)


def subjects_of(rule: ir.Rule, world: World) -> Iterator[Subject]:
    """All subjects of a rule among the rows that are spelt out; of years only some one."""
    ranges = []
    for each in rule.binders:
        if isinstance(each, ir.EachRow):
            ranges.append([Value(number, False, each.entity) for number in world.pool(each.entity)])
        elif isinstance(each, ir.EachMember):
            ranges.append([Value(number) for number in range(len(world.members(enum_type(each.enum))))])
        else:
            ranges.append([None])
    for chosen in product(*ranges):
        values, there = {}, []
        scope = Scope(world, {}, dict(rule.lets), lambda rules: _outcomes(rules, world), 1)
        for each, known in zip(rule.binders, chosen):
            values[each.var], proper = _value(each, scope, known)
            there.append(proper)
            scope = Scope(world, values, dict(rule.lets), scope.outcomes, 1)
        yield Subject(scope, both(*there))


def judged(rule: ir.Rule, subject: Subject) -> Judged:
    """What a rule says of a subject, as its duty has it."""
    scope = subject.scope
    conditions = [truth_of(condition, scope) for condition in rule.where]
    where = Truth(both(*(one.true for one in conditions)), either(*(one.false for one in conditions)))
    applies = _applies(rule, subject, where)
    exceptions = tuple(truth_of(one.condition, scope) for one in rule.exceptions)
    due = None if rule.due is None else value_of(rule.due.rolled, scope)
    duty = _DUTIES[type(rule.duty)](rule.duty, due, scope)
    excused = both(applies.true, either(*(one.true for one in exceptions)))
    owed = both(applies.true, negated(excused))
    unclear = both(owed, either(*(one.unknown for one in exceptions)))
    statuses = {status: both(owed, formula) for status, formula in duty.items()}
    for status in ("violated", "late"):
        if status in statuses:
            statuses[status] = both(statuses[status], negated(unclear))
    blurred = both(unclear, either(*(duty.get(status, False) for status in ("violated", "late"))))
    statuses["unknown"] = either(statuses.get("unknown", False), applies.unknown, blurred)
    statuses["excused"] = excused
    none = both(subject.there, applies.false, negated(where.false))  # where `where` is false there is no outcome at all
    statuses["not_applicable"] = either(statuses.get("not_applicable", False), none)
    return Judged(applies, exceptions, due, statuses)


def _applies(rule: ir.Rule, subject: Subject, where: Truth) -> Truth:
    """Whether the rule applies to the subject; false also where `where` is, and there is no outcome."""
    scope, world = subject.scope, subject.scope.world
    when = Truth(True, False) if rule.when is None else truth_of(rule.when, scope)
    days = []
    if rule.effective is not None:
        for each in rule.binders:
            occurs = world.vocabulary.entities[each.entity].occurs if isinstance(each, ir.EachRow) else None
            if occurs is not None:
                days.append(world.cell(each.entity, occurs.name, scope.vars[each.var].term))
        effective = rule.effective.toordinal()
        early = either(*(both(negated(day.missing), day.term < effective) for day in days))
    else:
        early = False
    false = both(subject.there, either(where.false, early, when.false))
    true = both(subject.there, where.true, when.true, negated(early), *(negated(day.missing) for day in days))
    return Truth(true, either(false, negated(subject.there)))


# --- duties ----------------------------------------------------------------------------------------------------------


def _existence(duty: ir.Existence, due: Value | None, scope: Scope) -> dict[str, Formula]:
    rows = list(truths(duty.source, duty.var, duty.body, scope))
    days = [None if duty.day is None else value_of(duty.day, scope.bind(duty.var, row)) for row, _, _ in rows]
    sure = [both(surely, True if due is None or day is None else negated(day.missing)) for (_, surely, _), day in zip(rows, days)]
    unclear = [both(may, negated(counts)) for (_, _, may), counts in zip(rows, sure)]
    if not (isinstance(duty.source, ir.Rows) and scope.depth == 0 and scope.world.need(duty.source.entity)):
        more = Value(scope.world.fresh("elsewhere"), scope.world.flag("gone"))
        days.append(None if duty.day is None else more)
        sure.append(both(scope.world.loose("surely"), negated(more.missing)))
        unclear.append(both(scope.world.loose("perhaps"), negated(sure[-1])))
    any_sure, any_unclear = either(*sure), either(*unclear)
    if due is None:
        return {
            "satisfied": any_sure,
            "unknown": both(negated(any_sure), any_unclear),
            "violated": both(negated(any_sure), negated(any_unclear)),
        }
    in_time = either(*(both(counts, day.term <= due.term) for counts, day in zip(sure, days)))
    perhaps = either(*(both(may, either(day.missing, day.term <= due.term)) for may, day in zip(unclear, days)))
    unknown = both(negated(in_time), either(perhaps, both(any_unclear, negated(any_sure))))
    late = both(negated(in_time), negated(unknown), any_sure)
    return _with_due(due, {"satisfied": in_time, "unknown": unknown, "late": late}, both(negated(any_sure), negated(any_unclear)), scope)


def _with_due(due: Value, statuses: dict[str, Formula], nothing: Formula, scope: Scope) -> dict[str, Formula]:
    """The statuses of a duty with a due day; `nothing` where nothing has been done."""
    world = scope.world
    there, past = negated(due.missing), world.as_of > due.term
    soon = due.term - world.as_of <= world.parameters["due_soon"].amount
    statuses |= {
        "violated": both(nothing, past),
        "due_soon": both(nothing, negated(past), soon),
        "pending": both(nothing, negated(past), negated(soon)),
    }
    found = {status: both(there, formula) for status, formula in statuses.items()}
    found["unknown"] = either(found.get("unknown", False), due.missing)
    return found


def _filled(duty: ir.Filled, due: Value | None, scope: Scope) -> dict[str, Formula]:
    day = value_of(duty.day, scope)
    done = both(negated(day.missing), day.term <= scope.world.as_of)
    assert due is not None, "the checker gives this duty only to a rule with a due day"
    statuses = {"satisfied": both(done, day.term <= due.term), "late": both(done, day.term > due.term)}
    return _with_due(due, statuses, negated(done), scope)


def _state(duty: ir.State, due: Value | None, scope: Scope) -> dict[str, Formula]:
    truth = as_truth(evaluate(duty.condition, scope))
    return {"satisfied": truth.true, "violated": truth.false, "unknown": truth.unknown}


def _permission(duty: ir.Permission, due: Value | None, scope: Scope) -> dict[str, Formula]:
    truth = truth_of(duty.condition, scope)
    return {"satisfied": truth.true, "not_applicable": truth.false, "unknown": truth.unknown}


def _attestation(duty: ir.Attestation, due: Value | None, scope: Scope) -> dict[str, Formula]:
    return {"attest": True}


_DUTIES: dict[type, Any] = {
    ir.Existence: _existence,
    ir.Filled: _filled,
    ir.State: _state,
    ir.Permission: _permission,
    ir.Attestation: _attestation,
}


# --- outcomes as rows ------------------------------------------------------------------------------------------------


class _Outcome:
    """The outcome of a rule for a subject as a row: surely among the violations, or perhaps."""

    def __init__(self, rule: ir.Rule, subject: Subject) -> None:
        self.rule, self.subject, self.judged = rule, subject, judged(rule, subject)
        self.sure = both(subject.there, self.judged.has("violated", "late"))
        self.perhaps = both(subject.there, self.judged.has("unknown"))

    def field(self, name: str, type: Type, world: World) -> Value:
        """What stands in a field of the row."""
        if name in self.subject.scope.vars and name not in ("rule", "status", "severity", "bearer", "due"):
            return self.subject.scope.vars[name]
        if name == "rule":
            return world.literal(self.rule.id, _TEXT)
        if name == "severity":
            return world.literal(self.rule.severity, enum_type("violation.severity"))
        if name == "status":
            late = self.judged.has("late")
            return Value(choose(late, 1, 0), negated(self.sure))
        if name == "due":
            return self.judged.due or Value(0, True)
        return Value(0, True) if self.rule.bearer is None else value_of(self.rule.bearer, self.subject.scope)


def _outcomes(rules: tuple[str, ...], world: World) -> list[_Outcome]:
    """The outcomes of these rules as rows, some of them. The simplest rules come first."""
    known = world.outcomes.get(rules)
    if known is None:
        found = sorted(filter(None, map(world.pack.rule, rules)), key=lambda rule: (len(rule.binders), len(rule.exceptions)))
        subjects = ((rule, subject) for rule in found for subject in subjects_of(rule, world))
        known = world.outcomes[rules] = [_Outcome(rule, subject) for rule, subject in islice(subjects, _ROWS)]
        if len(known) == _ROWS:
            world.open = True
    return known
