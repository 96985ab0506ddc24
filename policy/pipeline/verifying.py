"""Packs, judged without data: what the analysis finds, each data set judged by the interpreter and written as a case."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policy.diagnostic import Diagnostic
from policy.pipeline.cases import CaseJudge
from policy.pipeline.choices import find_calendar
from policy.pipeline.casetexts import case_text, parameter_name, value_text
from policy.pipeline.comparing import NEEDED, compare_packs
from policy.pipeline.faults import functions, need

if TYPE_CHECKING:
    from policy.analyse import Analysis, Finding, Sample
    from policy.pipeline.comparing import Limits
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.lang.dates import Calendar
    from policy.lang.outcome import Outcome
    from policy.pipeline.packs import LoadedPack

__all__ = ["CODES", "WRONG", "Told", "Verification", "finding_kinds", "verify"]

class Told(NamedTuple):
    """A finding as it is told: a diagnostic at its rule, and the case that shows it as text (empty: there is none)."""

    finding: Finding
    diagnostic: Diagnostic
    case: str


class Verification(NamedTuple):
    """What is said of a pack; `accepted` are findings that it accepts in place: rule, kind and reason."""

    analysis: Analysis
    told: tuple[Told, ...]
    accepted: tuple[tuple[str, str, str], ...] = ()


def finding_kinds() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds of findings, and those of them that are advice. Raises SourceError where what the analysis needs is not installed."""
    need("policy verify", NEEDED)
    from policy.analyse import ADVICE, KINDS

    return KINDS, ADVICE


def verify(
    loaded: LoadedPack, plugins: Plugins, limits: Limits, kinds: Collection[str], rules: Collection[str] | None = None, base: ir.Pack | None = None
) -> Verification:
    """What the analysis finds in a loaded pack: findings of some kinds, about the rules with these ids (None: all).

    Where it extends `base`, whose final rules may be made stricter only, it is held to that.
    """
    from policy.analyse import Analysis, analyse

    pack = loaded.pack
    assert pack is not None, "a pack with mistakes has no rules to analyse"
    calendar, known_functions = find_calendar(pack, plugins), functions(plugins)
    whole, told, accepted, before = Analysis(), [], [], None
    for first, last, edition in _editions(pack):
        fresh = None if before is None else _changed(before, edition)
        chosen = [rule for rule in edition.rules if rules is None or rule.id in rules]
        judge = _judge(edition, calendar, known_functions)
        known = list(_cases(edition))
        found = analyse(edition, judge, calendar, known_functions, limits, known, chosen, kinds, fresh, (first, last))
        for finding in found.findings:
            reason = _accepted(finding, edition)
            if reason:
                accepted.append((finding.rules[0], finding.kind, reason))
            else:
                told.append(_told(finding, edition, loaded, plugins))
        whole = _sum(whole, found)
        before = edition
    if base is not None and "weaker" in kinds:
        finals = {rule.id for edition in base.all_days() for rule in edition.rules if rule.final and (rules is None or rule.id in rules)}
        for finding, pack in _weaker(base, pack, finals, plugins, limits) if finals else ():
            if finding.sample is None:
                whole = _sum(whole, Analysis(undecided=(finding,)))
            else:
                told.append(_told(finding, pack, loaded, plugins))
    return Verification(whole, tuple(told), tuple(dict.fromkeys(accepted)))


def _weaker(base: ir.Pack, pack: ir.Pack, finals: Collection[str], plugins: Plugins, limits: Limits) -> Iterator[tuple[Finding, ir.Pack]]:
    """The final rules of the base of which the pack asks less, each with the pack as it is on the days in question."""
    from policy.analyse import Finding

    for part in compare_packs(base, pack, plugins, limits, finals):
        edition = pack.edition(part.first or part.last or datetime.date.today())
        for one in part.differences:
            if one.kind == "stricter":
                continue
            found = one.before and (one.rule, tuple(str(key) for _, key in one.before.subject), one.after.status if one.after else "absent")
            yield Finding("weaker", (one.rule,), (), one.sample, (found,) if found else (), "data"), edition


def _editions(pack: ir.Pack) -> Iterator[tuple]:
    if not pack.editions:
        yield None, None, pack
    for one in pack.editions:
        yield one.first, one.last, one.pack


def _changed(before: ir.Pack, after: ir.Pack) -> set[str]:
    """The rules that do not mean the same in the second pack."""
    if (before.definitions, before.parameters, before.vocabulary) != (after.definitions, after.parameters, after.vocabulary):
        return {rule.id for rule in after.rules}
    return {rule.id for rule in after.rules if rule != before.rule(rule.id)}


def _sum(whole: Analysis, part: Analysis) -> Analysis:
    from policy.analyse import Analysis

    return Analysis(
        whole.findings + part.findings, whole.undecided + part.undecided, max(whole.rules, part.rules), whole.queries + part.queries,
        whole.sets + part.sets, whole.in_time and part.in_time,
    )  # fmt: skip


