"""ast → text, in either language: one canonical layout."""

from __future__ import annotations

from policy.format.declarations import clause_document, comment, declaration
from policy.format.document import flat
from policy.format.expressions import document
from policy.lang import ast

__all__ = ["format_clause", "format_expression", "format_file"]


def format_file(file: ast.File, language: str | None = None) -> str:
    """The text of a file; `language` (`zh` or `en`) of its keywords, punctuation and units, None for the file's own.

    Names and texts stay as they were written. Parsing the result gives the same tree.
    """
    language = language or file.language
    parts = [declaration(node, language) for node in file.declarations]
    comments = "\n".join(comment(text) for text in (*file.comments.before, *file.comments.last))
    return "\n\n".join([*parts, comments] if comments else parts) + "\n" * bool(parts or comments)


def format_expression(expr: ast.Expr, language: str) -> str:
    """The text of an expression, on one line."""
    return flat(document(expr, language))


def format_clause(clause: object, language: str) -> str:
    """The text of a clause or another item of a declaration, on one line, without its comments."""
    return flat(clause_document(clause, language))
