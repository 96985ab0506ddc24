"""What is said of data: tables, columns, cells, calendars, and files that cannot be read."""

from __future__ import annotations

__all__ = ["HELPS", "MESSAGES", "NOTES", "note_text"]

MESSAGES: dict[str, dict[str, str]] = {
    # tables and columns
    "D001": {
        "zh": "没有名为 `{table}` 的数据表，是否应为 `{nearest}`？",
        "en": "no entity is called `{table}`, did you mean `{nearest}`?",
    },
    "D002": {
        "zh": "没有名为 `{table}` 的数据表；改用规则包中的表名，或把它声明为额外表",
        "en": "no entity is called `{table}`; use a name of the pack, or declare the table as extra",
    },
    "D003": {
        "zh": "表 `{table}` 没有名为 `{column}` 的列，是否应为 `{nearest}`？",
        "en": "`{table}` has no field `{column}`, did you mean `{nearest}`?",
    },
    "D004": {
        "zh": "表 `{table}` 没有名为 `{column}` 的列；改用规则包中的列名，或把 `{table}.{column}` 声明为额外列",
        "en": "`{table}` has no field `{column}`; use a name of the pack, or declare `{table}.{column}` as extra",
    },
    "D005": {
        "zh": "{first}列和{second}列都是 `{column}`，请只保留一列",
        "en": "columns {first} and {second} are both `{column}`, keep one of them",
    },
    "D018": {
        "zh": "表 `{table}` 另有 {count} 列不认识，没有逐一列出，请检查分隔符和表头",
        "en": "`{table}` has {count} more columns that are not known, not listed one by one, check separators and the header",
    },
    "D006": {"zh": "表 `{table}` 缺少主键列 `{column}`，请补上这一列", "en": "`{table}` has no key column `{column}`, add it"},
    "D007": {
        "zh": "表 `{table}` 没有必填列 `{column}`，按全部未填处理",
        "en": "`{table}` has no column `{column}`, which is required; its values are missing",
    },
    "D008": {
        "zh": "表 `{table}` 是空的，连表头也没有；没有数据时请至少保留表头",
        "en": "`{table}` is empty, without even a header; keep the header where there are no rows",
    },
    "D009": {"zh": "{column}列有内容但没有表头，请补上列名", "en": "column {column} has values but no header, give it a name"},
    "D016": {
        "zh": "这一行应为列名，但没有一格是表 `{table}` 的列名（内容不显示）；请补上列名，或删去列名上方的标题",
        "en": "this row should be the header, but no cell of it is a column of `{table}` (not shown); add the header, or take away titles above it",
    },
    "D019": {
        "zh": "表头有 {count} 列而多数行短得多，补齐后过大，不读取，请检查分隔符和表头",
        "en": "the header has {count} columns and most rows are much shorter, filled up they are too large to read, check separators and the header",
    },
    # rows
    "D010": {"zh": "主键 `{column}` 为空，请填写", "en": "the key `{column}` is empty, fill it in"},
    "D011": {"zh": "主键 `{key}` 重复，已用于 {other}", "en": "the key `{key}` is taken by {other}"},
    "D012": {
        "zh": "这一行比表头多出 {count} 格，请检查分隔符和引号",
        "en": "the row has {count} cells beyond the header, check separators and quotes",
    },
    "D013": {
        "zh": "必填项 `{column}` 有 {count} 处未填：{cells}",
        "en": "`{column}` is required and empty ({count}): {cells}",
    },
    "D014": {
        "zh": "`{column}` 有 {count} 处在表 `{target}` 中找不到对应的记录：{cells}",
        "en": "`{column}` names rows that `{target}` does not have ({count}): {cells}",
    },
    "D015": {
        "zh": "`{column}` 有 {count} 处与表 `{target}` 的主键只差开头的 0，请把这一列设为文本格式后重填：{cells}",
        "en": "`{column}` differs from the keys of `{target}` by leading zeros only ({count}), format the column as text and refill it: {cells}",
    },
    "D017": {
        "zh": "`{column}` 有 {count} 处晚于检查基准日 {as_of}，这些行当作还没有发生，不参与核对：{cells}",
        "en": "`{column}` lies after the as-of day {as_of} ({count}), these rows count as not yet happened: {cells}",
    },
    # cells
    "D020": {"zh": "`{value}` 不能识别为日期，请写作 `2026-01-30`", "en": "`{value}` is not a date, write it as `2026-01-30`"},
    "D021": {"zh": "没有 `{value}` 这一天", "en": "there is no day `{value}`"},
    "D022": {
        "zh": "`{column}` 的 `{value}` 没有写到日，按未知处理，共 {count} 处：{cells}",
        "en": "`{value}` in `{column}` does not say the day, taken as not known ({count}): {cells}",
    },
    "D023": {
        "zh": "`{column}` 的 `{value}` 按未知处理，共 {count} 处：{cells}",
        "en": "`{value}` in `{column}` is taken as not known ({count}): {cells}",
    },
    "D024": {"zh": "`{value}` 没有写年份，请写全", "en": "`{value}` does not say the year, write it in full"},
    "D025": {
        "zh": "公式 `{value}` 没有保存计算结果，请用 Excel 或 WPS 打开该文件重新计算并保存",
        "en": "the formula `{value}` has no stored result, open the file in Excel or WPS, recalculate and save it",
    },
    "D026": {
        "zh": "公式出错 `{value}`，请改正公式或填写实际内容",
        "en": "the formula fails with `{value}`, mend it or write the value",
    },
    "D027": {
        "zh": "`{value}` 超过 15 位，已被表格软件舍入；请把这一列设为文本格式后重填",
        "en": "`{value}` has more than 15 digits and was rounded by the spreadsheet; format the column as text and refill it",
    },
    "D029": {
        "zh": "`{value}` 的年份不在 1900 至 2199 之间，请核对；没有截止日的填 `9999-12-31` 或留空",
        "en": "the year of `{value}` is not between 1900 and 2199; an end that is open is `9999-12-31` or empty",
    },
    "D028": {"zh": "`{value}` 请改填实际内容", "en": "write the value itself instead of `{value}`"},
    "D030": {"zh": "`{value}` 不是整数", "en": "`{value}` is not a whole number"},
    "D031": {"zh": "`{value}` 不是数值", "en": "`{value}` is not a number"},
    "D032": {"zh": "`{value}` 不能识别为是或否，请填 `是` 或 `否`", "en": "`{value}` is neither yes nor no, write `yes` or `no`"},
    "D033": {
        "zh": "`{value}` 不是这里所需的期间，写作 `30日`、`5个工作日` 或 `3个月`",
        "en": "`{value}` is not a period that fits here, such as `30 days`",
    },
    "D034": {"zh": "`{value}` 不是月日，写作 `3月31日`", "en": "`{value}` is not a day of the year, such as `03-31`"},
    "D035": {
        "zh": "`{column}` 没有 `{value}` 这一项，是否应为 `{nearest}`？",
        "en": "`{column}` has no code `{value}`, did you mean `{nearest}`?",
    },
    "D036": {
        "zh": "`{column}` 没有 `{value}` 这一项；可填：{members}",
        "en": "`{column}` has no code `{value}`; it takes: {members}",
    },
    "D037": {
        "zh": "`{value}` 一格超过 32767 字，按出错处理，请检查引号，或缩短内容",
        "en": "the cell `{value}` has more than 32767 characters, check the quotes, or shorten it",
    },
    "D038": {
        "zh": "保密项 `{column}` 的内容不能识别（内容不显示）",
        "en": "the value of confidential `{column}` cannot be read (not shown)",
    },
    "D039": {
        "zh": "保密项 `{column}` 有 {count} 处按未知处理：{cells}",
        "en": "confidential `{column}` is taken as not known ({count}): {cells}",
    },
    # cases
    "D040": {"zh": "主键 `{key}` 在本案例中重复", "en": "the key `{key}` stands in this case twice"},
    # calendars
    "D050": {
        "zh": "日历文件的表头应有 `日期` 和 `类型` 两列",
        "en": "the header of a calendar has the columns `date` and `kind`",
    },
    "D051": {"zh": "`{value}` 不是日期，请写作 `2027-01-01`", "en": "`{value}` is not a date, write it as `2027-01-01`"},
    "D052": {
        "zh": "`{value}` 不是日历的类型，请填 `放假` 或 `补班`",
        "en": "`{value}` is not a kind of day, write `holiday` or `workday`",
    },
    "D053": {"zh": "{value} 既写了放假又写了补班", "en": "{value} is both a holiday and a workday"},
    "D054": {"zh": "日历文件里没有日期", "en": "the calendar has no days"},
    "D055": {
        "zh": "缺少 {year} 年的放假安排，年份应当连续",
        "en": "the days of {year} are missing, the years must follow each other",
    },
    "D056": {"zh": "日历文件应为 UTF-8 或 GB18030 编码的文本", "en": "a calendar is a text in UTF-8 or GB18030"},
    # files that cannot be read
    "D060": {
        "zh": "不是 UTF-8、UTF-16 或 GB18030 编码的文本，请另存为 UTF-8 编码的 CSV",
        "en": "not a text in UTF-8, UTF-16 or GB18030, save it as CSV in UTF-8",
    },
    "D061": {
        "zh": "含有空字符，不是文本文件，请重新导出为 CSV",
        "en": "contains NUL characters, so it is no text file, export it as CSV again",
    },
    "D062": {"zh": "这是工作簿而不是文本，请把扩展名改为 .xlsx", "en": "this is a workbook and no text, rename it to .xlsx"},
    "D063": {
        "zh": "第 {row} 行起引号不成对，请检查双引号",
        "en": "a quote opened in row {row} is not closed properly, check the double quotes",
    },
    "D064": {"zh": "第 {row} 行有一格过长，请检查双引号", "en": "a cell of row {row} is too long, check the double quotes"},
    "D080": {"zh": "不是 UTF-8 或 GB18030 编码的文本，请另存为 UTF-8", "en": "not a text in UTF-8 or GB18030, save it as UTF-8"},
    "D081": {
        "zh": "第 {row} 行第 {column} 列不合 TOML 的写法，应写作 `名称 = \"值\"`，一行一项",
        "en": "row {row}, column {column} is no TOML, write `name = \"value\"`, one on a line",
    },
    "D082": {
        "zh": "第 {row} 行 `{key}` 不是记录，每条记录以 `[[{key}]]` 一行开头",
        "en": "`{key}` in row {row} is no record, begin each record with a line `[[{key}]]`",
    },
    "D083": {
        "zh": "第 {row} 行起的记录中 `{column}` 不是单个的值",
        "en": "`{column}` of the record in row {row} is not a single value",
    },
    # the unit's file
    "D090": {"zh": "单位文件应为 UTF-8 或 GB18030 编码的文本", "en": "a unit's file is a text in UTF-8 or GB18030"},
    "D091": {"zh": "这里不合 TOML 的写法", "en": "this is no TOML"},
    "D092": {"zh": "单位文件里没有 `{key}` 这一项", "en": "a unit's file has no key `{key}`"},
    "D093": {"zh": "`{key}` 与 `{other}` 是同一项，只能写一次", "en": "`{key}` is the same as `{other}`, it may stand once"},
    "D094": {"zh": "`{key}` 应为一段文字，写在引号里", "en": "`{key}` takes one text, in quotes"},
    "D095": {"zh": "`{key}` 应为文字，或方括号里的几段文字", "en": "`{key}` takes a text, or several in brackets"},
    "D096": {"zh": "`{key}` 不能是 `{value}`", "en": "`{key}` cannot be `{value}`"},
    "D097": {"zh": "`{key}` 下面应逐项写明各参数", "en": "`{key}` holds a table for each parameter"},
    "D098": {"zh": "参数 `{name}` 没有写明值", "en": "parameter `{name}` has no value"},
    "D099": {"zh": "参数 `{name}` 没有写明依据，不予采用", "en": "parameter `{name}` says no basis and is refused"},
    "D070": {
        "zh": "旧格式的 {suffix} 文件不能读取，请用 Excel 或 WPS 打开，另存为 .xlsx",
        "en": "{suffix} files cannot be read, open the file in Excel or WPS and save it as .xlsx",
    },
    "D071": {
        "zh": "工作簿设有打开密码，或者是改了扩展名的旧格式文件；请取消密码，另存为 .xlsx",
        "en": "the workbook has a password, or is an old format under a new name; remove the password and save it as .xlsx",
    },
    "D072": {
        "zh": "文件不是有效的工作簿，请用 Excel 或 WPS 打开，另存为 .xlsx",
        "en": "not a valid workbook, open it in Excel or WPS and save it as .xlsx",
    },
    "D073": {
        "zh": "工作簿展开后超过 {limit} MB，不读取，请删去多余的内容，或另存为 CSV",
        "en": "the workbook unpacks to more than {limit} MB and is not read, take away what is not needed, or save it as CSV",
    },
    "D074": {
        "zh": "工作簿中有正常程序不会写入的实体声明，不读取，请用 Excel 或 WPS 打开，另存为 .xlsx",
        "en": "the workbook declares entities, which no program writes, and is not read, open it in Excel or WPS and save it as .xlsx",
    },
    "D075": {
        "zh": "工作表的内容远至 `{cell}`，范围过大，不读取，请删去远处的行和列",
        "en": "the sheet reaches as far as `{cell}`, which is too large to read, delete the rows and columns far out",
    },
    "D076": {
        "zh": "工作簿有 {limit} 百万个以上的单元格，不读取，请分成几个文件，或另存为 CSV",
        "en": "the workbook has more than {limit} million cells and is not read, split it, or save it as CSV",
    },
    "D077": {
        "zh": "读取之后文件又有变动，没有写出副本，请关闭正在编辑它的程序后再运行",
        "en": "the file has changed since it was read, so no copy was written, close the program that edits it and run again",
    },
}

