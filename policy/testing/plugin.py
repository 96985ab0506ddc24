"""The plug-in of pytest: the cases of packs as tests, one a case, told in the words of `policy test`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from policy.diagnostic import Diagnostic
    from policy.lang import ir
    from policy.pipeline.cases import CaseJudge, Difference

__all__ = ["pytest_addoption", "pytest_collect_file"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The packs whose cases are tests: `policy_packs` in the settings of pytest, or `--policy-pack`."""
    about = "packs of the policy language, folders or files, whose cases are tests"
    parser.addini("policy_packs", about, type="paths", default=[])
    parser.getgroup("policy").addoption("--policy-pack", action="append", default=[], metavar="PATH", help=about)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The cases of a file that belongs to one of the packs."""
    if file_path.suffix != ".policy":
        return None
    config = parent.config
    packs = [*config.getini("policy_packs"), *(config.invocation_params.dir / one for one in config.getoption("--policy-pack"))]
    for pack in (one.resolve() for one in packs):
        if file_path == pack or pack in file_path.parents:
            return CaseFile.from_parent(parent, path=file_path, pack=pack)
    return None


class CaseFile(pytest.File):
    """A rule file with the pack that it belongs to."""

    def __init__(self, *, pack: Path, **rest: object) -> None:
        super().__init__(**rest)
        self.pack = pack

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each case in the file. Raises CollectError where the pack does not load."""
        loaded = _loaded(self.config, self.pack)
        for pack, case in loaded.cases:
            if Path(case.file).resolve() == self.path:
                yield CaseItem.from_parent(self, name=case.title, loaded=loaded, pack=pack, case=case)


class CaseItem(pytest.Item):
    """A case."""

    def __init__(self, *, loaded: _Loaded, pack: ir.Pack, case: ir.Case, **rest: object) -> None:
        super().__init__(**rest)
        self._loaded, self._pack, self._case = loaded, pack, case

    def runtest(self) -> None:
        failures = self._loaded.told(self._pack, self._case)
        if failures:
            raise CaseFailed(failures)

    def repr_failure(self, excinfo: pytest.ExceptionInfo, *rest: object, **more: object) -> object:
        """The words of `policy test`; the trace of what is no failure of the case."""
        if isinstance(excinfo.value, CaseFailed):
            return _words(excinfo.value.failures)
        return super().repr_failure(excinfo, *rest, **more)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line (from 0) and title."""
        return self.path, self._loaded.line(self._case), self.name


class CaseFailed(Exception):
    """A case does not hold, for these reasons."""

    def __init__(self, failures: Iterable[Diagnostic]) -> None:
        super().__init__()
        self.failures = tuple(failures)


def _words(diagnostics: Iterable[Diagnostic]) -> str:
    from policy.messages.render import render

    return "\n\n".join(map(render, diagnostics))


class _Loaded:
    """A pack with what its cases are judged with."""

    def __init__(self, path: Path) -> None:
        from policy.hooks.manager import load_plugins
        from policy.pipeline import find_calendar, load_pack
        from policy.pipeline.cases import CaseJudge
        from policy.pipeline.engines import find_engine
        from policy.pipeline.faults import functions

        plugins = load_plugins()
        loaded = load_pack(path, plugins)
        if loaded.pack is None:
            raise pytest.Collector.CollectError(_words(loaded.diagnostics))
        self._sources = {source.name: source for source in loaded.sources}
        self._judge: CaseJudge = CaseJudge(find_calendar(loaded.pack, plugins), functions(plugins), find_engine("reference"))
        self.cases = [(pack, case) for pack in loaded.pack.all_days() for case in pack.cases]

    def told(self, pack: ir.Pack, case: ir.Case) -> list[Diagnostic]:
        """Why a case does not hold."""
        from policy.diagnostic import Diagnostic

        found: Iterable[Difference] = self._judge.whole(pack, case)
        return [Diagnostic(code, self._sources[case.file], span, arguments, language=pack.language) for code, span, arguments in found]

    def line(self, case: ir.Case) -> int:
        """The line of a case in its file, from 0."""
        return self._sources[case.file].position(case.span[0])[0] - 1


_KEY: pytest.StashKey[dict[Path, _Loaded]] = pytest.StashKey()


def _loaded(config: pytest.Config, path: Path) -> _Loaded:
    """A pack, loaded once a run."""
    known = config.stash.setdefault(_KEY, {})
    if path not in known:
        known[path] = _Loaded(path)
    return known[path]
