"""`policy due`: what falls due, arranged, within what time, in which form."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest

SMALL = str(Path(__file__).parents[1] / "data" / "small")
TALKS = (
    "T1,定期谈话,P1,2026-06-01,是",  # overdue since 2026-07-01
    "T2,定期谈话,P2,2026-06-25,是",  # 2026-07-25
    "T3,定期谈话,P1,2026-07-08,是",  # 2026-08-07
    "T4,定期谈话,P1,2026-07-01,是",  # reported
    "T5,定期谈话,P2,,是",  # nobody knows
    "T6,定期谈话,P2,2026-07-15,是",  # 2026-08-14
)
AS_OF = ("--pack", SMALL, "--as-of", "2026-07-15", "--select", "S-1")


@pytest.fixture(autouse=True)
def data(bare, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "谈话.csv").write_text("\n".join(("谈话编号,谈话类型,被谈话人,结束日期,个别谈话", *TALKS)) + "\n", "utf-8")
    (folder / "报告.csv").write_text("报告编号,谈话,报告日期\nR4,T4,2026-07-10\n", "utf-8")
    (folder / "人员.csv").write_text("人员编号,姓名\nP1,张三\nP2,李四\n", "utf-8")


BY_DAY = """\
小办法：到期清单
规则包 small 1.0 · 检查基准日 2026-07-15 · 列到 2026-08-07 · policy 0.1.0

已逾期 1 项；2026-08-07 前（含当日）到期 2 项

■ 已逾期：1 项
  〔不合规〕 article 1 paragraph 1 三十日内报告（S-1-a）
    责任主体：人员 P1；对象：谈话 T1
    期限：2026-07-01，已过 14 天
    位置：data/谈话.csv 第2行C、D列
    建议：督促补报

■ 2026-07-25（星期六），还有 10 天：1 项
  〔未到期〕 article 1 paragraph 1 三十日内报告（S-1-a）
    责任主体：人员 P2；对象：谈话 T2
    位置：data/谈话.csv 第3行C、D列

■ 2026-08-07（星期五），还有 23 天：1 项
  〔未到期〕 article 1 paragraph 1 三十日内报告（S-1-a）
    责任主体：人员 P1；对象：谈话 T3
    位置：data/谈话.csv 第4行C、D列

  - 另有 1 项缺少数据，算不出期限，未列入；policy check 可看到缺什么
  - 数据问题 1 处，清单可能因此不全；见 policy check

以上结果由记录核对得出，说明相关记录不符合所列条款的要求或尚待核实，不是对人的结论，供研判。
"""


def test_by_day(run):
    assert run("due", "data", *AS_OF, "--within", "23d", "--lang", "zh") == (0, BY_DAY, "")


def test_by_bearer_and_by_rule(run):
    _, out, _ = run("due", "data", *AS_OF, "--within", "30日", "--by", "bearer")
    assert [line for line in out.splitlines() if line.startswith("■")] == ["■ person P1: 2", "■ person P2: 2"]
    assert "    due: 2026-07-01, 14 days ago" in out and "owed by" not in out
    _, out, _ = run("due", "data", *AS_OF, "--by", "rule")
    assert [line for line in out.splitlines() if line.startswith("■")] == ["■ article 1 paragraph 1 三十日内报告 (S-1-a): 4"]


@pytest.mark.parametrize(
    ("words", "count"),
    [(("--within", "0d"), 1), (("--within", "1w"), 1), (("--within", "10 天"), 2), (("--within", "１个月"), 4), (("--within", "9999m"), 4),
     (("--until", "2026-08-13"), 3), (("--until", "2026年8月14日"), 4)],
)  # fmt: skip
def test_how_far(run, words, count):
    _, out, _ = run("due", "data", *AS_OF, *words, "-o", "json")
    document = json.loads(out)
    assert len(document["outcomes"]) == document["summary"]["outcomes"] == count
    assert document["window"]["undated"] == 1


def test_nothing(run):
    status, out, _ = run("due", "data", "--pack", SMALL, "--as-of", "2026-06-02", "--within", "1d", "--select", "S-1")
    assert status == 0 and "nothing falls due until 2026-06-03, and nothing is overdue" in out


def test_a_calendar(run):
    status, _, error = run("due", "data", *AS_OF, "--within", "10d", "-o", "ics=due.ics")
    assert status == 0
    found = list(icalendar.Calendar.from_ical(Path("due.ics").read_bytes()).walk("VEVENT"))
    assert [event["DTSTART"].dt.isoformat() for event in found] == ["2026-07-15", "2026-07-25"]
    assert "P1" not in found[0]["SUMMARY"], "a calendar is carried about: persons are masked unless asked otherwise"
    run("due", "data", *AS_OF, "--within", "10d", "-o", "ics=due.ics", "--mask", "none")
    assert b"P1" in Path("due.ics").read_bytes()


def test_the_reports_of_the_units_file_are_not_overwritten(run):
    Path("policy.toml").write_text(f'规则包 = {json.dumps(SMALL)}\n数据 = "data"\n输出 = "json=报告.json"\n选用 = "S-1"\n', "utf-8")
    status, out, error = run("due", "--as-of", "2026-07-15")
    assert (status, error) == (0, "") and "overdue: 1" in out and not Path("报告.json").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--within", "soon"), "`--within` takes a span such as 30d, 2w or 2m, not `soon`"),
        (("--within", "30"), "`--within` takes a span such as 30d, 2w or 2m, not `30`"),
        (("--within", "3d", "--until", "2026-08-01"), "choose either --within or --until"),
        (("--until", "2026-07-14"), "`--until 2026-07-14` lies before the as-of day 2026-07-15"),
        (("--by", "month"), "`--by` cannot be `month`, choose from: day, bearer, rule"),
    ],
)
def test_mistakes_in_the_command(run, words, said):
    assert run("due", "data", *AS_OF, *words) == (2, "", f"policy: {said}\n")
