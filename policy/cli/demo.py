"""`policy demo`: the whole story on a sample in one go."""

from __future__ import annotations

import datetime
from pathlib import Path

from policy import pipeline
from policy.cli.arguments import Arguments, Flag
from policy.cli.check import DEFAULT_PACK, load, write
from policy.cli.sample import find_sample, write_sample
from policy.cli.screen import Screen
from policy.hooks.manager import load_plugins

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = ""
FLAGS = (Flag("directory", "U254", metavar="DIR", short="o", default="demo"),)
EXAMPLES = ("policy demo", "policy demo -o 演示")


def run(arguments: Arguments, screen: Screen) -> int:
    """Write the sample, check it, print the report and say what to try next."""
    plugins = load_plugins()
    loaded = load(DEFAULT_PACK, plugins, screen)
    if loaded.pack is None:
        return 2
    folder = Path(arguments["directory"])
    sample = find_sample(loaded.pack.id, None, plugins)
    book, *_ = write_sample(sample, loaded.pack.vocabulary, 1, folder, "both")
    as_of = sample.as_of or datetime.date.today()
    request = pipeline.Request(as_of, pipeline.find_calendar(loaded.pack, plugins), screen.language, keep_going=True)
    report = pipeline.check(loaded.pack, pipeline.read([str(folder / "csv")], plugins), request, plugins)
    screen.failures(plugins.failures)
    reporter = next(reporter for reporter in plugins.reporters if reporter.name == "text")
    write(report, reporter, plugins, None, screen)
    print()
    screen.print("U150", folder=folder, book=book, as_of=as_of)
    return 0
