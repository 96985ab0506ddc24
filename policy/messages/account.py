"""What a report says of itself: what was read, which parameters differ, what people have decided, what is left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from policy.lang.facts import Input, Problem
from policy.lang.outcome import PROBLEMS, Notice, Waiver
from policy.lang.report import ReportedParameter
from policy.lang.schema import ATTESTATION, WAIVER
from policy.messages.data import note_text
from policy.messages.place import place
from policy.messages.problems import problem_text
from policy.messages.words import Words

__all__ = [
    "background", "chased_line", "counts_lines", "exclusions", "head_line", "inputs_read", "left_out_of_window", "mask_lines", "parameter_text",
    "problem_line", "problems_line", "title_line", "waiver_line",
]  # fmt: skip

_ALIKE = 3
"""Remarks of one kind on the decisions of one rule; the JSON report has them all."""


def title_line(words: Words) -> str:
    """What the report is, and of which pack."""
    report = words.report
    return words.say("B50" if report.window else "R10", title=report.pack_title or report.pack_id)


def head_line(words: Words) -> str:
    """By which pack, as of which day, and up to which."""
    report = words.report
    said = {"pack": report.pack_id, "version": report.pack_version, "as_of": report.as_of, "program": report.version}
    return words.say("B51", until=report.window.until, **said) if report.window else words.say("R11", **said)


def mask_lines(words: Words) -> Iterator[str]:
    """What is hidden in the report, if anything is."""
    if words.report.mask != "none":
        yield words.say("M01" if words.report.mask == "names" else "M02")


def background(words: Words) -> Iterator[str]:
    """What the report was made of: packs, data, the unit's file, parameters; and what is hidden in it."""
    report = words.report
    if report.pack_extends:
        yield words.say("R37", packs=words.listed(f"{id} {version}" for id, version in report.pack_extends))
    yield from mask_lines(words)
    yield from inputs_read(words)
    if report.unit:
        yield words.say("R92", file=report.unit)
    yield from (parameter_text(one, words) for one in report.parameters)


def inputs_read(words: Words) -> Iterator[str]:
    """What was read: a line for each folder and workbook, and one for each table of which there is more to say."""
    containers: dict[str, list[Input]] = {}
    for one in words.report.inputs:
        containers.setdefault(one.file if one.sheet else os.path.dirname(one.file) or one.file, []).append(one)
    for container, inputs in containers.items():
        read = [one for one in inputs if one.entity]
        if len(read) > 1:
            tables = words.listed(f"{words.label(one.entity or '')} {one.rows}" for one in read)
            yield words.say("R28", place=container, count=len(read), rows=sum(one.rows for one in read), tables=tables)
        for one in inputs:
            where = place(one.file, one.sheet, None, (), words.language)
            if len(read) == 1 and one.entity:
                yield words.say("R12", place=where, entity=words.label(one.entity), rows=one.rows)
            if not one.entity:
                yield words.say("R13", place=where, rows=one.rows)
            yield from (words.say("R18", place=where, note=note_text(note, words.language)) for note in one.notes)


def parameter_text(one: ReportedParameter, words: Words) -> str:
    """A parameter that is not at its default: its value, the default, and by whose decision."""
    by = words.say("R94", by=one.decided_by) if one.decided_by else ""
    return words.say(
        "R93" if one.basis else "R14",
        name=words.parameter(one),
        value=words.value(one.name, one.value),
        default=words.value(one.name, one.default),
        origin=one.origin,
        basis=one.basis,
        by=by,
    )


def problems_line(words: Words) -> str:
    """How much is wrong with the data; empty where nothing is."""
    problems = words.report.problems
    errors = sum(problem.error for problem in problems)
    return words.say("R15", count=len(problems), errors=errors, remarks=len(problems) - errors) if problems else ""


def problem_line(problem: Problem, words: Words) -> str:
    """Where something is wrong with the data, what, and what would be accepted."""
    where = place(problem.file, problem.sheet, problem.row, (problem.column,) if problem.column else (), words.language)
    return words.say("R17", place=where, said=problem_text(problem, words.language))


