"""The sheet that lists what is wrong, with links to the cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policy.lang.data_report import DataReport
from policy.lang.secrecy import level_word
from policy.messages import text as said_in
from policy.messages.place import place
from policy.width import harmless
from policy_data_report.markup import attribute, text
from policy_data_report.marks import Mark

__all__ = ["Styles", "listing"]

_SHOWN = 5000
"""Cells listed; whoever has mended so many will check again."""
_WIDTHS = (30, 8, 70, 50)
_COLUMN = '<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'


class Styles(NamedTuple):
    """The numbers of the cell formats in the workbook."""

    title: int
    head: int
    plain: int
    link: int
    error: int
    remark: int


def listing(report: DataReport, marks: Sequence[tuple[Mark, str | None]], styles: Styles, namespace: str, remark: str) -> bytes:
    """The sheet of some marks, each with the cell that it stands for, as a link goes there (`'谈话'!J12`; None: nowhere).

    A `remark` is on the workbook itself.
    """

    def say(code: str, **arguments: object) -> str:
        return said_in(code, report.language, **{name: str(value) for name, value in arguments.items()})

    kinds = {True: (styles.error, say("Q25")), False: (styles.remark, say("Q26"))}
    rows = [[(styles.title, line)] for line in (*_head(report, marks, say), *filter(None, [remark]))]
    headings = len(rows)
    if marks:
        rows.append([(styles.head, say(code)) for code in ("Q20", "Q21", "Q22", "Q23")])
    links = []
    for mark, cell in marks[:_SHOWN]:
        columns = (mark.column,) if mark.column else ()
        where = cell.replace("'", "") if cell else place(mark.file, mark.sheet, mark.row, columns, report.language)
        style, kind = kinds[mark.error]
        linked = styles.link if cell else styles.plain
        rows.append([(linked, where), (style, kind), (styles.plain, mark.said), (styles.plain, mark.instead)])
        if cell:
            links.append(f"<hyperlink ref=\"A{len(rows)}\" location={attribute(cell)} display={attribute(where)}/>")
    if len(marks) > _SHOWN:
        rows.append([(styles.plain, say("Q16", count=len(marks) - _SHOWN))])
    return _sheet(rows, headings + bool(marks), links, namespace)


def _head(report: DataReport, marks: Sequence[tuple[Mark, str | None]], say) -> Iterable[str]:
    errors = sum(mark.error for mark, _ in marks)
    yield say("Q13", errors=errors, remarks=len(marks) - errors) if marks else say("Q14")
    yield say("Q11", as_of=report.as_of, program=report.version)
    if report.secrecy:
        yield say("Q12", mark=level_word(report.secrecy, report.language))
    yield say("Q15")


def _sheet(rows: Sequence[Sequence[tuple[int, str]]], frozen: int, links: Sequence[str], namespace: str) -> bytes:
    columns = "".join(_COLUMN.format(place=place, width=width) for place, width in enumerate(_WIDTHS, 1))
    lines = "".join(_line(number, row) for number, row in enumerate(rows, 1))
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>{lines}</sheetData>{hyperlinks}"
        '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode("utf-8", "replace")


def _line(number: int, row: Sequence[tuple[int, str]]) -> str:
    return f'<row r="{number}">{"".join(_cell(number, place, *cell) for place, cell in enumerate(row))}</row>'


def _cell(row: int, column: int, style: int, value: str) -> str:
    place = f'r="{"ABCD"[column]}{row}" s="{style}"'
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{text(value, harmless)}</t></is></c>'
