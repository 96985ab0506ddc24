"""The keyword table: terminal → its spellings. A third language is a new column.

The first spelling of a column is the canonical one, which the formatter prints; the others are read too. A spelling may
be several words with single spaces; any white space may stand between them in a text. A word is a keyword only where the
grammar accepts that keyword.
"""

from __future__ import annotations

__all__ = ["KEYWORDS", "LANGUAGES", "PUNCTUATION", "UNITS", "period_text", "spelling", "status_word"]

LANGUAGES = ("zh", "en")

KEYWORDS: dict[str, dict[str, tuple[str, ...]]] = {
    # declarations
    "PACK": {"zh": ("规则包",), "en": ("pack",)},
    "ENTITY": {"zh": ("实体",), "en": ("entity",)},
    "ENUM": {"zh": ("枚举",), "en": ("enum",)},
    "PARAM": {"zh": ("参数",), "en": ("param",)},
    "DEFINE": {"zh": ("定义",), "en": ("define",)},
    "RULE": {"zh": ("规则",), "en": ("rule",)},
    "NO_RULE": {"zh": ("不设规则",), "en": ("no rule for",)},
    "CASE": {"zh": ("案例",), "en": ("case",)},
    "END": {"zh": ("完",), "en": ("end",)},
    # what a variant changes
    "DISABLE": {"zh": ("停用",), "en": ("disable",)},
    "OVERRIDE": {"zh": ("改写",), "en": ("override",)},
    "EXTEND_ENTITY": {"zh": ("增补 实体",), "en": ("extend entity",)},
    "EXTEND_ENUM": {"zh": ("增补 枚举",), "en": ("extend enum",)},
    "ALSO": {"zh": ("另加",), "en": ("also",)},
    "IN_FORCE": {"zh": ("有效",), "en": ("in force",)},
    # the header of a pack
    "VERSION": {"zh": ("版本",), "en": ("version",)},
    "EXTENDS": {"zh": ("扩展",), "en": ("extends",)},
    "TITLE": {"zh": ("标题",), "en": ("title",)},
    "REGULATION": {"zh": ("法规",), "en": ("regulation",)},
    "EFFECTIVE": {"zh": ("施行",), "en": ("effective",)},
    "CALENDAR": {"zh": ("日历",), "en": ("calendar",)},
    "MONTHS": {"zh": ("月末",), "en": ("months",)},
    "NONWORKING": {"zh": ("节假日",), "en": ("nonworking",)},
    "DUE_SOON": {"zh": ("临期",), "en": ("due_soon", "due soon")},
    "DOWN": {"zh": ("取前",), "en": ("down",)},
    "UP": {"zh": ("取后",), "en": ("up",)},
    "ERROR": {"zh": ("报错",), "en": ("error",)},
    "NEXT_WORKDAY": {"zh": ("顺延",), "en": ("next_workday", "next workday")},
    "PREVIOUS_WORKDAY": {"zh": ("提前",), "en": ("previous_workday", "previous workday")},
    "NONE": {"zh": ("不变",), "en": ("none",)},
    # fields
    "TEXT": {"zh": ("文本",), "en": ("text",)},
    "INT": {"zh": ("整数",), "en": ("int",)},
    "NUMBER_TYPE": {"zh": ("数值",), "en": ("number",)},
    "DATE_TYPE": {"zh": ("日期",), "en": ("date",)},
    "BOOL": {"zh": ("是否",), "en": ("bool",)},
    "DURATION_TYPE": {"zh": ("期间",), "en": ("duration",)},
    "MONTH_DAY_TYPE": {"zh": ("月日",), "en": ("month_day", "month day")},
    "REF": {"zh": ("引用",), "en": ("ref",)},
    "KEY": {"zh": ("主键",), "en": ("key",)},
    "OPTIONAL": {"zh": ("可空",), "en": ("optional",)},
    "OCCURS": {"zh": ("发生日",), "en": ("occurs",)},
    "CONFIDENTIAL": {"zh": ("保密",), "en": ("confidential",)},
    "TREE": {"zh": ("树",), "en": ("tree",)},
    "SECRECY": {"zh": ("密级标志",), "en": ("secrecy",)},
    # clauses
    "BASIS": {"zh": ("依据",), "en": ("basis",)},
    "BEARER": {"zh": ("责任主体",), "en": ("bearer",)},
    "FOR_EACH": {"zh": ("对象 每个", "每个"), "en": ("for each",)},
    "WHERE": {"zh": ("满足",), "en": ("where",)},
    "LET": {"zh": ("设",), "en": ("let",)},
    "BE": {"zh": ("为",), "en": ("be",)},
    "WHEN": {"zh": ("当",), "en": ("when",)},
    "EXCEPT": {"zh": ("除外",), "en": ("except",)},
    "MUST": {"zh": ("应当",), "en": ("must",)},
    "MUST_NOT": {"zh": ("不得",), "en": ("must not",)},
    "MAY": {"zh": ("可以",), "en": ("may",)},
    "ATTEST": {"zh": ("需人工认定",), "en": ("attest",)},
    "BY": {"zh": ("由",), "en": ("by",)},
    "VALID": {"zh": ("有效期",), "en": ("valid",)},
    "DUE": {"zh": ("期限",), "en": ("due",)},
    "OTHERWISE": {"zh": ("违反时",), "en": ("otherwise",)},
    "FAIL": {"zh": ("不合规",), "en": ("fail",)},
    "WARN": {"zh": ("警告",), "en": ("warn",)},
    "ADVISE": {"zh": ("提示",), "en": ("advise",)},
    "REMEDY": {"zh": ("整改建议",), "en": ("remedy",)},
    "NOTE": {"zh": ("说明",), "en": ("note",)},
    "FINAL": {"zh": ("不得变更",), "en": ("final",)},
    "MEANS": {"zh": ("意为",), "en": ("means",)},
    # provisions without a rule
    "BECAUSE": {"zh": ("理由",), "en": ("because",)},
    # binders
    "AS": {"zh": ("作",), "en": ("as",)},
    "YEAR": {"zh": ("年度",), "en": ("year",)},
    "FROM": {"zh": ("自",), "en": ("from",)},
    "TO": {"zh": ("至",), "en": ("to",)},
    # expressions
    "AND": {"zh": ("且", "并且"), "en": ("and",)},
    "OR": {"zh": ("或", "或者"), "en": ("or",)},
    "NOT": {"zh": ("并非", "非"), "en": ("not",)},
    "IS": {"zh": ("为",), "en": ("is",)},
    "IS_NOT": {"zh": ("不为",), "en": ("is not",)},
    "BEFORE": {"zh": ("早于",), "en": ("before",)},
    "AFTER": {"zh": ("晚于",), "en": ("after",)},
    "NO_LATER_THAN": {"zh": ("不晚于",), "en": ("no later than",)},
    "NO_EARLIER_THAN": {"zh": ("不早于",), "en": ("no earlier than",)},
    "IN": {"zh": ("属于",), "en": ("in",)},
    "BETWEEN": {"zh": ("介于",), "en": ("between",)},
    "IS_MISSING": {"zh": ("缺失", "未填"), "en": ("is missing",)},
    "IS_FILLED": {"zh": ("已填",), "en": ("is filled",)},
    "EXISTS": {"zh": ("存在",), "en": ("exists", "exist")},
    "NO": {"zh": ("不存在",), "en": ("no",)},
    "EVERY": {"zh": ("每一",), "en": ("every",)},
    "SUCH_THAT": {"zh": ("使得",), "en": ("such that",)},
    "COUNT": {"zh": ("计数",), "en": ("count",)},
    "SUM": {"zh": ("合计",), "en": ("sum of", "sum")},
    "MIN": {"zh": ("最小值",), "en": ("min of", "min")},
    "MAX": {"zh": ("最大值",), "en": ("max of", "max")},
    "OVER": {"zh": ("取自",), "en": ("over",)},
    "ORDER_BY": {"zh": ("按",), "en": ("by",)},
    "EARLIEST": {"zh": ("最早",), "en": ("earliest",)},
    "LATEST": {"zh": ("最晚",), "en": ("latest",)},
    "NEAREST": {"zh": ("最近",), "en": ("nearest",)},
    "VIA": {"zh": ("沿",), "en": ("via",)},
    "IF": {"zh": ("如果",), "en": ("if",)},
    "THEN": {"zh": ("则",), "en": ("then",)},
    "ELSE": {"zh": ("否则",), "en": ("else",)},
    "PLUS": {"zh": ("后",), "en": ("plus",)},
    "MINUS": {"zh": ("前",), "en": ("minus",)},
    "AS_OF": {"zh": ("检查基准日",), "en": ("as_of", "as of")},
    "TRUE": {"zh": ("是",), "en": ("true",)},
    "FALSE": {"zh": ("否",), "en": ("false",)},
    "VIOLATIONS_OF": {"zh": ("违反记录 出自",), "en": ("violations of",)},
    "ALL_RULES": {"zh": ("全部规则",), "en": ("all rules",)},
    # cases
    "AS_OF_DAY": {"zh": ("基准日",), "en": ("as of",)},
    "SET": {"zh": ("设定",), "en": ("set",)},
    "GIVEN": {"zh": ("给定",), "en": ("given",)},
    "EXPECT": {"zh": ("预期",), "en": ("expect",)},
    "FULFILLED": {"zh": ("完成日",), "en": ("fulfilled",)},
    "SATISFIED": {"zh": ("合规",), "en": ("satisfied",)},
    "LATE": {"zh": ("逾期完成",), "en": ("late",)},
    "PENDING": {"zh": ("未到期",), "en": ("pending",)},
    "DUE_SOON_STATUS": {"zh": ("临期",), "en": ("due_soon", "due soon")},
    "VIOLATED": {"zh": ("不合规",), "en": ("violated",)},
    "UNKNOWN": {"zh": ("待核实",), "en": ("unknown",)},
    "ATTEST_STATUS": {"zh": ("需人工认定",), "en": ("attest",)},
    "EXCUSED": {"zh": ("豁免",), "en": ("excused",)},
    "NOT_APPLICABLE": {"zh": ("不适用",), "en": ("not_applicable", "not applicable")},
    "ABSENT": {"zh": ("无此项",), "en": ("absent",)},
}

