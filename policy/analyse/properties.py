"""What holds of every sound pack, tried on data: the order of rows and the names of keys do not matter, time does not undo a breach, and so on.

Each property is a function from a data set and a rule to what contradicts it: the data set, the subject, and the status that the other
evaluation has. Nothing is shown for all data here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from policy.analyse.examine import Examiner, Outcomes
from policy.analyse.finding import Finding
from policy.analyse.sample import Sample, shrunk
from policy.analyse.search import searched
from policy.analyse.single import BROKEN, MET, Question
from policy.lang import ir
from policy.lang.outcome import Outcome
from policy.lang.schema import WAIVER, Entity

__all__ = ["PROPERTIES", "contradicted"]

_DRAWN = 2
"""Data sets that are drawn for a rule, besides those in which it is violated, late and met."""
_WAITING = ("pending", "due_soon")
_RANK = {"satisfied": 0, "excused": 0, "not_applicable": 0, "pending": 1, "due_soon": 1, "late": 2, "unknown": 2, "attest": 2, "violated": 3}
_LATER = (2, 400)
_ONE_DAY = datetime.timedelta(days=1)


class _Against(NamedTuple):
    """What contradicts a property: an outcome for a data set, and the status that it has as well."""

    sample: Sample
    outcome: Outcome
    status: str


_Judged = Callable[[Sample], Outcomes]
_Property = Callable[[Sample, ir.Rule, ir.Pack, _Judged], Iterator[_Against]]


def contradicted(rule: ir.Rule, examiner: Examiner, kinds: Collection[str]) -> Iterator[Finding]:
    """The properties, of these kinds, that a rule does not have, each with the first data set that shows it."""
    wanted = {kind: one for kind, one in PROPERTIES.items() if kind in kinds}
    if not wanted:
        return

    def judged(sample: Sample) -> Outcomes:
        return examiner.judge(sample, (rule.id,))

    for sample in _samples(rule, examiner):
        for kind, holds in list(wanted.items()):
            if next(holds(sample, rule, examiner.pack, judged), None) is not None:
                del wanted[kind]

                def shows(smaller: Sample, holds: _Property = holds) -> bool:
                    return next(holds(smaller, rule, examiner.pack, judged), None) is not None

                sample = shrunk(sample, shows, examiner.pack.vocabulary)
                against = next(holds(sample, rule, examiner.pack, judged))
                yield Finding(kind, (rule.id,), (("status", against.status),), against.sample, _expected(rule, against.sample, examiner), "data")


def _expected(rule: ir.Rule, sample: Sample, examiner: Examiner) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """All that the rule says of a data set, for a case."""
    return tuple((rule.id, tuple(map(str, key)), one.status) for key, one in examiner.judge(sample, (rule.id,)).of(rule.id).items())


def _samples(rule: ir.Rule, examiner: Examiner) -> Iterator[Sample]:
    """Data sets in which the rule says something: broken, met, and drawn ones."""
    asked = (Question(rule, examiner).status(statuses).sample for statuses in (*((status,) for status in BROKEN), MET))
    yield from (sample for sample in asked if sample is not None)
    drawn: list[Sample] = []

    def enough(sample: Sample) -> bool:
        if examiner.judge(sample, (rule.id,)).of(rule.id):
            drawn.append(sample)
        return len(drawn) >= _DRAWN

    searched(examiner.pack, {rule.id}, examiner.calendar, {}, enough, rows=3, most=4 * _DRAWN, seed=examiner.limits.seed)
    yield from drawn


# --- evaluations that have to agree ----------------------------------------------------------------------------------


_Key = Callable[[tuple], tuple]


def _different(one: Sample, other: Sample, rule: ir.Rule, judged: _Judged, key: _Key = lambda subject: subject) -> Iterator[_Against]:
    """The subjects of which two data sets say something else; `key` gives what a subject of the first is called in the second."""
    first, second = judged(one).of(rule.id), judged(other).of(rule.id)
    called = {key(subject): subject for subject in first}
    for subject, outcome in first.items():
        again = second.get(key(subject))
        if again is None or again.status != outcome.status:
            yield _Against(one, outcome, again.status if again else "absent")
    yield from (_Against(other, outcome, "absent") for subject, outcome in second.items() if subject not in called)


def _row_order(sample: Sample, rule: ir.Rule, pack: ir.Pack, judged: _Judged) -> Iterator[_Against]:
    """Outcomes do not depend on the order of rows."""
    turned = sample._replace(tables={name: rows[::-1] for name, rows in reversed(sample.tables.items())})
    yield from _different(sample, turned, rule, judged)


def _key_names(sample: Sample, rule: ir.Rule, pack: ir.Pack, judged: _Judged) -> Iterator[_Against]:
    """Outcomes do not depend on what keys are called, as long as their order stays: of equal days the least key counts, and
    `sorts_before` puts keys in an order."""
    names = _new_names(sample, pack)
    renamed = sample._replace(tables={name: [_renamed(row, name, names, pack) for row in rows] for name, rows in sample.tables.items()})
    entities = [each.entity if isinstance(each, ir.EachRow) else None for each in rule.binders]

    def key(subject: tuple) -> tuple:
        return tuple(names.get((entity, part), part) for entity, part in zip(entities, subject))

    yield from _different(sample, renamed, rule, judged, key)


def _new_names(sample: Sample, pack: ir.Pack) -> dict[tuple[str, str], str]:
    """For each key of an entity another one; the new ones of an entity are in the order of the old."""
    found: dict[str, set[str]] = {}
    for name, rows in sample.tables.items():
        for field in pack.vocabulary.entities[name].fields:
            target = name if field.key else field.type.name if field.type.is_ref else None
            if target is not None:
                found.setdefault(target, set()).update(row[field.name] for row in rows if row.get(field.name) is not None)
    return {(name, key): f"N{place:04}" for name, keys in found.items() for place, key in enumerate(sorted(keys))}


def _renamed(row: dict[str, Any], entity: str, names: dict[tuple[str, str], str], pack: ir.Pack) -> dict[str, Any]:
    fields = {field.name: field for field in pack.vocabulary.entities[entity].fields}
    targets = {name: entity if field.key else field.type.name for name, field in fields.items() if field.key or field.type.is_ref}
    return {name: names[targets[name], value] if name in targets and value is not None else value for name, value in row.items()}


def _waiver(sample: Sample, rule: ir.Rule, pack: ir.Pack, judged: _Judged) -> Iterator[_Against]:
    """A waiver for a subject changes no other subject's outcome."""
    found = judged(sample).of(rule.id)
    broken = next((key for key, outcome in found.items() if outcome.status in (*BROKEN, "unknown")), None)
    if broken is None or len(found) < 2:
        return
    text = ",".join(map(str, broken))
    row = {"id": "W1", "rule": rule.id, "subject": text, "reason": "x", "approver": "x", "date": sample.as_of}
    waived = sample._replace(tables={**sample.tables, WAIVER.name: [row]})
    yield from (one for one in _different(sample, waived, rule, judged) if tuple(key for _, key in one.outcome.subject) != broken)


