"""From a wide ledger to the tables of the pack: every shape and every value that arrives in reality, each with what becomes of it."""

from __future__ import annotations

import datetime

import attrs
import pytest

from policy.lang.table import table_of_grid
from policy.load import load
from policy.load.ledger import read_ledgers
from policy.messages import text
from tests.ledgers import COLUMNS, HEADS, ORGANIZATIONS, by_entity, grid, lists, mappings, row, table, vocabulary

WORDS = vocabulary()
KNOWN = mappings(WORDS)


def read(*tables):
    return read_ledgers(tables, KNOWN, WORDS)


def rows(*tables) -> dict[str, list[dict]]:
    return by_entity(read(*tables), WORDS)


def facts(*tables):
    return load(read(*tables).tables, WORDS)


def said(problems, language: str = "zh") -> list[str]:
    where = (f"{one.column or ''}{one.row or ''} " if one.row or one.column else "" for one in problems)
    return [place + text(one.code, language, **dict(one.arguments)) for place, one in zip(where, problems)]


def errors(*tables, language: str = "zh") -> list[str]:
    ledgers = read(*tables)
    loaded = load(ledgers.tables, WORDS, extra=ledgers.left)
    return said([one for one in (*ledgers.problems, *loaded.problems) if one.error], language)


def only(entity: str, *changes: dict, beside=True) -> dict:
    (found,) = rows(table([row(**one) for one in changes or ({},)]), *(lists() if beside else ()))[entity]
    return found


# --- one row ---------------------------------------------------------------------------------------------------------


def test_a_row_becomes_rows_of_all_tables():
    found = rows(table([row()]), *lists())
    (talk,) = found["talk"]
    key = talk["id"]
    assert key.startswith("T20260305-")
    people = {one["name"]: one["id"] for one in found["person"]}
    assert talk == {
        "id": key, "kind": "定期谈话", "nature": "监督谈话", "status": "已完成", "conductor": "0990100", "talker": people["王伟"],
        "talkee": people["张 三"], "organization": "0990101", "start": datetime.date(2026, 3, 5), "end": "2026年3月5日", "place": "县委小会议室",
        "group_size": 1, "outline_date": "2026.3.2", "self_check_date": "2026.3.1", "classification": "内部",
    }  # fmt: skip
    assert [(one["id"], one["step"], one["done"]) for one in found["talk_step"]] == [
        (f"{key}-S{number}", step, "√") for number, step in enumerate(("报告自查", "通报指出问题", "作出说明", "提出整改要求", "表态发言"), 1)
    ]
    assert found["problem"] == [{"id": f"{key}-P1", "talk": key, "content": "班子成员履职不到位"}]
    assert found["measure"] == [
        {"id": f"{key}-M1", "talk": key, "problem": f"{key}-P1", "proposed": "2026.3.20", "progress": "已完成"}
    ]
    assert [(one["kind"], one["date"], one["reporter"], one["recipient"]) for one in found["report"]] == [
        ("思想认识及整改措施", "2026.4.3", people["张 三"], "0990100"),
        ("整改情况", "2026.6.2", people["张 三"], "0990100"),
    ]
    assert [(one["material"], one["date"]) for one in found["archive"]] == [("谈话记录", "2026.3.10")]
    assert "notification" not in found and "copy" not in found and "circumstance" not in found


def test_lists_beside_it_give_organizations_people_and_posts():
    found = rows(table([row()]), *lists())
    assert [(one["code"], one.get("parent")) for one in found["organization"]] == [
        ("0990000", None), ("0990100", "0990000"), ("0990101", "0990100"), ("0990137", "0990100"),
    ]  # fmt: skip
    loaded = facts(table([row()]), *lists())
    assert [(one.values[2], one.values[3]) for one in loaded.tables["organization"]] == [
        ("prefecture", "local_committee"), ("county", "local_committee"), ("township", "township_committee"), ("county", "party_group"),
    ]  # fmt: skip
    assert [one.values[2:8] for one in loaded.tables["appointment"]] == [
        ("0990100", "县委书记", "secretary", True, True, datetime.date(2023, 5, 6)),
        ("0990101", "党委书记", "secretary", True, True, datetime.date(2024, 1, 5)),
        ("0990137", "党组书记、局长", "secretary", True, True, datetime.date(2022, 3, 4)),
    ]
    assert not [one for one in loaded.problems if one.error]


