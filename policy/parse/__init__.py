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

__all__ = ["parse_expression", "parse_file"]


def parse_file(source: Source) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The declarations of a file, without those that hold a mistake, and the syntax errors, by place."""
    from policy.parse.comments import attach
    from policy.parse.lexer import Lexer

    lexer = Lexer(source)
    declarations, diagnostics = _run(lexer, "start")
    return attach(ast.File(declarations or (), lexer.language), lexer.comments, source.text), diagnostics


def parse_expression(text: str, name: str) -> tuple[Expr | None, tuple[Diagnostic, ...]]:
    """A single expression, such as the value of a parameter on the command line; `name` says where it stands.

    None if it has a mistake.
    """
    from policy.parse.lexer import Lexer

    return _run(Lexer(Source(name, text)), "expr")


def _run(lexer: Lexer, start: str) -> tuple[Any, tuple[Diagnostic, ...]]:
    """What the start symbol stands for, as far as it is without mistakes; and the mistakes."""
    from policy.parse.parser import Parser

    collecting = gc.isenabled()
    gc.disable()  # a parse makes many nodes and no garbage worth looking for
    try:
        parser = Parser(lexer, start)
        tree = parser.run()
    finally:
        if collecting:
            gc.enable()
    return (parser.sound(tree) if start == "start" else tree if not parser.mistakes() else None), parser.mistakes()
