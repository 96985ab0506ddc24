"""`policy audit`: whether what runs rested on has been changed since, and whether a run comes to the same again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from policy import pipeline
from policy.cli.arguments import Arguments, Flag, parse
from policy.cli.judging import JUDGING, ask, read_level, settle
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins

if TYPE_CHECKING:
    from policy.audit import Finding

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "asked_for", "run"]

USAGE = "verify DIR|FILE | replay FILE [DATA…]"
FLAGS = (
    Flag("anchor", "B150", metavar="DIGEST", environment=False),
    Flag("secrecy", "U231", metavar="LEVEL", read=read_level),
)
EXAMPLES = (
    "policy check 台账/ --audit 留痕/",
    "policy audit verify 留痕/",
    "policy audit verify 留痕/ --anchor 4f1c…",
    "policy audit replay 留痕/000003.json",
)


def run(arguments: Arguments, screen: Screen) -> int:
    """Verify or replay; 1 where something is not as it was."""
    jobs = {"verify": _verify, "replay": _replay}
    words = arguments.words
    if len(words) < 2 or words[0] not in jobs or (words[0] == "verify" and len(words) > 2):
        raise UsageError("B151")
    return jobs[words[0]](words[1], arguments, screen)


def asked_for(arguments: Arguments, request: pipeline.Request, all_outcomes: bool) -> pipeline.AuditRequest:
    """How a run was asked for, as it can be asked for again.

    What belongs to a machine, its memory and its level of secrecy, is left out: who runs it again has to declare his own.
    """
    flags = {flag.name: _texts(arguments[flag.name]) for flag in JUDGING if flag.name not in ("secrecy", "memory")}
    settled = {"as-of": (str(request.as_of),), "unit": (request.unit or "",)}  # an empty one: none is to be looked for
    return pipeline.AuditRequest(arguments.words, {**flags, **settled}, all_outcomes)


def _texts(value: Any) -> tuple[str, ...]:
    """The texts that a flag was given, or would have to be given; of a switch `yes` where it is on."""
    if isinstance(value, bool):
        return ("yes",) if value else ()
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return () if value is None else (str(value),)


# --- verify ----------------------------------------------------------------------------------------------------------


def _verify(path: str, arguments: Arguments, screen: Screen) -> int:
    verdict = pipeline.verify_audit(path, (arguments["anchor"] or "").strip().lower())
    changed = _tell(verdict.findings, screen)
    screen.print("B121" if changed else "B120", manifests=verdict.manifests, files=verdict.files, changes=changed)
    if verdict.name:
        screen.print("B122", name=verdict.name, digest=verdict.digest)
    return int(bool(changed))


def _tell(findings: tuple[Finding, ...] | list[Finding], screen: Screen) -> int:
    """Print what was found; how much of it is a change."""
    for finding in findings:
        screen.print(finding.code, **finding.arguments)
    return sum(finding.change for finding in findings)


# --- replay ----------------------------------------------------------------------------------------------------------


def _replay(path: str, arguments: Arguments, screen: Screen) -> int:
    if arguments["anchor"]:
        raise UsageError("B152")
    plugins = load_plugins()
    members, wanted, changed = pipeline.read_audit(path, plugins)
    if arguments.words[2:]:
        wanted = wanted._replace(data=arguments.words[2:])
    _tell(list(changed), screen)
    level = [f"--secrecy={arguments['secrecy']}"] if arguments["secrecy"] else []
    again = parse(JUDGING, [*level, *_command(wanted)], {})
    settled = settle(again, JUDGING, plugins, screen)
    own = [path, *pipeline.manifests(os.path.dirname(path) or ".")]  # which may lie among the data, and are none
    asked = settled and ask(settled, plugins, screen, apart=own, all_outcomes=wanted.all_outcomes)
    if asked is None:
        return 2
    report = pipeline.check(asked.pack, asked.reading, asked.request, plugins)
    screen.failures(plugins.failures)
    found = list(pipeline.differences(members, report, screen.language))
    for code, filling in found:
        screen.print(code, **filling)
    if not found:
        screen.print("B140", outcomes=len(report.outcomes), digest=members["result"]["digest"])
    return int(bool(found) or bool(changed))


def _command(wanted: pipeline.AuditRequest) -> list[str]:
    """The words of the command that asks for the same again."""
    switches = {flag.name for flag in JUDGING if not flag.metavar}
    words = [f"--{name}" if name in switches else f"--{name}={text}" for name, texts in wanted.flags.items() for text in texts]
    return [*words, "--", *wanted.data]
