"""A report → the run as it is kept; two runs → what has changed."""

from __future__ import annotations

from collections.abc import Iterator

from policy.lang.outcome import PROBLEMS, SEVERITIES
from policy.lang.past import Absent, Baseline, Change, Difference, PastFinding, PastRun, key_of
from policy.lang.report import Report

__all__ = ["compare", "remember"]

_RANKS = {status: rank for rank, status in enumerate(("attest", "due_soon", "unknown", "late", "violated"))}
_SEVERITIES = {severity: -rank for rank, severity in enumerate(SEVERITIES)}


def remember(report: Report) -> PastRun:
    """The run behind a report: every status, and of problems what tells one from another; no names, no values."""
    keyed = [(key_of(one.rule, one.subject), one) for one in report.outcomes]
    return PastRun(
        findings=tuple(
            PastFinding(key, one.status, one.severity, one.bearer, one.due, one.fulfilled, one.fingerprint)
            for key, one in keyed
            if one.status in PROBLEMS
        ),
        statuses={key: one.status for key, one in keyed},
        version=report.version,
        pack_id=report.pack_id,
        pack_version=report.pack_version,
        pack_sha256=report.pack_sha256,
        as_of=report.as_of,
        parameters=tuple((one.name, one.value, one.default) for one in report.parameters),
        rules=frozenset(report.rules),
        mask=report.mask,
    )


def compare(before: PastRun, now: PastRun, name: str) -> Baseline:
    """What has changed since a run called `name`."""
    earlier = {one.key: one for one in before.findings}
    known = {one.fingerprint for one in before.findings}
    changes = {one.key: _change(one, earlier.get(one.key), one.fingerprint in known) for one in now.findings}
    still = {one.fingerprint for one in now.findings}
    absent = (_absent(one, now) for one in before.findings if one.key not in changes and one.fingerprint not in still)
    return Baseline(name, before.as_of, changes, tuple(absent), tuple(_differences(before, now)))


def _change(now: PastFinding, before: PastFinding | None, same: bool) -> Change:
    was = now.status if same else before and before.status
    if same and (before is None or _severe(now) <= _severe(before)):
        return Change("unchanged", was)
    if before is not None and _RANKS[now.status] < _RANKS[before.status] and _severe(now) <= _severe(before):
        return Change("updated", was)
    return Change("new", was)


def _severe(finding: PastFinding) -> int:
    return _SEVERITIES[finding.severity]


def _absent(finding: PastFinding, now: PastRun) -> Absent:
    if now.rules is not None and finding.key[0] not in now.rules:
        return Absent(finding, "not_run")
    status = now.statuses.get(finding.key)
    return Absent(finding, "gone" if status is None else "resolved", status)


def _differences(before: PastRun, now: PastRun) -> Iterator[Difference]:
    """What besides the data is not as it was."""
    if before.pack_id is None:
        yield Difference("unknown")
        return
    if before.mask != now.mask:
        yield Difference("mask", before.mask or "", now.mask or "")
    if before.as_of and now.as_of and before.as_of > now.as_of:
        yield Difference("later", str(before.as_of), str(now.as_of))
    if before.version != now.version:
        yield Difference("program", before.version or "", now.version or "")
    if before.pack_version != now.pack_version:
        yield Difference("pack", before.pack_version or "", now.pack_version or "")
    elif before.pack_sha256 != now.pack_sha256:
        yield Difference("pack_files")
    yield from _parameters(before.parameters or (), now.parameters or ())
    yield from _rules(before.rules or frozenset(), now.rules or frozenset())


def _parameters(before: tuple[tuple[str, str, str], ...], now: tuple[tuple[str, str, str], ...]) -> Iterator[Difference]:
    """Parameters with another value; one that a run does not list has its default."""
    defaults = {name: default for name, _, default in (*before, *now)}
    first, second = ({name: value for name, value, _ in run} for run in (before, now))
    for name, default in sorted(defaults.items()):
        was, is_ = first.get(name, default), second.get(name, default)
        if was != is_:
            yield Difference("parameter", was, is_, name)


def _rules(before: frozenset[str], now: frozenset[str]) -> Iterator[Difference]:
    if before - now:
        yield Difference("rules_left", before="\n".join(sorted(before - now)))
    if now - before:
        yield Difference("rules_added", now="\n".join(sorted(now - before)))
