"""Rules about rules: which rules read the violations of which, and in what order they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from policy.check.definitions import nodes, ordered
from policy.check.known import DefinitionSignature, Known
from policy.check.names import listed
from policy.check.page import Page
from policy.lang import ast, ir

__all__ = ["rules_without_violations", "stratified"]


def rules_without_violations(known: Known, definitions: Iterable[ast.DefineDecl]) -> tuple[str, ...]:
    """The rules that read violations neither themselves nor through a definition: `all rules`."""
    reading: set[int] = set()
    pending = list(definitions)
    while True:
        found = {id(one) for one in pending if id(one) not in reading and _reads(known, one, reading)}
        if not found:
            break
        reading |= found
    return tuple(id for id, signature in known.rules.items() if not _reads(known, signature.declaration, reading))


def _reads(known: Known, declaration: ast.DefineDecl | ast.RuleDecl, reading: set[int]) -> bool:
    """Whether violations are read in a declaration, or in one of the definitions in `reading`, which it calls."""
    for node in nodes(declaration):
        if type(node) is ast.Violations:
            return True
        if reading and type(node) is ast.Call:
            called = known.functions.get(node.name)
            if isinstance(called, DefinitionSignature) and id(called.declaration) in reading:
                return True
    return False


def stratified(rules: Sequence[ir.Rule], places: dict[str, tuple[Page, ast.RuleDecl]]) -> tuple[ir.Rule, ...]:
    """The rules with their strata: one more than that of the highest rule they read. A circle is a mistake."""
    upper = {rule.id: rule.depends for rule in rules if rule.depends}
    order, circles = ordered({id: [read for read in depends if read in upper] for id, depends in upper.items()})
    for circle in circles:
        page, declaration = places[circle[0]]
        page.refuse("C503", declaration.id.span, names=listed(circle, "circle"))
    strata: dict[str, int] = {}
    for id in order:
        strata[id] = 1 + max(strata.get(read, 0) for read in upper[id])
    return tuple(attrs.evolve(rule, stratum=strata[rule.id]) if rule.id in upper else rule for rule in rules)
