"""Reports in time: how a run stands to an earlier one, and what lies ahead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from policy.hooks.spec import SourceError
from policy.pipeline.runs import last_run

if TYPE_CHECKING:
    import datetime

    from policy.lang.past import PastRun
    from policy.lang.report import Report

_SQLITE = b"SQLite format 3\0"

__all__ = ["against", "due_until", "read_baseline"]


def read_baseline(file: str, pack_id: str) -> PastRun:
    """The run behind an earlier report, or the latest of kept runs, on data judged by the same pack.

    Raises SourceError when it is none, OSError when it cannot be read.
    """
    from policy.load.earlier import read_earlier

    content = Path(file).read_bytes()
    try:
        run = last_run(file) if content.startswith(_SQLITE) else read_earlier(content)
    except ValueError:
        raise SourceError("U391", file) from None
    if run.pack_id not in (None, pack_id):
        raise SourceError("U392", file, theirs=str(run.pack_id), pack=pack_id)
    return run


def against(report: Report, before: PastRun, name: str) -> Report:
    """The report with what has changed since an earlier run."""
    from policy.report.comparing import compare, remember

    return attrs.evolve(report, baseline=compare(before, remember(report), name))


def due_until(report: Report, until: datetime.date, by: str) -> Report:
    """The report with only what is to be done by a day, arranged by day, bearer or rule; the report has every outcome."""
    from policy.report.window import due_until

    return due_until(report, until, by)
