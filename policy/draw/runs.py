"""What a strategy draws, outside of a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

__all__ = ["try_out"]

_Drawn = TypeVar("_Drawn")


class _Enough(Exception):
    """What was looked for has been found."""


def try_out(strategy: st.SearchStrategy[_Drawn], found: Callable[[_Drawn], bool], *, most: int, start: int = 0) -> bool:
    """Draw until `found` says so, at most so many times, the same for the same `start`; whether it did. Nothing is kept on disk."""

    @seed(start)
    @settings(max_examples=most, database=None, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
    @given(strategy)
    def draw(drawn: _Drawn) -> None:
        if found(drawn):
            raise _Enough

    try:
        draw()
    except _Enough:
        return True
    return False
