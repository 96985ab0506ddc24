"""What lists and notices for the office say: tables of findings, and the notice that a bearer gets."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    # headings of a list of findings
    "W10": {"zh": "状态", "en": "status"},
    "W11": {"zh": "级别", "en": "severity"},
    "W12": {"zh": "责任主体", "en": "bearer"},
    "W13": {"zh": "条款", "en": "article"},
    "W14": {"zh": "事项", "en": "duty"},
    "W15": {"zh": "对象", "en": "subject"},
    "W16": {"zh": "应办期限", "en": "due"},
    "W17": {"zh": "完成日期", "en": "done"},
    "W18": {"zh": "原因", "en": "reason"},
    "W19": {"zh": "证据", "en": "evidence"},
    "W20": {"zh": "整改要求", "en": "remedy"},
    "W21": {"zh": "规则", "en": "rule"},
    "W22": {"zh": "指纹", "en": "fingerprint"},
    "W23": {"zh": "与基线比较", "en": "change"},
    "W24": {"zh": "密级", "en": "secrecy"},
    "W25": {"zh": "检查基准日", "en": "as of"},
    # sheets of a workbook
    "W30": {"zh": "汇总", "en": "summary"},
    "W31": {"zh": "问题清单", "en": "findings"},
    "W32": {"zh": "{title}：{name}", "en": "{title}: {name}"},
    "W33": {"zh": "密级：{mark}", "en": "secrecy: {mark}"},
    "W34": {"zh": "{head} · {count} 项", "en": "{head} · {count:item|items}"},
    "W35": {"zh": "工作表", "en": "sheet"},
    "W36": {"zh": "检查结果", "en": "results of the check"},
    "W37": {
        "zh": "另有 {count} 个责任主体没有单列工作表，其事项都在“{sheet}”中，可按“责任主体”筛选",
        "en": "{count:more bearer has|more bearers have} no sheet; their findings stand in `{sheet}`, which can be filtered by bearer",
    },
    "W38": {"zh": "读取的数据", "en": "what was read"},
    "W39": {"zh": "说明", "en": "how to read this"},
    "W40": {"zh": "红色为不合规，黄色为警告或临期，蓝色为提示；其余状态不着色", "en": "red is a breach (fail), yellow a warning or due soon, blue advice; other statuses have no colour"},
    "W41": {
        "zh": "“级别”由规则规定；“证据”写明文件、工作表和单元格；凭“指纹”可以查看推导过程：policy explain 指纹",
        "en": "the severity is the rule's; the evidence names file, sheet and cell; a fingerprint finds the proof: policy explain FINGERPRINT",
    },
    "W43": {"zh": "到期清单", "en": "due"},
    "W42": {"zh": "清单较长，依次分在这些工作表中：{sheets}", "en": "the list goes on over these sheets: {sheets}"},
    # notices: the placeholders of a template besides those above
    "W50": {"zh": "依据文件", "en": "title"},
    "W51": {"zh": "规则包", "en": "pack"},
    "W52": {"zh": "程序", "en": "program"},
    "W53": {"zh": "文种", "en": "kind"},
    "W54": {"zh": "项数", "en": "findings"},
    "W55": {"zh": "分类项数", "en": "counts"},
    "W56": {"zh": "序号", "en": "number"},
    # what stands in their place
    "W57": {"zh": "{year}年{month}月{day}日", "en": "{year}-{month:0>2}-{day:0>2}"},
    "W58": {"zh": "组织核对的部门（{bearer}的事项）", "en": "the office that had the records checked ({bearer})"},
    "W59": {"zh": "督办单", "en": "Notice"},
    "W65": {"zh": "提醒单", "en": "Reminder"},
    "W66": {"zh": "督办单模板", "en": "notice-template"},
    # templates that cannot be used
    "W60": {"zh": "不是 .docx 文档；请用 Word 或 WPS 另存为 .docx", "en": "is no .docx document; save it as one"},
    "W61": {"zh": "模板中的 {slot} 不是可用的占位；可用：{known:、}", "en": "there is no placeholder {slot} for the template; there are: {known:, }"},
    "W62": {"zh": "模板中的花括号不成对：{text}", "en": "a brace of the template has no other: {text}"},
    "W63": {"zh": "{slot} 因责任主体和事项而异，不能写在页眉、页脚里", "en": "{slot} differs from page to page and cannot stand in a header or footer"},
    "W64": {
        "zh": "数据标有密级，而模板的页眉里没有 {slot}；请在页眉写上 {slot}，使每页都有密级",
        "en": "the data carry a mark of secrecy, and no header of the template has {slot}; put it there, so that every page has the mark",
    },
}
