"""Writes the problems in SARIF 2.1.0, the format in which tools that check files exchange what they find."""

from __future__ import annotations

from typing import BinaryIO

from policy.hooks.spec import Report, hookimpl

__all__ = ["Sarif", "policy_reporters"]


class Sarif:
    """One run: the rules, the files read, what is wrong with the data, and a result for each problem and each waived one, one on a line."""

    name = "sarif"
    mask = "names"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy_sarif.document import document  # needed only when a report is written

        for text in document(report):
            stream.write(text.encode("utf-8", "replace"))


@hookimpl
def policy_reporters() -> tuple[Sarif]:
    return (Sarif(),)
