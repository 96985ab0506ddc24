"""The findings as columns for the page's script: short enough for hundreds of thousands, read part by part as somebody opens them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from policy.lang.keywords import status_word
from policy.lang.outcome import SEVERITIES, STATUSES, Evidence, Outcome
from policy.messages import text
from policy.messages.changes import change_text
from policy.messages.finding import colour, due_text, found_by, place_text, reasons, remedy, status_text, subject_text
from policy.messages.words import Bearer, Words
from policy_html.figures import days_past
from policy_html.markup import clean, data_block
from policy_html.proofs import PROVED, proved

__all__ = ["FEW", "data"]

FEW = 500
"""So many findings are carried as they are; more are packed."""

_PART = 2000
"""Findings whose details are unpacked at once."""

_EPOCH = datetime.date(1970, 1, 1).toordinal()

_WORDS = {
    "past": "H70", "left": "H71", "today": "H72", "shown": "H73", "all": "H74", "page": "H75", "continued": "H76", "none": "H77",
    "due": "H80", "evidence": "H81", "remedy": "H83", "notes": "H84", "findings": "H85", "name": "H86", "cut": "H89", "comma": "H90", "colon": "H91", "semicolon": "H92", "proof": "H97",
    "unproved": "H98", "true": "H120", "false": "H121", "unknown": "H122",
}  # fmt: skip
"""What the script says, by the names that it has for it."""

_SORTS = {"day": "due", "bearer": "bearer", "rule": "article"}
"""The order in which a list of what falls due is arranged, by the names that the script has for it."""

_Member = TypeVar("_Member", bound=Hashable)


class _Numbered(Generic[_Member]):
    """Gives each different thing a number, in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[_Member, int] = {}

    def __call__(self, member: _Member) -> int:
        return self.numbers.setdefault(member, len(self.numbers))


def data(groups: dict[Bearer, list[Outcome]], words: Words) -> Iterator[str]:
    """The elements with the data: `index`, what is needed to list, sort and filter; then the details in parts."""
    found = [outcome for outcomes in groups.values() for outcome in outcomes]
    packed = len(found) > FEW
    index = _index(found, words)
    index["bearers"] = [[clean(words.bearer(bearer)), len(outcomes)] for bearer, outcomes in groups.items()]
    yield data_block("index", index, packed)
    proofs = proved(found, words)
    for start in range(0, len(found), _PART):
        part = _details(found[start : start + _PART], words)
        part["proof"] = [proofs.get(place, 0) for place in range(start, min(start + _PART, len(found)))]
        yield data_block(f"part-{start // _PART}", part, packed)


def _index(found: Sequence[Outcome], words: Words) -> dict[str, object]:
    rules = {id: number for number, id in enumerate(words.report.rules)}
    states: _Numbered[tuple[str, str]] = _Numbered()
    like = {(one.status, one.severity): one for one in found}
    subjects: _Numbered[str] = _Numbered()
    changes: _Numbered[str] = _Numbered()
    columns = {
        "rule": [rules[one.rule] for one in found],
        "state": [states((one.status, one.severity)) for one in found],
        "subject": _backwards([subjects(clean(subject_text(one, words))) for one in found]),
        "change": [changes(clean(change_text(one, words))) for one in found],
        "due": [one.due and one.due.toordinal() - _EPOCH for one in found],
        "fulfilled": [one.fulfilled and one.fulfilled.toordinal() - _EPOCH for one in found],
    }
    return {
        "part": _PART,
        "sort": _SORTS[window.by] if (window := words.report.window) else "bearer",
        "as_of": words.report.as_of.toordinal() - _EPOCH,
        "columns": columns,
        "states": [_state(like[state], words) for state in states.numbers],
        "changes": list(changes.numbers),
        "subjects": list(subjects.numbers),
        "rules": [
            [id, clean(rule.title), clean(words.listed(rule.basis)), list(map(clean, rule.basis)), clean(rule.remedy)]
            for id, rule in words.report.rules.items()
        ],
        "proved": 0 if words.report.proof is None else PROVED,
        "statuses": STATUSES,
        "status_words": [status_word(status, words.language) for status in STATUSES],
        "words": {name: [text(code, words.language, n=number) for number in ("1", "{n}")] for name, code in _WORDS.items()},
    }


def _backwards(numbers: Sequence[int]) -> list[int]:
    """Numbers as `_Numbered` gives them, each as its distance from the next one that is new; 0 is the new one itself. Most are new."""
    told, following = [], 0
    for number in numbers:
        told.append(following - number)
        following += number == following
    return told


def _state(outcome: Outcome, words: Words) -> list[object]:
    """Status and severity by their ranks, in words, and the class that gives the colour."""
    return [STATUSES.index(outcome.status), SEVERITIES.index(outcome.severity), status_text(outcome, words), colour(outcome) or outcome.status]


# --- details ---------------------------------------------------------------------------------------------------------


def _details(part: Sequence[Outcome], words: Words) -> dict[str, list | str]:
    """The columns of what is seen when a finding is opened. What stands in the index too is left out, for the script to put back."""
    details: dict[str, list] = {name: [] for name in ("due", "reasons", "findings", "remedy", "evidence", "notes")}
    for one in part:
        short = _shortener(one, words)
        details["due"].append(short(due_text(one, words)))
        details["reasons"].append(short("\n".join(map(clean, reasons(one, words)))))
        details["findings"].append("\n".join(map(clean, found_by(one, words))))
        details["remedy"].append(int(bool(remedy(one, words))))
        details["evidence"].append([[short(text) for text in _evidence(row, one, words)] for row in one.evidence if row.file is not None])
        details["notes"].append("\n".join(_notes(one, words)))
    return {**details, "name": _in_columns([one.fingerprint for one in part])}


def _in_columns(texts: Sequence[str]) -> str:
    """Texts in one, each as wide as the longest: names without meaning can be packed no better."""
    width = max(map(len, texts))
    return "".join(text.ljust(width) for text in texts)


def _shortener(outcome: Outcome, words: Words) -> Callable[[str], str]:
    """Puts control characters, which no text here has, for the subject, the due day and the days from it: a third less is left of many findings."""
    known = (clean(subject_text(outcome, words)), str(outcome.due), str(abs(days_past(outcome, words.report.as_of) or 0)))
    marks = [(text, chr(number)) for number, text in enumerate(known, 1)]

    def short(text: str) -> str:
        for known, mark in marks:
            text = text.replace(known, mark)
        return text

    return short


def _evidence(row: Evidence, outcome: Outcome, words: Words) -> tuple[str, str]:
    """A row that decided it, and the cells of it."""
    return clean(words.row(row.entity, row.key)), clean(place_text(row, outcome, words))


def _notes(outcome: Outcome, words: Words) -> Iterator[str]:
    """What is worth knowing besides."""
    if "calendar_unknown" in outcome.notes:
        yield words.say("H96")
