"""What is said of syntax errors."""

from __future__ import annotations

from policy.lang.keywords import KEYWORDS, PUNCTUATION, spelling

__all__ = ["HELPS", "MESSAGES", "RELATED", "argument"]

MESSAGES = {
    "S001": {"zh": "不认识的字符 `{char}`", "en": "unknown character `{char}`"},
    "S002": {"zh": "`{quote}` 没有对应的 `{closing}`", "en": "`{quote}` has no closing `{closing}`"},
    "S003": {"zh": "`{text}` 不是数字，也不是名称", "en": "`{text}` is neither a number nor a name"},
    "S004": {"zh": "没有 `{text}` 这一天", "en": "there is no day `{text}`"},
    "S005": {"zh": "这一行有{found}格，表头有{wanted}格", "en": "this row has {found} cells, the header has {wanted}"},
    "S006": {"zh": "缺少 {keyword}", "en": "{keyword} is missing"},
    "S007": {"zh": "到这里还没有写完，此处应为：{expected}", "en": "the text ends too early, expected here: {expected}"},
    "S008": {"zh": "此处不能是 `{found}`，应为：{expected}", "en": "`{found}` cannot stand here, expected: {expected}"},
    "S014": {"zh": "这一行末尾缺少 `|`", "en": "this row lacks its last `|`"},
    "S013": {"zh": "`{text}` 不是一个值", "en": "`{text}` is not one value"},
}

HELPS = {
    "S001": {
        "zh": "删去该字符；名称中的特殊字符写在 `〔…〕` 内，文字写在 `“…”` 内",
        "en": "delete it; a name with odd characters stands in `〔…〕`, a text in `\"…\"`",
    },
    "S002": {"zh": "在这段文字之后补上 `{closing}`", "en": "put `{closing}` behind the text"},
    "S003": {
        "zh": "名称不以数字开头；数字后面的单位写作 `30日`、`1个月`、`5个工作日`、`1年`",
        "en": "a name does not start with a digit; units after a number are `30 days`, `1 month`, `5 workdays`, `1 year`",
    },
    "S004": {"zh": "日期写作 `2026-01-30` 或 `2026年1月30日`", "en": "a day is written `2026-01-30`"},
    "S005": {
        "zh": "每格之间用 `|` 隔开，空格也要留出 `|  |`；格内的竖线写作 `\\|`",
        "en": "cells are separated by `|`, an empty one too: `|  |`; a bar inside of a cell is written `\\|`",
    },
    "S014": {"zh": "表格的每一行都以 `|` 开头、以 `|` 结尾", "en": "every row of a table starts and ends with `|`"},
    "S006": {"zh": "每个声明都以 {keyword} 结束", "en": "every declaration closes with {keyword}"},
    "S009": {"zh": "关键词后面要空一格：`{spelling} {rest}`", "en": "a keyword is followed by a blank: `{spelling} {rest}`"},
    "S011": {"zh": "是否想写 `{near}`？", "en": "did you mean `{near}`?"},
    "S012": {"zh": "用作名称的关键词写作 `〔{found}〕`", "en": "a keyword that is meant as a name is written `〔{found}〕`"},
}

RELATED = {"S006": {"zh": "这个声明从这里开始", "en": "the declaration starts here"}}

_WORDS = {
    "expression": {"zh": "值或条件", "en": "a value or condition"},
    "operator": {"zh": "比较或运算", "en": "a comparison or operator"},
    "clause": {"zh": "规则的下一项", "en": "a clause of the rule"},
    "declaration": {"zh": "新的声明", "en": "a declaration"},
    "type": {"zh": "类型", "en": "a type"},
    "status": {"zh": "状态", "en": "a status"},
    "NAME": {"zh": "名称", "en": "a name"},
    "STRING": {"zh": "引号内的文字", "en": "a text in quotes"},
    "INTEGER": {"zh": "整数", "en": "a whole number"},
    "DECIMAL": {"zh": "数", "en": "a number"},
    "DATE": {"zh": "日期", "en": "a day"},
    "MONTH_DAY": {"zh": "月日", "en": "a day of the year"},
    "DURATION": {"zh": "期间（如 `30日`）", "en": "a period such as `30 days`"},
    "CITATION": {"zh": "条款（如 `第十一条第一款`）", "en": "a citation such as `article 11 paragraph 1`"},
    "DOCUMENT": {"zh": "`《文件》`", "en": "`《a document》`"},
    "RULE_ID": {"zh": "规则编号", "en": "the id of a rule"},
    "SUBJECT_KEY": {"zh": "对象的编号", "en": "the key of a subject"},
    "TABLE": {"zh": "以 `|` 开头的表格", "en": "a table that starts with `|`"},
    "$END": {"zh": "文件结尾", "en": "the end of the file"},
}

_FEW = 7


def argument(value: str, language: str) -> str:
    """An argument in words: a list of groups and terminals (`clause,END`) as the reader of that language calls them."""
    names = value.split(",")
    if not all(name in _WORDS or name in KEYWORDS or name in PUNCTUATION for name in names):
        return value
    words = [_word(name, language) for name in names]
    if len(words) > _FEW:
        words = [*words[:_FEW], "…"]
    if language == "zh":
        return "、".join(words[:-1]) + ("或" if len(words) > 1 else "") + words[-1]
    return ", ".join(words[:-1]) + (" or " if len(words) > 1 else "") + words[-1]


def _word(name: str, language: str) -> str:
    return _WORDS[name][language] if name in _WORDS else f"`{spelling(name, language)}`"
