"""Writes the problems as annotations: workflow commands that GitHub reads in the log of a job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from policy.hooks.spec import Report, hookimpl

if TYPE_CHECKING:
    from policy.lang.outcome import Outcome
    from policy.messages.words import Words

__all__ = ["GitHub", "policy_reporters"]

_COMMANDS = {"fail": "error", "warn": "warning", "advise": "notice"}
_SHOWN = 10
"""Annotations of a kind that GitHub shows for a step; it drops those that come after."""

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


class GitHub:
    """The most urgent problems of each severity, as many as GitHub shows, and a line that counts all of them."""

    name = "github"
    mask = "names"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        for line in _lines(report):
            stream.write(line.encode("utf-8", "replace") + b"\n")


def _lines(report: Report) -> Iterator[str]:
    from policy.lang.outcome import PROBLEMS
    from policy.messages.words import Words

    words, shown = Words(report), _most_urgent(report)
    for grave, outcomes in shown.items():
        yield from (_annotation(outcome, grave, words) for outcome in outcomes)
    counts = {status: sum(of.get(status, 0) for of in report.tally().values()) for status in PROBLEMS}
    left = sum(counts.values()) - sum(map(len, shown.values()))
    code = "M12" if left else "M11" if any(counts.values()) else "M10"
    yield words.say(code, title=report.pack_title or report.pack_id, counts=words.counts(counts), left=left, shown=_SHOWN)


def _most_urgent(report: Report) -> dict[str, list[Outcome]]:
    """By severity the problems that are shown; what is new comes first. No more are held than are needed, however many there are."""
    from heapq import nsmallest

    from policy.lang.outcome import PROBLEMS, gravity
    from policy.messages.order import urgency

    def place(outcome: Outcome) -> tuple:
        change = report.baseline and report.baseline.change(outcome)
        return (change is not None and change.state != "new", *urgency(outcome))

    found: dict[str, list[Outcome]] = {grave: [] for grave in _COMMANDS}
    for outcome in report.outcomes.having(PROBLEMS):
        of = found[gravity(outcome) or "advise"]
        of.append(outcome)
        if len(of) > 100 * _SHOWN:
            of[:] = nsmallest(_SHOWN, of, key=place)
    return {grave: nsmallest(_SHOWN, of, key=place) for grave, of in found.items()}


def _annotation(outcome: Outcome, grave: str, words: Words) -> str:
    from policy.messages.changes import change_text
    from policy.messages.finding import headline, paragraph, status_text
    from policy.messages.place import link
    from policy.messages.secrecy import mark
    from policy.width import harmless

    file, row = words.report.place(outcome)
    status = "·".join(filter(None, (status_text(outcome, words), change_text(outcome, words))))
    title = f"{mark(words.report)}{status} {headline(outcome, words)}".translate(_PROPERTY)
    said = "\n".join(paragraph(outcome, words)).translate(_DATA)
    return f"::{_COMMANDS[grave]} file={harmless(link(file)).translate(_PROPERTY)},line={row},title={title}::{said}"


@hookimpl
def policy_reporters() -> tuple[GitHub]:
    return (GitHub(),)
