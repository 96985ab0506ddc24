"""ir + facts → outcomes: the definition of the language.

`subjects` finds whom a rule is about, `expressions` says what a value is, `duties` what a duty comes to, and `judge` puts
them together. Section 6 of docs/language.md is the same in words.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256

from policy.interpret.duties import Finding, judge_duty
from policy.interpret.expressions import evaluate
from policy.interpret.messages import render_message
from policy.interpret.missing import missing_fields
from policy.interpret.subjects import subjects
from policy.interpret.waivers import Waivers
from policy.interpret.world import Env, Violation, World
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts, Row
from policy.lang.outcome import Evidence, Judgement, Outcome
from policy.lang.walk import walk

__all__ = ["judge"]

_WAIVABLE = ("violated", "late", "unknown", "attest")


def judge(
    pack: ir.Pack,
    facts: Facts,
    as_of: datetime.date,
    parameters: Mapping[str, ir.Value],
    calendar: Calendar,
    functions: Mapping[str, Callable],
    rules: Collection[str] | None = None,
) -> Judgement:
    """What the rules of a pack say of the facts as of a day.

    `parameters` holds those that a unit has set; the others have their defaults. `functions` are those of plug-ins, by name.
    `rules` limits the outcomes to these ids (None: all); rules that they read are judged too, but not returned.
    """
    world = World(pack, facts, as_of, parameters, calendar, functions)
    waivers = Waivers(world)
    wanted = {rule.id for rule in pack.rules} if rules is None else set(rules)
    outcomes: dict[str, list[Outcome]] = {}
    for rule in _needed(pack, wanted):
        judged = [(_outcome(rule, env, truth, waivers), env) for env, truth in subjects(rule, world)]
        outcomes[rule.id] = [outcome for outcome, _ in judged]
        world.violations[rule.id] = [
            Violation(outcome, env.vars, _bearer(rule, env))
            for outcome, env in judged
            if outcome.status in ("violated", "late", "unknown")
        ]
    ordered = [outcome for rule in pack.rules if rule.id in wanted for outcome in outcomes.get(rule.id, ())]
    return Judgement(tuple(ordered), waivers.notices(wanted, {rule.id for rule in pack.rules}))


def _needed(pack: ir.Pack, wanted: set[str]) -> list[ir.Rule]:
    """The wanted rules and those whose violations they read, each after the ones it reads."""
    needed = set(wanted)
    ordered = sorted(pack.rules, key=lambda rule: rule.stratum)
    for rule in reversed(ordered):
        if rule.id in needed:
            needed.update(rule.depends)
    return [rule for rule in ordered if rule.id in needed]


def _outcome(rule: ir.Rule, env: Env, where: bool | None, waivers: Waivers) -> Outcome:
    subject = tuple((each.var, _key(env.vars[each.var])) for each in rule.binders)
    text = ",".join(str(key) for _, key in subject)
    due, unrolled = _due(rule, env)
    finding, excuse = _finding(rule, text, due, where, env)
    waiver = waivers.excuse(rule.id, text, finding.status in _WAIVABLE)
    if waiver is not None:
        finding, excuse = Finding("excused", finding.fulfilled, finding.rows), f"waiver {waiver}"
    bearer = _bearer(rule, env)
    told = finding.status in ("violated", "late")
    evidence, values = _evidence(rule, finding, env)
    return Outcome(
        rule=rule.id,
        subject=subject,
        status=finding.status,
        severity=rule.severity,
        bearer=bearer and (bearer.entity, bearer.key),
        due=due,
        due_unrolled=unrolled,
        fulfilled=finding.fulfilled,
        missing=tuple(sorted(finding.missing)),
        basis=rule.basis,
        message=render_message(rule, env, due, finding.fulfilled, bearer) if told else "",
        evidence=evidence,
        fingerprint=_fingerprint(rule.id, text, finding.status, due, finding.fulfilled, sorted(finding.missing), values),
        excuse=excuse,
        notes=_notes(rule, due, unrolled, env),
    )


def _key(value: Row | str | int) -> str | int:
    return value.key if isinstance(value, Row) else value


def _bearer(rule: ir.Rule, env: Env) -> Row | None:
    return None if rule.bearer is None else evaluate(rule.bearer, env)


def _due(rule: ir.Rule, env: Env) -> tuple[datetime.date | None, datetime.date | None]:
    if rule.due is None:
        return None, None
    return evaluate(rule.due.rolled, env), evaluate(rule.due.unrolled, env)


def _finding(rule: ir.Rule, subject: str, due: datetime.date | None, where: bool | None, env: Env) -> tuple[Finding, str | None]:
    """Whether the duty applies, whether an exception covers it, and only then what it comes to."""
    applies = _applies(rule, where, env)
    if applies is False:
        return Finding("not_applicable"), None
    if applies is None:
        return Finding("unknown", missing=_why_unclear(rule, env)), None
    exceptions = [(evaluate(exception.condition, env), exception) for exception in rule.exceptions]
    for truth, exception in exceptions:
        if truth:
            return Finding("excused"), "、".join(exception.basis)
    finding = judge_duty(rule, subject, due, env)
    unclear = [exception.condition for truth, exception in exceptions if truth is None]
    if unclear and finding.status in ("violated", "late", "unknown"):
        missing = finding.missing.union(*(missing_fields(condition, env) for condition in unclear))
        return Finding("unknown", finding.fulfilled, finding.rows, missing), None
    return finding, None


def _applies(rule: ir.Rule, where: bool | None, env: Env) -> bool | None:
    """False if a fact lies before the effective day or `when` is false, else unknown if one of the conditions is."""
    when = True if rule.when is None else evaluate(rule.when, env)
    truths = [_in_force(rule, env), when]
    if False in truths:
        return False
    return None if where is None or None in truths else True


def _occurs(rule: ir.Rule, env: Env) -> list[tuple[str, datetime.date | None]]:
    """The `occurs` days of the subject's rows, each with the name of its field."""
    entities = env.world.pack.vocabulary.entities
    days = []
    for each in rule.binders:
        occurs = entities[each.entity].occurs if isinstance(each, ir.EachRow) else None
        if occurs is not None:
            days.append((f"{each.entity}.{occurs.name}", env.vars[each.var].values[occurs.index]))
    return days