def test_a_ledger_alone_tells_who_is_who_but_not_since_when():
    found = rows(table([row(), row(被谈话人姓名="李四", 被谈话人单位及职务="县教育局党组书记、局长", 谈话时间="2026.3.6")]))
    assert [one["name"] for one in found["organization"]] == ["中共泠溪县委员会", "霁湖镇党委", "县教育局党组"]
    assert [one["name"] for one in found["person"]] == ["王伟", "张三", "李四"]
    assert [(one["title"], one["post"], one["is_head"]) for one in found["appointment"]] == [
        ("县委书记", "书记", "是"), ("书记", "书记", "是"), ("书记、局长", "书记", "是"),
    ]  # fmt: skip
    assert all("start" not in one for one in found["appointment"])


def test_values_keep_the_cells_that_they_came_from():
    loaded = facts(table([row(), row(谈话时间="2026.3.8")]), *lists())
    columns = {entity: loaded.tables[entity][-1].origin.columns for entity in ("talk", "report", "archive", "appointment", "measure")}
    assert columns["talk"]["end"] == columns["talk"]["start"] == columns["talk"]["status"] == "C"
    assert (columns["talk"]["talkee"], columns["talk"]["talker"], columns["talk"]["organization"]) == ("G", "E", "H")
    assert columns["talk"]["nature"] == columns["talk"]["conductor"] == ""
    assert columns["report"] == {"id": "V", "talk": "C", "kind": "", "reporter": "G", "recipient": "", "date": "V"}
    assert columns["archive"]["date"] == "X" and columns["measure"]["proposed"] == "S"
    last = loaded.tables["talk"][-1]
    assert (last.origin.file, last.origin.sheet, last.line) == ("台账.xlsx", "2026年", 6)
    (head,) = [one for one in loaded.tables["appointment"] if one.values[2] == "0990101"]
    assert (head.origin.sheet, head.line, columns["appointment"]["start"]) == ("一把手名单", 3, "E")


def test_keys_stay_when_rows_are_added_or_moved():
    first, second = row(), row(谈话时间="2026.4.8")
    others = [row(谈话时间=f"2026.5.{day}") for day in range(1, 9)]

    def keys(*cells):
        return [one["id"] for one in rows(table(cells), *lists())["talk"]]

    one, two = keys(first, second)
    assert keys(*others, second, first)[-2:] == [two, one]
    assert keys({**first, "谈话基本情况｜谈话地点": "别处", "谈话基本情况｜谈话时间": "2026-03-05"}) == [one]
    assert keys(first, first) == [one, f"{one}-2"]
    assert not {"张三", "张 三"} & set(" ".join(keys(first)).split("-"))


def test_a_number_of_its_own_is_the_key():
    header = ["谈话编号", "谈话时间", "谈话对象", "所在单位", "谈话人"]
    ledger = table_of_grid("台账", "台账.csv", None, [header, ["T7", "2026.3.5", "张三", "霁湖镇党委", "王伟"]])
    assert [one["id"] for one in rows(ledger)["talk"]] == ["T7"]


# --- shapes ----------------------------------------------------------------------------------------------------------


def test_headers_in_two_rows_without_merged_cells():
    """As a text file has them: the group stands above its first column only."""
    merged = table([row()])
    plain = table_of_grid("台账", "台账.csv", None, grid([row()]))
    assert rows(plain, *lists())["archive"] == rows(merged, *lists())["archive"]
    assert rows(plain, *lists())["measure"] == rows(merged, *lists())["measure"]


@pytest.mark.parametrize("when", ["谈话时间", "谈话日期", "开展时间", "谈话\n时间", " 谈话时间 ", "谈话时间（年月日）", "谈话时间*"])
@pytest.mark.parametrize("whom", ["被谈话人", "谈话对象", "被谈话人姓名"])
@pytest.mark.parametrize("where", ["单位", "所在单位", "党组织"])
def test_synonyms_in_any_order(when, whom, where):
    ledger = table_of_grid("台账", "台账.csv", None, [[where, "谈话人", whom, when], ["霁湖镇党委", "王伟", "张三", "2026.3.5"]])
    (talk,) = rows(ledger, *lists())["talk"]
    assert (talk["organization"], talk["end"]) == ("0990101", "2026.3.5")


def test_rows_that_are_none():
    cells = grid([row(), row(谈话时间="2026.3.6")])
    cells[5:5] = [["小计", 1], cells[2], cells[3]]  # a subtotal, and the header of the next printed page
    cells[5:5] = [[3] + [None] * 10]  # numbered ahead
    ledger = table_of_grid("台账", "台账.xlsx", "2026年", cells)
    assert len(rows(ledger, *lists())["talk"]) == 2 and errors(ledger, *lists()) == []


