"""The meaning of the language as cases, for every engine: `conformance/*.policy` are packs whose cases must come true."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy.hooks.manager import load_plugins
from policy.messages.render import render
from policy.pipeline import load_pack, run_cases

PACKS = sorted(Path(__file__).with_name("conformance").glob("*.policy"))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_cases_come_true(path: Path) -> None:
    plugins = load_plugins()
    loaded = load_pack(path, plugins)
    assert loaded.pack is not None, "\n".join(render(diagnostic, "en") for diagnostic in loaded.diagnostics)
    results = run_cases(loaded, plugins)
    failures = [render(failure, "en") for result in results for failure in result.failures]
    assert not failures, "\n\n".join(failures)
    assert results
