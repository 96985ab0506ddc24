"""ir → what can be said of rules without data: that one never applies, that two cannot both be met, each with a data set that shows it.

z3 answers where it reaches, over a world of which nothing is known (`world`, `expressions`, `rules`, `solving`); data sets drawn at
random where it does not (`search`). What a data set shows has been judged by the interpreter, which the pipeline hands in.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from policy.analyse.examine import Examiner, Judge, Limits
from policy.analyse.finding import ADVICE, KINDS, Analysis, Finding
from policy.analyse.pairs import examined_pairs
from policy.analyse.sample import Sample, as_case, shrunk
from policy.analyse.single import examined
from policy.lang import ir
from policy.lang.dates import Calendar

__all__ = ["ADVICE", "KINDS", "Analysis", "Finding", "Limits", "Sample", "analyse", "as_case"]


def analyse(
    pack: ir.Pack,
    judge: Judge,
    calendar: Calendar,
    functions: Mapping[str, Callable],
    limits: Limits,
    known: Iterable[Sample] = (),
    rules: Sequence[ir.Rule] | None = None,
    kinds: Sequence[str] = KINDS,
    days: tuple[datetime.date | None, datetime.date | None] = (None, None),
) -> Analysis:
    """What is found about the rules of a pack (None: all of them) as it is on some days, by kinds of findings.

    `judge` is the interpreter. `known` are data sets that may answer questions before the solver is asked: those of the cases.
    """
    examiner = Examiner(pack, judge, calendar, functions, limits, days)
    for sample in known:
        examiner.remember(sample)
    chosen = pack.rules if rules is None else rules
    found = [one for rule in chosen for one in examined(rule, examiner, kinds) if one[1].kind in kinds]
    faulty = {finding.rules[0] for certain, finding in found if finding.kind in ("never-applies", "never-satisfied", "never-violated")}
    found += examined_pairs([rule for rule in chosen if rule.id not in faulty], examiner, kinds)
    findings = tuple(_smallest(finding, examiner) for certain, finding in found if certain)
    undecided = tuple(finding for certain, finding in found if not certain)
    return Analysis(findings, undecided, len(chosen), examiner.queries, examiner.sets)


def _smallest(finding: Finding, examiner: Examiner) -> Finding:
    """The finding with the smallest data set that shows the same: the same statuses of the same rules."""
    if finding.sample is None:
        return finding
    wanted = {(rule, status) for rule, _, status in finding.statuses}

    def holds(sample: Sample) -> bool:
        return wanted <= {(one.rule, one.status) for one in examiner.judge(sample)}

    sample = shrunk(finding.sample, holds, examiner.pack.vocabulary)
    return _with(finding, sample, list(_statuses(finding, sample, examiner)))


def _statuses(finding: Finding, sample: Sample, examiner: Examiner) -> Iterator[tuple[str, tuple[str, ...], str]]:
    wanted = {(rule, status) for rule, _, status in finding.statuses}
    problems = ("violated", "late", "unknown", "due_soon", "attest")
    for one in examiner.judge(sample):
        if one.rule in finding.rules and (one.status in problems or (one.rule, one.status) in wanted):
            yield one.rule, tuple(str(key) for _, key in one.subject), one.status


def _with(finding: Finding, sample: Sample, statuses: Sequence[tuple[str, tuple[str, ...], str]]) -> Finding:
    return Finding(finding.kind, finding.rules, finding.detail, sample, tuple(statuses), finding.how)
