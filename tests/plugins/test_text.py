"""The report for officers, word for word; and that nothing in the data can disturb a terminal."""

from __future__ import annotations

import io
import re

import attrs
import pytest
from policy_text import Text

from policy.lang.facts import Input
from policy.lang.outcome import Evidence
from policy.lang.past import Change, Difference, key_of
from tests.reports import COMPARED, EMPTY, FULL, OUTCOMES, day, outcome

CHINESE = """\
监督谈话办法：检查报告
规则包 small 1.0 · 检查基准日 2026-05-11 · policy 0.1.0
密级：数据中标有的最高密级为“工作秘密”
  在 base 2.1、ground 1.0 之上作了变更
  数据 谈话.csv：谈话 2 行
  数据 台账.xlsx「备查」：按额外表处理，未读取（7 行）
    台账.xlsx「备查」：含隐藏行 1 行，一并读取
  单位文件 policy.toml
  参数 及时谈话期限（prompt_days）：20日（默认 30日；来自 policy.toml，依据：县委会议纪要〔2026〕5号，县委书记专题会决定）
  参数 nonworking：不变（默认 next_workday；来自 --set）

数据问题 2 处：错误 1、提醒 1
  谈话.csv 第12行J列：无法读取（坏盘）
  说明.doc：未读取：不能读取 `.doc` 类型的文件（可读取：.csv）

需处理事项 5 项，涉及责任主体 2 个

■ 泠溪县委（党组织 O1）：逾期完成 1、需人工认定 1
  〔逾期完成·警告〕 第十条第一款 五个步骤（B-1）
    对象：谈话 T1、步骤 报告自查、2026 年度
    期限：2027-01-04，2027-01-05 完成，逾期 1 天
    原因：迟了
    位置：谈话.csv 第12行H、J列
  〔需人工认定〕 第八条 直面问题（C-1）
    对象：谈话 T1
    需认定：是否直奔主题？（由党委办公室认定）
    位置：谈话.csv 第12行H、J列

■ 张三（人员 P1）：不合规 1、临期 1
  〔不合规〕 第十一条第一款 一个月内报告（A-1）
    对象：谈话 T1
    期限：2026-05-08，已过 3 天
    原因：应于2026-05-08前报告，实际尚未完成
    位置：谈话.csv 第12行H、J列
    建议：督促补报
  〔临期〕 第十一条第一款 一个月内报告（A-1）
    对象：谈话 T3
    期限：2026-05-13（原为 2026-05-10，遇非工作日调整），还有 2 天
    建议：督促补报

■ 责任主体不明：待核实 1
  〔待核实〕 第十一条第一款 一个月内报告（A-1）
    对象：谈话 T2
    原因：缺少 谈话“结束日期”，补齐后才能判断
    位置：台账.xlsx「谈话」J13

按规则汇总
  规则  不合规  逾期完成  待核实  临期  需人工认定  合规  豁免  名称
  A-1        1         ·       1     1           ·     1     ·  一个月内报告
  B-1        ·         1       ·     ·           ·     ·     ·  五个步骤
  C-1        ·         ·       ·     ·           1     ·     1  直面问题
  合计       1         1       1     1           1     1     1
  没有适用对象的规则：D-1
  4 条规则共核对 7 项：不合规 1、逾期完成 1、待核实 1、临期 1、需人工认定 1、合规 1、豁免 1

在用的豁免 1 件
  - 豁免 W1（C-1 T2）：材料在途；县委办公室 2026-03-01 批准；有效期至 2026-12-31；文件 办发〔2026〕3号（waivers.toml 第12行）

未计入或需留意
  - 1 处数据错误所在的单元格或行未参与核对
  - 没有提供的表，按没有记录处理：报告
  - 按额外表处理、未读取：台账.xlsx「备查」
  - 1 项的期限所在年份（2027）尚无节假日安排，暂按双休日推算；可用 --calendar 提供
  - 1 项因例外或豁免未列为问题；--all 可查看
  - 豁免 W9（A-1 T9）的有效期只到 2026-04-30（豁免.csv 第3行）
  - 豁免 W8（A-1 T8）缺少理由、批准日期，不予采用（台账.xlsx「豁免」第4行）
  - 豁免 W7（A-11 T8）的规则编号在检查基准日不存在，是否应为 A-1？（waivers.toml 第9行）
  - 人工认定 R2（C-1 T2）没有对应的核对结果，请检查规则编号和对象（人工认定.csv 第2行）
  - 人工认定 R3（C-1 T3）没有对应的核对结果，请检查规则编号和对象（人工认定.csv 第3行）
  - 人工认定 R4（C-1 T4）没有对应的核对结果，请检查规则编号和对象（人工认定.csv 第4行）
  - C-1 另有 2 件人工认定情形相同，全部内容见 -o json

以上结果由记录核对得出，说明相关记录不符合所列条款的要求或尚待核实，不是对人的结论，供研判。
"""

