"""What there is to say of one outcome, part by part: what it is, about what, by when, why and where it stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from policy.lang import ir
from policy.lang.keywords import spelling, status_word
from policy.lang.outcome import TOLD, Evidence, Outcome
from policy.messages.place import place
from policy.messages.words import Words
from policy.width import harmless

__all__ = [
    "colour", "due_text", "found_by", "headline", "paragraph", "place_text", "places_text", "reason_lines", "reasons", "remedy", "severity_text",
    "status_text", "subject_part", "subject_text",
]  # fmt: skip

_WITH_REASON = (*TOLD, "unknown")
"""The statuses whose reason does not say itself what it is."""

_ROWS = 3
"""Rows of evidence shown where there is little room."""

_SEVERITY_COLOURS = {"fail": "red", "warn": "yellow", "advise": "blue"}
_STATUS_COLOURS = {"due_soon": "yellow"}


def status_text(outcome: Outcome, words: Words) -> str:
    """The status in words, with the severity of a breach that is not grave: 不合规·警告."""
    word = status_word(outcome.status, words.language)
    if outcome.severity == "fail" or outcome.status not in TOLD:
        return word
    return f"{word}·{severity_text(outcome, words)}"


def severity_text(outcome: Outcome, words: Words) -> str:
    """How grave a breach is, in words; empty for what is none."""
    return spelling(outcome.severity.upper(), words.language) if outcome.status in TOLD else ""


def colour(outcome: Outcome) -> str:
    """The colour that offices give it: red a breach, yellow a warning or what is due soon, blue advice; empty for all else."""
    if outcome.status in TOLD:
        return _SEVERITY_COLOURS[outcome.severity]
    return _STATUS_COLOURS.get(outcome.status, "")


def headline(outcome: Outcome, words: Words) -> str:
    """The article, the rule's title and its id."""
    return words.say("R51", basis=words.listed(outcome.basis), title=words.report.rules[outcome.rule].title, rule=outcome.rule)


def paragraph(outcome: Outcome, words: Words) -> Iterator[str]:
    """All that there is to say besides status and headline, a line for each: about what, by when, why, where, and what to do."""
    yield words.say("R52", subject=subject_text(outcome, words))
    if outcome.due is not None:
        yield words.say("R53", due=due_text(outcome, words))
    yield from reason_lines(outcome, words)
    for code, name, said in (
        ("R74", "findings", words.listed(found_by(outcome, words))),
        ("R58", "places", places_text(outcome, words)),
        ("R59", "remedy", remedy(outcome, words)),
    ):
        if said:
            yield words.say(code, **{name: said})


def remedy(outcome: Outcome, words: Words) -> str:
    """What to do, as the rule says it; empty where there is nothing to do, or nothing is said."""
    return words.report.rules[outcome.rule].remedy if outcome.status in (*TOLD, "due_soon") else ""


def subject_text(outcome: Outcome, words: Words) -> str:
    """The row, the member or the year of each binder."""
    binders = words.report.rules[outcome.rule].binders
    return words.listed(subject_part(each, key, words) for each, (_, key) in zip(binders, outcome.subject))


def subject_part(each: ir.Each, key: str | int, words: Words) -> str:
    """The row, the member or the year of one binder."""
    if isinstance(each, ir.EachRow):
        return words.row(each.entity, str(key))
    if isinstance(each, ir.EachMember):
        return words.say("R23", entity=words.label(each.enum), key=words.member(each.enum, str(key)))
    return words.say("R27", year=key)


# --- the due day -----------------------------------------------------------------------------------------------------


def due_text(outcome: Outcome, words: Words) -> str:
    """The due day, the day that it was moved from, and how far off it is; empty where there is none."""
    due, unrolled = outcome.due, outcome.due_unrolled
    if due is None:
        return ""
    moved = words.say("R60", day=unrolled) if unrolled is not None and unrolled != due else ""
    return f"{due}{moved}{_distance(outcome, due, words)}"


def _distance(outcome: Outcome, due: datetime.date, words: Words) -> str:
    """How far off the due day is: from the day of fulfilment, or from the day of the report."""
    if outcome.fulfilled is not None:
        late = (outcome.fulfilled - due).days
        return words.say("R61" if late > 0 else "R62", day=outcome.fulfilled, days=late)
    if outcome.status not in ("violated", "due_soon", "pending", "unknown", "attest"):
        return ""
    left = (due - words.report.as_of).days
    if left == 0:
        return words.say("R65")
    return words.say("R63" if left < 0 else "R64", days=abs(left))


# --- why, and where --------------------------------------------------------------------------------------------------


def reasons(outcome: Outcome, words: Words) -> Iterator[str]:
    """Why it is as it is, a sentence each: the rule's message, what is missing, who has to confirm what, what excuses it."""
    rule = words.report.rules[outcome.rule]
    if outcome.message:
        yield harmless(outcome.message)
    if outcome.status == "unknown":
        if outcome.missing:
            yield words.say("R55", fields=words.listed(words.field(field) for field in outcome.missing))
        else:
            yield words.say("R56")
    if outcome.status == "attest" and isinstance(rule.duty, ir.Attestation):
        yield words.say("R57" if rule.duty.office is None else "R70", question=rule.duty.question, office=rule.duty.office)
    if outcome.excuse:
        waiver = outcome.excuse.removeprefix("waiver ")
        yield words.say("R71", excuse=words.waiver(waiver)) if waiver != outcome.excuse else words.say("R72", excuse=waiver)


def reason_lines(outcome: Outcome, words: Words) -> Iterator[str]:
    """The reasons as lines that say themselves what they are."""
    for reason in reasons(outcome, words):
        yield words.say("R54", reason=reason) if outcome.status in _WITH_REASON else reason


def found_by(outcome: Outcome, words: Words) -> Iterator[str]:
    """The findings of other rules that decided it, by rule and subject."""
    found = [words.finding(row.key) for row in outcome.evidence if row.entity == "violation"]
    yield from (f"{one.rule} {_called(one, words)}（{status_word(one.status, words.language)}）" if words.language == "zh"
                else f"{one.rule} {one.subject_text} ({one.status})" for one in found if one is not None)  # fmt: skip


def _called(outcome: Outcome, words: Words) -> str:
    """The subject of a finding as a waiver may call it in Chinese: members of enums by their labels."""
    binders = words.report.rules[outcome.rule].binders
    pairs = zip(binders, (str(key) for _, key in outcome.subject))
    return "，".join(words.member(each.enum, key) if isinstance(each, ir.EachMember) else key for each, key in pairs)


def places_text(outcome: Outcome, words: Words, most: int = _ROWS) -> str:
    """The rows that decided it, `most` of them, with the cells that were read; of an unclear outcome only the cells that are missing."""
    rows = [row for row in outcome.evidence if row.file is not None]
    shown = [place_text(row, outcome, words) for row in rows[:most]]
    more = [words.say("R73", count=len(rows) - most)] if len(rows) > most else []
    return ("；" if words.language == "zh" else "; ").join([*shown, *more])


def place_text(row: Evidence, outcome: Outcome, words: Words) -> str:
    """Where a row of the data stands, with the cells that were read; of an unclear outcome only those that are missing."""
    assert row.file is not None
    unclear = outcome.status == "unknown"
    columns = [column for field, column in row.cells if not unclear or f"{row.entity}.{field}" in outcome.missing]
    in_order = sorted(columns, key=lambda column: (len(column), column))  # as they stand: J before AA, 9 before 10
    return place(row.file, row.sheet, row.row, in_order, words.language)
