"""What in a pack is worth a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.pipeline.packs import parsed

if TYPE_CHECKING:
    from pathlib import Path

    from policy.diagnostic import Diagnostic
    from policy.hooks.manager import Plugins
    from policy.lang import ir

__all__ = ["lint_pack"]


def lint_pack(path: Path, pack: ir.Pack, plugins: Plugins) -> list[Diagnostic]:
    """The findings in the files of a pack that was loaded from a path with its cases, by file and place."""
    from policy.lint import lint

    layers, _ = parsed(path, plugins)
    return lint(layers[-1].files, pack)
