"""A workbook to be filled in, before it has a form: its sheets, their columns, and what is said of them."""

from __future__ import annotations

from policy.lang.noun import noun

__all__ = ["Column", "Form", "Sheet"]


@noun
class Column:
    """A column to fill in. `kind` is text, date, int or number, `choice` of `choices`, or `ref` to what rows of the sheet `target` are called.

    `comment` says what goes in. In a cell may be `several` choices or references. Columns beside each other of one `group` have a
    heading above them.
    """

    header: str
    kind: str
    required: bool
    comment: str
    choices: tuple[str, ...] = ()
    target: str = ""
    several: bool = False
    group: str = ""


@noun
class Sheet:
    """A table to fill in. `required` are the columns that it cannot do without, `targets` the sheets that it refers to.

    Rows are called by what stands in the column at the place `called_by`, mostly their key. Above the table may stand a `title`
    and `blanks`, which have room for an answer behind them.
    """

    name: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    targets: tuple[str, ...]
    called_by: int = 0
    title: str = ""
    blanks: tuple[str, ...] = ()


@noun
class Form:
    """A workbook to fill in. `lines` are the instructions before the list of its sheets, whose headings are `headings`."""

    title: str
    language: str
    lines: tuple[str, ...]
    headings: tuple[str, ...]
    sheets: tuple[Sheet, ...]
