"""`policy history`: the runs that were kept, how things went month by month, and what a month changed."""

from __future__ import annotations

import re

import attrs

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, whole
from policy.cli.files import write_whole
from policy.cli.screen import Screen, UsageError

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]


def _read_month(text: str) -> str:
    """Reads a month: `2026-05`, `2026年5月`."""
    match = re.fullmatch(r"\s*(\d{4})\s*[-./年]\s*(0?[1-9]|1[0-2])\s*月?\s*", text)
    if match is None:
        raise UsageError("U407", value=text)
    return f"{match[1]}-{int(match[2]):02}"


USAGE = "FILE"
FLAGS = (
    Flag("last", "U408", metavar="N", default="6", read=whole),
    Flag("month", "U409", metavar="MONTH", read=_read_month),
    Flag("output", "U410", metavar="FORMAT[=FILE]", short="o", default="text", environment=False),
)
EXAMPLES = ("policy history 核对历史.sqlite", "policy history 核对历史.sqlite --month 2026-05", "policy history 核对历史.sqlite -o xlsx=趋势.xlsx")


def run(arguments: Arguments, screen: Screen) -> int:
    """Show the runs of a file."""
    if len(arguments.words) != 1:
        raise UsageError("U411")
    form, equals, file = arguments["output"].partition("=")
    if form not in pipeline.HISTORIES or (equals and not file):
        raise UsageError("U412", value=arguments["output"])
    if form == "xlsx" and not file and screen.terminal:
        raise UsageError("U340", format=form)
    if arguments["last"] < 1:
        raise UsageError("U413", value=str(arguments["last"]))
    kept = pipeline.read_history(arguments.words[0], arguments["last"] if arguments["month"] is None else 10**6)
    if arguments["month"] is not None:
        months = [month.name for month in kept.months]
        if arguments["month"] not in months:
            raise UsageError("U414", month=arguments["month"], known="\n".join(months[-12:]))
        end = months.index(arguments["month"]) + 1
        kept = attrs.evolve(kept, months=kept.months[max(end - arguments["last"], 0) : end])
    content = pipeline.write_history(kept, form, screen.language)
    if file:
        write_whole(file, content)
        screen.progress("U19", file=file)
    else:
        screen.results.write(content)
        screen.results.flush()
    return 0
