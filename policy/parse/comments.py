"""Comments → the items that they belong to."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from policy.lang import ast
from policy.parse.lexer import Comment

__all__ = ["attach"]

_ITEMS = {
    ast.PackHeader: "items",
    ast.EntityDecl: "fields",
    ast.EnumDecl: "members",
    ast.ParamDecl: "items",
    ast.DefineDecl: "items",
    ast.RuleDecl: "clauses",
    ast.NoRuleDecl: "items",
    ast.CaseDecl: "items",
    ast.SetDecl: "items",
    ast.DisableDecl: "items",
    ast.OverrideDecl: "clauses",
    ast.ExtendEntityDecl: "items",
    ast.ExtendEnumDecl: "items",
}


def attach(file: ast.File, comments: Sequence[Comment], text: str) -> ast.File:
    """The file with each comment at its item.

    A comment behind the last token of an item, on the same line, comes `after` it; any other goes `before` the item that it
    stands in or that follows, or `last` in its declaration or file. Behind a declaration's opening line it goes before that.
    """
    if not comments:
        return file
    declarations = []
    position = 0
    for index, declaration in enumerate(file.declarations):
        last = index + 1 == len(file.declarations)
        following = len(text) + 1 if last else file.declarations[index + 1].span[0]
        first, end = position, declaration.span[1]
        while position < len(comments) and (
            comments[position].start < end or (comments[position].start < following and _behind(end, comments[position], text))
        ):
            position += 1
        declarations.append(_declaration(declaration, comments[first:position], text))
    rest = tuple(comment.text for comment in comments[position:])
    return attrs.evolve(file, declarations=tuple(declarations), comments=ast.Comments(last=rest))


def _behind(end: int, comment: Comment, text: str) -> bool:
    return comment.start >= end and "\n" not in text[end : comment.start]


def _declaration(declaration: ast.Declaration, comments: Sequence[Comment], text: str) -> ast.Declaration:
    if not comments:
        return declaration
    name = _ITEMS[type(declaration)]
    items = getattr(declaration, name)
    before: list[str] = []
    after: list[str] = []
    last: list[str] = []
    of_items: list[tuple[list[str], list[str]]] = [([], []) for _ in items]
    for comment in comments:
        if comment.start < declaration.span[0]:
            before.append(comment.text)
        elif comment.start >= declaration.span[1]:
            after.append(comment.text)
        else:
            _in_declaration(comment, items, of_items, before, last, text)
    told = tuple(attrs.evolve(item, comments=_comments(*of)) if any(of) else item for item, of in zip(items, of_items, strict=True))
    return attrs.evolve(declaration, **{name: told}, comments=_comments(before, after, last))


def _in_declaration(comment: Comment, items: tuple, of_items: list, before: list[str], last: list[str], text: str) -> None:
    for index, item in enumerate(items):
        if _behind(item.span[1], comment, text) and (index + 1 == len(items) or items[index + 1].span[0] > comment.start):
            of_items[index][1].append(comment.text)
            return
        if comment.start < item.span[1]:
            opening = index == 0 and comment.trailing and comment.start < item.span[0]
            (before if opening else of_items[index][0]).append(comment.text)
            return
    (before if comment.trailing and not items else last).append(comment.text)


def _comments(before: list[str], after: list[str], last: Sequence[str] = ()) -> ast.Comments:
    return ast.Comments(tuple(before), " ".join(after), tuple(last))
