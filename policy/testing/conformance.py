"""What every engine and every source has to do, for the tests of those who write one."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.messages.render import render
from policy.pipeline.cases import run_cases

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang.report import Report
    from policy.pipeline.engines import Engine

__all__ = ["Grid", "engine_failures", "packs", "sample_tables", "source_differences"]

Grid = Sequence[Sequence[str]]
"""A table of texts: its header, then its rows; an empty text is no value."""

_INSTALLED = Path(__file__).with_name("cases")
_CHECKOUT = Path(__file__).parents[2] / "tests" / "conformance"
_PACK = "supervision_talks"
_AS_OF = datetime.date(2026, 9, 30)


def packs() -> list[Path]:
    """The packs whose cases say what the language means, for any engine."""
    return sorted((_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT).glob("*.policy"))


def engine_failures(engine: str | Engine, path: Path) -> list[str]:
    """What fails in the cases of a pack when an engine judges them: one by its name, or a function with the signature of `policy.interpret.judge`.

    Raises AssertionError where the pack does not load or has no cases.
    """
    plugins = load_plugins()
    loaded = pipeline.load_pack(path, plugins)
    assert loaded.pack is not None, "\n".join(render(diagnostic, "en") for diagnostic in loaded.diagnostics)
    results = run_cases(loaded, plugins, engine)
    assert results, f"{path} has no cases"
    return [render(failure, "en") for result in results for failure in result.failures]


def sample_tables() -> dict[str, Grid]:
    """The sample of an invented county as tables, by the name of their entity."""
    sample = next(sample for sample in load_plugins().samples if sample.pack == _PACK)
    return {name: [_texts(header), *map(_texts, rows)] for name, (header, rows) in sample.make(1).items()}


def _texts(row: Sequence[object]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row]


def source_differences(write: Callable[[Path, Mapping[str, Grid]], object], path: Path) -> list[str]:
    """How what a source reads differs from the same tables in CSV files.

    `write` puts tables, by their names, to `path` in the source's form; its plug-in is installed. The county's records are judged by the pack
    of supervision talks, and every part of every outcome has to be the same but for the places of evidence, and so have the data problems.
    """
    tables = sample_tables()
    write(path, tables)
    folder = path.with_name(f"{path.name}.expected")
    _write_csv(folder, tables)
    expected, found = (_judged(one, load_plugins()) for one in (folder, path))
    differences = [f"{one} is not {other}" for one, other in zip(_outcomes(found), _outcomes(expected)) if one != other]
    if len(found.outcomes) != len(expected.outcomes):
        differences.append(f"{len(found.outcomes)} outcomes, not {len(expected.outcomes)}")
    if _problems(found) != _problems(expected):
        differences.append(f"problems {_problems(found)}, not {_problems(expected)}")
    return differences


def _write_csv(folder: Path, tables: Mapping[str, Grid]) -> None:
    folder.mkdir()
    for name, grid in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(grid)


def _judged(path: Path, plugins: Plugins) -> Report:
    pack = pipeline.load_pack(pipeline.find_pack(_PACK, plugins), plugins, cases=False).pack
    assert pack is not None
    request = pipeline.Request(_AS_OF, pipeline.find_calendar(pack, plugins), "en", keep_going=True, all_outcomes=True)
    return pipeline.check(pack, pipeline.read([str(path)], plugins), request, plugins)


def _outcomes(report: Report) -> list:
    """The outcomes, of evidence only which rows."""
    return [attrs.evolve(outcome, evidence=tuple((row.entity, row.key) for row in outcome.evidence)) for outcome in report.outcomes]


def _problems(report: Report) -> list[tuple[str, str | None]]:
    return sorted((problem.code, dict(problem.arguments).get("count")) for problem in report.problems)
