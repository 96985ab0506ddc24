"""Cases of packs as runs whose outcomes can be proved."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from policy.hooks.manager import load_plugins
from policy.interpret import judge
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts
from policy.lang.outcome import Outcome
from policy.lang.proof import Premises
from policy.load.cases import case_facts
from policy.pipeline import find_calendar, load_pack

__all__ = ["BASE", "PACKS", "VARIANTS", "Run", "judged", "loaded", "runs"]

ROOT = Path(__file__).parents[2]
PACKS = sorted((ROOT / "tests" / "conformance").glob("*.policy"))
BASE = ROOT / "rules" / "supervision_talks"
VARIANTS = sorted(path for path in (ROOT / "rules").iterdir() if path.is_dir() and path != BASE)
PLUGINS = load_plugins()
FUNCTIONS = {name: function.call for name, function in PLUGINS.functions.items()}


class Run(NamedTuple):
    """Facts with what rules say of them."""

    premises: Premises
    outcomes: tuple[Outcome, ...]


@cache
def loaded(path: Path) -> tuple[ir.Pack, Calendar]:
    """A pack with its calendar."""
    pack = load_pack(path, PLUGINS).pack
    assert pack is not None
    return pack, find_calendar(pack, PLUGINS)


def runs(path: Path, every: int = 1) -> Iterator[Run]:
    """The cases of a pack, of all its days; of many each `every`-th."""
    whole, calendar = loaded(path)
    for pack, case in [(pack, case) for pack in whole.all_days() for case in pack.cases][::every]:
        facts, problems = case_facts(case, pack.vocabulary)
        assert not problems
        yield judged(pack, facts, case.as_of, dict(case.parameters), calendar)


def judged(
    pack: ir.Pack, facts: Facts, as_of: datetime.date, chosen: dict[str, ir.Value], calendar: Calendar, rules: set[str] | None = None
) -> Run:
    """Facts, judged by rules of a pack."""
    outcomes = tuple(judge(pack, facts, as_of, chosen, calendar, FUNCTIONS, rules).outcomes)
    in_force = {name: chosen.get(name, parameter.default) for name, parameter in pack.parameters.items()}
    by_rule: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_rule.setdefault(outcome.rule, []).append(outcome)
    return Run(Premises(pack, facts, as_of, in_force, calendar, FUNCTIONS, lambda rule: tuple(by_rule.get(rule, ()))), outcomes)
