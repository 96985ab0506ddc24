"""`policy test`: run the cases of packs, and try whether they would notice a change."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.arguments import Arguments, Flag
from policy.cli.judging import DEFAULT_PACK, load
from policy.cli.screen import Screen
from policy.hooks.manager import load_plugins

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "[PACK…]"
FLAGS = (Flag("mutate", "U422"),)
EXAMPLES = ("policy test", "policy test rules/my_pack", "policy test --mutate rules/my_pack")


def run(arguments: Arguments, screen: Screen) -> int:
    """Run the cases of each pack; 1 where one fails or a change goes unnoticed, 2 where a pack does not load."""
    plugins = load_plugins()
    return max(_test(name, arguments, plugins, screen) for name in arguments.words or (DEFAULT_PACK,))


def _test(name: str, arguments: Arguments, plugins: Plugins, screen: Screen) -> int:
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
    if failed and arguments["mutate"]:
        screen.say("U425")
    elif arguments["mutate"]:
        return _mutate(name, loaded, plugins, screen)
    return 1 if failed else 0


def _mutate(name: str, loaded: pipeline.LoadedPack, plugins: Plugins, screen: Screen) -> int:
    """List the changes that no case notices, and explanations of what is none."""
    from policy.pipeline.mutation import mutate

    path = pipeline.find_pack(name, plugins)
    found = mutate(path, loaded.pack, plugins, tell=lambda tried: screen.progress("U423", tried=tried))
    for diagnostic in (*found.alive, *found.stale):
        screen.diagnostics([diagnostic], sys.stdout)
        print()
    counts = {"tried": found.tried, "noticed": found.noticed, "explained": found.explained, "alive": len(found.alive)}
    screen.print("U424", pack=loaded.pack.id, **counts)
    return 1 if found.alive or found.stale else 0
