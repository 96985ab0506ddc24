"""Tokens → tree by the tables; and how to go on after a mistake, so that all mistakes of a file are found in one run."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

import attrs

from policy.diagnostic import Diagnostic
from policy.lang import ast
from policy.lang.keywords import KEYWORDS
from policy.parse.build import Builder
from policy.parse.errors import CLAUSES, DECLARATIONS, Near, near_miss, outside, too_early, unclosed, unexpected
from policy.parse.lexer import Lexer, Token
from policy.parse.table import END_OF_FILE, Table, parse_table

__all__ = ["Parser"]

_RESUMING = DECLARATIONS | CLAUSES | {"END"}
_ANYTHING = _RESUMING | frozenset(("NAME", "STRING", "INTEGER", "DECIMAL", "DATE", "DOCUMENT", "DOT"))
_WORDS = {spelling: name for name in _RESUMING for by in KEYWORDS[name].values() for spelling in by}
_ALL_WORDS = frozenset(spelling for by in KEYWORDS.values() for spellings in by.values() for spelling in spellings)
_NAMING = frozenset(("NAME", "RULE_ID", "SUBJECT_KEY"))
_NEVER_MEANT = frozenset(("COMMA", "LPAR", "DOT"))
_SURE = 3
"""Where no more terminals than this can stand, one of them may be taken as meant."""

_DEEPEST = 200
"""States on the stack, about one for each open parenthesis or `not`; what works on trees calls itself for each."""

_BUILT_ON_BY_NONE = {"RULE": ast.RuleDecl, "NO_RULE": ast.NoRuleDecl, "CASE": ast.CaseDecl}
"""The declarations that no other kind builds on, by their keywords."""

_DUMMIES: dict[str, Any] = {
    # what stands for the value of a token that is not there
    "DATE": datetime.date.min, "MONTH_DAY": (1, 1), "DURATION": (1, "days"), "CITATION": ast.Citation(1), "TABLE": ((), ()), "INTEGER": 0,
}  # fmt: skip


@cache
def _callbacks(table: Table) -> list[tuple]:
    """The rules of a table as origin, size, method of the builder, lists and is_list. Another table numbers its rules otherwise."""
    builder = Builder()
    return [
        (rule.origin, rule.size, getattr(builder, rule.callback) if rule.callback else None, rule.lists, rule.is_list)
        for rule in table.rules
    ]


_Stacks = tuple[list[int], list[Any]]


@attrs.frozen(eq=False)
class _Suspect:
    """A word read as a name at the start of a line, though as a `terminal` it begins something; and the stacks before it."""

    token: Token
    terminal: str
    stacks: _Stacks


class Parser:
    """Parses the tokens of a lexer. `states` and `values` are the stacks; the state on top always looks at the next token."""

    def __init__(self, lexer: Lexer, start: str = "start") -> None:
        table = parse_table()
        self.lexer = lexer
        self.diagnostics: list[Diagnostic] = []
        self._table: Table = table
        self._rules = _callbacks(table)
        self._states = [table.starts[start]]
        self._values: list[Any] = []
        self._single = start != "start"
        self._suspect: _Suspect | None = None
        self._last_end: Token | None = None
        self._furthest = self._repaired = -1
        self._spoilt: list[int] = []
        self._broken: set[str] = set()

    def run(self) -> Any:
        """What the start symbol stands for: declarations, or an expression (None if it holds a mistake)."""
        actions, states, values, lexer, takes = self._table.actions, self._states, self._values, self.lexer, self._takes
        previous = Token("", "", 0, 0)
        before: _Stacks = ([], [])
        while True:
            token = lexer.next(actions[states[-1]], takes)
            stacks = states.copy(), values.copy()  # reductions may go wrong before a token is found not to fit
            if token.type in _NAMING:
                if token.value in _WORDS or previous.type == "COLON":
                    self._watch(token, previous, stacks)
            elif token.type == "END":
                self._suspect, self._last_end = None, token
            if not self._feed(token):
                self._restore(stacks)
                if self._single:
                    return self._give_up(token, previous)
                self._recover(token, previous, before)
            elif token.type == END_OF_FILE:
                return values[0]
            previous, before = token, stacks

    def sound(self, declarations: Sequence) -> tuple:
        """The declarations that hold no mistake."""
        places = [*self._spoilt, *(diagnostic.span[0] for diagnostic in self.lexer.diagnostics)]
        return tuple(d for d in declarations if not any(d.span[0] <= place < d.span[1] for place in places))

    def whole(self, declarations: Sequence) -> bool:
        """Whether all mistakes stand where nothing else builds on; one that may stand between declarations does not."""
        inside = [one for one in declarations if type(one) in _BUILT_ON_BY_NONE.values()]
        others = [one for one in declarations if type(one) not in _BUILT_ON_BY_NONE.values()]
        if not self._broken <= _BUILT_ON_BY_NONE.keys() or len(self.sound(others)) < len(others):
            return False
        return all(any(one.span[0] <= found.span[0] < one.span[1] for one in inside) for found in self.lexer.diagnostics)

    def mistakes(self) -> tuple[Diagnostic, ...]:
        """All that is wrong, by place. Of a line with a mistake in its words nothing else is said."""
        source, language = self.lexer.source, self.lexer.language
        lines = {source.position(found.span[0])[0] for found in self.lexer.diagnostics}
        told = [found for found in self.diagnostics if source.position(found.span[0])[0] not in lines]
        by_place = sorted([*self.lexer.diagnostics, *told], key=lambda found: found.span)
        return tuple(found._replace(language=language) for found in by_place)

    # --- the automaton

    def _feed(self, token: Token) -> bool:
        """Shift a token after the reductions that it calls for; false if it does not fit."""
        actions, states, always = self._table.actions, self._states, self._table.always
        while (action := actions[states[-1]].get(token.type)) is not None:
            if action < 0:
                self._reduce(~action)
                continue
            states.append(action)
            self._values.append(token)
            while (rule := always[states[-1]]) is not None:
                self._reduce(rule)
            return len(states) < _DEEPEST or self._too_deep(token)
        return False

    def _reduce(self, rule: int) -> None:
        origin, size, callback, lists, is_list = self._rules[rule]
        states, values = self._states, self._values
        if callback is not None or is_list:
            children = values[len(values) - size :]
            del values[len(values) - size :]
            if lists is not None:
                children = _spread(children, lists)
            values.append(callback(children) if callback is not None else children)
        del states[len(states) - size :]
        states.append(self._table.gotos[states[-1]][origin])

    def _takes(self, terminal: str) -> bool:
        """Whether a terminal can be shifted after the reductions that it calls for. The tables alone name some that cannot."""
        actions, gotos, states = self._table.actions, self._table.gotos, self._states
        kept, pushed = len(states), []  # the stack would be `states[:kept]` and `pushed`
        while True:
            action = actions[pushed[-1] if pushed else states[kept - 1]].get(terminal)
            if action is None or action >= 0:
                return action is not None
            origin, size = self._rules[~action][:2]
            taken = min(size, len(pushed))
            del pushed[len(pushed) - taken :]
            kept -= size - taken
            pushed.append(gotos[pushed[-1] if pushed else states[kept - 1]][origin])

    def _acceptable(self) -> frozenset[str]:
        return frozenset(terminal for terminal in self._table.actions[self._states[-1]] if self._takes(terminal))

    def _cut(self, depth: int) -> None:
        del self._states[depth:]
        del self._values[depth - 1 :]

    # --- mistakes

    def _give_up(self, token: Token, previous: Token) -> None:
        """Say what is wrong with an expression that stands alone."""
        accepts = self._acceptable()
        if token.type == END_OF_FILE:
            self._say(too_early(self.lexer.source, previous.end, accepts))
        else:
            self._say(unexpected(self.lexer, token, accepts, near_miss(self.lexer, token, accepts), previous))

    def _recover(self, token: Token, previous: Token, before: _Stacks) -> None:
        """Say what is wrong and find a place to go on: the stacks and the lexer's position are left fitting.

        `before` are the stacks before the `previous` token, which may be the one to blame.
        """
        token, near, unfinished = self._blamed(token, previous, before)
        if token.start <= previous.start:
            previous = Token("", "", token.start, token.start)
        opened = self._opened()
        if near is None and self._missing_end(token, opened, previous):
            self._broken.add(opened.type)
            return
        self._broken.add(opened.type if opened else "")
        token = self._anywhere(token.start)
        accepts = self._acceptable()
        if opened is None and token.type in CLAUSES | {"END"} and DECLARATIONS <= accepts:
            self._say(outside(self.lexer.source, token, self._last_end if self._last_end is not token else None))
            return self._skip(token)
        if token.type == END_OF_FILE:
            self._say(too_early(self.lexer.source, previous.end, accepts))
            return self._skip(token)
        starts = token.type in _RESUMING and self.lexer.begins_line(token.start)
        near = near or (None if starts or previous.type == "INTEGER" else near_miss(self.lexer, token, accepts))
        if near is None and token.type == "NAME" and self.lexer.begins_line(token.start):
            self._broken.add("")  # perhaps another declaration, behind one without its end
        self._say(unexpected(self.lexer, token, accepts, near, previous, unfinished or starts))
        if near is not None and self._replaced(near.terminal, token.start, near.end):
            return None
        if near is None and len(accepts) <= _SURE and token.start > self._repaired:
            self._repaired = token.start
            for terminal in sorted(accepts - _NEVER_MEANT, key=lambda name: name != "RPAR"):
                if self._inserted(terminal, token) or (not starts and self._replaced(terminal, token.start, token.end)):
                    return None
        return self._skip(token)

    def _say(self, diagnostic: Diagnostic) -> None:
        """Keep a mistake, unless one is known at its place: going on may lead back to the same word once."""
        if not any(known.span[0] == diagnostic.span[0] for known in self.diagnostics[-2:]):
            self.diagnostics.append(diagnostic)
        self._spoilt.append(diagnostic.span[0])

    def _watch(self, token: Token, previous: Token, stacks: _Stacks) -> None:
        """Remember a name that could begin something else; the first that could begin a declaration is the most telling."""
        if self._suspect and self._suspect.terminal in DECLARATIONS or not self.lexer.begins_line(token.start):
            return
        terminal = _WORDS.get(token.value, "NAME")
        if previous.type == "COLON":
            telling = terminal = "NAME"  # the next field, where the type of this one is missing
        else:
            telling = self._takes("END") if terminal in DECLARATIONS else self._depth(terminal) is not None
        if telling and (terminal == "NAME") == self.lexer.before_colon(token.end):
            self._suspect = _Suspect(token, terminal, stacks)

    def _blamed(self, token: Token, previous: Token, before: _Stacks) -> tuple[Token, Near | None, bool]:
        """The token to blame, with the stacks as before it: a suspect, a keyword misspelt just before, else the one found.

        Also the keyword that was meant, and whether something before is unfinished.
        """
        suspect, self._suspect = self._suspect, None
        if suspect is not None and suspect.token is not token and self._is_telling(suspect, token, previous):
            self._restore(suspect.stacks)
            return Token(suspect.terminal, suspect.token.value, suspect.token.start, suspect.token.end), None, suspect.terminal != "NAME"
        if previous.type == "NAME" and before[0]:
            stacks = self._states.copy(), self._values.copy()
            self._restore(before)
            near = near_miss(self.lexer, previous, self._acceptable(), one_word=token.type in _NAMING)
            if near is not None:
                return previous, near, False
            self._restore(stacks)
        return token, None, False

    def _is_telling(self, suspect: _Suspect, token: Token, previous: Token) -> bool:
        if suspect.terminal == "NAME":
            return token.type == "COLON" and previous is suspect.token
        return suspect.terminal in DECLARATIONS or "\n" not in self.lexer.text[suspect.token.start : token.start]

    def _missing_end(self, token: Token, opened: Token | None, previous: Token) -> bool:
        """Close a declaration whose end is missing before the next one or the end of the file."""
        if opened is None or not self._takes("END"):
            return False
        token = self._anywhere(token.start)
        if token.type != END_OF_FILE and not (token.type in DECLARATIONS and self.lexer.begins_line(token.start)):
            return False
        self._close(token, opened, previous.end)
        return True

    def _close(self, token: Token, opened: Token, place: int) -> None:
        """Say that an end is missing, at the token or at the place where the file ends, and go on as if it were there."""
        span = (token.start, token.end) if token.end > token.start else (place - 1, place)
        self.diagnostics.append(unclosed(self.lexer.source, span, self._heading(opened)))
        self._spoilt.append(opened.start)
        self._feed(Token("END", "", opened.end, opened.end))
        self.lexer.position = token.start

    def _heading(self, opened: Token) -> tuple[int, int]:
        """The place of a declaration's keyword and name."""
        following = self._values[self._values.index(opened) + 1 :]
        if not following:
            return opened.start, opened.end
        first = following[0]
        return opened.start, first.end if type(first) is Token else first.span[1]

    def _opened(self) -> Token | None:
        """The keyword of the declaration that is being read."""
        return next((value for value in self._values if type(value) is Token and value.type in DECLARATIONS), None)

    def _too_deep(self, token: Token) -> bool:
        opened = self._opened()
        self._broken.add(opened.type if opened else "")
        self._say(Diagnostic("S018", self.lexer.source, (token.start, token.end), help="S018"))
        self._skip(token)
        return True

    # --- going on

    def _inserted(self, terminal: str, token: Token) -> bool:
        """Go on as if a token stood before the one found; false if that does not help."""
        return self._replaced(terminal, token.start, token.start)

    def _replaced(self, terminal: str, start: int, end: int) -> bool:
        """Go on as if a token stood from `start` to `end`; false if what follows it does not fit then."""
        lexer = self.lexer
        kept = self._states.copy(), self._values.copy()
        comments, diagnostics = len(lexer.comments), len(lexer.diagnostics)
        self._feed(Token(terminal, _DUMMIES.get(terminal, ""), start, end))
        lexer.position = end
        following = lexer.next(self._table.actions[self._states[-1]], self._takes)
        fits = self._takes(following.type) and not (following.type in _NAMING and following.value in _ALL_WORDS)
        lexer.position = end
        del lexer.comments[comments:], lexer.diagnostics[diagnostics:]
        if not fits:
            self._restore(kept)
        return fits

    def _restore(self, stacks: _Stacks) -> None:
        self._states[:], self._values[:] = stacks

    def _skip(self, token: Token) -> None:
        """Go on at the next line that begins an item or a declaration, or that seems to, dropping what is unfinished."""
        start = token.start if token.start > self._furthest else max(token.end, token.start + 1)
        self._furthest = max(self._furthest, start)
        opened = self._opened()
        on_one_line = opened is not None and "\n" not in self.lexer.text[opened.start : start]
        first, before = token.start, None
        token = self._anywhere(start)
        while token.type != END_OF_FILE:
            if before is None or before.type != "DOT":
                at_start = self.lexer.begins_line(token.start) or (before is not None and before.type == "END")
                if token.type in DECLARATIONS and at_start:
                    break
                ends = token.type == "END" and self.lexer.ends_line(token.end)
                resumes = at_start or on_one_line or ends
                depth = self._resuming(token, at_start and token.start > first) if resumes else None
                if depth is not None:
                    self._cut(depth)
                    self.lexer.position = token.start
                    return
            before = token
            token = self._anywhere(token.end)
        self._start_afresh(token, opened, before)

    def _resuming(self, token: Token, guess: bool) -> int | None:
        """How much of the stack to keep so that an item can begin with the token; with `guess`, with what it may be meant to be."""
        depth = self._depth(token.type)
        if depth is None and token.type == "NAME" and guess:
            depth = self._depth("END")
            if depth is not None:
                row = self._table.actions[self._states[depth - 1]]
                items = frozenset(name for name in row if name in CLAUSES and row[name] >= 0)
                depth = depth if near_miss(self.lexer, token, items) else None
        return depth

    def _depth(self, terminal: str) -> int | None:
        """How much of the stack to keep so that the terminal begins an item there, or closes the declaration."""
        for depth in range(len(self._states), 0, -1):
            row = self._table.actions[self._states[depth - 1]]
            if row.get(terminal, -1) >= 0 and row.get("END", -1) >= 0:
                return depth
        return None

    def _start_afresh(self, token: Token, opened: Token | None, before: Token | None) -> None:
        """Go on at a declaration or the end of the file; a declaration that is still open may lack its end."""
        depth = self._depth("END")
        self.lexer.position = token.start
        if opened is not None and depth is not None and (before is None or before.type != "END"):
            self._cut(depth)
            self._close(token, opened, before.end if before else len(self.lexer.text.rstrip()))
        else:
            self._cut(next(d for d in range(len(self._states), 0, -1) if d == 1 or "RULE" in self._table.actions[self._states[d - 1]]))

    def _anywhere(self, position: int) -> Token:
        """The token at a place as it would be read where any keyword may stand; what is skipped is not judged."""
        lexer = self.lexer
        kept, lexer.position = len(lexer.diagnostics), position
        token = lexer.next(_ANYTHING, _ANYTHING.__contains__)
        del lexer.diagnostics[kept:]
        return token


def _spread(children: list, lists: Collection[bool]) -> list:
    """The children with those that are lists taken apart. The lists stay as they are: kept stacks may hold them."""
    if len(children) == 2 and type(children[0]) is list and type(children[1]) is not list:  # a list grows by one
        return [*children[0], children[1]]
    return [part for child, many in zip(children, lists, strict=True) for part in (child if many else (child,))]
