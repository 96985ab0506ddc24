"""Tables whose rows nobody holds come to what the loader makes of the same cells: the same problems, the same outcomes."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import policy_csv
import policy_duckdb
import policy_sqlite
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.hooks.spec import SourceError
from policy.lang.secrecy import LEVELS
from policy.load.secrecy import level_of
from policy.relational import hashes, scanned, scanner
from policy.relational.database import Database

PACK = """
pack boxes version "1" end
enum colour "颜色" red "红" blue "蓝" end
entity place "地点" id : text key "编号" name : text "名称" end
entity box "箱" id : text key "编号" at : ref place "地点" within : ref box optional tree "在内" colour : colour "颜色" size : int optional "大小"
  weight : number optional "重量" seen : date occurs "日期" kept : bool optional "保留" note : text optional confidential "备注" end
rule B-1 "coloured" basis "test" bearer box.at for each box must box.colour is red otherwise fail "{box.colour} {box.seen} {box.weight}" end
rule B-2 "in time" basis "test" for each box must exists box as other such that other.within is box and other.size > 1 and other.kept
  due 10 days after box.seen otherwise warn "{fulfilled}" end
rule B-3 "noted" basis "test" for each place must no box such that box.at is place and box.note is filled otherwise advise "{place.name}" end
"""
AS_OF = datetime.date(2026, 5, 1)
DAY = datetime.date(2026, 4, 1)
PLUGINS = load_plugins()

KEYS = st.sampled_from(["A1", "A2", "B-3", "007", "7", "甲", " A1 ", "", None, "A1\u200b", "=1+1", "无", "#N/A"])
CODES = st.sampled_from(["CODE-0001", "CODE-0002", "code.0003", "3f9a2c71", None])
"""What makes a column that nobody needs to look at closely; one of the others among them, and somebody does."""
TEXTS = st.sampled_from(["x", "某地（一）", " y", "", None, "1.2E+10", "=1+1", "#REF!", "Ａ", "é", "a\0b", "x" * 40_000, "无", "机 密"])
MESSY = {
    "colour": st.sampled_from(["red", "蓝", " Red", "green", "", None, "无", "bleu"]),
    "size": st.sampled_from(["1", "007", "２", "2人", "很多", "1,000", "", None, "9" * 17, "9" * 18, "9" * 19, "-3"]),
    "weight": st.sampled_from(["1.50", "2", "重", "1e3", None, "待定"]),
    "seen": st.sampled_from(["2026-04-01", "2026年4月2日", "4月3日", "20260404", "不详", "2026-02-30", "", None, "2027-01-01", "46000"]),
    "kept": st.sampled_from(["是", "no", "TRUE", "也许", "", None, "√"]),
}
TYPED = {
    "colour": (st.sampled_from(["red", "blue", None]), pyarrow.dictionary(pyarrow.int8(), pyarrow.string())),
    "size": (st.sampled_from([1, 2, None, 10**18, -(2**63)]), pyarrow.int64()),
    "weight": (st.sampled_from([1.5, 2.0, None, float("nan"), 1e20]), pyarrow.float64()),
    "seen": (st.sampled_from([DAY, None, datetime.date(2027, 1, 1), datetime.date(1, 1, 1)]), pyarrow.date32()),
    "kept": (st.sampled_from([True, False, None]), pyarrow.bool_()),
}
DAYS = (st.sampled_from([datetime.datetime(2026, 4, 1, 9), datetime.datetime(2026, 4, 2), None]), pyarrow.timestamp("us"))


@st.composite
def columns(draw: st.DrawFn) -> dict[str, pyarrow.Array]:
    """Columns of boxes: each with texts of all kinds, or typed; some are not there."""
    count = draw(st.integers(0, 5))
    made = {"id": pyarrow.array(draw(st.lists(CODES if draw(st.booleans()) else KEYS, min_size=count, max_size=count)), pyarrow.string())}
    for name in draw(st.sets(st.sampled_from(["at", "within", "colour", "size", "weight", "seen", "kept", "note"]), min_size=5)):
        values, kind = MESSY.get(name, KEYS if name in ("at", "within") else TEXTS), pyarrow.string()
        if name not in MESSY and draw(st.booleans()):
            values = CODES
        if name in TYPED and draw(st.booleans()):
            values, kind = DAYS if name == "seen" and draw(st.booleans()) else TYPED[name]
        made[draw(st.sampled_from([name, name.upper()]))] = pyarrow.array(draw(st.lists(values, min_size=count, max_size=count)), kind)
    return made


# --- forms -----------------------------------------------------------------------------------------------------------

Tables = dict[str, dict[str, pyarrow.Array]]


def as_parquet(folder: Path, tables: Tables) -> None:
    for name, made in tables.items():
        parquet.write_table(pyarrow.table(made), folder / f"{name}.parquet")


def as_csv(folder: Path, tables: Tables, **dialect: object) -> None:
    """As texts, as an export would have them."""
    for name, made in tables.items():
        rows = zip(*(column.to_pylist() for column in made.values()))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, **dialect)
            writer.writerow(made)
            writer.writerows([None if cell is None else str(cell).replace("\0", " ") for cell in row] for row in rows)


def as_duckdb(folder: Path, tables: Tables) -> None:
    """Rows with keys of their own have a primary key, which is another order; of others the first was taken away."""
    with duckdb.connect(str(folder / "data.duckdb")) as connection:
        for name, made in tables.items():
            given, keys = pyarrow.table(made), made["id"].to_pylist()
            connection.register("given", given)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            if None not in keys and len(set(keys)) == len(keys):
                connection.execute(f"ALTER TABLE {name} ADD PRIMARY KEY (id)")
            elif len(keys) > 2:
                connection.execute(f"DELETE FROM {name} WHERE rowid = 0")


def as_sqlite(folder: Path, tables: Tables) -> None:
    """As SQLite has them: a day is a text, a truth value a number."""
    with closing(sqlite3.connect(folder / "data.sqlite")) as connection, connection:
        for name, made in tables.items():
            connection.execute(f"CREATE TABLE {name} ({', '.join(made)})")
            rows = zip(*(column.to_pylist() for column in made.values()))
            cells = [[str(cell) if isinstance(cell, datetime.date) else cell for cell in row] for row in rows]
            connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(made))})", cells)


FORMS = {"parquet": as_parquet, "csv": as_csv, "duckdb": as_duckdb, "sqlite": as_sqlite}


@pytest.fixture
def written(tmp_path):
    """Writes tables in a form to a folder that has nothing else."""

    def written(form: str, **tables: dict[str, pyarrow.Array]) -> Path:
        shutil.rmtree(tmp_path / "data", ignore_errors=True)
        (tmp_path / "data").mkdir()
        FORMS[form](tmp_path / "data", tables)
        return tmp_path / "data"

    return written


@pytest.fixture
def nothing_held(monkeypatch):
    """Makes sources hold no rows, or all."""

    def nothing_held(yes: bool) -> None:
        for module, name in ((policy_csv, "_LARGE"), (policy_sqlite, "_LARGE"), (policy_duckdb, "_MANY")):
            monkeypatch.setattr(module, name, 0 if yes else 2**40)
        for module in (scanned, hashes):
            monkeypatch.setattr(module, "_AT_ONCE", 2)

    return nothing_held


# --- both ways -------------------------------------------------------------------------------------------------------


def made(report: object, reporter: object) -> bytes:
    stream = io.BytesIO()
    pipeline.write(report, reporter, PLUGINS, stream, colour=False)
    return stream.getvalue()


def said(folder: Path, engine: str, pack: object) -> tuple[object, ...]:
    """Everything that a run says of the files of a folder."""
    request = pipeline.Request(
        AS_OF, pipeline.find_calendar(pack, PLUGINS), "en", keep_going=True, all_outcomes=True, engine=engine, secrecy=list(LEVELS)[-1]
    )  # fmt: skip
    known = []
    try:
        report = pipeline.check(pack, pipeline.read([str(folder)], PLUGINS), request, PLUGINS, tell=known.append)
    except pipeline.DataErrors as errors:
        return errors.problems, errors.read
    reporter = next(one for one in PLUGINS.reporters if one.name == "json")
    return report.problems, report.inputs, json.loads(made(report, reporter)), dict(report.names)


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "boxes.policy"
    file.write_text(PACK, "utf-8")
    loaded = pipeline.load_pack(file, PLUGINS)
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack


BOXES = {
    "id": pyarrow.array([f"B{number}" for number in range(40)]),
    "at": pyarrow.array(["A1", "7"] * 20),
    "colour": pyarrow.array(["blue", "red"] * 20),
    "seen": pyarrow.array([DAY] * 40, pyarrow.date32()),
    "note": pyarrow.array([None, "x"] * 20),
}
PLACES = {"id": pyarrow.array(["A1", "0A2", "7", "甲", "CODE-0001"]), "name": pyarrow.array(["x", "某地（一）", None, "y", "z"])}


@pytest.fixture
def both_ways(written, nothing_held, pack):
    """Judges tables in a form by SQL, with no row held, and by the reference, with all."""

    def both_ways(form: str, **tables: dict[str, pyarrow.Array]) -> None:
        folder = written(form, **tables)
        nothing_held(True)
        assert all(table.scan for table in pipeline.read([str(folder)], PLUGINS).tables) or form == "sqlite"
        found = said(folder, "duckdb", pack), said(folder, "reference", pack)
        nothing_held(False)
        assert found[0] == found[1] == said(folder, "reference", pack)

    return both_ways


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(made=columns())
def test_both_ways_say_the_same(form, both_ways, made):
    both_ways(form, box=made, place=PLACES)


def test_keys_that_stand_twice_are_found_in_whatever_part_their_hashes_are(both_ways):
    both_ways("parquet", box={**BOXES, "id": pyarrow.array([f"BOX-{number % 30:05}" for number in range(40)])}, place=PLACES)


def test_of_many_rows_with_the_same_mark_the_first_are_shown(written, monkeypatch):
    monkeypatch.setattr(scanner, "_ALIKE", 2)
    notes = [None, "机密", "x", "秘密★1年", "机密", "CODE-0001", "机密", "秘密★1年", "保密", "机密"]
    folder = written("parquet", box={"id": pyarrow.array([f"BOX-{number:05}" for number in range(10)]), "note": pyarrow.array(notes)})
    (table,) = pipeline.read([str(folder)], PLUGINS).tables
    found = scanner.Scanner(Database()).suspects(table, lambda text: level_of(text) is not None, "密", {})
    assert [(number, *cells) for number, cells in found] == [(2, "BOX-00001", "机密"), (4, "BOX-00003", "秘密★1年"), (5, "BOX-00004", "机密"), (8, "BOX-00007", "秘密★1年")]


@pytest.mark.deep
@pytest.mark.parametrize("form", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(made=columns())
def test_both_ways_say_the_same_on_much(form, both_ways, made):
    both_ways(form, box=made, place=PLACES)


def test_whoever_goes_through_the_outcomes_may_ask_for_others_meanwhile(written, pack):
    """Reporters ask for names and for other findings, which fetches other rows."""
    folder = written("parquet", box=BOXES, place=PLACES)
    request = pipeline.Request(AS_OF, pipeline.find_calendar(pack, PLUGINS), "zh", keep_going=True, engine="duckdb")
    report = pipeline.check(pack, pipeline.read([str(folder)], PLUGINS), request, PLUGINS)
    outcomes = report.outcomes.having(("violated",))
    found = [next(outcomes)]
    assert dict(report.names) == {("place", "A1"): "x"}
    assert [*found, *outcomes] == list(report.outcomes.having(("violated",)))


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_columns_name_whom_the_report_names(form, confidential, written, nothing_held, tmp_path):
    text = PACK.replace('name : text "名称"', 'name : text confidential "名称"').replace("{place.name}", "noted") if confidential else PACK
    (tmp_path / "boxes.policy").write_text(text, "utf-8")
    pack, folder = pipeline.load_pack(tmp_path / "boxes.policy", PLUGINS).pack, written(form, box=BOXES, place=PLACES)
    for yes in (True, False):
        nothing_held(yes)
        request = pipeline.Request(AS_OF, pipeline.find_calendar(pack, PLUGINS), "zh", keep_going=True, engine="duckdb")
        report = pipeline.check(pack, pipeline.read([str(folder)], PLUGINS), request, PLUGINS)
        batches = [batch for batch in report.batches() if batch.rule.id == "B-1"]
        bearers = [one for batch in batches for one in batch.columns.column("bearer").to_pylist()]
        assert {one["key"]: one["name"] for one in bearers} == {"A1": None if confidential else "x"}
        assert [one["name"] for one in bearers] == [report.names.get((one["entity"], one["key"])) for one in bearers]


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
def test_what_many_findings_say_alike_is_in_memory_once(written, pack, engine):
    """400,000 findings are held at once to be put in order."""
    folder = written("parquet", box=BOXES, place=PLACES)
    request = pipeline.Request(AS_OF, pipeline.find_calendar(pack, PLUGINS), "zh", keep_going=True, engine=engine)
    report = pipeline.check(pack, pipeline.read([str(folder)], PLUGINS), request, PLUGINS)
    found = [outcome for outcome in report.outcomes.having(("violated",)) if outcome.rule == "B-1"]
    assert len(found) == 20 and not hasattr(found[0], "__dict__") and not hasattr(found[0].evidence[0], "__dict__")
    assert all(outcome.subject[0][1] is outcome.evidence[0].key for outcome in found)
    assert {len({id(part) for part in parts}) for parts in zip(*[(one.rule, one.status, one.bearer, one.basis, one.evidence[0].cells) for one in found])} == {1}


# --- files that do not stay what they are ----------------------------------------------------------------------------


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def overwrite(file: Path) -> None:
    file.write_bytes(b'"\xff' * 3_000)


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
@pytest.mark.parametrize(("spoil", "code"), [(cut, "D250"), (overwrite, "D250"), (Path.unlink, "D251")])
@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_another_when_its_rows_are_wanted_is_named(form, spoil, code, engine, written, nothing_held, pack):
    folder = written(form, box=BOXES, place=PLACES)
    nothing_held(True)
    reading = pipeline.read([str(folder)], PLUGINS)
    file = Path(reading.tables[0].file)
    spoil(file)
    request = pipeline.Request(AS_OF, pipeline.find_calendar(pack, PLUGINS), "zh", keep_going=True, engine=engine)
    with pytest.raises(SourceError) as caught:
        pipeline.check(pack, reading, request, PLUGINS)
    assert (caught.value.code, caught.value.location) == (code, str(file))
