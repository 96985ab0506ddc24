"""`policy check`: judge data with a pack and report."""

from __future__ import annotations

import datetime
import gc
import re
from typing import TYPE_CHECKING

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, choice
from policy.cli.data_reports import wanted, write_data_reports
from policy.cli.files import write_whole
from policy.cli.screen import Screen, UsageError
from policy.cli.unit import find_unit, with_unit
from policy.hooks.manager import load_plugins
from policy.lang.secrecy import ORDINARY, level_named
from policy.near import nearest

if TYPE_CHECKING:
    from policy.diagnostic import Diagnostic
    from policy.hooks.manager import Plugins
    from policy.hooks.spec import Reporter
    from policy.lang import ir
    from policy.lang.report import Report
    from policy.lang.unit import Unit

__all__ = ["DEFAULT_PACK", "EXAMPLES", "FLAGS", "USAGE", "load", "read_day", "read_mappings", "run", "write"]

DEFAULT_PACK = "supervision_talks"

def read_day(text: str) -> datetime.date:
    """Reads a day such as `2026-05-11` or `2026年5月11日`."""
    match = re.fullmatch(r"\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*", text)
    try:
        if match:
            return datetime.date(*map(int, match.groups()))
    except ValueError:
        pass
    raise UsageError("U59", value=text)


def read_level(text: str) -> str:
    """Reads a level of secrecy by its identifier or its Chinese word."""
    level = level_named(text.strip())
    if level is None:
        raise UsageError("U73", value=text)
    return level


USAGE = "[DATA…]"
FLAGS = (
    Flag("pack", "U220", metavar="NAME|PATH", short="p", default=DEFAULT_PACK),
    Flag("as-of", "U221", metavar="DAY", read=read_day),
    Flag("set", "U222", metavar="NAME=VALUE", many=True),
    Flag("select", "U223", metavar="PREFIX", many=True),
    Flag("ignore", "U224", metavar="PREFIX", many=True),
    Flag("output", "U225", metavar="FORMAT[=FILE]", short="o", many=True, default="text"),
    Flag("fail-on", "U226", metavar="fail|warn|unknown", default="fail", read=choice("fail", "warn", "unknown")),
    Flag("all", "U227"),
    Flag("keep-going", "U228"),
    Flag("extra", "U229", metavar="NAME", many=True),
    Flag("calendar", "U230", metavar="FILE"),
    Flag("secrecy", "U231", metavar="LEVEL", read=read_level),
    Flag("waivers", "U232", metavar="FILE", many=True),
    Flag("unit", "U233", metavar="FILE"),
    Flag("engine", "U239", metavar="auto|reference|duckdb", default="auto", read=choice(*pipeline.ENGINES)),
    Flag("mapping", "U300", metavar="FILE", many=True),
    Flag("data-report", "U234", metavar="FORMAT=FILE", many=True),
)
EXAMPLES = (
    "policy check 谈话台账/",
    "policy check 台账.xlsx --as-of 2026-05-11 -o text -o json=report.json",
    "policy check",
    'policy check "postgresql://reader@server/ledger?schema=talks"',
    "policy check 台账.xlsx --data-report xlsx=数据问题.xlsx",
    'policy check data/ --set prompt_days="20 days" --select JDTH-11 --fail-on warn',
)


def run(arguments: Arguments, screen: Screen) -> int:
    """Judge the data and write the reports; 1 where there is something at or above `--fail-on`."""
    gc.disable()  # a run ends within the second, and everything that it makes lives to its end
    plugins = load_plugins()
    unit, mistakes = _unit(arguments)
    if mistakes:
        screen.diagnostics(mistakes)
        return 2
    if unit is not None:
        arguments = with_unit(arguments, FLAGS, unit, plugins.packs)
    if not arguments.words:
        raise UsageError("U60")
    outputs = [_output(text, plugins) for text in arguments["output"]]
    if sum(file is None for _, file in outputs) > 1:
        raise UsageError("U63")
    data_reports = wanted(arguments["data-report"], plugins)
    loaded = load(arguments["pack"], plugins, screen)
    if loaded.pack is None:
        return 2
    parameters, mistakes = _parameters(loaded.pack, arguments, unit)
    if mistakes:
        screen.diagnostics(mistakes)
        return 2
    as_of = arguments["as-of"] or datetime.date.today()
    reading = _reading(arguments, unit, plugins)
    mappings, mistakes = read_mappings(arguments, loaded.pack, reading, plugins)
    if mistakes:
        screen.diagnostics(mistakes)
        return 2
    request = pipeline.Request(
        as_of=as_of,
        calendar=pipeline.find_calendar(loaded.pack, plugins, arguments["calendar"]),
        language=screen.language,
        parameters=parameters,
        rules=pipeline.find_rules(loaded.pack, as_of, arguments["select"], arguments["ignore"]),
        extra=arguments["extra"],
        keep_going=arguments["keep-going"],
        all_outcomes=arguments["all"],
        secrecy=arguments["secrecy"] or ORDINARY,
        unit=unit and unit.source.name,
        engine=arguments["engine"],
        mappings=mappings,
    )
    screen.progress("U09", tables=len(reading.tables), rows=sum(len(table.rows) for table in reading.tables))
    report = pipeline.check(
        loaded.pack, reading, request, plugins, tell=lambda known: write_data_reports(known, data_reports, plugins, screen)
    )
    screen.failures(plugins.failures)
    for reporter, file in outputs:
        write(report, reporter, plugins, file, screen)
    return _status(report, arguments["fail-on"])


