"""ir → what can be said of rules without data: that one never applies, that two cannot both be met, each with a data set that shows it.

z3 answers where it reaches, over a world of which nothing is known (`world`, `expressions`, `rules`, `solving`); data sets drawn at
random where it does not (`search`). What a data set shows has been judged by the interpreter, which the pipeline hands in.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from policy.analyse.examine import Examiner, Judge, Limits
from policy.analyse.finding import ADVICE, KINDS, Analysis, Finding
from policy.analyse.pairs import examined_pairs
from policy.analyse.smallest import smallest
from policy.analyse.properties import PROPERTIES, contradicted
from policy.analyse.sample import Sample, as_case
from policy.analyse.search import sample_of
from policy.analyse.single import examined
from policy.lang import ir
from policy.lang.dates import Calendar

__all__ = ["ADVICE", "KINDS", "Analysis", "Finding", "Sample", "analyse", "as_case", "sample_of"]


def analyse(
    pack: ir.Pack,
    judge: Judge,
    calendar: Calendar,
    functions: Mapping[str, Callable],
    limits: Limits,
    known: Iterable[Sample] = (),
    rules: Sequence[ir.Rule] | None = None,
    kinds: Collection[str] = KINDS,
    fresh: Collection[str] | None = None,
    days: tuple[datetime.date | None, datetime.date | None] = (None, None),
) -> Analysis:
    """What is found about the rules of a pack (None: all of them) as it is on some days, by kinds of findings.

    `judge` is the interpreter. `known` are data sets that may answer questions before the solver is asked: those of the cases. Of `fresh`
    rules one has to be among those that a finding is about (None: whichever).
    """
    chosen = pack.rules if rules is None else rules
    examiner = Examiner(pack, judge, calendar, functions, limits, days, rules=[rule.id for rule in chosen])
    for sample in known:
        examiner.remember(sample)
    found = [one for rule in chosen if fresh is None or rule.id in fresh for one in examined(rule, examiner, kinds) if one[1].kind in kinds]
    found += [(True, one) for rule in chosen if fresh is None or rule.id in fresh for one in contradicted(rule, examiner, kinds) if examiner.in_time]
    faulty = {finding.rules[0] for _, finding in found if finding.kind.startswith("never") or finding.kind == "exception-always"}
    found += examined_pairs([rule for rule in chosen if rule.id not in faulty], examiner, kinds, fresh)
    findings = tuple(finding if finding.kind in PROPERTIES else smallest(finding, examiner) for certain, finding in found if certain)
    undecided = tuple(finding for certain, finding in found if not certain)
    return Analysis(findings, undecided, len(chosen), examiner.queries, examiner.sets, in_time=examiner.in_time)
