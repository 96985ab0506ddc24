"""What there is to say of a report beside an earlier run: of the whole, of one finding, of what is no finding any more."""

from __future__ import annotations

from collections.abc import Iterator

from policy.lang.keywords import status_word
from policy.lang.outcome import Outcome
from policy.lang.past import Absent, Baseline, Change, Difference
from policy.messages.voice import Voice
from policy.messages.words import Words

__all__ = ["absent_line", "absent_lines", "change_text", "change_words", "counts_line", "counts_text", "difference_lines"]

_SHOWN = 20
"""Findings of before that are listed one by one where there is little room."""
_RULES = 8
"""Rules that are named one by one."""


def counts_line(baseline: Baseline, words: Voice) -> str:
    """Against what, and how many findings are new, updated, unchanged, and how many are none now."""
    return words.say("B10" if baseline.as_of else "B11", name=baseline.name, as_of=baseline.as_of, counts=counts_text(baseline, words))


def counts_text(baseline: Baseline, words: Voice) -> str:
    """The numbers alone."""
    codes = {"new": "B12", "updated": "B13", "unchanged": "B14", "resolved": "B15", "gone": "B16", "not_run": "B17"}
    counts = baseline.counts()
    return words.listed(words.say(code, count=counts[state]) for state, code in codes.items() if counts[state] or state == "new")


def change_text(outcome: Outcome, words: Words) -> str:
    """How a finding stands to the earlier run; empty where none was named, or the outcome is no problem."""
    baseline = words.report.baseline
    change = baseline and baseline.change(outcome)
    return change_words(change, outcome.status, words) if change else ""


def change_words(change: Change, status: str, words: Voice) -> str:
    """The same of a finding that has a status now."""
    if change.state == "unchanged":
        return words.say("B23")
    if change.state == "new" and change.was == status:
        return words.say("B24")
    was = status_word(change.was, words.language) if change.was else ""
    return words.say("B22" if change.state == "updated" else "B21" if was else "B20", was=was)


def absent_lines(baseline: Baseline, words: Voice, most: int = _SHOWN) -> Iterator[str]:
    """The findings of the earlier run that are none now, `most` of them: first those whose subjects are gone, as somebody has to see to these.

    Of rules that were not run nothing is known, and their number has been said.
    """
    known = sorted((one for one in baseline.absent if one.state != "not_run"), key=lambda one: one.state != "gone")
    yield from (absent_line(one, words) for one in known[:most])
    if len(known) > most:
        yield words.say("B34", count=len(known) - most)


def absent_line(one: Absent, words: Voice) -> str:
    """A finding of the earlier run that is none now: what it was, and what became of it."""
    rule, subject = one.finding.key
    was, now = (status and status_word(status, words.language) for status in (one.finding.status, one.now))
    code = {"resolved": "B31", "gone": "B32", "not_run": "B33"}[one.state]
    return words.say(code, rule=rule, subject=words.listed(subject), was=was, now=now)


def difference_lines(baseline: Baseline, words: Voice) -> Iterator[str]:
    """What besides the data is not as it was."""
    yield from (_difference(one, words) for one in baseline.differences)


def _difference(one: Difference, words: Voice) -> str:
    if one.kind == "parameter":
        before, now = (words.value(one.name, value) for value in (one.before, one.now))
        return words.say("B45", name=one.name, before=before, now=now)
    if one.kind in ("rules_left", "rules_added"):
        rules = (one.before or one.now).splitlines()
        listed = words.listed(rules[:_RULES]) + ("……" if len(rules) > _RULES else "")
        return words.say("B46" if one.kind == "rules_left" else "B47", count=len(rules), rules=listed)
    code = {"unknown": "B40", "mask": "B48", "later": "B41", "program": "B42", "pack": "B43", "pack_files": "B44"}[one.kind]
    return words.say(code, before=one.before, now=one.now)
