"""The cases of packs: run, and compared with what they expect."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from policy.diagnostic import Diagnostic
from policy.lang.keywords import spelling, status_word
from policy.lang.outcome import PROBLEMS
from policy.pipeline.choices import find_calendar
from policy.pipeline.engines import find_engine
from policy.pipeline.faults import functions

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.lang.dates import Calendar
    from policy.lang.facts import Facts
    from policy.lang.outcome import Outcome
    from policy.pipeline.engines import Engine
    from policy.pipeline.packs import LoadedPack

__all__ = ["CaseJudge", "CaseResult", "Difference", "run_cases"]

Difference = tuple[str, tuple[int, int], dict[str, str]]
"""Why a case fails: the code, place in its file and arguments of a diagnostic."""


class CaseResult(NamedTuple):
    """A case and why it failed; it has passed when there is no failure."""

    case: ir.Case
    failures: tuple[Diagnostic, ...]


def run_cases(loaded: LoadedPack, plugins: Plugins, engine: str | Engine = "reference") -> list[CaseResult]:
    """The result of every case of a loaded pack, in their order, by an engine or the one of a name."""
    pack = loaded.pack
    assert pack is not None, "a pack with mistakes has no cases"
    judge = CaseJudge(find_calendar(pack, plugins), functions(plugins), find_engine(engine) if isinstance(engine, str) else engine)
    sources, results = {source.name: source for source in loaded.sources}, []
    for pack, case in [(one, case) for one in pack.all_days() for case in one.cases]:
        diagnostics = [Diagnostic(code, sources[case.file], span, arguments, language=pack.language) for code, span, arguments in judge.whole(pack, case)]
        results.append(CaseResult(case, tuple(diagnostics)))
    return results


class CaseJudge(NamedTuple):
    """What cases are judged with."""

    calendar: Calendar
    functions: Mapping[str, Callable]
    judge: Engine

    def whole(self, pack: ir.Pack, case: ir.Case) -> Iterable[Difference]:
        """Why a case fails."""
        from policy.load.cases import case_facts

        facts, problems = case_facts(case, pack.vocabulary)
        return problems or self.differences(pack, case, facts, frozenset(expectation.rule for expectation in case.expectations))

    def differences(self, pack: ir.Pack, case: ir.Case, facts: Facts, rules: Collection[str]) -> Iterator[Difference]:
        """How the outcomes of rules of a pack, as of the day of a case and on its facts, differ from what it expects of these rules."""
        judgement = self.judge(pack, facts, case.as_of, dict(case.parameters), self.calendar, self.functions, rules, ())
        outcomes = {(outcome.rule, tuple(str(key) for _, key in outcome.subject)): outcome for outcome in judgement.outcomes}
        for expectation in case.expectations:
            if expectation.rule in rules:
                outcome = outcomes.pop((expectation.rule, expectation.subject), None)
                yield from _differences(expectation, outcome, pack.language)
        for (rule, subject), outcome in outcomes.items():
            if outcome.status in PROBLEMS:
                yield "U33", case.span, {"rule": rule, "subject": ",".join(subject), "actual": status_word(outcome.status, pack.language)}


def _differences(expectation: ir.Expectation, outcome: Outcome | None, language: str) -> Iterator[Difference]:
    """How an outcome differs from what was expected of it."""
    status = outcome.status if outcome else "absent"
    if status != expectation.status:
        words = {"expected": status_word(expectation.status, language), "actual": status_word(status, language)}
        yield "U30", expectation.span, words
        return
    found = {name: getattr(outcome, name, None) for name in _TOLD}
    found["bearer"] = outcome.bearer[1] if outcome and outcome.bearer else None
    for name, code in _TOLD.items():
        expected, actual = getattr(expectation, name), found[name]
        if expected is not None and actual != expected:
            said = [spelling(value.upper(), language) if name == "severity" else str(value or "—") for value in (expected, actual)]
            yield code, expectation.span, {"expected": said[0], "actual": said[1]}


_TOLD = {"due": "U31", "fulfilled": "U32", "bearer": "U420", "severity": "U421"}
"""What a case may expect besides the status, with the code of what is said where it does not come true."""
