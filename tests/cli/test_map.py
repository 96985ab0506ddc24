"""Ledgers on the command line: read without a flag, proposed by `policy map`, corrected once, kept."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import openpyxl
import openpyxl.comments
import pytest

from tests.ledgers import PACK, row, workbook

AS_OF = ("--as-of", "2026-07-15")


@pytest.fixture
def odd(tmp_path):
    """A ledger with three headers of the unit's own."""
    path = workbook(tmp_path / "台账.xlsx", [row(), row(谈话时间="2026.4.8", 整改情况报告时间=None)])
    book = openpyxl.load_workbook(path)
    book["2026年"]["C4"], book["2026年"]["S4"], book["2026年"]["AE3"] = "开展谈话的日子", "整改措施提出日", "督办领导"
    book.save(path)
    return path


def checked(run, *words: str) -> dict:
    status, out, error = run("check", *AS_OF, "-o", "json", *words)
    assert (status in (0, 1), error) == (True, ""), error
    return json.loads(out)


def outcome(document: dict, rule: str) -> dict:
    (found,) = [one for one in document["outcomes"] if one["rule"] == rule]
    return found


def test_a_ledger_is_read_without_a_flag_and_its_cells_are_named(run, tmp_path):
    workbook(tmp_path / "台账.xlsx", [row(), row(谈话时间="2026.4.8", 整改情况报告时间="2026.7.14")])
    document = checked(run, "台账.xlsx")
    assert [(one["sheet"], one["entity"], one["rows"]) for one in document["inputs"]][:6] == [
        ("党组织名单", "organization", 4), ("一把手名单", "person", 3), ("一把手名单", "appointment", 3), ("2026年", "talk", 2),
        ("2026年", "talk_step", 10), ("2026年", "problem", 2),
    ]  # fmt: skip
    assert [one["notes"] for one in document["inputs"] if one["notes"]] == [["mapping 党组织名单"], ["mapping 一把手名单"], ["mapping 监督谈话工作台账"]]
    late = outcome(document, "JDTH-11-2-a")
    assert (late["status"], late["due"], late["fulfilled"]) == ("late", "2026-07-08", "2026-07-14")
    assert [(one["entity"], one["sheet"], [cell["cell"] for cell in one["cells"]]) for one in late["evidence"]] == [
        ("talk", "2026年", ["C6", "G6", "C6"]), ("report", "2026年", ["C6", "V6"]),
    ]  # fmt: skip


def test_the_report_says_by_which_mapping(run, tmp_path):
    workbook(tmp_path / "台账.xlsx", [row()])
    _, out, _ = run("check", "台账.xlsx", "--lang", "zh", *AS_OF)
    assert "    台账.xlsx「2026年」：按映射 `监督谈话工作台账` 读取\n" in out
    assert "张" not in out.replace("张表", "")


def test_what_is_proposed(run, odd):
    status, out, error = run("map", "台账.xlsx", "--lang", "zh")
    assert (status, error) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "2026年：像“监督谈话工作台账”，表头从第 3 行起"
    assert lines[3].split() == ["C", "谈话基本情况｜开展谈话的日子", "71%", "请核对", "谈话时间", "→", "谈话.状态、谈话.开始日期、谈话.结束日期"]
    assert lines[20].split() == ["T", "谈话后｜向党委(党组)报告时间", "100%", "向党委报告时间", "→", "报告.报告日期"]
    assert lines[31].split() == ["AE", "督办领导", "？"]
    assert lines[32:34] == ["  不知道用处的列：督办领导", ""]
    assert lines[34] == "党组织名单：像“党组织名单”，表头从第 1 行起"
    assert lines[-1] == "把它写成映射：policy map 台账.xlsx -o mapping.toml"


def test_what_is_proposed_in_english(run, odd):
    _, out, _ = run("map", "台账.xlsx", "--lang", "en")
    assert out.startswith("2026年: like `监督谈话工作台账`, its header begins in row 3\n")
    assert "53% look at this" in out or "71% look at this" in out
    assert "\n  columns of no known use: 督办领导\n" in out
    assert out.endswith("\nwrite it down as a mapping: policy map 台账.xlsx -o mapping.toml\n")


