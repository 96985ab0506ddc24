"""The exact text of every mistake in `tests/bad`, of what is found in `tests/verify`, and of a small document: made, and recorded anew (`python -m tests.record`)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from policy.diagnostic import Diagnostic
from policy.document import as_markdown
from policy.messages.render import render
from policy.parse import parse_file
from policy.source import Source
from tests import verified
from tests.document import packs as documents

__all__ = ["BAD", "LANGUAGES", "bad_files", "recorded", "rendered"]

BAD = Path(__file__).parent / "bad"
LANGUAGES = ("zh", "en")


def bad_files() -> list[str]:
    """The files, each a whole pack, by topic and name: `syntax/missing-end`."""
    return sorted(path.relative_to(BAD).with_suffix("").as_posix() for path in BAD.glob("*/*.policy"))


def recorded(name: str, language: str) -> Path:
    """Where the text of a file's mistakes is kept."""
    return BAD / f"{name}.{language}.txt"


def rendered(name: str, language: str) -> str:
    """The mistakes of a file as the user reads them, by place, with a blank line between each other."""
    diagnostics = sorted(_diagnostics(f"{name}.policy"), key=lambda found: (found.source.name, found.span))
    return "\n\n".join(render(diagnostic, language) for diagnostic in diagnostics) + "\n"


def _diagnostics(file: str) -> Iterable[Diagnostic]:
    if file.startswith("syntax/"):
        return parse_file(Source(file, (BAD / file).read_text("utf-8")))[1]
    from policy.hooks.manager import load_plugins
    from policy.pipeline import load_pack

    with contextlib.chdir(BAD):  # so that no folder of this machine stands in a text
        return load_pack(Path(file), load_plugins()).diagnostics


def _record() -> None:
    for name in bad_files():
        for language in LANGUAGES:
            recorded(name, language).write_text(rendered(name, language), "utf-8")
    for name in verified.broken_packs():
        for language in LANGUAGES:
            verified.recorded(name, language).write_text(verified.said(name, language).text, "utf-8")
    for name in verified.variants():
        for language in LANGUAGES:
            verified.recorded(name, language).write_text(verified.compared(name, language).text, "utf-8")
    for language in LANGUAGES:
        documents.recorded(language).write_text(as_markdown(documents.told(documents.handbook(), language)), "utf-8")


if __name__ == "__main__":
    _record()
