"""Writes the outcomes as tests that passed or failed, in the XML that every pipeline reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from policy.hooks.spec import Report, hookimpl

if TYPE_CHECKING:
    from policy.lang.outcome import Outcome
    from policy.messages.words import Words

__all__ = ["JUnit", "policy_reporters"]

_RESULTS = {
    "violated": "failure", "late": "failure", "unknown": "error", "due_soon": "skipped", "attest": "skipped", "pending": "", "satisfied": "",
    "excused": "skipped", "not_applicable": "skipped",
}  # fmt: skip
"""What a test comes to, by status; empty: it passes."""

_ESCAPED = {ord(char): f"&{name};" for char, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"))}
_ILLEGAL = "[\ud800-\udfff\ufffe\uffff]"
"""What may not stand in XML at all. Control characters have been made visible before."""


class JUnit:
    """A suite for each rule, a test for each problem and each waived one. A rule without any has one test: it passes, or is skipped without a subject."""

    name = "junit"
    mask = "names"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        for line in _document(report):
            stream.write(re.sub(_ILLEGAL, "\ufffd", line).encode("utf-8") + b"\n")


def _document(report: Report) -> Iterator[str]:
    from itertools import groupby

    from policy.messages.secrecy import mark
    from policy.messages.words import Words

    words, tally = Words(report), report.tally()
    rules = iter(tally)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites {_attributes(name=f'{mark(report)}{report.pack_title or report.pack_id}')}>"
    for rule, outcomes in groupby(_shown(report), lambda outcome: outcome.rule):
        for other in iter(rules.__next__, rule):
            yield from _quiet(other, sum(tally[other].values()), words)
        yield from _suite(rule, outcomes, words)
    for other in rules:
        yield from _quiet(other, sum(tally[other].values()), words)
    yield "</testsuites>"


def _shown(report: Report) -> Iterator[Outcome]:
    from policy.lang.outcome import PROBLEMS, STATUSES

    statuses = STATUSES if report.all_outcomes else (*PROBLEMS, "excused") if report.waivers else PROBLEMS
    for outcome in report.outcomes.having(statuses):
        if report.all_outcomes or outcome.status != "excused" or (outcome.excuse or "").startswith("waiver "):
            yield outcome


def _suite(rule: str, outcomes: Iterator[Outcome], words: Words) -> Iterator[str]:
    """A rule's suite. Its head counts its tests, so they are held until all are there."""
    results, lines = [], []
    for outcome in outcomes:
        result = "skipped" if outcome.severity == "advise" and _RESULTS[outcome.status] == "failure" else _RESULTS[outcome.status]
        results.append(result)
        lines += _test(outcome, result, words)
    yield from _head(rule, results, words)
    yield from lines
    yield "  </testsuite>"


def _quiet(rule: str, count: int, words: Words) -> Iterator[str]:
    """The suite of a rule of whose `count` outcomes nothing is shown."""
    said = words.say("M21", count=count) if count else words.say("M20")
    yield from _head(rule, ["" if count else "skipped"], words)
    test = f"    <testcase {_attributes(classname=rule, name=said)}"
    yield test + "/>" if count else f"{test}><skipped {_attributes(message=said)}/></testcase>"
    yield "  </testsuite>"


def _head(rule: str, results: list[str], words: Words) -> Iterator[str]:
    report = words.report
    counts = {name: results.count(result) for name, result in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))}
    name = words.say("R51", basis=words.listed(report.rules[rule].basis), title=report.rules[rule].title, rule=rule)
    yield f"  <testsuite {_attributes(name=name, tests=len(results), **counts)}>"
    known = {"pack": f"{report.pack_id} {report.pack_version}", "as_of": report.as_of, "secrecy": report.secrecy, "mask": report.mask}
    properties = "".join(f"<property {_attributes(name=name, value=value)}/>" for name, value in known.items() if value)
    yield f"    <properties>{properties}</properties>"


def _test(outcome: Outcome, result: str, words: Words) -> Iterator[str]:
    from policy.messages.changes import change_text
    from policy.messages.finding import headline, paragraph, status_text, subject_text

    test = f"    <testcase {_attributes(classname=outcome.rule, name=subject_text(outcome, words))}"
    if not result:
        yield f"{test}/>"
        return
    status = "·".join(filter(None, (status_text(outcome, words), change_text(outcome, words))))
    said = "\n".join(paragraph(outcome, words)).translate(_ESCAPED)
    yield f"{test}><{result} {_attributes(type=status, message=headline(outcome, words))}>{said}</{result}></testcase>"


def _attributes(**values: object) -> str:
    from policy.width import harmless

    return " ".join(f'{name}="{harmless(str(value)).translate(_ESCAPED)}"' for name, value in values.items())


@hookimpl
def policy_reporters() -> tuple[JUnit]:
    return (JUnit(),)
