"""`policy test`: run the cases of packs, say what they reach, and try whether they would notice a change."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.arguments import Arguments, Flag
from policy.cli.files import write_whole
from policy.cli.judging import DEFAULT_PACK, load
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins
from policy.pipeline.cases import run_cases

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]


def _percent(text: str) -> float:
    """Reads a percentage."""
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise UsageError("U431", value=text)
    return value


USAGE = "[PACK…]"
FLAGS = (
    Flag("coverage", "U426"),
    Flag("coverage-min", "U427", metavar="N", read=_percent),
    Flag("coverage-html", "U428", metavar="FILE"),
    Flag("coverage-json", "U429", metavar="FILE"),
    Flag("mutate", "U422"),
)
EXAMPLES = ("policy test", "policy test rules/my_pack --coverage-html coverage.html --coverage-min 90", "policy test --mutate rules/my_pack")

_FILES = {"coverage-html": "html", "coverage-json": "json"}


def run(arguments: Arguments, screen: Screen) -> int:
    """Run the cases of each pack; 1 where one fails or a change goes unnoticed, 2 where a pack does not load."""
    plugins = load_plugins()
    for flag in _FILES:
        if arguments[flag] and len(arguments.words) > 1:
            raise UsageError("U432", flag=f"--{flag}")
    return max(_test(name, arguments, plugins, screen) for name in arguments.words or (DEFAULT_PACK,))


def _test(name: str, arguments: Arguments, plugins: Plugins, screen: Screen) -> int:
    loaded = load(name, plugins, screen, cases=True)
    if loaded.pack is None:
        return 2
    results = run_cases(loaded, plugins)
    screen.failures(plugins.failures)
    failed = [result for result in results if result.failures]
    for result in failed:
        screen.print("U110", title=result.case.title)
        screen.diagnostics(result.failures, sys.stdout)
        print()
    screen.print("U112" if failed else "U111" if results else "U113", pack=loaded.pack.id, cases=len(results), failed=len(failed))
    status = 1 if failed else 0
    if arguments["coverage"] or arguments["coverage-min"] is not None or any(arguments[flag] for flag in _FILES):
        status = max(status, _cover(name, loaded, arguments, plugins, screen))
    if failed and arguments["mutate"]:
        screen.say("U425")
    elif arguments["mutate"]:
        status = max(status, _mutate(name, loaded, plugins, screen))
    return status


def _cover(name: str, loaded: pipeline.LoadedPack, arguments: Arguments, plugins: Plugins, screen: Screen) -> int:
    """Say what the cases reach, and write it to files."""
    from policy.pipeline.coverage import cover, told

    found = cover(pipeline.find_pack(name, plugins), loaded, plugins)
    for flag, form in _FILES.items():
        if arguments[flag]:
            write_whole(arguments[flag], told(found, loaded, form, screen.language).encode())
            screen.progress("U19", file=arguments[flag])
    print(told(found, loaded, "text", screen.language), end="")
    wanted = arguments["coverage-min"]
    if wanted is None or found.percent >= wanted:
        return 0
    screen.say("U430", pack=found.pack, percent=f"{found.percent:.1f}", wanted=f"{wanted:g}")
    return 1


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
