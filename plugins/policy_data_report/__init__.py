"""Writes what is wrong with the data into a copy of their workbook, and as a page."""

from __future__ import annotations

from collections.abc import Iterable

from policy.hooks.spec import DataReport, Document, hookimpl

__all__ = ["Page", "Workbooks", "policy_data_reporters"]


class Workbooks:
    """A copy of each workbook, its troubled cells marked; data that are in none become one."""

    name = "xlsx"

    def documents(self, report: DataReport) -> Iterable[Document]:
        from policy_data_report.workbooks import documents

        return documents(report)


class Page:
    """One page that needs nothing else, with the troubled rows of each table."""

    name = "html"

    def documents(self, report: DataReport) -> Iterable[Document]:
        from policy_data_report.page import page

        return [Document(report.as_of.isoformat(), ".html", page(report).encode("utf-8", "replace"))]


@hookimpl
def policy_data_reporters() -> tuple[Workbooks, Page]:
    return Workbooks(), Page()
