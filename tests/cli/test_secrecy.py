"""Marks of secrecy stop a run with status 3 before anything is judged, unless the machine is declared for them."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

SMALL = str(Path(__file__).parents[1] / "data" / "small")
WORDS = ("check", "data", "--pack", SMALL, "--as-of", "2026-07-15", "--extra", "谈话.密级")
HEADER = "谈话编号,谈话类型,被谈话人,结束日期,个别谈话,密级"


@pytest.fixture(autouse=True)
def surroundings(bare, tmp_path):
    (tmp_path / "data").mkdir()
    data("T1,定期谈话,P1,2026-04-08,是,机密★10年", "T2,及时谈话,P1,2026-02-30,否,")


def data(*rows):
    Path("data/谈话.csv").write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")


@pytest.mark.parametrize("more", [(), ("--keep-going",), ("--all", "-o", "json=out.json"), ("--secrecy", "confidential"), ("--secrecy", "公开")])
def test_a_mark_stops_the_run_before_anything_else(run, more):
    status, out, error = run(*WORDS, *more)
    assert (status, out) == (3, "")
    first, last = error.splitlines()
    assert first == "secrecy: data/谈话.csv row 2, column F: marked `secret`"
    assert last.startswith(f"this machine is declared for `{dict([more]).get('--secrecy', 'work_secret') if len(more) == 2 else 'work_secret'}`".replace("公开", "public"))
    assert not Path("out.json").exists()
    for content in ("T1", "2026-02-30", "10年"):
        assert content not in error


def test_in_chinese_with_what_to_do(run):
    _, _, error = run(*WORDS, "--lang", "zh")
    assert error.startswith("密级：data/谈话.csv 第2行F列：标有 `机密`\n本机的保密级别为 `工作秘密`")
    assert "用 --secrecy 说明它的级别" in error


def test_the_name_of_the_folder(run, monkeypatch):
    data("T1,定期谈话,P1,2026-04-08,是,")
    folder = Path("台账（机密）")
    Path("data").rename(folder)
    status, _, error = run("check", str(folder), *WORDS[2:])
    assert (status, error.splitlines()[0]) == (3, "secrecy: 台账（机密）: marked `secret`")
    monkeypatch.chdir(folder)
    status, _, error = run("check", "谈话.csv", *WORDS[2:])
    assert (status, error.splitlines()[0]) == (3, "secrecy: 台账（机密）: marked `secret`")


def test_the_header_of_a_page(run):
    book = openpyxl.Workbook()
    book.active.title = "谈话"
    book.active.append(HEADER.split(","))
    book.active.append(["T1", "定期谈话", "P1", "2026-04-08", "是", None])
    book.active.oddHeader.left.text = "机密★10年"
    book.save("台账.xlsx")
    arguments = ("check", "台账.xlsx", *WORDS[2:])
    assert run(*arguments)[::2] == (3, f"secrecy: 台账.xlsx [谈话], a header or footer of its pages: marked `secret`\n{run(*WORDS)[2].splitlines()[1]}\n")
    assert run(*arguments, "--lang", "zh")[2].startswith("密级：台账.xlsx「谈话」的页眉或页脚：标有 `机密`\n")
    assert run(*arguments, "--secrecy", "机密")[0] != 3


def test_what_is_no_state_secret_is_not_called_one(run):
    data("T1,定期谈话,P1,2026-04-08,是,工作秘密")
    assert "State secrets" not in run(*WORDS, "--secrecy", "public")[2]
    assert "国家秘密" not in run(*WORDS, "--secrecy", "public", "--lang", "zh")[2]


def test_many_marks(run):
    data(*(f"T{number},,,,,绝密" for number in range(13)))
    _, _, error = run(*WORDS)
    assert len(error.splitlines()) == 12 and "\nand 3 more\n" in error


@pytest.mark.parametrize("level", ["secret", "机密", "top_secret"])
@pytest.mark.parametrize("by", ["flag", "environment"])
def test_a_machine_that_is_declared_for_it(run, monkeypatch, level, by):
    if by == "environment":
        monkeypatch.setenv("POLICY_SECRECY", level)
    flags = ("--secrecy", level) if by == "flag" else ()
    status, out, error = run(*WORDS, *flags, "--keep-going", "-o", "json")
    assert (status, error) == (1, "")
    assert json.loads(out)["secrecy"] == "secret"
    assert "密级：数据中标有的最高密级为“机密”" in run(*WORDS, *flags, "--keep-going", "--lang", "zh")[1]


def test_what_is_below_the_level_is_kept_for_the_report(run):
    data("T1,定期谈话,P1,2026-04-08,是,工作秘密")
    assert "secrecy: the highest mark in the data is `work_secret`" in run(*WORDS)[1]
    assert run(*WORDS, "--secrecy", "internal")[0] == 3
    data("T1,定期谈话,P1,2026-04-08,是,")
    assert "secrecy" not in run(*WORDS)[1]


def test_a_level_that_there_is_not(run):
    status, _, error = run(*WORDS, "--secrecy", "最高")
    assert status == 2 and error.startswith("policy: `--secrecy` cannot be `最高`, choose from: public, internal")


def test_the_title_row_of_a_ledger(run):
    Path("data/谈话.csv").write_text("某县监督谈话台账,,密级：秘密★5年\n", "utf-8")
    assert run(*WORDS)[0] == 3


def test_cases_are_never_stopped(run):
    Path("p").mkdir()
    text = (
        'pack p version "1" end\nenum mark secret "机密" end\nentity talk id : text key mark : mark secrecy end\n'
        'rule P-1 "t" basis "b" for each talk must talk.mark is filled otherwise fail "x" end\n'
        'case "c" as of 2026-01-01 given talk\n| id | mark |\n| T1 | 机密 |\nexpect P-1 T1 satisfied end\n'
    )
    Path("p/p.policy").write_text(text, "utf-8")
    assert run("test", "p")[0] == 0
