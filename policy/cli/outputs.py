"""Which reports are written, in which format and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.files import whole_file
from policy.cli.screen import Screen, UsageError
from policy.near import nearest

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.hooks.spec import Reporter
    from policy.lang.report import Report

__all__ = ["Output", "read_outputs", "write"]

Output = tuple["Reporter", str | None]
"""A reporter and the file that it writes (None: standard output)."""


def read_outputs(texts: Iterable[str], plugins: Plugins, screen: Screen) -> list[Output]:
    """The outputs that texts of the form `FORMAT[=FILE]` name. Raises UsageError: an unknown format, two or a file's bytes on the screen."""
    outputs = [_output(text, plugins) for text in texts]
    shown = [reporter for reporter, file in outputs if file is None]
    if len(shown) > 1:
        raise UsageError("U63")
    if screen.terminal and any(getattr(reporter, "binary", False) for reporter in shown):
        raise UsageError("U340", format=shown[0].name)
    return outputs


def _output(text: str, plugins: Plugins) -> tuple[Reporter, str | None]:
    """The reporter and the file (None: standard output) of `FORMAT[=FILE]`."""
    name, equals, file = text.partition("=")
    reporters = {reporter.name: reporter for reporter in plugins.reporters}
    if not name.strip():
        raise UsageError("U65", value=text, known=" ".join(sorted(reporters)))
    if name not in reporters:
        near = nearest(name, reporters)
        raise UsageError("U62" if near else "U61", format=name, near=near or "", known=" ".join(sorted(reporters)))
    if equals and not file.strip():
        raise UsageError("U66", value=text)
    return reporters[name], file if equals else None


def write(report: Report, reporter: Reporter, plugins: Plugins, file: str | None, screen: Screen) -> None:
    """Write a report to a file, whole or not at all, or to standard output."""
    if file is None:
        pipeline.write(report, reporter, plugins, screen.results, colour=screen.colour)
        screen.results.flush()
        return
    with whole_file(file) as stream:
        pipeline.write(report, reporter, plugins, stream, colour=False)
    screen.progress("U19", file=file)