def _in_force(rule: ir.Rule, env: Env) -> bool | None:
    if rule.effective is None:
        return True
    days = [day for _, day in _occurs(rule, env)]
    if any(day is not None and day < rule.effective for day in days):
        return False
    return None if None in days else True


def _why_unclear(rule: ir.Rule, env: Env) -> frozenset[str]:
    missing = frozenset(name for name, day in _occurs(rule, env) if day is None and rule.effective is not None)
    conditions = rule.where if rule.when is None else (*rule.where, rule.when)
    return missing.union(*(missing_fields(condition, env) for condition in conditions))


def _evidence(rule: ir.Rule, finding: Finding, env: Env) -> tuple[tuple[Evidence, ...], list]:
    """The subject's rows and those that decided the duty, each once; and the values that the rule reads of them."""
    subject = [(each.var, env.vars[each.var]) for each in rule.binders if isinstance(each, ir.EachRow)]
    reads = dict(rule.reads)
    evidence, values, seen = [], [], set()
    for var, row in (*subject, *finding.rows):
        if isinstance(row, Violation):
            evidence.append(Evidence("violation", row.key, None, None, None))
            values.append(row.key)
        elif (row.entity, row.key) not in seen:
            seen.add((row.entity, row.key))
            fields = [env.world.pack.vocabulary.entities[row.entity].field(name) for name in reads.get(var, ())]
            columns = row.origin.columns
            cells = tuple((field.name, columns[field.name]) for field in fields if field.name in columns)
            evidence.append(Evidence(row.entity, row.key, row.origin.file, row.origin.sheet, row.line, cells))
            values.append((row.entity, row.key, [str(row.values[field.index]) for field in fields if not field.confidential]))
    return tuple(evidence), values


def _fingerprint(*parts: object) -> str:
    """A name for an outcome that only changes when the outcome, or a value that it rests on, does."""
    return sha256(repr(parts).encode()).hexdigest()[:16]


def _notes(rule: ir.Rule, due: datetime.date | None, unrolled: datetime.date | None, env: Env) -> tuple[str, ...]:
    """`calendar_unknown` where the due day was reckoned by a calendar that does not cover its year."""
    if rule.due is None or rule.due.rolled == rule.due.unrolled:
        return ()
    uses = any(isinstance(part, ir.Rolled) and (part.nonworking or env.world.parameters["nonworking"]) != "none" for part in walk(rule.due.rolled))
    calendar = env.world.calendar
    unknown = any(day is not None and not calendar.knows(day) for day in (due, unrolled))
    return ("calendar_unknown",) if uses and unknown else ()
