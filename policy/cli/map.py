"""`policy map`: what the columns of a ledger may mean, and a mapping to correct and keep."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.arguments import Arguments, Flag
from policy.cli.files import write_whole
from policy.cli.judging import DEFAULT_PACK, load, read_level, read_mappings
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins
from policy.lang.secrecy import ORDINARY
from policy.width import harmless, pad, width

if TYPE_CHECKING:
    from policy.load.ledger import Placed, Proposal

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "LEDGER"
FLAGS = (
    Flag("output", "U301", metavar="FILE", short="o"),
    Flag("pack", "U220", metavar="NAME|PATH", short="p", default=DEFAULT_PACK),
    Flag("mapping", "U300", metavar="FILE", many=True),
    Flag("secrecy", "U231", metavar="LEVEL", read=read_level),
)
EXAMPLES = ("policy map 监督谈话台账.xlsx", "policy map 监督谈话台账.xlsx -o mapping.toml")

_CERTAIN = 0.8
"""From here on a column is read without a question."""


def run(arguments: Arguments, screen: Screen) -> int:
    """Show what each column of the sheets that are no tables of the pack may mean; with `-o` write it down as a mapping."""
    if not arguments.words:
        raise UsageError("U302")
    plugins = load_plugins()
    loaded = load(arguments["pack"], plugins, screen)
    if loaded.pack is None:
        return 2
    reading = pipeline.read(arguments.words, plugins, arguments["mapping"])
    screen.problems(reading.problems)
    pipeline.refuse_secrets(loaded.pack, reading, arguments["secrecy"] or ORDINARY)
    mappings, mistakes = read_mappings(arguments, loaded.pack, reading, plugins)
    if mistakes:
        screen.diagnostics(mistakes)
        return 2
    proposals, strange = pipeline.propose(reading.tables, mappings, loaded.pack)
    for proposal in proposals:
        _show(proposal, screen)
    for table in strange:
        screen.print("U310", table=table.sheet or table.file)
    if not proposals:
        raise UsageError("U303", pack=loaded.pack.id)
    if arguments["output"] is None:
        screen.print("U311", file=arguments.words[0])
        return 0
    best = max(proposals, key=lambda one: sum(placed.sure for placed in one.placed))
    write_whole(arguments["output"], _written(best, arguments["output"], screen).encode())
    print(arguments["output"])
    return 0


def _show(proposal: Proposal, screen: Screen) -> None:
    """A sheet: each column with what it seems to be, what that gives and how sure it is; then what could not be placed."""
    table = proposal.table
    screen.print("U304", place=table.sheet or os.path.basename(table.file), mapping=proposal.mapping.name, line=proposal.line)
    rows = [(one.label, one.header, *_meaning(one, screen)) for one in proposal.placed]
    for line in _aligned(rows):
        print(harmless(line), file=screen.out)
    unplaced = [one.header for one in proposal.placed if one.column is None and not one.unused]
    if unplaced:
        screen.print("U305", columns="\n".join(unplaced))
    if proposal.lacking:
        screen.print("U306", columns="\n".join(proposal.lacking))
    print(file=screen.out)


def _meaning(placed: Placed, screen: Screen) -> tuple[str, str]:
    if placed.unused:
        return screen.text("U307"), ""
    if placed.column is None:
        return screen.text("U308"), ""
    fields = "\n".join(f"{entity}.{field}" for entity, field in placed.fields)
    sure = f"{placed.sure:.0%}" + (screen.text("U309") if placed.sure < _CERTAIN else "")
    return screen.text("U312", column=placed.column, fields=fields) if fields else placed.column, sure


def _aligned(rows: Sequence[tuple[str, str, str, str]]) -> Iterator[str]:
    widths = [max(width(row[place]) for row in rows) for place in range(3)]
    for label, header, meaning, sure in rows:
        yield f"  {pad(label, widths[0])}  {pad(header, widths[1])}  {pad(sure, 6)}  {meaning}".rstrip()


def _written(proposal: Proposal, file: str, screen: Screen) -> str:
    """A mapping based on the one that fits best, with the sheet's own headers; remarks say how sure they are."""
    base = proposal.mapping.name
    name = os.path.splitext(os.path.basename(proposal.table.file))[0]
    unplaced = [one for one in proposal.placed if one.column is None and not one.unused]
    placed = sorted((one for one in proposal.placed if one.column is not None), key=lambda one: one.sure)
    lines = [screen.text("U320", base=base, file=os.path.basename(file)), "", f"名称 = {_quoted(name)}", f"基于 = {_quoted(base)}"]
    if unplaced:
        lines += ["", screen.text("U321"), f"不用 = [{', '.join(_quoted(one.header) for one in unplaced)}]"]
    lines += ["", "[列]"]
    for one in placed:
        remark = screen.text("U322", label=one.label, sure=f"{one.sure:.0%}")
        remark += screen.text("U323") if one.sure < _CERTAIN else ""
        lines.append(f"{one.column} = {_quoted(one.header)}  # {remark}")
    if proposal.lacking:
        lines += ["", screen.text("U324", columns="\n".join(proposal.lacking))]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
