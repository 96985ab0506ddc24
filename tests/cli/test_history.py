"""`policy check --history` and `policy history`: runs kept, the trend, what a month changed."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

SMALL = str(Path(__file__).parents[1] / "data" / "small")
HEADER = "谈话编号,谈话类型,被谈话人,结束日期,个别谈话"
TALKS = ("T1,定期谈话,P1,2026-04-08,是", "T2,及时谈话,P1,2026-05-01,否", "T3,及时谈话,P2,2026-05-01,")


@pytest.fixture
def keep(run, tmp_path):
    """Judges talks and keeps the run."""

    def keep(day: str, talks=TALKS, reports=(), *flags: str) -> int:
        data = tmp_path / "data"
        data.mkdir(exist_ok=True)
        (data / "谈话.csv").write_text("\n".join((HEADER, *talks)) + "\n", "utf-8")
        (data / "报告.csv").write_text("\n".join(("报告编号,谈话,报告日期", *reports)) + "\n", "utf-8")
        (data / "人员.csv").write_text("人员编号,姓名\nP1,张三\nP2,李四\n", "utf-8")
        status, _, error = run("check", "data", "--pack", SMALL, "--as-of", day, "--history", "runs.sqlite", "-o", "json=r.json", *flags)
        assert error == "" or "masking key" in error
        return status

    return keep


@pytest.fixture
def three_months(keep):
    keep("2026-04-30", TALKS[:1])
    keep("2026-05-31")
    keep("2026-06-15", (TALKS[0], TALKS[1].replace("否", "是"), TALKS[2] + "否"), ("R1,T1,2026-05-20",))


CHINESE = """\
小办法：历次核对
文件 runs.sqlite · 规则包 small · 3 次

历次核对
  检查基准日  不合规  逾期完成  待核实  临期  需人工认定  规则包版本  policy  记录时间（UTC）
  2026-04-30       ·         ·       ·     ·           ·  1.0         0.1.0   *
  2026-05-31       2         ·       1     2           ·  1.0         0.1.0   *
  2026-06-15       3         1       ·     ·           ·  1.0         0.1.0   *

各规则每月的不合规、逾期完成项数（每月最后一次核对）
  规则   2026-04  2026-05  2026-06  名称
  S-1-a        ·        1        3  三十日内报告
  S-2-a        ·        1        1  个别谈话
  合计         ·        2        4

各责任主体每月的不合规、逾期完成项数（每月最后一次核对）
  责任主体  2026-04  2026-05  2026-06
  人员 P1         ·        1        2
  人员 P2         ·        ·        1

2026-06 的变化，与 2026-05-31 的核对相比：新增 3、已变化 1、已消除 1
  - S-1-a T1：逾期完成（已变化，原为不合规）
  - S-1-a T2：不合规（新增，原为临期）
  - S-1-a T3：不合规（新增，原为临期）
  - S-2-a T3：不合规（新增，原为待核实）
  - S-2-a T2：原为不合规，现为合规