def _unit(arguments: Arguments) -> tuple[Unit | None, tuple[Diagnostic, ...]]:
    file = find_unit(arguments)
    return (None, ()) if file is None else pipeline.read_unit(file)


def _parameters(pack: ir.Pack, arguments: Arguments, unit: Unit | None) -> tuple[pipeline.Values, tuple[Diagnostic, ...]]:
    """The parameters that the unit's file sets and those that the run sets, which come first."""
    decided, mistakes = pipeline.unit_parameters(pack, unit) if unit is not None else ({}, ())
    given, more = pipeline.set_parameters(pack, arguments["set"], arguments.origin("set") or "")
    return {**decided, **given}, (*mistakes, *more)


def _reading(arguments: Arguments, unit: Unit | None, plugins: Plugins) -> pipeline.Reading:
    """The data, without reports of earlier runs that lie among them, and the waivers that have a file of their own."""
    written = [file for _, equals, file in (output.partition("=") for output in arguments["output"]) if equals]
    own = [*arguments["waivers"], *arguments["mapping"], *written, *filter(None, [arguments["calendar"], unit and unit.source.name])]
    data, waivers = pipeline.read(arguments.words, plugins, own), pipeline.read_waivers(arguments["waivers"], plugins)
    return pipeline.Reading(data.tables + waivers.tables, data.problems + waivers.problems)


def read_mappings(
    arguments: Arguments, pack: ir.Pack, reading: pipeline.Reading, plugins: Plugins
) -> tuple[pipeline.Mappings, tuple[Diagnostic, ...]]:
    """The mappings that the run names and those of the pack, or what is wrong with them."""
    path = pipeline.find_pack(arguments["pack"], plugins)
    return pipeline.read_mappings(pack, path, arguments["mapping"], reading.tables, plugins)


def load(name: str, plugins: Plugins, screen: Screen, *, cases: bool = False) -> pipeline.LoadedPack:
    """Load a pack, with its cases if they are needed, and say what is wrong with it and with the plug-ins."""
    loaded = pipeline.load_pack(pipeline.find_pack(name, plugins), plugins, cases=cases)
    screen.failures(plugins.failures)
    screen.diagnostics(loaded.diagnostics)
    if loaded.pack is None:
        screen.say("U08", count=len(loaded.diagnostics))
    return loaded


def _output(text: str, plugins: Plugins) -> tuple[Reporter, str | None]:
    """The reporter and the file (None: standard output) of `FORMAT[=FILE]`."""
    name, equals, file = text.partition("=")
    reporters = {reporter.name: reporter for reporter in plugins.reporters}
    if not name.strip():
        raise UsageError("U65", value=text, known=" ".join(sorted(reporters)))
    if name not in reporters:
        near = nearest(name, reporters)
        raise UsageError("U62" if near else "U61", format=name, near=near or "", known=" ".join(sorted(reporters)))
    if equals and not file.strip():
        raise UsageError("U66", value=text)
    return reporters[name], file if equals else None


def write(report: Report, reporter: Reporter, plugins: Plugins, file: str | None, screen: Screen) -> None:
    """Write a report to a file, whole or not at all, or to standard output."""
    content = pipeline.write(report, reporter, plugins, colour=file is None and screen.colour)
    if file is not None:
        write_whole(file, content)
        screen.progress("U19", file=file)
        return
    screen.results.write(content)
    screen.results.flush()


_SEVERITIES = {"fail": ("fail",), "warn": ("fail", "warn"), "unknown": ("fail", "warn")}


def _status(report: Report, level: str) -> int:
    """1 where something was broken or late whose severity the level counts; for `unknown` also where something cannot be told."""
    for outcome in report.outcomes:
        if outcome.status in ("violated", "late") and outcome.severity in _SEVERITIES[level]:
            return 1
        if outcome.status == "unknown" and level == "unknown":
            return 1
    return 0
