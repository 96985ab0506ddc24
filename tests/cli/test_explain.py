"""`policy explain`: what a rule says, and why an outcome is what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policy.lang.proof import KINDS
from policy.width import width

SMALL = str(Path(__file__).parents[1] / "data" / "small")
FLAGS = ("--pack", SMALL, "--as-of", "2026-07-15")

pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    talks = "谈话编号,谈话类型,被谈话人,结束日期,个别谈话\nT1,定期谈话,P1,2026-04-08,是\nT2,及时谈话,P1,2026-07-01,否\nT3,及时谈话,P1,,\n"
    (folder / "谈话.csv").write_text(talks, "utf-8")
    (folder / "人员.csv").write_text("人员编号,姓名\nP1,张三\n", "utf-8")
    (folder / "报告.csv").write_text("报告编号,谈话,报告日期\nR1,T2,2026-07-10\nR2,T1,2026-05-09\n", "utf-8")
    return folder


def test_a_late_finding_in_chinese(run, data):
    status, out, error = run("explain", "S-1-a", "T1", "data", *FLAGS, "--lang", "zh")
    assert (status, error) == (0, "")
    assert out == """\
S-1-a 谈话 T1：逾期完成（检查基准日 2026-07-15）
第一条第一款：谈话后应当报告。
规则 S-1-a：三十日内报告
✓ 规则适用于该对象
  ✓ 谈话“结束日期”不早于施行日 2026-01-30  [data/谈话.csv 第2行D列：2026-04-08]
期限：2026-05-08
  谈话.结束日期 后 报告期限：2026-05-08  [data/谈话.csv 第2行D列：2026-04-08]
    报告期限：30日
✓ 应当：存在 报告 使得 报告.谈话 为 谈话
  在报告 2 行中找到
  ✓ 报告 R2  [data/报告.csv 第3行C列：2026-05-09]
    ✓ 报告.谈话 为 谈话  [data/报告.csv 第3行B列：T1]
  2026-05-09 完成，超过期限 2026-05-08 有 1 日
整改建议：督促补报

指纹 8e1f4ae31bd6f5d3；以上各步已由独立的校验程序逐一复核。… 处可用 --all 展开。供研判
""".replace("8e1f4ae31bd6f5d3", out.split("指纹 ")[1][:16])


def test_an_unknown_finding_in_english(run, data):
    status, out, error = run("explain", "S-1-a T3", "data", *FLAGS)
    assert (status, error) == (0, "")
    assert out.partition("\n\n")[0] == """\
S-1-a talk T3: unknown (as of 2026-07-15)
article 1 paragraph 1: 谈话后应当报告。
rule S-1-a: 三十日内报告
? the rule applies
  ? talk.end no earlier than the effective day 2026-01-30  [data/谈话.csv row 4, column D: empty]
due: cannot be told
  talk.end plus report_days: missing  [data/谈话.csv row 4, column D: empty]
    report_days: 30 days
cannot be told without talk.end
  end of talk T3 is empty  [data/谈话.csv row 4, column D: empty]
    with 2026-01-29 or before: not_applicable
    with 2026-01-30 to 2026-06-14: violated
    with 2026-06-15 to 2026-06-20: due_soon
    with 2026-06-21 to 2026-07-15: pending"""


def test_by_the_beginning_of_a_fingerprint(run, data):
    run("check", "data", *FLAGS, "-o", "json=report.json", "--all")
    outcomes = json.loads(Path("report.json").read_text("utf-8"))["outcomes"]
    for outcome in outcomes:
        status, out, error = run("explain", outcome["fingerprint"][:8], "data", *FLAGS)
        assert (status, error) == (0, "")
        assert out.startswith(f"{outcome['rule']} talk {outcome['subject']['talk']}: {outcome['status']}")
        assert outcome["fingerprint"] in out


def test_for_machines(run, data):
    status, out, _ = run("explain", "S-2-a", "T2", "data", *FLAGS, "-o", "json", "--lang", "zh")
    told = json.loads(out)
    assert (status, told["tool"], told["rule"], told["subject"], told["status"]) == (0, "policy", "S-2-a", "T2", "violated")
    assert [line["kind"] for line in told["lines"]] == ["verdict", "basis", "rule", "applies", "duty", "remedy"]
    assert {line["kind"] for line in told["lines"]} <= set(KINDS)
    duty = told["lines"][4]
    assert (duty["truth"], duty["text"]) == ("false", "应当：谈话.个别谈话")
    assert duty["cells"] == [
        {
            "entity": "talk", "key": "T2", "field": "private", "name": "谈话“个别谈话”", "place": "data/谈话.csv 第3行E列",
            "file": "data/谈话.csv", "sheet": None, "row": 3, "column": "E", "value": "否", "confidential": False,
        }
    ]  # fmt: skip


def test_a_rule(run):
    status, out, error = run("explain", "S-1-a", "--pack", SMALL, "--set", "report_days=20 days", "--lang", "zh")
    assert (status, error) == (0, "")
    assert out == """\
S-1-a 三十日内报告（不合规）

第一条
  谈话后应当报告。

规则 S-1-a “三十日内报告”
  依据 第一条第一款
  责任主体 talk.talkee
  对象 每个 talk
  应当 存在 report 使得 report.talk 为 talk
  期限 talk.end 后 report_days
  违反时 不合规 “应于{due}前报告，实际{fulfilled}”
  整改建议 “督促补报”
