"""What a run rests on and comes to, as an object of canonical JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from policy.audit.digests import new
from policy.lang.dates import Calendar
from policy.lang.outcome import Outcome
from policy.lang.report import Report

__all__ = ["FORMAT", "body", "canonical", "path_from", "path_to", "result"]

FORMAT = 1
"""The version of the form of manifests."""


def canonical(value: object) -> bytes:
    """A value of texts, whole numbers, booleans, nulls, lists and objects in its only form: members sorted, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")


def body(
    report: Report,
    request: Mapping[str, Any],
    files: Iterable[Mapping[str, Any]],
    plugins: Iterable[tuple[str, str, str]],
    calendar: Calendar,
    digest: str,
    recorded: str,
) -> dict[str, Any]:
    """The members of a manifest but for its place in a chain.

    `request` says how to run again, `files` what was read, `plugins` are name, distribution and version, `recorded` is the moment of the run.
    """
    return {
        "manifest": FORMAT,
        "tool": "policy",
        "version": report.version,
        "recorded": recorded,
        "digest": digest,
        "as_of": str(report.as_of),
        "pack": {"id": report.pack_id, "version": report.pack_version, "sha256": report.pack_sha256},
        "parameters": [{"name": one.name, "value": one.value, "default": one.default, "origin": one.origin} for one in report.parameters],
        "calendar": {"name": calendar.name, "digest": _of(calendar, digest)},
        "plugins": [{"name": name, "distribution": distribution, "version": version} for name, distribution, version in plugins],
        "request": dict(request),
        "files": list(files),
        "tables": [{"entity": one.entity, "rows": one.rows, "sha256": one.sha256} for one in report.inputs],
        "waivers": sorted(one.key for one in report.waivers),
        "result": result(report, digest),
    }


def _of(calendar: Calendar, digest: str) -> str:
    days = [sorted(map(str, days)) for days in (calendar.holidays, calendar.workdays)]
    made = new(digest)
    made.update(canonical([calendar.first, calendar.last, *days]))
    return made.hexdigest()


def result(report: Report, digest: str) -> dict[str, Any]:
    """The digest of all outcomes, one a line in canonical JSON, the same of each rule, and the numbers."""
    whole, rules = new(digest), {rule: new(digest) for rule in report.rules}
    for outcome in report.outcomes:
        line = canonical(_outcome(outcome)) + b"\n"
        whole.update(line)
        rules[outcome.rule].update(line)
    return {
        "outcomes": len(report.outcomes),
        "digest": whole.hexdigest(),
        "rules": {rule: {"digest": rules[rule].hexdigest(), "statuses": dict(counts)} for rule, counts in report.tally().items()},
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    """Everything in an outcome. Of a file only its name: the data may have moved."""
    return {
        "rule": one.rule,
        "subject": [[binder, key] for binder, key in one.subject],
        "status": one.status,
        "severity": one.severity,
        "bearer": one.bearer and list(one.bearer),
        "due": one.due and str(one.due),
        "due_unrolled": one.due_unrolled and str(one.due_unrolled),
        "fulfilled": one.fulfilled and str(one.fulfilled),
        "missing": list(one.missing),
        "basis": list(one.basis),
        "message": one.message,
        "excuse": one.excuse,
        "notes": list(one.notes),
        "fingerprint": one.fingerprint,
        "evidence": [
            [row.entity, row.key, row.file and os.path.basename(row.file), row.sheet, row.row, [list(cell) for cell in row.cells]]
            for row in one.evidence
        ],
    }


def path_to(path: str, folder: str) -> str:
    """A path as a manifest in a folder names it: from there, so that both may be moved together."""
    try:
        return PurePath(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return PurePath(os.path.abspath(path)).as_posix()


def path_from(path: str, folder: str) -> str:
    """A path that a manifest in a folder names, as it is from here."""
    return os.path.normpath(os.path.join(folder, path))
