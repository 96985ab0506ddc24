"""The definitions of a pack, each checked after those that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter

import attrs

from policy.check.described import described
from policy.check.expressions import typer
from policy.check.known import DefinitionSignature, Known
from policy.check.names import Names, listed
from policy.check.page import Page
from policy.check.typer import POISON, type_of
from policy.check.vocabulary import argument_type
from policy.lang import ast, ir
from policy.lang.types import Type

__all__ = ["check_definitions", "declare_definitions", "nodes", "ordered"]


# --- names -----------------------------------------------------------------------------------------------------------


def declare_definitions(
    known: Known, declarations: Sequence[tuple[Page, ast.DefineDecl]]
) -> list[tuple[Page, DefinitionSignature]]:
    """The definitions whose names are their own, with the types of their arguments."""
    signatures = []
    for page, declaration in declarations:
        arguments = tuple((one.name.text, _argument_type(known, page, one.type)) for one in declaration.arguments)
        signature = DefinitionSignature(declaration, arguments, *described(page, declaration.items))
        known.functions.declare(signature, page, declaration.name, declaration.label)
        signatures.append((page, signature))
    return signatures


def _argument_type(known: Known, page: Page, type: ast.TypeName) -> Type:
    if type.kind in ("duration", "month_day"):
        page.refuse("C022", type.span, type=f"@{type.kind}_type")
        return POISON
    return argument_type(known, page, type)


# --- order -----------------------------------------------------------------------------------------------------------


def check_definitions(known: Known, signatures: Sequence[tuple[Page, DefinitionSignature]]) -> dict[str, ir.Definition]:
    """The definitions by name, callees first. One in a circle, or with a mistake, has no meaning and goes with every use."""
    graph = {id(signature): [id(used) for used in _used(known, signature.declaration)] for _, signature in signatures}
    by_id = {id(signature): (page, signature) for page, signature in signatures}
    order, circles = ordered(graph)
    for circle in circles:
        page, signature = by_id[circle[0]]
        names = [by_id[one][1].declaration.name.text for one in circle]
        page.refuse("C501", signature.declaration.name.span, names=listed(names, "circle"))
    definitions: dict[str, ir.Definition] = {}
    for page, signature in (by_id[one] for one in order):
        _check(known, page, signature, broken=any(id(signature) in circle for circle in circles))
        if signature.definition is not None:
            definitions.setdefault(signature.definition.name, signature.definition)
    return definitions


def ordered(graph: dict) -> tuple[list, list[list]]:
    """The nodes of a graph, each after those that it needs, and the circles in it (each beginning and ending with one node)."""
    circles: list[list] = []
    graph = {node: set(needed) for node, needed in graph.items()}
    while True:
        try:
            return list(TopologicalSorter(graph).static_order()), circles
        except CycleError as error:
            circle = error.args[1][::-1]  # it lists every node after one that it is needed by
            first = min(range(len(circle) - 1), key=lambda place: list(graph).index(circle[place]))
            circle = circle[first:-1] + circle[:first]
            circles.append([*circle, circle[0]])
            graph[circle[0]].discard(circle[1 % len(circle)])


def _used(known: Known, declaration: ast.DefineDecl) -> Iterator[DefinitionSignature]:
    calls = (node for node in nodes(declaration.body) if isinstance(node, ast.Call))
    found = (known.functions.get(call.name) for call in calls)
    return (signature for signature in found if isinstance(signature, DefinitionSignature))


def nodes(root: object) -> Iterator[object]:
    """A tree's nodes, in no particular order and however deep it is."""
    stack = [root]
    while stack:
        node = stack.pop()
        if type(node) is tuple:
            stack.extend(node)
            continue
        yield node
        for name in _parts(type(node)):
            stack.append(getattr(node, name))


_NO_NODES = {"str", "str | None", "int", "int | None", "Span", "Comments", "datetime.date", "datetime.date | None"}


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The attributes of a kind of node that may hold nodes; none for what is no node."""
    return tuple(field.name for field in attrs.fields(kind) if field.type not in _NO_NODES) if attrs.has(kind) else ()


# --- bodies ----------------------------------------------------------------------------------------------------------


def _check(known: Known, page: Page, signature: DefinitionSignature, broken: bool) -> None:
    checker = typer(known, page, _scope(page, signature))
    body = checker.infer(signature.declaration.body)
    if checker.too_deep(signature.declaration.name.span) or broken or type_of(body) == POISON:
        return
    name, label = signature.declaration.name.text, signature.declaration.label
    text = page.source.text[slice(*signature.declaration.span)]
    basis, citations = signature.basis
    signature.depends, signature.height = tuple(checker.depends), checker.height
    signature.definition = ir.Definition(
        name, label and label.text, signature.arguments, body, type_of(body), basis, signature.note, citations, text
    )


def _scope(page: Page, signature: DefinitionSignature) -> dict[str, ir.Var]:
    """The arguments by identifier and label."""
    scope: Names[ir.Var] = Names()
    for argument, (name, type) in zip(signature.declaration.arguments, signature.arguments):
        scope.declare(ir.Var(name, type, span=argument.name.span), page, argument.name, argument.label)
    return {name: scope.get(name) for name in scope}
