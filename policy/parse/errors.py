"""What the parser says of a token that does not fit: what was expected, in words, and what was probably meant."""

from __future__ import annotations

from difflib import get_close_matches

import attrs

from policy.diagnostic import Diagnostic
from policy.lang.keywords import KEYWORDS, PUNCTUATION
from policy.parse.lexer import Lexer, Token

__all__ = ["Mistake", "describe", "is_near_miss"]


@attrs.frozen
class Mistake:
    """A token that the grammar cannot take, the terminals that it could, and the keyword of the declaration it stands in."""

    token: Token
    accepts: frozenset[str]
    opened: Token | None


_EXPRESSION = frozenset(("IF", "EXISTS", "COUNT", "EARLIEST", "NEAREST", "TRUE", "LPAR", "NAME"))
_OPERATORS = frozenset(("IS", "IS_NOT", "AND", "OR", "BEFORE", "AFTER", "LT", "LE", "GT", "GE", "EQ", "NE", "ADD", "SUB", "MUL", "PLUS"))
_CONTINUATIONS = _OPERATORS | {
    "NO_LATER_THAN", "NO_EARLIER_THAN", "IN", "BETWEEN", "IS_MISSING", "IS_FILLED", "MINUS", "DOT",
}  # fmt: skip
_EXPRESSION_STARTS = _EXPRESSION | {
    "NO", "EVERY", "SUM", "MIN", "MAX", "LATEST", "FALSE", "AS_OF", "STRING", "INTEGER", "DECIMAL", "DATE", "MONTH_DAY", "DURATION", "SUB", "NOT",
}  # fmt: skip
_CLAUSES = frozenset((
    "BASIS", "BEARER", "FOR_EACH", "WHERE", "LET", "WHEN", "EXCEPT", "MUST", "MUST_NOT", "MAY", "ATTEST", "DUE", "EFFECTIVE", "OTHERWISE",
    "REMEDY", "NOTE", "FINAL",
))  # fmt: skip
_DECLARATIONS = frozenset(("PACK", "ENTITY", "ENUM", "PARAM", "DEFINE", "RULE", "CASE"))
_FIELD_TYPES = frozenset(("TEXT", "INT", "NUMBER_TYPE", "DATE_TYPE", "BOOL", "REF"))
_STATUSES = frozenset(("SATISFIED", "LATE", "PENDING", "VIOLATED", "UNKNOWN", "EXCUSED", "ABSENT"))

_GROUPS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    # word of `messages.syntax.WORDS`, terminals that all must be acceptable, terminals that it then stands for
    ("expression", _EXPRESSION, _EXPRESSION_STARTS),
    ("operator", _OPERATORS, _CONTINUATIONS),
    ("clause", _CLAUSES, _CLAUSES),
    ("declaration", _DECLARATIONS, _DECLARATIONS),
    ("type", _FIELD_TYPES, _FIELD_TYPES | {"DURATION_TYPE", "MONTH_DAY_TYPE", "NAME"}),
    ("status", _STATUSES, _STATUSES | {"DUE_SOON_STATUS", "ATTEST_STATUS", "NOT_APPLICABLE"}),
)


def is_near_miss(token: Token, lexer: Lexer) -> bool:
    """Whether a name at the start of a line looks like a clause's keyword gone wrong."""
    return _help(Mistake(token, _CLAUSES, None), lexer.source.text[token.start : token.end])[0] is not None


def describe(mistake: Mistake, lexer: Lexer) -> Diagnostic:
    """The diagnostic for a token that does not fit. `expected` holds words of `messages.syntax.WORDS` and terminals, comma-separated."""
    token = mistake.token
    span = (token.start, token.end)
    text = " ".join(lexer.source.text[token.start : token.end].split())
    expected = ",".join(_expected(mistake.accepts))
    related = ()
    if mistake.opened is not None and (token.type == "$END" or token.type in _DECLARATIONS):
        opened = mistake.opened
        related = ((lexer.source, (opened.start, opened.end), "S006"),)
        code = "S006" if "END" in mistake.accepts else "S007"
        start = len(lexer.text.rstrip()) if token.type == "$END" else token.start
        where = (max(start - 1, 0), start) if token.type == "$END" else span
        return Diagnostic(code, lexer.source, where, {"keyword": "END", "expected": expected}, "S006", {"keyword": "END"}, related)
    if token.type == "$END":
        return Diagnostic("S007", lexer.source, (max(token.start - 1, 0), token.start), {"expected": expected}, None)
    help_code, help_arguments = _help(mistake, text)
    shown = text if len(text) <= 30 else text[:29] + "…"
    return Diagnostic("S008", lexer.source, span, {"found": shown, "expected": expected}, help_code, help_arguments)


def _expected(accepts: frozenset[str]) -> list[str]:
    """Words for groups of terminals, then the terminals that remain."""
    left = set(accepts)
    words = []
    for word, needed, stands_for in _GROUPS:
        if needed <= left:
            words.append(word)
            left -= stands_for
    order = [*KEYWORDS, *PUNCTUATION]
    rest = sorted(left, key=lambda terminal: order.index(terminal) if terminal in order else -1)
    return [*words, *rest]


def _help(mistake: Mistake, text: str) -> tuple[str | None, dict[str, str]]:
    """A near miss: a keyword misspelt, or one written together with the name after it."""
    spellings = {
        spelling: terminal for terminal in mistake.accepts if terminal in KEYWORDS for words in KEYWORDS[terminal].values() for spelling in words
    }
    for spelling in sorted(spellings, key=len, reverse=True):
        if text.startswith(spelling) and len(text) > len(spelling) and not spelling.isascii():
            return "S009", {"spelling": spelling, "rest": text[len(spelling) :]}
    spellings.pop(text, None)
    near = get_close_matches(text, list(spellings), n=1, cutoff=0.7 if text.isascii() else 0.5)
    if near:
        return "S011", {"near": near[0]}
    if mistake.token.type in KEYWORDS and "NAME" in mistake.accepts:
        return "S012", {"found": text}
    return None, {}