def test_several_sheets_each_of_its_own_year():
    last, this = table([row(谈话时间="3月5日")], name="2025年"), table([row(谈话时间="3月5日")], name="2026年")
    assert [one.values[9] for one in facts(last, this, *lists()).tables["talk"]] == [datetime.date(2025, 3, 5), datetime.date(2026, 3, 5)]


def test_the_year_of_the_title_counts_where_the_sheet_has_none():
    ledger = table([row(谈话时间="3月5日", 自查报告时间="2月27日")], name="台账", title="二季度 2027年监督谈话工作台账")
    talk = facts(ledger, *lists()).tables["talk"][0]
    assert (talk.values[8], talk.values[9], talk.key[:9]) == (datetime.date(2027, 3, 5), datetime.date(2027, 3, 5), "T20270305")


def test_days_that_a_workbook_counts_from_1904():
    ledger = attrs.evolve(table([row(谈话时间=44594)]), date1904=True)
    assert facts(ledger, *lists()).tables["talk"][0].values[9] == datetime.date(2026, 2, 3)


@pytest.mark.parametrize("mark", ["同上", "〃", "″", " 同 上 "])
def test_the_cell_above(mark):
    second = row(谈话时间="2026.3.6", 谈话人姓名=mark, 谈话人职务=mark, 谈话地点=mark, 被谈话人姓名="李四", 被谈话人单位及职务="县教育局党组书记")
    talks = rows(table([row(), second, second | {"谈话基本情况｜谈话时间": "2026.3.7"}]), *lists())["talk"]
    assert len({one["talker"] for one in talks}) == 1 and {one["place"] for one in talks} == {"县委小会议室"}


def test_the_cell_above_the_first_row_is_an_error():
    assert errors(table([row(谈话地点="同上", 自查报告时间="同上")]), *lists()) == ["K5 `同上` 请改填实际内容"]


def test_cells_that_are_written_once_for_several_rows():
    second = row(谈话类型=None, 谈话时间="2026.3.6", 谈话人姓名=None, 谈话人职务=None)
    ledgers = read(table([row(), second]), *lists())
    first, last = by_entity(ledgers, WORDS)["talk"]
    assert (last["kind"], last["talker"]) == (first["kind"], first["talker"])
    assert said(ledgers.problems)[:2] == ["`谈话类型` 有 1 处空格沿用上一行：B6", "`谈话人姓名` 有 1 处空格沿用上一行：E6"]


def test_cells_that_are_shown_as_one():
    ledger = table([row(), row(谈话时间=None, 被谈话人姓名="李四", 被谈话人单位及职务="县教育局党组书记")])
    merged = attrs.evolve(ledger, merged=(*ledger.merged, (5, 2, 6, 2)))
    assert [one["end"] for one in rows(merged, *lists())["talk"]] == ["2026年3月5日", "2026年3月5日"]


def test_tables_of_the_pack_stay_as_they_are():
    people = table_of_grid("人员", "人员.csv", None, [["人员编号", "姓名"], ["P1", "王伟"], ["P2", "张三"]])
    ledgers = read(people, table([row()]), lists()[0])
    assert ledgers.tables[0] is people
    (talk,) = by_entity(ledgers, WORDS)["talk"]
    assert (talk["talker"], talk["talkee"]) == ("P1", "P2")


# --- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "start", "end", "status"),
    [
        ("2026年2月3日", "2026-02-03", "2026-02-03", "completed"), ("2026.2.3", "2026-02-03", "2026-02-03", "completed"),
        ("20260203", "2026-02-03", "2026-02-03", "completed"), ("26.2.3", "2026-02-03", "2026-02-03", "completed"),
        ("二〇二六年二月三日", "2026-02-03", "2026-02-03", "completed"), ("2026.2.3上午", "2026-02-03", "2026-02-03", "completed"),
        ("2026年2月3日-4日", "2026-02-03", "2026-02-04", "completed"), ("2月3日", "2026-02-03", "2026-02-03", "completed"),
        (46056, "2026-02-03", "2026-02-03", "completed"), ("46056", "2026-02-03", "2026-02-03", "completed"),
        (datetime.date(2026, 2, 3), "2026-02-03", "2026-02-03", "completed"), ("2026年2月", "None", "None", "completed"),
        ("待定", "None", "None", "planned"), ("拟3月底前", "None", "None", "planned"), ("/", "None", "None", "None"),
        ("取消", "None", "None", "cancelled"),
    ],
)  # fmt: skip
def test_the_day_of_a_talk(cell, start, end, status):
    (talk,) = facts(table([row(谈话时间=cell)]), *lists()).tables["talk"]
    assert (str(talk.values[8]), str(talk.values[9]), str(talk.values[3])) == (start, end, status)


