"""The list of problems as CSV that a spreadsheet opens without asking and without calculating anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from policy.lang.report import Report
from policy.lang.secrecy import level_word
from policy.messages.listing import HEADINGS, columns, line
from policy.messages.order import by_bearer
from policy.messages.words import Words
from policy.width import harmless

__all__ = ["write_list"]

_MARK = b"\xef\xbb\xbf"
"""By which a spreadsheet knows UTF-8."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a cell may begin with that a spreadsheet would calculate; those of full width some take alike."""
_GUARD = "'"


def write_list(report: Report, stream: BinaryIO) -> None:
    """Write a row for each finding, after one of headings."""
    words = Words(report)
    stream.write(_MARK)
    text = io.StringIO()
    writer = csv.writer(text)
    for row in _rows(words):
        writer.writerow(map(_guarded, row))
        stream.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()


def _rows(words: Words) -> Iterator[list[str]]:
    """The rows, each with what a page would have in its head: the day, and the mark of secrecy if there is one."""
    report, names = words.report, columns(words)
    head = {"W25": str(report.as_of)} | ({"W24": level_word(report.secrecy, words.language)} if report.secrecy else {})
    yield [words.say(code) for code in (*(HEADINGS[name] for name in names), *head)]
    for bearer, outcomes in by_bearer(words).items():
        called = words.bearer(bearer)
        for outcome in outcomes:
            told = line(outcome, called, words)
            yield [*(str(getattr(told, name) or "") for name in names), *head.values()]


def _guarded(value: str) -> str:
    """A text as one harmless line that is no formula."""
    value = harmless(value)
    return _GUARD + value if value.startswith(_FORMULA) else value
