"""The meaning of the language as cases, for every engine: `conformance/*.policy` are packs whose cases must come true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from policy.relational import Exhausted, kept
from policy.relational.tables import Store
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


@pytest.mark.parametrize("path", packs(), ids=lambda path: path.stem)
def test_cases_come_true_judged_in_smaller_parts_where_memory_is_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LEAST", 0)
    keep, tried = Store.keep, Counter[tuple[int, str]]()

    def short(store: Store, name: str, query: object, more: bool = False) -> None:
        keep(store, name, query, more)
        if name.startswith("found ") and not more:
            tried[id(store), name] += 1
            if tried[id(store), name] < 3:
                raise Exhausted("memory", "1 MB")

    monkeypatch.setattr(Store, "keep", short)
    assert engine_failures("duckdb", path) == []
    assert 3 in tried.values()


def test_memory_that_is_too_short_for_small_parts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(store: Store, name: str, query: object, more: bool = False) -> None:
        raise Exhausted("memory", "1 MB")

    monkeypatch.setattr(Store, "keep", short)
    with pytest.raises(Exhausted):
        engine_failures("duckdb", packs()[0])


@pytest.mark.deep
def test_the_cases_of_the_base_pack_come_true_on_the_other_engine() -> None:
    assert engine_failures("duckdb", BASE) == []
