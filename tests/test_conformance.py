"""The meaning of the language as cases, for every engine: `conformance/*.policy` are packs whose cases must come true."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy.hooks.manager import load_plugins
from policy.messages.render import render
from policy.pipeline import load_pack, run_cases

PACKS = sorted(Path(__file__).with_name("conformance").glob("*.policy"))
BASE = Path(__file__).parents[1] / "rules" / "supervision_talks"


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_cases_come_true(path: Path, engine: str) -> None:
    assert results(path, engine) == []


@pytest.mark.deep
def test_the_cases_of_the_base_pack_come_true_on_the_other_engine() -> None:
    assert results(BASE, "duckdb") == []


def results(path: Path, engine: str) -> list[str]:
    """What fails in the cases of a pack; there are some."""
    plugins = load_plugins()
    loaded = load_pack(path, plugins)
    assert loaded.pack is not None, "\n".join(render(diagnostic, "en") for diagnostic in loaded.diagnostics)
    results = run_cases(loaded, plugins, engine)
    assert results
    return [render(failure, "en") for result in results for failure in result.failures]
