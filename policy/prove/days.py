"""How a day comes about, in words: the end of a month that is too short, days that are no workdays, a calendar that is not known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from policy.lang.proof import Line, Premises, Step
from policy.messages.proof import WEEKDAYS
from policy.prove.words import Words

__all__ = ["month_end", "moved", "unpublished"]

_SHOWN = 10
"""Days off in a row that are named; of more of them the first and the last."""


def month_end(step: Step, words: Words) -> Iterator[Line]:
    """That the target month of a shift by months has no such day."""
    day, period = (part.value for part in step.steps)
    if isinstance(step.value, datetime.date) and isinstance(day, datetime.date) and period.unit == "months" and step.value.day != day.day:
        months = day.year * 12 + day.month - 1 + step.expr.sign * period.amount
        yield Line("note", words.say("X25", year=months // 12, month=months % 12 + 1, day=day.day, result=step.value))


def moved(step: Step, words: Words) -> Iterator[Line]:
    """That a day was moved off days that are no workdays."""
    first, last = step.steps[0].value, step.value
    if not isinstance(first, datetime.date) or not isinstance(last, datetime.date) or first == last:
        return
    ahead = last > first
    one = datetime.timedelta(1 if ahead else -1)
    days = [first + one * number for number in range(abs((last - first).days))]
    shown = days if len(days) <= _SHOWN else [*days[:3], *days[-3:]]
    listed = words.listed(_named(day, words) for day in shown)
    yield Line("note", words.say("X26" if ahead else "X27", days=listed, result=_named(last, words)))


def unpublished(steps: tuple[Step, ...], premises: Premises, words: Words) -> Iterator[Line]:
    """That the calendar of a day which was reckoned by it is not published."""
    days = [step.value for step in steps if isinstance(step.value, datetime.date)]
    years = sorted({day.year for day in days if not premises.calendar.knows(day)})
    yield from (Line("note", words.say("X28", year=year)) for year in years)


def _named(day: datetime.date, words: Words) -> str:
    weekday = words.say("X86", name=WEEKDAYS[words.language][day.weekday()])
    return words.say("X29", day=day, weekday=weekday)
