"""A small data set: rows by entity, values by field, the day; as a case of the language and smaller still."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from policy.lang import ir
from policy.lang.schema import Vocabulary
from policy.lang.types import MonthDay, Type

__all__ = ["USUAL", "Sample", "as_case", "shrunk"]

USUAL = datetime.date(2026, 6, 30)
"""The day as of which data are looked at where any will do."""

_ONE_DAY = datetime.timedelta(days=1)


class Sample(NamedTuple):
    """Rows by entity, each its values by field (the key among them; what is not there is missing), as of a day."""

    as_of: datetime.date
    tables: dict[str, list[dict[str, Any]]]
    parameters: Mapping[str, ir.Value] = {}

    @property
    def size(self) -> int:
        """The number of rows."""
        return sum(map(len, self.tables.values()))


def as_case(sample: Sample, vocabulary: Vocabulary, language: str, title: str, expected: Mapping[tuple[str, tuple[str, ...]], str]) -> ir.Case:
    """The data set as a case that expects a status for each rule and subject, in the words of a language."""
    tables = tuple(_table(name, rows, vocabulary, language) for name, rows in sample.tables.items() if rows)
    expectations = tuple(ir.Expectation(rule, subject, status, None, None, (0, 0)) for (rule, subject), status in expected.items())
    return ir.Case(title, sample.as_of, tuple(sample.parameters.items()), tables, expectations, "", (0, 0))


def _table(name: str, rows: list[dict[str, Any]], vocabulary: Vocabulary, language: str) -> ir.CaseTable:
    fields = [field for field in vocabulary.entities[name].fields if any(field.name in row for row in rows)]
    columns = tuple(field.label or field.name if language == "zh" else field.name for field in fields)
    cells = tuple(tuple(_cell(row.get(field.name), field.type, vocabulary, language) for field in fields) for row in rows)
    return ir.CaseTable(name, columns, cells, tuple(((0, 0),) * len(fields) for _ in rows))


def _cell(value: Any, type: Type, vocabulary: Vocabulary, language: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return {"zh": "否是", "en": ("no", "yes")}[language][value]
    if isinstance(value, MonthDay):
        return f"{value.month:02}-{value.day:02}"
    if type.is_enum and language == "zh":
        member = vocabulary.enums[type.name].member(value)
        return (member and member.label) or value
    return str(value)


# --- smaller ---------------------------------------------------------------------------------------------------------


def shrunk(sample: Sample, holds: Callable[[Sample], bool], vocabulary: Vocabulary, tries: int = 600) -> Sample:
    """The data set without the rows and cells that nothing hangs on, and with its days as near to each other as they may be."""
    left = [tries]

    def still(candidate: Sample) -> bool:
        left[0] -= 1
        return left[0] >= 0 and holds(candidate)

    before = None
    while sample != before and left[0] > 0:
        before = sample
        for shrink in (_fewer_rows, _fewer_cells, _same_days, _nearer_days):
            sample = shrink(sample, still, vocabulary)
    moved = _moved(sample, USUAL - sample.as_of)
    return moved if holds(moved) else sample


def _fewer_rows(sample: Sample, still: Callable[[Sample], bool], vocabulary: Vocabulary) -> Sample:
    for name in list(sample.tables):
        for row in list(sample.tables[name]):
            rows = [one for one in sample.tables[name] if one is not row]
            candidate = sample._replace(tables={**sample.tables, name: rows})
            if still(candidate):
                sample = candidate
    return sample


def _fewer_cells(sample: Sample, still: Callable[[Sample], bool], vocabulary: Vocabulary) -> Sample:
    for name, place, field in _cells(sample):
        if not next(one for one in vocabulary.entities[name].fields if one.name == field).key:
            candidate = _with(sample, name, place, field, None)
            if still(candidate):
                sample = candidate
    return sample


def _same_days(sample: Sample, still: Callable[[Sample], bool], vocabulary: Vocabulary) -> Sample:
    """Days that may as well be the day as of which the data are looked at, or one of the others."""
    for name, place, field in _cells(sample):
        value = sample.tables[name][place][field]
        if isinstance(value, datetime.date):
            others = sorted({sample.as_of, *_days(sample)}, key=lambda day: (abs(day - sample.as_of), day))
            for day in others:
                if abs(day - sample.as_of) >= abs(value - sample.as_of):
                    break
                candidate = _with(sample, name, place, field, day)
                if still(candidate):
                    sample = candidate
                    break
    return sample


def _nearer_days(sample: Sample, still: Callable[[Sample], bool], vocabulary: Vocabulary) -> Sample:
    """The day as of which the data are looked at, and each day in them, moved towards each other by halves."""
    for name, place, field in _cells(sample):
        value = sample.tables[name][place][field]
        while isinstance(value, datetime.date) and abs((sample.as_of - value).days) > 1:
            step = (sample.as_of - value) / 2
            moved = [value + step, value + _ONE_DAY * (1 if step.days >= 0 else -1)]
            found = next((day for day in moved if day != value and still(_with(sample, name, place, field, day))), None)
            if found is None:
                break
            sample, value = _with(sample, name, place, field, found), found
    return sample


def _moved(sample: Sample, by: datetime.timedelta) -> Sample:
    """The data set with all of its days earlier or later."""
    tables = {
        name: [{field: value + by if isinstance(value, datetime.date) else value for field, value in row.items()} for row in rows]
        for name, rows in sample.tables.items()
    }
    return sample._replace(as_of=sample.as_of + by, tables=tables)


def _cells(sample: Sample) -> Iterator[tuple[str, int, str]]:
    for name, rows in sample.tables.items():
        for place, row in enumerate(rows):
            for field in list(row):
                yield name, place, field


def _days(sample: Sample) -> Iterator[datetime.date]:
    for name, place, field in _cells(sample):
        if isinstance(value := sample.tables[name][place][field], datetime.date):
            yield value


def _with(sample: Sample, name: str, place: int, field: str, value: Any) -> Sample:
    """The data set with another value in a cell; None empties it."""
    rows = list(sample.tables[name])
    rows[place] = {key: old for key, old in rows[place].items() if key != field} | ({} if value is None else {field: value})
    return sample._replace(tables={**sample.tables, name: rows})
