"""`policy test`: run the cases of packs."""

from __future__ import annotations

import sys

from policy import pipeline
from policy.cli.arguments import Arguments
from policy.cli.judging import DEFAULT_PACK, load
from policy.cli.screen import Screen
from policy.hooks.manager import load_plugins

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "[PACK…]"
FLAGS = ()
EXAMPLES = ("policy test", "policy test rules/my_pack")


def run(arguments: Arguments, screen: Screen) -> int:
    """Run the cases of each pack; 1 where one fails, 2 where a pack does not load."""
    plugins = load_plugins()
    return max(_test(name, plugins, screen) for name in arguments.words or (DEFAULT_PACK,))


def _test(name: str, plugins, screen: Screen) -> int:
    loaded = load(name, plugins, screen, cases=True)
    if loaded.pack is None:
        return 2
    results = pipeline.run_cases(loaded, plugins)
    screen.failures(plugins.failures)
    failed = [result for result in results if result.failures]
    for result in failed:
        screen.print("U110", title=result.case.title)
        screen.diagnostics(result.failures, sys.stdout)
        print()
    screen.print("U112" if failed else "U111" if results else "U113", pack=loaded.pack.id, cases=len(results), failed=len(failed))
    return 1 if failed else 0
