"""What is said of a token that does not fit: what was expected, in words, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

import attrs

from policy.diagnostic import Diagnostic
from policy.lang.keywords import KEYWORDS, PUNCTUATION, UNITS
from policy.parse.lexer import Lexer, Token
from policy.source import Source, Span

__all__ = ["CLAUSES", "DECLARATIONS", "Near", "near_miss", "outside", "too_early", "unclosed", "unexpected"]

DECLARATIONS = frozenset((
    "PACK", "ENTITY", "ENUM", "PARAM", "DEFINE", "RULE", "NO_RULE", "CASE", "DISABLE", "OVERRIDE", "EXTEND_ENTITY", "EXTEND_ENUM",
))  # fmt: skip
"""The keywords that begin a declaration, and nothing else: `set` also begins an item of a case."""

_RULE_CLAUSES = frozenset((
    "BASIS", "BEARER", "FOR_EACH", "WHERE", "LET", "WHEN", "EXCEPT", "MUST", "MUST_NOT", "MAY", "ATTEST", "DUE", "EFFECTIVE", "OTHERWISE",
    "REMEDY", "NOTE", "FINAL", "IN_FORCE",
))  # fmt: skip
_SETTINGS = frozenset(("BASIS", "NOTE", "EXTENDS", "TITLE", "REGULATION", "EFFECTIVE", "CALENDAR", "MONTHS", "NONWORKING", "DUE_SOON"))
_CASE_ITEMS = frozenset(("SET", "GIVEN", "EXPECT"))
CLAUSES = _RULE_CLAUSES | _SETTINGS | _CASE_ITEMS | {"BECAUSE", "ALSO"}
"""The keywords that begin an item of a declaration."""

_VALUES = frozenset(("INTEGER", "NAME", "IF", "LPAR"))
_VALUE_STARTS = _VALUES | {
    "NOT", "EXISTS", "NO", "EVERY", "COUNT", "SUM", "MIN", "MAX", "EARLIEST", "LATEST", "NEAREST", "TRUE", "FALSE", "AS_OF", "STRING", "DECIMAL",
    "DATE", "MONTH_DAY", "DURATION", "SUB",
}  # fmt: skip
_COMPARISONS = frozenset(("IS", "BEFORE", "IN", "ADD"))
_REST_OF_COMPARISON = frozenset(("AND", "OR", "PLUS", "MINUS", "AFTER", "BEFORE", "ADD", "SUB", "MUL", "DOT", "LPAR", "COMMA"))
_OPERATORS = _COMPARISONS | _REST_OF_COMPARISON | {
    "IS_NOT", "EQ", "NE", "LT", "LE", "GT", "GE", "NO_LATER_THAN", "NO_EARLIER_THAN", "BETWEEN", "IS_MISSING", "IS_FILLED",
}  # fmt: skip
_TYPES = frozenset(("TEXT", "INT", "NUMBER_TYPE", "DATE_TYPE", "BOOL"))
_FLAGS = frozenset(("KEY", "OPTIONAL", "OCCURS", "CONFIDENTIAL", "TREE"))
_STATUSES = frozenset(("SATISFIED", "LATE", "PENDING", "VIOLATED", "UNKNOWN", "EXCUSED", "ABSENT"))

_GROUPS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    # word of `messages.syntax`, terminals that all must be acceptable, terminals that it then stands for
    ("condition", _VALUES | {"NOT"}, _VALUE_STARTS | {"RPAR"}),
    ("value", _VALUES, _VALUE_STARTS | {"RPAR"}),
    ("operator", _COMPARISONS, _OPERATORS),
    ("operator", frozenset(("AND", "OR")), _REST_OF_COMPARISON),
    ("operator", frozenset(("ADD", "SUB", "MUL")), _REST_OF_COMPARISON),
    ("clause", _RULE_CLAUSES, _RULE_CLAUSES | {"MONTHS", "NONWORKING", "BY", "VALID", "AS", "ALSO"}),
    ("setting", _SETTINGS, _SETTINGS),
    ("case_item", _CASE_ITEMS, _CASE_ITEMS),
    ("declaration", DECLARATIONS, DECLARATIONS | {"SET"}),
    ("type", _TYPES, _TYPES | {"REF", "DURATION_TYPE", "MONTH_DAY_TYPE", "NAME"}),
    ("flag", _FLAGS, _FLAGS),
    ("status", _STATUSES, _STATUSES | {"DUE_SOON_STATUS", "ATTEST_STATUS", "NOT_APPLICABLE"}),
    ("citation", frozenset(("CITATION", "DOCUMENT")), frozenset(("CITATION", "DOCUMENT", "STRING"))),
)
_ORDER = {name: place for place, name in enumerate((*KEYWORDS, *PUNCTUATION))}

_SLIPS = {
    # what is written by habit → what may be meant, the first that can stand there
    "==": ("=",), "&&": ("and",), "&": ("and",), "||": ("or",), "|": ("or",), "!": ("not",),
    "should": ("must",), "shall": ("must",), "within": ("due",), "every": ("for each",), "for every": ("for each",), "all": ("every",),
    "equals": ("is",), "are": ("is",), "error": ("fail",), "warning": ("warn",), "info": ("advise",), "where": ("such that",),
    "string": ("text",), "integer": ("int",), "decimal": ("number",), "boolean": ("bool",), "with": ("such that",), "has": ("exists",),
    "reason": ("because",), "since": ("because",), "no rule": ("no rule for",),
    "ok": ("satisfied",), "pass": ("satisfied",), "failed": ("violated",), "overdue": ("late",),
    "应该": ("应当",), "应": ("应当",), "必须": ("应当",), "须": ("应当",), "禁止": ("不得",), "严禁": ("不得",), "可": ("可以",), "满足": ("使得",),
    "结束": ("完",), "等于": ("为",), "是": ("为",), "不是": ("不为",), "大于": (">",), "小于": ("<",), "至少": (">=",), "至多": ("<=",), "和": ("且",),
    "并": ("且",), "与": ("且",), "或是": ("或",), "所有": ("每一",), "每个": ("每一", "对象 每个"), "之后": ("后",), "之前": ("前",), "以后": ("后",),
    "以前": ("前",), "为空": ("缺失",), "不为空": ("已填",), "错误": ("不合规",), "违规": ("不合规",), "字符": ("文本",), "数字": ("整数",), "必填": ("主键",),
    "合格": ("合规",), "逾期": ("逾期完成",), "根据": ("依据",), "按照": ("依据",), "时限": ("期限",), "备注": ("说明",), "推后": ("顺延",), "向前": ("取前",),
    "因为": ("理由",), "原因": ("理由",), "不设": ("不设规则",), "无规则": ("不设规则",),
}  # fmt: skip

_ROWS = frozenset(("EXISTS", "NO", "EVERY", "COUNT", "EARLIEST", "LATEST"))
_COMPARING = frozenset(("LT", "LE", "GT", "GE", "EQ", "NE", "IS", "IS_NOT", "NO_LATER_THAN", "NO_EARLIER_THAN", "BETWEEN", "IN"))
_STOPS = frozenset(",，、。：")
_TERMINALS = {words: name for name, by in KEYWORDS.items() for spellings in by.values() for words in spellings}
_ALONE = {"RULE_ID": "S023", "AS_OF_DAY": "S029", "COLON": "S030", "LPAR": "S031"}
"""What to say where only one thing can stand."""

_FEW = 30


@attrs.frozen
class Near:
    """A keyword that was probably meant where another word stands, up to `end`; `help` and its arguments say so."""

    terminal: str
    end: int
    help: str
    arguments: dict[str, str]


def near_miss(lexer: Lexer, token: Token, accepts: frozenset[str], *, one_word: bool = False) -> Near | None:
    """The acceptable keyword that the text at a token may have been meant to be: misspelt, or written together with what follows.

    Up to three words are looked at, or `one_word`.
    """
    spellings = {words: name for name in accepts if name in KEYWORDS for by in KEYWORDS[name].values() for words in by}
    spellings |= {words: name for name in accepts if name in PUNCTUATION for words in PUNCTUATION[name]}
    texts = list(_texts(lexer, token.start, 1 if one_word else 3))
    return _slip(lexer, token, spellings, texts) or _written_together(spellings, texts) or _misspelt(spellings, texts)


def _texts(lexer: Lexer, start: int, count: int) -> Iterator[tuple[str, int]]:
    """The words at a place, all of `count`, then fewer; each text with its end."""
    for end in reversed(lexer.word_ends(start, count)):
        yield " ".join(lexer.text[start:end].split()), end


def _slip(lexer: Lexer, token: Token, spellings: Mapping[str, str], texts: list[tuple[str, int]]) -> Near | None:
    if token.type == "EQ" and lexer.text[token.start - 1 : token.start] == "=":
        return Near("EQ", token.end, "S020", {})
    meant = ((spelling, end) for text, end in texts for spelling in _SLIPS.get(text, ()) if spelling in spellings and spelling != text)
    return next((Near(spellings[spelling], end, "S011", {"near": spelling}) for spelling, end in meant), None)


def _written_together(spellings: Mapping[str, str], texts: list[tuple[str, int]]) -> Near | None:
    """A Chinese keyword with a name right behind it."""
    for text, end in texts:
        for words in sorted(spellings, key=len, reverse=True):
            rest = text.removeprefix(words)
            if not words.isascii() and rest != text and rest[:1].isalnum() and " " not in rest:
                return Near(spellings[words], end - len(rest), "S009", {"spelling": words, "rest": rest})
    return None


def _misspelt(spellings: Mapping[str, str], texts: list[tuple[str, int]]) -> Near | None:
    for text, end in texts:
        alike = [words for words in spellings if words[0].isalpha() and words != text and words.isascii() == text.isascii()]
        near = _nearest(text, [words for words in alike if " " not in text or words.count(" ") == text.count(" ")])
        if near is not None:
            return Near(spellings[near], end, "S011", {"near": near})
    return None


def _nearest(text: str, spellings: list[str]) -> str | None:
    """The spelling most like a text, if any is like it. Chinese words are so short that one character of two must do."""
    ratios = [(SequenceMatcher(None, text.lower(), words).ratio(), words) for words in spellings]
    ratio, best = max(ratios, default=(0.0, ""))
    if text.isascii():
        return best if ratio >= 0.75 else None
    close = len(text) == len(best) and sum(a != b for a, b in zip(text, best)) == 1 and len(text) > 1
    return best if close or ratio >= 0.7 else None


def unexpected(
    lexer: Lexer, token: Token, accepts: frozenset[str], near: Near | None, previous: Token, unfinished: bool = False
) -> Diagnostic:
    """The mistake of a token that does not fit where only `accepts` can stand; `unfinished` if it well begins something of its own."""
    end = token.end
    if near is not None:
        end = near.end + len(near.arguments.get("rest", ""))
    text = _shown(lexer.source.text[token.start : end])
    help, arguments = (near.help, near.arguments) if near else _help(lexer, token, accepts, previous, unfinished)
    return Diagnostic("S008", lexer.source, (token.start, end), {"found": text, "expected": _expected(accepts)}, help, arguments)


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _FEW else text[: _FEW - 1] + "…"


def _help(lexer: Lexer, token: Token, accepts: frozenset[str], previous: Token, unfinished: bool) -> tuple[str | None, dict[str, str]]:
    """What to do about a token for which no keyword was meant."""
    text = _shown(lexer.source.text[token.start : token.end])
    before = _shown(lexer.source.text[previous.start : previous.end])
    glued = _glued(previous, accepts)
    unit = _unit(lexer, token, previous)
    same_line = "\n" not in lexer.text[previous.end : token.start]
    if glued:
        return "S010", glued
    if unfinished:
        return ("S024", {}) if "INTEGER" in accepts or accepts <= {"NAME", "STRING"} else (None, {})
    if unit:
        return "S011", {"near": unit}
    if text in _STOPS:
        return "S001-stop", {}
    if accepts == {"STRING"} or ({"STRING", "END"} <= accepts and token.type == "NAME" and "NAME" not in accepts and same_line):
        return "S021", {"text": text}
    if "CITATION" in accepts or (previous.type == "CITATION" and text.startswith("第")):
        return "S033" if accepts == {"CITATION"} or "BECAUSE" in accepts else "S022", {}
    if len(accepts) == 1 and (only := next(iter(accepts))) in _ALONE and same_line:
        return _ALONE[only], {"before": before, "found": text}
    if _TERMINALS.get(text) in _ROWS and previous.type == "NAME":
        return "S025", {"found": text, "name": before}
    if token.type in _COMPARING and "AND" in accepts:
        return "S028", {}
    if token.type == "DOT" and previous.type in KEYWORDS:
        return "S012", {"found": before}
    if previous.type == "NAME" and before in _TERMINALS:
        return "S026", {"found": before}
    if "AND" in accepts and token.type in ("NAME", "LPAR") and text not in _TERMINALS:
        return "S019", {}
    if DECLARATIONS <= accepts:
        return "S015-first", {}
    if token.type in KEYWORDS and "NAME" in accepts:
        return "S012", {"found": text}
    return None, {}


def _unit(lexer: Lexer, token: Token, previous: Token) -> str | None:
    """The period meant by a number and a unit misspelt."""
    if previous.type != "INTEGER" or token.type != "NAME":
        return None
    text = lexer.text[token.start : token.end]
    words = [word for by in UNITS.values() for words in by.values() for word in words if word.isascii() == text.isascii()]
    near = _nearest(text, words)
    if near is None:
        near = next((word for word in words if not text.isascii() and text.startswith(word)), None)
    return near and f"{previous.value}{' ' if near.isascii() else ''}{near}"


def _glued(previous: Token, accepts: frozenset[str]) -> dict[str, str] | None:
    """A Chinese name before the place that ends in a keyword which could have stood there."""
    if previous.type != "NAME":
        return None
    name = str(previous.value)
    for terminal in sorted(accepts & KEYWORDS.keys()):
        for spelling in KEYWORDS[terminal]["zh"]:
            if name.endswith(spelling) and len(name) > len(spelling):
                return {"name": name[: -len(spelling)], "spelling": spelling}
    return None


def _expected(accepts: frozenset[str]) -> str:
    """Words for groups of terminals, then the terminals that remain, as `messages.syntax` reads them."""
    left = set(accepts)
    words: list[str] = []
    for word, needed, stands_for in _GROUPS:
        if needed <= left:
            words.append(word)
            left -= stands_for
    if words:
        left -= {"$END", "DOT", "COMMA", "LPAR"}
    rest = sorted(left, key=lambda terminal: (_ORDER.get(terminal, -1), terminal))
    return "@" + ",".join((*words, *rest))


def too_early(source: Source, place: int, accepts: frozenset[str]) -> Diagnostic:
    """The mistake of a file that ends where something must follow."""
    return Diagnostic("S007", source, (max(place - 1, 0), place), {"expected": _expected(accepts)})


def unclosed(source: Source, span: Span, declaration: Span) -> Diagnostic:
    """The mistake of a declaration without its end, found at `span`."""
    arguments = {"declaration": _shown(source.text[slice(*declaration)]), "end": "@END"}
    return Diagnostic("S006", source, span, arguments, "S006", {"end": "@END"}, ((source, declaration, "S006"),))


def outside(source: Source, token: Token, last_end: Token | None) -> Diagnostic:
    """The mistake of an item, or of an end, that stands in no declaration; `last_end` closed the declaration before."""
    code = "S016" if token.type == "END" else "S015"
    found = {"found": _shown(source.text[token.start : token.end])}
    if last_end is None:
        return Diagnostic(code, source, (token.start, token.end), found, "S015-first")
    related = ((source, (last_end.start, last_end.end), "S015"),)
    return Diagnostic(code, source, (token.start, token.end), found, code, {"end": "@END"}, related)
