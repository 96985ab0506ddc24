"""What every verb that judges data has in common: its flags, and from them the pack, the data and how to judge."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, choice
from policy.cli.screen import Screen, UsageError
from policy.cli.unit import find_unit, with_unit
from policy.lang.secrecy import ORDINARY, level_named

if TYPE_CHECKING:
    from policy.diagnostic import Diagnostic
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.lang.unit import Unit

__all__ = ["DEFAULT_PACK", "JUDGING", "Asked", "Settled", "ask", "in_force", "load", "read_day", "read_level", "read_mappings", "settle"]

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


def read_memory(text: str) -> str:
    """Reads an amount of memory such as `4GB` or `1.5 GiB`."""
    match = re.fullmatch(r"\s*(\d{1,6}(?:\.\d+)?)\s*([KMGT])(I?)B?\s*", text.upper())
    if not match or not float(match[1]):
        raise UsageError("U483", value=text)
    return f"{match[1]}{match[2]}{match[3].lower()}B"


JUDGING = (
    Flag("pack", "U220", metavar="NAME|PATH", short="p", default=DEFAULT_PACK),
    Flag("as-of", "U221", metavar="DAY", read=read_day),
    Flag("set", "U222", metavar="NAME=VALUE", many=True),
    Flag("select", "U223", metavar="PREFIX", many=True),
    Flag("ignore", "U224", metavar="PREFIX", many=True),
    Flag("keep-going", "U228"),
    Flag("extra", "U229", metavar="NAME", many=True),
    Flag("calendar", "U230", metavar="FILE"),
    Flag("secrecy", "U231", metavar="LEVEL", read=read_level),
    Flag("waivers", "U232", metavar="FILE", many=True),
    Flag("unit", "U233", metavar="FILE"),
    Flag("engine", "U239", metavar="auto|reference|duckdb", default="auto", read=choice(*pipeline.ENGINES)),
    Flag("memory", "U482", metavar="SIZE", read=read_memory),
    Flag("mapping", "U300", metavar="FILE", many=True),
)
"""The flags that say which data are judged, by what and how."""


class Settled(NamedTuple):
    """What was given, with what the unit's file says where nothing was; and that file."""

    arguments: Arguments
    unit: Unit | None


class Asked(NamedTuple):
    """What is to be judged, by which pack, and how: what `pipeline.check` takes. `loaded` has the sources of the pack."""

    loaded: pipeline.LoadedPack
    pack: ir.Pack
    reading: pipeline.Reading
    request: pipeline.Request


def settle(arguments: Arguments, flags: Sequence[Flag], plugins: Plugins, screen: Screen, *, need_data: bool = True) -> Settled | None:
    """The arguments of a verb with the settings of the unit's file; None where that has mistakes, which are told.

    Raises UsageError where no data are named, if they are needed.
    """
    file = find_unit(arguments)
    unit, mistakes = (None, ()) if file is None else pipeline.read_unit(file)
    if mistakes:
        screen.diagnostics(mistakes)
        return None
    if unit is not None:
        arguments = with_unit(arguments, flags, unit, plugins.packs)
    if need_data and not arguments.words:
        raise UsageError("U60")
    return Settled(arguments, unit)


def ask(
    settled: Settled, plugins: Plugins, screen: Screen, *, apart: Iterable[str] = (), all_outcomes: bool = False, every_outcome: bool = True,
    read: bool = True,
) -> Asked | None:
    """The pack, the data and the request; None where one of them has mistakes, which are told.

    `apart` are files of the verb's own, which are no data though they may lie among them. Unless the verb goes through `every_outcome`
    those that no report lists need not be kept. Without `read` the data are left alone.
    """
    arguments, unit = settled
    loaded = load(arguments["pack"], plugins, screen)
    if loaded.pack is None:
        return None
    parameters, mistakes = in_force(loaded.pack, arguments, unit)
    if mistakes:
        screen.diagnostics(mistakes)
        return None
    reading = _reading(settled, plugins, apart) if read else pipeline.Reading((), ())
    mappings, mistakes = read_mappings(arguments, loaded.pack, reading, plugins)
    if mistakes:
        screen.diagnostics(mistakes)
        return None
    as_of = arguments["as-of"] or datetime.date.today()
    request = pipeline.Request(
        as_of=as_of,
        calendar=pipeline.find_calendar(loaded.pack, plugins, arguments["calendar"]),
        language=screen.language,
        parameters=parameters,
        rules=pipeline.find_rules(loaded.pack, as_of, arguments["select"], arguments["ignore"]),
        extra=arguments["extra"],
        keep_going=arguments["keep-going"],
        all_outcomes=all_outcomes,
        secrecy=arguments["secrecy"] or ORDINARY,
        unit=unit and unit.source.name,
        engine=arguments["engine"],
        memory=arguments["memory"],
        every_outcome=every_outcome,
        progress=_progress(screen),
        mappings=mappings,
    )
    screen.progress("U09", tables=len(reading.tables), rows=sum(len(table.rows) for table in reading.tables))
    return Asked(loaded, loaded.pack, reading, request)


_SECONDS = 2.0
"""Between two lines for somebody who waits."""


def _progress(screen: Screen) -> Callable[[str, int, int], None]:
    """Says from time to time which rule is being judged."""
    last = monotonic()

    def told(rule: str, number: int, count: int) -> None:
        nonlocal last
        if monotonic() - last >= _SECONDS:
            last = monotonic()
            screen.progress("U484", rule=rule, number=number, count=count)

    return told


def in_force(pack: ir.Pack, arguments: Arguments, unit: Unit | None) -> tuple[pipeline.Values, tuple[Diagnostic, ...]]:
    """The parameters that the unit's file sets and those that the run sets, which come first."""
    decided, mistakes = pipeline.unit_parameters(pack, unit) if unit is not None else ({}, ())
    given, more = pipeline.set_parameters(pack, arguments["set"], arguments.origin("set") or "")
    return {**decided, **given}, (*mistakes, *more)


def _reading(settled: Settled, plugins: Plugins, apart: Iterable[str]) -> pipeline.Reading:
    """The data, and the waivers that have a file of their own."""
    arguments, unit = settled
    own = [*arguments["waivers"], *arguments["mapping"], *apart, *filter(None, [arguments["calendar"], unit and unit.source.name])]
    data, waivers = pipeline.read(arguments.words, plugins, own), pipeline.read_waivers(arguments["waivers"], plugins)
    return pipeline.Reading(data.tables + waivers.tables, data.problems + waivers.problems)


def read_mappings(
    arguments: Arguments, pack: ir.Pack, reading: pipeline.Reading, plugins: Plugins
) -> tuple[pipeline.Mappings, tuple[Diagnostic, ...]]:
    """The mappings that the run names and those of the pack, or what is wrong with them."""
    path = pipeline.find_pack(arguments["pack"], plugins)
    return pipeline.read_mappings(pack, path, arguments["mapping"], reading.tables, plugins)


def load(name: str, plugins: Plugins, screen: Screen, *, cases: bool = False, trusting: bool = False) -> pipeline.LoadedPack:
    """Load a pack, with its cases if they are needed, and say what is wrong with it and with the plug-ins. For `trusting` see `load_pack`."""
    loaded = pipeline.load_pack(pipeline.find_pack(name, plugins), plugins, cases=cases, trusting=trusting)
    screen.failures(plugins.failures)
    screen.diagnostics(loaded.diagnostics)
    if loaded.pack is None:
        screen.say("U08", count=len(loaded.diagnostics))
    return loaded
