"""The pack of supervision talks: the vocabulary of the data dictionary, the rules that the articles ask for, and cases that hold."""

from __future__ import annotations

import datetime
from collections import defaultdict
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.lang.schema import ATTESTATION, WAIVER
from policy.lang.types import MonthDay, Period
from policy.pipeline.cases import run_cases

PACK = Path(__file__).parents[2] / "rules" / "supervision_talks"
READINGS = (Path(__file__).parents[2] / "docs" / "readings.md").read_text("utf-8")

ENTITIES = """
organization 党组织
  code 组织编码 text key
  name 名称 text
  level 层级 level
  kind 类别 organization_kind
  parent 上级党组织 →organization optional tree
  approver 批准设立的党组织 →organization optional
  office 办公室 text optional
  division_code 行政区划代码 text optional
  credit_code 统一社会信用代码 text optional
  status 状态 organization_status optional
term 届期
  id 届期编号 text key
  organization 党组织 →organization
  number 届次 text optional
  start 开始日期 date
  planned_end 应届满日期 date
  actual_end 实际届满日期 date optional
person 人员
  id 人员编号 text key
  name 姓名 text confidential
appointment 任职
  id 任职编号 text key
  person 人员 →person
  organization 党组织 →organization
  title 职务 text optional
  post 职务类别 post
  is_head 是否一把手 bool
  is_team_member 是否领导班子成员 bool
  start 任职日期 date
  end 免职日期 date optional
roster_entry 应谈名册
  id 名册编号 text key
  conductor 开展谈话组织 →organization
  organization 下级党组织 →organization
  start 纳入日期 date
  end 退出日期 date optional
plan 年度计划
  id 计划编号 text key
  conductor 开展谈话组织 →organization
  year 计划年度 int
  issued 制定日期 date optional occurs
  document_number 文号 text optional
  considered 结合情况 text optional
plan_item 计划明细
  id 明细编号 text key
  plan 计划 →plan
  organization 下级党组织 →organization
  talkee 被谈话人 →person optional
  talker 拟谈话人 →person optional
  assignee 责任分工 text optional
  due 完成时限 date optional
circumstance 及时谈话情形
  id 情形编号 text key
  organization 所在党组织 →organization
  person 涉及人 →person optional
  code 情形 circumstance_code
  occurred 发生日期 date optional
  known 知悉日期 date optional
  confirmed 认定日期 date optional
  decision 认定结论 decision
  explanation 说明 text optional confidential
talk 谈话
  id 谈话编号 text key
  kind 谈话类型 talk_kind
  nature 谈话性质 talk_nature
  status 状态 talk_status
  conductor 开展谈话组织 →organization
  talker 谈话人 →person
  talkee 被谈话人 →person
  organization 所在党组织 →organization
  start 开始日期 date
  end 结束日期 date occurs
  place 地点 text optional
  group_size 被谈话人数 int optional
  organizer 组织单位 text optional
  plan_item 计划明细 →plan_item optional
  outline_date 谈话提纲日期 date optional
  self_check_date 自查报告日期 date optional
  covers_responsibility 涉及第一责任人职责 bool optional
  covers_discipline 涉及严格自律 bool optional
  record_number 谈话记录编号 text optional
  classification 密级 classification optional secrecy
talk_circumstance 谈话情形
  id 编号 text key
  talk 谈话 →talk
  circumstance 情形 →circumstance
talk_step 谈话步骤
  id 编号 text key
  talk 谈话 →talk
  step 步骤 step
  position 次序 int optional
  done 是否完成 bool
problem 问题
  id 问题编号 text key
  talk 谈话 →talk
  category 类别 subject_category
  content 内容 text optional confidential
measure 整改措施
  id 措施编号 text key
  talk 谈话 →talk
  problem 问题 →problem optional
  category 类别 subject_category
  proposed 提出日期 date optional occurs
  due 完成时限 date optional
  progress 完成情况 progress optional
  content 内容 text optional confidential
report 报告
  id 报告编号 text key
  talk 谈话 →talk
  kind 报告类型 report_kind
  reporter 报告人 →person optional
  recipient 报告对象 →organization optional
  date 报告日期 date optional occurs
  includes_reflection 含思想认识 bool optional
notification 通报
  id 通报编号 text key
  talk 谈话 →talk
  audience 通报范围 audience
  date 通报日期 date optional occurs
  expected 应通报人数 int optional
  reached 实通报人数 int optional
archive 归档
  id 归档编号 text key
  talk 谈话 →talk
  material 材料类型 material
  date 归档日期 date optional occurs
copy 抄送
  id 抄送编号 text key
  talk 谈话 →talk
  recipient_kind 抄送单位类型 recipient_kind
  date 抄送日期 date optional occurs
annual_document 年度文书
  id 文书编号 text key
  organization 党组织 →organization
  person 人员 →person optional
  kind 文书类型 annual_document_kind
  year 年度 int
  date 日期 date optional occurs
  includes_talks 是否列入监督谈话 bool optional
  regular_count 定期谈话数 int optional
  prompt_count 及时谈话数 int optional
oversight 监督检查
  id 检查编号 text key
  organization 被检查党组织 →organization
  inspector 检查单位 →organization optional
  kind 类型 oversight_kind
  date 日期 date occurs
  covers_talks 是否了解监督谈话 bool optional
  problems_found 发现问题数 int optional
  followed_up 是否推动解决 bool optional
access 知悉记录
  id 记录编号 text key
  talk 谈话 →talk
  person 知悉人 →person
  date 知悉日期 date occurs
  cleared 是否在知悉范围 bool optional
"""

