"""Data, judged by a pack; and reports, written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import attrs

from policy.hooks.spec import SourceError
from policy.lang.outcome import PROBLEMS, STATUSES
from policy.lang.schema import WAIVER
from policy.lang.secrecy import ORDINARY, higher, highest
from policy.pipeline.engines import choose_engine
from policy.pipeline.faults import DataErrors, SecrecyError, at_work, functions, wrong
from policy.pipeline.ledgers import Mappings
from policy.pipeline.masking import Masking
from policy.pipeline.proving import proofs

if TYPE_CHECKING:
    import datetime

    from policy.hooks.manager import Plugins
    from policy.hooks.spec import DataReporter, Document, Reporter
    from policy.lang import ir
    from policy.lang.data_report import DataReport
    from policy.lang.dates import Calendar
    from policy.lang.facts import Facts, Problem
    from policy.lang.report import Decision, Period, Report
    from policy.lang.scan import Scans
    from policy.lang.schema import Vocabulary
    from policy.lang.table import RawTable
    from policy.load import Mark
    from policy.pipeline.data import Reading

__all__ = ["Request", "check", "refuse_secrets", "write", "write_data_report"]


class Request(NamedTuple):
    """How to judge: `parameters` are those that were set, each with the decision; `rules` None means all.

    `secrecy` is the highest level that this machine may hold, `unit` the unit's file, `mappings` say what ledgers mean, `engine` is one of
    `ENGINES`, and `memory` the most that the one for many rows may take. `every_outcome` says that somebody goes through all outcomes, and not
    only through those that a report lists. `progress` is told which rule is being judged, its number and how many there are, where that
    takes long. With `identify` the report can be masked; `masking` is for what is said of data that cannot be
    judged.
    """

    as_of: datetime.date
    calendar: Calendar
    language: str
    parameters: Mapping[str, tuple[ir.Value, Decision]] = MappingProxyType({})
    rules: Collection[str] | None = None
    extra: tuple[str, ...] = ()
    keep_going: bool = False
    all_outcomes: bool = False
    secrecy: str = ORDINARY
    unit: str | None = None
    mappings: Mappings = Mappings()
    engine: str = "auto"
    identify: bool = False
    masking: Masking | None = None
    memory: str | None = None
    every_outcome: bool = True
    progress: Callable[[str, int, int], None] = lambda rule, number, count: None


def check(
    pack: ir.Pack, reading: Reading, request: Request, plugins: Plugins, tell: Callable[[DataReport], None] | None = None
) -> Report:
    """What a pack says of the data, as it is on the day. Before anything is judged `tell`, where it is given, gets what is known of the data.

    Raises SecrecyError when they carry a mark that this machine is not declared for, and DataErrors when they have errors,
    unless the request keeps going.
    """
    pack = pack.edition(request.as_of)
    from policy.load import load
    from policy.report import build_data_report, build_report

    vocabulary = pack.vocabulary
    engine = choose_engine(request.engine, sum(len(table.rows) for table in reading.tables), request.memory)
    with engine.at_work():
        marks = refuse_secrets(pack, reading, request.secrecy, engine.scans)
    tables, extra, found = _without_ledgers(reading, vocabulary, request)
    facts = engine.load(partial(load, tables, vocabulary, extra=extra, year=request.as_of.year, as_of=request.as_of))
    facts = attrs.evolve(facts, problems=(*reading.problems, *found, *facts.problems))
    secrecy = highest(mark.level for mark in marks)
    if tell is not None:
        tell(build_data_report(facts, reading.tables, vocabulary, as_of=request.as_of, language=request.language, secrecy=secrecy))
    failed = any(problem.error for problem in facts.problems)
    if failed and not (request.keep_going and reading.tables):
        read = [(vocabulary.entities[one.entity].label or one.entity, one.entity, one.rows) for one in facts.inputs if one.entity]
        raise DataErrors(_said(facts, pack, request.masking), read)
    values = {name: value for name, (value, _) in request.parameters.items()}
    waived = ("excused",) if facts.tables.get(WAIVER.name) else ()
    shown = STATUSES if request.all_outcomes else (*PROBLEMS, *waived)
    given = pack, facts, request.as_of, values, request.calendar, functions(plugins)
    judge = partial(engine.judge, *given)
    judgement = judge(request.rules, shown, kept=STATUSES if request.every_outcome else shown, tell=request.progress)
    report = build_report(
        pack, facts, judgement, as_of=request.as_of, language=request.language, parameters=request.parameters, rules=request.rules,
        all_outcomes=request.all_outcomes, secrecy=secrecy, unit=request.unit, identify=request.identify,
    )  # fmt: skip
    proof = proofs(*given, judge=judge, judgement=judgement, rules=request.rules, language=request.language)
    return attrs.evolve(report, proof=proof, periods=lambda: _periods(given, judgement))


def _periods(given: tuple, judgement: Judgement) -> tuple[Period, ...]:
    """The times in which rules ask the same of many; `given` are the arguments by which the run was judged."""
    from policy.interpret.periods import find_periods  # which few reports ask for

    return find_periods(*given, judgement.outcomes)


def _said(facts: Facts, pack: ir.Pack, masking: Masking | None) -> tuple[Problem, ...]:
    """What is wrong with the data, as far as those who read it may know."""
    if masking is None:
        return facts.problems
    from policy.lang.masker import Masker
    from policy.report import identities
    from policy.report.masking import mask_problems

    return mask_problems(facts.problems, Masker(identities(facts, pack.vocabulary, pack.rules), *masking))


def refuse_secrets(pack: ir.Pack, reading: Reading, level: str, scans: Scans | None = None) -> Sequence[Mark]:
    """The marks of secrecy in the data. Raises SecrecyError if one lies above the level that this machine may hold."""
    from policy.load import find_marks

    marks = find_marks(reading.tables, pack.vocabulary, [problem.file for problem in reading.problems], scans)
    above = [mark for mark in marks if higher(mark.level, level)]
    if above:
        raise SecrecyError(above, level)
    return marks


def _without_ledgers(
    reading: Reading, vocabulary: Vocabulary, request: Request
) -> tuple[Sequence[RawTable], tuple[str, ...], tuple[Problem, ...]]:
    """The tables of the data, ledgers turned into tables of the pack; names left out; and what is wrong with the ledgers."""
    if not request.mappings.known:
        return reading.tables, request.extra, ()
    from policy.load.ledger import read_ledgers

    known, chosen = request.mappings
    ledgers = read_ledgers(reading.tables, known, vocabulary, chosen=chosen, extra=request.extra)
    return ledgers.tables, (*request.extra, *ledgers.left), ledgers.problems


def write(report: Report, reporter: Reporter, plugins: Plugins, stream: BinaryIO, *, colour: bool) -> None:
    """Let a reporter write a report, of which it gets what it may know.

    Raises PluginError when it fails, SourceError when something that it needs is not installed or cannot be used, OSError when the stream
    cannot be written.
    """
    report = report if report.identities is None else attrs.evolve(report, identities=None)
    with at_work(plugins, "policy_reporters", reporter.name, SourceError, OSError):
        reporter.write(report, stream, colour=colour)


def write_data_report(report: DataReport, reporter: DataReporter, plugins: Plugins) -> list[Document]:
    """The files that a reporter makes of what is known of the data.

    Raises PluginError when it fails, SourceError when the data have changed meanwhile.
    """
    from policy.hooks.spec import Document

    with at_work(plugins, "policy_data_reporters", reporter.name, SourceError, OSError):
        result = list(reporter.documents(report))
    for one in result:
        if not isinstance(one, Document):
            raise wrong(plugins, "policy_data_reporters", reporter.name, one, "Document")
    return result
