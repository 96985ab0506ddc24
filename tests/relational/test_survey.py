"""A survey of Parquet files counts the outcomes that the reference finds in the same rows."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from policy.interpret import judge
from policy.lang import ir
from policy.lang.facts import Facts, Row
from policy.relational import survey
from policy.testing import days, decided, facts
from tests.properties.test_engines import FUNCTIONS, PACKS, pack_of

KINDS = {"int": pyarrow.int64(), "date": pyarrow.date32(), "bool": pyarrow.bool_(), "number": pyarrow.decimal128(12, 2)}


def write(pack: ir.Pack, data: Facts, folder: Path) -> None:
    """A file for each entity that has rows."""
    for entity in pack.vocabulary.entities.values():
        (folder / f"{entity.name}.parquet").unlink(missing_ok=True)
        rows = data.tables[entity.name]
        if rows:
            kinds = [(field.name, KINDS.get(field.type.kind, pyarrow.string())) for field in entity.fields]
            columns = {name: pyarrow.array([row.values[place] for row in rows], kind) for place, (name, kind) in enumerate(kinds)}
            parquet.write_table(pyarrow.table(columns), folder / f"{entity.name}.parquet")


def with_gaps(data: Facts) -> Facts:
    """With empty texts as missing, which is what they are in files."""
    tables = {
        name: tuple(Row(row.entity, row.key, tuple(None if value == "" else value for value in row.values), row.origin, row.line) for row in rows)
        for name, rows in data.tables.items()
    }
    return Facts(tables)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_counts_what_the_reference_finds(path: Path, tmp_path: Path, data: st.DataObject) -> None:
    whole, calendar = pack_of(path)
    as_of: datetime.date = data.draw(days(whole, calendar))
    pack = whole.edition(as_of)
    drawn = with_gaps(data.draw(decided(facts(pack, as_of, calendar=calendar, whole=True), pack)))
    write(pack, drawn, tmp_path)
    found = survey(pack, tmp_path, as_of, {}, calendar, FUNCTIONS)
    expected = Counter((outcome.rule, outcome.status) for outcome in judge(pack, drawn, as_of, {}, calendar, FUNCTIONS).outcomes)
    assert {(rule, status): number for rule, counts in found.items() for status, number in counts.items()} == expected
