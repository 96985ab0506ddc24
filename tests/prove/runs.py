"""Cases of packs as runs whose outcomes can be proved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from policy.hooks.manager import load_plugins
from policy.interpret import judge
from policy.lang import ir
from policy.lang.outcome import Outcome
from policy.lang.proof import Premises
from policy.load import case_facts
from policy.pipeline import find_calendar, load_pack

__all__ = ["BASE", "PACKS", "VARIANTS", "Run", "run_of", "runs"]

ROOT = Path(__file__).parents[2]
PACKS = sorted((ROOT / "tests" / "conformance").glob("*.policy"))
BASE = ROOT / "rules" / "supervision_talks"
VARIANTS = sorted(path for path in (ROOT / "rules").iterdir() if path.is_dir() and path != BASE)
PLUGINS = load_plugins()
FUNCTIONS = {name: function.call for name, function in PLUGINS.functions.items()}


class Run(NamedTuple):
    """A case with what its rules say of it."""

    case: ir.Case
    premises: Premises
    outcomes: tuple[Outcome, ...]


@cache
def _loaded(path: Path) -> ir.Pack:
    pack = load_pack(path, PLUGINS).pack
    assert pack is not None
    return pack


def runs(path: Path) -> Iterator[Run]:
    """The cases of a pack, of all its days."""
    whole = _loaded(path)
    yield from (run_of(pack, case) for pack in whole.all_days() for case in pack.cases)


def run_of(pack: ir.Pack, case: ir.Case) -> Run:
    """A case, judged by all rules of its pack."""
    facts, problems = case_facts(case, pack.vocabulary)
    assert not problems
    calendar, chosen = find_calendar(pack, PLUGINS), dict(case.parameters)
    outcomes = judge(pack, facts, case.as_of, chosen, calendar, FUNCTIONS).outcomes
    in_force = {name: chosen.get(name, parameter.default) for name, parameter in pack.parameters.items()}
    of = lambda rule: tuple(outcome for outcome in outcomes if outcome.rule == rule)  # noqa: E731
    return Run(case, Premises(pack, facts, case.as_of, in_force, calendar, FUNCTIONS, of), tuple(outcomes))
