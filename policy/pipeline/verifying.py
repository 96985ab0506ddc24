"""Packs, judged without data: what the analysis finds, each data set judged by the interpreter and written as a case."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policy.diagnostic import Diagnostic
from policy.hooks.spec import SourceError
from policy.lang.keywords import period_text, spelling, status_word
from policy.pipeline.cases import CaseJudge
from policy.pipeline.choices import find_calendar
from policy.pipeline.faults import functions
from policy.pipeline.texts import format_text
from policy.source import Source

if TYPE_CHECKING:
    from policy.analyse import Analysis, Finding, Sample
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.lang.dates import Calendar
    from policy.lang.outcome import Outcome
    from policy.pipeline.packs import LoadedPack

__all__ = ["CODES", "WRONG", "Limits", "Told", "Verification", "finding_kinds", "verify"]

_NEEDED = ("z3", "hypothesis")


class Limits(NamedTuple):
    """How far to look: `rows` of each table, `drawn` data sets, `seconds` in all, from `seed`."""

    rows: int = 5
    drawn: int = 60
    seconds: float = 60
    seed: int = 0


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
    _installed()
    from policy.analyse import ADVICE, KINDS

    return KINDS, ADVICE


def _installed() -> None:
    from importlib.util import find_spec

    absent = [module for module in _NEEDED if find_spec(module) is None]
    if absent:
        raise SourceError("U450", "policy verify", absent=" ".join(absent))


def verify(loaded: LoadedPack, plugins: Plugins, limits: Limits, kinds: Collection[str], rules: Collection[str] | None = None) -> Verification:
    """What the analysis finds in a loaded pack: findings of some kinds, about the rules with these ids (None: all)."""
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
    return Verification(whole, tuple(told), tuple(dict.fromkeys(accepted)))


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
    from policy.load import case_facts

    def judged(sample: Sample, rules: Sequence[str] | None) -> Sequence[Outcome]:
        facts, problems = case_facts(as_case(sample, pack.vocabulary, pack.language, "", {}), pack.vocabulary)
        assert not problems, problems
        return judge(pack, facts, sample.as_of, sample.parameters, calendar, functions, rules, ()).outcomes

    return judged


def _cases(pack: ir.Pack) -> Iterable[Sample]:
    """The data of the cases that set no waiver and find nothing by people."""
    from policy.analyse import sample_of
    from policy.load import case_facts

    for case in pack.cases:
        facts, problems = case_facts(case, pack.vocabulary)
        if not problems and not any(facts.tables.get(name) for name in ("attestation", "waiver")):
            yield sample_of(case.as_of, facts, pack.vocabulary, dict(case.parameters))


# --- as texts --------------------------------------------------------------------------------------------------------


CODES = {
    "never-applies": "V10", "never-violated": "V11", "never-satisfied": "V12", "exception-never": "V13", "exception-always": "V14",
    "due-before-trigger": "V15", "conflict": "V18", "redundant": "V19", "month-end": "V20", "due-may-precede": "V21",
}  # fmt: skip
WRONG = {"never-applies": "V22", "never-violated": "V16", "never-satisfied": "V17"}
"""The codes of what a value of a parameter does, by the kind of finding that it makes."""


_ACCEPTED = r"(?:#|注[:：])\s*(?:accept|认可)\s+{kind}\s*[:：]\s*(\S.*)"


def _accepted(finding: Finding, pack: ir.Pack) -> str:
    """Why a pack accepts a finding: a comment `# accept KIND: reason` in one of its rules or in its parameter; empty if it does not."""
    parameter = pack.parameters.get(dict(finding.detail).get("parameter", ""))
    texts = [*(rule.text for rule in map(pack.rule, finding.rules) if rule is not None), parameter.text if parameter else ""]
    found = (re.search(_ACCEPTED.format(kind=finding.kind), text) for text in texts)
    return next((one[1].strip() for one in found if one), "")


def _told(finding: Finding, pack: ir.Pack, loaded: LoadedPack, plugins: Plugins) -> Told:
    sources = {source.name: source for source in loaded.sources}
    rule, *others = [one for id in finding.rules if (one := pack.rule(id)) is not None]
    detail = dict(finding.detail)
    code = CODES.get(finding.kind) or WRONG[detail["wrong"]]
    if "parameter" in detail:
        detail |= {"parameter": _parameter(detail["parameter"], pack), "value": _value(detail["value"], pack.language)}
    if "other" in detail:
        detail |= {"other": spelling(detail["other"].upper(), pack.language)}
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


def case_text(case: ir.Case, pack: ir.Pack) -> str:
    """A case in the pack's language, in its canonical layout."""
    language = pack.language
    lines = [f'{spelling("CASE", language)} "{case.title}" {spelling("AS_OF_DAY", language)} {case.as_of}']
    lines += [f"{spelling('SET', language)} {_parameter(name, pack)} = {_value(value, language)}" for name, value in case.parameters]
    for table in case.tables:
        entity = pack.vocabulary.entities[table.entity]
        lines.append(f"{spelling('GIVEN', language)} {_name(entity, language)}")
        lines += ["|" + "|".join(f" {cell or ''} " for cell in cells) + "|" for cells in (table.columns, *table.cells)]
    between = "、" if language == "zh" else ", "
    for one in case.expectations:
        lines.append(f"{spelling('EXPECT', language)} {one.rule} {between.join(one.subject)} {status_word(one.status, language)}")
    text, diagnostics = format_text(Source("", "\n".join([*lines, spelling("END", language)]) + "\n"), language)
    assert text is not None, diagnostics
    return text


def _name(declared, language: str) -> str:
    return declared.label or declared.name if language == "zh" else declared.name


def _parameter(name: str, pack: ir.Pack) -> str:
    return _name(pack.parameters[name], pack.language)


def _value(value: ir.Value, language: str) -> str:
    """A value as a case sets a parameter to it."""
    from policy.lang.types import MonthDay, Period

    if isinstance(value, bool):
        return spelling("TRUE" if value else "FALSE", language)
    if isinstance(value, MonthDay):
        return f"{value.month:02}-{value.day:02}"
    if isinstance(value, Period):
        return period_text(value.amount, value.unit, language)
    return f'"{value}"' if isinstance(value, str) else str(value)
