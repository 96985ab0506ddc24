"""What remains of a run besides its reports: its place in a history, and its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, choice

if TYPE_CHECKING:
    from policy.cli.judging import Asked
    from policy.cli.masks import Masks
    from policy.cli.screen import Screen
    from policy.hooks.manager import Plugins
    from policy.lang.report import Report

__all__ = ["FLAGS", "keep", "own_files", "ready", "wanted"]

FLAGS = (
    Flag("history", "U415", metavar="FILE"),
    Flag("audit", "U417", metavar="DIR|FILE.json"),
    Flag("digest", "U418", metavar="sha256|sm3", default="sha256", read=choice(*pipeline.DIGESTS)),
)


def wanted(arguments: Arguments) -> bool:
    """Whether there is to be a record, which takes every outcome."""
    return bool(arguments["history"] or arguments["audit"])


def own_files(arguments: Arguments) -> list[str]:
    """The files of records that may lie among the data and are none."""
    return [*filter(None, [arguments["history"]]), *pipeline.manifests(arguments["audit"])]


def ready(arguments: Arguments, pack_id: str) -> None:
    """Raises SourceError where the run could not be kept, before anything is judged."""
    if arguments["history"]:
        pipeline.check_history(arguments["history"], pack_id)


def keep(report: Report, arguments: Arguments, asked: Asked, masking: Masks, plugins: Plugins, screen: Screen) -> None:
    """Keep the run as the flags say, and say where its manifest is. Raises SourceError, OSError."""
    if arguments["history"]:
        pipeline.keep(masking.report(report, None), arguments["history"])
    if arguments["audit"]:
        from policy.cli.audit import asked_for

        again = asked_for(arguments, asked.request, arguments["all"])
        file, digest = pipeline.write_audit(arguments["audit"], again, report, asked.reading, asked.request, plugins, arguments["digest"])
        screen.say("B123", file=file, digest=digest)
