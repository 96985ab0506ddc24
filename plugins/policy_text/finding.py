"""One outcome as a paragraph: what it is, about what, by when, why, where it stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from policy.lang.outcome import TOLD, Outcome
from policy.messages.changes import change_text
from policy.messages.finding import colour, due_text, found_by, places_text, reasons, remedy, status_text, subject_text
from policy_text.paint import Painted

__all__ = ["finding"]

_WITH_REASON = (*TOLD, "unknown")
"""The statuses whose reason does not say itself what it is."""


def finding(outcome: Outcome, words: Painted) -> Iterator[str]:
    """The lines of one outcome."""
    change = change_text(outcome, words)
    said = [status_text(outcome, words), *([change] if change else [])]
    status = words.paint(words.say("R50", status="·".join(said)), colour(outcome))
    title = words.report.rules[outcome.rule].title
    yield "  " + status + " " + words.say("R51", basis=words.listed(outcome.basis), title=title, rule=outcome.rule)
    yield "    " + words.say("R52", subject=subject_text(outcome, words))
    if outcome.due is not None:
        yield "    " + words.say("R53", due=due_text(outcome, words))
    for reason in reasons(outcome, words):
        yield "    " + (words.say("R54", reason=reason) if outcome.status in _WITH_REASON else reason)
    found = list(found_by(outcome, words))
    if found:
        yield "    " + words.say("R74", findings=words.listed(found))
    places = places_text(outcome, words)
    if places:
        yield "    " + words.say("R58", places=places)
    to_do = remedy(outcome, words)
    if to_do:
        yield "    " + words.say("R59", remedy=to_do)
