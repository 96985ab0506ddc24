"""What the analysis of a pack says: what was found, how certain it is, what was not decided."""

from __future__ import annotations

from policy.lang.keywords import spelling, status_word

__all__ = ["HELPS", "MESSAGES", "RELATED", "argument"]

MESSAGES: dict[str, dict[str, str]] = {
    # findings
    "V10": {
        "zh": "{rule} 永远不适用：没有数据能同时满足它的各项条件",
        "en": "{rule} never applies: no data meet all of its conditions",
    },
    "V11": {
        "zh": "{rule} 永远不会不合规，也不会逾期：凡是适用的，结果都不是这两种",
        "en": "{rule} can never be violated or late: wherever it applies it is something else",
    },
    "V12": {
        "zh": "{rule} 永远不会合规：凡是适用的，无论怎样做都达不到要求",
        "en": "{rule} can never be satisfied: wherever it applies, nothing that is done meets it",
    },
    "V13": {
        "zh": "{rule} 的第 {number} 项除外（{basis}）永远用不上：规则适用时，它的条件不可能成立，或者前面的除外已经包括了它",
        "en": "exception {number} of {rule} ({basis}) never counts: where the rule applies it cannot hold, or an exception before covers it",
    },
    "V14": {
        "zh": "{rule} 的除外总是成立：凡是适用的都被豁免，规则等于没有",
        "en": "the exceptions of {rule} always hold: whatever it applies to is excused, so the rule says nothing",
    },
    "V15": {
        "zh": "{rule} 的期限总是早于起因：到期日在所依据的事实发生之前，要求一提出就已经过期",
        "en": "the due day of {rule} always lies before its trigger: it has passed by the day on which the duty arises",
    },
    "V16": {
        "zh": "参数 `{parameter}` 取 {value}（界限之内）时，{rule} 永远不会不合规，也不会逾期",
        "en": "with parameter `{parameter}` at {value}, which its bounds allow, {rule} can never be violated or late",
    },
    "V17": {
        "zh": "参数 `{parameter}` 取 {value}（界限之内）时，{rule} 永远不会合规",
        "en": "with parameter `{parameter}` at {value}, which its bounds allow, {rule} can never be satisfied",
    },
    "V18": {
        "zh": "{rule} 与 {other} 互相冲突：二者都适用时，做到一条就做不到另一条",
        "en": "{rule} and {other} are in conflict: where both apply, whoever meets one cannot meet the other",
    },
    "V19": {
        "zh": "{rule} 是多余的：它不合规或者逾期时，{other} 总是也不合规或者逾期，而且严重程度不低于它",
        "en": "{rule} is redundant: wherever it is violated or late, {other} is too, and weighs no less",
    },
    "V20": {
        "zh": "{rule} 的结果取决于月末怎样算：当月没有相应日时，改为“{other}”，结果就不同",
        "en": "an outcome of {rule} hangs on the end of a month: where a month is too short, `{other}` would give another",
    },
    "V21": {
        "zh": "{rule} 的期限可能早于起因：有的数据中，到期日在所依据的事实发生之前",
        "en": "the due day of {rule} may lie before its trigger: in some data it has passed by the day on which the duty arises",
    },
    "V22": {
        "zh": "参数 `{parameter}` 取 {value}（界限之内）时，{rule} 永远不适用",
        "en": "with parameter `{parameter}` at {value}, which its bounds allow, {rule} never applies",
    },
    "V23": {
        "zh": "{rule} 不得变更，这样改放宽了要求：下面的数据，原来不合规或者逾期，改后不再是，或者程度变轻",
        "en": "{rule} is final, and this asks less of it: the data below were violated or late, and are so no longer, or weigh less",
    },
    "V24": {"zh": "{rule} 的结果取决于各行的先后：下面的数据换一个顺序，结果是{status}", "en": "outcomes of {rule} hang on the order of rows: with another order of the data below it is {status}"},
    "V25": {"zh": "{rule} 的结果取决于编号怎样取：下面的数据换一套编号，结果是{status}", "en": "outcomes of {rule} hang on what keys are called: with other keys in the data below it is {status}"},
    "V26": {"zh": "{rule} 已经不合规或者逾期的，过些日子又成了{status}", "en": "what {rule} finds violated or late is {status} again on a later day"},
    "V27": {"zh": "{rule} 要求存在的记录多了一条，反而更差：少一条时结果是{status}", "en": "one more row that fulfils {rule} makes it worse: without it it is {status}"},
    "V28": {"zh": "{rule} 不合规的，删去一条有空白的记录，就成了{status}", "en": "what {rule} finds violated is {status} once a row that lacks a value is deleted"},
    "V29": {"zh": "{rule} 不合规的对象，删去它自己的记录，结果仍在（{status}）", "en": "a violation of {rule} stays ({status}) without the rows of its subject"},
    "V32": {"zh": "{rule} 对一个对象的豁免改变了别的对象的结果，成了{status}", "en": "a waiver for one subject of {rule} changes another's outcome to {status}"},
    # how certain
    "V30": {
        "zh": "由求解器得出，对任何数据都成立（日期在 2010 年至 2089 年之间）",
        "en": "by solver, for all data (with days from 2010 to 2089)",
    },
    "V31": {
        "zh": "由下面的数据得出，解释器核对过",
        "en": "by the data below, which the interpreter has judged",
    },
    # undecided
    "V40": {
        "zh": "未能判定（{kind}）：{rules:、}。每张表至多 {rows} 行的数据中，求解器没有找到相反的例子，随机的 {drawn} 组数据中也没有；更大的数据不能断定",
        "en": "not decided ({kind}): {rules:, }. Among data of at most {rows:row|rows} a table the solver found no example against it, nor did "
        "{drawn:data set|data sets} drawn at random; of larger data nothing can be said",
    },
    "V41": {
        "zh": "未能判定（{kind}）：{count} 项。{seconds} 秒的时间已到，没有查完；可用 --timeout 放宽",
        "en": "not decided ({kind}): {count:question|questions}. The {seconds:second was|seconds were} up before the search had ended; "
        "--timeout gives it more",
    },
    # sums
    "V50": {
        "zh": "{pack}：查了 {rules} 条规则，没有发现问题（求解 {queries} 次，核对数据 {sets} 组）",
        "en": "{pack}: {rules:rule|rules} examined, nothing found ({queries:query|queries} to the solver, {sets:data set|data sets} judged)",
    },
    "V51": {
        "zh": "{pack}：查了 {rules} 条规则，发现 {count} 处（求解 {queries} 次，核对数据 {sets} 组）",
        "en": "{pack}: {rules:rule|rules} examined, {count:finding|findings} ({queries:query|queries} to the solver, {sets:data set|data sets} judged)",
    },
    "V52": {
        "zh": "{rule}（{kind}）：规则包中写明了理由，不列：{reason}",
        "en": "{rule} ({kind}): left out, as the pack says why: {reason}",
    },
    # two packs
    "V71": {"zh": "{rule}：{after} 放宽了要求，原来不合规或者逾期的，改后不再是，或者只是逾期", "en": "{rule}: {after} asks less: what was violated or late is so no longer, or is late only"},
    "V72": {"zh": "{rule}：{after} 没有这条规则", "en": "{rule}: {after} has no such rule"},
    "V73": {"zh": "{rule}：{after} 降低了严重程度", "en": "{rule}: it weighs less in {after}"},
    "V74": {"zh": "{rule}：{after} 更严，原来不是不合规的，改后不合规或者逾期", "en": "{rule}: {after} asks more: what was not violated or late now is"},
    "V75": {"zh": "结果相同的规则：{count} 条", "en": "the same: {count:rule|rules}"},
    "V76": {"zh": "{rule}：新增", "en": "{rule}: added"},
    "V77": {"zh": "{after} 不比 {before} 宽：对任何数据（日期在 2010 年至 2089 年之间），{before} 认为不合规或者逾期的，{after} 也这样认为", "en": "{after} is at least as strict as {before}: whatever {before} finds violated or late, {after} does too, for all data with days from 2010 to 2089"},
    "V78": {"zh": "{after} 比 {before} 宽：{count} 处", "en": "{after} is less strict than {before}: {count:difference|differences}"},
    "V79": {"zh": "没有发现 {after} 比 {before} 宽，但有 {count} 处未能判定", "en": "{after} was not found to be less strict than {before}, but {count:question was|questions were} not decided"},
    "V80": {"zh": "所有日期：", "en": "on all days:"},
    "V81": {"zh": "至 {last}：", "en": "until {last}:"},
    "V82": {"zh": "自 {first} 起：", "en": "from {first}:"},
    "V83": {"zh": "自 {first} 至 {last}：", "en": "from {first} to {last}:"},
    "V84": {"zh": "{rule}：未能判定（{kind}）", "en": "{rule}: not decided ({kind})"},
    "V85": {"zh": "{pack}：{subject} {status}（{severity}），期限 {due}，依据 {basis}", "en": "{pack}: {subject} {status} ({severity}), due {due}, by {basis}"},
    "V86": {"zh": "{pack}：没有这条规则", "en": "{pack}: no such rule"},
    "V87": {"zh": "{pack}：没有这一项，依据 {basis}", "en": "{pack}: says nothing, by {basis}"},
    # two packs on data
    "V91": {"zh": "{rule}：{before} → {after}，{count} 项", "en": "{rule}: {before} → {after}, {count:outcome|outcomes}"},
    "V92": {"zh": "{rule} {subject}：{before} → {after}", "en": "{rule} {subject}: {before} → {after}"},
    "V93": {"zh": "截至 {as_of}，从 {before} 到 {after} 有 {count} 项结果不同", "en": "as of {as_of}, {count:outcome differs|outcomes differ} from {before} to {after}"},
    "V94": {"zh": "截至 {as_of}，{before} 与 {after} 的结果相同", "en": "as of {as_of}, {before} and {after} say the same"},
}

