"""What is said of data: tables, columns, cells, calendars, and files that cannot be read."""

from __future__ import annotations

__all__ = ["BESIDE", "HELPS", "KINDS", "MESSAGES", "NOTES", "argument", "beside_text", "note_text"]

MESSAGES: dict[str, dict[str, str]] = {
    # tables and columns
    "D001": {
        "zh": "没有名为 `{table}` 的数据表，是否应为 `{nearest}`？",
        "en": "no entity is called `{table}`, did you mean `{nearest}`?",
    },
    "D002": {
        "zh": "没有名为 `{table}` 的数据表；改用规则包中的表名，或用 --extra {table} 略过",
        "en": "no entity is called `{table}`; use a name of the pack, or leave it out with --extra {table}",
    },
    "D003": {
        "zh": "表 `{table}` 没有名为 `{column}` 的列，是否应为 `{nearest}`？",
        "en": "`{table}` has no field `{column}`, did you mean `{nearest}`?",
    },
    "D004": {
        "zh": "表 `{table}` 没有名为 `{column}` 的列；改用规则包中的列名，或用 --extra {table}.{column} 略过",
        "en": "`{table}` has no field `{column}`; use a name of the pack, or leave it out with --extra {table}.{column}",
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
        "en": "the header has {count:column|columns} and most rows are much shorter, filled up they are too large to read, check separators and the header",
    },
    # rows
    "D010": {"zh": "主键 `{column}` 为空，请填写", "en": "the key `{column}` is empty, fill it in"},
    "D011": {"zh": "主键 `{key}` 重复，已用于 {other}", "en": "the key `{key}` is taken by {other}"},
    "D012": {
        "zh": "这一行比表头多出 {count} 格，请检查分隔符和引号",
        "en": "the row has {count:cell|cells} beyond the header, check separators and quotes",
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
    "D041": {
        "zh": "没有读到表 `{target}` 的任何记录，指向它的 {count} 列（{columns}）都找不到对应的记录；请一并提供这张表",
        "en": "no row of `{target}` was read, to which {count:column refers|columns refer} ({columns}); add its table",
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
        "zh": "`{column}` 没有 `{value}` 这一项；可填：{members:、}",
        "en": "`{column}` has no code `{value}`; it takes: {members:, }",
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
    "D084": {
        "zh": "第 {row} 行写的项或标题前面已经有了，只能写一次",
        "en": "what row {row} says stands in the file already, it may stand once",
    },
    "D086": {"zh": "第 {row} 行：没有 `{value}` 这一天", "en": "row {row}: there is no day `{value}`"},
    # JSON
    "D210": {
        "zh": "不是 UTF-8、UTF-16 或 GB18030 编码的文本，请另存为 UTF-8",
        "en": "not a text in UTF-8, UTF-16 or GB18030, save it as UTF-8",
    },
    "D211": {
        "zh": "第 {row} 行第 {column} 列不合 JSON 的写法，请重新导出",
        "en": "row {row}, column {column} is no JSON, export the file again",
    },
    "D212": {
        "zh": "应为记录的列表 `[{{…}}]`，或按表分列的 `{{\"谈话\": [{{…}}]}}`",
        "en": "write a list of records `[{{…}}]`, or one for each table `{{\"talk\": [{{…}}]}}`",
    },
    "D213": {
        "zh": "第 {row} 行 `{key}` 不是记录的列表，应写作 `\"{key}\": [{{…}}]`",
        "en": "`{key}` in row {row} is no list of records, write `\"{key}\": [{{…}}]`",
    },
    "D214": {"zh": "第 {row} 行起的内容层层嵌套，无法读取", "en": "what begins in row {row} is nested too deep to be read"},
    "D215": {"zh": "第 {row} 行起 `{key}` 写了两次，只能写一次", "en": "`{key}` stands twice from row {row} on, it may stand once"},
    "D216": {"zh": "第 {row} 行不是记录，记录写作 `{{\"列名\": \"值\"}}`", "en": "row {row} is no record, write `{{\"column\": \"value\"}}`"},
    "D217": {
        "zh": "表 `{table}` 的列名太多，像是把内容写成了列名；请核对导出方式，每条记录用同样的列名",
        "en": "`{table}` has so many columns that their names must be values; check how it was exported, records share the names of their columns",
    },
    # databases
    "D220": {
        "zh": "不是 SQLite 数据库，或者设有密码；请用原来的软件重新导出",
        "en": "not an SQLite database, or one with a password; export it again with the program that it belongs to",
    },
    "D221": {
        "zh": "有程序正在写入，改动还在 `{file}` 里；请关闭该程序，或用它备份一份后读取备份",
        "en": "a program is writing to it, changes are still in `{file}`; close the program, or let it make a copy and read that",
    },
    "D222": {"zh": "数据库已损坏，请从备份恢复，或重新导出", "en": "the database is damaged, restore a copy or export it again"},
    "D223": {
        "zh": "表 `{table}` 读取失败（{reason}），请确认它没有损坏、这个用户可以查询它，或用视图改换其中的类型",
        "en": "`{table}` cannot be read ({reason}); make sure that it is sound and that the user may SELECT from it, or convert its types in a view",
    },
    "D224": {"zh": "另一个程序正在使用这个数据库，请关闭该程序", "en": "another program uses the database, close that program"},
    "D225": {
        "zh": "不是 DuckDB 数据库，或者由更新的版本写成；请升级 duckdb，或重新导出",
        "en": "not a DuckDB database, or written by a newer version; upgrade duckdb, or export it again",
    },
    "D230": {"zh": "读取它需要先安装 Python 包：`{command}`", "en": "reading it needs a Python package: `{command}`"},
    "D231": {
        "zh": "地址应写作 `postgresql://用户@主机:端口/数据库?schema=模式`；口令中的 `@`、`/`、`:` 写作 `%40`、`%2F`、`%3A`",
        "en": "an address is `postgresql://user@host:port/database?schema=name`; in a password `@`, `/` and `:` are `%40`, `%2F` and `%3A`",
    },
    "D232": {
        "zh": "连接不上 `{host}` 的端口 {port}，请核对地址，并确认服务器已启动、网络和防火墙放行",
        "en": "nothing answers at port {port} of `{host}`; check the address, and that the server runs and the network lets you through",
    },
    "D233": {
        "zh": "服务器不接受这个用户或口令，请核对；口令可用环境变量 `{variable}` 给出",
        "en": "the server refuses the user or the password; check both, the password may stand in the variable `{variable}`",
    },
    "D234": {"zh": "服务器上没有数据库 `{database}`，请核对名称", "en": "the server has no database `{database}`, check its name"},
    "D235": {
        "zh": "已连上服务器，但不能读取（{reason}）；请把这一代码告诉数据库管理员",
        "en": "the server answers but does not let you read ({reason}); ask its administrator about this code",
    },
    "D236": {"zh": "没有模式 `{name}`；现有：{known}", "en": "there is no schema `{name}`; there are: {known}"},
    "D237": {"zh": "没有表或视图 `{name}`；现有：{known}", "en": "there is no table or view `{name}`; there are: {known}"},
    "D246": {"zh": "没有 `{name}`，是否应为 `{nearest}`？", "en": "there is no `{name}`, did you mean `{nearest}`?"},
    "D238": {
        "zh": "这里没有这个用户可以看到的表或视图，请用 `?schema=` 指明模式",
        "en": "there are no tables or views here that the user can see, name a schema with `?schema=`",
    },
    "D239": {"zh": "表 `{table}` 被别的程序锁住了（{reason}），请稍后再试", "en": "`{table}` is locked by another program ({reason}), try again later"},
    # event logs
    "D240": {
        "zh": "第 {row} 行第 {column} 列不合 XML 的写法，请重新导出",
        "en": "row {row}, column {column} is no XML, export the log again",
    },
    "D241": {
        "zh": "含有 DOCTYPE 声明，可能是恶意文件，不予读取；请重新导出",
        "en": "has a DOCTYPE, which may do harm, and is not read; export the log again without it",
    },
    "D242": {"zh": "不是 XES 事件日志", "en": "not an event log in XES"},
    "D244": {"zh": "解压后过大，可能是恶意文件，不予读取", "en": "unpacks to so much that it may do harm, and is not read"},
    "D245": {"zh": "压缩文件已损坏，请重新压缩或导出", "en": "the packed file is damaged, pack or export it again"},
    # cells and rows of any source
    "D202": {"zh": "这一格含有空字符，请重新导出", "en": "the cell has a NUL character, export it again"},
    "D203": {
        "zh": "`{column}` 的内容是 `{value}`，不是单个的值；请换成文字、数字或日期",
        "en": "`{column}` holds `{value}`, which is no single value; make it a text, a number or a date",
    },
    "D204": {
        "zh": "`{key}` 的 `{column}` 在这里是 `{value}`，在 {place} 是 `{other}`；请改成一致，或只保留一处",
        "en": "`{column}` of `{key}` is `{value}` here and `{other}` in {place}; make them agree, or keep one of them",
    },
    "D205": {
        "zh": "`{key}` 的保密项 `{column}` 与 {place} 不同（内容不显示）；请改成一致，或只保留一处",
        "en": "confidential `{column}` of `{key}` differs from {place} (not shown); make them agree, or keep one of them",
    },
    # the unit's file
    "D085": {"zh": "这一项或标题前面已经有了，只能写一次", "en": "this stands in the file already, it may stand once"},
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
    # the file of a mapping
    "D101": {"zh": "映射文件应为 UTF-8 或 GB18030 编码的文本", "en": "a mapping is a text in UTF-8 or GB18030"},
    "D102": {"zh": "这里不合 TOML 的写法", "en": "this is no TOML"},
    "D103": {"zh": "映射里没有 `{word}` 这一项", "en": "a mapping has no key `{word}`"},
    "D104": {"zh": "`{key}` 应为{kind}", "en": "`{key}` takes {kind}"},
    "D105": {"zh": "`{key}` 不是有效的正则表达式", "en": "`{key}` is no valid regular expression"},
    "D106": {"zh": "映射里没有叫 `{word}` 的列", "en": "the mapping has no column `{word}`"},
    "D107": {"zh": "规则包里没有叫 `{word}` 的表", "en": "the pack has no entity `{word}`"},
    "D108": {"zh": "这张表没有叫 `{word}` 的列", "en": "the entity has no field `{word}`"},
    "D109": {"zh": "这里缺少 `{key}`", "en": "`{key}` is missing here"},
    "D110": {"zh": "没有叫 `{word}` 的映射可以作为基础", "en": "there is no mapping `{word}` to be based on"},
    "D111": {"zh": "规则包里没有叫 `{word}` 的代码", "en": "the pack has no enum `{word}`"},
    "D112": {"zh": "这组代码里没有 `{word}`", "en": "the enum has no member `{word}`"},
    "D113": {"zh": "查找不到时的做法没有 `{word}` 这一种", "en": "`{word}` says nothing of what to do with a name that is not listed"},
    "D114": {"zh": "前面没有名称为 `{word}` 的行", "en": "no rows called `{word}` stand above"},
    "D115": {"zh": "值只能有一个来处", "en": "a value comes from one place"},
    "D270": {"zh": "样表的列名 `{word}` 不是映射里哪一列的列名", "en": "the form has a header `{word}` that is that of no column"},
    "D116": {"zh": "映射里没有叫 `{word}` 的分类", "en": "the mapping has no phrases `{word}`"},
    # ledgers
    "D123": {
        "zh": "{first}列和{second}列都像 `{column}`，请改一个列名，或在映射里写明用哪一列",
        "en": "columns {first} and {second} may both be `{column}`, rename one, or say in a mapping which it is",
    },
    "D124": {
        "zh": "列名 `{column}` 不认识，是否就是 `{nearest}`？是的，请改列名或在映射的 `{name}` 中写上；不是的，写进映射的 `不用`，或用 --extra 说明",
        "en": "column `{column}` is not known, is it `{nearest}`? If so rename it or add it to `{name}` in a mapping; if not name it there as `unused`, or with --extra",
    },
    "D125": {"zh": "列 `{column}` 没有用处，未读取", "en": "column `{column}` has no use and was not read"},
    "D126": {"zh": "工作表 `{table}` 既不是台账，也不是规则包的表，未读取", "en": "sheet `{table}` is neither a ledger nor a table of the pack and was not read"},
    "D127": {
        "zh": "没有一张工作表合于映射 `{mapping}`：没有找到它必有的列，或者认识的列太少；用 policy map 看各列的对应",
        "en": "mapping `{mapping}` fits no sheet: columns that it requires are not there, or too few are known; policy map shows what is what",
    },
    "D128": {
        "zh": "按 `{mapping}` 读取时没有找到这些列，其记录按没有处理：{columns:、}",
        "en": "read as `{mapping}`, these columns are not there, and what they tell of is taken as none: {columns:, }",
    },
    "D129": {
        "zh": "这张表像 `{mapping}`，但不认识的列太多，或者没有找到必有的列：{columns:、}；请用 policy map 生成映射，改正后用 --mapping 指明，不是台账的用 --extra 说明",
        "en": "this looks like `{mapping}`, but too many of its columns are not known, or required ones are not there: {columns:, }; make a mapping with "
        "policy map, correct it and name it with --mapping, or declare the sheet with --extra if it is no ledger",
    },
    "D130": {"zh": "这一行有内容，但 {column:、} 是空的，请填写", "en": "the row says something, but {column:, } are empty, fill them in"},
    "D131": {
        "zh": "`{column}` 有 {count} 处空格沿用上一行：{cells}",
        "en": "`{column}` is empty and taken from the row above ({count}): {cells}",
    },
    "D132": {
        "zh": "第 {row} 行是合计或签名，其下仍有记录，未读取；请移到合计之上",
        "en": "row {row} is a total or a signature, and records stand below it that were not read, move them above",
    },
    "D133": {
        "zh": "`{column}` 有 {count} 个值，同行另一格有 {other} 个，不能一一对应；请一人一行",
        "en": "`{column}` and another cell of the row hold different numbers of values ({count} and {other}), write one a row",
    },
    "D134": {
        "zh": "`{column}` 的 `{value}` 分不出{parts:、}，请写全，或分列填写",
        "en": "`{value}` in `{column}` cannot be taken apart into {parts:, }, write it in full, or in columns of their own",
    },
    "D135": {"zh": "`{column}` 只能有一个，不知道是哪一个；请一人一行", "en": "`{column}` names several, and it is not known which is meant, write one a row"},
    "D136": {
        "zh": "`{column}` 的 `{value}` 在表 `{target}` 中找不到；请填全称、上级和名称（如 `某县／某镇`）或编号，或补入表中",
        "en": "`{value}` in `{column}` is not in `{target}`; write the full name, its superior and the name (`county/town`) or the key, or add it there",
    },
    "D137": {
        "zh": "`{column}` 的 `{value}` 可能是表 `{target}` 中的几个：{candidates:、}；请填上级和名称，或填编号",
        "en": "`{value}` in `{column}` may be several in `{target}`: {candidates:, }; write its superior and the name, or the key",
    },
    "D138": {
        "zh": "`{column}` 在表 `{target}` 中找不到（内容不显示）；请核对写法，或补入表中",
        "en": "what `{column}` says is not in `{target}` (not shown); look at how it is written, or add it there",
    },
    "D139": {
        "zh": "`{column}` 可能是表 `{target}` 中的几个（内容不显示）：{candidates:、}；请填编号",
        "en": "what `{column}` says may be several in `{target}` (not shown): {candidates:, }; write the key",
    },
    "D140": {
        "zh": "`{column}` 的 `{value}` 在表 `{target}` 中找不到，是否应为 `{nearest}`？",
        "en": "`{value}` in `{column}` is not in `{target}`, did you mean `{nearest}`?",
    },
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
    "D078": {"zh": "生成它需要先安装 Python 包：`{command}`", "en": "writing it needs a Python package: `{command}`"},
    "D250": {"zh": "核对期间文件有改动，结果不可靠；请等文件写完后重新核对", "en": "changed while it was judged, which makes the result unreliable; judge again once nobody writes to it"},
    "D251": {"zh": "核对期间文件被移走或删除；请放回原处后重新核对", "en": "was moved or deleted while it was judged; put it back and judge again"},
    "D079": {"zh": "不是有效的 Parquet 文件，请重新导出", "en": "not a valid Parquet file, export it again"},
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

_KIND = "@kind:"

KINDS: dict[str, dict[str, str]] = {
    "text": {"zh": "文字", "en": "a text"},
    "bool": {"zh": " true 或 false", "en": "true or false"},
    "int": {"zh": "整数", "en": "a whole number"},
    "table": {"zh": "一组 `名称 = 值`", "en": "a table of `name = value`"},
    "list": {"zh": "方括号里的几项", "en": "several in brackets"},
}
"""Kinds of values in a file, as messages say them."""

NOTES: dict[str, dict[str, str]] = {
    "mapping": {"zh": "按映射 `{value}` 读取", "en": "read by the mapping `{value}`"},
    "encoding": {"zh": "按 {value} 编码读取", "en": "read as {value}"},
    "hidden_rows": {"zh": "含隐藏行 {value} 行，一并读取", "en": "hidden rows are read too: {value}"},
    "nested_attributes": {"zh": "属性之下的 {value} 个属性未读取", "en": "attributes of attributes are left out: {value}"},
    "repeated": {"zh": "{value} 行与别处相同，只计一次", "en": "rows that stand elsewhere too and count once: {value}"},
    "external_links": {
        "zh": "工作簿链接到 {value} 个其他文件，没有打开，按保存的结果读取",
        "en": "links to other files were not opened, stored results are read: {value}",
    },
    "hidden_sheet": {"zh": "隐藏的工作表，一并读取", "en": "a hidden sheet, read too"},
}
"""Remarks of readers: in `RawTable.notes` one is its code, or its code and a value, as in `encoding GB18030`."""

BESIDE: dict[str, dict[str, str]] = {
    "page": {"zh": "页眉或页脚", "en": "a header or footer of its pages"},
    "comment": {"zh": "批注", "en": "a comment"},
    "drawing": {"zh": "文本框", "en": "a drawn box"},
    "property": {"zh": "文件属性", "en": "a property of the file"},
}
"""Where texts stand beside the cells of a sheet, by the codes of `RawTable.beside`."""


def beside_text(place: str, language: str) -> str:
    """Where a text stands beside the cells, in a language; what a stranger's plug-in calls the place is its own text."""
    return BESIDE[place][language] if place in BESIDE else place


def argument(value: str, language: str) -> str:
    """An argument in words: `@kind:` and a kind of value, in the language."""
    return KINDS[value.removeprefix(_KIND)][language] if value.startswith(_KIND) else value


def note_text(note: str, language: str) -> str:
    """A remark of a reader in a language; one of a stranger's plug-in is its own text."""
    code, _, value = note.partition(" ")
    return NOTES[code][language].format(value=value) if code in NOTES else note
