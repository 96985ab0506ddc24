"""ir + facts → outcomes: the definition of the language.

`subjects` finds whom a rule is about, `expressions` says what a value is, `duties` what a duty comes to, and `judge` puts
them together. Section 6 of docs/language.md is the same in words.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping

from policy.interpret.duties import Finding, duty_meaning
from policy.interpret.evidence import Grounds
from policy.interpret.expressions import evaluate, meaning
from policy.interpret.missing import missing_fields
from policy.interpret.subjects import subjects
from policy.interpret.world import Env, Violation, World
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.decisions import Decisions, attestations, waivers, waivers_used
from policy.lang.exhibits import fingerprint
from policy.lang.facts import Facts, Row
from policy.lang.outcome import COUNTED, STATUSES, TOLD, WAIVABLE, Abridged, Counted, Judgement, Listed, Mention, Outcome, Subject, subject_text
from policy.lang.telling import placeholders, render_message
from policy.lang.walk import by_calendar

__all__ = ["judge"]


def judge(
    pack: ir.Pack,
    facts: Facts,
    as_of: datetime.date,
    parameters: Mapping[str, ir.Value],
    calendar: Calendar,
    functions: Mapping[str, Callable],
    rules: Collection[str] | None = None,
    shown: Collection[str] = STATUSES,
    *,
    kept: Collection[str] = STATUSES,
    watch: Callable[[ir.Rule, World], None] | None = None,
) -> Judgement:
    """What the rules of a pack say of the facts as of a day.

    `parameters` holds those that a unit has set; the others have their defaults. `functions` are those of plug-ins, by name.
    `rules` limits the outcomes to these ids (None: all); rules that they read are judged too, but not returned.
    `shown` are the statuses whose outcomes somebody will look at: the others come without evidence and fingerprint. Those that are
    neither `kept` nor shown are counted, and nothing else is known of them. `watch` gets each of these rules before it is judged.
    """
    world = World(pack, facts, as_of, parameters, calendar, functions)
    signed = attestations(pack, as_of, facts.tables.get("attestation", ()))
    waived = waivers(pack, as_of, facts.tables.get("waiver", ()))
    wanted = {rule.id for rule in pack.rules} if rules is None else set(rules)
    judged: dict[str, _RuleJudge] = {}
    for rule in pack.needed(wanted):
        if watch is not None and rule.id in wanted:
            watch(rule, world)
        judged[rule.id] = _RuleJudge(rule, world, signed, waived, shown, kept)
        judged[rule.id].judge()
    told = [judged[rule.id] for rule in pack.rules if rule.id in wanted]
    outcomes = Listed(outcome for one in told for outcome in one.outcomes)
    counted = {one.rule.id: one.counted for one in told if one.counted.statuses}
    known = {rule.id for rule in pack.rules}
    notices = (*waived.notices(wanted, known), *signed.notices(wanted, known))
    return Judgement(Abridged(outcomes, counted) if counted else outcomes, notices, waivers_used(waived, wanted))


class _RuleJudge:
    """Judges the subjects of one rule: `outcomes` of those that somebody wants to see, `counted` the others."""

    def __init__(
        self, rule: ir.Rule, world: World, attestations: Decisions, waivers: Decisions, shown: Collection[str], kept: Collection[str]
    ) -> None:  # fmt: skip
        self.rule = rule
        self.world = world
        self.waivers = waivers
        self.shown = {*shown, *COUNTED}
        self.kept = {*kept, *self.shown}
        self.root = root = Env(world, {}, dict(rule.lets))
        self.bearer = rule.bearer and meaning(rule.bearer, root)
        self.due = rule.due and meaning(rule.due.rolled, root)
        self.unrolled = rule.due and meaning(rule.due.unrolled, root)
        self.when = None if rule.when is None else meaning(rule.when, root)
        self.exceptions = [(meaning(exception.condition, root), exception) for exception in rule.exceptions]
        self.binders = [each.var for each in rule.binders]
        self.duty = duty_meaning(rule, attestations, root)
        self.grounds = Grounds(rule, world)
        self.occurs = _occurs(rule, world) if rule.effective is not None else []
        self.by_calendar = by_calendar(rule, world.parameters)
        self.decided = isinstance(rule.duty, ir.Attestation) or bool(waivers.subjects(rule.id))
        self.named: dict[Row, tuple[str, str]] = {}
        self.outcomes: list[Outcome] = []
        self.counted = Counted()

    def judge(self) -> None:
        """Judge each subject; what other rules see becomes a row of the world."""
        violations = self.world.violations[self.rule.id] = []
        for scope, where in subjects(self.rule, self.root):
            env = Env(self.world, scope, self.root.lets)
            due = self.due and self.due(scope)
            subject = self._subject(env) if self.decided else ()
            finding, excuse = self._decided(subject, due, where, env) if self.decided else self._finding("", due, where, env)
            if finding.status not in self.kept:
                self.counted.add(finding.status, due, self._notes(due, env))
                continue
            bearer = None if self.bearer is None else self.bearer(scope)
            outcome = self._outcome(subject or self._subject(env), due, finding, excuse, bearer, env)
            self.outcomes.append(outcome)
            if outcome.status in COUNTED:
                violations.append(Violation(outcome, {var: scope[var] for var in self.binders}, bearer))

    def _subject(self, env: Env) -> Subject:
        return tuple([(var, _key(env.vars[var])) for var in self.binders])

    def _decided(self, subject: Subject, due: datetime.date | None, where: bool | None, env: Env) -> tuple[Finding, str | None]:
        """The finding on a subject of which people may have decided something."""
        text = subject_text(subject)
        finding, excuse = self._finding(text, due, where, env)
        waiver = self.waivers.excuse(self.rule.id, text, finding.status in WAIVABLE)
        if waiver is None:
            return finding, excuse
        return Finding("excused", finding.fulfilled, finding.rows), f"waiver {waiver}"

    def _outcome(
        self, subject: Subject, due: datetime.date | None, finding: Finding, excuse: str | None, bearer: Row | None, env: Env
    ) -> Outcome:  # fmt: skip
        rule = self.rule
        missing = tuple(sorted(finding.missing)) if finding.missing else ()
        evidence, name = (), ""
        if finding.status in self.shown:
            evidence, values = self.grounds.of(finding, env)
            name = fingerprint(rule.id, subject_text(subject), finding.status, due, finding.fulfilled, missing, values)
        message, mentions = self._message(env, due, finding.fulfilled, bearer) if finding.status in TOLD else ("", ())
        return Outcome(
            rule=rule.id,
            subject=subject,
            status=finding.status,
            severity=rule.severity,
            bearer=bearer and self.named.setdefault(bearer, (bearer.entity, bearer.key)),
            due=due,
            due_unrolled=self.unrolled and self.unrolled(env.vars),
            fulfilled=finding.fulfilled,
            missing=missing,
            basis=rule.basis,
            message=message,
            evidence=evidence,
            fingerprint=name,
            excuse=excuse,
            notes=self._notes(due, env),
            mentions=mentions,
        )

    def _finding(self, subject: str, due: datetime.date | None, where: bool | None, env: Env) -> tuple[Finding, str | None]:
        """Whether the duty applies, whether an exception covers it, and only then what it comes to."""
        applies = self._applies(where, env)
        if applies is False:
            return Finding("not_applicable"), None
        if applies is None:
            return Finding("unknown", missing=self._why_unclear(env)), None
        unclear = []
        for condition, exception in self.exceptions:
            truth = condition(env.vars)
            if truth:
                return Finding("excused"), "、".join(exception.basis)
            if truth is None:
                unclear.append(exception.condition)
        finding = self.duty(subject, due, env)
        if unclear and finding.status in ("violated", "late", "unknown"):
            missing = finding.missing.union(*(missing_fields(condition, env) for condition in unclear))
            return Finding("unknown", finding.fulfilled, finding.rows, missing), None
        return finding, None

    def _applies(self, where: bool | None, env: Env) -> bool | None:
        """False if a fact lies before the effective day or `when` is false, else unknown if one of the conditions is."""
        truth = where
        for var, index, _ in self.occurs:
            day = env.vars[var].values[index]
            if day is None:
                truth = None
            elif day < self.rule.effective:
                return False
        when = True if self.when is None else self.when(env.vars)
        return truth if when else when

    def _why_unclear(self, env: Env) -> frozenset[str]:
        missing = frozenset(name for var, index, name in self.occurs if env.vars[var].values[index] is None)
        conditions = self.rule.where if self.rule.when is None else (*self.rule.where, self.rule.when)
        return missing.union(*(missing_fields(condition, env) for condition in conditions))

    def _message(
        self, env: Env, due: datetime.date | None, fulfilled: datetime.date | None, bearer: Row | None
    ) -> tuple[str, tuple[Mention, ...]]:
        expressions = [part.expr for part in self.rule.message if isinstance(part, ir.Placeholder) and part.expr is not None]
        values = [(evaluate(expr, env), getattr(expr, "type", None)) for expr in expressions]
        known = placeholders(self.world.as_of, due, fulfilled, bearer)
        return render_message(self.rule, known, values, self.world.pack.vocabulary)

    def _notes(self, due: datetime.date | None, env: Env) -> tuple[str, ...]:
        """`calendar_unknown` where the due day was reckoned by a calendar that does not cover its year."""
        if not self.by_calendar:
            return ()
        unrolled, knows = self.unrolled(env.vars), self.world.calendar.knows
        return () if (due is None or knows(due)) and (unrolled is None or knows(unrolled)) else ("calendar_unknown",)


def _key(value: Row | str | int) -> str | int:
    return value.key if isinstance(value, Row) else value


def _occurs(rule: ir.Rule, world: World) -> list[tuple[str, int, str]]:
    """The binders whose rows have an `occurs` day: variable, place of the day in the row's values, and its name for messages."""
    entities = world.pack.vocabulary.entities
    binders = [(each.var, entities[each.entity]) for each in rule.binders if isinstance(each, ir.EachRow)]
    return [(var, entity.occurs.index, f"{entity.name}.{entity.occurs.name}") for var, entity in binders if entity.occurs is not None]
