"""The large samples: of the size that they say, the same for the same seed, whole, in no order, and broken exactly where they were broken."""

from __future__ import annotations

from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import attrs
import duckdb
import pytest
from policy_sample import policy_samples
from policy_sample.book import HEADERS
from policy_sample.days import END_OF_TERM
from policy_sample.scales import TYPES, made, planted, write, write_rows
from policy_sample.scales.breaches import RATES
from policy_sample.scales.sizes import SIZES, Size

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.lang.table import RawTable
from tests.plugins.test_sample import CODES, REFERENCES, columns

ROOT = Path(__file__).parents[2]
BY_HAND = ROOT / "benchmarks" / "by_hand"

SMALL = Size(
    root="province", provinces=0, prefectures=3, counties=9, townships=60, groups=60, conducting=30, units=200, organizations=600, rounds=3,
    shares=(100, 100, 60, 40, 30, 30),
)  # fmt: skip
"""A province in all its parts, of a size that every rule judges in a second."""


@pytest.fixture(scope="module")
def pack():
    loaded = pipeline.load_pack(ROOT / "rules" / "supervision_talks", load_plugins())
    assert loaded.pack is not None, [diagnostic.code for diagnostic in loaded.diagnostics]
    return loaded.pack


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """The folder with the files of a province."""
    folder = tmp_path_factory.mktemp("province")
    assert [file.stem for file in write(SIZES["province"], 1, folder, "parquet")] == list(HEADERS)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The folder with the files of a small province."""
    folder = tmp_path_factory.mktemp("small")
    assert len(list(write(SMALL, 1, folder, "parquet"))) == len(HEADERS)
    return folder


@pytest.fixture(scope="module")
def database(province):
    """A database that sees the files of a province as tables."""
    with duckdb.connect() as database:
        for entity in HEADERS:
            database.execute(f"create view {entity} as from '{province / entity}.parquet'")
            database.execute(f"create view {entity}_rows as from read_parquet('{province / entity}.parquet', file_row_number = true)")
        yield database


def one(database, query):
    ((value,),) = database.execute(query).fetchall()
    return value


# --- sizes and seeds -------------------------------------------------------------------------------------------------


def test_the_scales_are_offered():
    (sample,) = policy_samples()
    assert [(scale.name, scale.forms) for scale in sample.scales] == [
        ("county", ("parquet",)), *((name, ("parquet", "csv")) for name in ("province", "nation", "stress")),
    ]  # fmt: skip
    assert set(SIZES) == {"province", "nation", "stress"}


@pytest.mark.parametrize(("scale", "organizations", "heads"), [("province", 25_000, 20_022), ("nation", 5_250_000, 300_000), ("stress", 5_250_000, 2_000_000)])
def test_sizes(scale, organizations, heads):
    size = SIZES[scale]
    assert (size.organizations, size.heads) == (organizations, heads)
    with made(size, 1) as database:
        # what chance gives a slot, it gives in these shares; an exact count of all slots takes minutes
        expected = sum(share / 100 * size.heads for share in size.shares)
        assert one(database, "select getvariable('n_slots')") == size.heads * len(size.shares)
    assert {"province": 22_000 < expected < 25_000, "nation": 950_000 < expected < 1_080_000, "stress": 14.5e6 < expected < 15.6e6}[scale]


def test_the_divisions_are_those_of_the_country():
    with made(SIZES["nation"], 1) as database:
        counts = database.execute("select level, count(*) from organization where kind in ('local_committee', 'township_committee', 'working_committee') group by all")
        assert dict(counts.fetchall()) == {"central": 1, "province": 33, "prefecture": 333, "county": 2845, "township": 38_723}


def test_a_province_is_as_large_as_it_says(database):
    assert one(database, "select count(*) from organization") == 25_000
    assert one(database, "select count(*) from roster_entry") == 20_022
    assert 22_000 < one(database, "select count(*) from talk") < 25_000
    assert all(one(database, f"select count(*) from {entity}") for entity in HEADERS)


def test_a_seed_gives_one_sample(small, tmp_path):
    for file in write(SMALL, 1, tmp_path, "parquet"):
        assert file.read_bytes() == (small / file.name).read_bytes(), file.name


def test_another_seed_gives_another(small):
    with made(SMALL, 2) as database:
        for entity in HEADERS:
            (key, *_) = HEADERS[entity]
            common = f"select count(*) from (select {key} from {entity} intersect select {key} from '{small / entity}.parquet')"
            assert one(database, common) < 0.01 * one(database, f"select count(*) from {entity}"), entity


# --- tables ----------------------------------------------------------------------------------------------------------


def test_columns_are_typed_as_the_pack_has_them(database, pack):
    words = {"date": "DATE", "bool": "BOOLEAN", "int": "INTEGER"}
    for entity in HEADERS:
        found = {name: kind for name, kind, *_ in database.execute(f"describe {entity}").fetchall()}
        fields = pack.vocabulary.entities[entity].fields
        assert found == {field.name: words.get(field.type.kind, "VARCHAR") for field in fields}, entity


def test_types_are_those_of_columns():
    assert {column for header in HEADERS.values() for column in header} >= TYPES.keys()


def test_keys_are_unique_and_required_fields_filled(database, pack):
    for entity, (key, *_) in HEADERS.items():
        assert one(database, f"select count(*) - count(distinct {key}) from {entity}") == 0, entity
        for field in pack.vocabulary.entities[entity].fields:
            if not field.optional and field.name != "end":
                assert one(database, f'select count(*) from {entity} where "{field.name}" is null') == 0, (entity, field.name)


@pytest.mark.parametrize(("entity", "field", "target"), columns(REFERENCES))
def test_references_hold(database, entity, field, target):
    lost = f"select count(*) from {entity} where {field} is not null and {field} not in (select {HEADERS[target][0]} from {target})"
    assert one(database, lost) == 0


@pytest.mark.parametrize(("entity", "field", "enum"), columns(CODES))
def test_codes_are_members_of_the_pack_s_enums(database, pack, entity, field, enum):
    found = {code for (code,) in database.execute(f"select distinct {field} from {entity} where {field} is not null").fetchall()}
    assert found <= {member.name for member in pack.vocabulary.enums[enum].members}


def test_nothing_is_marked_as_a_state_secret(database):
    marks = database.execute("select distinct classification from talk").fetchall()
    assert {mark for (mark,) in marks} == {"internal", "work_secret", None}


def test_the_tree_has_one_root_and_no_circle(database):
    assert one(database, "select count(*) from organization where parent is null") == 1
    reached = """with recursive below as (
      select code, 0 as depth from organization where parent is null
      union all select o.code, depth + 1 from below join organization o on o.parent = below.code where depth < 9
    ) select count(*) from below"""
    assert one(database, reached) == 25_000


@pytest.mark.parametrize("entity", ["organization", "talk", "report", "talk_step", "appointment"])
def test_files_are_in_no_order(database, entity):
    """Any thousand rows on end have keys of all sorts, so that no part of a file can be left out for its least and greatest."""
    key = HEADERS[entity][0]
    place = f"(select {key}, percent_rank() over (order by {key}) as place, file_row_number // 1000 as part from {entity}_rows)"
    least = f"select min(spread) from (select max(place) - min(place) as spread from {place} group by part having count(*) = 1000)"
    assert one(database, least) > 0.95


def test_children_of_a_talk_lie_apart(database):
    neighbours = "select count(*) from (select talk, lead(talk) over () as later from report) where talk = later"
    assert one(database, neighbours) < 0.001 * one(database, "select count(*) from report")


def test_csv_says_the_same(small, tmp_path):
    for file in write(SMALL, 1, tmp_path, "csv"):
        with duckdb.connect() as database:
            texts = database.execute(f"from read_csv('{file}', all_varchar = true)").fetchall()
            assert texts == database.execute(f"select columns(*)::varchar from '{small / file.stem}.parquet'").fetchall(), file.name


def test_the_county_in_parquet(tmp_path):
    (sample,) = policy_samples()
    rows = sample.make(1)
    files = list(write_rows(rows, tmp_path, "parquet"))
    for file in files:
        header, expected = rows[file.stem]
        found = duckdb.from_parquet(str(file))
        assert (tuple(found.columns), found.fetchall()) == (tuple(header), list(expected)), file.stem
    assert len(files) == len(HEADERS)


# --- breaches --------------------------------------------------------------------------------------------------------


def table(database, entity):
    found = database.execute(f"from {entity}")
    columns = tuple(name for name, *_ in found.description)
    return RawTable(entity, entity, None, 0, columns, columns, tuple(enumerate(found.fetchall(), 1)))


def judged(pack, size, seed):
    """How many subjects each rule says a status of, as the interpreter has it."""
    with made(size, seed) as database:
        tables = tuple(table(database, entity) for entity in HEADERS)
    plugins = load_plugins()
    request = pipeline.Request(END_OF_TERM, pipeline.find_calendar(pack, plugins), "en")
    report = pipeline.check(pack, pipeline.Reading(tables, ()), request, plugins)
    assert {problem.code for problem in report.problems} <= {"D017"}  # talks that are planned
    return Counter((outcome.rule, outcome.status) for outcome in report.outcomes)


def expected(size, seed):
    return {(f"JDTH-{rule}" if rule[0].isdigit() else rule, status): number for (rule, status), number in planted(size, seed).items() if number}


@pytest.fixture(scope="module")
def provincial():
    """What was planted in a province."""
    return expected(SIZES["province"], 1)


def broken(counts):
    """Those that were planted; 17-1-a and 17-1-c add up what others found."""
    planted = {"violated", "late", "unknown", "excused"}
    return {key: number for key, number in counts.items() if key[1] in planted and not key[0].startswith("JDTH-17")}


def test_what_was_planted_is_found_and_nothing_else(pack):
    assert broken(judged(pack, SMALL, 1)) == expected(SMALL, 1)


@pytest.mark.deep
def test_what_was_planted_in_a_province_is_found_and_nothing_else(pack):
    assert broken(judged(pack, SIZES["province"], 1)) == expected(SIZES["province"], 1)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(2, 40))
def test_what_was_planted_with_other_seeds(pack, seed):
    assert broken(judged(pack, SMALL, seed)) == expected(SMALL, seed)


def test_every_rule_that_can_be_broken_is(pack, provincial):
    rules = {rule.id.removeprefix("JDTH-") for rule in pack.rules}
    derived = {"05-2-ct", "05-2-et", "11-1-f", "17-1-a", "17-1-c"}
    assert RATES.keys() == rules - derived
    assert {rule.removeprefix("JDTH-") for rule, _ in provincial} >= rules - {"17-1-a", "17-1-c"}


POPULATIONS = {
    "02-1-c": "supervision", "06-1-a": "supervision", "07-1-b": "supervision", "08-1-a": "supervision", "16-1-a": "supervision",
    "09-1-b": "regular", "10-1-a": "regular", "10-1-b": "regular",
}  # fmt: skip
"""Rules that any such talk may break, whatever else is wrong with it."""


@pytest.mark.parametrize("rule", POPULATIONS)
def test_rates_come_out(database, provincial, rule):
    kinds = {"supervision": "'regular', 'prompt'", "regular": "'regular'"}[POPULATIONS[rule]]
    talks = one(
        database,
        f"""select count(*) from talk where nature = 'supervision' and status = 'completed' and kind in ({kinds})
        and "end" between date '2026-01-30' and date '{END_OF_TERM}'""",
    )
    rate = RATES[rule]["violated"]
    number = provincial[f"JDTH-{rule}", "violated"]
    assert abs(number - rate * talks) < 4 * (rate * (1 - rate) * talks) ** 0.5


@pytest.mark.parametrize("rule", sorted(file.stem for file in BY_HAND.glob("*-*.sql")))
def test_sql_by_hand_finds_what_was_planted(province, provincial, tmp_path, rule):
    """The queries of the benchmark, and the sample, by each other."""
    specification = spec_from_file_location("run", BY_HAND / "run.py")
    run = module_from_spec(specification)
    specification.loader.exec_module(run)
    with run.connect(province, str(END_OF_TERM)) as database:
        found = run.judge(database, (BY_HAND / f"{rule}.sql").read_text("utf-8"), tmp_path / "problems.parquet")
    counts = {(rule, status): number for status, number in found.items()}
    if rule == "JDTH-17-1-c":  # adds up others
        assert found["violated"] > 1000
    else:
        assert broken(counts) == {key: number for key, number in provincial.items() if key[0] == rule}


def test_a_breach_takes_no_other_s_chance():
    shares = attrs.evolve(SMALL, shares=(100, 0, 0, 100, 0, 0))
    counts = planted(shares, 1)
    assert counts["DQ-4", "violated"] == counts["02-1-b", "violated"] == counts["02-3-a", "violated"] == 0
    assert counts["05-3-a", "late"] > 0
