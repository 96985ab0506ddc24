"""The template of a format of reports, for the unit to change."""

from __future__ import annotations

import os

from policy.cli.files import write_whole
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins

__all__ = ["write_template"]


def write_template(format: str, file: str | None, screen: Screen) -> int:
    """Write the template of a format and print its name; a file that is there stays, as somebody may have changed it.

    Raises UsageError when the format has no template, the file is there or has another suffix.
    """
    makers = {reporter.name: reporter.template for reporter in load_plugins().reporters if hasattr(reporter, "template")}
    if format not in makers:
        raise UsageError("U343", format=format, known="\n".join(sorted(makers)))
    document = makers[format](screen.language)
    file = file or document.title + document.suffix
    if os.path.splitext(file)[1].lower() != document.suffix:
        raise UsageError("U344", file=file, suffix=document.suffix)
    if os.path.lexists(file):
        raise UsageError("U273", file=file)
    write_whole(file, document.content)
    print(file)
    return 0