# --- data sets -------------------------------------------------------------------------------------------------------


def _judge(pack: ir.Pack, calendar: Calendar, functions: Mapping[str, Callable]) -> Callable[[Sample, Sequence[str] | None], Sequence[Outcome]]:
    """The interpreter, which reads a data set as it does that of a case."""
    from policy.analyse import as_case
    from policy.interpret import judge
    from policy.load.cases import case_facts

    def judged(sample: Sample, rules: Sequence[str] | None) -> Sequence[Outcome]:
        facts, problems = case_facts(as_case(sample, pack.vocabulary, pack.language, "", {}), pack.vocabulary)
        assert not problems, problems
        return judge(pack, facts, sample.as_of, sample.parameters, calendar, functions, rules, ()).outcomes

    return judged


def _cases(pack: ir.Pack) -> Iterable[Sample]:
    """The data of the cases that set no waiver and find nothing by people."""
    from policy.analyse import sample_of
    from policy.load.cases import case_facts

    for case in pack.cases:
        facts, problems = case_facts(case, pack.vocabulary)
        if not problems and not any(facts.tables.get(name) for name in ("attestation", "waiver")):
            yield sample_of(case.as_of, facts, pack.vocabulary, dict(case.parameters))


# --- as texts --------------------------------------------------------------------------------------------------------


CODES = {
    "never-applies": "V10", "never-violated": "V11", "never-satisfied": "V12", "exception-never": "V13", "exception-always": "V14",
    "due-before-trigger": "V15", "weaker": "V23", "row-order": "V24", "key-names": "V25", "later-day": "V26", "fulfilling-row": "V27", "missing-row": "V28",
    "evidence": "V29", "waiver": "V32", "conflict": "V18", "redundant": "V19", "month-end": "V20", "due-may-precede": "V21",
}  # fmt: skip
WRONG = {"never-applies": "V22", "never-violated": "V16", "never-satisfied": "V17"}
"""The codes of what a value of a parameter does, by the kind of finding that it makes."""


_COMMENT = r"(?:#|注[:：])[ \t　]*(.+)"


def _accepted(finding: Finding, pack: ir.Pack) -> str:
    """Why a pack accepts a finding: a comment `# known CODE: reason` in one of its rules or in its parameter; empty if it does not."""
    from policy.lang.known import known_in

    parameter = pack.parameters.get(dict(finding.detail).get("parameter", ""))
    texts = [*(rule.text for rule in map(pack.rule, finding.rules) if rule is not None), parameter.text if parameter else ""]
    known = (one for text in texts for one in known_in(re.findall(_COMMENT, text)))
    return next((one.reason for one in known if one.covers(_code(finding))), "")


def _code(finding: Finding) -> str:
    """The code of what is said of a finding."""
    return CODES.get(finding.kind) or WRONG[dict(finding.detail)["wrong"]]


def _told(finding: Finding, pack: ir.Pack, loaded: LoadedPack, plugins: Plugins) -> Told:
    sources = {source.name: source for source in loaded.sources}
    rule, *others = [one for id in finding.rules if (one := pack.rule(id)) is not None]
    detail = dict(finding.detail)
    code = _code(finding)
    if "parameter" in detail:
        detail |= {"parameter": parameter_name(detail["parameter"], pack), "value": value_text(detail["value"], pack.language)}
    if "status" in detail:
        detail |= {"status": f"@status:{detail['status']}"}
    if "other" in detail:
        detail |= {"other": f"@setting:{detail['other']}"}
    arguments = {"rule": _named(rule), **detail, **({"other": _named(others[0])} if others else {})}
    related = tuple((sources[one.file], one.span, code) for one in others)
    diagnostic = Diagnostic(code, sources[rule.file], rule.span, arguments, code, {}, related, pack.language)
    return Told(finding, diagnostic, _case(finding, pack, plugins))


def _named(rule: ir.Rule) -> str:
    return f"{rule.id}“{rule.title}”" if rule.language == "zh" else f'{rule.id} "{rule.title}"'


def _case(finding: Finding, pack: ir.Pack, plugins: Plugins) -> str:
    """The data set of a finding as a case, once it has passed as one."""
    from policy.analyse import as_case
    from policy.interpret import judge

    if finding.sample is None:
        return ""
    expected = {(rule, subject): status for rule, subject, status in finding.statuses}
    case = as_case(finding.sample, pack.vocabulary, pack.language, f"{finding.kind} {' '.join(finding.rules)}", expected)
    failures = list(CaseJudge(find_calendar(pack, plugins), functions(plugins), judge).whole(pack, case))
    assert not failures, failures  # a finding that does not replay is a fault of the analysis, and is not told
    return case_text(case, pack)