ENGLISH = """\
监督谈话办法: report
pack small 1.0 · as of 2026-05-11 · policy 0.1.0
secrecy: the highest mark in the data is `work_secret`
  a variant of base 2.1, ground 1.0
  data 谈话.csv: talk, 2 rows
  data 台账.xlsx [备查]: declared as extra, left out (7 rows)
    台账.xlsx [备查]: hidden rows are read too: 1
  unit's file policy.toml
  parameter prompt_days = 20 days (default 30 days; from policy.toml, basis: 县委会议纪要〔2026〕5号, decided by 县委书记专题会)
  parameter nonworking = none (default next_workday; from --set)

data problems: 2 (errors 1, remarks 1)
  谈话.csv row 12, column J: cannot be read (坏盘)
  说明.doc: left out: files of type `.doc` cannot be read (these can: .csv)

to chase: 5, owed by 2 bearers

■ 泠溪县委 (organization O1): late 1, attest 1
  [late·warn] 第十条第一款 五个步骤 (B-1)
    subject: talk T1, step self_report, year 2026
    due: 2027-01-04, done 2027-01-05, 1 day late
    reason: 迟了
    where: 谈话.csv row 12, column H, J
  [attest] 第八条 直面问题 (C-1)
    subject: talk T1
    to be found by 党委办公室: 是否直奔主题？
    where: 谈话.csv row 12, column H, J

■ 张三 (person P1): violated 1, due_soon 1, satisfied 1, excused 1
  [violated] 第十一条第一款 一个月内报告 (A-1)
    subject: talk T1
    due: 2026-05-08, 3 days ago
    reason: 应于2026-05-08前报告，实际尚未完成
    where: 谈话.csv row 12, column H, J
    remedy: 督促补报
  [due_soon] 第十一条第一款 一个月内报告 (A-1)
    subject: talk T3
    due: 2026-05-13 (moved from 2026-05-10, no workday), 2 days left
    remedy: 督促补报
  [satisfied] 第十一条第一款 一个月内报告 (A-1)
    subject: talk T4
    due: 2026-05-20, done 2026-05-02
    where: 谈话.csv row 12, column H, J
  [excused] 第八条 直面问题 (C-1)
    subject: talk T2
    waiver: W1 (材料在途; approved by 县委办公室 on 2026-03-01; valid until 2026-12-31; document 办发〔2026〕3号)
    where: 谈话.csv row 12, column H, J

■ nobody known: unknown 1
  [unknown] 第十一条第一款 一个月内报告 (A-1)
    subject: talk T2
    reason: cannot be told; missing: talk.end
    where: 台账.xlsx [谈话] J13

by rule
  rule   violated  late  unknown  due_soon  attest  satisfied  excused  title
  A-1           1     ·        1         1       ·          1        ·  一个月内报告
  B-1           ·     1        ·         ·       ·          ·        ·  五个步骤
  C-1           ·     ·        ·         ·       1          ·        1  直面问题
  total         1     1        1         1       1          1        1
  rules without a subject: D-1
  4 rules, 7 outcomes: violated 1, late 1, unknown 1, due_soon 1, attest 1, satisfied 1, excused 1

waivers in force: 1
  - waiver W1 (C-1 T2): 材料在途; approved by 县委办公室 on 2026-03-01; valid until 2026-12-31; document 办发〔2026〕3号 (waivers.toml row 12)

left out, or worth knowing
  - 1 cell or row with an error took no part
  - no table was given for, so taken to have no rows: report
  - declared as extra and left out: 台账.xlsx [备查]
  - 1 due day lies in a year without a published calendar (2027), reckoned with weekends only; --calendar can supply it
  - 1 outcome is excused by an exception or a waiver; --all lists what is excused
  - waiver W9 (A-1 T9) was valid until 2026-04-30 only (豁免.csv row 3)
  - waiver W8 (A-1 T8) lacks waiver.reason, waiver.date and was refused (台账.xlsx [豁免] row 4)
  - waiver W7 (A-11 T8) names no rule that there is as of the day, did you mean A-1? (waivers.toml row 9)
  - attestation R2 (C-1 T2) matches no outcome; check the rule's id and the subject (人工认定.csv row 2)
  - attestation R3 (C-1 T3) matches no outcome; check the rule's id and the subject (人工认定.csv row 3)
  - attestation R4 (C-1 T4) matches no outcome; check the rule's id and the subject (人工认定.csv row 4)
  - 2 more of the same, attestation for C-1; -o json lists them all

These results come from checking records: they say which records do not meet the articles cited or cannot be told. They are no findings about people, and are offered for people to judge.
"""