ENUMS = """
level 层级: central 中央, province 省级, prefecture 市级, county 县级, township 乡级, village 村级, other 其他
organization_kind 类别: local_committee 地方党委, working_committee 党工委, township_committee 乡镇党委, party_group 党组,
  group_nature_committee 党组性质党委, discipline_body 纪检机关, resident_discipline_team 派驻纪检监察组, working_organ 党的工作机关,
  institution 党委直属事业单位, grassroots 基层党组织, enterprise 企业党组织, university 高校党组织, military 军队党委, other 其他
organization_status 状态: active 正常, merged 合并, abolished 撤销
post 职务类别: secretary 书记, acting_secretary 代理书记, presiding_deputy 主持工作副书记, deputy_secretary 副书记, standing_member 常委,
  group_member 党组成员, member 委员, discipline_secretary 纪委书记, administrative_head 行政正职, other 其他
talk_kind 谈话类型: regular 定期谈话, prompt 及时谈话
talk_nature 谈话性质: supervision 监督谈话, appointment 任职谈话, admonition 诫勉谈话, clue 问题线索处置谈话, other 其他
talk_status 状态: planned 计划, completed 已完成, cancelled 取消
circumstance_code 情形: petitions 信访举报, criticised 通报批评或负面舆情, assessment 主体责任检查考核, major_case 重大案件或严重四风,
  personal 本人苗头性倾向性问题, other 其他
decision 认定结论: talk_required 需谈话, not_required 不需谈话, undecided 待认定
step 步骤: self_report 报告自查, problems 通报指出问题, explanation 作出说明, demands 提出整改要求, statement 表态发言
subject_category 类别: first_responsibility 第一责任人职责, self_discipline 严格自律
progress 完成情况: not_started 未开始, in_progress 进行中, done 已完成
report_kind 报告类型: reflection_and_measures 思想认识及整改措施, rectification 整改情况
audience 通报范围: team_members 领导班子其他成员, other 其他
material 材料类型: record 谈话记录, measures 整改措施, rectification 整改情况, other 其他
recipient_kind 抄送单位类型: discipline_body 本级纪检机关, resident_discipline_team 派驻纪检监察组, organization_department 组织(人事)部门, other 其他
annual_document_kind 文书类型: responsibility_list 责任清单, annual_arrangement 年度任务安排, responsibility_report 主体责任报告,
  secretary_debrief 书记述职
oversight_kind 类型: assessment 考核, inspection 监督检查, tour 巡视巡察, daily 日常监督
classification 密级: top_secret 绝密, secret 机密, confidential 秘密, work_secret 工作秘密, internal 内部, public 公开
"""

