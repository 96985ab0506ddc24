"""What is said of syntax errors."""

from __future__ import annotations

from policy.lang.keywords import spelling

__all__ = ["HELPS", "MESSAGES", "RELATED", "argument"]

MESSAGES = {
    "S001": {"zh": "不认识的字符 `{char}`", "en": "unknown character `{char}`"},
    "S002": {"zh": "`{quote}` 没有对应的 `{closing}`", "en": "`{quote}` has no closing `{closing}`"},
    "S003": {"zh": "`{text}` 既不是数，也不是名称", "en": "`{text}` is neither a number nor a name"},
    "S004": {"zh": "没有 `{text}` 这一天", "en": "there is no day `{text}`"},
    "S005": {"zh": "这一行有 {found} 格，表头有 {wanted} 格", "en": "this row has {found:cell|cells}, the header has {wanted}"},
    "S006": {"zh": "`{declaration}` 没有以 {end} 结束", "en": "`{declaration}` is not closed with {end}"},
    "S007": {"zh": "文件到这里就结束了，此处还应有：{expected}", "en": "the text ends too early, expected here: {expected}"},
    "S008": {"zh": "`{found}` 处应为：{expected}", "en": "expected {expected}, found `{found}`"},
    "S013": {"zh": "表头第 {column} 列没有名称", "en": "column {column} of the header has no name"},
    "S014": {"zh": "这一行末尾缺少 `|`", "en": "this row lacks its last `|`"},
    "S015": {"zh": "`{found}` 不在任何声明之内", "en": "`{found}` stands in no declaration"},
    "S016": {"zh": "`{found}` 多余：前面没有尚未结束的声明", "en": "`{found}` closes nothing: every declaration before it is closed"},
    "S017": {"zh": "`|` 只能用在 {given} 之后的表格里", "en": "`|` stands only in a table after {given}"},
    "S018": {"zh": "括号或条件嵌套过深", "en": "nested too deeply"},
    "S032": {"zh": "数字太长：最多{most}位", "en": "this number is too long: {most} digits at most"},
}

HELPS = {
    "S001": {
        "zh": "删去该字符；名称中的特殊字符写在 `〔…〕` 内，文字写在 `“…”` 内",
        "en": "delete it; a name with odd characters stands in `〔…〕`, a text in `\"…\"`",
    },
    "S001-stop": {"zh": "删去即可：各项之间不用标点，空格或换行就能分开", "en": "delete it: a blank or a new line is all that separates clauses"},
    "S001-quote": {"zh": "文字以 `“` 开头，以 `”` 结尾", "en": "a text starts with `“` and ends with `”`, or stands in `\"…\"`"},
    "S001-meant": {"zh": "是否想写 {near}？", "en": "did you mean {near}?"},
    "S002": {"zh": "在这段文字之后补上 `{closing}`", "en": "put `{closing}` behind the text"},
    "S002-other": {"zh": "结尾的引号应是 `{closing}`，而不是 `{other}`", "en": "the closing quote is `{closing}`, not `{other}`"},
    "S003": {
        "zh": "名称不以数字开头；期间写作 `30日`、`1个月`、`5个工作日`、`1年`，后面空一格",
        "en": "a name does not start with a digit; periods are `30 days`, `1 month`, `5 workdays`, `1 year`",
    },
    "S004": {"zh": "请核对日期；写法是 `2026-01-30` 或 `2026年1月30日`", "en": "check the day; it is written `2026-01-30`"},
    "S005": {
        "zh": "每格用 `|` 隔开，没有内容的格也要留出；格内的竖线写作 `\\|`",
        "en": "cells are separated by `|`, empty ones too; a bar inside of a cell is written `\\|`",
    },
    "S006": {"zh": "在该声明最后一项之后补上 {end}", "en": "put {end} behind its last line"},
    "S009": {"zh": "关键词后面要空一格：`{spelling} {rest}`", "en": "a blank follows a keyword: `{spelling} {rest}`"},
    "S010": {"zh": "名称与关键词之间要空一格：`{name} {spelling}`", "en": "a blank stands between name and keyword: `{name} {spelling}`"},
    "S011": {"zh": "是否想写 `{near}`？", "en": "did you mean `{near}`?"},
    "S012": {"zh": "用作名称的关键词写作 `〔{found}〕`", "en": "a keyword that is meant as a name is written `〔{found}〕`"},
    "S013": {"zh": "给这一列写上名称，或删去这一列", "en": "name the column, or delete it"},
    "S014": {"zh": "表格的每一行都以 `|` 开头、以 `|` 结尾", "en": "every row of a table starts and ends with `|`"},
    "S015": {
        "zh": "如果它属于上面的声明，把那里的 {end} 移到它之后",
        "en": "if it belongs to the declaration above, move the {end} of that behind it",
    },
    "S015-first": {
        "zh": "每项内容都写在声明里，如 `规则 R-1 “标题” … 完`",
        "en": "everything stands in a declaration such as `rule R-1 \"title\" … end`",
    },
    "S016": {"zh": "删去它；如果前面的声明结束得太早，则删去前面的一个", "en": "delete it, or the one before if that stands too early"},
    "S017": {"zh": "条件之间用 `且` 或 `或` 连接", "en": "conditions are joined by `and` or `or`"},
    "S018": {"zh": "用 `设 … 为 …` 或 `定义` 给其中一部分起个名称", "en": "give a part of it a name, with `let … be …` or `define`"},
    "S019": {"zh": "两个条件之间要写 `且` 或 `或`", "en": "`and` or `or` stands between two conditions"},
    "S020": {"zh": "是否相等写作 `为` 或一个 `=`", "en": "equality is written `is`, or with a single `=`"},
    "S024": {"zh": "前面一项没有写完", "en": "what stands before it is not finished"},
    "S025": {"zh": "词序应为 `{found} {name}`", "en": "the order of words is `{found} {name}`"},
    "S026": {"zh": "前面的 `{found}` 在这里被当作名称", "en": "the `{found}` before it is read as a name there"},
    "S029": {"zh": "案例要写明基准日：`案例 “…” 基准日 2026-07-15`", "en": "a case says its day: `case \"…\" as of 2026-07-15`"},
    "S030": {"zh": "名称与类型之间用冒号：`{before} : {found}`", "en": "a colon stands between name and type: `{before} : {found}`"},
    "S031": {"zh": "几个值写在括号里：`属于 (甲、乙)`", "en": "several values stand in parentheses: `in (a, b)`"},
    "S028": {"zh": "比较不能连写，用 `且` 连接两个比较", "en": "comparisons do not chain; join two of them by `and`"},
    "S032": {"zh": "请核对数字；编号等文字写在引号里", "en": "check it; digits that are meant as a text stand in quotes"},
    "S021": {"zh": "文字要写在引号里：`“{text}”`", "en": "a text stands in quotes: `\"{text}\"`"},
    "S022": {
        "zh": "写作 `第十一条第一款`、`第五条第三款第六项`、`《文件》第三条`；其他依据写在引号里",
        "en": "write `article 11 paragraph 1 item 3`, `第十一条第一款` or `《document》第三条`; anything else in quotes",
    },
    "S033": {
        "zh": "写作 `第一条`、`第五条第三款第六项`；这里只写本规则包所载法规的条款",
        "en": "write `article 1`, `article 5 paragraph 3 item 6` or `第一条`; only places of the pack's own regulation stand here",
    },
    "S023": {"zh": "规则编号写在标题之前，如 `规则 R-1 “标题”`", "en": "the id stands before the title: `rule R-1 \"title\"`"},
}

