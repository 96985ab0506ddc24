"""The first sheet: what was read and by which rules, counts, who has how much to do, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policy.lang.keywords import status_word
from policy.lang.outcome import STATUSES, Outcome
from policy.messages.account import background, chased_line, counts_lines, exclusions, problems_line, waiver_line
from policy.messages.changes import absent_lines, counts_line, difference_lines
from policy.messages.words import Bearer, Words
from policy.width import width
from policy_xlsx.book import Row

__all__ = ["Summary"]

_FIRST, _SECOND, _COUNT = 24, 44, 11
_FEWEST = 4
"""Columns for counts, so that the sheet is never too narrow for its lines."""
_LINE = 13.5
"""Points that a line of text takes."""


class Summary:
    """The rows of the first sheet. `listing` is what the list of findings is called, `sheets` are the names of those that list all findings, `own` those of bearers that have one."""

    def __init__(self, words: Words, listing: str, groups: Mapping[Bearer, Sequence[Outcome]], sheets: Sequence[str], own: Mapping[Bearer, str]) -> None:
        self._words = words
        self._listing = listing
        self._groups = groups
        self._sheets = sheets
        self._own = own
        self._totals = words.report.totals()
        self.widths = (_FIRST, _SECOND, *[_COUNT] * max(len(self._totals), _FEWEST))

    def rows(self) -> Iterator[Row]:
        """Everything below the title, part by part; a part that has nothing to say is left out."""
        say, waivers = self._words.say, self._words.report.waivers
        parts = {
            self._listing: self._bearers(),
            say("W23"): self._lines(self._changes()),
            say("R30"): self._rules(),
            say("W38"): self._lines(filter(None, (*background(self._words), problems_line(self._words)))),
            say("R84", count=len(waivers)): self._lines(waiver_line(one, self._words) for one in waivers),
            say("R40"): self._lines(exclusions(self._words)),
            say("W39"): self._lines(say(code) for code in ("W40", "W41", "R90")),
        }
        for heading, part in parts.items():
            rows = list(part)
            if rows:
                yield from [Row(), Row([("section", heading)]), *rows]

    def _lines(self, lines: Iterable[str]) -> Iterator[Row]:
        """A row for each line, across all columns and as high as it needs."""
        for line in lines:
            line = line.strip()
            yield Row([("line", line)], height=_LINE * (1 + int(width(line) / sum(self.widths))), across=True)

    def _table(self, heads: Sequence[str], lines: Iterable[tuple[Row, Mapping[str, int]]], total: Mapping[str, int]) -> Iterator[Row]:
        """A table with a column for each status that there is."""
        words = self._words
        statuses = [status for status in STATUSES if total.get(status)]
        yield Row([("head", head) for head in (*heads, *(status_word(status, words.language) for status in statuses))])
        for row, counts in lines:
            yield Row([*row.cells, *(("number", counts.get(status)) for status in statuses)], link=row.link)
        yield Row([("total", words.say("R33")), ("total", ""), *(("total number", total[status]) for status in statuses)])

    # --- the parts

    def _bearers(self) -> Iterator[Row]:
        """The bearers that have a sheet of their own, each with a link to it, and where the findings of the others stand."""
        words = self._words
        chased = [outcome for group in self._groups.values() for outcome in group]
        yield from self._lines([chased_line(words)])
        if not chased:
            return
        own = [(self._line(name, words.bearer(bearer), name), Counter(one.status for one in self._groups[bearer])) for bearer, name in self._own.items()]
        yield from self._table([words.say("W35"), words.say("W12")], own, Counter(one.status for one in chased))
        lines = [words.say("W42", sheets=words.listed(self._sheets))] if len(self._sheets) > 1 else []
        more = len(self._groups) - len(self._own)
        yield from self._lines([*lines, words.say("W37", count=more, sheet=self._sheets[0])] if more else lines)

    def _line(self, first: str, second: str, link: str = "") -> Row:
        return Row([("link" if link else "text", first), ("text", second)], link=link)

    def _rules(self) -> Iterator[Row]:
        """Counts by rule."""
        words, report = self._words, self._words.report
        if self._totals:
            rows = [(self._line(rule, report.rules[rule].title), counts) for rule, counts in report.tally().items() if counts]
            yield from self._table([words.say("R31"), words.say("R32")], rows, self._totals)
        yield from self._lines(counts_lines(words))

    def _changes(self) -> Iterator[str]:
        """What has changed since the earlier run that was named, and what is no finding any more."""
        baseline, words = self._words.report.baseline, self._words
        if baseline is not None:
            yield counts_line(baseline, words)
            yield from difference_lines(baseline, words)
            yield from absent_lines(baseline, words)
