"""Calendars of what falls due: read back with another library, true to RFC 5545, the same duty by the same name."""

from __future__ import annotations

import datetime
import io

import attrs
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_ics import Ics
from policy_ics.lines import joined, line, text

from policy.lang.outcome import Listed
from tests.reports import EMPTY, FULL, day, outcome


def written(report) -> bytes:
    stream = io.BytesIO()
    Ics().write(report, stream, colour=False)
    return stream.getvalue()


def events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def one(status: str, due: str, **changes) -> attrs.evolve:
    return outcome("A-1", status, due=day(due), due_unrolled=day(due), **changes)


def report(*outcomes, **changes):
    return attrs.evolve(EMPTY, outcomes=Listed(outcomes), all_outcomes=True, **changes)


def test_an_event_for_each_open_duty_with_a_day():
    found = events(written(attrs.evolve(FULL, all_outcomes=True)))
    assert [str(event["SUMMARY"]) for event in found] == ["〔不合规〕一个月内报告：张三（人员 P1）", "〔临期〕一个月内报告：张三（人员 P1）"]
    late, soon = found
    assert (late["DTSTART"].dt, late["DTEND"].dt) == (day("2026-05-11"), day("2026-05-12"))  # overdue: where it is seen
    assert (soon["DTSTART"].dt, soon["DTEND"].dt) == (day("2026-05-13"), day("2026-05-14"))
    assert str(soon["DESCRIPTION"]).splitlines() == [
        "第十一条第一款 一个月内报告（A-1）",
        "对象：谈话 T3",
        "期限：2026-05-13（原为 2026-05-10，遇非工作日调整），还有 2 天",
        "建议：督促补报",
        "密级：工作秘密",
        "按 2026-05-11 的记录；供研判",
    ]
    assert str(late["DTSTAMP"].dt) == "2026-05-11 00:00:00+00:00" and late["SEQUENCE"] == 9627
    assert (late["CLASS"], late["TRANSP"], late["PRIORITY"], soon["PRIORITY"]) == ("PRIVATE", "TRANSPARENT", 1, 5)


def test_reminders_lie_ahead():
    far, near, late = events(written(report(one("pending", "2026-06-01"), one("due_soon", "2026-05-13"), one("violated", "2026-05-01"))))[::-1][:3]
    triggers = {event["DTSTART"].dt: [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] for event in (far, near, late)}
    nine = datetime.timedelta(hours=9)
    assert triggers == {
        day("2026-06-01"): [nine - datetime.timedelta(7), nine - datetime.timedelta(1)],
        day("2026-05-13"): [nine - datetime.timedelta(1)],
        day("2026-05-11"): [nine],
    }


def test_a_later_run_changes_the_same_event():
    first = events(written(report(one("pending", "2026-06-01"))))[0]
    second = events(written(report(one("due_soon", "2026-06-02", evidence=(), fingerprint="x"), as_of=day("2026-05-30"), pack_version="2")))[0]
    other = events(written(report(one("pending", "2026-06-01", subject=(("talk", "T2"),)))))[0]
    assert first["UID"] == second["UID"] != other["UID"] and second["SEQUENCE"] > first["SEQUENCE"]


def test_what_is_done_or_has_no_day_is_no_event():
    assert events(written(report(one("satisfied", "2026-06-01", fulfilled=day("2026-05-01")), one("excused", "2026-06-01"), outcome("A-1", "violated"),
                                 one("late", "2026-05-01", fulfilled=day("2026-05-02"))))) == []  # fmt: skip


def test_a_calendar_without_events_is_one():
    found = icalendar.Calendar.from_ical(written(EMPTY))
    assert [part.name for part in found.subcomponents] == ["VTIMEZONE"] and found["X-WR-CALNAME"] == "监督谈话办法：到期事项"


def test_lines_are_folded_at_75_octets_and_end_in_crlf():
    content = written(attrs.evolve(FULL, all_outcomes=True))
    assert content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    for part in content.split(b"\r\n"):
        assert len(part) <= 75
        part.decode()


def test_nothing_in_the_data_breaks_out():
    evil = "x\r\nEND:VEVENT\nATTACH:http://example.org/;a,b\\n\x07"
    content = written(report(one("violated", "2026-05-01", bearer=("person", evil)), names={}))
    (event,) = events(content)
    assert "ATTACH" not in event and "ATTACH:http://example.org/;a,b\\n" in str(event["SUMMARY"])


@given(st.text())
def test_any_text_comes_back(value):
    shown = "".join(char for char in value if char == "\n" or char.isprintable())
    content = joined(["BEGIN:VCALENDAR", "BEGIN:VEVENT", line("SUMMARY", text(value)), "END:VEVENT", "END:VCALENDAR"])
    assert all(len(part) <= 75 for part in content.split(b"\r\n"))
    assert str(events(content)[0]["SUMMARY"]) == shown


def test_the_last_day_there_is():
    (event,) = events(written(report(one("pending", "9999-12-31"))))
    assert event["DTSTART"].dt == day("9999-12-31") and "DTEND" not in event


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_runs_give_the_same_bytes(language):
    given = attrs.evolve(FULL, language=language)
    assert written(given) == written(attrs.evolve(given))