def test_a_day_that_there_is_not_is_told_once():
    assert errors(table([row(谈话时间="2026-02-30")]), *lists()) == ["C5 没有 `2026-02-30` 这一天"]


@pytest.mark.parametrize(("cell", "there", "day"), [
    ("2026.3.10", True, "2026-03-10"), ("√", True, "None"), ("是", True, "None"), ("已归档", True, "error"), ("待定", True, "None"),
    ("详见附件", True, "None"), ("/", True, "None"), ("—", True, "None"), ("×", False, ""), ("否", False, ""), ("无", False, ""),
    ("□", False, ""), (0, False, ""), (None, False, ""), ("　", False, ""),
])  # fmt: skip
def test_what_a_cell_says_of_something_that_happens_on_a_day(cell, there, day):
    found = facts(table([row(谈话记录=cell)]), *lists())
    archived = [one for one in found.tables["archive"] if one.values[2] == "record"]
    assert bool(archived) == there
    if day == "error":
        assert errors(table([row(谈话记录=cell)]), *lists()) == ["X5 `已归档` 不能识别为日期，请写作 `2026-01-30`"]
    elif there:
        assert str(archived[0].values[3]) == day


@pytest.mark.parametrize(("cell", "done"), [
    *[(mark, True) for mark in ("√", "✓", "是", "有", "Y", 1, "☑", "■")], *[(mark, False) for mark in ("×", "否", "无", 0, "□")], ("/", None),
])  # fmt: skip
def test_steps(cell, done):
    steps = facts(table([row(表态发言=cell)]), *lists()).tables["talk_step"]
    assert [one.values[4] for one in steps if one.values[2] == "statement"] == [done]


def test_a_step_of_which_nothing_is_said_is_no_row():
    assert [one["step"] for one in rows(table([row(作出说明=None)]), *lists())["talk_step"]] == ["报告自查", "通报指出问题", "提出整改要求", "表态发言"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("信访举报", ["petitions"]), ("（一）", ["petitions"]), ("信访举报、负面舆情", ["petitions", "criticised"]),
        ("1.重大案件；2.本人苗头性倾向性问题", ["major_case", "personal"]), ("其他\n考核", ["other", "assessment"]), ("/", []), ("无", []), (None, []),
    ],
)  # fmt: skip
def test_circumstances(cell, codes):
    found = facts(table([row(谈话类型="及时", 及时谈话情形=cell)]), *lists())
    assert [one.values[3] for one in found.tables["circumstance"]] == codes
    assert [one.values[7] for one in found.tables["circumstance"]] == ["talk_required"] * len(codes)
    assert [one.values[1:] for one in found.tables["talk_circumstance"]] == [
        (found.tables["talk"][0].key, one.key) for one in found.tables["circumstance"]
    ]


@pytest.mark.parametrize(
    ("cell", "contents"),
    [
        ("学习不深入", ["学习不深入"]), ("1.学习不深入；2.履责不到位", ["学习不深入", "履责不到位"]), ("（一）甲\n（二）乙", ["甲", "乙"]),
        ("一、甲;二、乙", ["甲", "乙"]), ("2026年的事", ["2026年的事"]), ("3.5万元", ["3.5万元"]), ("无", []), (None, []),
    ],
)  # fmt: skip
def test_problems_and_their_measures(cell, contents):
    found = rows(table([row(指出问题=cell)]), *lists())
    assert [one["content"] for one in found.get("problem", [])] == contents
    assert [one.get("problem") for one in found["measure"]] == [one["id"] for one in found.get("problem", [])] or [None]


@pytest.mark.parametrize(("cell", "progress"), [("√", "done"), ("是", "done"), ("到位", "done"), ("否", "in_progress"), ("整改中", "in_progress"), ("/", None), (None, None)])
def test_progress(cell, progress):
    assert [one.values[6] for one in facts(table([row(整改是否到位=cell)]), *lists()).tables["measure"]] == [progress]


@pytest.mark.parametrize(("column", "kind"), [("纪检机关", "discipline_body"), ("组织部门", "organization_department"), ("其他", "other")])
def test_copies(column, kind):
    (copy,) = facts(table([row(**{f"抄送｜{column}": "2026.6.9"})]), *lists()).tables["copy"]
    assert copy.values[2:] == (kind, datetime.date(2026, 6, 9))


