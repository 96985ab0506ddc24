"""What is said of other days: baselines, due lists, the history of runs, the audit trail."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    # against an earlier run
    "B10": {
        "zh": "与基线 {name}（检查基准日 {as_of}）相比：{counts}",
        "en": "against the baseline {name} (as of {as_of}): {counts}",
    },
    "B11": {"zh": "与基线 {name} 相比：{counts}", "en": "against the baseline {name}: {counts}"},
    "B12": {"zh": "新增 {count}", "en": "new {count}"},
    "B13": {"zh": "已变化 {count}", "en": "updated {count}"},
    "B14": {"zh": "未变 {count}", "en": "unchanged {count}"},
    "B15": {"zh": "已消除 {count}", "en": "resolved {count}"},
    "B16": {"zh": "记录中不再有 {count}", "en": "no longer in the data {count}"},
    "B17": {"zh": "本次未核对 {count}", "en": "not checked this time {count}"},
    "B20": {"zh": "新增", "en": "new"},
    "B21": {"zh": "新增，原为{was}", "en": "new, was {was}"},
    "B22": {"zh": "已变化，原为{was}", "en": "updated, was {was}"},
    "B23": {"zh": "未变", "en": "unchanged"},
    "B24": {"zh": "新增，事实有变化", "en": "new, the facts have changed"},
    "B30": {"zh": "基线中不再列为问题的事项", "en": "findings of the baseline that are none now"},
    "B31": {"zh": "{rule} {subject}：原为{was}，现为{now}", "en": "{rule} {subject}: was {was}, now {now}"},
    "B32": {"zh": "{rule} {subject}：原为{was}，记录中不再有这个对象，请核实是否误删", "en": "{rule} {subject}: was {was}, no longer in the data; see whether it was left out by mistake"},
    "B33": {"zh": "{rule} {subject}：原为{was}，本次没有核对这条规则", "en": "{rule} {subject}: was {was}, its rule was not run this time"},
    "B34": {"zh": "另有 {count} 项，全部内容见 -o json", "en": "and {count} more; -o json lists them all"},
    # what besides the data is not as it was
    "B40": {
        "zh": "基线只有逐项结果，看不出当时的规则包、参数和规则，无法判断是否可比",
        "en": "the baseline is a list of outcomes and tells neither pack nor parameters, so whether it can be compared cannot be told",
    },
    "B41": {"zh": "基线的检查基准日 {before} 晚于本次的 {now}", "en": "the baseline's day {before} lies after this run's {now}"},
    "B42": {"zh": "基线由 policy {before} 得出，本次是 {now}", "en": "the baseline is by policy {before}, this run by {now}"},
    "B43": {"zh": "基线用的规则包版本是 {before}，本次是 {now}", "en": "the baseline is by version {before} of the pack, this run by {now}"},
    "B44": {"zh": "规则包的文件与得出基线时不同（版本号相同）", "en": "the files of the pack are not those of the baseline, though its version is the same"},
    "B45": {"zh": "参数 {name}：基线为 {before}，本次为 {now}", "en": "parameter {name}: {before} in the baseline, {now} in this run"},
    "B46": {"zh": "基线核对过、本次没有核对的规则：{rules}", "en": "rules of the baseline that were not run now: {rules}"},
    "B47": {
        "zh": "基线没有核对过的规则，其问题都算新增：{rules}",
        "en": "rules that the baseline was not made with, all of whose findings count as new: {rules}",
    },
    # what falls due
    "B50": {"zh": "{title}：到期清单", "en": "{title}: what falls due"},
    "B51": {
        "zh": "规则包 {pack} {version} · 检查基准日 {as_of} · 列到 {until} · policy {program}",
        "en": "pack {pack} {version} · as of {as_of} · until {until} · policy {program}",
    },
    "B52": {"zh": "已逾期 {late} 项；{until} 前（含当日）到期 {coming} 项", "en": "overdue: {late}; falling due until {until}: {coming}"},
    "B53": {"zh": "到 {until} 没有到期的事项，也没有逾期的事项", "en": "nothing falls due until {until}, and nothing is overdue"},
    "B54": {"zh": "■ 已逾期：{count} 项", "en": "■ overdue: {count}"},
    "B55": {"zh": "■ {day}（{weekday}）{distance}：{count} 项", "en": "■ {day} ({weekday}){distance}: {count}"},
    "B56": {"zh": "■ {bearer}：{count} 项", "en": "■ {bearer}: {count}"},
    "B57": {"zh": "■ {basis} {title}（{rule}）：{count} 项", "en": "■ {basis} {title} ({rule}): {count}"},
    "B59": {"zh": "责任主体：{bearer}", "en": "owed by {bearer}"},
    "B60": {
        "zh": "另有 {count} 项缺少数据，算不出期限，未列入；policy check 可看到缺什么",
        "en": "left out: {count:duty|duties} whose due day the data do not tell; policy check says what is missing",
    },
    "B61": {
        "zh": "另有 {count} 项需人工认定，没有期限，未列入；见 policy check",
        "en": "left out: {count:finding|findings} without a due day for which people are asked; see policy check",
    },
    "B62": {"zh": "数据问题 {count} 处，清单可能因此不全；见 policy check", "en": "data problems: {count}, so the list may lack something; see policy check"},
    "B63": {"zh": "星期{day}", "en": "{day}"},
    # a calendar of what falls due
    "B80": {"zh": "{title}：到期事项", "en": "{title}: due"},
    "B81": {"zh": "密级：{mark}", "en": "secrecy: {mark}"},
    "B82": {"zh": "〔{status}〕{title}：{bearer}", "en": "[{status}] {title}: {bearer}"},
    "B83": {"zh": "按 {as_of} 的记录；供研判", "en": "by the records of {as_of}, for people to judge"},
    # runs that were kept
    "B90": {"zh": "{title}：历次核对", "en": "{title}: runs kept"},
    "B91": {"zh": "文件 {file} · 规则包 {pack} · {runs} 次", "en": "file {file} · pack {pack} · {runs:run|runs}"},
    "B92": {"zh": "历次核对", "en": "runs"},
    "B93": {"zh": "检查基准日", "en": "as of"},
    "B94": {"zh": "规则包版本", "en": "pack"},
    "B95": {"zh": "记录时间（UTC）", "en": "kept at (UTC)"},
    "B96": {"zh": "另有更早的 {count} 次", "en": "and {count} earlier"},
    "B97": {"zh": "各规则每月的不合规、逾期完成项数（每月最后一次核对）", "en": "violated and late by rule and month (last run of each)"},
    "B98": {"zh": "各责任主体每月的不合规、逾期完成项数（每月最后一次核对）", "en": "violated and late by bearer and month (last run of each)"},
    "B99": {"zh": "另有 {count} 个责任主体，全部内容见 -o json", "en": "and {count:more bearer|more bearers}; -o json lists them all"},
    "B100": {"zh": "{month} 的变化，与 {as_of} 的核对相比：{counts}", "en": "what {month} changed, against the run as of {as_of}: {counts}"},
    "B101": {"zh": "{month} 是最早的一个月，没有可比的", "en": "{month} is the first month, so there is nothing to compare it with"},
    "B102": {"zh": "{rule} {subject}：{status}（{change}）", "en": "{rule} {subject}: {status} ({change})"},
    "B103": {"zh": "合计", "en": "total"},
    "B104": {"zh": "责任主体", "en": "bearer"},
    "B105": {"zh": "变化", "en": "change"},
    "B106": {"zh": "月份", "en": "month"},
}