完

参数
  报告期限（report_days）：20日，默认 30日；可选：1日 至 90日

案例（2 个）
  最后一天仍属按期（基准日 2026-07-15）
    T1：合规，期限 2026-05-08，完成日 2026-05-08
  次日逾期（基准日 2026-07-15）
    T1：逾期完成
"""


def test_a_rule_for_machines(run):
    status, out, _ = run("explain", "S-1-a", "--pack", SMALL, "-o", "json", "--lang", "en")
    told = json.loads(out)
    assert (status, told["rule"], told["severity"], told["articles"][0]["text"]) == (0, "S-1-a", "fail", "谈话后应当报告。")
    assert told["parameters"] == [{"name": "report_days", "label": "报告期限", "value": "30 days", "default": "30 days"}]
    assert [case["as_of"] for case in told["cases"]] == ["2026-07-15", "2026-07-15"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name what to explain"),
        (("S-1-b",), "the pack has no rule `S-1-b`; did you mean `S-1-a`?"),
        (("S-1-b", "T1", "data"), "the pack has no rule `S-1-b`; did you mean `S-1-a`?"),
        (("Quatsch",), "the pack has no rule `Quatsch`; policy doc lists them"),
        (("S-1-a", "T11", "data"), "did you mean `T1`?"),
        (("S-1-a", "Unsinn", "data"), "rule S-1-a has no subject `Unsinn`: not in the data, or out of the rule's scope; policy check --all lists them"),
        (("S-1-a", "data"), "no subject is named; for example: policy explain S-1-a T1 data"),
        (("abc", "data"), "the fingerprint `abc` is too short, give 6 characters or more"),
        (("abcdef01", "data"), "no outcome's fingerprint begins with `abcdef01`: the data or the day may have changed"),
        (("S-1-a", "T1"), "no data given"),
        (("abcdef01",), "no data given"),
        (("S-1-a", "T1", "data", "-o", "html"), "`--output` cannot be `html`"),
        (("S-1-a", "T1", "nowhere"), "`nowhere`: no such file or folder"),
    ],
)
def test_what_cannot_be_explained(run, data, words, said):
    status, out, error = run("explain", *words, *FLAGS)
    assert (status, out) == (2, "")
    assert said in error and error.count("\n") <= 2


def test_a_fingerprint_with_a_slip(run, data):
    run("check", "data", *FLAGS, "-o", "json=report.json")
    right = json.loads(Path("report.json").read_text("utf-8"))["outcomes"][0]["fingerprint"]
    slipped = right[:3] + ("0" if right[3] != "0" else "1") + right[4:]
    status, _, error = run("explain", slipped, "data", *FLAGS)
    assert (status, f"did you mean `{right}`?" in error) == (2, True)


def test_data_named_by_the_unit(run, data, monkeypatch):
    """Where the reports of a check go is no concern of an explanation."""
    Path("policy.toml").write_text(f'数据 = ["data"]\n规则包 = "{SMALL}"\n输出 = ["json=报告.json"]\n', "utf-8")
    monkeypatch.setenv("POLICY_OUTPUT", "json=report.json")
    status, out, error = run("explain", "S-1-a", "T1", "--as-of", "2026-07-15", "--lang", "en")
    assert (status, error) == (0, "")
    assert out.startswith("S-1-a talk T1: late")


def test_a_confidential_value_is_not_shown(run, tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "a.policy").write_text(
        'pack p version "1"\nend\n\nentity person\n  id : text key\n  illness : text optional confidential\n  age : int optional\nend\n\n'
        'rule P-1 "x"\n  basis "b"\n  for each person\n  let words be length(person.illness)\n'
        '  must words < 3 or person.illness is "none"\n  otherwise fail "x"\nend\n',
        "utf-8",
    )
    Path("person.csv").write_text("id,illness,age\nA,rarepox,77\n", "utf-8")
    status, out, error = run("explain", "P-1", "A", "person.csv", "--pack", str(folder))
    assert (status, error) == (0, "")
    assert "words: (confidential)" in out and "[person.csv row 2, column B: (confidential)]" in out
    machines = run("explain", "P-1", "A", "person.csv", "--pack", str(folder), "-o", "json")[1]
    assert "rarepox" not in out + machines and "words: 7" not in out + machines


def test_a_usual_finding_fits_on_a_screen(run, tmp_path):
    assert run("sample", "-o", "sample", "--format", "csv")[0] == 0
    words = ("sample/csv", "--as-of", "2026-11-24", "--lang", "zh")
    run("check", *words, "-o", "json=report.json")
    outcomes = json.loads(Path("report.json").read_text("utf-8"))["outcomes"]
    by_rule = {outcome["rule"]: outcome for outcome in outcomes}
    lengths = {}
    for rule, outcome in list(by_rule.items())[::4]:
        status, out, error = run("explain", outcome["fingerprint"], *words)
        assert (status, error) == (0, "")
        lengths[rule] = out.count("\n")
        assert all(width(line) <= 100 for line in out.splitlines()[:-1])
    assert sorted(lengths.values())[len(lengths) // 2] <= 45, lengths
