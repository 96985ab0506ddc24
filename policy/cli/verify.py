"""`policy verify`: what can be said of the rules of a pack without data."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

from policy import __version__, pipeline
from policy.cli.arguments import Arguments, Flag, choice, whole
from policy.cli.files import write_whole
from policy.cli.judging import DEFAULT_PACK, load
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import Plugins, load_plugins
from policy.hooks.spec import SourceError
from policy.lang import ir
from policy.near import nearest
from policy.pipeline.comparing import Limits
from policy.pipeline.verifying import Told, Verification, finding_kinds, verify

__all__ = ["EXAMPLES", "FLAGS", "LIMITS", "USAGE", "run"]

USAGE = "[PACK…]"


def _positive(text: str) -> int:
    """Reads a number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise UsageError("U452", value=text)
    return int(text)


LIMITS = (
    Flag("timeout", "U455", metavar="SECONDS", default="60", read=_positive),
    Flag("bound", "U456", metavar="ROWS", default="5", read=_positive),
    Flag("seed", "U457", metavar="NUMBER", default="0", read=whole),
)
FLAGS = (
    Flag("select", "U453", metavar="WORD", many=True),
    Flag("ignore", "U454", metavar="WORD", many=True),
    Flag("advice", "U458"),
    *LIMITS,
    Flag("write", "U459", metavar="FILE"),
    Flag("output", "U460", metavar="text|json", short="o", default="text", read=choice("text", "json")),
)
EXAMPLES = ("policy verify", "policy verify rules/my_pack --select conflict", "policy verify rules/my_pack --write cases/found.policy")


def run(arguments: Arguments, screen: Screen) -> int:
    """Say what is found in each pack; 1 where something is, 2 where a pack does not load."""
    kinds, advice = finding_kinds()
    plugins = load_plugins()
    results = [_verify(name, arguments, kinds, advice, plugins, screen) for name in arguments.words or (DEFAULT_PACK,)]
    if any(result is None for result in results):
        return 2
    if arguments["write"]:
        cases = "\n".join(told.case for result in results for told in result.told if told.case)
        write_whole(arguments["write"], cases.encode())
    return int(any(result.told for result in results))


def _verify(name: str, arguments: Arguments, kinds: Sequence[str], advice: Sequence[str], plugins: Plugins, screen: Screen) -> Verification | None:
    loaded = load(name, plugins, screen, cases=True, trusting=True)
    if loaded.pack is None:
        return None
    chosen, rules = _chosen(loaded.pack, arguments, kinds, advice)
    limits = Limits(arguments["bound"], seconds=arguments["timeout"], seed=arguments["seed"])
    screen.progress("U461", pack=loaded.pack.id, rules=len(loaded.pack.rules))
    base = pipeline.load_base(pipeline.find_pack(name, plugins), plugins) if loaded.pack.extends else None
    result = verify(loaded, plugins, limits, chosen, rules, base and base.pack)
    screen.failures(plugins.failures)
    tell = _tell_json if arguments["output"] == "json" else _tell
    tell(result, loaded.pack, limits, screen)
    return result


def _chosen(pack: ir.Pack, arguments: Arguments, kinds: Sequence[str], advice: Sequence[str]) -> tuple[set[str], set[str] | None]:
    """The kinds of findings and the ids of rules that are asked for: a word is a kind, else what an id begins with."""
    ids = {rule.id for edition in pack.all_days() for rule in edition.rules}
    for word in (*arguments["select"], *arguments["ignore"]):
        if word not in kinds and not any(id.startswith(word) for id in ids):
            near = nearest(word, [*kinds, *ids])
            raise SourceError("U462", word, **({"near": near} if near else {}), known="\n".join(kinds))
    usual = {kind for kind in kinds if arguments["advice"] or kind not in advice}
    selected = {word for word in arguments["select"] if word in kinds}
    prefixes = tuple(word for word in arguments["select"] if word not in kinds)
    ignored = tuple(word for word in arguments["ignore"] if word not in kinds)
    rules = {id for id in ids if (not prefixes or id.startswith(prefixes)) and not (ignored and id.startswith(ignored))}
    return (selected or usual) - set(arguments["ignore"]), None if rules == ids else rules


# --- as text ---------------------------------------------------------------------------------------------------------


def _tell(result: Verification, pack: ir.Pack, limits: Limits, screen: Screen) -> None:
    from policy.messages.render import render

    for told in result.told:
        print(render(told.diagnostic, screen.asked))
        print(f"  = {_how(told, screen)}")
        if told.case:
            print("\n" + "\n".join(f"    {line}" for line in told.case.rstrip("\n").split("\n")))
        print()
    analysis = result.analysis
    for line in dict.fromkeys(_undecided(analysis, limits, screen)):
        print(line)
    for rule, kind, reason in result.accepted:
        print(screen.text("V52", rule=rule, kind=kind, reason=reason))
    count = len(result.told)
    said = {"pack": pack.id, "rules": analysis.rules, "count": count, "queries": analysis.queries, "sets": analysis.sets}
    print(screen.text("V51" if count else "V50", **said))
    sys.stdout.flush()


def _how(told: Told, screen: Screen) -> str:
    return screen.text("V30" if told.finding.how == "solver" else "V31")


def _undecided(analysis, limits: Limits, screen: Screen) -> Iterator[str]:
    """What was not decided: each question, or where the time was up how many there were of a kind."""
    for one in analysis.undecided:
        if analysis.in_time:
            yield screen.text("V40", kind=one.kind, rules="\n".join(one.rules), rows=limits.rows, drawn=limits.drawn)
        else:
            count = sum(other.kind == one.kind for other in analysis.undecided)
            yield screen.text("V41", kind=one.kind, count=count, seconds=limits.seconds)


# --- as JSON ---------------------------------------------------------------------------------------------------------


def _tell_json(result: Verification, pack: ir.Pack, limits: Limits, screen: Screen) -> None:
    analysis = result.analysis
    told = {
        "tool": "policy verify",
        "version": __version__,
        "pack": {"id": pack.id, "version": pack.version, "sha256": pack.sha256},
        "limits": {"rows": limits.rows, "drawn": limits.drawn, "seconds": limits.seconds, "seed": limits.seed},
        "counts": {"rules": analysis.rules, "queries": analysis.queries, "sets": analysis.sets},
        "findings": [_finding(one, screen) for one in result.told],
        "accepted": [{"rule": rule, "kind": kind, "reason": reason} for rule, kind, reason in result.accepted],
        "undecided": [{"kind": one.kind, "rules": list(one.rules), "in_time": analysis.in_time} for one in analysis.undecided],
    }
    print(json.dumps(told, ensure_ascii=False, indent=1))


def _finding(told: Told, screen: Screen) -> dict:
    from policy.messages import text

    one, diagnostic = told.finding, told.diagnostic
    line, column = diagnostic.source.position(diagnostic.span[0])
    return {
        "kind": one.kind,
        "code": diagnostic.code,
        "rules": list(one.rules),
        "text": text(diagnostic.code, screen.asked or diagnostic.language, **diagnostic.arguments),
        "place": {"file": diagnostic.source.name, "line": line, "column": column},
        "how": one.how,
        "case": told.case or None,
        "outcomes": [{"rule": rule, "subject": list(subject), "status": status} for rule, subject, status in one.statuses],
    }
