"""What a user may choose of a run: parameters, rules, the calendar, and the file of a unit that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy.diagnostic import Diagnostic
from policy.hooks.spec import SourceError
from policy.pipeline.faults import DataErrors, at_work, unknown, wrong
from policy.source import Source, Span

if TYPE_CHECKING:
    import datetime

    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.lang.dates import Calendar
    from policy.lang.report import Decision
    from policy.lang.unit import Unit

__all__ = ["Values", "find_calendar", "find_rules", "read_unit", "set_parameters", "unit_parameters"]


Values = dict[str, "tuple[ir.Value, Decision]"]
"""Parameters by name, each with the decision that gave it its value."""


def set_parameters(pack: ir.Pack, texts: Iterable[str], origin: str) -> tuple[Values, tuple[Diagnostic, ...]]:
    """The parameters set by texts such as `prompt_days=20 days`, by name; or what is wrong with them."""
    from policy.lang.report import Decision

    values: Values = {}
    diagnostics: list[Diagnostic] = []
    for text in texts:
        source = Source(origin, text)
        name, equals, value = text.replace("＝", "=").partition("=")
        if not equals or not name.strip() or not value.strip():
            diagnostics.append(Diagnostic("U14", source, (0, len(text))))
            continue
        result, found = _parameter_value(pack, name.strip(), value, source, len(name) + 1, (0, len(text)))
        diagnostics += found
        if result is not None:
            values[_parameter(pack, name.strip()).name] = (result, Decision(origin))
    return values, tuple(diagnostics)


def unit_parameters(pack: ir.Pack, unit: Unit) -> tuple[Values, tuple[Diagnostic, ...]]:
    """The parameters that a unit's file sets, by name; or what is wrong with them, with its place in the file."""
    from policy.lang.report import Decision

    values: Values = {}
    diagnostics: list[Diagnostic] = []
    for one in unit.parameters:
        parameter, written = _parameter(pack, one.name), unit.source.text[slice(*one.value_span)]
        quotes = len(written) - len(written.lstrip("\"'“"))
        start, text = one.value_span[0] + quotes, one.text
        if parameter is not None and parameter.type.kind == "text":  # what a file has in quotes is a text already
            start, text = start - 1, '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        result, found = _parameter_value(pack, one.name, text, unit.source, start, one.name_span)
        diagnostics += found
        if parameter is not None and parameter.name in values:
            diagnostics.append(Diagnostic("U27", unit.source, one.name_span, {"name": one.name}, language=pack.language))
        elif result is not None:
            values[parameter.name] = (result, Decision(unit.source.name, one.basis, one.by))
    return values, tuple(diagnostics)


def _parameter_value(
    pack: ir.Pack, name: str, text: str, source: Source, start: int, span: Span
) -> tuple[ir.Value | None, Iterable[Diagnostic]]:
    """A value written at `start` of a source for the parameter named at `span`, or None and what is wrong."""
    from policy.check import parameter_value
    from policy.parse import parse_expression

    expression, found = parse_expression(" " * start + text, source.name)  # blanks, so that places in it are places in the source
    value = None
    if expression is not None and not found:
        value, found = parameter_value(pack, name, expression, source, span)
    return value, [diagnostic._replace(source=source) for diagnostic in found]


def _parameter(pack: ir.Pack, name: str) -> ir.Parameter | None:
    return next((parameter for parameter in pack.parameters.values() if name in (parameter.name, parameter.label)), None)


def read_unit(file: str) -> tuple[Unit | None, tuple[Diagnostic, ...]]:
    """What a unit's file says, or None and what is wrong with it. Raises OSError if it cannot be read."""
    from policy.load.unit import read_unit

    return read_unit(file, Path(file).read_bytes())


def find_rules(pack: ir.Pack, as_of: datetime.date, select: Sequence[str], ignore: Sequence[str]) -> frozenset[str] | None:
    """The ids of the rules of a day that start with a selected prefix and with no ignored one; None when that is all of them.

    A prefix that no rule of any day starts with, and a choice that leaves no rule, raise SourceError.
    """
    known = {rule.id for edition in pack.all_days() for rule in edition.rules}
    for prefix in (*select, *ignore):
        if not any(id.startswith(prefix) for id in known):
            raise unknown("U15", prefix, known)
    if not select and not ignore:
        return None
    ids = [rule.id for rule in pack.edition(as_of).rules]
    left = frozenset(id for id in ids if (not select or id.startswith(tuple(select))) and not id.startswith(tuple(ignore)))
    if not left:  # a report without findings would look like compliance
        choice = " ".join([*(f"--select {prefix}" for prefix in select), *(f"--ignore {prefix}" for prefix in ignore)])
        raise SourceError("U17", choice, day=str(as_of))
    return left


def find_calendar(pack: ir.Pack, plugins: Plugins, file: str | None = None) -> Calendar:
    """The calendar that a pack names, extended by the days of a file.

    Raises PluginError when it cannot be made, DataErrors when the file cannot be used,
    OSError when there is none.
    """
    from policy.lang.dates import WEEKENDS

    calendar = WEEKENDS
    if pack.calendar is not None:
        calendar = _made_calendar(pack.calendar, plugins)
    if file is None:
        return calendar
    from policy.load.calendar import CalendarError, extend, read_calendar

    try:
        return extend(calendar, read_calendar(Path(file)))
    except CalendarError as error:
        raise DataErrors(error.problems) from error


def _made_calendar(name: str, plugins: Plugins) -> Calendar:
    from policy.lang.dates import Calendar

    with at_work(plugins, "policy_calendars", name):
        calendar = plugins.calendars[name]()
    if not isinstance(calendar, Calendar):
        raise wrong(plugins, "policy_calendars", name, calendar, "Calendar")
    return calendar
