"""What is said of a header, a parameter, a definition or a change: its basis and its note."""

from __future__ import annotations

from policy.check.citations import Basis
from policy.check.once import once
from policy.check.page import Page
from policy.lang import ast

__all__ = ["described"]


_ONCE = {ast.NoteClause: "NOTE", ast.InForceClause: "IN_FORCE"}


def described(page: Page, items: tuple) -> tuple[Basis, str]:
    """The basis and the note among some items."""
    kept = once(page, items, lambda item: _ONCE.get(type(item)))
    notes = [item.text for item in kept if isinstance(item, ast.NoteClause)]
    citations = [citation for item in kept if isinstance(item, ast.BasisClause) for citation in item.citations]
    return page.library.basis(page, citations), "".join(notes)
