"""Writes the report as Markdown."""

from __future__ import annotations

from typing import BinaryIO

from policy.hooks.spec import Report, hookimpl

__all__ = ["Markdown", "policy_reporters"]


class Markdown:
    """What to chase, by who owes it; then counts, and what the report was made of. It reads well as it stands, too."""

    name = "md"

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy_markdown.layout import paragraphs  # needed only when Markdown is written

        for number, paragraph in enumerate(paragraphs(report)):
            stream.write(("\n" * bool(number) + paragraph + "\n").encode())


@hookimpl
def policy_reporters() -> tuple[Markdown]:
    return (Markdown(),)
