"""What holds of every tree: a check never raises, and says of every mistake what it is, where, and in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from policy.check import Layer, check_pack
from policy.diagnostic import Diagnostic
from policy.lang import ast
from policy.messages.render import render
from policy.parse import parse_file
from policy.source import Source
from tests.strategies.trees import expressions, files

_HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large]
_WORDS = ("a", "b", "actual", "wanted", "type", "operator", "clause", "names")
_PACKS = sorted(Path(__file__).parents[1].joinpath("conformance").glob("*.policy"))


def check(tree: ast.File) -> tuple[Diagnostic, ...]:
    """Check a tree as a pack; whatever is said of it can be said in both languages."""
    pack, found = check_pack([Layer([(Source("drawn.policy", ""), tree)], {})], {}, "")
    assert (pack is None) == bool(found)
    for one in found:
        texts = [render(one, language) for language in ("zh", "en")]
        words = [one.arguments[name] for name in _WORDS if one.arguments.get(name, "").startswith("@")]
        assert not any(word in text for word in words for text in texts)
    return found


@settings(max_examples=60, suppress_health_check=_HEALTH)
@given(files())
def test_any_tree(tree: ast.File) -> None:
    check(tree)


@pytest.mark.deep
@settings(max_examples=3000, suppress_health_check=_HEALTH)
@given(files())
def test_any_tree_at_length(tree: ast.File) -> None:
    check(tree)


# --- good packs with a part replaced ---------------------------------------------------------------------------------


@cache
def good(number: int) -> ast.File:
    """A pack of the conformance tests."""
    path = _PACKS[number % len(_PACKS)]
    return parse_file(Source(path.name, path.read_text("utf-8")))[0]


def parts(node: object) -> list[object]:
    """The expressions in a tree and what else may be exchanged: names, types, binders."""
    kinds = (*ast.Expr.__args__, ast.Binder, ast.TypeName)
    found = [node] if isinstance(node, kinds) else []
    for child in node if isinstance(node, tuple) else _children(node):
        found += parts(child)
    return found


def _children(node: object) -> list[object]:
    return [getattr(node, field.name) for field in attrs.fields(type(node))] if attrs.has(type(node)) else []


def replaced(node: object, old: object, new: object) -> object:
    """The tree with a part in the place of another."""
    if node is old:
        return new
    if isinstance(node, tuple):
        return tuple(replaced(child, old, new) for child in node)
    if not attrs.has(type(node)):
        return node
    changes = {field.name: getattr(node, field.name) for field in attrs.fields(type(node))}
    return type(node)(**{name: replaced(value, old, new) for name, value in changes.items()})


@settings(max_examples=25, suppress_health_check=_HEALTH)
@given(st.data())
def test_a_good_pack_with_a_part_exchanged(data: st.DataObject) -> None:
    tree = good(data.draw(st.integers(0, len(_PACKS) - 1)))
    old = data.draw(st.sampled_from(parts(tree)))
    same_kind = [part for part in parts(tree) if isinstance(part, ast.Expr) == isinstance(old, ast.Expr)]
    kind = type(old)
    others = [part for part in same_kind if isinstance(old, ast.Expr) or type(part) is kind]
    new = data.draw(st.sampled_from(others) | (expressions() if isinstance(old, ast.Expr) else st.nothing()))
    if isinstance(old, ast.Name) and not isinstance(new, ast.Name):
        new = old  # the tree may want a bare name here, as behind `for each`
    if isinstance(old, ast.Binder) and isinstance(new.source, ast.Violations) and not isinstance(old.source, ast.Violations):
        new = old  # `for each` binds no violations
    check(replaced(tree, old, new))
