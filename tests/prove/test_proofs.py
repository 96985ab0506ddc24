"""The proofs of the outcomes of cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policy.lang.proof import KINDS, Line
from policy.prove import Proofs
from tests.prove.runs import BASE, PACKS, VARIANTS, runs


def proved(path: Path, every: int = 1) -> int:
    """Makes the proofs of the outcomes of each `every`-th case of a pack; tells how many."""
    count = 0
    for run in runs(path, every):
        made = {language: Proofs(run.premises, language) for language in ("zh", "en")}
        for number, outcome in enumerate(run.outcomes):
            language = ("zh", "en")[number % 2]
            proof = made[language].of(outcome)
            lines = list(unfolded(proof.lines))
            assert (proof.status, proof.rule, lines[0].kind) == (outcome.status, outcome.rule, "verdict")
            assert {line.kind for line in lines} <= set(KINDS)
            assert all("\n" not in line.text and line.truth in ("", "true", "false", "unknown") for line in lines)
            count += 1
    return count


def unfolded(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from unfolded(line.lines)


@pytest.mark.parametrize("path", [*PACKS, *VARIANTS], ids=lambda path: path.stem)
def test_every_outcome_has_a_proof(path: Path) -> None:
    assert proved(path)


def test_outcomes_of_the_rules_that_ship_have_proofs() -> None:
    assert proved(BASE, 100) > 300


@pytest.mark.deep
def test_many_outcomes_of_the_rules_that_ship_have_proofs() -> None:
    assert proved(BASE, 10) > 3_000
