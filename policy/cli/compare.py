"""`policy compare`: what a variant, or another version of a pack, changes: in the rules themselves, or on data."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from policy import __version__, pipeline
from policy.cli.arguments import Arguments, Flag, choice
from policy.cli.files import write_whole
from policy.cli.judging import JUDGING, Settled, ask, load, settle
from policy.cli.screen import Screen, UsageError
from policy.cli.verify import LIMITS
from policy.hooks.manager import Plugins, load_plugins
from policy.lang import ir
from policy.lang.keywords import spelling, status_word
from policy.lang.outcome import Outcome
from policy.pipeline.comparing import Change, Limits, changes, compare_packs, difference_case

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "BASE VARIANT"
_JUDGING = tuple(flag for flag in JUDGING if flag.name != "pack")
FLAGS = (
    Flag("data", "U463", metavar="DATA", many=True, environment=False),
    *_JUDGING,
    *LIMITS,
    Flag("write", "U459", metavar="FILE"),
    Flag("output", "U460", metavar="text|json", short="o", default="text", read=choice("text", "json")),
)
EXAMPLES = (
    "policy compare supervision_talks reference_application",
    "policy compare supervision_talks rules/our_office --write cases/differences.policy",
    "policy compare supervision_talks rules/our_office --data 谈话台账/ --as-of 2026-06-30",
)

_EARLY = datetime.date(2026, 1, 1)
"""A day, of packs that are the same on all days."""
_LESS = ("weaker", "gone", "milder")
"""The differences by which the second pack asks less."""
_CODES = {"weaker": "V71", "gone": "V72", "milder": "V73", "stricter": "V74"}


def run(arguments: Arguments, screen: Screen) -> int:
    """Say what the second pack changes; 1 where it asks less than the first, or with data where anything is changed."""
    if len(arguments.words) != 2:
        raise UsageError("U464")
    plugins = load_plugins()
    if arguments["data"]:
        return _on_data(arguments, plugins, screen)
    loaded = [load(name, plugins, screen, trusting=True) for name in arguments.words]
    if any(one.pack is None for one in loaded):
        return 2
    before, after = (one.pack for one in loaded)
    limits = Limits(arguments["bound"], seconds=arguments["timeout"], seed=arguments["seed"])
    found = compare_packs(before, after, plugins, limits, _chosen(before, arguments))
    tell = _tell_json if arguments["output"] == "json" else _tell
    tell(found, before, after, screen)
    if arguments["write"]:
        cases = (difference_case(one, after) for part in found for one in part.differences)
        write_whole(arguments["write"], "\n".join(filter(None, cases)).encode())
    return int(any(one.kind in _LESS and one.certain for part in found for one in part.differences))


def _chosen(pack: ir.Pack, arguments: Arguments) -> set[str] | None:
    select, ignore = tuple(arguments["select"]), tuple(arguments["ignore"])
    if not select and not ignore:
        return None
    ids = {rule.id for edition in pack.all_days() for rule in edition.rules}
    return {id for id in ids if (not select or id.startswith(select)) and not (ignore and id.startswith(ignore))}


# --- rules -----------------------------------------------------------------------------------------------------------


def _tell(found: Sequence, before: ir.Pack, after: ir.Pack, screen: Screen) -> None:
    for part in found:
        print(_days(part, screen))
        print(screen.text("V75", count=len(part.same)))
        for id in part.added:
            print(screen.text("V76", rule=_named(id, after.edition(part.first or part.last or _EARLY))))
        for one in part.differences:
            print("\n".join(_difference(one, part, before, after, screen)))
        print()
    less = sum(one.kind in _LESS and one.certain for part in found for one in part.differences)
    open_ = sum(one.kind in _LESS and not one.certain for part in found for one in part.differences)
    print(screen.text("V78" if less else "V79" if open_ else "V77", before=before.id, after=after.id, count=less or open_))


def _days(part, screen: Screen) -> str:
    if part.first is None and part.last is None:
        return screen.text("V80")
    if part.first is None:
        return screen.text("V81", last=part.last)
    return screen.text("V82" if part.last is None else "V83", first=part.first, last=part.last)


def _difference(one, part, before: ir.Pack, after: ir.Pack, screen: Screen) -> Iterator[str]:
    day = part.first or part.last or _EARLY
    first, second = before.edition(day), after.edition(day)
    if not one.certain:
        yield screen.text("V84", rule=_named(one.rule, first), kind=one.kind)
        return
    yield screen.text(_CODES[one.kind], rule=_named(one.rule, first), after=after.id)
    for pack, outcome in ((first, one.before), (second, one.after)):
        yield "  " + _outcome(pack, one.rule, outcome, screen)
    case = difference_case(one, after)
    yield from ("", *(f"    {line}" for line in case.rstrip("\n").split("\n")), "")


def _outcome(pack: ir.Pack, id: str, outcome: Outcome | None, screen: Screen) -> str:
    """What a pack says of the subject, and by which articles."""
    rule = pack.rule(id)
    basis = ("、" if screen.language == "zh" else ", ").join(rule.basis) if rule else ""
    if rule is None or outcome is None:
        return screen.text("V86" if rule is None else "V87", pack=pack.id, basis=basis)
    status, severity = status_word(outcome.status, screen.language), spelling(outcome.severity.upper(), screen.language)
    return screen.text("V85", pack=pack.id, subject=outcome.subject_text, status=status, severity=severity, due=outcome.due or "—", basis=basis)


def _named(id: str, pack: ir.Pack) -> str:
    rule = pack.rule(id)
    return f"{id} {rule.title}" if rule else id


def _tell_json(found: Sequence, before: ir.Pack, after: ir.Pack, screen: Screen) -> None:
    stretches = [
        {
            "first": part.first and part.first.isoformat(),
            "last": part.last and part.last.isoformat(),
            "same": list(part.same),
            "added": list(part.added),
            "differences": [_difference_json(one, after) for one in part.differences],
        }
        for part in found
    ]
    _print_json({"packs": [_pack_json(before), _pack_json(after)], "stretches": stretches})


def _difference_json(one, after: ir.Pack) -> dict:
    return {
        "kind": one.kind,
        "rule": one.rule,
        "decided": one.certain,
        "before": _outcome_json(one.before),
        "after": _outcome_json(one.after),
        "case": difference_case(one, after) or None,
    }


def _outcome_json(outcome: Outcome | None) -> dict | None:
    if outcome is None:
        return None
    due = outcome.due and outcome.due.isoformat()
    return {"subject": outcome.subject_text, "status": outcome.status, "severity": outcome.severity, "due": due, "basis": list(outcome.basis)}


def _pack_json(pack: ir.Pack) -> dict:
    return {"id": pack.id, "version": pack.version, "sha256": pack.sha256}


def _print_json(content: dict) -> None:
    print(json.dumps({"tool": "policy compare", "version": __version__, **content}, ensure_ascii=False, indent=1))


# --- data ------------------------------------------------------------------------------------------------------------


def _on_data(arguments: Arguments, plugins: Plugins, screen: Screen) -> int:
    """What changes on data from one pack to the other."""
    reports, packs = [], []
    for name in arguments.words:
        values = {**arguments._values, "pack": name}
        settled = settle(attrs.evolve(arguments, words=arguments["data"], values=values), _JUDGING, plugins, screen)
        asked = settled and ask(Settled(settled.arguments, settled.unit), plugins, screen, all_outcomes=True)
        if asked is None:
            return 2
        reports.append(pipeline.check(asked.pack, asked.reading, asked.request, plugins))
        packs.append(asked.pack)
    screen.failures(plugins.failures)
    found = list(changes(reports[0].outcomes, reports[1].outcomes))
    if arguments["output"] == "json":
        _print_json({"packs": list(map(_pack_json, packs)), "as_of": str(reports[0].as_of), "changes": list(map(_change_json, found))})
    else:
        _tell_changes(found, packs, str(reports[0].as_of), screen)
    return int(bool(found))


def _tell_changes(found: Sequence[Change], packs: Sequence[ir.Pack], as_of: str, screen: Screen) -> None:
    for (rule, before, after), count in _counts(found, screen):
        print(screen.text("V91", rule=rule, before=before, after=after, count=count))
    for one in found:
        before, after = (_short(outcome, screen) for outcome in (one.before, one.after))
        print("  " + screen.text("V92", rule=one.rule, subject=one.subject, before=before, after=after))
    print(screen.text("V93" if found else "V94", count=len(found), before=packs[0].id, after=packs[1].id, as_of=as_of))


def _counts(found: Iterable[Change], screen: Screen) -> list[tuple[tuple[str, str, str], int]]:
    return list(Counter((one.rule, _status(one.before, screen), _status(one.after, screen)) for one in found).items())


def _status(outcome: Outcome | None, screen: Screen) -> str:
    return status_word(outcome.status if outcome else "absent", screen.language)


def _short(outcome: Outcome | None, screen: Screen) -> str:
    """An outcome in a few words: what it is, how much it weighs, by when."""
    if outcome is None:
        return _status(None, screen)
    parts = [_status(outcome, screen), spelling(outcome.severity.upper(), screen.language), *([str(outcome.due)] if outcome.due else [])]
    return "/".join(parts)


def _change_json(one: Change) -> dict:
    return {"rule": one.rule, "subject": one.subject, "kind": one.kind, "before": _outcome_json(one.before), "after": _outcome_json(one.after)}
