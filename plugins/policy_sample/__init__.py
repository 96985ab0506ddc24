"""Sample data sets with invented names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from policy_sample.days import AS_OF, END_OF_TERM, SPRING

from policy.hooks.spec import Look, Sample, Scale, hookimpl

__all__ = ["policy_samples"]


def _looks() -> tuple[Look, ...]:
    return (
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


def _write_county(seed: int, folder: Path, form: str) -> Iterable[Path]:
    from policy_sample.scales import write_rows

    return write_rows(_make_county(seed), folder, form)


def _writer(name: str) -> Callable[[int, Path, str], Iterable[Path]]:
    def write(seed: int, folder: Path, form: str) -> Iterable[Path]:
        from policy_sample.scales import write
        from policy_sample.scales.sizes import SIZES

        return write(SIZES[name], seed, folder, form)

    return write


_COUNTY = "泠溪县（虚构）2026 年监督谈话数据 / an invented county's supervision talks of 2026"


def _scales() -> tuple[Scale, ...]:
    larger = (
        ("province", "一个省（虚构），两万名“一把手” / an invented province with 20,000 heads"),
        ("nation", "全国规模（虚构），一百万次谈话 / a million invented talks"),
        ("stress", "压力测试（虚构），一千五百万次谈话 / 15 million invented talks"),
    )
    return (
        Scale("county", _COUNTY, ("parquet",), _write_county, AS_OF),
        *(Scale(name, title, ("parquet", "csv"), _writer(name), END_OF_TERM) for name, title in larger),
    )


@hookimpl
def policy_samples() -> list[Sample]:
    """An invented county with the mistakes that real ledgers have; and larger ones, to see what the program can carry."""
    return [
        Sample(
            pack="supervision_talks", name="county", title=_COUNTY, make=_make_county, as_of=AS_OF, looks=_looks(), scales=_scales()
        )
    ]
