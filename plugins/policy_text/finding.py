"""One outcome as a paragraph: what it is, about what, by when, why, where it stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from policy.lang.outcome import TOLD, Outcome
from policy.messages.changes import change_text
from policy.messages.finding import due_text, found_by, places_text, reasons, remedy, status_text, subject_text
from policy_text.paint import Painted

__all__ = ["finding"]

_SEVERITY_COLOURS = {"fail": "red", "warn": "yellow", "advise": "blue"}
_STATUS_COLOURS = {"due_soon": "yellow"}


def finding(outcome: Outcome, words: Painted) -> Iterator[str]:
    """The lines of one outcome."""
    change = change_text(outcome, words)
    said = [status_text(outcome, words), *([change] if change else [])]
    status = words.paint(words.say("R50", status="·".join(said)), _colour(outcome))
    title = words.report.rules[outcome.rule].title
    yield "  " + status + " " + words.say("R51", basis=words.listed(outcome.basis), title=title, rule=outcome.rule)
    yield "    " + words.say("R52", subject=subject_text(outcome, words))
    if outcome.due is not None:
        yield "    " + words.say("R53", due=due_text(outcome, words))
    yield from ("    " + line for line in reasons(outcome, words))
    found = list(found_by(outcome, words))
    if found:
        yield "    " + words.say("R74", findings=words.listed(found))
    places = places_text(outcome, words)
    if places:
        yield "    " + words.say("R58", places=places)
    to_do = remedy(outcome, words)
    if to_do:
        yield "    " + words.say("R59", remedy=to_do)


def _colour(outcome: Outcome) -> str:
    if outcome.status in TOLD:
        return _SEVERITY_COLOURS[outcome.severity]
    return _STATUS_COLOURS.get(outcome.status, "")
