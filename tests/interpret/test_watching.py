"""Watching raises on no data and changes no outcome."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.hooks.manager import load_plugins
from policy.interpret import judge
from policy.interpret.watching import Watch
from policy.lang.dates import WEEKENDS
from policy.testing import days, decided, facts
from policy.testing.conformance import packs
from tests.packs import pack_of

FUNCTIONS = {name: function.call for name, function in load_plugins().functions.items()}


@pytest.mark.parametrize("path", packs(), ids=lambda path: path.stem)
@settings(suppress_health_check=list(HealthCheck), max_examples=12)
@given(data=st.data())
def test_who_is_watched_comes_to_the_same(path: Path, data: st.DataObject) -> None:
    pack, watch = pack_of(path), Watch()
    as_of = data.draw(days(pack))
    arguments = pack.edition(as_of), data.draw(decided(facts(pack, as_of, cycles=True, most=3), pack)), as_of, {}, WEEKENDS, FUNCTIONS
    assert judge(*arguments, watch=watch).outcomes == judge(*arguments).outcomes
    assert all(watch.decided[atom] <= watch.seen[atom] for atom in watch.decided)
