"""What proofs say."""

from __future__ import annotations

__all__ = ["MESSAGES", "WEEKDAYS"]

MESSAGES: dict[str, dict[str, str]] = {
    # the outcome and what it rests on
    "X10": {"zh": "{rule} {subject}：{status}（检查基准日 {as_of}）", "en": "{rule} {subject}: {status} (as of {as_of})"},
    "X11": {"zh": "{place}：{said}", "en": "{place}: {said}"},
    "X12": {"zh": "规则 {rule}：{title}", "en": "rule {rule}: {title}"},
    "X13": {"zh": "规则适用于该对象", "en": "the rule applies"},
    "X14": {"zh": "{field}不早于施行日 {day}", "en": "{field} no earlier than the effective day {day}"},
    "X15": {"zh": "期限：{day}", "en": "due: {day}"},
    "X16": {"zh": "期限：无法确定", "en": "due: cannot be told"},
    "X17": {"zh": "{expr}：{value}", "en": "{expr}: {value}"},
    "X18": {"zh": "{year} 年度", "en": "year {year}"},
    "X19": {"zh": "除外：{condition}（{basis}）", "en": "except: {condition} ({basis})"},
    # rows
    "X20": {
        "zh": "逐行核对{entity} {rows} 行：符合 {true} 行，待核实 {unknown} 行",
        "en": "{entity}: {rows:row|rows} looked at, {true} meet this, {unknown} unknown",
    },
    "X21": {"zh": "在{entity} {rows} 行中找到", "en": "{entity}: found among {rows:row|rows}"},
    "X22": {
        "zh": "逐行核对{entity} {rows} 行：不符合 {broken} 行，待核实 {unknown} 行",
        "en": "{entity}: {rows:row|rows} looked at, {broken} fail this, {unknown} unknown",
    },
    "X23": {"zh": "{rule} {subject}（{status}）", "en": "{rule} {subject} ({status})"},
    "X24": {"zh": "另有 {count} 行，不一一列出", "en": "and {count:more row|more rows}"},
    # days
    "X25": {"zh": "{year} 年 {month} 月没有 {day} 日，取 {result}", "en": "month {month} of {year} has no day {day}: {result}"},
    "X26": {"zh": "{days}不是工作日，顺延至 {result}", "en": "moved on to {result}, the next workday after {days}"},
    "X27": {"zh": "{days}不是工作日，提前至 {result}", "en": "moved back to {result}, the last workday before {days}"},
    "X28": {
        "zh": "{year} 年的节假日安排尚未公布，只按双休日推算；公布后期限可能变动",
        "en": "the calendar of {year} is not published: reckoned with weekends only, the day may change",
    },
    "X29": {"zh": "{day}（{weekday}）", "en": "{day} ({weekday})"},
    # the duty
    "X30": {"zh": "应当：{condition}", "en": "must: {condition}"},
    "X31": {"zh": "{day} 完成，没有超过期限 {due}", "en": "fulfilled on {day}, within the due day {due}"},
    "X32": {"zh": "{day} 完成，超过期限 {due} 有 {days} 日", "en": "fulfilled on {day}, {days:day|days} after the due day {due}"},
    "X33": {"zh": "截至 {as_of} 没有完成，期限 {due} 已过 {days} 日", "en": "not fulfilled as of {as_of}, {days:day|days} after the due day {due}"},
    "X34": {"zh": "截至 {as_of} 没有完成，距期限 {due} 还有 {days} 日", "en": "not fulfilled as of {as_of}, {days:day|days} left to the due day {due}"},
    "X35": {
        "zh": "截至 {as_of} 没有完成，距期限 {due} 还有 {days} 日，已在提醒的 {window} 日之内",
        "en": "not fulfilled as of {as_of}, {days:day|days} left to the due day {due}, within the {window} days of warning",
    },
    "X36": {"zh": "需人工认定：{question}", "en": "for people to find: {question}"},
    "X37": {"zh": "需人工认定（由{office}）：{question}", "en": "for {office} to find: {question}"},
    "X38": {"zh": "没有有效的人工认定", "en": "there is no attestation in force"},
    "X39": {"zh": "可以：{condition}", "en": "may: {condition}"},
    # decisions of people
    "X40": {"zh": "{row}：予以采用", "en": "{row}: it counts"},
    "X41": {"zh": "{row}：有效期已过，不予采用", "en": "{row}: it holds no longer"},
    "X42": {"zh": "{row}：另有一件已予采用", "en": "{row}: another one counts"},
    # what would decide, and what would comply
    "X50": {"zh": "缺少{fields}，补齐后才能判断", "en": "cannot be told without {fields}"},
    "X51": {"zh": "{row} 的{field}没有填写", "en": "{field} of {row} is empty"},
    "X52": {"zh": "填{values}：{status}", "en": "with {values}: {status}"},
    "X53": {"zh": "任何内容", "en": "anything"},
    "X54": {"zh": " {last} 及以前", "en": "{last} or before"},
    "X55": {"zh": " {first} 及以后", "en": "{first} or after"},
    "X56": {"zh": " {first} 至 {last}", "en": "{first} to {last}"},
    "X57": {"zh": " {first} ", "en": "{first}"},
    "X60": {"zh": "整改建议：{remedy}", "en": "remedy: {remedy}"},
    "X61": {"zh": "怎样才符合要求", "en": "what would comply"},
    "X62": {"zh": "需有一行{entity}：{condition}", "en": "a row of {entity} for which: {condition}"},
    "X63": {"zh": "需有一行{entity}", "en": "a row of {entity}"},
    "X64": {"zh": "{field}不晚于 {due} 的，合规；晚于 {due} 的，逾期完成", "en": "{field} on or before {due}: satisfied; after it: late"},
    "X66": {"zh": "登记一件人工认定：规则 {rule}，对象 {subject}", "en": "an attestation of rule {rule} for subject {subject}"},
    # a rule by itself
    "X100": {"zh": "{rule} {title}（{kind}）", "en": "{rule} {title} ({kind})"},
    "X101": {"zh": "变更", "en": "changed by"},
    "X102": {"zh": "参数", "en": "parameters"},
    "X103": {"zh": "用到的定义", "en": "definitions used"},
    "X104": {"zh": "依据这些规则的违反记录：{rules}", "en": "reads the violations of {rules}"},
    "X105": {"zh": "{name}：{value}，默认值；可选：{bounds}", "en": "{name} = {value}, the default; a unit may choose: {bounds}"},
    "X106": {"zh": "{name}：{value}，默认 {default}；可选：{bounds}", "en": "{name} = {value}, default {default}; a unit may choose: {bounds}"},
    "X107": {"zh": "案例（{count} 个）", "en": "cases ({count})"},
    "X108": {"zh": "{title}（基准日 {day}）", "en": "{title} (as of {day})"},
    "X109": {"zh": "其余 {count} 个见 policy doc", "en": "policy doc has the other {count}"},
    # words
    "X80": {"zh": "违反记录", "en": "violation"},
    "X81": {"zh": "缺失", "en": "missing"},
    "X82": {"zh": "{low}至{high}", "en": "{low} to {high}"},
    "X83": {"zh": "隶属于", "en": "under"},
    "X84": {"zh": "（保密，不予显示）", "en": "(confidential)"},
    "X85": {"zh": "截至 {as_of} 查不到{row}", "en": "there is no {row} as of {as_of}"},
    "X87": {"zh": "空", "en": "empty"},
    "X88": {"zh": "[{place}：{value}]", "en": "[{place}: {value}]"},
    "X89": {
        "zh": "指纹 {fingerprint}；以上各步已由独立的校验程序逐一复核。… 处可用 --all 展开。供研判",
        "en": "fingerprint {fingerprint}; an independent checker has gone through every step. --all unfolds what ends in … For people to judge",
    },
    "X96": {
        "zh": "每一项的由来：policy explain 规则编号 对象 数据，其余选项与本次核对相同；只写规则编号，则说明该规则",
        "en": "why a finding is what it is: policy explain RULE SUBJECT DATA, with the flags of this run; RULE alone explains the rule",
    },
    "X86": {"zh": "星期{name}", "en": "{name}"},
}

WEEKDAYS = {"zh": "一二三四五六日", "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")}