def test_several_people_in_a_row_are_several_talks():
    talks = rows(table([row(被谈话人姓名="张三、李四", 被谈话人单位及职务="霁湖镇党委书记；县教育局党组书记、局长")]), *lists())["talk"]
    assert [(one["organization"], one["group_size"]) for one in talks] == [("0990101", 2), ("0990137", 2)]


def test_several_people_whose_posts_cannot_be_told_apart():
    ledger = table([row(被谈话人姓名="张三、李四、王五", 被谈话人单位及职务="霁湖镇党委书记；县教育局党组书记")])
    assert errors(ledger, *lists()) == ["H5 `被谈话人单位及职务` 有 2 个值，同行另一格有 3 个，不能一一对应；请一人一行"]


def test_of_several_talkers_none_is_chosen():
    assert errors(table([row(谈话人姓名="王伟、赵六")]), *lists()) == ["E5 `谈话人姓名` 只能有一个，不知道是哪一个；请一人一行"]


@pytest.mark.parametrize(
    ("title", "post", "head", "member"),
    [
        ("党组书记、局长", "书记", "是", "是"), ("党委书记(兼)", "书记", "是", "是"), ("党委书记（兼）", "书记", "是", "是"), ("书记", "书记", "是", "是"),
        ("县委书记", "书记", "是", "是"), ("局长、党组书记", "书记", "是", "是"), ("街道党工委书记", "书记", "是", "是"), ("党支部书记、总经理", "书记", "是", "是"),
        ("局党组副书记、局长(主持工作)", "主持工作副书记", "是", "是"), ("副书记（主持工作）", "主持工作副书记", "是", "是"),
        ("党委副书记，主持党委工作", "主持工作副书记", "是", "是"), ("党委副书记、镇长（主持政府工作）", "副书记", "否", "是"),
        ("代书记", "代理书记", "是", "是"), ("党委代理书记", "代理书记", "是", "是"), ("镇党委书记(代)", "代理书记", "是", "是"),
        ("原党组书记", "其他", "否", None), ("前党委书记", "其他", "否", None), ("拟任党委书记", "其他", "否", None), ("镇党委书记人选", "其他", "否", None),
        ("原党组书记、现任二级调研员", "其他", "否", None), ("党组书记（拟任）、副局长", "其他", "否", None),
        ("县委副书记、县长", "副书记", "否", "是"), ("党委副书记", "副书记", "否", "是"), ("专职副书记", "副书记", "否", "是"),
        ("纪委书记", "纪委书记", "否", None), ("县委常委、县纪委书记", "纪委书记", "否", "是"), ("党委委员、纪委书记", "纪委书记", "否", "是"),
        ("政法委书记", "其他", "否", None), ("县委常委、政法委书记", "常委", "否", "是"), ("团委书记", "其他", "否", None), ("团县委书记", "其他", "否", None),
        ("机关党委书记", "其他", "否", None), ("驻村第一书记", "其他", "否", None), ("书记员", "其他", "否", None), ("纪委副书记", "其他", "否", None),
        ("县委常委、组织部部长", "常委", "否", "是"), ("党组成员、副局长", "党组成员", "否", "是"), ("党委委员", "委员", "否", "是"),
        ("局长", "行政正职", "否", None), ("县人大常委会主任", "行政正职", "否", None), ("副局长", "其他", "否", None), ("二级调研员", "其他", "否", None),
        ("/", None, None, None), (None, None, None, None),
    ],
)  # fmt: skip
def test_posts_as_people_write_them(title, post, head, member):
    found = rows(table([row(谈话人职务=title)]))["appointment"][0]
    assert (found.get("post"), found.get("is_head"), found.get("is_team_member")) == (post, head, member)


@pytest.mark.parametrize(
    ("cell", "unit", "title"),
    [
        ("霁湖镇党委书记", "霁湖镇党委", "书记"), ("县教育局党组书记、局长", "县教育局党组", "书记、局长"), ("县教育局局长", "县教育局", "局长"),
        ("县人大常委会党组书记、主任", "县人大常委会党组", "书记、主任"), ("县委副书记、县长", "县委", "副书记、县长"), ("霁湖镇 党委书记", "霁湖镇 党委", "书记"),
        ("县教育局\n党组书记", "县教育局 党组", "书记"), ("县委常委、组织部部长", "县委", "常委、组织部部长"), ("农资公司党支部书记", "农资公司党支部", "书记"),
        ("县教育局党组副书记（主持工作）", "县教育局党组", "副书记（主持工作）"), ("霁湖镇党委代书记", "霁湖镇党委", "代书记"), ("职业教育中心党总支书记", "职业教育中心党总支", "书记"),
    ],
)  # fmt: skip
def test_unit_and_post_in_one_cell(cell, unit, title):
    found = rows(table([row(被谈话人单位及职务=cell)]))
    assert found["organization"][1]["name"].replace(" ", "") == unit.replace(" ", "")
    assert found["appointment"][1]["title"] == title