NOTHING = """\
监督谈话办法：检查报告
规则包 small 1.0 · 检查基准日 2026-05-11 · policy 0.1.0
  数据 谈话.csv：谈话 2 行

没有需要处理的事项

按规则汇总
  没有适用对象的规则：A-1、B-1、C-1、D-1
  4 条规则都没有可核对的事项

以上结果由记录核对得出，说明相关记录不符合所列条款的要求或尚待核实，不是对人的结论，供研判。
"""


def written(report, colour: bool = False) -> str:
    stream = io.BytesIO()
    Text().write(report, stream, colour=colour)
    return stream.getvalue().decode()


def test_in_chinese():
    assert written(FULL) == CHINESE


def test_every_outcome_in_english():
    assert written(attrs.evolve(FULL, language="en", all_outcomes=True)) == ENGLISH


def test_what_is_satisfied_is_not_to_be_chased():
    text = written(attrs.evolve(EMPTY, outcomes=(outcome("A-1", "satisfied"),), all_outcomes=True))
    assert "\n没有需要处理的事项\n\n■" in text and "〔合规〕" in text


def test_findings_of_other_rules_are_called_in_the_language_of_the_report():
    step = outcome("B-1", "late", subject=(("talk", "T1"), ("s", "self_report"), ("y", 2026)), fingerprint="f")
    about = outcome("A-1", "violated", evidence=(Evidence("violation", "f", None, None, None, ()),))
    report = attrs.evolve(EMPTY, outcomes=(about, step))
    assert "涉及事项：B-1 T1，报告自查，2026（逾期完成）\n" in written(report)
    assert "findings: B-1 T1,self_report,2026 (late)\n" in written(attrs.evolve(report, language="en"))


def test_nothing_to_say():
    assert written(EMPTY) == NOTHING


