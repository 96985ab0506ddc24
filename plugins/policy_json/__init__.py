"""Writes the reports a pipeline reads."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from policy.hooks.spec import DataReport, Document, Report, hookimpl
from policy.lang.facts import Input, Problem
from policy.lang.outcome import STATUSES, Notice, Waiver
from policy.lang.past import Absent, Baseline
from policy.lang.report import Window
from policy.messages import text
from policy.messages.problems import accepted
from policy_json.lines import outcome_lines

__all__ = ["Json", "JsonData", "JsonLines", "policy_data_reporters", "policy_reporters"]

Written = bytes | memoryview


class Json:
    """One object; `schema.json` says what is in it. An outcome, an input, a problem has a line to itself, so that reports can be compared."""

    name = "json"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        stream.writelines(_written(_document(report)))


class JsonLines:
    """One outcome a line, each with what a line that is cut loose from the others would leave unsaid: the day, the mark of secrecy, the mask."""

    name = "jsonl"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        said = b", " + _dumped({"as_of": report.as_of.isoformat(), "secrecy": report.secrecy, "mask": report.mask})[1:-1]
        for lines in _lines(report, b"\n", said):
            stream.writelines((lines, b"\n"))


class JsonData:
    """What was read and what is wrong with it: the members that the report has too, also where nothing could be judged."""

    name = "json"

    def documents(self, report: DataReport) -> Iterable[Document]:
        return [Document(report.as_of.isoformat(), ".json", b"".join(_written(_data(report))))]


@hookimpl
def policy_reporters() -> tuple[Json, JsonLines]:
    return Json(), JsonLines()


@hookimpl
def policy_data_reporters() -> tuple[JsonData]:
    return (JsonData(),)


def _written(document: dict[str, object]) -> Iterator[Written]:
    """A document in pieces, each member of a list on a line of its own. An iterator gives lines that are written already, and is never held."""
    before = b"{\n"
    for name, value in document.items():
        yield before + _dumped(name) + b": "
        lines = value if isinstance(value, Iterator) else map(_dumped, value) if isinstance(value, list) and value else None
        yield from [_dumped(value)] if lines is None else _in_lines(lines)
        before = b",\n"
    yield b"\n}\n"


def _lines(report: Report, between: bytes, more: bytes = b"") -> Iterator[Written]:
    """The lines of the outcomes that the report lists, some hundreds at once: see `outcome_lines`."""
    batches = report.batches()
    if batches is None:
        return outcome_lines(report.listed(), report.baseline, between, more)
    from policy_json.columns import batch_lines

    return batch_lines(batches, between, more)


def _in_lines(lines: Iterable[Written]) -> Iterator[Written]:
    before = b"[\n"
    for line in lines:
        yield before
        yield line
        before = b",\n"
    yield b"[]" if before == b"[\n" else b"\n]"


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _dumped(value: object) -> bytes:
    """A value on one line. (Without indents: with them it would be written by Python, six times as slow.)"""
    return _ENCODER.encode(value).encode("utf-8", "replace")


def _document(report: Report) -> dict[str, object]:
    return {
        "tool": "policy",
        "version": report.version,
        "pack": {
            "id": report.pack_id,
            "version": report.pack_version,
            "sha256": report.pack_sha256,
            "extends": [{"id": id, "version": version} for id, version in report.pack_extends],
        },
        "as_of": report.as_of.isoformat(),
        "secrecy": report.secrecy,
        "mask": report.mask,
        "parameters": [
            {
                "name": one.name,
                "value": one.value,
                "default": one.default,
                "origin": one.origin,
                "basis": one.basis or None,
                "decided_by": one.decided_by or None,
            }
            for one in report.parameters
        ],
        "unit": report.unit,
        **_read(report),
        "summary": _summary(report),
        "waivers": [_waiver(waiver) for waiver in report.waivers],
        "notices": [_notice(notice) for notice in report.notices],
        "baseline": report.baseline and _baseline(report.baseline),
        "window": report.window and _window(report.window),
        "outcomes": _lines(report, b",\n"),
    }


def _data(report: DataReport) -> dict[str, object]:
    head = {"tool": "policy", "version": report.version, "as_of": report.as_of.isoformat(), "secrecy": report.secrecy}
    return {**head, **_read(report)}


def _read(report: Report | DataReport) -> dict[str, object]:
    return {
        "inputs": [_input(one) for one in report.inputs],
        "absent": list(report.absent),
        "data_problems": [_problem(problem, report.language) for problem in report.problems],
    }


def _input(one: Input) -> dict[str, object]:
    return {
        "name": one.file,
        "sheet": one.sheet,
        "entity": one.entity,
        "rows": one.rows,
        "sha256": one.sha256,
        "notes": list(one.notes),
    }


def _problem(problem: Problem, language: str) -> dict[str, object]:
    return {
        "code": problem.code,
        "message": text(problem.code, language, **dict(problem.arguments)),
        "accepted": accepted(problem.takes, language) or None,
        "error": problem.error,
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "rows": list(problem.rows),
    }


def _waiver(waiver: Waiver) -> dict[str, object]:
    return {
        "key": waiver.key,
        "rule": waiver.rule,
        "subject": waiver.subject,
        "reason": waiver.reason,
        "approver": waiver.approver,
        "date": _day(waiver.date),
        "valid_until": _day(waiver.valid_until),
        "document": waiver.document,
        "file": waiver.file,
        "sheet": waiver.sheet,
        "row": waiver.row,
    }


def _notice(notice: Notice) -> dict[str, object]:
    return {
        "code": notice.code,
        "key": notice.key,
        "rule": notice.rule,
        "subject": notice.subject,
        "file": notice.file,
        "sheet": notice.sheet,
        "row": notice.row,
        "missing": list(notice.missing),
        "other": notice.other or None,
    }


def _summary(report: Report) -> dict[str, object]:
    by_rule = report.tally()
    return {
        "outcomes": len(report.outcomes),
        "by_status": {status: sum(counts.get(status, 0) for counts in by_rule.values()) for status in STATUSES},
        "by_rule": by_rule,
    }


def _baseline(baseline: Baseline) -> dict[str, object]:
    return {
        "name": baseline.name,
        "as_of": _day(baseline.as_of),
        "counts": baseline.counts(),
        "differences": [
            {"kind": one.kind, "name": one.name or None, "before": one.before or None, "now": one.now or None} for one in baseline.differences
        ],
        "absent": [_absent(one) for one in baseline.absent],
    }


def _window(window: Window) -> dict[str, object]:
    return {"until": _day(window.until), "undated": window.undated, "waiting": window.waiting}


def _absent(one: Absent) -> dict[str, object]:
    rule, subject = one.finding.key
    return {
        "rule": rule,
        "subject": list(subject),
        "was": one.finding.status,
        "state": one.state,
        "now": one.now,
        "bearer": _bearer(one.finding.bearer),
        "fingerprint": one.finding.fingerprint,
    }


def _bearer(bearer: tuple[str, str] | None) -> dict[str, str] | None:
    return {"entity": bearer[0], "key": bearer[1]} if bearer else None


def _day(day: datetime.date | None) -> str | None:
    return day and day.isoformat()
