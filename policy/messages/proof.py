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
    "X60": {"zh": "整改建议：{remedy}", "en": "remedy: {remedy}"},
    "X61": {"zh": "怎样才符合要求", "en": "what would comply"},
    "X62": {"zh": "需有一行{entity}：{condition}", "en": "a row of {entity} for which: {condition}"},
    "X63": {"zh": "需有一行{entity}", "en": "a row of {entity}"},
    "X64": {"zh": "{field}不晚于 {due} 的，合规；晚于 {due} 的，逾期完成", "en": "{field} on or before {due}: satisfied; after it: late"},
    "X66": {"zh": "由有权作出认定的人登记一件人工认定", "en": "an attestation, signed by whoever may give it"},
    # words
    "X80": {"zh": "违反记录", "en": "violation"},
    "X81": {"zh": "缺失", "en": "missing"},
    "X82": {"zh": "{low}至{high}", "en": "{low} to {high}"},
    "X83": {"zh": "隶属于", "en": "under"},
    "X84": {"zh": "（保密，不予显示）", "en": "(confidential)"},
    "X85": {"zh": "截至 {as_of} 查不到{row}", "en": "there is no {row} as of {as_of}"},
    "X86": {"zh": "星期{name}", "en": "{name}"},
}

WEEKDAYS = {"zh": "一二三四五六日", "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")}
