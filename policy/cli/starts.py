"""The files of a new pack: a working start, with cases, for an author to change. `NAME` and what else is in capitals is filled in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from policy.lang import ir
from policy.lang.keywords import period_text
from policy.lang.schema import ATTESTATION, WAIVER, Entity, Field

__all__ = ["own_pack", "variant"]

_PACK = {
    "zh": """\
# NAME：先写明是哪部规定、有哪些数据，再逐条写规则，每条规则配上案例。改完运行：policy test NAME
规则包 NAME 版本 “0.1”
  标题 “NAME”
  法规 “regulation.md”
  施行 2026-01-01
  日历 cn
  节假日 顺延
  依据 “（请写明制定依据）”
完

实体 person “人员”
  id   ：文本 主键 “人员编号”
  name ：文本 保密 “姓名”
完

实体 task “事项”
  id          ：文本 主键        “事项编号”
  responsible ：引用 person      “责任人”
  assigned    ：日期 发生日      “交办日期”
完

实体 reply “回复”
  id   ：文本 主键        “回复编号”
  task ：引用 task        “事项”
  date ：日期 可空 发生日 “回复日期”
完

参数 reply_days “回复期限”：期间 = 30日
  自 1日 至 60日
  依据 第一条第一款
完

规则 NAME-1-1 “按期回复”
  依据 第一条第一款
  责任主体 事项.责任人
  对象 每个 事项
  应当 存在 回复 使得 回复.事项 为 事项
  期限 事项.交办日期 后 回复期限
  违反时 不合规 “应于{due}前回复，实际{fulfilled}”
  整改建议 “督促责任人回复”
完

案例 “期限最后一天回复，按期” 基准日 2026-06-01
  给定 事项
    | 事项编号 | 责任人 | 交办日期   |
    | S1       | P1     | 2026-03-02 |
  给定 回复
    | 回复编号 | 事项 | 回复日期   |
    | H1       | S1   | 2026-04-01 |
  预期 NAME-1-1 S1 合规 期限 2026-04-01
完

案例 “晚一天，逾期” 基准日 2026-06-01
  给定 事项
    | 事项编号 | 责任人 | 交办日期   |
    | S1       | P1     | 2026-03-02 |
  给定 回复
    | 回复编号 | 事项 | 回复日期   |
    | H1       | S1   | 2026-04-02 |
  预期 NAME-1-1 S1 逾期完成
完

案例 “一直没有回复，由责任人承担，不合规” 基准日 2026-04-02
  给定 事项
    | 事项编号 | 责任人 | 交办日期   |
    | S1       | P1     | 2026-03-02 |
  预期 NAME-1-1 S1 不合规 责任主体 P1 违反时 不合规
完

案例 “期限最后一天逢假期，顺延到下一个工作日” 基准日 2026-06-01
  给定 事项
    | 事项编号 | 责任人 | 交办日期   |
    | S1       | P1     | 2026-04-02 |
  给定 回复
    | 回复编号 | 事项 | 回复日期   |
    | H1       | S1   | 2026-05-06 |
  预期 NAME-1-1 S1 合规 期限 2026-05-06
完

案例 “施行之前交办的不适用，当天交办的适用” 基准日 2026-06-01
  给定 事项
    | 事项编号 | 责任人 | 交办日期   |
    | S1       | P1     | 2025-12-31 |
    | S2       | P1     | 2026-01-01 |
  预期 NAME-1-1 S1 不适用
  预期 NAME-1-1 S2 不合规
完
""",
    "en": """\
# NAME: say which regulation and which data there are, then write the rules, each with its cases. Then run: policy test NAME
pack NAME version "0.1"
  title "NAME"
  regulation "regulation.md"
  effective 2026-01-01
  calendar cn
  nonworking next_workday
  basis "(by whose decision)"
end

entity person "Person"
  id   : text key          "Person id"
  name : text confidential "Name"
end

entity task "Task"
  id          : text key    "Task id"
  responsible : ref person  "Responsible"
  assigned    : date occurs "Assigned"
end

entity reply "Reply"
  id   : text key             "Reply id"
  task : ref task             "Of task"
  date : date optional occurs "Date"
end

param reply_days : duration = 30 days
  from 1 day to 60 days
  basis article 1 paragraph 1
