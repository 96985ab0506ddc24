"""What reports say."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    # the head
    "R10": {"zh": "{title}：检查报告", "en": "{title}: report"},
    "R11": {
        "zh": "规则包 {pack} {version} · 检查基准日 {as_of} · policy {program}",
        "en": "pack {pack} {version} · as of {as_of} · policy {program}",
    },
    "R37": {"zh": "  在 {packs} 之上作了变更", "en": "  a variant of {packs}"},
    "R29": {"zh": "密级：数据中标有的最高密级为“{mark}”", "en": "secrecy: the highest mark in the data is `{mark}`"},
    "R12": {"zh": "  数据 {place}：{entity} {rows} 行", "en": "  data {place}: {entity}, {rows:row|rows}"},
    "R28": {
        "zh": "  数据 {place}：{count} 张表共 {rows} 行（{tables}）",
        "en": "  data {place}: {count:table|tables}, {rows:row|rows} ({tables})",
    },
    "R13": {"zh": "  数据 {place}：按额外表处理，未读取（{rows} 行）", "en": "  data {place}: declared as extra, left out ({rows:row|rows})"},
    "R14": {"zh": "  参数 {name}：{value}（默认 {default}；来自 {origin}）", "en": "  parameter {name} = {value} (default {default}; from {origin})"},
    "R93": {
        "zh": "  参数 {name}：{value}（默认 {default}；来自 {origin}，依据：{basis}{by}）",
        "en": "  parameter {name} = {value} (default {default}; from {origin}, basis: {basis}{by})",
    },
    "R94": {"zh": "，{by}决定", "en": ", decided by {by}"},
    "R92": {"zh": "  单位文件 {file}", "en": "  unit's file {file}"},
    "R15": {"zh": "数据问题 {count} 处：错误 {errors}、提醒 {remarks}", "en": "data problems: {count} (errors {errors}, remarks {remarks})"},
    "R16": {
        "zh": "另有 {count} 处；全部内容见 -o json，或用 --data-report xlsx=文件 在工作簿副本中逐格标出",
        "en": "and {count} more; -o json lists them all, --data-report xlsx=FILE marks them in a copy of the workbook",
    },
    "R18": {"zh": "    {place}：{note}", "en": "    {place}: {note}"},
    "R17": {"zh": "{place}：{said}", "en": "{place}: {said}"},
    # the findings
    "R20": {"zh": "没有需要处理的事项", "en": "nothing to chase"},
    "R21": {"zh": "需处理事项 {count} 项，涉及责任主体 {bearers} 个", "en": "to chase: {count}, owed by {bearers:bearer|bearers}"},
    "R22": {"zh": "■ {bearer}：{counts}", "en": "■ {bearer}: {counts}"},
    "R23": {"zh": "{entity} {key}", "en": "{entity} {key}"},
    "R24": {"zh": "{entity} {key}（{name}）", "en": "{entity} {key} ({name})"},
    "R25": {"zh": "{name}（{entity} {key}）", "en": "{name} ({entity} {key})"},
    "R26": {"zh": "责任主体不明", "en": "nobody known"},
    "R19": {"zh": "不涉及责任主体", "en": "owed by nobody"},
    "R27": {"zh": "{year} 年度", "en": "year {year}"},
    # counts
    "R30": {"zh": "按规则汇总", "en": "by rule"},
    "R31": {"zh": "规则", "en": "rule"},
    "R32": {"zh": "名称", "en": "title"},
    "R33": {"zh": "合计", "en": "total"},
    "R34": {"zh": "没有适用对象的规则：{rules}", "en": "rules without a subject: {rules}"},
    "R35": {"zh": "{rules} 条规则共核对 {count} 项：{counts}", "en": "{rules:rule|rules}, {count:outcome|outcomes}: {counts}"},
    "R36": {"zh": "{rules} 条规则都没有可核对的事项", "en": "{rules:rule|rules}, no outcome"},
    # what the report leaves out
    "R40": {"zh": "未计入或需留意", "en": "left out, or worth knowing"},
    "R41": {"zh": "{count} 处数据错误所在的单元格或行未参与核对", "en": "{count:cell or row with an error|cells or rows with errors} took no part"},
    "R42": {"zh": "没有提供的表，按没有记录处理：{entities}", "en": "no table was given for, so taken to have no rows: {entities}"},
    "R43": {"zh": "按额外表处理、未读取：{tables}", "en": "declared as extra and left out: {tables}"},
    "R44": {
        "zh": "{count} 项的期限所在年份（{years}）尚无节假日安排，暂按双休日推算；可用 --calendar 提供",
        "en": "{count:due day lies in a year|due days lie in years} without a published calendar ({years}), reckoned with weekends only; "
        "--calendar can supply it",
    },
    "R45": {
        "zh": "{count} 项因例外或豁免未列为问题；--all 可查看",
        "en": "{count:outcome is|outcomes are} excused by an exception or a waiver; --all lists what is excused",
    },
    # waivers and attestations
    "R46": {"zh": "{row}缺少{missing}，不予采用（{place}）", "en": "{row} lacks {missing} and was refused ({place})"},
    "R47": {"zh": "{row}的有效期只到 {other}（{place}）", "en": "{row} was valid until {other} only ({place})"},
    "R48": {"zh": "{row}没有用到：该对象没有问题（{place}）", "en": "{row} was not needed: there is no problem ({place})"},
    "R49": {
        "zh": "{row}没有对应的核对结果，请检查规则编号和对象（{place}）",
        "en": "{row} matches no outcome; check the rule's id and the subject ({place})",
    },
    "R80": {"zh": "{row}没有生效：日期 {other} 晚于检查基准日（{place}）", "en": "{row} is not in force: {other} lies after the as-of day ({place})"},
    "R81": {"zh": "{row}的规则编号在检查基准日不存在（{place}）", "en": "{row} names no rule that there is as of the day ({place})"},
    "R82": {
        "zh": "{row}的规则编号在检查基准日不存在，是否应为 {other}？（{place}）",
        "en": "{row} names no rule that there is as of the day, did you mean {other}? ({place})",
    },
    "R83": {"zh": "{row}没有用到：已由 {other} 豁免（{place}）", "en": "{row} was not needed: {other} excuses the same ({place})"},
    "R84": {"zh": "在用的豁免 {count} 件", "en": "waivers in force: {count}"},
    "R85": {"zh": "{row}：{terms}（{place}）", "en": "{row}: {terms} ({place})"},
    "R86": {"zh": "{approver} {date} 批准", "en": "approved by {approver} on {date}"},
    "R87": {"zh": "有效期至 {day}", "en": "valid until {day}"},
    "R88": {"zh": "未定有效期", "en": "valid without end"},
    "R89": {"zh": "文件 {document}", "en": "document {document}"},
    "R91": {
        "zh": "{rule} 另有 {count} 件{entity}情形相同，全部内容见 -o json",
        "en": "{count} more of the same, {entity} for {rule}; -o json lists them all",
    },
    # one finding
    "R50": {"zh": "〔{status}〕", "en": "[{status}]"},
    "R51": {"zh": "{basis} {title}（{rule}）", "en": "{basis} {title} ({rule})"},
    "R52": {"zh": "对象：{subject}", "en": "subject: {subject}"},
    "R53": {"zh": "期限：{due}", "en": "due: {due}"},
    "R54": {"zh": "原因：{reason}", "en": "reason: {reason}"},
    "R55": {"zh": "缺少 {fields}，补齐后才能判断", "en": "cannot be told; missing: {fields}"},
    "R56": {"zh": "现有数据不足以判断", "en": "cannot be told from the data"},
    "R57": {"zh": "需认定：{question}", "en": "to be found: {question}"},
    "R58": {"zh": "位置：{places}", "en": "where: {places}"},
    "R59": {"zh": "建议：{remedy}", "en": "remedy: {remedy}"},
    "R60": {"zh": "（原为 {day}，遇非工作日调整）", "en": " (moved from {day}, no workday)"},
    "R61": {"zh": "，{day} 完成，逾期 {days} 天", "en": ", done {day}, {days:day|days} late"},
    "R62": {"zh": "，{day} 完成", "en": ", done {day}"},
    "R63": {"zh": "，已过 {days} 天", "en": ", {days:day|days} ago"},
    "R64": {"zh": "，还有 {days} 天", "en": ", {days:day|days} left"},
    "R65": {"zh": "，基准日当天到期", "en": ", today"},
    "R70": {"zh": "需认定：{question}（由{office}认定）", "en": "to be found by {office}: {question}"},
    "R71": {"zh": "豁免：{excuse}", "en": "waiver: {excuse}"},
    "R72": {"zh": "例外：{excuse}", "en": "exception: {excuse}"},
    "R73": {"zh": "另有 {count} 行", "en": "{count:more row|more rows}"},
    "R74": {"zh": "涉及事项：{findings}", "en": "findings: {findings}"},
    # the end
    "R90": {
        "zh": "以上结果由记录核对得出，说明相关记录不符合所列条款的要求或尚待核实，不是对人的结论，供研判。",
        "en": "These results come from checking records: they say which records do not meet the articles cited or cannot be told. "
        "They are no findings about people, and are offered for people to judge.",
    },
}
