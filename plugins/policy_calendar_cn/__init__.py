"""The workdays of China as published by the State Council."""

from __future__ import annotations

from collections.abc import Callable

from policy.hooks.spec import Calendar, hookimpl

__all__ = ["calendar", "policy_calendars"]


def calendar() -> Calendar:
    """The calendar `cn`: all years that the data at hand cover; a holiday on a weekend is listed too."""
    from chinese_calendar.constants import holidays, workdays

    return Calendar("cn", min(holidays).year, max(holidays).year, frozenset(holidays), frozenset(workdays))


@hookimpl
def policy_calendars() -> dict[str, Callable[[], Calendar]]:
    return {"cn": calendar}
