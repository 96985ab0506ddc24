"""`policy new`: a working start for something of the author's own."""

from __future__ import annotations

import re
from pathlib import Path

from policy.cli.arguments import Arguments, Flag
from policy.cli.files import write_whole
from policy.cli.judging import load
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins
from policy.pipeline import texts
from policy.pipeline.cases import run_cases
from policy.source import Source

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "pack NAME"
FLAGS = (
    Flag("extends", "U261", metavar="PACK"),
    Flag("directory", "U262", metavar="DIR", short="o", default="."),
)
EXAMPLES = ("policy new pack our_office --extends supervision_talks", "policy new pack our_rules -o rules/")

_KINDS = ("pack",)


def run(arguments: Arguments, screen: Screen) -> int:
    """Write the files of a new pack into a folder of its name, and run its cases."""
    name = _name(arguments.words)
    folder = Path(arguments["directory"]) / name
    if folder.exists():
        raise UsageError("U264", folder=str(folder))
    plugins = load_plugins()
    if arguments["extends"] is None:
        from policy.cli.starts import own_pack

        files = own_pack(name, screen.language)
    else:
        loaded = load(arguments["extends"], plugins, screen)
        if loaded.pack is None:
            return 2
        if loaded.pack.id not in plugins.packs and not (folder.parent / loaded.pack.id).is_dir():
            raise UsageError("U265", base=loaded.pack.id, folder=str(folder.parent))
        from policy.cli.starts import variant

        files = variant(name, loaded.pack, screen.language)
    folder.mkdir(parents=True)
    for file, text in files.items():
        canonical = texts.format_text(Source(file, text), None)[0] if file.endswith(".policy") else text
        assert canonical is not None, file
        write_whole(folder / file, canonical.encode())
        print(folder / file)
    results = run_cases(load(str(folder), plugins, screen, cases=True), plugins)
    assert not any(result.failures for result in results), folder
    screen.print("U267", folder=folder, cases=len(results))
    return 0


def _name(words: tuple[str, ...]) -> str:
    """The name of the new pack. Raises UsageError."""
    if not words:
        raise UsageError("U266", known=" ".join(_KINDS))
    if words[0] not in _KINDS:
        raise UsageError("U263", kind=words[0], known=" ".join(_KINDS))
    if len(words) == 1:
        raise UsageError("U266", known=words[0])
    if len(words) != 2 or not re.fullmatch(r"[^\W\d]\w*", words[1]):
        raise UsageError("U268", word=" ".join(words[1:]))
    return words[1]
