"""What is said of a header, a parameter or a definition: its basis and its note."""

from __future__ import annotations

from policy.check.citations import Basis, Library
from policy.check.once import once
from policy.check.page import Page
from policy.lang import ast

__all__ = ["described"]


def described(library: Library, page: Page, items: tuple) -> tuple[Basis, str]:
    """The basis and the note among some items."""
    kept = once(page, items, lambda item: "NOTE" if isinstance(item, ast.NoteClause) else None)
    notes = [item.text for item in kept if isinstance(item, ast.NoteClause)]
    citations = [citation for item in kept if isinstance(item, ast.BasisClause) for citation in item.citations]
    return library.basis(page, citations), "".join(notes)
