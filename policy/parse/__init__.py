"""text → ast: the only room that knows Lark."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from policy.diagnostic import Diagnostic
from policy.lang import ast
from policy.source import Source

if TYPE_CHECKING:
    from policy.lang.ast import Expr

__all__ = ["parse_expression", "parse_file"]


def parse_file(source: Source) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The declarations of a file, and the syntax errors, by place. With errors the file is empty."""
    from policy.parse.comments import attach
    from policy.parse.lexer import Lexer
    from policy.parse.parser import run

    lexer = Lexer(source)
    collecting = gc.isenabled()
    gc.disable()  # a parse makes many nodes and no garbage worth looking for
    try:
        declarations, diagnostics = run(lexer)
    finally:
        if collecting:
            gc.enable()
    if diagnostics:
        return ast.File((), lexer.language), diagnostics
    return attach(ast.File(declarations, lexer.language), lexer.comments, source.text), ()


def parse_expression(text: str, name: str) -> tuple[Expr | None, tuple[Diagnostic, ...]]:
    """A single expression, such as the value of a parameter on the command line; `name` says where it stands."""
    prefix = "param value : text = "
    source = Source(name, f"{prefix}{text} end")
    file, diagnostics = parse_file(source)
    own = Source(name, text)
    moved = tuple(_moved(diagnostic, own, -len(prefix)) for diagnostic in diagnostics)
    if moved or len(file.declarations) != 1:
        return None, moved
    return file.declarations[0].value, ()


def _moved(diagnostic: Diagnostic, source: Source, by: int) -> Diagnostic:
    import attrs

    start, end = (min(max(offset + by, 0), len(source.text)) for offset in diagnostic.span)
    return attrs.evolve(diagnostic, source=source, span=(start, end), related=())