def test_a_ledger_that_is_not_known_well_enough_is_an_error_until_it_is_mapped(run, odd):
    status, out, error = run("check", "台账.xlsx", "--lang", "zh", *AS_OF)
    assert (status, out) == (2, "")
    assert "错误：台账.xlsx「2026年」第3行：这张表像 `监督谈话工作台账`，但不认识的列太多，或者没有找到必有的列：谈话时间；请用 policy map" in error
    assert run("map", "台账.xlsx", "-o", "mapping.toml")[0] == 0
    document = checked(run, "台账.xlsx", "--mapping", "mapping.toml")
    assert ["mapping 台账"] in [one["notes"] for one in document["inputs"]]
    assert outcome(document, "JDTH-11-2-a")["status"] == "violated"


def test_it_is_corrected_once_and_kept(run, odd):
    run("map", "台账.xlsx", "--lang", "zh", "-o", "mapping.toml")
    text = Path("mapping.toml").read_text("utf-8")
    assert '谈话时间 = "谈话基本情况｜开展谈话的日子"  # C列，71%，请核对\n' in text
    assert '不用 = ["督办领导"]\n' in text and '基于 = "监督谈话工作台账"\n' in text
    Path("policy.toml").write_text('映射 = "mapping.toml"\n数据 = "台账.xlsx"\n', "utf-8")
    document = checked(run)
    assert [one["rows"] for one in document["inputs"] if one["entity"] == "talk"] == [2]
    assert not [one for one in document["data_problems"] if "督办领导" in one["message"]]


def test_the_file_of_a_mapping_is_no_data(run, odd, tmp_path):
    run("map", "台账.xlsx", "-o", "mapping.toml")
    (tmp_path / "data").mkdir()
    for name in ("台账.xlsx", "mapping.toml"):
        (tmp_path / name).rename(tmp_path / "data" / name)
    document = checked(run, "data", "--mapping", "data/mapping.toml")
    assert {one["name"] for one in document["inputs"]} == {"data/台账.xlsx"}


def test_mistakes_in_a_mapping(run, odd):
    Path("m.toml").write_text("名称 = '台账'\n基于 = '监督谈话台账'\n", "utf-8")
    status, out, error = run("check", "台账.xlsx", "--mapping", "m.toml", *AS_OF)
    assert (status, out) == (2, "")
    assert error.startswith("错误 D110：没有叫 `监督谈话台账` 的映射可以作为基础\n")
    assert "  = 建议：是否想写 `监督谈话工作台账`？" in error
    status, _, error = run("map", "台账.xlsx", "--mapping", "nowhere.toml")
    assert (status, error) == (2, "policy: `nowhere.toml`: cannot be read or written (No such file or directory)\n")


def test_nothing_to_map(run, tmp_path):
    Path("谈话.csv").write_text("谈话编号\nT1\n", "utf-8")
    status, out, error = run("map", "谈话.csv")
    assert (status, out) == (2, "")
    assert error == "policy: there is nothing to map: either all are tables of the pack supervision_talks already, or the file is no ledger\n"
    Path("别的.csv").write_text("甲,乙\n1,2\n", "utf-8")
    assert run("map", "别的.csv", "--lang", "zh")[:2] == (2, "别的.csv：不像台账，没有一列认识\n\n")
    assert run("map")[2] == "policy: name a ledger, as in: policy map ledger.xlsx\n"


def test_secrets_are_not_shown(run, tmp_path):
    workbook(tmp_path / "台账.xlsx", [row(密级="机密")])
    status, out, error = run("map", "台账.xlsx", "--lang", "zh")
    assert (status, out) == (3, "") and "密级：台账.xlsx「2026年」AD5：标有 `机密`\n" in error
    assert run("check", "台账.xlsx", *AS_OF)[0] == 3


def test_names_that_cannot_be_told_show_no_name(run, tmp_path):
    workbook(tmp_path / "台账.xlsx", [row(被谈话人姓名="张叁")])
    status, _, error = run("check", "台账.xlsx", "--lang", "zh", *AS_OF)
    assert status == 2 and "错误：台账.xlsx「2026年」G5：`被谈话人姓名` 在表 `人员` 中找不到（内容不显示）；请核对写法，或补入表中\n" in error
    assert "张叁" not in error


def test_a_variant_reads_what_its_base_reads(run, tmp_path):
    workbook(tmp_path / "台账.xlsx", [row()])
    document = checked(run, "台账.xlsx", "--pack", "reference_application")
    assert [one["rows"] for one in document["inputs"] if one["entity"] == "talk"] == [1]


