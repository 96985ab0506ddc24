"""The canonical layout, by exact text."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from policy.format import format_expression, format_file
from policy.lang import ast
from policy.parse import parse_expression, parse_file
from policy.source import Source

ENGLISH = """\
# 监督谈话
pack supervision_talks version "1.0"
  title "党委(党组)对下级党组织“一把手”开展监督谈话工作办法"
  regulation "regulation.md"  # the articles
  effective 2026-01-30
  calendar cn
  months down
  nonworking next_workday
  due_soon 5 days
  basis "民法典第二百零二条、第二百零三条"
end

entity talk "谈话"
  id            : text key                   "谈话编号"
  kind          : talk_kind                  "谈话类型"
  end           : date occurs                "结束日期"  # the day on which the fact happened
  # whom it was with
  talkee        : ref person                 "被谈话人"
  record_number : text optional              "谈话记录编号"
  note          : text optional confidential
end

enum talk_kind "谈话类型"
  regular "定期谈话"
  prompt  "及时谈话"
  〔end〕
end

param prompt_days "及时谈话期限": duration = 30 days
  from 1 day to 90 days
  basis "第五条第三款未规定天数，由本单位设定"
end

define held_post(who: person, where: organization, what "职务": post, on: date) "在任"
  means exists appointment such that
    appointment.person is who
    and appointment.organization is where
    and appointment.post is what
    and appointment.start no later than on
    and (appointment.end is missing or appointment.end no earlier than on)
end

rule JDTH-11-1-a "一个月内报告思想认识和整改措施"
  basis article 11 paragraph 1, 《党内监督条例》 article 20-1, "《通知》"
  bearer talk.talkee
  for each talk, year as y from 2026 to year_of(as_of)
  let first be if talk.end is filled then talk.end else talk.start
  where talk.nature is supervision and talk.status is completed
  where talk.nature is supervision
    and talk.status is completed
    and (talk.kind is regular or talk.kind is prompt)
  except exists waiver such that waiver.subject is talk.talkee
    basis article 5 paragraph 3 item 6
  must exist report such that
    report.talk is talk
    and report.kind is reflection_and_measures
  due 1 month after talk.end months up nonworking none basis article 11
  otherwise fail "应于{due}前报告，实际{fulfilled}"
  remedy "督促被谈话人补报，并说明逾期原因"
  final
  # no more
end

case "一个月内报告：最后一天仍属按期" as of 2026-07-15
  set prompt_days = 20 days
  given 谈话
    | 谈话编号 | 谈话性质 | 状态   | 结束日期   |
    | T1       | 监督谈话 | 已完成 | 2026-04-08 |
    | T2       | 监督谈话 |        | a\\|b       |
  expect JDTH-11-1-a T1, 2026 satisfied due 2026-05-08 fulfilled 2026-05-08
  expect JDTH-11-1-a T2, 2026 absent
end  # of the cases

# of the file
"""

CHINESE = """\
# 监督谈话
规则包 supervision_talks 版本 “1.0”
  标题 "党委(党组)对下级党组织“一把手”开展监督谈话工作办法"
  法规 “regulation.md”  # the articles
  施行 2026-01-30
  日历 cn
  月末 取前
  节假日 顺延
  临期 5日
  依据 “民法典第二百零二条、第二百零三条”
完

实体 talk “谈话”
  id            ：文本 主键      “谈话编号”
  kind          ：talk_kind      “谈话类型”
  end           ：日期 发生日    “结束日期”  # the day on which the fact happened
  # whom it was with
  talkee        ：引用 person    “被谈话人”
  record_number ：文本 可空      “谈话记录编号”
  note          ：文本 可空 保密
完

枚举 talk_kind “谈话类型”
  regular “定期谈话”
  prompt  “及时谈话”
  〔end〕
完

参数 prompt_days “及时谈话期限”：期间 = 30日
  自 1日 至 90日
  依据 “第五条第三款未规定天数，由本单位设定”
完

定义 held_post（who：person、where：organization、what “职务”：post、on：日期） “在任”
  意为 存在 appointment 使得
    appointment.person 为 who
    且 appointment.organization 为 where
    且 appointment.post 为 what
    且 appointment.start 不晚于 on
    且 （appointment.end 缺失 或 appointment.end 不早于 on）
完

