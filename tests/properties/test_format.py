"""What holds of every tree: its text reads back as the same tree, in both languages and in any layout."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from policy.format import format_expression, format_file
from policy.lang import ast
from policy.parse import parse_expression, parse_file
from policy.source import Source
from tests.strategies.trees import expressions, files

LANGUAGES = ("zh", "en")
some = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_OPAQUE = re.compile(r'"(?:[^"\\]|\\.)*"|“(?:[^”\\]|\\.)*”|《[^》]*》|〔[^〕]*〕|\|.*\||#.*')
_WIDE = str.maketrans({char: chr(ord(char) + 0xFEE0) for char in "(),:=<>+*"})


def read(text: str) -> ast.File:
    """The tree of a text that has no mistakes."""
    file, diagnostics = parse_file(Source("test.policy", text))
    assert not diagnostics, [(one.code, one.arguments, text[slice(*one.span)], text) for one in diagnostics]
    return file


def without_comments(value: Any) -> Any:
    """The tree without its comments."""
    if isinstance(value, tuple):
        return tuple(map(without_comments, value))
    if not attrs.has(type(value)):
        return value
    names = [field.name for field in attrs.fields(type(value)) if field.name != "comments"]
    return type(value)(**{name: without_comments(getattr(value, name)) for name in names})


def outside_of_quotes(text: str, change: Callable[[str], str]) -> str:
    """The text, changed except in its strings, names in brackets, documents, tables and comments."""
    parts, position = [], 0
    for match in _OPAQUE.finditer(text):
        parts += [change(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, change(text[position:])])


def round_trip(file: ast.File) -> None:
    for language in LANGUAGES:
        text = format_file(file, language)
        again = read(text)
        assert again == file, text
        assert format_file(again, language) == text


def translation(file: ast.File) -> None:
    chinese = format_file(file, "zh")
    english = format_file(read(chinese), "en")
    assert read(english) == file, english
    assert format_file(read(english), "zh") == chinese


def without_empty_tables(file: ast.File) -> ast.File:
    """The file without tables that have no row: where its line break is lost, what follows a header may be read as its cells."""
    cases = [node for node in file.declarations if isinstance(node, ast.CaseDecl)]
    kept = {id(case): tuple(item for item in case.items if not isinstance(item, ast.CaseTable) or item.rows) for case in cases}
    told = (attrs.evolve(node, items=kept[id(node)]) if id(node) in kept else node for node in file.declarations)
    return attrs.evolve(file, declarations=tuple(told))


def free_layout(file: ast.File) -> None:
    file = without_empty_tables(without_comments(file))
    for language in LANGUAGES:
        text = format_file(file, language)
        assert read(re.sub(r"\n\s*", " ", text)) == file, text


def free_width(file: ast.File) -> None:
    file = without_comments(file)  # one behind a table may hold bars, and then only a parser knows where the table ends
    for language in LANGUAGES:
        text = outside_of_quotes(format_file(file, language), lambda part: part.translate(_WIDE).replace(" ", "\u3000"))
        assert read(text) == file, text


def own_language(file: ast.File) -> None:
    assert format_file(file) == format_file(file, file.language)


def expression_on_one_line(expr: ast.Expr) -> None:
    for language in LANGUAGES:
        text = format_expression(expr, language)
        assert "\n" not in text
        assert parse_expression(text, "test") == (expr, ()), text


PROPERTIES = (round_trip, translation, free_layout, free_width, own_language)
of_files = pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)


@of_files
@some
@given(file=files())
def test_files(holds: Callable[[ast.File], None], file: ast.File) -> None:
    holds(file)


@pytest.mark.deep
@of_files
@some
@given(file=files())
def test_many_files(holds: Callable[[ast.File], None], file: ast.File) -> None:
    holds(file)


@some
@given(expr=expressions(10))
def test_expressions(expr: ast.Expr) -> None:
    expression_on_one_line(expr)


@pytest.mark.deep
@some
@given(expr=expressions(16))
def test_many_expressions(expr: ast.Expr) -> None:
    expression_on_one_line(expr)
