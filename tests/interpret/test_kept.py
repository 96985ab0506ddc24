"""What nobody wants to see is counted, and changes nothing that is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.hooks.manager import load_plugins
from policy.interpret import judge
from policy.lang.dates import Calendar
from policy.lang.outcome import STATUSES
from policy.testing import days, decided, facts
from policy.testing.conformance import packs
from tests.packs import pack_of

FUNCTIONS = {name: function.call for name, function in load_plugins().functions.items()}
UNPUBLISHED = Calendar("none", 1, 0, frozenset(), frozenset())
"""Knows no year, so that every day that is reckoned by it is beyond it."""


@pytest.mark.parametrize("path", packs(), ids=lambda path: path.stem)
@settings(suppress_health_check=list(HealthCheck), max_examples=12)
@given(data=st.data())
def test_what_is_only_counted_is_counted_right(path: Path, data: st.DataObject) -> None:
    pack = pack_of(path)
    as_of = data.draw(days(pack))
    shown = data.draw(st.sets(st.sampled_from(STATUSES)))
    arguments = pack.edition(as_of), data.draw(decided(facts(pack, as_of, cycles=True, most=3), pack)), as_of, {}, UNPUBLISHED, FUNCTIONS, None, shown
    whole, some = judge(*arguments), judge(*arguments, kept=shown)
    assert list(some.outcomes.having(shown)) == list(whole.outcomes.having(shown))
    assert (len(some.outcomes), some.outcomes.tally(), some.outcomes.beyond()) == (len(whole.outcomes), whole.outcomes.tally(), whole.outcomes.beyond())
    assert (some.notices, some.waivers) == (whole.notices, whole.waivers)