规则 JDTH-11-1-a “一个月内报告思想认识和整改措施”
  依据 第十一条第一款、《党内监督条例》第二十条之一、“《通知》”
  责任主体 talk.talkee
  对象 每个 talk、年度 作 y 自 2026 至 year_of（检查基准日）
  设 first 为 如果 talk.end 已填 则 talk.end 否则 talk.start
  满足 talk.nature 为 supervision 且 talk.status 为 completed
  满足 talk.nature 为 supervision
    且 talk.status 为 completed
    且 （talk.kind 为 regular 或 talk.kind 为 prompt）
  除外 存在 waiver 使得 waiver.subject 为 talk.talkee
    依据 第五条第三款第（六）项
  应当 存在 report 使得
    report.talk 为 talk
    且 report.kind 为 reflection_and_measures
  期限 talk.end 后 1个月 月末 取后 节假日 不变 依据 第十一条
  违反时 不合规 “应于{due}前报告，实际{fulfilled}”
  整改建议 “督促被谈话人补报，并说明逾期原因”
  不得变更
  # no more
完

案例 “一个月内报告：最后一天仍属按期” 基准日 2026-07-15
  设定 prompt_days = 20日
  给定 谈话
    | 谈话编号 | 谈话性质 | 状态   | 结束日期   |
    | T1       | 监督谈话 | 已完成 | 2026-04-08 |
    | T2       | 监督谈话 |        | a\\|b       |
  预期 JDTH-11-1-a T1、2026 合规 期限 2026-05-08 完成日 2026-05-08
  预期 JDTH-11-1-a T2、2026 无此项
完  # of the cases