end

rule NAME-1-1 "reply in time"
  basis article 1 paragraph 1
  bearer task.responsible
  for each task
  must exist reply such that reply.task is task
  due task.assigned plus reply_days
  otherwise fail "a reply was due by {due}, it came {fulfilled}"
  remedy "remind whoever is responsible"
end

case "a reply on the last day is in time" as of 2026-06-01
  given task
    | id | responsible | assigned   |
    | S1 | P1          | 2026-03-02 |
  given reply
    | id | task | date       |
    | H1 | S1   | 2026-04-01 |
  expect NAME-1-1 S1 satisfied due 2026-04-01
end

case "a day later it is late" as of 2026-06-01
  given task
    | id | responsible | assigned   |
    | S1 | P1          | 2026-03-02 |
  given reply
    | id | task | date       |
    | H1 | S1   | 2026-04-02 |
  expect NAME-1-1 S1 late
end

case "no reply at all is a violation, and whoever is responsible has to answer for it" as of 2026-04-02
  given task
    | id | responsible | assigned   |
    | S1 | P1          | 2026-03-02 |
  expect NAME-1-1 S1 violated bearer P1 otherwise fail
end

case "a last day that is a holiday moves to the next workday" as of 2026-06-01
  given task
    | id | responsible | assigned   |
    | S1 | P1          | 2026-04-02 |
  given reply
    | id | task | date       |
    | H1 | S1   | 2026-05-06 |
  expect NAME-1-1 S1 satisfied due 2026-05-06
end

case "what was assigned before the day of effect is left alone" as of 2026-06-01
  given task
    | id | responsible | assigned   |
    | S1 | P1          | 2025-12-31 |
    | S2 | P1          | 2026-01-01 |
  expect NAME-1-1 S1 not_applicable
  expect NAME-1-1 S2 violated
end
""",
}

_REGULATION = {
    "zh": "# NAME\n\n（把规定的原文放在这里，每条以“### 第×条”开头；规则引用的条款都要在这里。）\n\n### 第一条\n\n责任人应当自交办之日起三十日内回复。\n",
    "en": "# NAME\n\n(Put the text of the regulation here, each article under `### Article N`; rules can only cite what stands here.)\n\n"
    "### Article 1\n\nWhoever is responsible replies within thirty days of the assignment.\n",
}

_VARIANT = {
    "zh": """\
# NAME：在 BASE 之上作变更，BASE 本身不动。每一项变更都要写明依据；只管一段时间的，写明起止日。
# 下面三种变更各有一例，去掉行首的 # 就生效；改完运行：policy test NAME
#
# 设定 PARAM = VALUE
#   依据 “本单位的决定”
#   有效 自 2026-01-01 至 2026-12-31
# 完
#
# 改写 RULE
#   依据 “本单位的决定”
#   违反时 提示
#   有效 至 2026-12-31
# 完
#
# 停用 RULE
#   依据 “本单位的决定”
#   有效 自 2027-01-01
# 完
规则包 NAME 版本 “0.1”
  标题 "TITLE（NAME）"
  扩展 BASE 版本 “>=VERSION <NEXT”
  依据 “（请写明本单位的决定和文号）”
完

# 本单位自己的规则：
规则 NAME-1 “LABEL已登记”
  依据 “（请写明依据）”
  对象 每个 ENTITY
  应当 ENTITY.FIELD 已填
  违反时 提示 “没有登记LABEL”
  整改建议 “补充登记”
完

案例 “已登记” 基准日 DAY
  给定 ENTITY
    | KEY | FIELD |COLUMN
    | X1  | CELL  |DATED
  预期 NAME-1 X1 合规
完

案例 “没有登记” 基准日 DAY
  给定 ENTITY
    | KEY |COLUMN
    | X1  |DATED
  预期 NAME-1 X1 不合规 违反时 提示
完
""",
    "en": """\
