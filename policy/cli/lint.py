"""`policy lint`: what in a pack is worth a second look."""

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
EXAMPLES = ("policy lint", "policy lint rules/my_pack")


def run(arguments: Arguments, screen: Screen) -> int:
    """List what is found in each pack; 1 where there is something, 2 where a pack does not load."""
    from policy.pipeline.linting import lint_pack

    plugins, status = load_plugins(), 0
    for name in arguments.words or (DEFAULT_PACK,):
        loaded = load(name, plugins, screen, cases=True)
        if loaded.pack is None:
            status = 2
            continue
        found = lint_pack(pipeline.find_pack(name, plugins), loaded.pack, plugins)
        for diagnostic in found:
            screen.diagnostics([diagnostic], sys.stdout)
            print()
        screen.print("U434" if found else "U435", pack=loaded.pack.id, count=len(found))
        status = max(status, 1 if found else 0)
    return status
