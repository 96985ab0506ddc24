"""Tokens → tree by Lark's tables, going on after a mistake so that all mistakes of a file are found in one run."""

from __future__ import annotations

import logging
from functools import cache, partial
from importlib.resources import files
from typing import Any

from lark import Lark, Token as LarkToken
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer as LarkLexer
from lark.parsers.lalr_parser_state import ParserState

from policy.cache import cache_dir
from policy.diagnostic import Diagnostic
from policy.lang.keywords import KEYWORDS, PUNCTUATION
from policy.parse.build import Builder
from policy.parse.errors import Mistake, describe, is_near_miss
from policy.parse.lexer import VALUE_TERMINALS, Lexer, Token

__all__ = ["run"]

_DECLARATIONS = ("PACK", "ENTITY", "ENUM", "PARAM", "DEFINE", "RULE", "CASE")
_CLAUSES = (
    "BASIS", "BEARER", "FOR_EACH", "WHERE", "LET", "WHEN", "EXCEPT", "MUST", "MUST_NOT", "MAY", "ATTEST", "DUE", "EFFECTIVE", "OTHERWISE",
    "REMEDY", "NOTE", "FINAL", "TITLE", "REGULATION", "CALENDAR", "MONTHS", "NONWORKING", "DUE_SOON", "GIVEN", "EXPECT", "SET", "END",
)  # fmt: skip
_RESUMING = frozenset((*_DECLARATIONS, *_CLAUSES))
_ANYTHING = frozenset((*_RESUMING, *VALUE_TERMINALS)) - {"RULE_ID", "SUBJECT_KEY", "TABLE", "CITATION", "DURATION", "MONTH_DAY"}
_CLAUSE_STARTS = frozenset(_CLAUSES[: _CLAUSES.index("TITLE")])


class _NoLexer(LarkLexer):
    """Lark's own lexers are not used: `lexer.Lexer` is asked for each token, with what the grammar can take."""

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, data: Any) -> Any:
        return iter(())


@cache
def _lark() -> Lark:
    """The tables, made once and kept in the user's cache."""
    terminals = " ".join((*KEYWORDS, *PUNCTUATION, *VALUE_TERMINALS))
    grammar = files("policy.parse").joinpath("grammar.lark").read_text("utf-8") + f"\n%declare {terminals}\n"
    folder = cache_dir()
    logging.getLogger("lark").setLevel(logging.CRITICAL)  # a cache that cannot be read is made anew, in silence
    kept = str(folder / "grammar.lark-tables") if folder else False
    return Lark(grammar, parser="lalr", lexer=_NoLexer, transformer=Builder(), cache=kept)


def run(lexer: Lexer) -> tuple[tuple, tuple[Diagnostic, ...]]:
    """The declarations of a source and its syntax errors, by place."""
    state = _lark().parse_interactive("").parser_state
    states = state.parse_conf.states
    takes = partial(_takes, state)
    mistakes: list[Mistake] = []
    opened: Token | None = None
    while True:
        token = lexer.next(states[state.state_stack[-1]], takes)
        try:
            if token.type == "$END":
                return _finish(state, lexer, mistakes)
            state.feed_token(token)
            if token.type in _DECLARATIONS:
                opened = token
        except UnexpectedToken:
            token = _anywhere(lexer, token)
            mistakes.append(Mistake(token, _acceptable(state), opened))
            if token.type == "$END":
                return (), _diagnostics(lexer, mistakes)
            more, token = _resume(state, lexer, token)
            mistakes += more
            opened = token if token.type in _DECLARATIONS else opened


def _finish(state: ParserState, lexer: Lexer, mistakes: list[Mistake]) -> tuple[tuple, tuple[Diagnostic, ...]]:
    declarations = state.feed_token(LarkToken("$END", ""), True)
    return (() if mistakes else declarations), _diagnostics(lexer, mistakes)


