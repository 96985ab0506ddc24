"""The list of what falls due: by day, by whom it is owed, or by rule; what is overdue comes first."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from policy.lang.outcome import Outcome
from policy.messages.account import chased_line, left_out_of_window, mask_lines
from policy.messages.finding import due_text, places_text, reason_lines, remedy, status_text, subject_text
from policy.messages.order import by_bearer
from policy_text.head import head
from policy_text.paint import Painted

__all__ = ["due_lines"]

_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")}


def due_lines(words: Painted) -> Iterator[str]:
    """The lines of the list."""
    yield from _head(words)
    window = words.report.window
    assert window is not None
    for title, outcomes in _ARRANGEMENTS[window.by](words):
        yield ""
        yield words.bold(title)
        for outcome in outcomes:
            yield from _entry(outcome, window.by, words)
    yield from _left_out(words)
    yield ""
    yield words.say("R90")


def _head(words: Painted) -> Iterator[str]:
    yield from head(words)
    yield from mask_lines(words)
    yield ""
    yield words.bold(chased_line(words))


# --- arrangements ----------------------------------------------------------------------------------------------------

Groups = Iterator[tuple[str, list[Outcome]]]


def _by_day(words: Painted) -> Groups:
    listed = sorted(words.report.outcomes, key=_day)
    late = [outcome for outcome in listed if _late(outcome, words)]
    if late:
        yield words.say("B54", count=len(late)), late
    days: dict[datetime.date, list[Outcome]] = {}
    for outcome in listed[len(late) :]:
        days.setdefault(_day(outcome), []).append(outcome)
    for day, outcomes in days.items():
        weekday = words.say("B63", day=_WEEKDAYS[words.language][day.weekday()])
        left = (day - words.report.as_of).days
        yield words.say("B55", day=day, weekday=weekday, distance=words.say("R64" if left else "R65", days=left), count=len(outcomes)), outcomes


def _by_bearer(words: Painted) -> Groups:
    for bearer, outcomes in by_bearer(words).items():
        yield words.say("B56", bearer=words.bearer(bearer), count=len(outcomes)), sorted(outcomes, key=_day)


def _by_rule(words: Painted) -> Groups:
    rules: dict[str, list[Outcome]] = {}
    for outcome in words.report.outcomes:
        rules.setdefault(outcome.rule, []).append(outcome)
    for id, outcomes in rules.items():
        rule = words.report.rules[id]
        yield words.say("B57", basis=words.listed(rule.basis), title=rule.title, rule=id, count=len(outcomes)), sorted(outcomes, key=_day)


_ARRANGEMENTS: dict[str, Callable[[Painted], Groups]] = {"day": _by_day, "bearer": _by_bearer, "rule": _by_rule}


def _day(outcome: Outcome) -> datetime.date:
    assert outcome.due is not None, "what has no due day falls due on none"
    return outcome.due


def _late(outcome: Outcome, words: Painted) -> bool:
    return _day(outcome) < words.report.as_of


# --- one duty --------------------------------------------------------------------------------------------------------


def _entry(outcome: Outcome, by: str, words: Painted) -> Iterator[str]:
    """What, about what, by when; where it stands and what to do. What the group says already is not said again."""
    rule, late = words.report.rules[outcome.rule], _late(outcome, words)
    status = words.paint(words.say("R50", status=status_text(outcome, words)), "red" if late else "")
    title = "" if by == "rule" else " " + words.say("R51", basis=words.listed(outcome.basis), title=rule.title, rule=rule.id)
    yield "  " + status + title
    bearer = [] if by == "bearer" else [words.say("B59", bearer=words.bearer(outcome.bearer or "unknown" if rule.bearer else "nobody"))]
    yield "    " + ("；" if words.language == "zh" else "; ").join([*bearer, words.say("R52", subject=subject_text(outcome, words))])
    if late or by != "day" or outcome.due_unrolled != outcome.due:
        yield "    " + words.say("R53", due=due_text(outcome, words))
    if outcome.status in ("unknown", "attest"):
        yield from ("    " + line for line in reason_lines(outcome, words))
    if places := places_text(outcome, words):
        yield "    " + words.say("R58", places=places)
    if to_do := remedy(outcome, words):
        yield "    " + words.say("R59", remedy=to_do)


def _left_out(words: Painted) -> Iterator[str]:
    """What may be missing from the list."""
    lines = list(left_out_of_window(words))
    if lines:
        yield ""
    yield from ("  - " + line for line in lines)
