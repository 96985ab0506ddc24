"""A finding with the smallest data set that shows it."""

from __future__ import annotations

import attrs

from policy.analyse.examine import Examiner
from policy.analyse.finding import Finding
from policy.analyse.sample import Sample, shrunk
from policy.lang.outcome import PROBLEMS, Outcome

__all__ = ["smallest"]


def smallest(finding: Finding, examiner: Examiner) -> Finding:
    """The finding with a smaller data set in which the rules have the same statuses, and with all that a case has to expect of it."""
    if finding.sample is None:
        return finding
    wanted = {(rule, status) for rule, _, status in finding.statuses if status != "absent"}

    def holds(sample: Sample) -> bool:
        return wanted <= {(one.rule, one.status) for one in examiner.judge(sample, finding.rules)}

    sample = shrunk(finding.sample, holds, examiner.pack.vocabulary) if wanted else finding.sample
    outcomes = [one for one in examiner.judge(sample, finding.rules) if one.status in PROBLEMS or (one.rule, one.status) in wanted]
    statuses = tuple((one.rule, keys(one), one.status) for one in outcomes)
    return attrs.evolve(finding, sample=sample, statuses=statuses or finding.statuses)


def keys(outcome: Outcome) -> tuple[str, ...]:
    """The subject of an outcome as a case writes it."""
    return tuple(str(key) for _, key in outcome.subject)
