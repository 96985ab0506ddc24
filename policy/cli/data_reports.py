"""`policy check --data-report`: what is wrong with the data, in files for whoever mends them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.files import write_whole
from policy.cli.screen import Screen, UsageError

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.hooks.spec import DataReporter, Document
    from policy.lang.data_report import DataReport

__all__ = ["Wanted", "wanted", "write_data_reports"]

Wanted = tuple["DataReporter", str]
"""A writer of data reports and the file that it is to write."""


def wanted(texts: Iterable[str], plugins: Plugins) -> list[Wanted]:
    """The writers and files that texts of the form FORMAT=FILE name. Raises UsageError."""
    reporters = {reporter.name: reporter for reporter in plugins.data_reporters} if texts else {}
    return [_wanted(text, reporters) for text in texts]


def _wanted(text: str, reporters: dict[str, DataReporter]) -> Wanted:
    name, _, file = text.partition("=")
    known = " ".join(sorted(reporters))
    if not name.strip() or not file.strip():
        raise UsageError("U45", value=text, known=known)
    if name not in reporters:
        raise UsageError("U46", format=name, known=known)
    return reporters[name], file


def write_data_reports(report: DataReport, reports: Iterable[Wanted], plugins: Plugins, screen: Screen) -> None:
    """Write the reports; each file that is not called as was asked for is named. Raises UsageError where data would be lost."""
    data = {os.path.realpath(one.file) for one in (*report.tables, *report.problems)}
    for reporter, asked in reports:
        documents = pipeline.write_data_report(report, reporter, plugins)
        for document, file in zip(documents, _files(asked, documents)):
            if os.path.realpath(file) in data:
                raise UsageError("U47", file=file)
            write_whole(file, document.content)
            (screen.progress if file == asked else screen.say)("U48", file=file)


def _files(asked: str, documents: Sequence[Document]) -> Iterator[str]:
    """What the files are called: as was asked for, or, where there are several, with the title of each; no two alike."""
    path = Path(asked)
    used: set[str] = set()
    for document in documents:
        title = re.sub(r"[^\w.-]", "_", document.title)
        stem = path.stem if len(documents) == 1 else f"{path.stem}-{title}"
        suffix = document.suffix if document.suffix != path.suffix.lower() else path.suffix
        name, number = stem + suffix, 2
        while name in used:
            name, number = f"{stem}-{number}{suffix}", number + 1
        used.add(name)
        yield asked if name == path.name else str(path.with_name(name))
