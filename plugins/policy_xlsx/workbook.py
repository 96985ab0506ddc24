"""The sheets of the workbook in their order: a summary, all findings, and the findings of each bearer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import BinaryIO

from policy.lang.outcome import Outcome
from policy.lang.report import Report
from policy.lang.secrecy import level_word
from policy.messages.account import head_line
from policy.messages.finding import colour
from policy.messages.order import by_bearer
from policy.messages.words import Bearer, Words
from policy_xlsx.book import LAST_ROW, Book, Row, Sheet
from policy_xlsx.findings import Findings
from policy_xlsx.names import Names
from policy_xlsx.summary import Summary

__all__ = ["write_workbook"]

_FONTS = {"zh": "宋体", "en": "Calibri"}
_TABS = {"red": "C00000", "yellow": "FFC000", "blue": "5B9BD5", "": ""}
_MOST_SHEETS = 200
"""Bearers with a sheet of their own: with more, nobody finds a tab, and spreadsheets become slow."""
_MOST_ROWS = 100_000
"""Rows of those sheets together: they say a second time what the list of all findings says."""

Groups = Mapping[Bearer, Sequence[Outcome]]


def write_workbook(report: Report, stream: BinaryIO) -> None:
    """Write the workbook of a report."""
    words = Words(report)
    findings, groups = Findings(words), by_bearer(words)
    top, names = _Top(words, findings), Names()
    first = names.name(words.say("W30"))
    room = LAST_ROW - top.height
    total = sum(map(len, groups.values()))
    listing = words.say("W43" if report.window else "W31")
    sheets = [names.name(listing, number) for number in range(1, 2 + max(total - 1, 0) // room)]
    own = {bearer: names.name(_short(bearer, words)) for bearer in _with_sheets(groups)}
    book = Book(stream, _FONTS[words.language])
    summary = Summary(words, listing, groups, sheets, own)
    book.sheet(top.sheet(first, summary.widths, len(summary.widths)), chain(top.rows(words.say("W36"), len(report.outcomes)), summary.rows()))
    listed = (findings.row(called, outcome) for called, outcome in _arranged(groups, words))
    for name in sheets:
        book.sheet(top.table(name), chain(top.above(listing, total), islice(listed, room)))
    for bearer, name in own.items():
        called, outcomes = words.bearer(bearer), groups[bearer]
        tab = _TABS[colour(outcomes[0])]
        book.sheet(top.table(name, tab), chain(top.above(called, len(outcomes)), (findings.row(called, outcome) for outcome in outcomes)))
    book.close()


def _arranged(groups: Groups, words: Words) -> Iterable[tuple[str, Outcome]]:
    """All findings with the names of their bearers: by bearer, or as a list of what falls due is to be arranged."""
    window = words.report.window
    order = {rule: number for number, rule in enumerate(words.report.rules) if window and window.by == "rule"}
    found = ((called, outcome) for bearer, outcomes in groups.items() for called in [words.bearer(bearer)] for outcome in outcomes)
    if window is None or window.by == "bearer":
        return found
    return sorted(found, key=lambda one: (order.get(one[1].rule, 0), one[1].due))


def _short(bearer: Bearer, words: Words) -> str:
    """What the sheet of a bearer is called: by its name alone, as there is little room."""
    return words.report.names.get(bearer) or words.bearer(bearer) if isinstance(bearer, tuple) else words.bearer(bearer)


def _with_sheets(groups: Groups) -> Iterator[Bearer]:
    """The bearers that get a sheet of their own: the first ones, within bounds."""
    left = _MOST_ROWS
    for bearer in islice(groups, _MOST_SHEETS):
        left -= len(groups[bearer])
        if left < 0:
            return
        yield bearer


class _Top:
    """What stands at the top of every sheet: the mark of secrecy, the title, the day and the pack."""

    def __init__(self, words: Words, findings: Findings) -> None:
        self._words = words
        self._findings = findings
        report = words.report
        self._mark = words.say("W33", mark=level_word(report.secrecy, report.language)) if report.secrecy else ""
        self._title = report.pack_title or report.pack_id
        self.height = 3 + bool(self._mark)

    def sheet(self, name: str, widths: Sequence[float], printed: int, head: int = 0, tab: str = "") -> Sheet:
        return Sheet(name, widths, printed, (self._mark, f"{self._title}  {self._words.report.as_of}"), head, tab)

    def table(self, name: str, tab: str = "") -> Sheet:
        """A sheet with a table of findings."""
        return self.sheet(name, self._findings.widths, self._findings.printed, self.height, tab)

    def above(self, subject: str, count: int) -> list[Row]:
        """What stands above a table of findings, with its headings."""
        return [*self.rows(subject, count), self._findings.head()]

    def rows(self, subject: str, count: int) -> list[Row]:
        report, say = self._words.report, self._words.say
        about = say("W34", head=head_line(self._words), count=count)
        mark = [Row([("mark", self._mark)], height=21)] if self._mark else []
        return [*mark, Row([("title", say("W32", title=self._title, name=subject))], height=27), Row([("note", about)], height=18)]
