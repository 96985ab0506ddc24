"""What forms to fill in say."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    # instructions
    "F10": {"zh": "{title}：填表说明", "en": "{title}: instructions"},
    "F11": {
        "zh": "1. 每张工作表是一张表，一行一条记录，从第二行填起。工作表名和列名不要改；用不到的表留空即可，可空的列可以删去，列的先后可以变。",
        "en": "1. Each sheet is a table, each row a record, from the second row on. Keep the names of sheets and columns; "
        "leave a table that is not needed empty. Optional columns may go, and their order may change.",
    },
    "F12": {
        "zh": "2. 橙色、列名后写有“（必填）”的列每一行都要填；蓝色的列有就填。不知道的留空，不要填“同上”，也不要合并单元格。鼠标移到列名上有说明。",
        "en": "2. Columns in orange that say `(required)` are to be filled in every row, those in blue where there is something. "
        "Leave what is not known empty, write no ditto marks, merge no cells. Each heading has a comment.",
    },
    "F13": {
        "zh": "3. 每张表的第一列是编号，由本单位编定，一表之内不能重复；开头的 0 会保留。",
        "en": "3. The first column of each table is its key, which you choose; no two rows have the same. Leading zeros are kept.",
    },
    "F14": {
        "zh": "4. 提到另一张表的列填那张表的编号，可以从下拉列表中选；所以先填被提到的表，见下。不填姓名和单位名称，因为会重名。",
        "en": "4. A column that refers to another table takes a key of that table, offered in a list; so fill in first what is referred to, "
        "see below. Names are no keys, as several may have the same.",
    },
    "F15": {
        "zh": "5. 代码和是否从下拉列表中选。日期写到日，例如 2026-03-05；只知道月份的，留空。",
        "en": "5. Choose codes, and yes or no, from the list. Write days in full, such as 2026-03-05; "
        "where only the month is known leave the cell empty.",
    },
    "F16": {
        "zh": "6. 说明中写有“保密”的列不会出现在核对报告里。国家秘密不得填入；本文件按其中最高的密级保管。",
        "en": "6. Columns whose comment says confidential stand in no report. Enter no state secrets, "
        "and keep this file as its highest mark requires.",
    },
    "F17": {
        "zh": "7. 不必另外抄录：已有电子记录的，整列复制过来，用“选择性粘贴”只粘贴数值即可。",
        "en": "7. Nothing needs to be typed again: copy whole columns of what you have, and paste the values only.",
    },
    "F18": {
        "zh": "8. 填好后用 policy check 核对本文件。这张说明不当作数据。",
        "en": "8. Then check this file with policy check. These instructions are no data.",
    },
    # instructions of a ledger
    "F60": {
        "zh": "1. 先填名单，再填台账：名单里有的党组织和人员，台账里填名称和姓名即可，程序按名称核对，同名分不清的会提示。",
        "en": "1. Fill in the lists first: the ledger then calls organizations and persons by their names, and a check says where a name is not clear.",
    },
    "F61": {
        "zh": "2. 台账一行一次谈话。表头不要改；列的先后可以变，用不到的列可以删去，可以在表格下面加合计、签名行，可以按年分几张工作表。",
        "en": "2. A row of the ledger is one talk. Keep the headers; columns may change places or go, rows of totals and signatures may stand "
        "below the table, and each year may have a sheet of its own.",
    },
    "F62": {
        "zh": "3. 橙色、列名后写有“（必填）”的列每一行都要填；蓝色的列有就填。台账上方的“填报单位”填开展谈话的党组织名称。鼠标移到列名上有说明。",
        "en": "3. Columns in orange that say `（必填）` or `(required)` are to be filled in every row, those in blue where there is something. "
        "Above the ledger write the name of the organization that holds the talks. Each heading has a comment.",
    },
    "F63": {
        "zh": "4. 日期写到日，例如 2026-03-05；谈话不止一天的写作 2026年3月5日-6日。办了而不知道日期的填“√”，没有办的留空。",
        "en": "4. Write days in full, such as 2026-03-05; a talk of several days as 2026年3月5日-6日. Where something was done on a day that is not "
        "known write √, where it was not done leave the cell empty.",
    },
    "F64": {
        "zh": "5. 代码和是否从下拉列表中选。指出问题一格里可以写几个，用分号或换行分开。",
        "en": "5. Choose codes, and yes or no, from the list. Several problems may stand in a cell, with a semicolon or a line break between them.",
    },
    "F65": {
        "zh": "7. 不必另外抄录：已有台账的，直接核对原来的台账即可，不用改填本表。",
        "en": "7. Nothing needs to be typed again: a ledger that you have is checked as it is.",
    },
    "F67": {"zh": "应填“{sheet}”中已有的名称", "en": "it takes a name that stands in `{sheet}`"},
    "F68": {"zh": "{column}：可空，核对时不用", "en": "{column}: may be empty, has no use in a check"},
    "F69": {"zh": "办了而不知道日期的填“√”，没有办的留空", "en": "write √ where it was done on a day that is not known, nothing where it was not done"},
    "F20": {"zh": "工作表", "en": "sheet"},
    "F21": {"zh": "必填的列", "en": "required columns"},
    "F22": {"zh": "要先填的表", "en": "sheets to fill in before"},
    # columns
    "F30": {"zh": "（必填）", "en": " (required)"},
    "F31": {"zh": "是", "en": "yes"},
    "F32": {"zh": "否", "en": "no"},
    "F40": {"zh": "{column}：必填", "en": "{column}: required"},
    "F41": {"zh": "{column}：可空", "en": "{column}: may be empty"},
    "F42": {"zh": "例如：{example}", "en": "for example: {example}"},
    "F43": {"zh": "事情发生的日子，晚于检查基准日的记录暂不核对", "en": "the day of the fact: a row after the as-of day does not count yet"},
    "F44": {"zh": "保密，不出现在报告里", "en": "confidential, stands in no report"},
    "F45": {"zh": "密级标志，高于本机保密级别的不得在本机处理", "en": "a mark of secrecy: what lies above the level of a machine may not be on it"},
    "F46": {"zh": "按上下级连成一棵树，最上级的留空", "en": "rows form a tree, the topmost has none"},
    "F47": {"zh": "可以填几个，用 {separators} 或换行分开", "en": "takes several, with {separators} or a line break between them"},
    "F50": {"zh": "请核对", "en": "please look again"},
    "F51": {"zh": "必填的列", "en": "required"},
    "F52": {"zh": "可空的列", "en": "may be empty"},
}
