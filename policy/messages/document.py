"""What the document of a pack says besides the pack's own words."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    # the head
    "T10": {"zh": "{title}：条文与规则对照", "en": "{title}: articles and rules"},
    "T11": {"zh": "规则包", "en": "pack"},
    "T12": {"zh": "{id} {version} 版", "en": "{id} {version}"},
    "T13": {"zh": "校验值（SHA-256）", "en": "SHA-256"},
    "T14": {"zh": "施行日期", "en": "effective from"},
    "T15": {"zh": "工作日历", "en": "calendar"},
    "T16": {"zh": "月末", "en": "end of month"},
    "T17": {"zh": "节假日", "en": "days off"},
    "T18": {"zh": "临期天数", "en": "warning window"},
    "T19": {"zh": "规模", "en": "contents"},
    "T20": {
        "zh": "{rules} 条规则（{severities}），{parameters} 个参数，{definitions} 个定义，{cases} 个案例",
        "en": "{rules:rule|rules} ({severities}), {parameters:parameter|parameters}, {definitions:definition|definitions}, {cases:case|cases}",
    },
    "T21": {"zh": "{word} {count}", "en": "{word} {count}"},
    "T22": {"zh": "依据", "en": "basis"},
    "T23": {"zh": "说明", "en": "note"},
    "T26": {"zh": "；", "en": "; "},
    "T27": {"zh": "由 policy {version} 生成", "en": "made by policy {version}"},
    "T28": {"zh": "只有双休日", "en": "weekends only"},
    "T29": {"zh": "没有规定", "en": "none"},
    "T101": {"zh": "期限所至的月份没有相应日的，到该月最后一日（取前）", "en": "where the month has no such day, its last day (down)"},
    "T102": {"zh": "期限所至的月份没有相应日的，到次月第一日（取后）", "en": "where the month has no such day, the first day of the next (up)"},
    "T103": {"zh": "期限所至的月份没有相应日的，不推算，列为待核实（报错）", "en": "where the month has no such day there is no due day (error)"},
    "T104": {"zh": "推算的期限末日不是工作日的，顺延到下一个工作日（顺延）", "en": "a due day that is no workday moves to the next one (next_workday)"},
    "T105": {
        "zh": "推算的期限末日不是工作日的，提前到上一个工作日（提前）",
        "en": "a due day that is no workday moves to the one before (previous_workday)",
    },
    "T106": {"zh": "推算的期限末日不是工作日的，也不移动（不变）", "en": "a due day that is no workday stays (none)"},
    # variants
    "T107": {"zh": "扩展", "en": "extends"},
    "T108": {"zh": "时段", "en": "days"},
    "T109": {
        "zh": "有的内容只在一段时间内有效；本文件写的是检查基准日{days}的规则包，其间有效的变更最多",
        "en": "some of it is in force for a time only; this is the pack as of days {days}, when most changes are in force",
    },
    "T112": {"zh": "自 {first} 起", "en": "from {first}"},
    "T113": {"zh": "至 {last} 止", "en": "to {last}"},
    "T114": {"zh": "自 {first} 至 {last}", "en": "from {first} to {last}"},
    "T110": {"zh": "所扩展的规则包定为{standard}；由 {pack} 改定，依据：{basis}。", "en": "The base says {standard}; set by {pack}, basis: {basis}."},
    "T111": {"zh": "改写", "en": "as changed by"},
    # the sections
    "T30": {"zh": "目录", "en": "Contents"},
    "T31": {"zh": "条文与规则", "en": "Articles and rules"},
    "T32": {"zh": "不依条文的规则", "en": "Rules that rest on no article"},
    "T33": {"zh": "对照表", "en": "Traceability"},
    "T34": {"zh": "规则与条文总表", "en": "Rules by article"},
    "T35": {"zh": "参数", "en": "Parameters"},
    "T36": {"zh": "定义", "en": "Definitions"},
    "T37": {"zh": "词汇", "en": "Vocabulary"},
    "T38": {"zh": "案例", "en": "Cases"},
    "T39": {"zh": "代码", "en": "Codes"},
    # what they say first
    "T40": {
        "zh": "左边是条文原文，右边是核对它的规则；没有规则的，写明理由。规则只核对记录，结论供研判，不是对人的结论。",
        "en": "The text of each article on the left, on the right the rules that check it; or the reason why there is none. "
        "Rules check records; what they find is for people to judge and no finding about people.",
    },
    "T41": {
        "zh": "以下规则不核对哪一条款，依据列在各条之内：核对数据是否前后一致，或者执行其他文件的规定。",
        "en": "These rules check no article; each names its basis: whether the data are consistent, or what another document asks.",
    },
    "T42": {
        "zh": "每一条、款、项由哪些规则、定义、参数承接，或者为什么不设规则。依据整条的规则，承接该条各款；依据某款的规则，承接其中没有自己规则的各项。",
        "en": "Which rules, definitions and parameters carry each article, paragraph and item, or why there is no rule. A rule that "
        "cites an article carries its paragraphs; one that cites a paragraph carries the items of it that have no rule of their own.",
    },
    "T43": {
        "zh": "格内是依据的款，●为整条；只列有规则的条。",
        "en": "Paragraphs cited; ● is the whole article. Articles without a rule are left out.",
    },
    "T44": {
        "zh": "条文留有余地之处，由本单位在可选范围之内设定；检查报告列出与默认值不同的参数。",
        "en": "Where the text leaves a choice, a unit may set it within the bounds; reports list what differs from the default.",
    },
    "T45": {"zh": "各条规则共用的概念。", "en": "Notions that rules share."},
    "T46": {
        "zh": "规则所用的表和列；列名、代码用中文或标识符都可以。",
        "en": "The tables and columns that rules read; names and codes may be labels or identifiers.",
    },
    "T47": {
        "zh": "每条规则的案例：给定数据，应当得出什么。程序修改后逐一重新核对。",
        "en": "The cases of each rule: what must come out of given data. All are run again when anything changes.",
    },
    "T48": {
        "zh": "先是条文原文，其后是核对它的规则；没有规则的，写明理由。规则只核对记录，结论供研判，不是对人的结论。",
        "en": "The text of each article, then the rules that check it; or the reason why there is none. "
        "Rules check records; what they find is for people to judge and no finding about people.",
    },
    # an article
    "T50": {"zh": "全条", "en": "whole article"},
    "T51": {"zh": "第{number}款", "en": "paragraph {number}"},
    "T52": {"zh": "（{number}）", "en": "({number})"},
    "T53": {"zh": "不设规则", "en": "no rule"},
    "T54": {"zh": "{places}不设规则", "en": "no rule for {places}"},
    "T55": {"zh": "另见", "en": "see also"},
    "T56": {"zh": "相关定义", "en": "definitions"},
    "T57": {"zh": "相关参数", "en": "parameters"},
    "T58": {"zh": "尚无规则，也没有写明理由：{places}", "en": "neither a rule nor a reason: {places}"},
    "T59": {"zh": "第（{number}）项", "en": "item {number}"},
    # a rule
    "T60": {"zh": "责任主体", "en": "owed by"},
    "T61": {"zh": "期限", "en": "due"},
    "T62": {"zh": "需人工认定", "en": "to be found by people"},
    "T63": {"zh": "整改建议", "en": "remedy"},
    "T64": {"zh": "所用参数", "en": "parameters"},
    "T65": {"zh": "所用定义", "en": "definitions"},
    "T66": {"zh": "所依规则", "en": "reads violations of"},
    "T67": {"zh": "案例 {count} 个", "en": "cases: {count}"},
    "T68": {"zh": "许可", "en": "permission"},
    "T69": {"zh": "{question}（由{office}认定）", "en": "{question} (by {office})"},
    "T70": {"zh": "没有案例", "en": "no cases"},
    "T71": {"zh": "{title}（基准日 {day}）", "en": "{title} (as of {day})"},
    "T72": {"zh": "{subject}：{status}", "en": "{subject}: {status}"},
    "T73": {"zh": "，期限 {day}", "en": ", due {day}"},
    "T74": {"zh": "，完成日 {day}", "en": ", fulfilled {day}"},
    "T75": {"zh": "，责任主体 {bearer}", "en": ", bearer {bearer}"},
    "T76": {"zh": "，严重程度 {severity}", "en": ", severity {severity}"},
    # tables
    "T80": {"zh": "条款", "en": "place"},
    "T81": {"zh": "规则", "en": "rules"},
    "T82": {"zh": "定义、参数", "en": "definitions, parameters"},
    "T83": {"zh": "不设规则的理由", "en": "why there is no rule"},
    "T84": {"zh": "名称", "en": "name"},
    "T85": {"zh": "标识符", "en": "identifier"},
    "T86": {"zh": "默认值", "en": "default"},
    "T87": {"zh": "可选范围", "en": "bounds"},
    "T88": {"zh": "依据和理由", "en": "basis and reason"},
    "T89": {"zh": "用于规则", "en": "used by"},
    "T90": {"zh": "类型", "en": "type"},
    "T91": {"zh": "标记", "en": "marks"},
    "T92": {"zh": "{low} 至 {high}", "en": "{low} to {high}"},
    "T93": {"zh": "不限", "en": "any"},
    "T94": {"zh": "包头", "en": "header"},
    "T96": {"zh": "引用 {entity}", "en": "ref {entity}"},
    "T97": {"zh": "、", "en": ", "},
    "T115": {"zh": "〔{kind}〕", "en": "[{kind}]"},
    "T98": {"zh": "{rule} {title}", "en": "{rule} {title}"},
}