PUNCTUATION: dict[str, tuple[str, ...]] = {
    # terminal → spellings after NFKC; the first is canonical, longer spellings are tried first
    "LE": ("<=", "≤"),
    "GE": (">=", "≥"),
    "NE": ("!=", "≠"),
    "LT": ("<",),
    "GT": (">",),
    "EQ": ("=",),
    "LPAR": ("(",),
    "RPAR": (")",),
    "COMMA": (",", "、"),
    "COLON": (":",),
    "DOT": (".", "。"),
    "ADD": ("+",),
    "SUB": ("-", "−"),
    "MUL": ("*", "×"),
}

UNITS: dict[str, dict[str, tuple[str, ...]]] = {
    "days": {"zh": ("日", "天"), "en": ("days", "day")},
    "workdays": {"zh": ("个工作日", "工作日"), "en": ("workdays", "workday")},
    "weeks": {"zh": ("周", "个星期"), "en": ("weeks", "week")},
    "months": {"zh": ("个月", "月"), "en": ("months", "month")},
    "years": {"zh": ("年",), "en": ("years", "year")},
}


def spelling(terminal: str, language: str) -> str:
    """The canonical spelling of a keyword or punctuation terminal in a language (`zh` or `en`)."""
    if terminal in PUNCTUATION:
        return PUNCTUATION[terminal][0]
    return KEYWORDS[terminal][language][0]


def period_text(amount: int, unit: str, language: str) -> str:
    """A period in a language: `1 month`, `30 days`, `1个月`, `30日`."""
    words = UNITS[unit][language]
    return f"{amount}{words[0]}" if language == "zh" else f"{amount} {words[amount == 1]}"


_STATUS_TERMINALS = {"due_soon": "DUE_SOON_STATUS", "attest": "ATTEST_STATUS"}


def status_word(status: str, language: str) -> str:
    """The word for an outcome's status (or `absent`) in a language."""
    return KEYWORDS[_STATUS_TERMINALS.get(status, status.upper())][language][0]
