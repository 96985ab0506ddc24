"""`policy explain`: what a rule says and why; why an outcome is what it is."""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Iterable
from operator import ne
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from policy import __version__, pipeline
from policy.cli.arguments import Arguments, Flag, choice
from policy.cli.judging import JUDGING, Asked, Settled, ask, in_force, load, settle
from policy.cli.proofs import as_lines, as_object
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins
from policy.lang.decisions import subject_named
from policy.lang.outcome import PROBLEMS, STATUSES
from policy.lang.secrecy import level_word
from policy.lang.url import is_url
from policy.near import nearest
from policy.pipeline import texts

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.lang.outcome import Outcome
    from policy.lang.report import Report

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "RULE|FINDING|RULE SUBJECT [DATA…]"
FLAGS = (
    *JUDGING,
    Flag("output", "U370", metavar="text|json", short="o", default="text", read=choice("text", "json"), environment=False),
    Flag("all", "U371"),
)
EXAMPLES = (
    "policy explain JDTH-11-1-a",
    "policy explain 3f2a91c0 谈话台账/",
    "policy explain JDTH-11-1-a T1 谈话台账/ --as-of 2026-05-11",
    "policy explain JDTH-05-2-c MC001,JQ01 台账.xlsx -o json",
)

_SHORTEST = 6
"""Characters of a fingerprint that are enough, if no other begins with them."""
_SLIPS = 2
"""Characters of a fingerprint that may be wrong for another to be near."""


class _Named(NamedTuple):
    """What the words name: a finding by `fingerprint`, or one of a `rule` by `subject`, or the rule itself; and the data."""

    fingerprint: str
    rule: str
    subject: str
    data: tuple[str, ...]

    @property
    def is_rule(self) -> bool:
        return not self.fingerprint and not self.subject


def run(arguments: Arguments, screen: Screen) -> int:
    """Explain a rule or a finding."""
    named = _named(arguments.words)
    plugins = load_plugins()
    settled = settle(arguments.filled(named.data, (), {}), JUDGING, plugins, screen, need_data=not named.is_rule)
    if settled is None:
        return 2
    if named.is_rule:
        return _explain_rule(named.rule, settled, plugins, screen)
    asked = ask(settled, plugins, screen)
    if asked is None:
        return 2
    report, outcome = _found(named, asked, plugins)
    screen.failures(plugins.failures)
    _write(report, outcome, settled.arguments, screen)
    return 0


def _named(words: tuple[str, ...]) -> _Named:
    """What the words name. After a rule's id a word that is no file is the subject. Raises UsageError."""
    if not words:
        raise UsageError("U382")
    first, *rest = words
    if re.fullmatch("[0-9a-f]+", first):
        if len(first) < _SHORTEST:
            raise UsageError("U379", fingerprint=first, least=str(_SHORTEST))
        return _Named(first, "", "", tuple(rest))
    rule, _, subject = normalize("NFKC", first).strip().partition(" ")
    if not subject and rest and not is_url(rest[0]) and not os.path.exists(rest[0]):
        subject = rest.pop(0)
    if not subject and rest:
        raise UsageError("U381", rule=rule, data=rest[0])
    return _Named("", rule, subject.strip(), tuple(rest))


# --- a rule ---------------------------------------------------------------------------------------------------------


def _explain_rule(id: str, settled: Settled, plugins: Plugins, screen: Screen) -> int:
    """What a rule says, in the language asked, else in that of the pack."""
    arguments, unit = settled
    loaded = load(arguments["pack"], plugins, screen, cases=True)
    if loaded.pack is None:
        return 2
    parameters, mistakes = in_force(loaded.pack, arguments, unit)
    if mistakes:
        screen.diagnostics(mistakes)
        return 2
    pack = loaded.pack.edition(arguments["as-of"] or datetime.date.today())
    values = {name: value for name, (value, _) in parameters.items()}
    text, told = texts.explained(pack, _rule(id, pack), values, screen.asked or pack.language)
    if arguments["output"] == "json":
        _print_object(told, screen)
    else:
        print(text, end="", file=screen.out)
    return 0


def _rule(id: str, pack: ir.Pack) -> ir.Rule:
    """The rule with this id. Raises UsageError where there is none."""
    rule = pack.rule(id)
    if rule is None:
        raise _unknown(("U373", "U374"), id, [one.id for one in pack.rules])
    return rule


def _print_object(told: dict[str, Any], screen: Screen) -> None:
    print(json.dumps({"tool": "policy", "version": __version__, **told}, ensure_ascii=False, indent=2), file=screen.out)


# --- a finding -------------------------------------------------------------------------------------------------------


def _found(named: _Named, asked: Asked, plugins: Plugins) -> tuple[Report, Outcome]:
    """The finding and the report that it stands in. Raises UsageError where there is none."""
    if named.fingerprint:
        return _by_fingerprint(named.fingerprint, asked, plugins)
    pack = asked.pack.edition(asked.request.as_of)
    rule = _rule(named.rule, pack)
    report = _judged(asked, plugins, rules={rule.id}, all_outcomes=True)
    subject = subject_named(named.subject, rule, pack)
    outcomes = {outcome.subject_text: outcome for outcome in report.outcomes}
    if subject not in outcomes:
        raise _unknown(("U375", "U376"), named.subject, outcomes, rule=rule.id)
    return report, outcomes[subject]


def _by_fingerprint(prefix: str, asked: Asked, plugins: Plugins) -> tuple[Report, Outcome]:
    """Among the problems and, where it is none of them, among all outcomes."""
    seen: list[str] = []
    for statuses in (PROBLEMS, STATUSES):
        report = _judged(asked, plugins, all_outcomes=statuses is STATUSES)
        outcomes = [one for one in report.outcomes.having(statuses) if one.fingerprint]
        found = [one for one in outcomes if one.fingerprint.startswith(prefix)]
        if len(found) > 1:
            raise UsageError("U380", fingerprint=prefix, known="\n".join(one.fingerprint for one in found[:_SHORTEST]))
        if found:
            return report, found[0]
        seen = [one.fingerprint for one in outcomes]
    near = next((one for one in seen if sum(map(ne, one, prefix)) <= _SLIPS), None)
    raise UsageError("U378" if near else "U377", word=prefix, near=near or "")


def _judged(asked: Asked, plugins: Plugins, **changes: object) -> Report:
    return pipeline.check(asked.pack, asked.reading, asked.request._replace(**changes), plugins)


def _unknown(codes: tuple[str, str], word: str, known: Iterable[str], **arguments: str) -> UsageError:
    """There is no such thing; the second code is for when there is one that is near."""
    near = nearest(word, known)
    return UsageError(codes[bool(near)], word=word, near=near or "", **arguments)


def _write(report: Report, outcome: Outcome, arguments: Arguments, screen: Screen) -> None:
    assert report.proof is not None, "no report that others read"
    proof = report.proof(outcome)
    if arguments["output"] == "json":
        _print_object({"as_of": report.as_of.isoformat(), "fingerprint": outcome.fingerprint, **as_object(proof)}, screen)
        return
    if report.secrecy:
        screen.print("R29", mark=level_word(report.secrecy, screen.language))
    for line in as_lines(proof, screen, everything=arguments["all"]):
        print(line, file=screen.out)
    print(file=screen.out)
    screen.print("X89", fingerprint=outcome.fingerprint)