def test_unit_and_post_that_cannot_be_told_apart():
    assert errors(table([row(被谈话人单位及职务="霁湖镇")]), *lists()) == ["H5 `被谈话人单位及职务` 的 `霁湖镇` 分不出单位、职务，请写全，或分列填写"]


# --- who is meant ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["张 三", "张　三", "张\u200b三", "张三\u00a0", "张三（男）", "张三(回族)", "张 三 （女）"])
def test_names_with_what_people_put_into_them(name):
    (talk,) = (found := rows(table([row(被谈话人姓名=name)]), *lists()))["talk"]
    assert {one["id"]: one["name"] for one in found["person"]}[talk["talkee"]] == "张 三"


@pytest.mark.parametrize("dot", "·•‧・･")
def test_names_with_a_dot_in_any_shape(dot):
    heads = (*HEADS[:2], (2, "霁湖镇党委", "阿卜杜拉·买买提", "党委书记", "2024.1.5"))
    (talk,) = (found := rows(table([row(被谈话人姓名=f"阿卜杜拉{dot}买买提")]), *lists(heads=heads)))["talk"]
    assert [one["name"] for one in found["person"]] == ["王伟", "阿卜杜拉·买买提"] and talk["talkee"] == found["person"][1]["id"]


def test_two_persons_of_one_name_are_told_apart_by_where_they_are():
    heads = (*HEADS, (4, "县教育局", "张三", "党组成员", "2020.1.1"))
    first, second = rows(
        table([row(), row(谈话时间="2026.3.6", 被谈话人单位及职务="县教育局党组成员")]), *lists(heads=heads)
    )["talk"]
    assert first["talkee"] != second["talkee"]


def test_two_persons_of_one_name_in_one_place_are_candidates():
    people = table_of_grid("人员", "人员.csv", None, [["人员编号", "姓名"], ["P1", "王伟"], ["P2", "张三"], ["P3", "张 三"]])
    posts = table_of_grid("任职", "任职.csv", None, [["任职编号", "人员", "党组织"], ["R2", "P2", "0990101"], ["R3", "P3", "0990101"]])
    assert errors(table([row()]), people, posts, lists()[0])[:1] == [
        "G5 `被谈话人姓名` 可能是表 `人员` 中的几个（内容不显示）：P2（0990101）、P3（0990101）；请填编号"
    ]
    assert rows(table([row(被谈话人姓名="P3")]), people, posts, lists()[0])["talk"][0]["talkee"] == "P3"


def test_a_person_who_is_not_listed():
    assert errors(table([row(被谈话人姓名="张叁")]), *lists()) == ["G5 `被谈话人姓名` 在表 `人员` 中找不到（内容不显示）；请核对写法，或补入表中"]


def test_a_talker_who_is_not_listed_is_added():
    """A list of heads has not all members of the team that holds the talks."""
    found = rows(table([row(谈话人姓名="赵六", 谈话人职务="县委常委、组织部部长")]), *lists())
    assert [(one["title"], one["post"], one["organization"]) for one in found["appointment"][3:]] == [("县委常委、组织部部长", "常委", "0990100")]


ELSEWHERE = (
    *ORGANIZATIONS, (5, "中共霁原县委员会", "0990200", "中共泠川市委员会", "县级", "地方党委"),
    (6, "中共霁原县城关镇委员会", "0990201", "中共霁原县委员会", "乡镇", "乡镇党委"),
    (7, "中共泠溪县城关镇委员会", "0990102", "中共泠溪县委员会", "乡镇", "乡镇党委"),
)  # fmt: skip
HEAD = [HEADS[0], HEADS[1], (2, "0990102", "张三", "党委书记", "2024.1.5")]


@pytest.mark.parametrize("unit", [
    "城关镇党委", "城关镇", "中共泠溪县城关镇委员会", "泠溪县城关镇", "泠溪县城关镇党委", "泠川市泠溪县城关镇", "泠溪县／城关镇", "泠溪县 > 城关镇党委", "0990102",
])  # fmt: skip
def test_an_organization_by_its_name_below_the_unit_by_path_or_by_key(unit):
    header = ["谈话时间", "谈话人", "被谈话人", "所在单位"]
    grid = [["填报单位：中共泠溪县委员会"], header, ["2026.3.5", "王伟", "张三", unit]]
    (talk,) = rows(table_of_grid("台账", "台账.xlsx", "台账", grid), *lists(ELSEWHERE, HEAD))["talk"]
    assert talk["organization"] == "0990102"


