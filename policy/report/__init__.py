"""outcomes → report, and what is known of the data → data report."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from policy import __version__
from policy.lang import ir
from policy.lang.data_report import DataReport
from policy.lang.facts import Facts, Row
from policy.lang.keywords import spelling
from policy.lang.outcome import PROBLEMS, STATUSES, Judgement, Outcomes
from policy.lang.report import Decision, Report, ReportedParameter
from policy.lang.scan import RowsElsewhere
from policy.lang.schema import Vocabulary
from policy.lang.table import RawTable
from policy.lang.telling import display_name
from policy.lang.types import MonthDay, Period
from policy.report.identities import binder_entities, identities

__all__ = ["build_data_report", "build_report", "identities"]


def build_data_report(
    facts: Facts,
    tables: Sequence[RawTable],
    vocabulary: Vocabulary,
    *,
    as_of: datetime.date,
    language: str,
    secrecy: str | None,
) -> DataReport:
    """What there is to say of the data before they are judged; `secrecy` is their highest mark."""
    fields = [(entity, field) for entity in vocabulary.entities.values() for field in entity.fields]
    return DataReport(
        version=__version__,
        as_of=as_of,
        language=language,
        tables=tuple(tables),
        inputs=facts.inputs,
        absent=facts.absent,
        problems=facts.problems,
        confidential=frozenset(f"{entity.name}.{field.name}" for entity, field in fields if field.confidential),
        references={f"{entity.name}.{field.name}": field.type.name for entity, field in fields if field.type.is_ref},
        keys={name: entity.key.name for name, entity in vocabulary.entities.items()},
        labels=dict(_vocabulary_labels(vocabulary)),
        secrecy=secrecy,
    )


def build_report(
    pack: ir.Pack,
    facts: Facts,
    judgement: Judgement,
    *,
    as_of: datetime.date,
    language: str,
    parameters: Mapping[str, tuple[ir.Value, Decision]],
    rules: Collection[str] | None,
    all_outcomes: bool,
    secrecy: str | None = None,
    unit: str | None = None,
    identify: bool = False,
) -> Report:
    """Everything that a run of the pack's `rules` (None: all) has to say; `parameters` are those set, with the decisions.

    `secrecy` is the highest mark of the data, `unit` the unit's file. With `identify` it can be masked.
    """
    return Report(
        version=__version__,
        pack_id=pack.id,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        pack_title=pack.title,
        as_of=as_of,
        language=language,
        parameters=tuple(_parameters(pack, parameters)),
        inputs=facts.inputs,
        absent=facts.absent,
        problems=facts.problems,
        rules={rule.id: rule for rule in pack.rules if rules is None or rule.id in rules},
        outcomes=judgement.outcomes,
        notices=judgement.notices,
        waivers=judgement.waivers,
        names=_Names(pack, facts, judgement.outcomes, STATUSES if all_outcomes else PROBLEMS),
        labels=dict(_labels(pack)),
        all_outcomes=all_outcomes,
        pack_extends=pack.extends,
        secrecy=secrecy,
        unit=unit,
        identities=identities(facts, pack.vocabulary, pack.rules) if identify else None,
    )


def _parameters(pack: ir.Pack, values: Mapping[str, tuple[ir.Value, Decision]]) -> Iterable[ReportedParameter]:
    for parameter in pack.parameters.values():
        value, decision = values.get(parameter.name, (parameter.default, None))
        standard = parameter.default if parameter.standard is None else parameter.standard
        if value != standard:
            listed = ("、" if pack.language == "zh" else ", ").join(parameter.decided_on)
            decision = decision or Decision(parameter.decided_in, listed)
            told = _text(value), _text(standard)
            yield ReportedParameter(parameter.name, parameter.label, *told, decision.origin, decision.basis, decision.by)


def _text(value: ir.Value) -> str:
    """A value as `--set` takes it, in any language."""
    if isinstance(value, Period):
        return f"{value.amount} {value.unit}"
    if isinstance(value, MonthDay):
        return f"{value.month:02}-{value.day:02}"
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Names(Mapping[tuple[str, str], str]):
    """The display names, where they are not confidential, of the rows that some outcomes are about or are owed by; of nobody else.

    Not every reporter shows names, so they are looked up when the first is wanted.
    """

    def __init__(self, pack: ir.Pack, facts: Facts, outcomes: Outcomes, statuses: Collection[str]) -> None:
        self._pack, self._facts, self._outcomes, self._statuses = pack, facts, outcomes, statuses

    def __getitem__(self, row: tuple[str, str]) -> str:
        return self._known[row]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    @cached_property
    def _known(self) -> dict[tuple[str, str], str]:
        wanted: dict[str, set[str]] = {}
        for entity, key in self._outcomes.involved(self._statuses, {rule.id: binder_entities(rule) for rule in self._pack.rules}):
            wanted.setdefault(entity, set()).add(key)
        return {
            (entity.name, row.key): row.values[name.index]
            for entity in self._pack.vocabulary.entities.values()
            if entity.name in wanted and (name := display_name(entity)) is not None
            for row in self._rows(entity.name, wanted[entity.name])
            if row.values[name.index]
        }

    def _rows(self, entity: str, keys: Collection[str]) -> Iterable[Row]:
        """The rows of an entity with some keys, and their names; of a table that lies elsewhere no others are made."""
        rows = self._facts.tables.get(entity, ())
        return rows.of(keys, ("name",)) if isinstance(rows, RowsElsewhere) else (row for row in rows if row.key in keys)


def _vocabulary_labels(vocabulary: Vocabulary) -> Iterable[tuple[str, str]]:
    """The Chinese labels of entities, fields and members."""
    for entity in vocabulary.entities.values():
        yield entity.name, entity.label or entity.name
        yield from ((f"{entity.name}.{field.name}", field.label or field.name) for field in entity.fields)
    for enum in vocabulary.enums.values():
        yield enum.name, enum.label or enum.name
        yield from ((f"{enum.name}.{member.name}", member.label or member.name) for member in enum.members)


def _labels(pack: ir.Pack) -> Iterable[tuple[str, str]]:
    """The Chinese labels of the vocabulary, and the words for the values of the engine's own parameters."""
    yield from _vocabulary_labels(pack.vocabulary)
    for parameter in pack.parameters.values():
        choices = parameter.choices or (("true", "false") if parameter.type.kind == "bool" else ())
        yield from ((f"{parameter.name}.{choice}", spelling(choice.upper(), "zh")) for choice in choices)
        if parameter.type.is_enum:
            members = pack.vocabulary.enums[parameter.type.name].members
            yield from ((f"{parameter.name}.{member.name}", member.label or member.name) for member in members)
