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
    "W34": {
        "zh": "检查基准日 {as_of} · 规则包 {pack} {version} · {count} 项 · policy {program}",
        "en": "as of {as_of} · pack {pack} {version} · {count:item|items} · policy {program}",
    },
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
    "W42": {"zh": "清单较长，依次分在这些工作表中：{sheets}", "en": "the list goes on over these sheets: {sheets}"},
}
