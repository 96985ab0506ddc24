"""text → ast: the only room that knows Lark."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from policy.diagnostic import Diagnostic
from policy.lang import ast
from policy.source import Source

if TYPE_CHECKING:
    from policy.lang.ast import Expr
    from policy.parse.lexer import Lexer
    from policy.parse.parser import Parser

__all__ = ["parse_expression", "parse_file"]


def parse_file(source: Source) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The declarations of a file, without those that hold a mistake, and the syntax errors, by place."""
    from policy.parse.comments import attach
    from policy.parse.lexer import Lexer

    lexer = Lexer(source)
    parser, declarations = _run(lexer, "start")
    file = ast.File(parser.sound(declarations), lexer.language, whole=parser.whole(declarations))
    return attach(file, lexer.comments, source.text), parser.mistakes()


def parse_expression(text: str, name: str) -> tuple[Expr | None, tuple[Diagnostic, ...]]:
    """A single expression, such as the value of a parameter on the command line; `name` says where it stands.

    None if it has a mistake.
    """
    from policy.parse.lexer import Lexer

    parser, tree = _run(Lexer(Source(name, text)), "expr")
    mistakes = parser.mistakes()
    return None if mistakes else tree, mistakes


def _run(lexer: Lexer, start: str) -> tuple[Parser, Any]:
    """The parser when it has come to the end, and what the start symbol stands for."""
    from policy.parse.parser import Parser

    collecting = gc.isenabled()
    gc.disable()  # a parse makes many nodes and no garbage worth looking for
    try:
        parser = Parser(lexer, start)
        return parser, parser.run()
    finally:
        if collecting:
            gc.enable()
