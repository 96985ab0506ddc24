"""`policy fmt`: one canonical layout for rule files, in either language."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, choice
from policy.cli.files import write_whole
from policy.cli.screen import Screen, UsageError
from policy.pipeline import texts
from policy.source import Source

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "[FILES…]"
FLAGS = (
    # a locale, or a variable for messages, must not translate files
    Flag("lang", "U240", metavar="zh|en", read=choice("zh", "en"), environment=False),
    Flag("check", "U241"),
    Flag("diff", "U242"),
)
EXAMPLES = ("policy fmt rules/", "policy fmt --check", "policy fmt --lang en - < 规则.policy")


def run(arguments: Arguments, screen: Screen) -> int:
    """Format the files in place; 2 where one has mistakes (and stays as it is), 1 where `--check` finds one to change."""
    worst, changed = 0, 0
    for path in _files(arguments.words or (".",)):
        source = _source(path)
        if source is None:
            screen.say("U00", said=screen.text("U122", file=path))
            worst = 2
            continue
        text, diagnostics = texts.format_text(source, arguments["lang"])
        if text is None:
            screen.diagnostics(diagnostics)
            worst = 2
            continue
        changed += text != source.text
        _use(path, source, text, arguments, screen)
    if changed and arguments["check"]:
        screen.say("U120", count=changed)
        return max(worst, 1)
    return worst


def _files(locations: Iterable[str]) -> Iterable[str]:
    """The rule files at the locations; of a folder those in its sub-folders too. `-` is standard input."""
    for location in locations:
        path = Path(location)
        if location == "-" or path.is_file():
            yield location
        elif path.is_dir():
            yield from pipeline.rule_files(path)
        else:
            raise UsageError("U121", file=location)


def _source(path: str) -> Source | None:
    """The text of a file, or None where it is not UTF-8."""
    content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    try:
        return Source("-" if path == "-" else path, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None


def _use(path: str, source: Source, text: str, arguments: Arguments, screen: Screen) -> None:
    """Show the difference, name the file, or write it."""
    if arguments["diff"]:
        _show_difference(source, text)
    elif arguments["check"]:
        if text != source.text:
            print(source.name)
    elif path == "-":
        screen.results.write(text.encode())
    elif text != source.text:
        write_whole(path, text.encode())
        screen.progress("U19", file=path)


def _show_difference(source: Source, text: str) -> None:
    from difflib import unified_diff

    before, after = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    sys.stdout.writelines(unified_diff(before, after, source.name, source.name))
