"""report → the same report without who is meant, for others to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from policy.lang import ir
from policy.lang.facts import Input, Problem
from policy.lang.masker import Masker
from policy.lang.naming import WITHHELD
from policy.lang.outcome import Evidence, Notice, Outcome, Outcomes, Waiver
from policy.lang.past import Absent, Baseline, Difference, Key
from policy.lang.report import Period, Report, ReportedParameter
from policy.report.identities import binder_entities

__all__ = ["mask_problems", "mask_report"]

_CELLS = frozenset(("value", "candidates"))
"""Arguments of data problems that quote cells."""


def mask_report(report: Report, masker: Masker) -> Report:
    """The report with everything that comes from the data masked; reporters write it as they write any other."""
    entities = {rule.id: binder_entities(rule) for rule in report.rules.values()}
    return attrs.evolve(
        report,
        parameters=tuple(_parameter(one, report.unit, masker) for one in report.parameters),
        inputs=tuple(_input(one, masker) for one in report.inputs),
        problems=mask_problems(report.problems, masker),
        outcomes=_Masked(report.outcomes, entities, masker),
        notices=tuple(_notice(one, entities, masker) for one in report.notices),
        waivers=tuple(_waiver(one, entities, masker) for one in report.waivers),
        names=_Names(report.names, masker),
        unit=report.unit and masker.file(report.unit),
        baseline=report.baseline and mask_baseline(report.baseline, entities, masker),
        mask=masker.level,
        identities=None,
        periods=lambda: tuple(_period(one, entities, masker) for one in report.periods()),
        proof=None,  # it goes through the rows by their keys and quotes cells
    )


def _period(period: Period, entities: Mapping[str, tuple[str | None, ...]], masker: Masker) -> Period:
    entity = entities[period.rule][period.binder]
    return attrs.evolve(period, key=masker.key(entity, str(period.key)) if entity else period.key)


class _Names(Mapping[tuple[str, str], str]):
    """The display names by masked keys, masked when somebody first asks for one."""

    def __init__(self, names: Mapping[tuple[str, str], str], masker: Masker) -> None:
        self._given = names
        self._masker = masker

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        given, masker = self._given.items(), self._masker
        shown = {(entity, masker.key(entity, key)): masker.name(entity, name) for (entity, key), name in given}
        return {row: name for row, name in shown.items() if name is not None}

    def __getitem__(self, row: tuple[str, str]) -> str:
        return self._names[row]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


# --- outcomes --------------------------------------------------------------------------------------------------------


class _Masked:
    """Outcomes that are masked as they are asked for, however many there are; their numbers are not masked."""

    def __init__(self, outcomes: Outcomes, entities: Mapping[str, tuple[str | None, ...]], masker: Masker) -> None:
        self._outcomes = outcomes
        self._entities = entities
        self._masker = masker
        self.tally = outcomes.tally
        self.beyond = outcomes.beyond

    def __iter__(self) -> Iterator[Outcome]:
        return self._of(self._outcomes)

    def __len__(self) -> int:
        return len(self._outcomes)

    def having(self, statuses: Collection[str]) -> Iterator[Outcome]:
        """Those of some statuses, one at a time."""
        return self._of(self._outcomes.having(statuses))

    def batches(self, statuses: Collection[str]) -> None:
        """There are no columns: each outcome is masked by itself."""

    def _of(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        return (mask_outcome(one, self._entities[one.rule], self._masker) for one in outcomes)


def mask_outcome(outcome: Outcome, entities: Iterable[str | None], masker: Masker) -> Outcome:
    """An outcome; `entities` are those of the parts of its subject."""
    return attrs.evolve(
        outcome,
        subject=tuple(
            (binder, masker.key(entity, str(key)) if entity else key)
            for (binder, key), entity in zip(outcome.subject, entities, strict=True)
        ),
        bearer=outcome.bearer and (outcome.bearer[0], masker.key(*outcome.bearer)),
        message=masker.message(outcome.message, outcome.mentions),
        mentions=(),
        evidence=tuple(_evidence(row, masker) for row in outcome.evidence),
        fingerprint=masker.fingerprint(outcome.fingerprint),
        excuse=outcome.excuse and masker.text(outcome.excuse),
    )


def _evidence(row: Evidence, masker: Masker) -> Evidence:
    if row.entity == "violation":
        return attrs.evolve(row, key=masker.fingerprint(row.key))
    return attrs.evolve(
        row,
        key=masker.key(row.entity, row.key),
        file=row.file and masker.file(row.file),
        sheet=masker.sheet(row.sheet),
        cells=tuple((field, masker.text(column)) for field, column in row.cells),
    )


# --- an earlier run --------------------------------------------------------------------------------------------------


def mask_baseline(baseline: Baseline, entities: Mapping[str, tuple[str | None, ...]], masker: Masker) -> Baseline:
    """The comparison with an earlier run; `entities` are those of the parts of the rules' subjects."""
    return attrs.evolve(
        baseline,
        name=masker.file(baseline.name),
        changes={_past(key, entities, masker): change for key, change in baseline.changes.items()},
        absent=tuple(_absent(one, entities, masker) for one in baseline.absent),
        differences=tuple(_difference(one, masker) for one in baseline.differences),
    )