RULES = {
    "JDTH-02-1-b": ("warn", {(2, 1)}, "organization"),
    "JDTH-02-1-c": ("warn", {(2, 1)}, "organization"),
    "JDTH-02-3-a": ("warn", {(2, 3)}, "organization"),
    "JDTH-05-2-a": ("fail", {(5, 2)}, "organization"),
    "JDTH-05-2-b": ("fail", {(5, 2)}, "organization"),
    "JDTH-05-2-c": ("fail", {(5, 2)}, "organization"),
    "JDTH-05-2-ct": ("advise", {(5, 2), (20, None)}, "organization"),
    "JDTH-05-2-d": ("warn", {(5, 2)}, "organization"),
    "JDTH-05-2-e": ("warn", {(5, 2)}, "organization"),
    "JDTH-05-2-et": ("advise", {(5, 2), (20, None)}, "organization"),
    "JDTH-05-3-a": ("warn", {(5, 3)}, "organization"),
    "JDTH-05-3-b": ("warn", {(5, 3)}, "organization"),
    "JDTH-05-3-c": ("fail", {(5, 3)}, "organization"),
    "JDTH-05-3-d": ("advise", {(5, 3)}, "organization"),
    "JDTH-06-1-a": ("advise", {(6, None)}, "organization"),
    "JDTH-07-1-a": ("fail", {(7, None)}, "organization"),
    "JDTH-07-1-b": ("fail", {(7, None)}, "organization"),
    "JDTH-07-1-c": ("fail", {(7, None)}, "organization"),
    "JDTH-07-1-d": ("warn", {(7, None)}, "organization"),
    "JDTH-08-1-a": ("warn", {(8, None)}, "organization"),
    "JDTH-08-1-b": ("advise", {(8, None)}, "organization"),
    "JDTH-09-1-a": ("warn", {(9, 1)}, "person"),
    "JDTH-09-1-b": ("fail", {(9, 1)}, "person"),
    "JDTH-09-2-a": ("advise", {(9, 2)}, "person"),
    "JDTH-10-1-a": ("fail", {(10, 1)}, "organization"),
    "JDTH-10-1-b": ("advise", {(10, 1)}, "organization"),
    "JDTH-10-2-a": ("advise", {(10, 2)}, "organization"),
    "JDTH-10-2-b": ("fail", {(10, 2)}, "organization"),
    "JDTH-11-1-a": ("fail", {(11, 1)}, "person"),
    "JDTH-11-1-b": ("fail", {(11, 1)}, "person"),
    "JDTH-11-1-c": ("warn", {(11, 1)}, "person"),
    "JDTH-11-1-d": ("warn", {(11, None)}, "person"),
    "JDTH-11-1-e": ("warn", {(11, 1)}, "person"),
    "JDTH-11-1-f": ("fail", {(11, 1)}, "person"),
    "JDTH-11-2-a": ("fail", {(11, 2)}, "person"),
    "JDTH-12-1-a": ("fail", {(12, None)}, "organization"),
    "JDTH-12-1-b": ("fail", {(12, None)}, "organization"),
    "JDTH-12-1-c": ("fail", {(12, None)}, "organization"),
    "JDTH-12-1-d": ("fail", {(12, None)}, "organization"),
    "JDTH-12-1-e": ("fail", {(12, None)}, "organization"),
    "JDTH-13-1-a": ("fail", {(13, 1)}, "organization"),
    "JDTH-13-2-a": ("fail", {(13, 2)}, "organization"),
    "JDTH-13-2-b": ("fail", {(13, 2)}, "organization"),
    "JDTH-13-2-c": ("warn", {(13, 2)}, "organization"),
    "JDTH-14-1-a": ("warn", {(14, None)}, "organization"),
    "JDTH-15-1-a": ("warn", {(15, None)}, "organization"),
    "JDTH-16-1-a": ("warn", {(16, None)}, "organization"),
    "JDTH-16-1-b": ("fail", {(16, None)}, "organization"),
    "JDTH-17-1-a": ("advise", {(17, None)}, None),
    "JDTH-17-1-c": ("advise", {(17, None)}, None),
    **{f"DQ-{number}": ("warn", set(), None) for number in range(1, 7)},
}
"""Severity, articles with paragraph, and the entity of who owes it."""

PARAMETERS = {
    "acting_counts": (True, None, None),
    "first_plan_due": (MonthDay(4, 30), MonthDay(1, 30), MonthDay(6, 30)),
    "plan_due": (MonthDay(3, 31), MonthDay(1, 1), MonthDay(6, 30)),
    "min_tenure": (Period(6, "months"), Period(1, "months"), Period(12, "months")),
    "prompt_days": (Period(30, "days"), Period(1, "days"), Period(90, "days")),
    "prompt_limit": (Period(90, "days"), Period(30, "days"), Period(90, "days")),
    "notify_due": (Period(1, "months"), Period(1, "months"), Period(3, "months")),
    "notify_limit": (Period(3, "months"), Period(1, "months"), Period(3, "months")),
    "archive_days": (Period(30, "days"), Period(1, "days"), Period(90, "days")),
    "copy_days": (Period(30, "days"), Period(1, "days"), Period(90, "days")),
    "year_start_due": (MonthDay(3, 31), MonthDay(1, 1), MonthDay(3, 31)),
    "transition_until": (datetime.date(2028, 1, 30), datetime.date(2026, 1, 30), datetime.date(2028, 1, 30)),
    "accountability_threshold": (3, 1, 20),
}
"""Default and bounds."""

SETTINGS = {"months": "down", "nonworking": "next_workday", "due_soon": Period(5, "days")}


@pytest.fixture(scope="module")
def plugins():
    return load_plugins()


@pytest.fixture(scope="module")
def loaded(plugins):
    loaded = pipeline.load_pack(PACK, plugins)
    assert loaded.diagnostics == ()
    return loaded


@pytest.fixture(scope="module")
def pack(loaded):
    return loaded.pack


