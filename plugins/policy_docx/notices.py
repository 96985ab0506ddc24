"""What a notice says: the values of the placeholders, of the report, of a bearer and of each of its findings."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from policy.lang.outcome import PROBLEMS, TOLD, Outcome
from policy.lang.report import Report
from policy.lang.secrecy import level_word
from policy.messages import text
from policy.messages.finding import due_text, status_text
from policy.messages.listing import HEADINGS, line
from policy.messages.order import by_bearer
from policy.messages.words import Bearer, Words
from policy_docx.parts import default_template
from policy_docx.template import Known, Template, Values, read_template

__all__ = ["write_notices"]

_REPORT = {"secrecy": "W24", "regulation": "W50", "pack": "W51", "as_of": "W25", "program": "W52"}
_BEARER = {"bearer": "W12", "kind": "W53", "count": "W54", "counts": "W55"}
_FINDING = {name: code for name, code in HEADINGS.items() if name not in _BEARER} | {"number": "W56"}

_ROWS = 3
"""Rows of evidence in a notice; the list of problems has more."""


def write_notices(report: Report, stream: BinaryIO) -> None:
    """Write the notices of a report by the template that it names, or else the default one.

    Raises SourceError when that cannot be used, OSError when it cannot be read.
    """
    words = Words(report)
    _template(words).write(stream, _of_report(words), _notices(words), words.say("R20"))


def _template(words: Words) -> Template:
    file, known = words.report.notice_template, _known(words.language)
    marked = words.report.secrecy is not None
    if file is None:
        default = default_template(words.language)
        return read_template(io.BytesIO(default.content), default.title, known, marked)
    with open(file, "rb") as content:
        return read_template(content, file, known, marked)


def _known(language: str) -> Known:
    """The placeholders by their names in both languages, those of the report's first."""
    languages = (language, "en" if language == "zh" else "zh")
    report, bearer, finding = (
        {text(code, one): name for one in languages for name, code in names.items()} for names in (_REPORT, _BEARER, _FINDING)
    )
    return Known(report, bearer, finding, mark="secrecy")


# --- values ----------------------------------------------------------------------------------------------------------


def _of_report(words: Words) -> Values:
    report = words.report
    return {
        "secrecy": level_word(report.secrecy, words.language) if report.secrecy else "",
        "regulation": report.pack_title or report.pack_id,
        "pack": f"{report.pack_id} {report.pack_version}",
        "as_of": words.say("W57", year=report.as_of.year, month=report.as_of.month, day=report.as_of.day),
        "program": f"policy {report.version}",
    }


def _notices(words: Words) -> Iterator[tuple[Values, Iterator[Values]]]:
    """The values of each bearer that has something to do, and those of its findings."""
    for bearer, outcomes in by_bearer(words).items():
        chased = outcomes if words.report.window else [outcome for outcome in outcomes if outcome.status in PROBLEMS]
        if chased:
            called = words.bearer(bearer) if isinstance(bearer, tuple) else words.say("W58", bearer=words.bearer(bearer))
            yield _of_bearer(called, chased, words), _findings(called, chased, words)


def _of_bearer(called: str, outcomes: Sequence[Outcome], words: Words) -> Values:
    counts = Counter(outcome.status for outcome in outcomes)
    return {
        "bearer": called,
        "kind": words.say("W59" if any(status in TOLD for status in counts) else "W65"),
        "count": str(len(outcomes)),
        "counts": words.counts(counts),
    }


def _findings(called: str, outcomes: Sequence[Outcome], words: Words) -> Iterator[Mapping[str, str]]:
    for number, outcome in enumerate(outcomes, 1):
        told = line(outcome, called, words, _ROWS)._asdict()
        days = {"due": due_text(outcome, words), "fulfilled": str(outcome.fulfilled or "")}
        yield {**told, **days, "status": status_text(outcome, words), "number": str(number)}
