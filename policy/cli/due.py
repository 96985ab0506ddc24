"""`policy due`: what falls due in the next days and what is overdue, as a list, a workbook or a calendar."""

from __future__ import annotations

import datetime
import re
from unicodedata import normalize

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, choice
from policy.cli.judging import JUDGING, ask, read_day, settle
from policy.cli.masks import FLAGS as MASK_FLAGS
from policy.cli.masks import masks
from policy.cli.outputs import read_outputs, write
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins
from policy.lang.dates import add_days, add_months

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "read_span", "run"]

_UNITS = {
    **dict.fromkeys(("d", "day", "days", "日", "天"), ("days", 1)),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期"), ("days", 7)),
    **dict.fromkeys(("m", "month", "months", "月", "个月"), ("months", 1)),
}


def read_span(text: str) -> tuple[int, str]:
    """Reads `30d`, `30日`, `2w`, `2个月`: a number of days or months. Raises UsageError."""
    match = re.fullmatch(r"\s*(\d{1,4})\s*(\w+)\s*", normalize("NFKC", text))
    if match is None or match[2].lower() not in _UNITS:
        raise UsageError("U394", value=text)
    unit, size = _UNITS[match[2].lower()]
    return int(match[1]) * size, unit


USAGE = "[DATA…]"
FLAGS = (
    Flag("within", "U395", metavar="SPAN", default="30d", read=read_span),
    Flag("until", "U396", metavar="DAY", read=read_day),
    Flag("by", "U397", metavar="day|bearer|rule", default="day", read=choice("day", "bearer", "rule")),
    Flag("output", "U398", metavar="FORMAT[=FILE]", short="o", many=True, default="text"),
    *JUDGING,
    *MASK_FLAGS,
)
_OF_UNIT = tuple(flag for flag in FLAGS if flag.name != "output")
"""The flags that the unit's file may give; the reports that it names are those of `policy check`."""
EXAMPLES = (
    "policy due 谈话台账/ --within 14d",
    "policy due --by bearer",
    "policy due 台账.xlsx --within 2m -o ics=到期.ics -o xlsx=到期.xlsx",
)


def run(arguments: Arguments, screen: Screen) -> int:
    """Judge the data and list what is still to be done by the last day."""
    if arguments.origin("within") and arguments.origin("until"):
        raise UsageError("U399")
    plugins = load_plugins()
    settled = settle(arguments, _OF_UNIT, plugins, screen)
    if settled is None:
        return 2
    arguments = settled.arguments
    outputs = read_outputs(arguments["output"], plugins, screen)
    asked = ask(settled, plugins, screen, apart=[file for _, file in outputs if file], all_outcomes=True)
    if asked is None:
        return 2
    masking = masks(arguments, [reporter for reporter, _ in outputs], screen)
    until = _last(asked.request.as_of, arguments)
    report = pipeline.check(asked.pack, asked.reading, asked.request._replace(identify=bool(masking.secret), masking=masking.spoken), plugins)
    report = pipeline.due_until(report, until, arguments["by"])
    screen.failures(plugins.failures)
    for reporter, file in outputs:
        write(masking.report(report, reporter), reporter, plugins, file, screen)
    return 0


def _last(as_of: datetime.date, arguments: Arguments) -> datetime.date:
    """The last day of the list. Raises UsageError where it lies before the day as of which is judged."""
    until = arguments["until"]
    if until is None:
        amount, unit = arguments["within"]
        until = add_days(as_of, amount) if unit == "days" else add_months(as_of, amount, "down")
        return until or datetime.date.max
    if until < as_of:
        raise UsageError("U393", until=str(until), as_of=str(as_of))
    return until
