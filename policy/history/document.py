"""The kept runs as an object of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

from policy.lang.annals import Annals, KeptRun, Month
from policy.lang.past import Baseline, Key

__all__ = ["written"]


def written(annals: Annals) -> bytes:
    """The object, its field names in English whatever the language."""
    document = {
        "tool": "policy",
        "file": annals.file,
        "pack": annals.pack_id,
        "runs": [_run(run) for run in annals.runs],
        "months": [_month(month) for month in annals.months],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _run(run: KeptRun) -> dict[str, object]:
    return {
        "as_of": str(run.as_of),
        "recorded": run.recorded,
        "version": run.version,
        "pack_version": run.pack_version,
        "by_status": dict(run.tally),
    }


def _month(month: Month) -> dict[str, object]:
    return {
        "month": month.name,
        "as_of": str(month.run.as_of),
        "by_rule": {rule: dict(tally) for rule, tally in month.by_rule.items()},
        "by_bearer": [{"entity": entity, "key": key, "by_status": dict(tally)} for (entity, key), tally in month.by_bearer.items()],
        "changed": month.changed and _changed(month.changed, month.findings),
    }


def _changed(changed: Baseline, now: Mapping[Key, str]) -> dict[str, object]:
    """The findings that are not as they were, and those that are none any more."""
    return {
        "against": str(changed.as_of),
        "counts": changed.counts(),
        "differences": [{"kind": one.kind, "name": one.name or None, "before": one.before or None, "now": one.now or None} for one in changed.differences],
        "changes": [
            {"rule": key[0], "subject": list(key[1]), "state": change.state, "was": change.was, "now": now[key]}
            for key, change in changed.changes.items()
            if change.state != "unchanged"
        ],
        "absent": [
            {"rule": one.finding.key[0], "subject": list(one.finding.key[1]), "state": one.state, "was": one.finding.status, "now": one.now}
            for one in changed.absent
        ],
    }