def test_colour_adds_nothing_but_colour():
    coloured = written(FULL, colour=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == CHINESE
    assert "\x1b[31m〔不合规〕\x1b[0m" in coloured
    assert "\x1b[33m〔逾期完成·警告〕\x1b[0m" in coloured
    assert "\x1b[33m〔临期〕\x1b[0m" in coloured


def test_advice_is_blue():
    advice = attrs.evolve(EMPTY, outcomes=(outcome("C-1", "violated"),))
    assert "\x1b[34m〔不合规·提示〕\x1b[0m" in written(advice, colour=True)


def test_data_cannot_disturb_a_terminal():
    nasty = "\x1b[2J\r\n\u202e张"
    places = Evidence("talk", nasty, nasty, nasty, 3, (("end", nasty),))
    told = outcome("A-1", "violated", subject=(("talk", nasty),), bearer=("person", nasty), message=nasty, evidence=(places,))
    report = attrs.evolve(EMPTY, outcomes=(told,), pack_title=nasty, names={("person", nasty): nasty})
    text = written(report)
    assert "张" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert len(text.splitlines()) == len(written(attrs.evolve(EMPTY, outcomes=(outcome("A-1", "violated", message="x"),))).splitlines())


@pytest.mark.parametrize(
    ("as_of", "words"),
    [("2026-05-07", "还有 1 天"), ("2026-05-08", "基准日当天到期"), ("2026-05-09", "已过 1 天"), ("2026-06-08", "已过 31 天")],
)
def test_distance_of_the_due_day(as_of, words):
    status = "violated" if as_of > "2026-05-08" else "due_soon"
    one = outcome("A-1", status, due=day("2026-05-08"), due_unrolled=day("2026-05-08"))
    assert f"期限：2026-05-08，{words}\n" in written(attrs.evolve(EMPTY, outcomes=(one,), as_of=day(as_of)))


def test_the_most_urgent_first_within_and_among_bearers():
    outcomes = (
        outcome("A-1", "due_soon", subject=(("talk", "a"),)),
        outcome("A-1", "violated", subject=(("talk", "b"),), due=day("2026-05-09")),
        outcome("A-1", "violated", subject=(("talk", "c"),), due=day("2026-05-08")),
        outcome("C-1", "violated", subject=(("talk", "d"),), due=day("2026-05-01")),
        outcome("A-1", "late", subject=(("talk", "e"),), bearer=("person", "P2")),
        outcome("A-1", "violated", subject=(("talk", "f"),), bearer=("person", "P3")),
        outcome("A-1", "violated", subject=(("talk", "g"),), bearer=None),
        outcome("A-1", "unknown", subject=(("talk", "h"),), bearer=("organization", "O2")),
    )
    text = written(attrs.evolve(EMPTY, outcomes=outcomes))
    assert re.findall("对象：谈话 (.)", text) == list("hcbdafeg")


def test_much_is_cut_short():
    rows = tuple(Evidence("talk", f"T{n}", "a.csv", None, n, ()) for n in range(1, 7))
    problems = tuple(attrs.evolve(FULL.problems[0], row=row) for row in range(1, 26))
    text = written(attrs.evolve(EMPTY, outcomes=(outcome("A-1", "violated", evidence=rows),), problems=problems))
    assert "位置：a.csv 第1行；a.csv 第2行；a.csv 第3行；另有 3 行" in text
    assert "数据问题 25 处：错误 25、提醒 0" in text and "另有 5 处；全部内容见 -o json" in text
    assert text.count("坏盘") == 20


def test_judges_records_and_not_people():
    for language in ("zh", "en"):
        text = written(attrs.evolve(FULL, language=language))
        assert "违纪" not in text
        assert "violat" not in text.splitlines()[-1]
    assert written(FULL).endswith("供研判。\n")


def test_what_nobody_owes_stands_apart_from_what_nobody_is_known_to_owe():
    report = attrs.evolve(FULL, rules={**FULL.rules, "A-1": attrs.evolve(FULL.rules["A-1"], bearer=None)})
    assert "■ 责任主体不明" in written(FULL) and "■ 不涉及责任主体" not in written(FULL)
    assert "■ 不涉及责任主体：待核实 1" in written(report) and "■ 责任主体不明" not in written(report)


def test_many_tables_of_a_folder_stand_in_one_line():
    inputs = tuple(Input(f"台账/{name}.csv", None, name, 3, "x") for name in ("talk", "report"))
    assert "  数据 台账：2 张表共 6 行（谈话 3、报告 3）\n" in written(attrs.evolve(FULL, inputs=inputs))


# --- against an earlier run ------------------------------------------------------------------------------------------


BASELINE = {
    "zh": """\
与基线 四月.json（检查基准日 2026-04-11）相比：新增 2、已变化 1、未变 2、已消除 1、记录中不再有 1、本次未核对 1
  - 基线用的规则包版本是 0.9，本次是 1.0
  - 参数 prompt_days：基线为 30日，本次为 20日
  - 基线核对过、本次没有核对的规则 2 条：Z-1、Z-2
  基线中不再列为问题的事项
  - A-1 T9：原为逾期完成，记录中不再有这个对象，请核实是否误删
  - A-1 T4：原为不合规，现为合规
""",
    "en": """\
against the baseline 四月.json (as of 2026-04-11): new 2, updated 1, unchanged 2, resolved 1, no longer in the data 1, not checked this time 1
  - the baseline is by version 0.9 of the pack, this run by 1.0
  - parameter prompt_days: 30 days in the baseline, 20 days in this run
  - 2 rules of the baseline not run now: Z-1, Z-2
  findings of the baseline that are none now
  - A-1 T9: was late, no longer in the data; see whether it was left out by mistake
  - A-1 T4: was violated, now satisfied
""",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_against_an_earlier_run(language):
    said = written(attrs.evolve(COMPARED, language=language))
    assert BASELINE[language] in said
    tags = re.findall(r"^  [〔\[](.*)[〕\]] ", said, re.MULTILINE)
    expected = {
        "zh": ["逾期完成·警告·已变化，原为不合规", "需人工认定·未变", "不合规·新增，原为临期", "临期·新增", "待核实·未变"],
        "en": ["late·warn·updated, was violated", "attest·unchanged", "violated·new, was due_soon", "due_soon·new", "unknown·unchanged"],
    }
    assert tags == expected[language]


def test_what_may_differ_besides_the_data():
    kinds = (Difference("unknown"), Difference("mask", "names", "none"), Difference("later", "2026-05-12", "2026-05-11"), Difference("program", "0.0.9", "0.1.0"),
             Difference("pack_files"), Difference("rules_added", now="A-1"))  # fmt: skip
    baseline = attrs.evolve(COMPARED.baseline, as_of=None, changes={}, differences=kinds, absent=COMPARED.baseline.absent[:1] * 22)
    said = written(attrs.evolve(COMPARED, baseline=baseline)).split("\n\n")[2].splitlines()
    assert said[:7] == [
        "与基线 四月.json 相比：新增 0、已消除 22",
        "  - 基线只有逐项结果，看不出当时的规则包、参数和规则，无法判断是否可比",
        "  - 基线与本次的掩码不同，编号和指纹对不上，不能据此判断新增；请用掩码相同的核对作基线",
        "  - 基线的检查基准日 2026-05-12 晚于本次的 2026-05-11",
        "  - 基线由 policy 0.0.9 得出，本次是 0.1.0",
        "  - 规则包的文件与得出基线时不同（版本号相同）",
        "  - 基线没有核对过的规则 1 条，其问题都算新增：A-1",
    ]
    assert said[-1] == "  - 另有 2 项，全部内容见 -o json" and len(said) == 7 + 1 + 20 + 1


def test_many_rules_are_not_all_named():
    baseline = attrs.evolve(COMPARED.baseline, differences=(Difference("rules_left", before="\n".join(f"Z-{n}" for n in range(20))),))
    assert "没有核对的规则 20 条：Z-0、Z-1、Z-2、Z-3、Z-4、Z-5、Z-6、Z-7……\n" in written(attrs.evolve(COMPARED, baseline=baseline))


def test_a_finding_whose_facts_have_changed():
    one = OUTCOMES[0]
    baseline = attrs.evolve(COMPARED.baseline, changes={key_of(one.rule, one.subject): Change("new", one.status)})
    assert "〔不合规·新增，事实有变化〕" in written(attrs.evolve(COMPARED, baseline=baseline))
