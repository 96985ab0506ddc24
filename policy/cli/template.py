"""`policy template`: an empty workbook to fill in, with a sheet for each table or with the ledgers of a pack; or the template of a report."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, choice
from policy.cli.files import write_whole
from policy.cli.judging import DEFAULT_PACK, load
from policy.cli.report_template import write_template
from policy.cli.sample import labelled
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins
from policy.pipeline import texts

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang import ir

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = ""
FLAGS = (
    Flag("pack", "U220", metavar="NAME|PATH", short="p", default=DEFAULT_PACK),
    Flag("ledger", "U500"),
    Flag("output", "U270", metavar="FILE", short="o"),
    Flag("report", "U342", metavar="FORMAT"),
    Flag("lang", "U271", metavar="zh|en", read=choice("zh", "en")),
)
EXAMPLES = (
    "policy template -o 模板.xlsx",
    "policy template --ledger",
    "policy template --pack rules/my_pack --lang en",
    "policy template --report docx -o 督办单模板.docx",
)

_NAMES = {"zh": "模板.xlsx", "en": "template.xlsx"}
_LEDGERS = {"zh": "台账.xlsx", "en": "ledger.xlsx"}
_SUFFIX = ".xlsx"


def run(arguments: Arguments, screen: Screen) -> int:
    """Write the workbook of a pack's tables or ledgers, or the template of a report, and print its name.

    A file that is there stays, as somebody may have worked on it.
    """
    asked = arguments["output"]
    if arguments["report"]:
        return write_template(arguments["report"], asked, screen)
    if asked is not None and os.path.splitext(asked)[1].lower() != _SUFFIX:
        raise UsageError("U272", file=asked)
    plugins = load_plugins()
    loaded = load(arguments["pack"], plugins, screen)
    if loaded.pack is None:
        return 2
    language = screen.asked or loaded.pack.language
    file = asked or (_LEDGERS if arguments["ledger"] else _NAMES)[language]
    if os.path.lexists(file):
        raise UsageError("U273", file=file)
    examples = _examples(loaded.pack, language, plugins)
    if arguments["ledger"]:
        path = pipeline.find_pack(arguments["pack"], plugins)
        mappings, mistakes = pipeline.all_mappings(loaded.pack, path, (), plugins)
        if mistakes:
            screen.diagnostics(mistakes)
            return 2
        write_whole(file, texts.ledger_template(loaded.pack, mappings, language, examples))
    else:
        write_whole(file, texts.template(loaded.pack, language, examples))
    print(file)
    return 0


def _examples(pack: ir.Pack, language: str, plugins: Plugins) -> Mapping[str, str]:
    """A value for each field (`talk.end`) that a sample of the pack, or of one that it is laid over, has one for."""
    packs = (pack.id, *(id for id, _ in pack.extends))
    sample = next((sample for id in packs for sample in plugins.samples if sample.pack == id), None)
    examples: dict[str, str] = {}
    for name, (header, rows) in (sample.make(1) if sample else {}).items():
        if pack.vocabulary.entity(name) is None:
            continue
        _, _, cells = labelled(pack.vocabulary, name, header, rows) if language == "zh" else (None, None, rows)
        for column, values in zip(header, zip(*cells)):
            value = next((value for value in values if value is not None), None)
            if value is not None:
                examples[f"{name}.{column}"] = _shown(value)
    return examples


def _shown(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
