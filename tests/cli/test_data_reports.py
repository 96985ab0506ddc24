"""`policy check --data-report`: what is written where, also where errors stop the run, and what is refused."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

SMALL = str(Path(__file__).parents[1] / "data" / "small")
TALK = "谈话编号,谈话类型,被谈话人,结束日期,个别谈话\nT1,定期谈,P1,2026-04-08,是\nT2,及时谈话,P1,2026-07-20,否\n"


@pytest.fixture(autouse=True)
def data(bare):
    Path("data").mkdir()
    Path("data", "谈话.csv").write_text(TALK, "utf-8")
    Path("data", "人员.csv").write_text("人员编号,姓名\nP1,张三\n", "utf-8")


@pytest.fixture
def check(run):
    def check(*words: str, where: str = "data") -> tuple[int, str, str]:
        return run("check", where, "--pack", SMALL, "--as-of", "2026-07-15", *words)

    return check


def test_a_stopped_run_begins_with_what_it_read_and_writes_the_report(check):
    status, out, error = check("--data-report", "xlsx=a.xlsx", "--data-report", "html=a.html", "--data-report=json=a.json", "-o", "json=r.json")
    assert (status, out) == (2, "")
    assert error.splitlines() == [
        "read 2 tables, 3 rows: person 1, talk 2",
        "error: data/谈话.csv row 2, column B: `谈话类型` has no code `定期谈`, did you mean `定期谈话`?",
        "note: data/谈话.csv: `结束日期` lies after the as-of day 2026-07-15 (1), these rows count as not yet happened: D3",
        "errors: 1; nothing was judged. Mend them, or leave out those in tables with --keep-going",
    ]
    assert sorted(os.listdir()) == ["a.html", "a.json", "a.xlsx", "cache", "data"]
    assert openpyxl.load_workbook("a.xlsx").sheetnames == ["人员", "谈话", "data problems"]
    document = json.loads(Path("a.json").read_text("utf-8"))
    assert [(one["code"], one["row"], one["rows"], one["accepted"]) for one in document["data_problems"]] == [
        ("D035", 2, [], "it takes: 定期谈话, 及时谈话"),
        ("D017", None, [3], None),
    ]


def test_a_run_that_goes_on_writes_the_same(check):
    first = check("--data-report", "json=a.json")
    second = check("--data-report", "json=b.json", "--keep-going")
    assert (first[0], second[0]) == (2, 1) and "data problems: 2 (errors 1, remarks 1)" in second[1]
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


def test_the_mended_copy_is_data(check):
    check("--data-report", "xlsx=a.xlsx")
    book = openpyxl.load_workbook("a.xlsx")
    book["谈话"]["B2"] = "定期谈话"
    book.save("a.xlsx")
    status, out, error = check(where="a.xlsx")
    assert (status, error) == (1, "") and "2 tables, 3 rows" in out


def test_several_workbooks(check):
    for name in ("甲", "乙"):
        book = openpyxl.Workbook()
        book.active.title = "人员"
        book.active.append(["人员编号", "姓名"])
        book.active.append([name, "张三"])
        book.save(f"data/{name}.xlsx")
    shutil.copy("data/甲.xlsx", "data/甲.xlsm")
    error = check("--data-report", "xlsx=out.xlsx")[2]
    wrote = [line for line in error.splitlines() if line.startswith("wrote")]
    assert wrote == [f"wrote what is wrong with the data to {name}" for name in ("out-乙.xlsx", "out-甲.xlsm", "out-甲.xlsx", "out-data.xlsx")]
    assert all(Path(line.split()[-1]).exists() for line in wrote)


MISTAKES = [
    ("xlsx", "`--data-report xlsx` is to be FORMAT=FILE, such as --data-report xlsx=problems.xlsx; there are: html json xlsx"),
    ("xlsx=", "`--data-report xlsx=` is to be FORMAT=FILE, such as --data-report xlsx=problems.xlsx; there are: html json xlsx"),
    ("=a", "`--data-report =a` is to be FORMAT=FILE, such as --data-report xlsx=problems.xlsx; there are: html json xlsx"),
    ("pdf=a.pdf", "`--data-report` has no format `pdf`; there are: html json xlsx"),
]


@pytest.mark.parametrize(("value", "said"), MISTAKES)
def test_a_mistake(check, value, said):
    assert check("--data-report", value) == (2, "", f"policy: {said}\n")
    assert os.listdir() == ["data"]


def test_data_are_not_overwritten(check):
    check("--data-report", "xlsx=a.xlsx")
    before = Path("a.xlsx").read_bytes()
    said = "policy: `--data-report` would overwrite the data in `./a.xlsx`; name another file\n"
    assert check("--data-report", "xlsx=./a.xlsx", where="a.xlsx") == (2, "", said)
    assert Path("a.xlsx").read_bytes() == before


def test_a_file_is_what_it_is_called(check):
    error = check("--data-report", "html=a.txt", "--data-report", "json=b.JSON")[2]
    assert error.startswith("wrote what is wrong with the data to a.html\n") and Path("a.html").exists() and Path("b.JSON").exists()


def test_a_folder_that_is_not_there(check):
    assert check("--data-report", "html=x/a.html") == (2, "", "policy: `x/a.html`: cannot be read or written (No such file or directory)\n")


def test_a_mark_of_secrecy_stops_before_anything_is_written(check):
    Path("data", "人员.csv").write_text("人员编号,姓名\nP1,机密★10年\n", "utf-8")
    assert check("--data-report", "html=a.html")[0] == 3
    assert not Path("a.html").exists()