def test_mappings_of_a_pack_of_ones_own(run, tmp_path):
    folder = tmp_path / "own"
    (folder / "mappings").mkdir(parents=True)
    for file in PACK.iterdir():
        if file.suffix in (".policy", ".md"):
            (folder / file.name).write_bytes(file.read_bytes())
    workbook(tmp_path / "台账.xlsx", [row()], beside=False)
    status, _, error = run("check", "台账.xlsx", "--pack", "own", *AS_OF)
    assert status == 2 and "no entity is called `2026年`" in error
    (folder / "mappings" / "a.toml").write_bytes((PACK / "mappings" / "wide-ledger.toml").read_bytes())
    assert [one["rows"] for one in checked(run, "台账.xlsx", "--pack", "own")["inputs"] if one["entity"] == "talk"] == [1]


def test_formulas_without_a_stored_result_are_told(run, tmp_path):
    workbook(tmp_path / "台账.xlsx", [row(被谈话人姓名="=Sheet2!A1", 谈话记录="=TODAY()")])
    status, _, error = run("check", "台账.xlsx", "--lang", "zh", *AS_OF)
    assert status == 2
    assert "错误：台账.xlsx「2026年」G5：公式 `=Sheet2!A1` 没有保存计算结果" in error
    assert "错误：台账.xlsx「2026年」X5：公式 `=TODAY()` 没有保存计算结果" in error


def county(path: Path) -> Path:
    """A year and a half of talks as they stand in an office's workbook, with everything that people do to one."""
    days = (
        "2026年{m}月{d}日", "2026.{m}.{d}", "2026/{m}/{d}", "26.{m}.{d}", "{m}月{d}日", "２０２６．{m}．{d}", "2026.{m}.{d}上午", "2026年{m}月{d}日-{e}日",
    )  # fmt: skip
    people = (("张三", "霁湖镇党委书记"), ("张 三（男）", "中共泠溪县霁湖镇委员会书记"), ("李四", "县教育局党组书记、局长"), ("李\u200b四", "泠溪县教育局党组书记"))
    marks = ("√", "✓", "是", "有", "Y", "1", "☑", "■", "×", "否", "□", "/")
    rows = []
    for number in range(240):
        month, day = number // 20 + 1, number % 20 + 1
        name, post = people[number % 4]
        when = days[number % 8].format(m=month, d=day, e=day + 1)
        rows.append(
            row(
                谈话类型=("定期", "及时谈话", None)[number % 3], 谈话时间=when, 谈话地点="同上" if number % 5 == 1 else "会议室",
                谈话人姓名=None if number % 7 == 3 else "王 伟", 谈话人职务=None if number % 7 == 3 else "县委书记", 被谈话人姓名=name,
                被谈话人单位及职务=post, 及时谈话情形=("/", "信访举报、负面舆情", None)[number % 3], 表态发言=marks[number % 12],
                指出问题=("1.学习不深入；2.履责不到位", "无", "作风不实")[number % 3], 密级="内部",
                **{"谈话后｜向党委(党组)报告时间": ("待定", "拟3月底前", "详见附件", "—", "2026年2月", "无", when, None)[number % 8]},
                **{"材料归档｜谈话记录": ("√", when, "×", None)[number % 4]},
            )
        )  # fmt: skip
    rows[0] = {**rows[0], "谈话基本情况｜谈话类型": "定期"}
    workbook(path, rows)
    book = openpyxl.load_workbook(path)
    sheet = book["2026年"]
    for number in (9, 30, 31):
        sheet.row_dimensions[number].hidden = True
    sheet["G8"].comment = openpyxl.comments.Comment("待核", "办公室")
    sheet.insert_rows(50)
    sheet["A50"], sheet["B50"] = "小计", "=COUNTA(B5:B49)"
    sheet["D60"], sheet["D61"] = "会议室", None
    sheet.merge_cells("D60:D61")
    book.save(path)
    return path


def test_a_large_ledger_with_everything_that_people_do_to_one(run, tmp_path, monkeypatch):
    county(tmp_path / "台账.xlsx")
    document = checked(run, "台账.xlsx", "--all")
    rows = {one["entity"]: one["rows"] for one in document["inputs"] if one["sheet"] == "2026年"}
    assert (rows["talk"], rows["talk_step"], rows["circumstance"], rows["problem"]) == (240, 1200, 160, 240)
    assert rows["report"] == 240 // 8 * 6 + 240 and rows["archive"] == 240 // 4 * 2 and "person" not in rows
    (notes,) = [one["notes"] for one in document["inputs"] if one["entity"] == "talk"]
    assert notes == ["hidden_rows 3", "mapping 监督谈话工作台账"]
    assert not [one for one in document["data_problems"] if one["error"]]
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert checked(run, "台账.xlsx", "--all")["outcomes"] == document["outcomes"]