HELPS: dict[str, dict[str, str]] = {
    "toml": {
        "zh": "一行一项，写作 `名称 = \"值\"`；几个值写作 `名称 = [\"甲\", \"乙\"]`",
        "en": "write `name = \"value\"`, one on a line; several values are `name = [\"a\", \"b\"]`",
    },
    "near": {"zh": "是否想写 `{near}`？", "en": "did you mean `{near}`?"},
    "known": {"zh": "可以用：{known}", "en": "known here: {known}"},
    "flag": {"zh": "每次核对时用 --{flag} 说明", "en": "it is said for each run, with --{flag}"},
    "parameter": {
        "zh": "写作 `[参数.名称]`，下面写 `值 = \"20日\"` 和 `依据 = \"……\"`，还可以写 `决定 = \"……\"`",
        "en": "write `[parameters.name]` and below it `value = \"20 days\"` and `basis = \"…\"`, and `decided_by = \"…\"` if you like",
    },
}

NOTES: dict[str, dict[str, str]] = {
    "encoding": {"zh": "按 {value} 编码读取", "en": "read as {value}"},
    "hidden_rows": {"zh": "含隐藏行 {value} 行，一并读取", "en": "{value} hidden rows are read too"},
    "external_links": {
        "zh": "工作簿链接到 {value} 个其他文件，没有打开，按保存的结果读取",
        "en": "the workbook links to {value} other files, which were not opened, stored results are read",
    },
    "hidden_sheet": {"zh": "隐藏的工作表，一并读取", "en": "a hidden sheet, read too"},
}
"""Remarks of readers: in `RawTable.notes` one is its code, or its code and a value, as in `encoding GB18030`."""


def note_text(note: str, language: str) -> str:
    """A remark of a reader in a language; one of a stranger's plug-in is its own text."""
    code, _, value = note.partition(" ")
    return NOTES[code][language].format(value=value) if code in NOTES else note