def test_an_organization_of_another_county_by_its_path():
    header = ["谈话时间", "谈话人", "被谈话人", "所在单位"]
    grid = [["填报单位：中共泠溪县委员会"], header, ["2026.3.5", "王伟", "张三", "霁原县城关镇"]]
    assert rows(table_of_grid("台账", "台账.xlsx", "台账", grid), *lists(ELSEWHERE, HEAD))["talk"][0]["organization"] == "0990201"


def test_a_bare_name_that_several_have_is_never_guessed():
    header = ["谈话时间", "谈话人", "被谈话人", "所在单位"]
    ledger = table_of_grid("台账", "台账.xlsx", "台账", [header, ["2026.3.5", "王伟", "张三", "城关镇"]])
    assert errors(ledger, *lists(ELSEWHERE, HEAD)) == [
        "D2 `所在单位` 的 `城关镇` 可能是表 `党组织` 中的几个：中共泠川市委员会／中共霁原县委员会／中共霁原县城关镇委员会（0990201）、"
        "中共泠川市委员会／中共泠溪县委员会／中共泠溪县城关镇委员会（0990102）；请填上级和名称，或填编号"
    ]


def test_a_bare_name_that_only_another_county_has_is_not_taken():
    """The unit may have a town of that name that nobody has listed."""
    found = errors(table([row(被谈话人单位及职务="城关镇党委书记")]), *lists([one for one in ELSEWHERE if one[2] != "0990102"], HEADS))
    assert found == [
        "H5 `被谈话人单位及职务` 的 `城关镇党委` 可能是表 `党组织` 中的几个：中共泠川市委员会／中共霁原县委员会／中共霁原县城关镇委员会（0990201）；请填上级和名称，或填编号"
    ]


def test_an_organization_that_is_not_listed():
    assert errors(table([row(被谈话人单位及职务="中共泠溪县霁湖乡委员会书记")]), *lists(), language="en") == [
        "H5 `中共泠溪县霁湖乡委员会` in `被谈话人单位及职务` is not in `党组织`, did you mean `中共泠溪县霁湖镇委员会`?"
    ]
    assert errors(table([row(被谈话人单位及职务="xyz党组书记")]), *lists()) == [
        "H5 `被谈话人单位及职务` 的 `xyz党组` 在表 `党组织` 中找不到；请填全称、上级和名称（如 `某县／某镇`）或编号，或补入表中"
    ]


def test_a_unit_above_the_ledger_that_is_not_listed():
    assert errors(table([row()], unit="泠溪县委办"), *lists()) == [
        "A2 `填报单位` 的 `泠溪县委办` 在表 `党组织` 中找不到，是否应为 `中共泠溪县委员会`？"
    ]


# --- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "language", "expected"),
    [
        ({"被谈话人姓名": None, "谈话时间": None}, "zh", "5 这一行有内容，但 谈话时间、被谈话人姓名 是空的，请填写"),
        ({"被谈话人姓名": None, "谈话时间": None}, "en", "5 the row says something, but 谈话时间, 被谈话人姓名 are empty, fill them in"),
        ({"被谈话人姓名": "=VLOOKUP(1,2,3)"}, "zh", "G5 公式 `=VLOOKUP(1,2,3)` 没有保存计算结果，请用 Excel 或 WPS 打开该文件重新计算并保存"),
        ({"谈话类型": "专题谈话"}, "en", "B5 `谈话类型` has no code `专题谈话`, did you mean `定期谈话`?"),
        ({"表态发言": "一般"}, "zh", "Q5 `一般` 不能识别为是或否，请填 `是` 或 `否`"),
        ({"密级": "xyz"}, "zh", "AD5 `密级` 没有 `xyz` 这一项；可填：绝密、机密、秘密、工作秘密、内部、公开"),
    ],
)
def test_cells_that_cannot_be_read(change, language, expected):
    assert errors(table([row(**change)]), *lists(), language=language) == [expected]


def test_records_below_the_total():
    late = [9, "定期", "2026.5.5", "会议室", "王伟", "县委书记", "张三", "霁湖镇党委书记"]
    assert errors(table([row()], tail=[late]), *lists()) == ["8 第 6 行是合计或签名，其下仍有记录，未读取；请移到合计之上"]


def _renamed(**names) -> list[list]:
    cells = grid([row()])
    return [[names.get(cell, cell) if number in (2, 3) else cell for cell in one] for number, one in enumerate(cells)]


