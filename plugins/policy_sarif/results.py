"""What was found: the problems, what waivers excuse, and what an earlier run had found."""

from __future__ import annotations

from collections.abc import Iterator

from policy.hooks.spec import Report
from policy.lang.outcome import PROBLEMS, STATUSES, Evidence, Outcome, Waiver
from policy.lang.past import Absent
from policy.messages.changes import absent_line, change_text
from policy.messages.finding import headline, paragraph, status_text, subject_text
from policy.messages.secrecy import mark
from policy.messages.words import Words
from policy_sarif.texts import level, message, uri

__all__ = ["results"]

_KINDS = {
    "violated": "fail", "late": "fail", "unknown": "open", "due_soon": "informational", "attest": "review", "pending": "informational",
    "satisfied": "pass", "excused": "notApplicable", "not_applicable": "notApplicable",
}  # fmt: skip
"""What each status is there: `open` cannot be told from the data, `review` waits for a human."""


def results(words: Words) -> Iterator[dict[str, object]]:
    """A result for each outcome that is listed or waived and, against an earlier run, for each finding that is none now."""
    report = words.report
    numbers = {rule: number for number, rule in enumerate(report.rules)}
    waivers = {waiver.key: waiver for waiver in report.waivers}
    waived = set()
    for outcome in report.outcomes.having(STATUSES if report.all_outcomes else (*PROBLEMS, "excused") if waivers else PROBLEMS):
        waiver = waivers.get((outcome.excuse or "").removeprefix("waiver "))
        if waiver is not None or report.all_outcomes or outcome.status != "excused":
            yield _result(outcome, numbers[outcome.rule], waiver, words)
            waived.add((outcome.rule, tuple(str(key) for _, key in outcome.subject)) if waiver else None)
    for absent in report.baseline.absent if report.baseline else ():
        if absent.state != "not_run" and absent.finding.key not in waived:
            yield _absent(absent, words)


def _result(outcome: Outcome, number: int, waiver: Waiver | None, words: Words) -> dict[str, object]:
    kind = "fail" if waiver else _KINDS[outcome.status]
    rows = [row for row in outcome.evidence if row.file is not None]
    status = "·".join(filter(None, (status_text(outcome, words), change_text(outcome, words))))
    said = f"{mark(words.report)}{status}：{headline(outcome, words)}" if words.language == "zh" else f"{mark(words.report)}{status}: {headline(outcome, words)}"
    result: dict[str, object] = {
        "ruleId": outcome.rule,
        "ruleIndex": number,
        "kind": kind,
        "level": level(outcome.severity) if kind == "fail" else "none",
        "message": message(said, *paragraph(outcome, words)),
        "locations": [_location(rows[0]) if rows else _nowhere(outcome, words)],
    }
    if len(rows) > 1:
        related = enumerate(rows[1:], 1)
        result["relatedLocations"] = [{"id": id, **_location(row), "message": message(words.row(row.entity, row.key))} for id, row in related]
    if outcome.fingerprint:
        result["partialFingerprints"] = _fingerprints(outcome.fingerprint)
    if waiver is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": words.terms(waiver)}]
    if words.report.baseline is not None:
        result["baselineState"] = _state(outcome, words.report)
    return result | {"properties": _properties(outcome)}


def _fingerprints(fingerprint: str) -> dict[str, str]:
    """Our own, and the name under which GitHub looks for one."""
    return {"policy/v1": fingerprint, "primaryLocationLineHash": f"{fingerprint}:1"}


def _state(outcome: Outcome, report: Report) -> str:
    """How a result stands to the earlier run; what is no problem now and was none then has not changed."""
    change = report.baseline and report.baseline.change(outcome)
    return change.state if change else "unchanged"


def _location(row: Evidence) -> dict[str, object]:
    """A row: its file, its number as that of a line, and its cells by name."""
    assert row.file is not None
    region = {"region": {"startLine": row.row}} if row.row else {}
    cells = [_cell(row, column) for column in dict.fromkeys(column for _, column in row.cells)]
    logical = [{"name": cell, "fullyQualifiedName": f"{row.sheet or row.entity}!{cell}", "kind": "value"} for cell in cells]
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri(row.file)}, **region},
        **({"logicalLocations": logical} if logical else {}),
    }


def _cell(row: Evidence, column: str) -> str:
    return f"{column}{row.row}" if column.isascii() and column.isupper() and len(column) <= 3 else f"{column}:{row.row}"


def _nowhere(outcome: Outcome, words: Words) -> dict[str, object]:
    """The place of an outcome that no row decided: what it is about, and where the data begin."""
    file, line = words.report.place(outcome)
    logical = {"logicalLocations": [{"fullyQualifiedName": subject_text(outcome, words), "kind": "object"}]}
    return ({"physicalLocation": {"artifactLocation": {"uri": uri(file)}, "region": {"startLine": line}}} if file else {}) | logical


def _properties(outcome: Outcome) -> dict[str, object]:
    bearer = outcome.bearer
    return {
        "status": outcome.status,
        "severity": outcome.severity,
        "subject": dict(outcome.subject),
        "bearer": {"entity": bearer[0], "key": bearer[1]} if bearer else None,
        "due": outcome.due and outcome.due.isoformat(),
        "fulfilled": outcome.fulfilled and outcome.fulfilled.isoformat(),
        "missing": list(outcome.missing),
    }


def _absent(absent: Absent, words: Words) -> dict[str, object]:
    """A finding of the earlier run that is none now."""
    found = absent.finding
    return {
        "ruleId": found.key[0],
        "kind": "fail",
        "level": level(found.severity),
        "message": message(mark(words.report) + absent_line(absent, words)),
        "partialFingerprints": _fingerprints(found.fingerprint),
        "baselineState": "absent",
        "properties": {"status": found.status, "severity": found.severity, "subject": list(found.key[1])},
    }
