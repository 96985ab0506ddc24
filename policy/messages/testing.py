"""What is said of the cases of a pack: changes that none of them notices, and what they do not reach."""

from __future__ import annotations

__all__ = ["HELPS", "MESSAGES"]

MESSAGES = {
    # mutants: what was changed without a case that notices
    "K101": {"zh": "界限改为 `{after}`，没有案例察觉", "en": "no case notices another boundary: `{after}`"},
    "K102": {"zh": "反过来改为 `{after}`，没有案例察觉", "en": "no case notices the opposite: `{after}`"},
    "K103": {"zh": "“且”“或”互换，改为 `{after}`，没有案例察觉", "en": "no case notices `and` and `or` exchanged: `{after}`"},
    "K104": {"zh": "去掉条件 `{before}`，没有案例察觉", "en": "no case notices that the condition `{before}` is gone"},
    "K105": {"zh": "列举中去掉 `{before}`，没有案例察觉", "en": "no case notices that `{before}` is gone from the list"},
    "K106": {"zh": "量词改为 `{after}`，没有案例察觉", "en": "no case notices another quantifier: `{after}`"},
    "K107": {"zh": "值改为 `{after}`，没有案例察觉", "en": "no case notices another value: `{after}`"},
    "K108": {"zh": "单位改为 `{after}`，没有案例察觉", "en": "no case notices another unit: `{after}`"},
    "K109": {"zh": "枚举项改为 `{after}`，没有案例察觉", "en": "no case notices another member: `{after}`"},
    "K110": {"zh": "字段改为 `{after}`，没有案例察觉", "en": "no case notices another field: `{after}`"},
    "K111": {"zh": "改取另一端 `{after}`，没有案例察觉", "en": "no case notices the other end: `{after}`"},
    "K112": {"zh": "加减反向，改为 `{after}`，没有案例察觉", "en": "no case notices the other direction: `{after}`"},
    "K113": {"zh": "两个分支互换，改为 `{after}`，没有案例察觉", "en": "no case notices the branches exchanged: `{after}`"},
    "K114": {"zh": "去掉除外情形，没有案例察觉", "en": "no case notices that the exception is gone"},
    "K115": {"zh": "去掉期限，没有案例察觉", "en": "no case notices that the due day is gone"},
    "K116": {"zh": "取整方式改为 `{after}`，没有案例察觉", "en": "no case notices another rounding: `{after}`"},
    "K117": {"zh": "严重程度改为 `{after}`，没有案例察觉", "en": "no case notices another severity: `{after}`"},
    "K118": {"zh": "去掉责任主体，没有案例察觉", "en": "no case notices that the bearer is gone"},
    "K119": {"zh": "施行日改为 `{after}`，没有案例察觉", "en": "no case notices another day of effect: `{after}`"},
    "K120": {"zh": "`{before}` 不作这项变更，没有案例察觉", "en": "no case notices that this change of `{before}` is gone"},
    "K130": {"zh": "已知 {code} 的说明没有对应的发现", "en": "nothing is found that this explains as known {code}"},
    # what cases reach
    "K200": {
        "zh": "{pack}：{cases} 个案例，应达到 {goals} 项，达到 {reached} 项（{percent}%）",
        "en": "{pack}: {cases:case|cases} reach {reached} of {goals} ({percent} %)",
    },
    "K201": {"zh": "{name} {title}：状态 {statuses}，条件 {conditions}", "en": "{name} {title}: statuses {statuses}, conditions {conditions}"},
    "K207": {"zh": "{name} {title}：条件 {conditions}", "en": "{name} {title}: conditions {conditions}"},
    "K202": {"zh": "没有案例达到：{statuses:、}", "en": "no case reaches: {statuses:, }"},
    "K208": {"zh": "{statuses:、}", "en": "{statuses:, }"},
    "K203": {"zh": "{place} `{text}`：没有案例由它为{truths:、}决定", "en": "{place} `{text}`: no case is decided by its being {truths:, }"},
    "K204": {"zh": "真", "en": "true"},
    "K205": {"zh": "假", "en": "false"},
    "K206": {"zh": "未知", "en": "unknown"},
    "K210": {"zh": "案例的覆盖：{pack}", "en": "what cases reach: {pack}"},
    "K211": {"zh": "各种真值都起过决定作用", "en": "decided with every value"},
    "K212": {"zh": "有的真值没有起过决定作用", "en": "not with every value"},
    "K213": {"zh": "没有起过决定作用", "en": "never decided"},
    "K214": {"zh": "规则、定义", "en": "rule or definition"},
    "K215": {"zh": "达到", "en": "reached"},
    "K216": {"zh": "缺的状态", "en": "statuses lacking"},
    "K217": {"zh": "起过决定作用：{truths:、}", "en": "decided when {truths:, }"},
    "K218": {"zh": "；没有：{truths:、}", "en": "; not when {truths:, }"},
    "K219": {"zh": "没有起过决定作用", "en": "never decided"},
}

HELPS = {
    "mutant": {
        "zh": "加一个改动前后结果不同的案例；确实没有差别的，在此处注明：# 已知 {code}：理由",
        "en": "add a case that comes out differently; where nothing can differ, say so here: # known {code}: reason",
    },
    "stale": {"zh": "删去，或者改正编号和文字", "en": "remove it, or correct its code and text"},
}
