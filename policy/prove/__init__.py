"""ir + facts + outcome → proof: why an outcome is what it is."""

from __future__ import annotations

from policy.lang.outcome import Outcome
from policy.lang.proof import Premises, Proof
from policy.prove.checker import Checker
from policy.prove.decide import deciding
from policy.prove.outcomes import Prover
from policy.prove.tell import tell

__all__ = ["Prover", "ProofError", "Proofs"]


class ProofError(Exception):
    """An outcome for which there is no proof, or none that the checker accepts: a fault of the program.

    It names the rule and where the fault is, and nothing of the data.
    """


class Proofs:
    """Makes the proofs of the outcomes of a run, in a language (zh or en)."""

    def __init__(self, premises: Premises, language: str) -> None:
        self._prover = Prover(premises)
        self._checker = Checker(premises)
        self._language = language

    def of(self, outcome: Outcome) -> Proof:
        """The proof of an outcome, which the checker has accepted. Raises ProofError."""
        found = self._prover.derive(outcome)
        says = (outcome.status, outcome.due, outcome.due_unrolled, outcome.fulfilled, outcome.excuse, outcome.missing)
        if says != (found.status, found.due_day, found.due_unrolled, found.fulfilled, found.excuse, found.missing):
            raise ProofError(f"{outcome.rule}: the steps come to another outcome")
        fault = self._checker.check(found)
        if fault is not None:
            raise ProofError(f"{outcome.rule}: the checker refuses {fault.part}")
        return tell(found, self._prover.world, self._language, lambda conditions: deciding(outcome, found, self._prover, conditions))
