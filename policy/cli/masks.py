"""How much of each report is masked, and with which secret."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, choice
from policy.lang.report import MASKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy.cli.screen import Screen
    from policy.hooks.spec import Reporter
    from policy.lang.report import Report

__all__ = ["FLAGS", "Masks", "masks"]

FLAGS = (
    Flag("mask", "U350", metavar="none|names|all", read=choice(*MASKS)),
    Flag("mask-key", "U351", metavar="FILE"),
)


class Masks(NamedTuple):
    """The masks of a run: `asked` is the level that the user wants of all reports, None each its own; `secret` is empty where none is needed."""

    asked: str | None
    secret: bytes
    lowest: str
    """That of the report that hides least: what may be read there may be read on the screen as well."""

    def level(self, reporter: Reporter | None) -> str:
        """How much a reporter may not know."""
        return _level(self.asked, reporter)

    @property
    def spoken(self) -> pipeline.Masking | None:
        """How to mask what is said on standard error."""
        return None if self.lowest == "none" else pipeline.Masking(self.lowest, self.secret)

    def report(self, report: Report, reporter: Reporter | None) -> Report:
        """The report as a reporter may know it; without one, as the user wants it."""
        level = self.level(reporter)
        return report if level == "none" else pipeline.masked(report, pipeline.Masking(level, self.secret))


def _level(asked: str | None, reporter: Reporter | None) -> str:
    return asked or getattr(reporter, "mask", "none")


def masks(arguments: Arguments, reporters: Iterable[Reporter], screen: Screen) -> Masks:
    """The masks for these reporters. Raises SourceError or OSError where there has to be a secret and is none."""
    asked = arguments["mask"]
    levels = sorted({_level(asked, reporter) for reporter in reporters}, key=MASKS.index)
    secret = b""
    if levels and levels[-1] != "none":
        file = Path(arguments["mask-key"] or pipeline.secret_file())
        secret, made = pipeline.read_secret(file)
        if made:
            screen.say("U352", file=file)
    return Masks(asked, secret, levels[0] if levels else "none")
