"""The grammar → the tables of an LALR parser: made by Lark, then kept as plain data, so that most runs need not import Lark."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from policy import __version__
from policy.cache import cache_dir
from policy.lang.keywords import KEYWORDS, PUNCTUATION
from policy.parse.lexer import VALUE_TERMINALS

__all__ = ["END_OF_FILE", "Rule", "Table", "parse_table"]

END_OF_FILE = "$END"


@attrs.frozen(eq=False)
class Rule:
    """A rule of the grammar: what it makes of its last `size` children.

    `callback` names the method of the builder; None passes a single child on. `lists` says of each child whether it is a list to be
    spread, and `is_list` that the rule makes such a list: Lark's own rules for `*` and `+`.
    """

    origin: str
    size: int
    callback: str | None
    lists: tuple[bool, ...] | None
    is_list: bool


@attrs.frozen(eq=False)
class Table:
    """What to do in each state.

    `actions[state]` maps a terminal to the state that follows it, or to `~rule`: the rule to reduce first. `always[state]` is a rule
    that is to be reduced whatever follows. `gotos[state]` maps the origin of a reduced rule to the state that follows;
    `starts` has the first state for each start symbol.
    """

    actions: list[dict[str, int]]
    always: list[int | None]
    gotos: list[dict[str, int]]
    rules: list[Rule]
    starts: dict[str, int]


@cache
def parse_table() -> Table:
    """The table of the language's grammar."""
    grammar = _grammar()
    folder = cache_dir()
    kept = folder / f"grammar-{_key(grammar)}-{sys.implementation.cache_tag}.table" if folder else None
    data = _restored(kept) if kept else None
    if data is None:
        data = _made(grammar)
        if kept:
            _keep(kept, data)
    actions, always, gotos, rules, starts = data
    return Table(actions, always, gotos, [Rule(*rule) for rule in rules], starts)


def _grammar() -> str:
    """The grammar with the declarations of its terminals. The loader of this module reads its neighbours from a zip file too."""
    path = os.path.join(os.path.dirname(__file__), "grammar.lark")
    text = __loader__.get_data(path).decode()
    return f"{text}\n%declare {' '.join((*KEYWORDS, *PUNCTUATION, *VALUE_TERMINALS))}\n"


def _key(grammar: str) -> str:
    """What the tables depend on: the grammar, and the form in which this version keeps them."""
    return f"{zlib.crc32(f'{__version__} {grammar}'.encode()):08x}"


def _restored(kept: Path) -> tuple | None:
    """What the file holds, or None: it may be absent or damaged."""
    try:
        data = marshal.loads(kept.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return data if isinstance(data, tuple) and len(data) == 5 else None


def _keep(kept: Path, data: tuple) -> None:
    partial = kept.with_suffix(f".{os.getpid()}")
    try:
        partial.write_bytes(marshal.dumps(data))
        os.replace(partial, kept)
    except OSError:  # a full or read-only disk costs time, nothing else
        partial.unlink(missing_ok=True)


def _made(grammar: str) -> tuple:
    """The table by Lark, as plain data. Conflicts of shift and reduce are resolved by shifting."""
    from lark import Lark
    from lark.lexer import Lexer

    class NoLexer(Lexer):
        """`lexer.Lexer` is asked for each token, with what the grammar can take."""

        def __init__(self, conf: Any) -> None:
            pass

        def lex(self, data: Any) -> Any:
            return iter(())

    made = Lark(grammar, parser="lalr", lexer=NoLexer, start=["start", "expr"], maybe_placeholders=False).parser.parser._parse_table
    rules: dict[Any, int] = {}
    actions: list[dict[str, int]] = [{} for _ in made.states]
    gotos: list[dict[str, int]] = [{} for _ in made.states]
    for state, row in made.states.items():
        for name, (_, target) in row.items():
            symbol = sys.intern(str(name))
            if not isinstance(target, int):
                actions[state][symbol] = ~rules.setdefault(target, len(rules))
            elif symbol[-1].isupper():
                actions[state][symbol] = target
            else:
                gotos[state][symbol] = target
    for end in made.end_states.values():
        actions[end] = {END_OF_FILE: end}
    return actions, [_always(row) for row in actions], gotos, [_rule(rule) for rule in rules], dict(made.start_states)


def _always(row: dict[str, int]) -> int | None:
    """The rule of a state that does nothing else."""
    targets = set(row.values())
    return ~next(iter(targets)) if len(targets) == 1 and max(targets) < 0 else None


def _rule(rule: Any) -> tuple:
    lists = tuple(symbol.name.startswith("__") for symbol in rule.expansion)
    origin = str(rule.origin.name)
    is_list = origin.startswith("__")
    passes = bool(rule.options.expand1 and not rule.alias and len(lists) == 1)
    callback = None if passes or is_list else str(rule.alias or origin)
    return origin, len(lists), callback, lists if any(lists) else None, is_list
