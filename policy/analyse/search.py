"""Data sets drawn with Hypothesis, small and with their days crowded around the edges of the rules: for what the solver does not reach."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping

from policy.analyse.sample import Sample
from policy.draw import days, facts, try_out
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts
from policy.lang.schema import ATTESTATION, WAIVER, Vocabulary

__all__ = ["sample_of", "searched"]


def searched(
    pack: ir.Pack,
    rules: Collection[str],
    calendar: Calendar,
    parameters: Mapping[str, ir.Value],
    right: Callable[[Sample], bool],
    *,
    rows: int,
    most: int,
    seed: int,
) -> Sample | None:
    """The first of at most `most` data sets, of up to so many rows of each table these rules look at, that is `right`."""
    found: list[Sample] = []

    def fits(drawn: tuple[datetime.date, Facts]) -> bool:
        sample = sample_of(*drawn, pack.vocabulary, parameters)
        if right(sample):
            found.append(sample)
        return bool(found)

    as_of = days(pack, calendar, rules=rules)
    sets = as_of.flatmap(lambda day: facts(pack, day, rules=rules, calendar=calendar, most=rows, dangling=False, cycles=True).map(lambda drawn: (day, drawn)))
    try_out(sets, fits, most=most, start=seed)
    return found[0] if found else None


def sample_of(as_of: datetime.date, drawn: Facts, vocabulary: Vocabulary, parameters: Mapping[str, ir.Value]) -> Sample:
    """Facts as a data set, without waivers and attestations."""
    tables = {
        name: [{field.name: value for field, value in zip(vocabulary.entities[name].fields, row.values) if value is not None} for row in rows]
        for name, rows in drawn.tables.items()
        if rows and name not in (ATTESTATION.name, WAIVER.name)
    }
    return Sample(as_of, tables, dict(parameters))
