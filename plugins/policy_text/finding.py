"""One outcome as a paragraph: what it is, about what, by when, why, where it stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from policy.lang.outcome import Outcome
from policy.messages.changes import change_text
from policy.messages.finding import colour, headline, paragraph, status_text
from policy_text.paint import Painted

__all__ = ["finding"]


def finding(outcome: Outcome, words: Painted) -> Iterator[str]:
    """The lines of one outcome."""
    change = change_text(outcome, words)
    said = [status_text(outcome, words), *([change] if change else [])]
    status = words.paint(words.say("R50", status="·".join(said)), colour(outcome))
    yield "  " + status + " " + headline(outcome, words)
    yield from ("    " + line for line in paragraph(outcome, words))
