"""Writes the report as one page for a browser and for paper."""

from __future__ import annotations

from typing import BinaryIO

from policy.hooks.spec import Report, hookimpl

__all__ = ["Html", "policy_reporters"]


class Html:
    """One file that asks nothing of anybody: a summary with pictures, the findings to filter, sort, open and print."""

    name = "html"
    every_outcome = True  # what is met, in periods

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy_html.page import page  # needed only when a page is written

        for part in page(report):
            stream.write(part.encode("utf-8", "replace"))


@hookimpl
def policy_reporters() -> tuple[Html]:
    return (Html(),)