def waiver_line(waiver: Waiver, words: Words) -> str:
    """A waiver that excuses something, with its terms and its place."""
    row = words.decision(WAIVER.name, waiver.key, waiver.rule, waiver.subject)
    where = place(waiver.file, waiver.sheet, waiver.row, (), words.language)
    return words.say("R85", row=row, terms=words.terms(waiver), place=where)


# --- numbers ---------------------------------------------------------------------------------------------------------


def chased_line(words: Words) -> str:
    """How much there is to chase, and of how many; or how much falls due."""
    report = words.report
    if report.window:
        late = sum(outcome.due is not None and outcome.due < report.as_of for outcome in report.outcomes)
        coming = len(report.outcomes) - late
        return words.say("B52" if late or coming else "B53", late=late, coming=coming, until=report.window.until)
    chased = list(report.outcomes.having(PROBLEMS))
    bearers = {outcome.bearer for outcome in chased if outcome.bearer is not None}
    return words.say("R21", count=len(chased), bearers=len(bearers)) if chased else words.say("R20")


def counts_lines(words: Words) -> Iterator[str]:
    """The rules without a subject; how many outcomes there are, and of which status."""
    report = words.report
    idle = [rule for rule, counts in report.tally().items() if not counts]
    if idle:
        yield words.say("R34", rules=words.listed(idle))
    total = report.totals()
    yield words.say("R35" if total else "R36", count=len(report.outcomes), rules=len(report.rules), counts=words.counts(total))


# --- what is left out ------------------------------------------------------------------------------------------------


def exclusions(words: Words) -> Iterator[str]:
    """What the report does not cover, and the decisions of people that did not count: a line each."""
    yield from left_out_of_window(words)
    yield from (words.say(code, **arguments) for code, arguments in _excluded(words))
    yield from _notices(words)


def left_out_of_window(words: Words) -> Iterator[str]:
    """What may be missing from a list of what falls due."""
    window, problems = words.report.window, words.report.problems
    if window is not None:
        counts = {"B60": window.undated, "B61": window.waiting, "B62": len(problems)}
        yield from (words.say(code, count=count) for code, count in counts.items() if count)


def _excluded(words: Words) -> Iterable[tuple[str, dict[str, object]]]:
    report = words.report
    errors = sum(problem.error for problem in report.problems)
    if errors:
        yield "R41", {"count": errors}
    absent = [words.label(entity) for entity in report.absent if entity not in (ATTESTATION.name, WAIVER.name)]
    if absent:
        yield "R42", {"entities": words.listed(absent)}
    left = [place(one.file, one.sheet, None, (), words.language) for one in report.inputs if one.entity is None]
    if left:
        yield "R43", {"tables": words.listed(left)}
    years = report.outcomes.beyond()
    if years:
        yield "R44", {"count": sum(years.values()), "years": words.listed(map(str, years))}
    excused = sum(counts.get("excused", 0) for counts in report.tally().values())
    if excused:
        yield "R45", {"count": excused}


_NOTICES = {
    "refused": "R46",
    "lapsed": "R47",
    "unused": "R48",
    "unmatched": "R49",
    "future": "R80",
    "unknown_rule": "R81",
    "double": "R83",
}


def _notices(words: Words) -> Iterator[str]:
    """Remarks on decisions that did not count; of those that are alike only the first few."""
    alike: dict[tuple[str, str], list[Notice]] = {}
    for notice in words.report.notices:
        alike.setdefault((notice.code, notice.rule), []).append(notice)
    for (code, rule), notices in alike.items():
        yield from (_notice(notice, words) for notice in notices[:_ALIKE])
        if len(notices) > _ALIKE:
            yield words.say("R91", count=len(notices) - _ALIKE, entity=words.label(code.partition("_")[0]), rule=rule)


def _notice(notice: Notice, words: Words) -> str:
    entity, _, state = notice.code.partition("_")
    return words.say(
        "R82" if state == "unknown_rule" and notice.other else _NOTICES[state],
        row=words.decision(entity, notice.key, notice.rule, notice.subject),
        missing=words.listed(map(words.label, notice.missing)),
        other=notice.other,
        place=place(notice.file, notice.sheet, notice.row, (), words.language),
    )
