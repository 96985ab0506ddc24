"""What a run comes to for whatever started it: the exit status, and the flags that decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.cli.arguments import Arguments, Flag, choice
from policy.lang.outcome import TOLD

if TYPE_CHECKING:
    from policy.cli.screen import Screen
    from policy.lang.report import Report

__all__ = ["FLAGS", "exit_status"]

FLAGS = (
    Flag("fail-on", "U226", metavar="fail|warn|unknown", default="fail", read=choice("fail", "warn", "unknown")),
    Flag("fail-on-empty", "U355"),
    Flag("exit-zero", "U356"),
)

_SEVERITIES = {"fail": ("fail",), "warn": ("fail", "warn"), "unknown": ("fail", "warn")}


def exit_status(report: Report, arguments: Arguments, screen: Screen) -> int:
    """1 where there is something at or above `--fail-on` or, if that was asked for, where nothing was judged; 0 with `--exit-zero`."""
    empty = arguments["fail-on-empty"] and _empty(report)
    if empty:
        screen.say(empty)
    return int(not arguments["exit-zero"] and bool(empty or _failed(report, arguments["fail-on"])))


def _empty(report: Report) -> str | None:
    """Why nothing was judged, the code of a message; None where something was."""
    if not any(one.rows for one in report.inputs if one.entity):
        return "U357"
    return None if len(report.outcomes) else "U358"


def _failed(report: Report, level: str) -> bool:
    """Whether something was broken or late whose severity the level counts; for `unknown` also where something cannot be told.

    Against a baseline only what is new counts.
    """
    counted = {*TOLD, "unknown"} if level == "unknown" else set(TOLD)
    if report.baseline is not None:
        broken = report.outcomes.having(counted)
        return any(_counts(one.status, one.severity, level) and report.baseline.is_new(one) for one in broken)
    told = ((status, report.rules[rule].severity) for rule, counts in report.tally().items() for status in counted & counts.keys())
    return any(_counts(status, severity, level) for status, severity in told)


def _counts(status: str, severity: str, level: str) -> bool:
    return status == "unknown" or severity in _SEVERITIES[level]
