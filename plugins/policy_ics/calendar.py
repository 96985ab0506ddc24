"""A report as a calendar: one event a duty, the same one in every run (RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from hashlib import sha256

from policy.lang.outcome import Outcome
from policy.lang.report import Report
from policy.lang.secrecy import level_word
from policy.messages.finding import due_text, places_text, reason_lines, remedy, status_text, subject_text
from policy.messages.words import Words
from policy_ics.lines import joined, line, text

__all__ = ["content"]

_FIRST = datetime.date(2000, 1, 1)
_AHEAD = (7, 1)
"""Days before the due day on which there is a reminder, at nine in the morning."""
_NINE = "PT9H"


def content(report: Report) -> bytes:
    """The calendar. Two runs on the same data and day give the same bytes."""
    words = Words(report)
    listed = sorted((outcome for outcome in report.listed() if outcome.open), key=lambda one: (one.due, one.rule, one.subject_text))
    return joined([*_head(words), *(each for outcome in listed for each in _event(outcome, words)), *([] if listed else _zone()), "END:VCALENDAR"])


def _head(words: Words) -> Iterator[str]:
    report = words.report
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield line("PRODID", f"-//policy//policy {report.version}//{report.language.upper()}")
    yield "CALSCALE:GREGORIAN"
    mark = [words.say("B81", mark=level_word(report.secrecy, words.language))] if report.secrecy else []
    yield line("X-WR-CALNAME", text(" ".join([words.say("B80", title=report.pack_title or report.pack_id), *mark])))


def _event(outcome: Outcome, words: Words) -> Iterator[str]:
    """A duty that is overdue stands on the day of the report, where it is seen; nobody looks at last month."""
    report, due = words.report, outcome.due
    assert due is not None
    day = max(due, report.as_of)
    summary = words.say("B82", status=status_text(outcome, words), title=report.rules[outcome.rule].title, bearer=words.bearer(outcome.bearer or "nobody"))
    yield "BEGIN:VEVENT"
    yield line("UID", _name(outcome, report))
    yield line("DTSTAMP", f"{_day(report.as_of)}T000000Z")
    yield line("SEQUENCE", str(max((report.as_of - _FIRST).days, 0)))  # a later run takes the place of an earlier one
    yield line("DTSTART;VALUE=DATE", _day(day))
    if day < datetime.date.max:
        yield line("DTEND;VALUE=DATE", _day(day + datetime.timedelta(1)))
    yield line("SUMMARY", text(summary))
    yield line("DESCRIPTION", text("\n".join(_description(outcome, words))))
    yield line("CATEGORIES", text(status_text(outcome, words)))
    yield from ("CLASS:PRIVATE", "TRANSP:TRANSPARENT")
    yield line("PRIORITY", "1" if due < report.as_of else "5")
    yield from _reminders(day, summary, report.as_of)
    yield "END:VEVENT"


def _description(outcome: Outcome, words: Words) -> Iterator[str]:
    """What a report says of it, a line each, and where it comes from."""
    report = words.report
    yield words.say("R51", basis=words.listed(outcome.basis), title=report.rules[outcome.rule].title, rule=outcome.rule)
    yield words.say("R52", subject=subject_text(outcome, words))
    yield words.say("R53", due=due_text(outcome, words))
    yield from reason_lines(outcome, words)
    if places := places_text(outcome, words):
        yield words.say("R58", places=places)
    if to_do := remedy(outcome, words):
        yield words.say("R59", remedy=to_do)
    if report.secrecy:
        yield words.say("B81", mark=level_word(report.secrecy, words.language))
    yield words.say("B83", as_of=report.as_of)


def _reminders(day: datetime.date, summary: str, as_of: datetime.date) -> Iterator[str]:
    """Some days before, as far as these are still to come; on the day itself where it is too late for that."""
    ahead = [days for days in _AHEAD if (day - as_of).days >= days]
    for trigger in [f"-P{days - 1}DT15H" for days in ahead] or [_NINE]:  # counted from midnight, when the day begins
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", line("TRIGGER", trigger), line("DESCRIPTION", text(summary)), "END:VALARM")


def _zone() -> tuple[str, ...]:
    """A calendar has to have something in it, or programs refuse it."""
    return (
        "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD",
        "END:VTIMEZONE",
    )  # fmt: skip


def _name(outcome: Outcome, report: Report) -> str:
    """The same for a duty in every run, whatever its day and status: a calendar that has the event changes it."""
    parts = (report.pack_id, outcome.rule, tuple(str(key) for _, key in outcome.subject))
    return f"{sha256(repr(parts).encode()).hexdigest()[:32]}@policy"


def _day(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")
