"""Sample data sets with invented names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policy_sample.days import AS_OF

from policy.hooks.spec import Sample, hookimpl

__all__ = ["policy_samples"]


def _make_county(seed: int) -> Mapping[str, tuple[Sequence[str], Sequence[Sequence[object]]]]:
    from policy_sample.county import make  # needed only when a sample is made

    return make(seed)


@hookimpl
def policy_samples() -> list[Sample]:
    """An invented county with the mistakes that real ledgers have."""
    title = "泠溪县（虚构）2026 年监督谈话数据 / an invented county's supervision talks of 2026"
    return [Sample(pack="supervision_talks", name="county", title=title, make=_make_county, as_of=AS_OF)]