def fields_of(entity):
    for field in entity.fields:
        type = f"→{field.type.name}" if field.type.is_ref else field.type.name or field.type.kind
        flags = [flag for flag in ("key", "optional", "occurs", "confidential", "tree", "secrecy") if getattr(field, flag)]
        yield " ".join(["", "", field.name, field.label, type, *flags])


def test_the_entities_are_those_of_the_data_dictionary(pack):
    own = [entity for entity in pack.vocabulary.entities.values() if entity.name not in (ATTESTATION.name, WAIVER.name)]
    lines = [line for entity in own for line in (f"{entity.name} {entity.label}", *fields_of(entity))]
    assert lines == ENTITIES.strip("\n").split("\n")


def test_the_codes_are_those_of_the_data_dictionary(pack):
    expected = ENUMS.strip().replace(",\n ", ",").split("\n")
    found = [
        f"{enum.name} {enum.label}: " + ", ".join(f"{member.name} {member.label}" for member in enum.members)
        for enum in pack.vocabulary.enums.values()
    ]
    assert found == expected


def test_the_header(pack):
    assert (pack.id, pack.effective, pack.calendar) == ("supervision_talks", datetime.date(2026, 1, 30), "cn")
    assert pack.title == "《党委(党组)对下级党组织“一把手”开展监督谈话工作办法》"


def test_the_parameters_with_their_bounds(pack):
    own = {name: parameter for name, parameter in pack.parameters.items() if name not in SETTINGS}
    assert {name: (parameter.default, parameter.low, parameter.high) for name, parameter in own.items()} == PARAMETERS
    assert all(parameter.basis for parameter in own.values())
    assert {name: pack.parameters[name].default for name in SETTINGS} == SETTINGS


def test_the_rules_with_their_severity_articles_and_bearers(pack):
    found = {}
    for rule in pack.rules:
        cited = {(article, paragraph) for article, _, paragraph, _ in rule.citations}
        found[rule.id] = (rule.severity, cited, rule.bearer and rule.bearer.type.name)
    assert found == RULES


def test_every_rule_and_parameter_is_in_the_readings(pack):
    ids = {rule.id.removeprefix("JDTH-") for rule in pack.rules}
    assert {id for id in ids if id not in READINGS} == set()
    assert {name for name in pack.parameters if f"| `{name}` {pack.parameters[name].label} |" not in READINGS} == set()


def test_the_regulation_is_complete(pack):
    articles = pack.regulation.articles
    assert sorted(articles) == [(number, None) for number in range(1, 21)]
    assert [len(articles[number, None].paragraphs) for number in (2, 5, 10, 11, 13, 15)] == [3, 3, 2, 2, 2, 1]
    assert [len(articles[5, None].paragraphs[2].items), len(articles[10, None].paragraphs[0].items)] == [6, 5]


def test_every_case_holds(loaded, plugins):
    results = run_cases(loaded, plugins)
    assert len(results) > 500
    failed = {result.case.title: [failure.arguments for failure in result.failures] for result in results if result.failures}
    assert failed == {}


def test_every_rule_has_a_satisfied_a_violated_and_an_unknown_case(pack):
    """Save that nothing is missing where it is asked whether a chain ends, or of a code that is there whether it is valid."""
    statuses = defaultdict(set)
    for case in pack.cases:
        for expectation in case.expectations:
            statuses[expectation.rule].add(expectation.status)
    always_known = {"DQ-5", "DQ-6"}
    lacking = {rule: {"satisfied", "violated", "unknown"} - statuses[rule] for rule in RULES}
    assert {rule for rule, missing in lacking.items() if missing == {"unknown"}} == always_known
    assert {rule: missing for rule, missing in lacking.items() if missing and rule not in always_known} == {}


def test_every_deadline_has_a_case_on_the_last_day_and_on_the_day_after(pack):
    """Undone on the due day it is still due soon, on the day after it is violated."""
    distances = defaultdict(set)
    for case in pack.cases:
        for expectation in case.expectations:
            if expectation.due is not None:
                distances[expectation.rule].add((expectation.status, (case.as_of - expectation.due).days))
    for rule in pack.rules:
        if rule.due is not None:
            assert {("due_soon", 0), ("violated", 1)} <= distances[rule.id], rule.id


def test_no_word_that_judges_a_person(pack):
    """Findings are about records: 不符合第×条要求, 供研判; never 违纪."""
    parts = [part for rule in pack.rules for part in (rule.title, rule.remedy, rule.note, *rule.message)]
    texts = [part for part in parts if isinstance(part, str)]
    assert not any(word in text for text in texts for word in ("违纪", "违规", "违法"))
    assert all("".join(map(str, rule.message)).startswith(("不符合第", "供研判")) for rule in pack.rules)


def test_titles_of_cases_differ(pack):
    titles = [case.title for case in pack.cases]
    assert len(titles) == len(set(titles))