# NAME changes BASE, which itself stays as it is. Every change has a basis; one for a time only says from when to when.
# An example of each kind of change follows: it counts once its # is taken away. Then run: policy test NAME
#
# set PARAM = VALUE
#   basis "our decision"
#   in force from 2026-01-01 to 2026-12-31
# end
#
# override RULE
#   basis "our decision"
#   otherwise advise
#   in force to 2026-12-31
# end
#
# disable RULE
#   basis "our decision"
#   in force from 2027-01-01
# end
pack NAME version "0.1"
  title "TITLE (NAME)"
  extends BASE version ">=VERSION <NEXT"
  basis "(our decision and its number)"
end

# a rule of our own:
rule NAME-1 "LABEL is filled in"
  basis "(by whose decision)"
  for each ENTITY
  must ENTITY.FIELD is filled
  otherwise advise "LABEL is not filled in"
  remedy "fill it in"
end

case "filled in" as of DAY
  given ENTITY
    | KEY | FIELD |COLUMN
    | X1  | CELL  |DATED
  expect NAME-1 X1 satisfied
end

case "not filled in" as of DAY
  given ENTITY
    | KEY |COLUMN
    | X1  |DATED
  expect NAME-1 X1 violated otherwise advise
end
""",
}

_SOME_DAY = datetime.date(2026, 6, 1)
_CELLS = {"text": "A", "int": "1", "number": "1", "date": "2026-05-11", "bool": "1", "ref": "Y1"}


def _filled(text: str, words: Mapping[str, str]) -> str:
    for word, filling in words.items():
        text = text.replace(word, filling)
    return text


def own_pack(name: str, language: str) -> dict[str, str]:
    """The files of a pack with a vocabulary, a regulation, a rule and its cases, by name."""
    words = {"NAME": name}
    return {"regulation.md": _filled(_REGULATION[language], words), f"{name}.policy": _filled(_PACK[language], words)}


def variant(name: str, base: ir.Pack, language: str) -> dict[str, str]:
    """The files of a variant of `base`, with a rule of its own and its cases, by name."""
    entity, field = _place(base)
    chinese = language == "zh"
    number = base.version.split(".")[0]
    open_ = [rule for rule in base.rules if not rule.final and not isinstance(rule.duty, ir.Permission)]
    example = next((rule for rule in open_ if rule.severity != "advise"), None) or next(iter(base.rules), None)
    day = (base.effective or _SOME_DAY).isoformat()
    occurs = entity.occurs
    words = {
        "NAME": name,
        "TITLE": base.title.replace('"', "”"),
        "BASE": base.id,
        "VERSION": base.version,
        "NEXT": str(int(number) + 1) if number.isdecimal() else number,
        **dict(zip(("PARAM", "VALUE"), _parameter(base, chinese))),
        "RULE": example.id if example else "R-1",
        "LABEL": (field.label if chinese else None) or field.name,
        "ENTITY": _called(entity, chinese),
        "FIELD": _called(field, chinese),
        "KEY": _called(entity.key, chinese),
        "DAY": day,
        "COLUMN": f" {_called(occurs, chinese)} |" if occurs else "",
        "DATED": f" {day} |" if occurs else "",
        "CELL": base.vocabulary.enums[field.type.name].members[0].name if field.type.is_enum else _CELLS[field.type.kind],
    }
    return {f"{name}.policy": _filled(_VARIANT[language], words)}


def _called(thing: Entity | Field, chinese: bool) -> str:
    return thing.label if chinese and thing.label else thing.name


def _place(base: ir.Pack) -> tuple[Entity, Field]:
    """A field for the rule to ask about: the first that may be empty and decides nothing else, else the first beside a key."""
    own = [one for name, one in base.vocabulary.entities.items() if name not in (ATTESTATION.name, WAIVER.name)]
    fields = [(entity, field) for entity in own or [ATTESTATION] for field in entity.fields if not field.key and not field.occurs]
    optional = [(entity, field) for entity, field in fields if field.optional and not field.type.is_ref]
    return (optional or fields or [(ATTESTATION, ATTESTATION.fields[1])])[0]


def _parameter(base: ir.Pack, chinese: bool) -> tuple[str, str]:
    """A parameter to set in the example and a value for it."""
    days = [one for one in base.parameters.values() if one.type.kind == "days"]
    chosen = next((one for one in days if one.name != "due_soon"), days[0])
    word = chosen.label if chinese and chosen.label else chosen.name
    return word, period_text(chosen.default.amount, chosen.default.unit, "zh" if chinese else "en")