def test_a_header_that_is_nearly_one():
    ledger = attrs.evolve(table_of_grid("2026年", "台账.xlsx", "2026年", _renamed(整改措施提出时间="提出措施的时间")), merged=table([row()]).merged)
    assert errors(ledger, *lists()) == [
        "S3 列名 `谈话后｜提出措施的时间` 不认识，是否就是 `谈话后｜整改措施提出时间`？是的，请改列名或在映射的 `整改措施提出时间` 中写上；不是的，写进映射的 `不用`，或用 --extra 说明"
    ]
    assert read_ledgers([ledger, *lists()], KNOWN, WORDS, extra=["提出措施的时间"]).problems[0].error is False


def test_a_header_of_no_use_and_a_column_that_is_not_there_are_told():
    ledger = attrs.evolve(table_of_grid("2026年", "台账.xlsx", "2026年", _renamed(整改情况报告时间="督办领导")), merged=table([row()]).merged)
    ledgers = read(ledger, *lists())
    assert said(ledgers.problems) == ["V3 列 `谈话后｜督办领导` 没有用处，未读取", "按 `监督谈话工作台账` 读取时没有找到这些列，其记录按没有处理：整改情况报告时间"]
    assert not any(one.error for one in ledgers.problems)


def test_two_columns_that_may_both_be_meant():
    ledger = table_of_grid("台账", "台账.csv", None, [["谈话时间", "谈话日期", "被谈话人", "单位"], ["2026.3.5", "2026.3.6", "张三", "霁湖镇党委"]])
    assert errors(ledger, *lists(), language="en") == ["B1 columns A and B may both be `谈话时间`, rename one, or say in a mapping which it is"]


def test_a_sheet_that_looks_like_a_ledger_is_not_passed_over():
    ledger = table_of_grid("2026年", "台账.xlsx", "2026年", _renamed(谈话时间="何时"), merged=table([row()]).merged)
    (found,) = errors(ledger, *lists())
    assert found.startswith("3 这张表像 `监督谈话工作台账`，但不认识的列太多，或者没有找到必有的列：谈话时间；请用 policy map 生成映射")


def test_other_sheets_of_the_workbook_are_left_out_and_told():
    notes = table_of_grid("填表须知", "台账.xlsx", "填表须知", [["一、按时填报。"], ["二、不得涂改。"]])
    ledgers = read(notes, table([row()]), *lists())
    assert said(ledgers.problems) == ["工作表 `填表须知` 既不是台账，也不是规则包的表，未读取"] and ledgers.left == ("填表须知",)
    assert errors(notes) != []  # alone it is a table that the pack does not have


def test_a_mapping_that_was_named_has_to_fit():
    other = attrs.evolve(KNOWN[-1], name="别的", file="别的.toml", columns={"甲": attrs.evolve(KNOWN[-1].columns["谈话时间"], headers=(("甲",),))})
    found = read_ledgers([table([row()]), *lists()], [*KNOWN, other], WORDS, chosen=["别的.toml"]).problems
    assert said(found)[-1].startswith("没有一张工作表合于映射 `别的`：没有找到它必有的列")


def test_every_column_of_the_ledger_is_known():
    ledgers = read(table([row()]), *lists())
    assert ledgers.problems == () and len(COLUMNS) == 31


def test_a_superior_that_is_not_listed_is_told_and_missing():
    orphan = (*ORGANIZATIONS[:1], (1, "中共泠溪县委员会", "0990100", "中共某市委员会", "县级", "地方党委"), *ORGANIZATIONS[3:])
    ledgers = read(table([row()]), *lists(orphan))
    assert by_entity(ledgers, WORDS)["organization"][0]["parent"] is None
    assert said(ledgers.problems) == ["D2 `上级党组织` 的 `中共某市委员会` 在表 `党组织` 中找不到；请填全称、上级和名称（如 `某县／某镇`）或编号，或补入表中"]
    assert not any(one.error for one in ledgers.problems)


def test_cells_right_of_a_short_title_have_their_letters():
    header = ["谈话时间", "被谈话人", "单位", "谈话人", "自查报告时间"]
    ledger = table_of_grid("台账", "台账.csv", None, [["监督谈话台账"], header, ["2026.3.5", "张三", "霁湖镇党委", "王伟", "2026.2.30"]])
    assert errors(ledger, *lists()) == ["E3 没有 `2026.2.30` 这一天"]
    assert facts(ledger, *lists()).tables["talk"][0].origin.columns["organization"] == "C"