HELPS: dict[str, dict[str, str]] = {
    "V10": {"zh": "核对“满足”“当”和施行日：哪两个条件不可能同时成立", "en": "look at `where`, `when` and the effective day: which two of them cannot both hold"},
    "V11": {"zh": "核对“应当”“不得”的条件：它是否已经写在“满足”里，或者总是成立", "en": "look at the duty: is it among the conditions already, or always true"},
    "V12": {"zh": "核对“应当”“不得”的条件和期限：它是否与“满足”矛盾，或者自相矛盾", "en": "look at the duty and the due day: do they contradict the conditions, or themselves"},
    "V13": {"zh": "删去这一项除外，或者改正它的条件", "en": "take the exception out, or mend its condition"},
    "V14": {"zh": "收窄除外的条件", "en": "narrow the exceptions"},
    "V15": {"zh": "核对期限的起算日和期间", "en": "look at the day that the due day is counted from, and at the period"},
    "V16": {"zh": "收窄参数的界限，或者说明这正是所要的", "en": "narrow the bounds of the parameter, or state that this is meant"},
    "V17": {"zh": "收窄参数的界限，或者说明这正是所要的", "en": "narrow the bounds of the parameter, or state that this is meant"},
    "V18": {"zh": "对照两条的依据，改正其中一条，或者写明哪一条是另一条的例外", "en": "compare their articles, and mend one, or make it an exception from the other"},
    "V19": {"zh": "删去这一条，或者改正它的条件", "en": "take the rule out, or mend its conditions"},
    "V20": {"zh": "确认规则包的月末设定符合条文", "en": "make sure that the pack's setting is what the article means"},
    "V22": {"zh": "收窄参数的界限，或者说明这正是所要的", "en": "narrow the bounds of the parameter, or state that this is meant"},
    "V23": {"zh": "不得变更的规则只能改得更严；用 policy compare 看两边的结果", "en": "a final rule can be made stricter only; policy compare shows both outcomes"},
    "V24": {"zh": "核对规则的条件；确实要这样的，在规则中写明理由", "en": "look at the conditions of the rule; where it is meant, state why in place"},
    "V25": {"zh": "核对规则的条件；确实要这样的，在规则中写明理由", "en": "look at the conditions of the rule; where it is meant, state why in place"},
    "V26": {"zh": "核对规则的条件；确实要这样的，在规则中写明理由", "en": "look at the conditions of the rule; where it is meant, state why in place"},
    "V27": {"zh": "核对规则的条件；确实要这样的，在规则中写明理由", "en": "look at the conditions of the rule; where it is meant, state why in place"},
    "V28": {"zh": "核对规则的条件；确实要这样的，在规则中写明理由", "en": "look at the conditions of the rule; where it is meant, state why in place"},
    "V29": {"zh": "核对规则的条件；确实要这样的，在规则中写明理由", "en": "look at the conditions of the rule; where it is meant, state why in place"},
    "V32": {"zh": "核对规则的条件；确实要这样的，在规则中写明理由", "en": "look at the conditions of the rule; where it is meant, state why in place"},
    "V21": {"zh": "确认这样的数据应当怎样对待", "en": "make sure how such data are to be treated"},
}

RELATED: dict[str, dict[str, str]] = {
    "V18": {"zh": "另一条在这里", "en": "the other rule is here"},
    "V19": {"zh": "另一条在这里", "en": "the other rule is here"},
}


def argument(value: str, language: str) -> str:
    """What fills a text: `@status:violated` is a status and `@setting:up` a setting of the engine, in words; else the value itself."""
    if value.startswith("@status:"):
        return status_word(value.removeprefix("@status:"), language)
    return spelling(value.removeprefix("@setting:").upper(), language) if value.startswith("@setting:") else value
