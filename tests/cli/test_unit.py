"""The unit's file: where it is looked for, what comes before it, and that every report says by whose decision a parameter differs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from policy.cli import main

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "data" / "small"
AS_OF = ("--as-of", "2026-07-15")
TALKS = "谈话编号,谈话类型,被谈话人,结束日期,个别谈话\nT1,定期谈话,P1,2026-04-08,是\nT2,及时谈话,P1,2026-07-01,否\n"
WAIVER = '[[豁免]]\n豁免编号 = "W1"\n规则 = "S-2-a"\n对象 = "T2"\n理由 = "原因"\n批准人 = "办公室"\n批准日期 = 2026-07-02\n文件 = "办发〔2026〕9号"\n'
UNIT = '规则包 = "规则"\n数据 = "台账"\n[参数.报告期限]\n值 = "20日"\n依据 = "会议纪要3号"\n决定 = "书记专题会"\n'


@pytest.fixture(autouse=True)
def surroundings(bare, tmp_path, monkeypatch):
    folder = tmp_path / "unit"
    (folder / "台账").mkdir(parents=True)
    (folder / "规则").mkdir()
    for file in SMALL.iterdir():
        (folder / "规则" / file.name).write_bytes(file.read_bytes())
    (folder / "台账" / "谈话.csv").write_text(TALKS, "utf-8")
    (folder / "policy.toml").write_text(UNIT, "utf-8")
    monkeypatch.chdir(folder)


def unit(text: str, file: str = "policy.toml") -> None:
    Path(file).write_text(text, "utf-8")


def checked(run, *words: str) -> dict:
    status, out, error = run("check", *AS_OF, "-o", "json", *words)
    assert (status in (0, 1), error) == (True, ""), error
    return json.loads(out)


# --- which file ------------------------------------------------------------------------------------------------------


def test_the_command_of_every_day(run):
    status, out, error = run("check", "--lang", "zh", *AS_OF)
    assert (status, error) == (1, "")
    assert "  单位文件 policy.toml\n  参数 报告期限（report_days）：20日（默认 30日；来自 policy.toml，依据：会议纪要3号，书记专题会决定）\n" in out
    assert "  数据 台账/谈话.csv：谈话 2 行" in out


@pytest.mark.parametrize("data", ["台账", "台账/", "台账/谈话.csv", "."])
def test_it_is_found_beside_the_data(run, data):
    if data == ".":
        Path("谈话.csv").write_text(TALKS, "utf-8")
    document = checked(run, data)
    assert (document["unit"], document["pack"]["id"], len(document["inputs"])) == ("policy.toml", "small", 1)


def test_the_one_in_the_data_comes_before_the_one_beside(run):
    unit(f'规则包 = "{SMALL}"\n', "台账/policy.toml")
    document = checked(run, "台账")
    assert (document["unit"], document["parameters"], len(document["inputs"])) == ("台账/policy.toml", [], 1)


def test_from_another_folder_paths_start_from_the_file(run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    document = checked(run, "--unit", "unit/policy.toml")
    assert [one["name"] for one in document["inputs"]] == ["unit/台账/谈话.csv"]
    assert document["parameters"][0]["origin"] == "unit/policy.toml"
    assert checked(run, "unit/台账")["unit"] == "unit/policy.toml"


def test_a_file_that_an_editor_has_saved_as_a_text(run):
    Path("policy.toml").rename("policy.toml.txt")
    status, _, error = run("check", "台账", *AS_OF)
    assert (status, error[:60]) == (2, "policy: `policy.toml.txt` has .txt at its end and is not taken for the"[:60])
    assert run("check", *AS_OF)[0] == 2
    assert run("check", "台账", "--unit=", "--pack", "规则", *AS_OF)[0] == 1


def test_two_files_beside_the_data(run, tmp_path):
    (tmp_path / "b").mkdir()
    unit("", "../b/policy.toml")
    (tmp_path / "b" / "人员.csv").write_text("人员编号,姓名\n", "utf-8")
    status, _, error = run("check", "台账", "../b", *AS_OF)
    assert (status, error) == (2, "policy: there are several unit's files beside the data: policy.toml, ../b/policy.toml; name one with --unit\n")
    assert checked(run, "台账", "../b", "--unit", "policy.toml")["unit"] == "policy.toml"


def test_an_empty_name_means_none(run):
    assert checked(run, "台账", "--pack", "规则", "--unit=")["unit"] is None


def test_it_is_never_data(run):
    status, _, error = run("check", "policy.toml")
    assert status == 2 and error.startswith("policy: `policy.toml`: this is the unit's file and no data")
    unit(UNIT.replace('"台账"', '"."'), "别的.toml")
    Path("谈话.csv").write_text(TALKS, "utf-8")
    assert [one["name"] for one in checked(run, "--unit", "别的.toml")["inputs"]] == ["谈话.csv"]


def test_files_that_it_names_for_something_else_are_no_data(run):
    Path("台账/豁免.toml").write_text(WAIVER, "utf-8")
    Path("台账/放假.csv").write_text("日期,类型\n2026-07-20,放假\n", "utf-8")
    unit('豁免 = "台账/豁免.toml"\n日历 = "台账/放假.csv"\n' + UNIT)
    document = checked(run)
    assert [(one["name"], one["entity"]) for one in document["inputs"]] == [("台账/谈话.csv", "talk"), ("台账/豁免.toml", "waiver")]


def test_no_data_anywhere(run):
    unit("")
    assert run("check") == (2, "", "policy: no data given, and no policy.toml here that names them; for example: policy check data/\n")


def test_a_file_that_is_not_there(run):
    status, _, error = run("check", "--unit", "nowhere.toml")
    assert (status, error) == (2, "policy: `nowhere.toml`: cannot be read or written (No such file or directory)\n")


def test_a_run_without_one_imports_no_toml(run):
    import subprocess
    import sys

    Path("policy.toml").unlink()
    code = "import sys; from policy.cli import main; main(sys.argv[1:]); print([name for name in sys.modules if 'toml' in name and name != 'policy_toml'])"
    words = (sys.executable, "-c", code, "check", "台账", "--pack", "规则", *AS_OF)
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()[-1] == "[]"


# --- what comes first ------------------------------------------------------------------------------------------------



@pytest.mark.parametrize(
    ("key", "value", "variable", "flag", "seen"),
    [
        ("选用", "S-1", "S-2", "S-", lambda document: sorted(document["summary"]["by_rule"])),
        ("不用", "S-1", "S-2", "S-1-a", lambda document: sorted(document["summary"]["by_rule"])),
        ("豁免", "1.toml", "2.toml", "3.toml", lambda document: document["inputs"][-1]["name"]),
        ("规则包", "规则", "规则/pack.policy", str(SMALL), lambda document: document["pack"]["id"]),
    ],
)
def test_flag_before_environment_before_file_before_default(run, monkeypatch, key, value, variable, flag, seen):
    names = {"选用": "select", "不用": "ignore", "豁免": "waivers", "规则包": "pack"}
    for number in (1, 2, 3):
        Path(f"{number}.toml").write_text(WAIVER, "utf-8")
    rest = '数据 = "台账"\n' + ("" if key == "规则包" else '规则包 = "规则"\n')
    default = seen(checked(run, *(("--pack", "规则") if key == "规则包" else ())))
    unit(f'{key} = "{value}"\n{rest}')
    by_file = seen(checked(run))
    monkeypatch.setenv(f"POLICY_{names[key].upper()}", variable)
    by_variable = seen(checked(run))
    by_flag = seen(checked(run, f"--{names[key]}", flag))
    if key in ("选用", "不用"):
        own, other = ["S-1-a"], ["S-2-a"]
        expected = (["S-1-a", "S-2-a"], own, other, ["S-1-a", "S-2-a"]) if key == "选用" else (["S-1-a", "S-2-a"], other, own, other)
        assert (default, by_file, by_variable, by_flag) == expected
    elif key == "豁免":
        assert (default, by_file, by_variable, by_flag) == ("台账/谈话.csv", "1.toml", "2.toml", "3.toml")
    else:
        assert {default, by_file, by_variable, by_flag} == {"small"}


def test_where_to_stop_and_what_to_write(run, monkeypatch):
    unit('失败级别 = "待核实"\n输出 = "json=结果.json"\n选用 = "S-2"\n' + UNIT)
    Path("台账/谈话.csv").write_text(TALKS.replace("否", "是"), "utf-8")
    assert run("check", *AS_OF)[:2] == (0, "")
    Path("台账/谈话.csv").write_text(TALKS.replace("否", ""), "utf-8")
    assert run("check", *AS_OF)[:2] == (1, "")
    assert json.loads(Path("结果.json").read_text("utf-8"))["unit"] == "policy.toml"
    monkeypatch.setenv("POLICY_FAIL_ON", "warn")
    assert run("check", *AS_OF)[:2] == (0, "")
    assert run("check", *AS_OF, "--fail-on", "unknown", "-o", "text")[0] == 1


def test_secrecy(run, monkeypatch):
    Path("台账/谈话.csv").write_text(TALKS.replace("T2", "机密"), "utf-8")
    assert run("check", *AS_OF)[0] == 3
    unit('保密级别 = "机密"\n' + UNIT)
    assert checked(run)["secrecy"] == "secret"
    monkeypatch.setenv("POLICY_SECRECY", "秘密")
    assert run("check", *AS_OF)[0] == 3
    assert checked(run, "--secrecy", "top_secret")["secrecy"] == "secret"


def parameter(run, *words: str) -> list[tuple]:
    return [tuple(one.values()) for one in checked(run, *words)["parameters"]]


def test_parameters_are_set_one_by_one(run, monkeypatch):
    unit(UNIT + '[参数.临期天数]\n值 = "9日"\n依据 = "会议纪要4号"\n')
    due_soon = ("due_soon", "9 days", "5 days", "policy.toml", "会议纪要4号", None)
    assert parameter(run) == [due_soon, ("report_days", "20 days", "30 days", "policy.toml", "会议纪要3号", "书记专题会")]
    monkeypatch.setenv("POLICY_SET", "report_days=25 days")
    assert parameter(run) == [due_soon, ("report_days", "25 days", "30 days", "POLICY_SET", None, None)]
    assert parameter(run, "--set", "报告期限=26日") == [due_soon, ("report_days", "26 days", "30 days", "--set", None, None)]
    assert parameter(run, "--set", "报告期限=30日") == [due_soon]


# --- mistakes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("值 = 99日\n依据 = '纪要'", "error C308: `99日` is outside the bounds of parameter `report_days`, from 1 day to 90 days\n  ┌ policy.toml:4:5\n4 │ 值 = 99日\n  │ 　   ^^^^\n"),
        ("值 = 1个月\n依据 = '纪要'", "error C101: `1个月` is a period of months, but a period of days is needed here\n  ┌ policy.toml:4:5\n"),
        ("值 = “20日 3”\n依据 = '纪要'", "  ┌ policy.toml:4:10\n"),
        ("值 = 20日", "error D099: parameter `报告期限` says no basis and is refused\n  ┌ policy.toml:3:2\n"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be(run, text, said):
    unit(f"规则包 = '规则'\n数据 = '台账'\n[参数.报告期限]\n{text}\n")
    status, out, error = run("check", "--lang", "en", *AS_OF)
    assert (status, out) == (2, "")
    assert said in error


def test_a_parameter_that_there_is_not(run):
    unit("规则包 = '规则'\n数据 = '台账'\n[参数.报告期]\n值 = 20日\n依据 = '纪要'\n[参数.report_days]\n值 = 20日\n依据 = '纪要'\n[参数.报告期限]\n值 = 21日\n依据 = '纪要'\n")
    _, _, error = run("check", "--lang", "zh", *AS_OF)
    assert "错误 C006：没有叫 `报告期` 的参数\n  ┌ policy.toml:3:2\n" in error
    assert "  = 建议：是否想写 `报告期限`？\n" in error
    assert "错误 U27：参数 `报告期限` 写了两次，只能写一次\n  ┌ policy.toml:9:2\n" in error


def test_a_text_needs_no_second_quotes(run):
    pack = Path("规则/pack.policy")
    pack.write_text(pack.read_text("utf-8") + 'param office : text = "甲"\n  basis "b"\nend\n', "utf-8")
    unit(UNIT + '[参数.office]\n值 = "办公室 “综合” \\"一\\""\n依据 = "b"\n')
    assert parameter(run)[-1][:3] == ("office", '办公室 “综合” "一"', "甲")


# --- waivers ---------------------------------------------------------------------------------------------------------


def test_what_is_no_file_of_waivers(run):
    assert run("check", "--waivers", "台账", *AS_OF) == (2, "", "policy: `台账`: this is a folder; name each file of waivers\n")
    Path("waivers.toml").write_text("# none yet\n", "utf-8")
    problems = checked(run, "--waivers", "waivers.toml")["data_problems"]
    assert [(one["code"], one["file"], one["error"]) for one in problems if one["code"] == "U37"] == [("U37", "waivers.toml", False)]


def test_a_file_of_waivers(run):
    Path("豁免.toml").write_text(WAIVER + WAIVER.replace("W1", "W2").replace("批准人", "# "), "utf-8")
    status, out, _ = run("check", "--waivers", "豁免.toml", "--lang", "zh", "--all", *AS_OF)
    assert status == 1
    assert "在用的豁免 1 件\n  - 豁免 W1（S-2-a T2）：原因；办公室 2026-07-02 批准；未定有效期；文件 办发〔2026〕9号（豁免.toml 第1行）\n" in out
    assert "    豁免：W1（原因；办公室 2026-07-02 批准；未定有效期；文件 办发〔2026〕9号）\n" in out
    assert "  - 豁免 W2（S-2-a T2）缺少批准人，不予采用（豁免.toml 第9行）\n" in out


def test_tables_of_waivers(run):
    from openpyxl import Workbook

    header, row = ["豁免编号", "规则", "对象", "理由", "批准人", "批准日期"], ["W1", "S-2-a", "T2", "原因", "办公室", "2026-07-02"]
    Path("waivers.csv").write_text(f"{','.join(header)}\n{','.join(row)}\n", "utf-8")
    book = Workbook()
    for cells in (header, row):
        book.active.append(cells)
    book.save("本年豁免.xlsx")
    for file in ("waivers.csv", "本年豁免.xlsx"):
        document = checked(run, "--waivers", file)
        assert [(one["key"], one["file"], one["row"]) for one in document["waivers"]] == [("W1", file, 2)]
    both = ("--waivers", "waivers.csv", "--waivers", "本年豁免.xlsx")
    assert [(one["key"], one["file"]) for one in checked(run, *both)["waivers"]] == [("W1", "waivers.csv")]
    Path("waivers.csv").write_text(f"{','.join(header)}\n{','.join(row)}\n".replace("原因", "缘故"), "utf-8")
    status, _, error = run("check", *both, *AS_OF)
    said = "`理由` of `W1` is `原因` here and `缘故` in waivers.csv D2; make them agree, or keep one of them"
    assert (status, error.splitlines()[1]) == (2, f"error: 本年豁免.xlsx [Sheet] D2: {said}")
    book.create_sheet("说明")
    book.save("本年豁免.xlsx")
    Path("waivers.csv").write_text("", "utf-8")
    assert "错误：waivers.csv：表 `豁免` 是空的" in run("check", "--waivers", "waivers.csv", *AS_OF, "--lang", "zh")[2]
    _, _, error = run("check", "--waivers", "本年豁免.xlsx", *AS_OF)
    assert "error: 本年豁免.xlsx [说明]: a file of waivers holds `waiver` and `attestation` only, `说明` was not used" in error


def test_attestations_stand_there_too(run):
    text = '[[attestation]]\nid = "A1"\nrule = "S-1-b"\nsubject = "T2"\nconclusion = true\nby = "办公室"\ndate = 2026-07-02\n'
    Path("waivers.toml").write_text(text, "utf-8")
    (notice,) = checked(run, "--waivers", "waivers.toml")["notices"]
    assert (notice["code"], notice["other"], notice["file"], notice["row"]) == ("attestation_unknown_rule", "S-1-a", "waivers.toml", 1)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_every_key_stands_in_the_page():
    from policy.load.unit import _KEYS, _PARAMETER

    page = (ROOT / "docs" / "unit.md").read_text("utf-8")
    names = {name: key.chinese for name, key in _KEYS.items()} | _PARAMETER
    assert [name for pair in names.items() for name in pair if f"`{name}`" not in page] == []


def test_the_example_of_the_page_works(run):
    page = (ROOT / "docs" / "unit.md").read_text("utf-8")
    unit_text, waivers, calendar = re.findall(r"```(?:toml|csv)\n(.*?)```", page, re.DOTALL)[:3]
    unit(unit_text)
    Path("豁免.toml").write_text(waivers, "utf-8")
    Path("放假.csv").write_text(calendar, "utf-8")
    assert main(["sample", "-o", "样本", "--format", "csv"]) == 0
    for file in Path("样本/csv").iterdir():
        if file.stem not in ("豁免", "人工认定"):
            (Path("台账") / file.name).write_bytes(file.read_bytes())
    run("plugins")
    status, out, error = run("check", "--as-of", "2026-11-23", "--lang", "zh")
    assert (status, error) == (1, "")
    document = json.loads(Path("报告.json").read_text("utf-8"))
    assert {one["origin"] for one in document["parameters"]} == {"policy.toml"} and len(document["parameters"]) == 2
    assert document["waivers"] and document["unit"] == "policy.toml"
    assert "在用的豁免" in out
