"""`policy check --engine`: either engine writes the same bytes, and what stands in the way is said in a line."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from policy.cli import main
from policy.cli.judging import read_memory
from policy.pipeline import engines
from policy.relational.tables import Store

PACK = """
pack boxes version "1" end
entity box id : text key parent : ref box optional tree weight : number optional end
rule B-1 "light" basis "test" for each box must box.weight < 10 otherwise fail "{box} weighs {box.weight}" end
rule B-2 "heavier below" basis "test" for each box
  must every box as other where under(other, box) such that other.weight * 1.5 > box.weight otherwise warn "x" end
rule B-3 "few" basis "test" for each box must (count violations of B-1, B-2 as v such that v.box is box) < 2 otherwise advise "x" end
"""
BOXES = "id,parent,weight\nA,,12.50\nB,A,3\nC,B,\nD,D,9.9\nE,Z,10\n"


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("POLICY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("POLICY_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("boxes.policy").write_text(PACK, "utf-8")
    Path("box.csv").write_text(BOXES, "utf-8")


@pytest.fixture
def check(capfd):
    """Runs the command; gives exit status, the report, and what is said besides."""

    def check(*words: str) -> tuple[int, str, str]:
        status = main(("check", "box.csv", "-p", "boxes.policy", "-o", "json", "--all", "--as-of", "2026-01-01", "--lang", "en", *words))
        out, error = capfd.readouterr()
        return status, out, error

    return check


def test_both_engines_write_the_same_bytes(check):
    expected = check("--engine", "reference")
    assert check("--engine", "duckdb") == expected
    assert expected[0] == 1
    assert all(f'"{status}"' in expected[1] for status in ("violated", "unknown", "satisfied"))


def test_the_outcomes_that_are_listed_rest_on_the_same_rows(capfd):
    reports = []
    for engine in ("reference", "duckdb"):
        main(("check", "box.csv", "-p", "boxes.policy", "-o", "json", "--as-of", "2026-01-01", "--lang", "en", "--engine", engine))
        reports.append(capfd.readouterr().out)
    assert reports[0] == reports[1]
    evidence = {(one["rule"], one["status"]): len(one["evidence"]) for one in json.loads(reports[0])["outcomes"]}
    assert evidence["B-2", "unknown"] == evidence["B-2", "violated"] == 2


@pytest.mark.parametrize(("rows", "taken"), [(4, "duckdb"), (6, "reference")])
def test_auto_takes_the_engine_for_many_rows_from_a_number_of_rows_on(check, monkeypatch, rows, taken):
    monkeypatch.setattr(engines, "MANY", rows)
    name = "policy.relational.judge" if taken == "reference" else "policy.interpret.judge"
    monkeypatch.setattr(name, _refuse)
    assert check()[0] == 1


def _refuse(*arguments: object) -> None:
    raise AssertionError("the other engine was meant")


def test_what_is_not_installed_is_named(check, monkeypatch):
    monkeypatch.setattr(engines, "_is_absent", lambda module: module == "duckdb")
    status, out, error = check("--engine", "duckdb")
    assert (status, out) == (2, "")
    assert "policy: `--engine duckdb`: needs duckdb, which is not installed; run pip install 'policy[sql]'" in error
    monkeypatch.setattr(engines, "MANY", 1)
    assert check()[0] == 1


def test_a_number_that_is_too_large_is_said_or_left_to_the_reference(check, monkeypatch):
    Path("box.csv").write_text("id,parent,weight\nA,,1e50\n", "utf-8")
    status, out, error = check("--engine", "duckdb")
    assert (status, out) == (2, "")
    assert "policy: `--engine duckdb`: a number has more than 38 digits" in error
    monkeypatch.setattr(engines, "MANY", 1)
    assert check() == check("--engine", "reference")


def test_a_number_that_becomes_too_large_is_said_too(check):
    Path("box.csv").write_text(f"id,parent,weight\nA,,1\nB,A,{'9' * 30}.{'9' * 8}\n", "utf-8")
    status, _, error = check("--engine", "duckdb")
    assert status == 2
    assert "a number has more than 38 digits" in error


def test_no_file_is_left_behind(check, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "spill"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "spill").mkdir()
    check("--engine", "duckdb")
    assert list((tmp_path / "spill").iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["box.csv", "boxes.policy", "cache", "spill"]


def test_a_file_that_changes_or_vanishes_while_it_is_judged_is_named(capfd, monkeypatch):
    import duckdb

    from policy.relational import judge as judge_by_sql

    duckdb.sql("SELECT * FROM (VALUES ('A', NULL, 12.5), ('B', 'A', 3.0)) AS rows(id, parent, weight)").write_parquet("box.parquet")
    Path("box.csv").unlink()
    written = Path("box.parquet").read_bytes()
    words = ("box.parquet", "-p", "boxes.policy", "--engine", "duckdb", "--lang", "en", "-o", "json=report.json")
    for spoil, said in (
        (lambda file: file.write_bytes(written + b" "), "changed while it was judged"),
        (Path.unlink, "was moved or deleted while it was judged"),
    ):
        Path("box.parquet").write_bytes(written)

        def judge(*arguments, spoil=spoil, **named):
            spoil(Path("box.parquet"))
            return judge_by_sql(*arguments, **named)

        monkeypatch.setattr("policy.relational.judge", judge)
        assert main(("check", *words)) == 2
        assert not Path("report.json").exists()
        error = capfd.readouterr().err
        assert "box.parquet" in error
        assert said in error


@pytest.mark.parametrize(("given", "read"), [("4GB", "4GB"), ("1.5 gib", "1.5GiB"), ("512m", "512MB")])
def test_amounts_of_memory(given, read):
    assert read_memory(given) == read


@pytest.mark.parametrize("given", ["much", "0GB", "4", "-1GB", "4XB"])
def test_what_is_no_amount_of_memory_is_refused(check, given):
    status, out, error = check("--memory", given)
    assert (status, out) == (2, "")
    assert f"`{given}` is no amount of memory; write it like 4GB or 512MB" in error


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_too_little_memory_is_said(capfd, form):
    import duckdb

    rows = duckdb.sql("SELECT 'K' || range AS id, CAST(NULL AS VARCHAR) AS parent, 1.5 AS weight FROM range(400000)")
    rows.write_parquet("box.parquet") if form == "parquet" else rows.write_csv("box.csv")
    status = main(("check", f"box.{form}", "-p", "boxes.policy", "--select", "B-1", "--memory", "1MB", "--lang", "en", "-o", "json=report.json"))
    assert status == 2
    assert "memory is not enough" in capfd.readouterr().err
    assert not Path("report.json").exists()


def test_who_waits_is_told_which_rule_is_judged(capfd, monkeypatch):
    monkeypatch.setattr("policy.cli.judging._SECONDS", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    main(("check", "box.csv", "-p", "boxes.policy", "--engine", "duckdb", "--lang", "en", "-o", "json=report.json"))
    said = capfd.readouterr().err
    assert [line.partition("judging ")[2] for line in said.splitlines() if "judging rule" in line] == [
        "rule 1 of 3, B-1 …", "rule 2 of 3, B-2 …", "rule 3 of 3, B-3 …",
    ]  # fmt: skip


def test_nobody_is_told_in_a_pipe(capfd, monkeypatch):
    monkeypatch.setattr("policy.cli.judging._SECONDS", 0.0)
    main(("check", "box.csv", "-p", "boxes.policy", "--engine", "duckdb", "--lang", "en", "-o", "json=report.json"))
    assert "judging" not in capfd.readouterr().err


SMALL_DISK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
from policy.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path):
    import subprocess
    import sys

    import duckdb

    rows = "SELECT 'K' || range AS id, 'K' || (range * 7 % 1500000) AS parent, 1.5 AS weight FROM range(1500000)"
    duckdb.sql(rows).write_parquet("box.parquet")
    (tmp_path / "spill").mkdir()
    words = ("check", "box.parquet", "-p", "boxes.policy", "--select", "B-1", "--engine", "duckdb", "--memory", "48MB", "--lang", "en")
    command = [sys.executable, "-c", SMALL_DISK, *words, "-o", "json=report.json"]
    done = subprocess.run(command, env={**os.environ, "TMPDIR": str(tmp_path / "spill")}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2, done.stderr
    assert f"the disk of the folder for temporary files, {tmp_path / 'spill'}, is full" in done.stderr
    assert not Path("report.json").exists()
    assert list((tmp_path / "spill").iterdir()) == []


def test_the_plan_is_shown_without_data(capfd):
    assert main(("check", "--explain-plan", "--select", "JDTH-12-1-c", "--select", "JDTH-12-1-d", "--lang", "en")) == 0
    shared, *rules = re.findall("^-- .*", capfd.readouterr().out, re.MULTILINE)
    assert shared == "-- shared relation common 0, kept as a table from the second time on that it is wanted: JDTH-12-1-c, JDTH-12-1-d"
    assert [rule.partition(" reads: ")[0] for rule in rules if "shared" not in rule] == ["-- rule JDTH-12-1-c (1 of 2)", "-- rule JDTH-12-1-d (2 of 2)"]
    assert "common 0" not in rules[-2] and "common 0" in rules[-1]


def test_what_is_run_is_the_plan(monkeypatch, capfd):
    run = {}
    keep = Store.keep

    def recorded(store, name, query, more=False):
        run[name] = query
        keep(store, name, query, more)

    monkeypatch.setattr(Store, "keep", recorded)
    rules = ("--select", "JDTH-12-1", "--lang", "en")
    assert main(("sample", "--scale", "county", "--format", "parquet", "-o", "county")) == 0
    assert main(("check", "county/parquet", "--engine", "duckdb", "--as-of", "2026-11-23", *rules, "-o", "json=report.json")) == 1
    assert main(("check", "--explain-plan", "--as-of", "2026-11-23", *rules)) == 0
    plan = re.split("^-- ", capfd.readouterr().out, flags=re.MULTILINE)
    steps = {said[1]: said[2] for part in plan if (said := re.fullmatch(r"rule (\S+) .*?\n(.*);\n\n", part, re.DOTALL))}
    assert len(steps) == 5
    for rule, query in steps.items():
        binders, _, judged = query.rpartition("\nSELECT\n")
        assert all("".join(part.split()) in "".join(run[f"found {rule}"].split()) for part in (binders, f"SELECT {judged}"))


def _plan(capfd, *rules: str) -> str:
    assert main(("check", "--explain-plan", *(word for rule in rules for word in ("--select", rule)), "--lang", "en")) == 0
    return capfd.readouterr().out


def test_the_rows_that_a_rule_is_about_are_read_once(capfd):
    plan = _plan(capfd, "JDTH-10-1-a")
    assert plan.count('FROM "facts 8 talk"') == 1
    assert plan.count('JOIN "facts 8 talk"') == 0


def test_a_walk_up_begins_where_links_name_the_rows(capfd):
    assert {*re.findall("chain [^\",\\n]*", _plan(capfd, "DQ-6"))} == {"chain 0 5 from facts 4 roster_entry 1 conductor"}


def test_all_equalities_that_are_never_unknown_restrict_the_rows(capfd):
    assert '"own"."10 place" = "r0"."var 0 10 place"' in _plan(capfd, "JDTH-07-1-d")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_query_that_is_ended_leaves_nothing_behind(tmp_path, sent, status):
    spill = tmp_path / "spill"
    spill.mkdir()
    slow = 'rule B-1 "x" basis "test" for each box must every box as other such that other.weight * 1.5 > box.weight - 1 otherwise fail "x" end'
    Path("boxes.policy").write_text(PACK.partition("rule B-1")[0] + slow, "utf-8")
    Path("box.csv").write_text("id,parent,weight\n" + "".join(f"B{number},,{number / 8}\n" for number in range(40_000)), "utf-8")
    command = [sys.executable, "-m", "policy", "check", "box.csv", "-p", "boxes.policy", "--engine", "duckdb", "-o", "json=report.json"]
    process = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(spill)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        while not any(spill.iterdir()):  # the database is there: the data have been read, and soon the query runs
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(sent)
        assert process.communicate(timeout=60) == ("", "")
    finally:
        process.kill()  # else it would go on for hours, in all the memory there is
    assert process.returncode == status
    assert not any(spill.iterdir())
    assert not Path("report.json").exists()


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
def test_a_table_without_rows_is_told_alike_where_it_lies(engine, capsys):
    Path("pairs.policy").write_text(
        'pack pairs version "1" end entity head id : text key end entity talk id : text key head : ref head end '
        'rule P-1 "t" basis "test" for each talk must talk.head is filled otherwise fail "x" end',
        "utf-8",
    )
    Path("data").mkdir()
    parquet.write_table(pyarrow.table({"id": pyarrow.array([], pyarrow.string())}), "data/head.parquet")
    parquet.write_table(pyarrow.table({"id": ["T1"], "head": ["H1"]}), "data/talk.parquet")
    main(["check", "data", "--pack", "pairs.policy", "--as-of", "2026-06-30", "--engine", engine, "--lang", "en"])
    assert "data/talk.parquet: no row of `head` was read, to which 1 column refers (talk.head); add its table" in capsys.readouterr().out
