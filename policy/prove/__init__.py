"""ir + facts + outcome → proof: why an outcome is what it is."""

from __future__ import annotations

from policy.lang.outcome import Outcome
from policy.lang.proof import Premises, Proof
from policy.prove.outcomes import Prover
from policy.prove.tell import tell

__all__ = ["Prover", "ProofError", "Proofs"]


class ProofError(Exception):
    """An outcome for which there is no proof: a fault of the program. It names the rule, and tells nothing of the data."""


class Proofs:
    """Makes the proofs of the outcomes of a run, in a language (zh or en)."""

    def __init__(self, premises: Premises, language: str) -> None:
        self._prover = Prover(premises)
        self._language = language

    def of(self, outcome: Outcome) -> Proof:
        """The proof of an outcome. Raises ProofError where the steps do not come to what the outcome says."""
        found = self._prover.derive(outcome)
        says = (outcome.status, outcome.due, outcome.due_unrolled, outcome.fulfilled, outcome.excuse, outcome.missing)
        if says != (found.status, found.due_day, found.due_unrolled, found.fulfilled, found.excuse, found.missing):
            raise ProofError(f"the steps of {outcome.rule} do not come to its outcome")
        return tell(found, self._prover.world, self._language)
