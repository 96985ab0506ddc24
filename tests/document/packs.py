"""The pack of `tests/data/handbook`, others like it, and their documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import attrs

from policy import pipeline
from policy.document import build_document
from policy.hooks.manager import load_plugins
from policy.lang import ir
from policy.lang.document import Document
from policy.pipeline import texts

__all__ = ["HANDBOOK", "LANGUAGES", "handbook", "load", "recorded", "told"]

HANDBOOK = Path(__file__).parents[1] / "data" / "handbook"
LANGUAGES = ("zh", "en")


def load(folder: Path) -> ir.Pack:
    """The pack of a folder."""
    loaded = pipeline.load_pack(folder, load_plugins())
    assert loaded.pack is not None, [(one.code, one.arguments, one.source.name, one.span) for one in loaded.diagnostics]
    return loaded.pack


@cache
def handbook() -> ir.Pack:
    """The pack of `tests/data/handbook`."""
    return load(HANDBOOK)


def told(pack: ir.Pack, language: str) -> Document:
    """What a document tells of a pack, whatever the version of the program."""
    return attrs.evolve(build_document(pack, *texts.written(pack, language), language), program="policy")


def recorded(language: str) -> Path:
    """Where the Markdown of the handbook is kept."""
    return Path(__file__).parent / f"handbook.{language}.md"
