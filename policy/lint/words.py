"""What is not said, or said with a word that means something else: remedies, labels, names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from policy.lang import ast
from policy.lang.ops import FUNCTIONS
from policy.lint.found import Found, View, found

__all__ = ["WORDS"]


def _no_remedy(view: View) -> Iterator[Found]:
    """Rules that can be broken and do not say what to do then."""
    for where in view.of(ast.RuleDecl):
        clauses = where[2].clauses
        permits = any(isinstance(one, ast.DutyClause) and one.kind == "may" for one in clauses)
        if not permits and not any(isinstance(one, ast.RemedyClause) for one in clauses):
            yield found("L104", where, where[2].id.span, where[2].id.text, name=where[2].id.text)


_LABELLED = (ast.EntityDecl, ast.EnumDecl, ast.ParamDecl, ast.DefineDecl)


def _no_label(view: View) -> Iterator[Found]:
    """Names in one language, in a pack whose names are in both."""
    named = [(where, part) for where in view.of(_LABELLED) for part in (where[2], *getattr(where[2], "fields", ()), *getattr(where[2], "members", ()))]
    if not any(_languages(part) == {"zh", "en"} for _, part in named):
        return
    for where, part in named:
        for language in {"zh", "en"} - _languages(part):
            yield found("L105", where, part.name.span, part.name.text, part, name=part.name.text, language=f"@language:{language}")


def _languages(part: Any) -> set[str]:
    names = [part.name.text, *([part.label.text] if part.label else [])]
    return {"en" if name.isascii() else "zh" for name in names}


def _shadow(view: View) -> Iterator[Found]:
    """Variables called like something that the whole pack knows."""
    known = {name for function in FUNCTIONS.values() for name in (function.name, function.label) if name}
    for _, _, one in view.of(_LABELLED):
        members = getattr(one, "members", ()) if isinstance(one, ast.EnumDecl) else ()
        known |= {name for part in (one, *members) for name in (part.name.text, part.label.text if part.label else None) if name}
    for where in view.of((ast.RuleDecl, ast.DefineDecl)):
        for name, part in _variables(where[2]):
            if name.text in known:
                yield found("L107", where, name.span, name.text, *([part] if part is not where[2] else []), name=name.text)


def _variables(declaration: ast.RuleDecl | ast.DefineDecl) -> Iterator[tuple[ast.Name, Any]]:
    """The names that a declaration gives to values, each with the item that it stands in."""
    if isinstance(declaration, ast.DefineDecl):
        yield from ((argument.name, declaration) for argument in declaration.arguments)
        yield from ((name, declaration) for name in _aliases(declaration.body))
        return
    for clause in declaration.clauses:
        if isinstance(clause, ast.LetClause):
            yield clause.name, clause
        yield from ((name, clause) for name in _aliases(clause))


def _aliases(node: Any) -> Iterator[ast.Name]:
    """The aliases of binders anywhere in a node."""
    if isinstance(node, ast.Binder | ast.YearBinder) and node.alias is not None:
        yield node.alias
    for attribute in attrs.fields(type(node)) if attrs.has(type(node)) else ():
        value = getattr(node, attribute.name)
        for part in value if isinstance(value, tuple) else (value,):
            if attrs.has(type(part)):
                yield from _aliases(part)


WORDS = (_no_remedy, _no_label, _shadow)
