"""The meaning of the language as cases, for every engine: `conformance/*.policy` are packs whose cases must come true."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy.relational import kept
from policy.testing.conformance import engine_failures, packs

BASE = Path(__file__).parents[1] / "rules" / "supervision_talks"


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize("path", packs(), ids=lambda path: path.stem)
def test_cases_come_true(path: Path, engine: str) -> None:
    assert engine_failures(engine, path) == []


@pytest.mark.parametrize("path", packs(), ids=lambda path: path.stem)
def test_cases_come_true_judged_in_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PART", 2)
    assert engine_failures("duckdb", path) == []


@pytest.mark.deep
def test_the_cases_of_the_base_pack_come_true_on_the_other_engine() -> None:
    assert engine_failures("duckdb", BASE) == []