# --- what may not get better or worse --------------------------------------------------------------------------------


def _later_day(sample: Sample, rule: ir.Rule, pack: ir.Pack, judged: _Judged) -> Iterator[_Against]:
    """What is violated or late is not pending again on a later day, whatever is done until then."""
    broken = [outcome for outcome in judged(sample).of(rule.id).values() if outcome.status in BROKEN]
    if not broken:
        return
    for ahead in (sample, _done_again(sample, pack)):
        for days in _LATER:
            later = judged(ahead._replace(as_of=sample.as_of + datetime.timedelta(days=days))).of(rule.id)
            for outcome in broken:
                again = later.get(tuple(key for _, key in outcome.subject))
                if again is not None and again.status in _WAITING:
                    yield _Against(ahead, outcome, again.status)


def _done_again(sample: Sample, pack: ir.Pack) -> Sample:
    """The data set with each row that has its day a second time, on the day after."""
    tables = {}
    for name, rows in sample.tables.items():
        entity = pack.vocabulary.entities[name]
        more = [_copy(row, entity) | {entity.occurs.name: sample.as_of + _ONE_DAY} for row in rows] if entity.occurs else []
        tables[name] = [*rows, *more]
    return sample._replace(tables=tables)


def _copy(row: dict[str, Any], entity: Entity) -> dict[str, Any]:
    """A row with the same values under another key, which comes after it."""
    return {**row, entity.key.name: f"{row[entity.key.name]}a"}


