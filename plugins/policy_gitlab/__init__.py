"""Writes the problems as GitLab shows them beside a merge request: a report on code quality."""

from __future__ import annotations

import json
from typing import BinaryIO

from policy.hooks.spec import Report, hookimpl

__all__ = ["GitLab", "policy_reporters"]

_SEVERITIES = {"fail": "critical", "warn": "major", "advise": "minor"}


class GitLab:
    """A list with an entry for each problem, one on a line. What was fixed GitLab finds out by the fingerprints of the run before."""

    name = "gitlab"
    mask = "names"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy.lang.outcome import PROBLEMS, gravity
        from policy.messages.finding import headline, paragraph, status_text
        from policy.messages.place import link
        from policy.messages.secrecy import mark
        from policy.messages.words import Words
        from policy.width import harmless

        words, before = Words(report), b"[\n"
        for outcome in report.outcomes.having(PROBLEMS):
            file, row = report.place(outcome)
            said = [f"{mark(report)}{status_text(outcome, words)} {headline(outcome, words)}", *paragraph(outcome, words)]
            entry = {
                "description": "\n".join(said),
                "check_name": outcome.rule,
                "fingerprint": outcome.fingerprint,
                "severity": _SEVERITIES[gravity(outcome) or "advise"],
                "location": {"path": harmless(link(file)), "lines": {"begin": row}},
            }
            stream.write(before + json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace"))
            before = b",\n"
        stream.write(b"[]\n" if before == b"[\n" else b"\n]\n")


@hookimpl
def policy_reporters() -> tuple[GitLab]:
    return (GitLab(),)
