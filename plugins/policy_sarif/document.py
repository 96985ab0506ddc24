"""The log: its head, with the tool, its rules and the files, then the results."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policy.hooks.spec import Report
from policy.lang import ir
from policy.lang.facts import Input, Problem
from policy.lang.report import ReportedParameter
from policy.lang.secrecy import level_word
from policy.messages.account import problem_line
from policy.messages.words import Words
from policy_sarif.results import results
from policy_sarif.texts import level, message, uri

__all__ = ["document"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def document(report: Report) -> Iterator[str]:
    """The log in pieces; the results are made one by one."""
    words = Words(report)
    head = _dumped({"$schema": _SCHEMA, "version": "2.1.0"})
    run = _dumped(_run(words))
    yield f'{head[:-1]}, "runs": [{run[:-1]},\n"results": ['
    before = "\n"
    for result in results(words):
        yield before + _dumped(result)
        before = ",\n"
    yield "\n]}]}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _run(words: Words) -> dict[str, object]:
    report = words.report
    about = [words.say("R10", title=report.pack_title or report.pack_id)]
    if report.secrecy:
        about.append(words.say("R29", mark=level_word(report.secrecy, report.language)))
    return {
        "tool": {"driver": _driver(words)},
        "language": "zh-CN" if report.language == "zh" else "en",
        "automationDetails": {"id": f"policy/{report.pack_id}/", "description": message(*about)},
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(one) for one in _files(report).values()],
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": [_notification(problem, words) for problem in report.problems]}
        ],
        "properties": {
            "pack": {"id": report.pack_id, "version": report.pack_version, "sha256": report.pack_sha256},
            "asOf": report.as_of.isoformat(),
            "secrecy": report.secrecy,
            "mask": report.mask,
            "parameters": [_parameter(one) for one in report.parameters],
            "summary": {rule: dict(counts) for rule, counts in report.tally().items()},
        },
    }


def _driver(words: Words) -> dict[str, object]:
    report = words.report
    return {
        "name": "policy",
        "version": report.version,
        "language": "zh-CN" if report.language == "zh" else "en",
        "rules": [_rule(rule, words) for rule in report.rules.values()],
    }


def _rule(rule: ir.Rule, words: Words) -> dict[str, object]:
    """A rule with its articles and, as help, what to do and how the text was read."""
    basis = words.say("M30", basis=words.listed(rule.basis))
    helps = [basis]
    if rule.remedy:
        helps.append(words.say("R59", remedy=rule.remedy))
    if rule.note:
        helps.append(words.say("M31", note=rule.note))
    return {
        "id": rule.id,
        "shortDescription": message(rule.title),
        "fullDescription": message(rule.title, basis),
        "help": message(*helps),
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": list(rule.basis)},
    }


def _parameter(one: ReportedParameter) -> dict[str, object]:
    return {"name": one.name, "value": one.value, "default": one.default, "origin": one.origin, "basis": one.basis, "decidedBy": one.decided_by}


def _files(report: Report) -> dict[str, Input]:
    """The files that were read, each once."""
    return {one.file: one for one in reversed(report.inputs)}


def _artifact(one: Input) -> dict[str, object]:
    artifact: dict[str, object] = {"location": {"uri": uri(one.file)}, "roles": ["analysisTarget"]}
    return artifact | ({"hashes": {"sha-256": one.sha256}} if one.sha256 else {})


def _notification(problem: Problem, words: Words) -> dict[str, object]:
    """Something wrong with the data."""
    region = {"region": {"startLine": problem.row}} if problem.row else {}
    place = {"physicalLocation": {"artifactLocation": {"uri": uri(problem.file)}, **region}}
    return {
        "descriptor": {"id": problem.code},
        "level": "error" if problem.error else "note",
        "message": message(problem_line(problem, words)),
        "locations": [place],
    }
