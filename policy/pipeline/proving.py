"""The proofs of the outcomes of a run, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING

from policy.lang.outcome import COUNTED

if TYPE_CHECKING:
    import datetime

    from policy.lang import ir
    from policy.lang.dates import Calendar
    from policy.lang.facts import Facts
    from policy.lang.outcome import Judgement, Outcome
    from policy.lang.proof import Proof

__all__ = ["proofs"]

Judge = Callable[[Collection[str] | None, Collection[str]], "Judgement"]
"""Judges the rules with some ids (None: all); the outcomes of some statuses with all there is to say of them."""


def proofs(
    pack: ir.Pack,
    facts: Facts,
    as_of: datetime.date,
    parameters: Mapping[str, ir.Value],
    calendar: Calendar,
    functions: Mapping[str, Callable],
    *,
    judge: Judge,
    judgement: Judgement,
    rules: Collection[str] | None,
    language: str,
) -> Callable[[Outcome], Proof]:
    """Makes the proof of an outcome of a run in a language; until the first one is asked for, nothing is done.

    The first arguments are those that the run was judged by; `judge` judges other rules in the same way. Raises ProofError where an outcome
    has no proof, which is a fault of the program.
    """

    @cache
    def make() -> Callable[[Outcome], Proof]:
        from policy.lang.proof import Premises
        from policy.prove import Proofs

        in_force = pack.values(parameters)
        read = frozenset(id for rule in pack.rules for id in rule.depends)

        @cache
        def outcomes() -> dict[str, list[Outcome]]:
            whole = rules is None or read <= set(rules)
            return _by_rule(judgement if whole else judge(read, COUNTED), read)

        premises = Premises(pack, facts, as_of, in_force, calendar, functions, lambda rule: tuple(outcomes().get(rule, ())))
        return Proofs(premises, language).of

    return lambda outcome: make()(outcome)


def _by_rule(judgement: Judgement, rules: Collection[str]) -> dict[str, list[Outcome]]:
    """The outcomes that rules about rules see, of these rules."""
    found: dict[str, list[Outcome]] = {}
    for outcome in judgement.outcomes.having(COUNTED):
        if outcome.rule in rules:
            found.setdefault(outcome.rule, []).append(outcome)
    return found
