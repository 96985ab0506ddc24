"""Writes the report an officer reads."""

from __future__ import annotations

from typing import BinaryIO

from policy.hooks.spec import Report, hookimpl

__all__ = ["Text", "policy_reporters"]


class Text:
    """What was read, what to chase and with whom, counts, and what the report leaves out."""

    name = "text"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy_text.layout import lines  # needed only when a text is written

        for line in lines(report, colour):
            stream.write(line.encode("utf-8", "replace") + b"\n")


@hookimpl
def policy_reporters() -> tuple[Text]:
    return (Text(),)
