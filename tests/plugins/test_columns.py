"""Outcomes that are columns are written as if they were objects, whatever texts they have."""

from __future__ import annotations

import datetime
from io import BytesIO

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy_json import columns
from policy_json.columns import batch_lines
from policy_json.lines import outcome_lines
from policy_parquet.outcomes import write
from pyarrow import parquet

from policy.lang import ir
from policy.lang.outcome import Provenance
from policy.lang.report import Report
from policy.lang.types import Type, ref_type
from policy.relational.batches import Batch
from policy.relational.database import Database

WORK_OUT = Database().worked_out

ODD = "谈话'\"\\/,:%{}\n\t\x0b\x1f\x7f\u2028😀é"
"""Characters that mean something to one of the formats, or to SQL."""
words = st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
dates = st.none() | st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
SOURCES = (
    Provenance("violation", None, None), Provenance("talk", "台'账\".csv", "表", (("end", "G"), ("days\\", "天'数"), ("day", "3"))), Provenance("report", "r.xlsx", None),
)  # fmt: skip
NAMES = {("talk", "😀"): "谈'话"}
rows = st.lists(st.fixed_dictionaries({"source": st.sampled_from(range(len(SOURCES))), "key": words, "row": st.none() | st.integers(1, 10**9)}), max_size=3)
OUTCOME = {
    "key 0": (pa.string(), words),
    "key 1": (pa.int64(), st.integers(1, 9999)),
    "status": (pa.string(), st.sampled_from(("violated", "unknown"))),
    "bearer": (
        pa.struct({"entity": pa.string(), "key": pa.string(), "name": pa.string()}),
        st.none() | st.builds(lambda *row: dict(zip(("entity", "key", "name"), (*row, NAMES.get(row)))), st.sampled_from(("talk", "org")), words),
    ),
    "due": (pa.date32(), dates),
    "due_unrolled": (pa.date32(), dates),
    "fulfilled": (pa.date32(), dates),
    "missing": (pa.list_(pa.string()), st.lists(words, max_size=2)),
    "message": (pa.string(), words),
    "excuse": (pa.string(), st.none() | words),
    "notes": (pa.list_(pa.string()), st.lists(st.just("calendar_unknown"), max_size=1)),
    "evidence": (pa.list_(pa.struct({"source": pa.int32(), "key": pa.string(), "row": pa.int64()})), rows),
    "fingerprint": (pa.string(), st.text("0123456789abcdef", min_size=16, max_size=16)),
    "mentions": (pa.list_(pa.struct({"begin": pa.int64(), "end": pa.int64(), "entity": pa.string(), "key": pa.string()})), st.just([])),
}
"""The columns of a batch, each with what it may have."""


def rule(id: str, binder: str) -> ir.Rule:
    binders = (ir.EachRow(binder, "talk"), ir.EachYear("年", ir.Const(2020, Type("int")), ir.Const(2030, Type("int"))))
    state = ir.State(ir.Const(True, ir.Type("bool")))
    return ir.Rule(
        id, "", ("第五条'", "第六条"), (), ir.Var(binder, ref_type("talk")), binders, (), (), None, (), state, None, None, "fail", (), "", "", False, 0, (), (), "zh",
        "a.policy", (0, 0), "",
    )  # fmt: skip


batches = st.builds(
    lambda id, binder, made: Batch(rule(id, binder), SOURCES, pa.table({name: pa.array([one[name] for one in made], kind) for name, (kind, _) in OUTCOME.items()}), WORK_OUT),
    words, words.filter(bool), st.lists(st.fixed_dictionaries({name: values for name, (_, values) in OUTCOME.items()}), min_size=1, max_size=5),
)  # fmt: skip


class InColumns(tuple):
    """The outcomes of some batches."""

    def batches(self, statuses: object) -> object:
        return iter(self)

    def tally(self) -> dict:
        return {}


class Single(InColumns):
    """The same, one by one."""

    def batches(self, statuses: object) -> None:
        return None

    def having(self, statuses: object) -> object:
        return (outcome for batch in self for outcome in batch)


@pytest.fixture(scope="module", autouse=True)
def _many() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "FEW", 0)
        yield


@settings(max_examples=60)
@given(st.lists(batches, max_size=3))
def test_lines_of_json(some: list[Batch]) -> None:
    lines = [line for batch in some for line in outcome_lines(batch, None, b"\n", b', "mask": "none"')]
    assert b"\n".join(map(bytes, batch_lines(some, b"\n", b', "mask": "none"'))) == b"\n".join(lines)


@given(st.lists(batches, max_size=3))
def test_parquet(some: list[Batch]) -> None:
    written = []
    for outcomes in (InColumns(some), Single(some)):
        report = Report("0", "p", "1", "a" * 64, "", datetime.date(2026, 1, 1), "zh", (), (), (), (), {}, outcomes, (), NAMES, {})
        stream = BytesIO()
        write(report, stream)
        written.append(parquet.read_table(stream))
    assert written[0].equals(written[1])
