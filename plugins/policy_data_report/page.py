"""What is wrong with the data as one HTML page: what was read, and of each table the troubled rows with what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import NamedTuple

from policy.lang.data_report import DataReport
from policy.lang.facts import Input
from policy.lang.secrecy import level_word
from policy.lang.table import RawTable
from policy.messages import text
from policy.messages.data import note_text
from policy.messages.place import place
from policy.width import harmless
from policy_data_report.marks import Mark, marks_of

__all__ = ["page"]

_ROWS = 300
"""Rows shown of a table; whoever has mended so many will check again."""
_LONGEST = 80
"""Characters shown of a cell."""
_HIDDEN = "***"


class _Table(NamedTuple):
    table: RawTable
    read: Input
    marks: Sequence[Mark]


def page(report: DataReport) -> str:
    """The page of a report."""
    return "\n".join(_Page(report).lines()) + "\n"


class _Page:
    def __init__(self, report: DataReport) -> None:
        self._report = report
        self._marks = list(marks_of(report.problems, report.language))
        self._keys = _keys(report)

    def _say(self, code: str, **arguments: object) -> str:
        return _html(text(code, self._report.language, **{name: str(value) for name, value in arguments.items()}))

    def lines(self) -> Iterator[str]:
        report = self._report
        yield "<!DOCTYPE html>"
        yield f'<html lang="{"zh-CN" if report.language == "zh" else "en"}">'
        yield '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">'
        yield f"<title>{self._say('Q10')}</title>"
        yield f"<style>\n{files(__package__).joinpath('style.css').read_text('utf-8')}</style>\n</head>\n<body>"
        yield from self._head()
        yield from self._read()
        tables = {(table.file, table.sheet): table for table in report.tables}
        rows = {(one.file, one.sheet): one for one in report.inputs if one.columns}
        told: dict[tuple[str, str | None], list[Mark]] = {}
        for mark in self._marks:
            told.setdefault((mark.file, mark.sheet), []).append(mark)
        yield from self._others([mark for key, marks in told.items() for mark in marks if key not in rows])
        for key, marks in told.items():
            if key in rows:
                yield from self._table(_Table(tables[key], rows[key], marks))
        yield "</body>\n</html>"

    def _head(self) -> Iterator[str]:
        report, errors = self._report, sum(mark.error for mark in self._marks)
        yield f"<h1>{self._say('Q10')}</h1>"
        if report.secrecy:
            yield f'<p class="mark">{self._say("Q12", mark=level_word(report.secrecy, report.language))}</p>'
        yield f'<p class="lead">{self._say("Q11", as_of=report.as_of, program=report.version)}</p>'
        counted = self._say("Q13", errors=errors, remarks=len(self._marks) - errors) if self._marks else self._say("Q14")
        yield f'<p class="sum">{counted}</p>'

    def _read(self) -> Iterator[str]:
        report = self._report
        yield f"<h2>{self._say('Q30')}</h2>\n<table>\n<tr>{self._headings('Q28', 'Q31', 'Q32', 'Q34')}</tr>"
        for one in report.inputs:
            entity = self._label(one.entity) if one.entity else self._say("Q33")
            notes = "<br>".join(_html(note_text(note, report.language)) for note in one.notes)
            where = _html(place(one.file, one.sheet, None, (), report.language))
            yield f'<tr><td>{where}</td><td>{entity}</td><td class="number">{one.rows}</td><td>{notes}</td></tr>'
        yield "</table>"
        if report.absent:
            listed = ("、" if report.language == "zh" else ", ").join(map(self._label, report.absent))
            yield f'<p class="lead">{text("Q37", report.language, entities=listed)}</p>'

    def _headings(self, *codes: str) -> str:
        return "".join(f"<th>{self._say(code)}</th>" for code in codes)

    def _label(self, name: str) -> str:
        return _html(self._report.labels.get(name, name) if self._report.language == "zh" else name)

    def _others(self, marks: Iterable[Mark]) -> Iterator[str]:
        """What is said of files and of tables that are shown no further."""
        marks = list(marks)
        if marks:
            yield f"<h2>{self._say('Q38')}</h2>\n<ul>"
            yield from self._notes(marks, self._place)
            yield "</ul>"

    def _place(self, mark: Mark) -> str:
        return place(mark.file, mark.sheet, mark.row, (mark.column,) if mark.column else (), self._report.language)

    def _notes(self, marks: Iterable[Mark], where: Callable[[Mark], str]) -> Iterator[str]:
        for mark in marks:
            kind = f'<b class="{_class(mark.error)}">{self._say("Q25" if mark.error else "Q26")}</b>'
            instead = f'<br><span class="instead">{_html(mark.instead)}</span>' if mark.instead else ""
            yield f"<li>{kind} {_html(where(mark))} {_html(mark.said)}{instead}</li>"

    # --- the rows of a table

    def _table(self, one: _Table) -> Iterator[str]:
        report, by_row = self._report, {}
        for mark in one.marks:
            by_row.setdefault(mark.row, []).append(mark)
        title = f"{self._label(one.read.entity or '')} {_html(place(one.table.file, one.table.sheet, None, (), report.language))}"
        yield f"<h2>{title} <small>{self._say('Q39', count=len(one.marks))}</small></h2>"
        whole = [mark for row in (None, one.table.header) for mark in by_row.get(row, ())]
        if whole:
            yield "<ul>"
            yield from self._notes(whole, lambda mark: mark.column or "")
            yield "</ul>"
        rows = [(number, cells) for number, cells in one.table.rows if number in by_row]
        if not rows:
            return
        fields, width = dict(one.read.columns), len(one.table.labels)
        yield f'<p class="lead">{self._say("Q35")}</p>\n<div class="wide">\n<table>'
        heads = "".join(f"<th>{self._heading(one, label, fields)}</th>" for label in one.table.labels)
        yield f"<tr><th>{self._say('Q24')}</th>{heads}</tr>"
        for number, cells in rows[:_ROWS]:
            marked = {mark.column: mark.error for mark in reversed(by_row[number])}
            shown = "".join(self._cell(one, label, cell, fields, marked) for label, cell in zip(one.table.labels, cells))
            yield f'<tr><td class="number{_marked(marked, None)}">{number}</td>{shown}</tr>'
            yield f'<tr class="notes"><td></td><td colspan="{width}"><ul>'
            yield from self._notes(by_row[number], lambda mark: f"{mark.column or ''}{mark.row}")
            yield "</ul></td></tr>"
        yield "</table>\n</div>"
        if len(rows) > _ROWS:
            yield f'<p class="lead">{self._say("Q36", shown=_ROWS, count=len(rows) - _ROWS)}</p>'

    def _heading(self, one: _Table, label: str, fields: Mapping[str, str]) -> str:
        known = self._label(f"{one.read.entity}.{fields[label]}") if label in fields else ""
        if known and self._report.language != "zh":
            known = _html(fields[label])
        return f'<span class="letter">{_html(label)}</span> {known or _HIDDEN}'

    def _seen(self, field: str, value: str) -> bool:
        """Whether a value of a field (empty: of none that is known) may be seen; a reference that is no key may be a name."""
        if field in self._report.references:
            return value.strip() in self._keys[self._report.references[field]]
        return bool(field) and field not in self._report.confidential

    def _cell(self, one: _Table, label: str, cell: object, fields: Mapping[str, str], marked: Mapping[str | None, bool]) -> str:
        shown = "" if cell is None else str(cell)
        if shown and not self._seen(f"{one.read.entity}.{fields[label]}" if label in fields else "", shown):
            shown = _HIDDEN
        if len(shown) > _LONGEST:
            shown = shown[: _LONGEST - 1] + "…"
        kind = _marked(marked, label).strip()
        return f'<td class="{kind}">{_html(shown)}</td>' if kind else f"<td>{_html(shown)}</td>"


def _keys(report: DataReport) -> dict[str, set[str]]:
    """The keys that the tables have, by entity."""
    keys: dict[str, set[str]] = {entity: set() for entity in report.keys}
    tables = {(table.file, table.sheet): table for table in report.tables}
    for one in report.inputs:
        label = next((label for label, field in one.columns if field == report.keys.get(one.entity or "")), None)
        if label is not None:
            table = tables[one.file, one.sheet]
            place = table.labels.index(label)
            keys[one.entity or ""].update(str(cells[place]).strip() for _, cells in table.rows if place < len(cells))
    return keys


def _html(said: str) -> str:
    return escape(harmless(said))


def _class(error: bool) -> str:
    return "error" if error else "remark"


def _marked(marked: Mapping[str | None, bool], label: str | None) -> str:
    return f" {_class(marked[label])}" if label in marked else ""