def _diagnostics(lexer: Lexer, mistakes: list[Mistake]) -> tuple[Diagnostic, ...]:
    language = lexer.language
    spoilt = {lexer.source.position(diagnostic.span[0])[0] for diagnostic in lexer.diagnostics}
    told = [mistake for mistake in mistakes if lexer.source.position(mistake.token.start)[0] not in spoilt]
    found = [*lexer.diagnostics, *(describe(mistake, lexer) for mistake in told)]
    for diagnostic in found:
        object.__setattr__(diagnostic, "language", language)
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.span))


def _acceptable(state: ParserState) -> frozenset[str]:
    """The terminals that can really follow: the tables name some that only a reduction would find out to be wrong."""
    return frozenset(terminal for terminal in state.parse_conf.states[state.state_stack[-1]] if _takes(state, terminal))


def _takes(state: ParserState, terminal: str) -> bool:
    """Whether the terminal can be shifted after the reductions that it calls for, tried without touching the stack."""
    states, stack = state.parse_conf.states, state.state_stack
    kept, pushed = len(stack), []  # the stack is `stack[:kept]` and `pushed`
    while True:
        action = states[pushed[-1] if pushed else stack[kept - 1]].get(terminal)
        if action is None or not terminal[-1].isupper():
            return False
        argument = action[1]
        if type(argument) is int:  # a shift
            return True
        size = len(argument.expansion)
        taken = min(size, len(pushed))
        del pushed[len(pushed) - taken :]
        kept -= size - taken
        pushed.append(states[pushed[-1] if pushed else stack[kept - 1]][argument.origin.name][1])
        if pushed[-1] == state.parse_conf.end_state:
            return True


def _resume(state: ParserState, lexer: Lexer, token: Token) -> tuple[list[Mistake], Token]:
    """Skip to the next keyword at the start of a line that begins a clause or a declaration, and make the stack fit.

    From here on nothing is built: values of a broken tree are of no use. Lines on the way that begin with a clause's keyword
    gone wrong are mistakes of their own. Gives them and the token at which the parser goes on.
    """
    mistakes: list[Mistake] = []
    opening = token.start
    state.parse_conf.callbacks = {}
    previous = token if token.type == "END" else None
    while token.type != "$END":
        begins = _begins_line(lexer, token) or (previous is not None and previous.type == "END")
        depth = _depth_taking(state, token.type) if begins else None
        if depth is not None:
            del state.state_stack[depth:]
            del state.value_stack[depth - 1 :]
            state.feed_token(token)
            return mistakes, token
        if begins and token.type == "NAME" and token.start > opening and is_near_miss(token, lexer):
            mistakes.append(Mistake(token, _CLAUSE_STARTS, None))
        previous = token
        token = _anywhere(lexer)
    lexer.position = len(lexer.text)
    del state.state_stack[1:]
    del state.value_stack[:]
    return mistakes, token


def _anywhere(lexer: Lexer, token: Token | None = None) -> Token:
    """The next token (or the given one again) as it would be read where any keyword may stand; what is skipped is not judged."""
    lexer.position = lexer.position if token is None else token.start
    count = len(lexer.diagnostics)
    found = lexer.next(_ANYTHING, _ANYTHING.__contains__)
    del lexer.diagnostics[count:]
    return found


def _begins_line(lexer: Lexer, token: Token) -> bool:
    line = lexer.text.rfind("\n", 0, token.start) + 1
    return not lexer.text[line : token.start].strip()


def _depth_taking(state: ParserState, terminal: str) -> int | None:
    """How much of the stack to keep so that the terminal can follow; a declaration keyword starts afresh."""
    if terminal in _DECLARATIONS:
        return 1
    if terminal not in _RESUMING:
        return None
    for depth in range(len(state.state_stack), 1, -1):
        action = state.parse_conf.states[state.state_stack[depth - 1]].get(terminal)
        if action is not None and isinstance(action[1], int):
            return depth
    return None
