"""The parts of the report in their order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator

from policy.lang.facts import Input, Problem
from policy.lang.keywords import status_word
from policy.lang.outcome import PROBLEMS, STATUSES, Notice, Outcome
from policy.lang.report import Report, ReportedParameter
from policy.lang.schema import ATTESTATION, WAIVER
from policy.lang.secrecy import level_word
from policy.messages import text
from policy.messages.data import note_text
from policy.messages.place import place
from policy.messages.problems import problem_text
from policy.width import harmless, pad, width
from policy_text.finding import finding
from policy_text.words import Bearer, Words

__all__ = ["lines"]

_SHOWN = 20
"""Data problems listed one by one; beyond that somebody has to look at the file anyway."""


_ALIKE = 3
"""Remarks of one kind on the decisions of one rule; the JSON report has them all."""


def lines(report: Report, colour: bool) -> Iterator[str]:
    """The lines of the report. Nothing that stands in the data can bring in a line break or a terminal's control codes."""
    words = Words(report, colour)
    yield from _head(words)
    yield from _problems(words)
    yield from _findings(words)
    yield from _summary(words)
    yield from _waivers(words)
    yield from _exclusions(words)
    yield ""
    yield words.say("R90")


def _head(words: Words) -> Iterator[str]:
    report = words.report
    yield words.bold(words.say("R10", title=report.pack_title or report.pack_id))
    yield words.say("R11", pack=report.pack_id, version=report.pack_version, as_of=report.as_of, program=report.version)
    if report.pack_extends:
        yield words.say("R37", packs=words.listed(f"{id} {version}" for id, version in report.pack_extends))
    if report.secrecy:
        yield words.bold(words.say("R29", mark=level_word(report.secrecy, words.language)))
    yield from _inputs(words)
    if report.unit:
        yield words.say("R92", file=report.unit)
    yield from (_parameter(one, words) for one in report.parameters)


def _parameter(one: ReportedParameter, words: Words) -> str:
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


def _inputs(words: Words) -> Iterator[str]:
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


def _problems(words: Words) -> Iterator[str]:
    problems = words.report.problems
    if not problems:
        return
    yield ""
    errors = sum(problem.error for problem in problems)
    yield words.bold(words.say("R15", count=len(problems), errors=errors, remarks=len(problems) - errors))
    for problem in problems[:_SHOWN]:
        yield "  " + _problem(problem, words)
    if len(problems) > _SHOWN:
        yield "  " + words.say("R16", count=len(problems) - _SHOWN)


def _problem(problem: Problem, words: Words) -> str:
    where = place(problem.file, problem.sheet, problem.row, (problem.column,) if problem.column else (), words.language)
    said = problem_text(problem, words.language)
    return words.paint(words.say("R17", place=where, said=said), "red" if problem.error else "")


# --- what to chase ---------------------------------------------------------------------------------------------------


def _findings(words: Words) -> Iterator[str]:
    report = words.report
    chased = [outcome for outcome in report.outcomes if outcome.status in PROBLEMS]
    listed = report.outcomes if report.all_outcomes else chased
    bearers = {outcome.bearer for outcome in chased if outcome.bearer is not None}
    yield ""
    yield words.bold(words.say("R21", count=len(chased), bearers=len(bearers)) if chased else words.say("R20"))
    order = {rule: number for number, rule in enumerate(report.rules)}
    groups: dict[Bearer, list[Outcome]] = {}
    for outcome in sorted(listed, key=lambda outcome: (_urgency(outcome), order[outcome.rule])):
        owed = report.rules[outcome.rule].bearer is not None
        groups.setdefault(outcome.bearer or ("unknown" if owed else "nobody"), []).append(outcome)
    for bearer in sorted(groups, key=lambda bearer: _place_of(bearer, groups[bearer][0], words)):
        counts = words.counts(Counter(one.status for one in groups[bearer]))
        yield ""
        yield words.bold(words.say("R22", bearer=words.bearer(bearer), counts=counts))
        for outcome in groups[bearer]:
            yield from finding(outcome, words)


def _urgency(outcome: Outcome) -> tuple:
    """Broken before late before unclear, grave before slight, the earliest day first."""
    severity = ("fail", "warn", "advise").index(outcome.severity)
    return STATUSES.index(outcome.status), severity, outcome.due is None, outcome.due


def _place_of(bearer: Bearer, worst: Outcome, words: Words) -> tuple:
    """Organizations and persons in the order of the vocabulary, those with the most urgent matter first, the others last."""
    if isinstance(bearer, str):
        return (True, bearer == "nobody")
    return (False, words.rank(bearer[0]), *_urgency(worst)[:2], bearer[1])


# --- counts ----------------------------------------------------------------------------------------------------------


def _summary(words: Words) -> Iterator[str]:
    report = words.report
    total = Counter(outcome.status for outcome in report.outcomes)
    by_rule: dict[str, Counter[str]] = {rule: Counter() for rule in report.rules}
    for outcome in report.outcomes:
        by_rule[outcome.rule][outcome.status] += 1
    statuses = [status for status in STATUSES if total[status]]
    yield ""
    yield words.bold(words.say("R30"))
    if statuses:
        rows = [[rule, *(str(counts[status] or "·") for status in statuses), report.rules[rule].title]
                for rule, counts in by_rule.items() if counts]  # fmt: skip
        header = [text("R31", words.language), *(status_word(status, words.language) for status in statuses), text("R32", words.language)]
        yield from _table([header, *rows, [text("R33", words.language), *(str(total[status]) for status in statuses), ""]])
    idle = [rule for rule, counts in by_rule.items() if not counts]
    if idle:
        yield "  " + words.say("R34", rules=words.listed(idle))
    yield "  " + words.say("R35" if total else "R36", count=len(report.outcomes), rules=len(report.rules), counts=words.counts(total))


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Rows with aligned columns: the first and last to the left, the numbers between them to the right."""
    cells = [[harmless(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells)]
    for first, *numbers, last in cells:
        middle = "  ".join(pad(number, columns, right=True) for number, columns in zip(numbers, widths[1:]))
        yield f"  {pad(first, widths[0])}  {middle}  {last}".rstrip()


# --- what people have decided ----------------------------------------------------------------------------------------


def _waivers(words: Words) -> Iterator[str]:
    """The waivers that excuse something."""
    waivers = words.report.waivers
    if waivers:
        yield ""
        yield words.bold(words.say("R84", count=len(waivers)))
    for one in waivers:
        row = words.decision(WAIVER.name, one.key, one.rule, one.subject)
        where = place(one.file, one.sheet, one.row, (), words.language)
        yield "  - " + words.say("R85", row=row, terms=words.terms(one), place=where)


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


# --- what the report leaves out --------------------------------------------------------------------------------------


def _exclusions(words: Words) -> Iterator[str]:
    said = [words.say(code, **arguments) for code, arguments in _excluded(words)]
    said += _notices(words)
    if said:
        yield ""
        yield words.bold(words.say("R40"))
        yield from (f"  - {line}" for line in said)


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
    years = sorted({outcome.due.year for outcome in report.outcomes if outcome.due and "calendar_unknown" in outcome.notes})
    if years:
        count = sum("calendar_unknown" in outcome.notes for outcome in report.outcomes)
        yield "R44", {"count": count, "years": words.listed(map(str, years))}
    excused = sum(outcome.status == "excused" for outcome in report.outcomes)
    if excused:
        yield "R45", {"count": excused}