RELATED = {
    "S006": {"zh": "这个声明从这里开始", "en": "the declaration starts here"},
    "S015": {"zh": "前一个声明在这里结束", "en": "the declaration before ends here"},
}

_WORDS = {
    "condition": {"zh": "值或条件", "en": "a value or condition"},
    "value": {"zh": "一个值", "en": "a value"},
    "operator": {"zh": "比较或连接词（`为`、`且` 等）", "en": "a comparison or connective (`is`, `and` …)"},
    "clause": {"zh": "规则的一项（`满足`、`应当`、`期限` 等）", "en": "a clause (`where`, `must`, `due` …)"},
    "setting": {"zh": "规则包的一项（`标题`、`施行` 等）", "en": "a setting (`title`, `effective` …)"},
    "case_item": {"zh": "案例的一项（`设定`、`给定`、`预期`）", "en": "`set`, `given`, `expect`"},
    "declaration": {"zh": "一个声明（`规则`、`实体` 等）", "en": "a declaration (`rule`, `entity` …)"},
    "type": {"zh": "类型（`文本`、`日期`、`引用 谈话` 等）", "en": "a type (`text`, `date`, `ref talk` …)"},
    "flag": {"zh": "字段属性（`可空`、`主键` 等）", "en": "a flag (`optional`, `key` …)"},
    "status": {"zh": "状态（`合规`、`不合规` 等）", "en": "a status (`satisfied`, `violated` …)"},
    "citation": {"zh": "条款（如 `第十一条第一款`）", "en": "a citation (such as `article 11 paragraph 1`)"},
    "NAME": {"zh": "名称", "en": "a name"},
    "STRING": {"zh": "引号内的文字", "en": "a text in quotes"},
    "INTEGER": {"zh": "整数", "en": "a whole number"},
    "DECIMAL": {"zh": "数", "en": "a number"},
    "DATE": {"zh": "日期（如 `2026-01-30`）", "en": "a day (such as `2026-01-30`)"},
    "MONTH_DAY": {"zh": "月日（如 `3月31日`）", "en": "a day of the year (such as `03-31`)"},
    "DURATION": {"zh": "期间（如 `30日`）", "en": "a period (such as `30 days`)"},
    "CITATION": {"zh": "条款（如 `第三条`）", "en": "a citation (such as `article 3`)"},
    "DOCUMENT": {"zh": "`《文件》`", "en": "`《a document》`"},
    "RULE_ID": {"zh": "规则编号（如 `R-1`）", "en": "the id of a rule (such as `R-1`)"},
    "SUBJECT_KEY": {"zh": "对象的编号", "en": "the key of a subject"},
    "TABLE": {"zh": "以 `|` 开头的表格", "en": "a table that starts with `|`"},
    "$END": {"zh": "文件结尾", "en": "the end of the file"},
}

_FEW = 6


def argument(value: str, language: str) -> str:
    """An argument in words: `@` and a list of groups and terminals (`@clause,END`) as the reader of that language calls them."""
    if not value.startswith("@"):
        return value
    words = [_word(name, language) for name in value[1:].split(",")]
    if len(words) > _FEW:
        words = [*words[: _FEW - 1], {"zh": "其他关键词", "en": "another keyword"}[language]]
    if language == "zh":
        listed = "、".join(words[:-1]) + ("或" if len(words) > 1 else "") + words[-1]
        return listed.replace("`或", "` 或").replace("或`", "或 `")
    return ", ".join(words[:-1]) + (" or " if len(words) > 1 else "") + words[-1]


def _word(name: str, language: str) -> str:
    return _WORDS[name][language] if name in _WORDS else f"`{spelling(name, language)}`"