def _source(rule: ir.Rule, sample: Sample, pack: ir.Pack) -> tuple[Entity, list[dict[str, Any]]] | None:
    """The entity of which a row has to exist, where that is none of the subject's, and its rows."""
    if not isinstance(rule.duty, ir.Existence) or not isinstance(rule.duty.source, ir.Rows):
        return None
    name = rule.duty.source.entity
    if any(isinstance(each, ir.EachRow) and each.entity == name for each in rule.binders):
        return None
    return pack.vocabulary.entities[name], sample.tables.get(name, [])


def _with(sample: Sample, entity: Entity, rows: list[dict[str, Any]]) -> Sample:
    return sample._replace(tables={**sample.tables, entity.name: rows})


def _fulfilling_row(sample: Sample, rule: ir.Rule, pack: ir.Pack, judged: _Judged) -> Iterator[_Against]:
    """With one more row like one that alone fulfils a duty, the duty is not worse off."""
    source = _source(rule, sample, pack)
    entity, rows = source or (None, [])
    before = judged(sample).of(rule.id) if rows else {}
    for row in rows:
        alone = judged(_with(sample, entity, [row])).of(rule.id)
        more = _with(sample, entity, [*rows, _copy(row, entity)])
        after = judged(more).of(rule.id)
        for subject, outcome in before.items():
            fulfils = subject in alone and alone[subject].status == "satisfied"
            if fulfils and subject in after and _RANK[after[subject].status] > _RANK[outcome.status]:
                yield _Against(more, after[subject], outcome.status)


def _missing_row(sample: Sample, rule: ir.Rule, pack: ir.Pack, judged: _Judged) -> Iterator[_Against]:
    """Of a duty that something exists: a row that lacks a value makes no violation, so that deleting it hides none."""
    source = _source(rule, sample, pack)
    entity, rows = source or (None, [])
    before = judged(sample).of(rule.id) if rows else {}
    for row in rows[:1]:
        for field in (field for field in entity.fields if field.name in row and not field.key):
            lacking = {name: value for name, value in _copy(row, entity).items() if name != field.name}
            more = _with(sample, entity, [*rows, lacking])
            after = judged(more).of(rule.id)
            for subject, outcome in before.items():
                broken = subject in after and after[subject].status == "violated"
                if broken and outcome.status != "violated":
                    yield _Against(more, after[subject], outcome.status)


def _evidence(sample: Sample, rule: ir.Rule, pack: ir.Pack, judged: _Judged) -> Iterator[_Against]:
    """Without the rows of the subject a violation is not there: it does not come from nowhere."""
    if not all(isinstance(each, ir.EachRow) for each in rule.binders):
        return
    for subject, outcome in judged(sample).of(rule.id).items():
        if outcome.status not in BROKEN:
            continue
        fewer = sample
        for each, key in zip(rule.binders, subject):
            name = pack.vocabulary.entities[each.entity].key.name
            rows = [row for row in fewer.tables[each.entity] if row[name] != key]
            fewer = fewer._replace(tables={**fewer.tables, each.entity: rows})
        fewer = _unreferred(fewer, {(each.entity, key) for each, key in zip(rule.binders, subject)}, pack)
        again = judged(fewer).of(rule.id).get(subject)
        if again is not None:
            yield _Against(sample, outcome, again.status)


def _unreferred(sample: Sample, gone: set[tuple[str, str]], pack: ir.Pack) -> Sample:
    """The data set with nothing that refers to rows that are gone, or a case would make them again."""
    tables = {}
    for name, rows in sample.tables.items():
        refs = {field.name: field.type.name for field in pack.vocabulary.entities[name].fields if field.type.is_ref}
        tables[name] = [{key: value for key, value in row.items() if (refs.get(key), value) not in gone} for row in rows]
    return sample._replace(tables=tables)


PROPERTIES: dict[str, _Property] = {
    "row-order": _row_order,
    "key-names": _key_names,
    "later-day": _later_day,
    "fulfilling-row": _fulfilling_row,
    "missing-row": _missing_row,
    "evidence": _evidence,
    "waiver": _waiver,
}
"""The properties by the kind of the finding that says that one does not hold."""
