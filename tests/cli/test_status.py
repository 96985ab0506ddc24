"""The exit status of a run: each row of the table in `docs/pipelines.md` is run as it stands there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "pipelines.md").read_text("utf-8")
HEAD = "| in the data | severity | besides | flags and variables | status |\n"
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.partition(HEAD)[2].split("\n\n")[0].splitlines()[1:]]

PACK = """
pack status version "1"
  regulation "regulation.md"
  nonworking none
end
entity item "事项"
  id      : text key      "编号"
  start   : date          "开始日期"
  kind    : text optional "种类"
  excused : bool optional "例外"
end
entity mark "记录"
  id   : text key             "编号"
  item : ref item             "事项"
  date : date optional occurs "日期"
  size : int optional         "数量"
end
""" + "".join(
    f"""
rule {severity}-1 "done" basis article 1 for each item where item.kind is "due"
  when item.start after 2026-01-01 except item.excused basis "x"
  must exist mark such that mark.item is item due 3 days after item.start otherwise {severity} "x" end
rule {severity}-2 "asked" basis article 1 for each item where item.kind is "ask" attest "is it so" otherwise {severity} "x" end
"""
    for severity in ("fail", "warn", "advise")
)

STATES = {
    "satisfied": ("2026-05-01,due,", "2026-05-02"),
    "violated": ("2026-05-01,due,", None),
    "late": ("2026-05-01,due,", "2026-05-06"),
    "unknown": ("2026-05-01,due,", ""),
    "due_soon": ("2026-05-10,due,", None),
    "attest": ("2026-05-01,ask,", None),
    "not applicable": ("2025-05-01,due,", None),
    "nothing that a rule is about": ("2026-05-01,other,", None),
    "no rows": (None, None),
}
"""A row of the item, without its key, and the day of its mark (None: it has none)."""

WAIVERS = {
    "waiver in force": "W1,{rule},I1,r,a,2026-05-01,",
    "waiver lapsed": "W1,{rule},I1,r,a,2026-05-01,2026-05-05",
    "waiver not yet in force": "W1,{rule},I1,r,a,2026-05-20,",
    "waiver without approver": "W1,{rule},I1,r,,2026-05-01,",
    "waiver for another subject": "W1,{rule},I2,r,a,2026-05-01,",
}


@pytest.fixture
def folder(bare, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "status.policy").write_text(PACK, "utf-8")
    (tmp_path / "pack" / "regulation.md").write_text("### Article 1\n\nx\n", "utf-8")
    (tmp_path / "data").mkdir()
    return tmp_path


def write(folder: Path, state: str, severity: str, besides: str) -> None:
    """The data of a row of the table, and what it says besides."""
    item, mark = STATES[state]
    excused = "yes" if besides == "excused by an exception" else "no"
    items = [] if item is None else [f"I1,{item}{excused}"]
    marks = [] if mark is None else [f"M1,I1,{mark},"]
    if besides == "an error in the data":
        marks.append("M2,I1,2026-05-02,many" if mark is not None else "M2,I2,2026-05-02,many")
    if besides == "a mark above the level":
        items.append("I2,2026-05-01,机密,no")
    (folder / "data" / "item.csv").write_text("\n".join(["id,start,kind,excused", *items, ""]), "utf-8")
    (folder / "data" / "mark.csv").write_text("\n".join(["id,item,date,size", *marks, ""]), "utf-8")
    if besides in WAIVERS:
        row = WAIVERS[besides].format(rule=f"{severity}-1")
        (folder / "data" / "waiver.csv").write_text(f"id,rule,subject,reason,approver,date,valid_until\n{row}\n", "utf-8")
    if besides == "policy.toml says 警告":
        (folder / "policy.toml").write_text('失败级别 = "警告"\n', "utf-8")


@pytest.mark.parametrize(("state", "severity", "besides", "given", "status"), ROWS, ids=[" ".join(filter(None, row)) for row in ROWS])
def test_a_row_of_the_table(run, folder, monkeypatch, state, severity, besides, given, status):
    write(folder, state, severity, besides)
    words = shlex.split(given.strip("`"))
    variables = [word for word in words if word.startswith("POLICY_")]
    for name, _, value in (variable.partition("=") for variable in variables):
        monkeypatch.setenv(name, value)
    flags = [word for word in words if word not in variables]
    command = ["check", "data", "--pack", "pack", "--as-of", "2026-05-11"]
    if "baseline" in besides:
        only = ["--ignore", severity] if besides == "baseline without it" else []
        run(*command, "-o", "json=before.json", *only)
        flags += ["--baseline", "before.json"]
    if not {"--select", "--ignore"} & set(flags):
        command += ["--select", severity]
    found, out, error = run(*command, *flags, "-o", "json")
    assert found == int(status), error
    if found < 2:
        told = {outcome["status"] for outcome in json.loads(out)["outcomes"]}
        hidden = "excused" in besides or besides == "waiver in force" or any(word in flags for word in ("--ignore", "--select"))
        assert hidden or "--all" in flags or told == ({state} if state in ("violated", "late", "unknown", "due_soon", "attest") else set())


def test_the_table_has_every_status_and_flag():
    assert len(ROWS) > 45
    assert {row[4] for row in ROWS} == {"0", "1", "2", "3"}
    said = " ".join(row[3] for row in ROWS)
    assert all(flag in said for flag in ("--fail-on-empty", "--exit-zero", "--fail-on unknown", "--keep-going", "--secrecy"))
    assert {row[2] for row in ROWS} >= WAIVERS.keys()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("no rows", "没有读到记录，什么也没有核对；请检查数据的路径和导出是否完整\n"),
        ("nothing that a rule is about", "没有可核对的事项：没有一条规则适用于这些记录；请检查规则包、检查基准日和 --select、--ignore\n"),
    ],
)
def test_a_run_that_judged_nothing_says_why_it_fails(run, folder, state, said):
    write(folder, state, "fail", "")
    assert run("check", "data", "--pack", "pack", "--as-of", "2026-05-11", "--lang", "zh", "--fail-on-empty", "-o", "gitlab") == (1, "[]\n", error_of(folder) + said)
    assert run("check", "data", "--pack", "pack", "--as-of", "2026-05-11", "--lang", "zh", "-o", "gitlab") == (0, "[]\n", "")


def error_of(folder: Path) -> str:
    """What a run says that makes the masking key."""
    return f"已新建掩码密钥 {folder}/state/policy/mask.key；请妥善保管，换了密钥化名就会变，得到密钥的人可以试出化名是谁\n"


def test_the_flags_are_no_settings_of_a_unit(run, folder):
    write(folder, "satisfied", "fail", "")
    Path("policy.toml").write_text("exit-zero = true\n", "utf-8")
    status, _, error = run("check", "data", "--pack", "pack", "--lang", "zh")
    assert status == 2 and re.search("--exit-zero", error)
