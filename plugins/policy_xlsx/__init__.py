"""Writes the list of problems as a workbook."""

from __future__ import annotations

from typing import BinaryIO

from policy.hooks.spec import Report, hookimpl

__all__ = ["Workbook", "policy_reporters"]


class Workbook:
    """A summary, all findings with filters and colours, and a sheet for each bearer."""

    name = "xlsx"
    binary = True

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy_xlsx.workbook import write_workbook  # needed only when a workbook is written

        write_workbook(report, stream)


@hookimpl
def policy_reporters() -> tuple[Workbook]:
    return (Workbook(),)