# of the file
"""


def parsed(text: str) -> ast.File:
    file, diagnostics = parse_file(Source("test.policy", text))
    assert not diagnostics
    return file


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_a_file_in_both_languages(text):
    file = parsed(text)
    assert format_file(file, "en") == ENGLISH
    assert format_file(file, "zh") == CHINESE
    assert format_file(file) == text


def test_what_is_set_in_inside_of_comments_stays_so():
    written = "#disable R-1\n#   basis \"x\"\n# end\nenum e\n    a #    one\nend\n"
    file, _ = parse_file(Source("a.policy", written))
    assert format_file(file) == '# disable R-1\n#   basis "x"\n# end\nenum e\n  a  #    one\nend\n'


def test_an_empty_file():
    assert format_file(ast.File(())) == ""
    assert format_file(ast.File((), comments=ast.Comments(last=("a", ""))), "zh") == "# a\n#\n"


@pytest.mark.parametrize(
    "text",
    [
        # as loose as it may be without parentheses
        "a or b and not c is d plus e + f * -g.h",
        "not not a",
        "a - b - c + d",
        "--a",
        "a is b after c",
        "2 days before 1 month after a",
        "count talk >= 3 and exists report and no report as r",
        "a is exists talk such that b is c",
        "f() and f(a, (b or c) and d)",
        # parentheses that make another tree
        "(a or b) and c",
        "a and (b and c)",
        "(a and b) and c",
        "a - (b - c)",
        "(a + b) * c",
        "-(a * b)",
        "(a is b) is c",
        "(not a) is b",
        "a plus (b plus c)",
        "(1 month after a) after b",
        "(a + b).c",
        "(earliest talk by talk.end).end",
        # what reaches to the right is closed where something follows
        "(exists talk such that a) and b",
        "(if a then b else c) + d",
        "(a is exists talk such that b) or c",
        "-(earliest talk such that a).b",
        "x between (sum of a over talk such that b) and c",
        "every talk where (exists report) such that a",
        "every talk where exists report such that a such that b",
        "earliest talk by (latest report) such that a",
        "f((exists violations of R1, R2), a)",
        "a in ((exists violations of R1), b)",
        "f(exists violations of R1, R2 as v, a)",
        "nearest organization from a.b via parent such that c",
        "exists violations of all rules as v such that v.due before as_of",
        # names that would be keywords, or join one
        "〔if〕 is 〔missing〕 and 〔不存在〕.if and end is where",
        "〔三个月〕 is 三个月后",
        "〔count〕(a)",
        "〔a b〕.〔3号〕 is 〔注〕",
        "exists 〔violations of〕 as as",
    ],
)  # fmt: skip
def test_parentheses_and_names(text):
    expr, diagnostics = parse_expression(text, "test")
    assert not diagnostics
    assert format_expression(expr, "en") == text


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("1 months after a", "1 month after a", "a 后 1个月"),
        ("a plus b", "a plus b", "a 后 b"),
        ("a minus 2 workdays", "2 workdays before a", "a 前 2个工作日"),
        ("a before b", "a before b", "a 早于 b"),
        ("(a after b) plus 3日", "(a after b) plus 3 days", "（a 晚于 b） 后 3日"),
        ("三个月 = 十二周", "3 months is 12 weeks", "3个月 为 12周"),
        ("3月31日 != 2026年1月30日", "03-31 is not 2026-01-30", "03-31 不为 2026-01-30"),
        ("是 或者 false", "true or false", "是 或 否"),
        ("a ≤ 3.50", "a <= 3.50", "a <= 3.50"),
        ("a 属于 (甲、乙)", "a in (甲, 乙)", "a 属于 （甲、乙）"),
        ("合计 x 取自 y 作 z 使得 非 z.w", "sum of x over y as z such that not z.w", "合计 x 取自 y 作 z 使得 并非 z.w"),
        ("earliest x by x.y such that z", "earliest x by x.y such that z", "最早 x 按 x.y 使得 z"),
    ],
)
def test_expressions_in_both_languages(text, english, chinese):
    expr, diagnostics = parse_expression(text, "test")
    assert not diagnostics
    assert format_expression(expr, "en") == english
    assert format_expression(expr, "zh") == chinese


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        ("plain", '"plain"', "“plain”"),
        ('with "straight" ones', '"with \\"straight\\" ones"', "“with \"straight\" ones”"),
        ("有“弯”的", '"有“弯”的"', '"有“弯”的"'),
        ("a\\b\n\tc", '"a\\\\b\\n\\tc"', "“a\\\\b\\n\\tc”"),
        ("full-width ＂＼", '"full-width \\＂\\＼"', "“full-width ＂\\＼”"),
        (Decimal(3), "3.0", "3.0"),
        (Decimal("1E+2"), "100.0", "100.0"),
        (datetime.date(26, 1, 2), "0026-01-02", "0026-01-02"),
    ],
)  # fmt: skip
def test_values(value, english, chinese):
    assert format_expression(ast.Literal(value), "en") == english
    assert format_expression(ast.Literal(value), "zh") == chinese
    for text in (english, chinese):
        assert parse_expression(text, "test") == (ast.Literal(value), ())


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (115, "一百一十五"),
     (1005, "一千零五"), (1050, "一千零五十"), (9999, "九千九百九十九"), (10000, "10000")],
)  # fmt: skip
def test_numerals(number, numeral):
    rule = ast.RuleDecl(ast.Name("R"), None, (ast.BasisClause((ast.Citation(number),)),))
    text = f"规则 R\n  依据 第{numeral}条\n完\n"
    assert format_file(ast.File((rule,)), "zh") == text
    assert parsed(text).declarations == (rule,)


@pytest.mark.parametrize(
    "clause", ["must (not a)", "must (not a and b)", "must not a", "must not not a", "may not a", "due (30) months down", "due 30"]
)
def test_words_that_would_join(clause):
    text = f"rule R\n  {clause}\nend\n"
    assert format_file(parsed(text)) == text


def test_long_lists_are_broken():
    text = """\
define of_some_length(
    first_argument: organization,
    second_argument: organization,
    third_argument: date) "某"
  means under(
    first_argument.organization.parent,
    second_argument.organization.parent,
    third_argument)
end
"""
    assert format_file(parsed(text)) == text
    assert format_file(parsed(text), "zh").count("\n") == text.count("\n")
    assert format_file(parsed(" ".join(text.split()))) == text


def test_long_conditions_are_broken_and_short_ones_joined():
    text = """\
rule R
  where a
    and b
  when every report where report.talk is the_talk_in_question such that
    report.a_long_name is missing
    or exists other_report such that
      other_report.kind is report.kind
      and other_report.talk is the_talk
  let x be if a_condition_that_takes_some_room is filled
    then one_value_of_some_length
    else if another_condition_that_takes_some_room is filled
      then another_value_of_some_length
      else a_third_value_of_some_length
end
"""
    expected = text.replace("a\n    and b", "a and b")
    assert format_file(parsed(text)) == expected
    assert format_file(parsed(" ".join(text.split()))) == expected
