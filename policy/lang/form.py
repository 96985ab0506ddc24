"""A workbook to be filled in, before it has a form: its sheets, their columns, and what is said of them."""

from __future__ import annotations

from policy.lang.noun import noun

__all__ = ["Column", "Form", "Sheet"]


@noun
class Column:
    """A column to fill in. `kind` is text, date, int or number, `choice` of `choices`, or `ref` to a key of the sheet `target`.

    `comment` says what goes in.
    """

    header: str
    kind: str
    required: bool
    comment: str
    choices: tuple[str, ...] = ()
    target: str = ""


@noun
class Sheet:
    """A table to fill in; its first column is the key. `about` says what it holds: required columns and sheets it refers to."""

    name: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    targets: tuple[str, ...]


@noun
class Form:
    """A workbook to fill in. `lines` are the instructions before the list of its sheets, whose headings are `headings`."""

    title: str
    language: str
    lines: tuple[str, ...]
    headings: tuple[str, ...]
    sheets: tuple[Sheet, ...]
