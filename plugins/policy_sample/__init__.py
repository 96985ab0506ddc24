"""Sample data sets with invented names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policy_sample.days import AS_OF, SPRING

from policy.hooks.spec import Look, Sample, hookimpl

__all__ = ["policy_samples"]


_LOOKS = (
    Look(
        titles=("同一套数据，到第二年春天再看：上一年度的报告和述职", "The same data in the next spring: what was reported about the year"),
        as_of=SPRING,
        select=("JDTH-13-2-a", "JDTH-13-2-b"),
    ),
    Look(
        titles=("同一套数据，假如本单位不设过渡届期：上届未谈的不再只作提示", "The same data, if the unit grants no transition: the old term counts in full"),
        as_of=AS_OF,
        select=("JDTH-05-2-c",),
        settings=("transition_until=2026-01-30",),
    ),
)


def _make_county(seed: int) -> Mapping[str, tuple[Sequence[str], Sequence[Sequence[object]]]]:
    from policy_sample.county import make  # needed only when a sample is made

    return make(seed)


@hookimpl
def policy_samples() -> list[Sample]:
    """An invented county with the mistakes that real ledgers have."""
    title = "泠溪县（虚构）2026 年监督谈话数据 / an invented county's supervision talks of 2026"
    return [Sample(pack="supervision_talks", name="county", title=title, make=_make_county, as_of=AS_OF, looks=_LOOKS)]
