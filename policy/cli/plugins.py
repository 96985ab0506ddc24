"""`policy plugins`: what is installed, and from where."""

from __future__ import annotations

from policy.cli.arguments import Arguments, table
from policy.cli.screen import Screen
from policy.hooks.manager import load_plugins

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = ""
FLAGS = ()
EXAMPLES = ("policy plugins",)


def run(arguments: Arguments, screen: Screen) -> int:
    """List the plug-ins and what they give; 2 where one could not be loaded."""
    plugins = load_plugins()
    failures = plugins.check()
    for plugin in plugins.installed:
        screen.print("U130", name=plugin.name, distribution=plugin.distribution, version=plugin.version, location=plugin.location)
        screen.print("U131", hooks=" ".join(plugin.hooks) or "—")
    print()
    print("\n".join(table([(screen.text(code), words) for code, words in _given(plugins)])))
    screen.failures(failures)
    return 2 if failures else 0


def _given(plugins) -> list[tuple[str, str]]:
    return [
        ("U132", " ".join(sorted(suffix for source in plugins.sources for suffix in source.suffixes))),
        ("U138", " ".join(sorted(scheme for database in plugins.databases for scheme in database.schemes)) or "—"),
        ("U133", " ".join(sorted(reporter.name for reporter in plugins.reporters))),
        ("U139", " ".join(sorted(reporter.name for reporter in plugins.data_reporters)) or "—"),
        ("U134", " ".join(sorted(plugins.functions)) or "—"),
        ("U135", " ".join(sorted(plugins.calendars)) or "—"),
        ("U136", " ".join(sorted(plugins.packs)) or "—"),
        ("U137", " ".join(f"{sample.pack}/{sample.name}" for sample in plugins.samples) or "—"),
    ]
