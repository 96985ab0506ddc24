"""`policy demo`: the whole story on a sample in one go."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.arguments import Arguments, Flag
from policy.cli.judging import DEFAULT_PACK, load
from policy.cli.outputs import write
from policy.cli.sample import find_sample, write_sample
from policy.cli.screen import Screen
from policy.hooks.manager import load_plugins
from policy.hooks.spec import Look

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang import ir

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = ""
FLAGS = (Flag("directory", "U254", metavar="DIR", short="o", default="demo"),)
EXAMPLES = ("policy demo", "policy demo -o 演示")


def run(arguments: Arguments, screen: Screen) -> int:
    """Write the sample, check it in each way that is worth showing, and say what to try next."""
    plugins = load_plugins()
    loaded = load(DEFAULT_PACK, plugins, screen)
    if loaded.pack is None:
        return 2
    folder = Path(arguments["directory"])
    sample = find_sample(loaded.pack.id, None, plugins)
    book, *_ = write_sample(sample, loaded.pack.vocabulary, 1, folder, "both")
    as_of = sample.as_of or datetime.date.today()
    reading = pipeline.read([str(folder / "csv")], plugins)
    page = folder / "report.html"
    _show(loaded.pack, Look(("", ""), as_of), reading, plugins, screen, (("text", None), ("html", str(page))))
    for look in sample.looks:
        print()
        screen.print("U151", title=look.titles[screen.language == "en"], command=_command(look, book))
        _show(loaded.pack, look, reading, plugins, screen)
    print()
    screen.print("U150", folder=folder, book=book, as_of=as_of, page=page)
    return 0


def _show(
    pack: ir.Pack,
    look: Look,
    reading: pipeline.Reading,
    plugins: Plugins,
    screen: Screen,
    outputs: Iterable[tuple[str, str | None]] = (("text", None),),
) -> None:
    """Write the report on the data as a look asks for it, in these formats, each to a file (None: the screen)."""
    parameters, mistakes = pipeline.set_parameters(pack, look.settings, "--set")
    screen.diagnostics(mistakes)
    request = pipeline.Request(
        look.as_of, pipeline.find_calendar(pack, plugins), screen.language, parameters,
        pipeline.find_rules(pack, look.as_of, look.select, ()), keep_going=True,
    )  # fmt: skip
    report = pipeline.check(pack, reading, request, plugins)
    screen.failures(plugins.failures)
    reporters = {reporter.name: reporter for reporter in plugins.reporters}
    for name, file in outputs:
        write(report, reporters[name], plugins, file, screen)


def _command(look: Look, book: Path) -> str:
    """The command that gives the look."""
    flags = [("--as-of", str(look.as_of)), *(("--select", rule) for rule in look.select), *(("--set", value) for value in look.settings)]
    return " ".join(["policy check", str(book), *(f"{name} {value}" for name, value in flags)])
