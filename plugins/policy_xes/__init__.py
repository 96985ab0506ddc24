"""Reads event logs in XES, the XML of IEEE 1849."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from policy.hooks.spec import RawTable, hookimpl

__all__ = ["XesSource", "policy_sources"]


class XesSource:
    """Two tables: `trace` and `event`, whose columns are called by the keys of the attributes (`concept:name`, `time:timestamp`).

    An event has besides `id`, its trace's name and its place there, and `trace`, that name; an attribute called so comes first. A trace
    without name is called by its number. A row stands on the line where it begins.
    """

    name = "xes"
    suffixes = (".xes", ".xes.gz")

    def read(self, path: Path) -> Iterable[RawTable]:
        """The tables in the file. Raises SourceError when it is no XES, declares entities, or unpacks to far more than a log does."""
        from policy_xes.log import read_log

        return read_log(path)


@hookimpl
def policy_sources() -> list[XesSource]:
    return [XesSource()]
