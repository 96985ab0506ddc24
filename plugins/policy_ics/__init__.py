"""Writes what falls due as a calendar file, for the calendars of offices and phones."""

from __future__ import annotations

from typing import BinaryIO

from policy.hooks.spec import Report, hookimpl

__all__ = ["Ics", "policy_reporters"]


class Ics:
    """An all-day event for each duty that is open and has a due day, with reminders."""

    name = "ics"
    mask = "names"  # a calendar is carried about and shared

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy_ics.calendar import content  # needed only when a calendar is written

        stream.write(content(report))


@hookimpl
def policy_reporters() -> tuple[Ics]:
    return (Ics(),)
