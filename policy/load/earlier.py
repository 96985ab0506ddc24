"""A report that an earlier run has written, `-o json` or `jsonl` → the run behind it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from policy.lang.outcome import PROBLEMS, SEVERITIES, STATUSES
from policy.lang.past import PastFinding, PastRun, key_of

__all__ = ["read_earlier"]


def read_earlier(content: bytes) -> PastRun:
    """The run that wrote `content`. Raises ValueError where it is no report of this program."""
    try:
        text = content.decode("utf-8-sig")
        document = _document(text)
        if document is None:
            return _run(map(json.loads, filter(str.strip, text.split("\n"))))
        if document.get("tool") != "policy":
            raise ValueError("not a report")
        return _run(document["outcomes"], **_head(document))
    except (AttributeError, KeyError, TypeError, RecursionError) as error:  # JSON of another shape
        raise ValueError(type(error).__name__) from None


def _document(text: str) -> dict[str, Any] | None:
    """The one object that a report is; None for one outcome a line."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        return None
    return None if "rule" in document else document


def _head(document: dict[str, Any]) -> dict[str, Any]:
    pack = document["pack"]
    return {
        "version": str(document["version"]),
        "pack_id": str(pack["id"]),
        "pack_version": str(pack["version"]),
        "pack_sha256": str(pack["sha256"]),
        "as_of": datetime.date.fromisoformat(document["as_of"]),
        "parameters": tuple((str(one["name"]), str(one["value"]), str(one["default"])) for one in document["parameters"]),
        "rules": frozenset(document["summary"]["by_rule"]),
        "mask": str(document["mask"]),
    }


def _run(outcomes: Iterable[Mapping[str, Any]], **head: Any) -> PastRun:
    findings, statuses = [], {}
    for one in outcomes:
        found = _finding(one)
        statuses[found.key] = found.status
        if found.status in PROBLEMS:
            findings.append(found)
    return PastRun(tuple(findings), statuses, **head)


def _finding(one: Mapping[str, Any]) -> PastFinding:
    status, severity, bearer = one["status"], one["severity"], one["bearer"]
    if status not in STATUSES or severity not in SEVERITIES:
        raise ValueError("not an outcome")
    return PastFinding(
        key=key_of(str(one["rule"]), tuple(one["subject"].items())),
        status=status,
        severity=severity,
        bearer=bearer and (str(bearer["entity"]), str(bearer["key"])),
        due=_day(one["due"]),
        fulfilled=_day(one["fulfilled"]),
        fingerprint=str(one["fingerprint"]),
    )


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)
