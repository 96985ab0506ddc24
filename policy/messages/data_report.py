"""What reports on the data say besides what is wrong with them."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    "Q10": {"zh": "数据问题", "en": "data problems"},
    "Q11": {"zh": "检查基准日 {as_of} · policy {program}", "en": "as of {as_of} · policy {program}"},
    "Q12": {"zh": "密级：数据中标有的最高密级为“{mark}”", "en": "secrecy: the highest mark in the data is `{mark}`"},
    "Q13": {"zh": "错误 {errors} 处、提醒 {remarks} 处", "en": "errors: {errors}, remarks: {remarks}"},
    "Q14": {"zh": "没有发现数据问题", "en": "nothing is wrong with the data"},
    "Q15": {
        "zh": "点“位置”跳到那一格；红色为错误，须改正，黄色为提醒，请核对。改好后保存，直接核对本工作簿即可，这张表不当作数据",
        "en": "follow a place to its cell; red is an error to be mended, yellow a remark to look at. Save and check this workbook itself, this sheet is no data",
    },
    "Q16": {"zh": "另有 {count} 处，改正以上各处后再查", "en": "and {count} more, mend those above and check again"},
    "Q17": {
        "zh": "原工作簿有损坏，不能作副本；这是用读到的内容另做的工作簿，公式、格式和其他工作表没有保留",
        "en": "the workbook is damaged and cannot be copied; this one is made of what was read, without formulas, formats and other sheets",
    },
    # headings
    "Q20": {"zh": "位置", "en": "where"},
    "Q21": {"zh": "程度", "en": "kind"},
    "Q22": {"zh": "问题", "en": "what is wrong"},
    "Q23": {"zh": "可以怎样填", "en": "what would be accepted"},
    "Q24": {"zh": "行", "en": "row"},
    "Q25": {"zh": "错误", "en": "error"},
    "Q26": {"zh": "提醒", "en": "remark"},
    "Q27": {"zh": "{kind}：{said}", "en": "{kind}: {said}"},
    "Q28": {"zh": "数据", "en": "data"},
    # a page
    "Q30": {"zh": "读到的数据", "en": "what was read"},
    "Q31": {"zh": "当作", "en": "as"},
    "Q32": {"zh": "行数", "en": "rows"},
    "Q33": {"zh": "额外表，未读取", "en": "extra, left out"},
    "Q34": {"zh": "说明", "en": "notes"},
    "Q35": {
        "zh": "保密的列、不认识的列和找不到对应记录的引用以 *** 显示",
        "en": "confidential and unknown columns, and references that name no row, are shown as ***",
    },
    "Q36": {"zh": "只列出前 {shown} 行，另有 {count} 行有问题", "en": "the first {shown} rows, {count} more have problems"},
    "Q37": {"zh": "没有读到的表：{entities}", "en": "no table was given for: {entities}"},
    "Q38": {"zh": "其他问题", "en": "other problems"},
    "Q39": {"zh": "{count} 处", "en": "{count} in all"},
}