def _past(key: Key, entities: Mapping[str, tuple[str | None, ...]], masker: Masker) -> Key:
    rule, parts = key
    return rule, masker.parts(parts, entities.get(rule, ()))


def _absent(absent: Absent, entities: Mapping[str, tuple[str | None, ...]], masker: Masker) -> Absent:
    found = absent.finding
    bearer = found.bearer and (found.bearer[0], masker.key(*found.bearer))
    finding = attrs.evolve(
        found, key=_past(found.key, entities, masker), bearer=bearer, fingerprint=masker.fingerprint(found.fingerprint)
    )
    return attrs.evolve(absent, finding=finding)


def _difference(difference: Difference, masker: Masker) -> Difference:
    return attrs.evolve(difference, before=masker.text(difference.before), now=masker.text(difference.now), name=masker.text(difference.name))


# --- what people decided ---------------------------------------------------------------------------------------------


def _waiver(waiver: Waiver, entities: Mapping[str, tuple[str | None, ...]], masker: Masker) -> Waiver:
    return attrs.evolve(
        waiver,
        key=masker.text(waiver.key),
        subject=masker.subject(waiver.subject, entities.get(waiver.rule, ())),
        reason=masker.free(waiver.reason),
        approver=masker.signed(waiver.approver),
        document=waiver.document and masker.free(waiver.document),
        file=masker.file(waiver.file),
        sheet=masker.sheet(waiver.sheet),
    )


def _notice(notice: Notice, entities: Mapping[str, tuple[str | None, ...]], masker: Masker) -> Notice:
    return attrs.evolve(
        notice,
        key=masker.text(notice.key),
        rule=masker.text(notice.rule),
        subject=masker.subject(notice.subject, entities.get(notice.rule, ())),
        file=masker.file(notice.file),
        sheet=masker.sheet(notice.sheet),
        other=masker.text(notice.other),
    )


def _parameter(parameter: ReportedParameter, unit: str | None, masker: Masker) -> ReportedParameter:
    return attrs.evolve(
        parameter,
        value=masker.text(parameter.value),
        origin=masker.file(parameter.origin) if parameter.origin == unit else masker.text(parameter.origin),
        basis=masker.free(parameter.basis) if masker.level == "all" else masker.text(parameter.basis),
        decided_by=masker.signed(parameter.decided_by),
    )


# --- the data --------------------------------------------------------------------------------------------------------


def _input(one: Input, masker: Masker) -> Input:
    return attrs.evolve(
        one,
        file=masker.file(one.file),
        sheet=masker.sheet(one.sheet),
        notes=tuple(masker.text(note) for note in one.notes),
        columns=tuple((masker.text(label), field) for label, field in one.columns),
    )


def mask_problems(problems: Iterable[Problem], masker: Masker) -> tuple[Problem, ...]:
    """What is wrong with the data, without what the cells say."""
    return tuple(_problem(problem, masker) for problem in problems)


def _problem(problem: Problem, masker: Masker) -> Problem:
    return attrs.evolve(
        problem,
        arguments=tuple((name, _argument(problem, name, value, masker)) for name, value in problem.arguments),
        file=masker.file(problem.file),
        sheet=masker.sheet(problem.sheet),
        column=problem.column and masker.text(problem.column),
    )


def _argument(problem: Problem, name: str, value: str, masker: Masker) -> str:
    if name in _CELLS or (problem.code, name) == ("D204", "other"):
        return WITHHELD
    return masker.somebody(value) if name == "key" else masker.text(value)