"""


def test_in_chinese(run, three_months):
    status, out, error = run("history", "runs.sqlite", "--lang", "zh")
    assert (status, error) == (0, "")
    assert re.sub(r"\d{4}-\d\d-\d\dT[\d:+]+", "*", out) == CHINESE


def test_in_english_a_month_of_before(run, three_months):
    status, out, _ = run("history", "runs.sqlite", "--month", "2026年5月", "--last", "1")
    assert status == 0
    assert "  rule   2026-05  title\n  S-1-a        1  三十日内报告\n" in out
    assert "what 2026-05 changed, against the run as of 2026-04-30: new 5\n  - S-1-a T1: violated (new)\n" in out
    _, out, _ = run("history", "runs.sqlite", "--month", "2026-04")
    assert out.splitlines()[-1] == "2026-04 is the first month, so there is nothing to compare it with"


def test_as_json(run, three_months):
    _, out, _ = run("history", "runs.sqlite", "-o", "json")
    document = json.loads(out)
    assert [one["as_of"] for one in document["runs"]] == ["2026-04-30", "2026-05-31", "2026-06-15"]
    june = document["months"][2]
    assert june["by_rule"]["S-1-a"] == {"violated": 2, "late": 1}
    assert june["by_bearer"][0] == {"entity": "person", "key": "P1", "by_status": {"violated": 1, "late": 1}}
    assert june["changed"]["counts"] == {"new": 3, "updated": 1, "unchanged": 0, "resolved": 1, "gone": 0, "not_run": 0}
    assert june["changed"]["changes"][0] == {"rule": "S-1-a", "subject": ["T1"], "state": "updated", "was": "violated", "now": "late"}
    assert june["changed"]["absent"] == [{"rule": "S-2-a", "subject": ["T2"], "state": "resolved", "was": "violated", "now": "satisfied"}]


def test_as_a_workbook(run, three_months):
    status, _, error = run("history", "runs.sqlite", "--lang", "zh", "-o", "xlsx=趋势.xlsx")
    assert (status, error) == (0, "")
    book = load_workbook(io.BytesIO(Path("趋势.xlsx").read_bytes()))
    assert book.sheetnames == ["历次核对", "规则", "责任主体", "变化"]
    assert [[cell.value for cell in row] for row in book["规则"].iter_rows()][1] == ["S-1-a", 0, 1, 3, "三十日内报告"]
    assert ["2026-06", "S-2-a T2：原为不合规，现为合规"] in [[cell.value for cell in row] for row in book["变化"].iter_rows()]


def test_neither_names_nor_messages_are_kept(three_months):
    content = Path("runs.sqlite").read_bytes()
    assert "张三".encode() not in content and "应于".encode() not in content and "谈话.csv".encode() not in content


def test_masked_where_it_is_asked_for(keep):
    keep("2026-05-31", TALKS, (), "--mask", "names")
    with sqlite3.connect("runs.sqlite") as base:
        keys = {key for (key,) in base.execute("SELECT bearer_key FROM outcome WHERE bearer_key NOT NULL")}
    base.close()
    assert len(keys) == 2 and all(key.startswith("p-") for key in keys)


def test_the_last_run_is_a_baseline(keep, run):
    keep("2026-05-31")
    assert keep("2026-05-31", (*TALKS, "T4,及时谈话,P1,2026-03-01,是"), (), "--baseline", "runs.sqlite") == 1
    document = json.loads(Path("r.json").read_text("utf-8"))
    assert document["baseline"]["counts"] == {"new": 1, "updated": 0, "unchanged": 5, "resolved": 0, "gone": 0, "not_run": 0}
    assert keep("2026-05-31", (*TALKS, "T4,及时谈话,P1,2026-03-01,是"), (), "--baseline", "runs.sqlite") == 0


def test_the_units_file_names_it_and_it_is_no_data(keep, run):
    keep("2026-05-31")
    Path("data/policy.toml").write_text(f'规则包 = {json.dumps(SMALL)}\n历史 = "历次.sqlite"\n', "utf-8")
    for count in (1, 2):
        assert run("check", "data", "--as-of", "2026-05-31", "-o", "jsonl=x.jsonl")[::2] == (1, "")
        _, out, _ = run("history", "data/历次.sqlite", "-o", "json")
        assert len(json.loads(out)["runs"]) == count


def test_a_run_that_fails_is_not_kept(keep, run):
    keep("2026-05-31")
    Path("data/谈话.csv").write_text(HEADER + "\nT1,定期谈话,P1,someday,是\n", "utf-8")
    assert run("check", "data", "--pack", SMALL, "--history", "runs.sqlite")[0] == 2
    _, out, _ = run("history", "runs.sqlite", "-o", "json")
    assert len(json.loads(out)["runs"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none.sqlite",), "`none.sqlite`: cannot be read or written (No such file or directory)"),
        ((), "name one file, as in: policy history runs.sqlite"),
        (("runs.sqlite", "-o", "html"), "`-o html` is to be text, json or xlsx, as in -o xlsx=trend.xlsx"),
        (("runs.sqlite", "--last", "0"), "`--last` is at least 1, not 0"),
        (("runs.sqlite", "--month", "May"), "`--month` takes a month such as 2026-05, not `May`"),
        (("runs.sqlite", "--month", "2026-07"), "no run was kept of 2026-07; there are: 2026-05"),
        (("r.json",), "`r.json`: is no file of kept runs; name another file"),
    ],
)
def test_mistakes_in_the_command(run, keep, words, said):
    keep("2026-05-31")
    assert run("history", *words) == (2, "", f"policy: {said}\n")


def test_a_file_of_another_pack_or_of_none(run, keep, tmp_path):
    keep("2026-05-31")
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.policy").write_text(Path(SMALL, "pack.policy").read_text("utf-8").replace("pack small", "pack other"), "utf-8")
    (other / "regulation.md").write_text(Path(SMALL, "regulation.md").read_text("utf-8"), "utf-8")
    status, out, error = run("check", "data", "--pack", str(other), "--history", "runs.sqlite")
    assert (status, out) == (2, "") and error.startswith("policy: `runs.sqlite`: keeps runs by the pack `small`, and this one is by `other`")
    Path("empty.sqlite").write_bytes(b"")
    assert run("history", "empty.sqlite")[2].startswith("policy: `empty.sqlite`: has no runs yet; keep one with")
    Path("text.txt").write_text("x" * 5000, "utf-8")
    assert run("check", "data", "--pack", SMALL, "--history", "text.txt")[2] == "policy: `text.txt`: is no file of kept runs; name another file\n"
