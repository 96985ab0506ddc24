"""The outcomes of a pack's rules, each after those that it reads: SQL finds them, counts them, and keeps those that somebody wants to see."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, partial
from weakref import WeakValueDictionary

from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.decisions import Decisions, attestations, waivers, waivers_used
from policy.lang.exhibits import Read, fields_read
from policy.lang.facts import Facts, Row
from policy.lang.outcome import COUNTED, STATUSES, WAIVABLE, Judgement
from policy.lang.reads import read_fields
from policy.lang.schema import ATTESTATION, WAIVER, Entity
from policy.lang.walk import by_calendar
from policy.relational.copies import Copies
from policy.relational.database import Database
from policy.relational.kept import Kept
from policy.relational.outcomes import KeptOutcomes
from policy.relational.rows import Rows
from policy.relational.rules import RuleQueries
from policy.relational.scanned import ScannedRows
from policy.relational.tables import Store
from policy.relational.telling import Telling
from policy.relational.world import World

__all__ = ["judge"]

Tell = Callable[[str, int, int], None]
"""Is told which rule is being judged, its number, and how many there are."""


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
    database: Database | None = None,
    tell: Tell = lambda rule, number, count: None,
) -> Judgement:
    """What the rules of a pack say of the facts as of a day. Raises TooLarge where a number does not fit.

    `parameters` holds those that a unit has set; the others have their defaults. `functions` are those of plug-ins, by name.
    `rules` limits the outcomes to these ids (None: all); rules that they read are judged too, but not returned.
    `shown` are the statuses whose outcomes somebody will look at: the others come without evidence and fingerprint. Those that are
    neither `kept` nor shown are counted, and nothing else is known of them. Outcomes are made when they are asked for; until they are
    forgotten the `database` is in use.
    """
    world = World(pack, as_of, pack.values(parameters), calendar, functions)
    wanted = {rule.id for rule in pack.rules} if rules is None else set(rules)
    chosen = pack.needed(wanted)
    run = _Run(world, facts, chosen, {*shown, *COUNTED}, {*kept, *shown, *COUNTED}, database or Database())
    read = {id for rule in chosen for id in rule.depends}
    for number, rule in enumerate(chosen, 1):
        tell(rule.id, number, len(chosen))
        run.judge(rule, rule.id in read)
    ids = {rule.id for rule in pack.rules}
    notices = (*run.waived.notices(wanted, ids), *run.signed.notices(wanted, ids))
    return Judgement(KeptOutcomes(run.told, [rule.id for rule in pack.rules if rule.id in wanted], run.copies), notices, waivers_used(run.waived, wanted))


class _Run:
    """One run: its tables, and what people have decided."""

    def __init__(
        self, world: World, facts: Facts, rules: Collection[ir.Rule], shown: Collection[str], kept: Collection[str], database: Database
    ) -> None:  # fmt: skip
        self.store = Store(world, database)
        self.world = world
        self.shown = shown
        self.kept = kept
        others = {rule.id for rule in world.pack.rules} - {rule.id for rule in rules}
        self.signed = attestations(world.pack, world.as_of, _decisions(facts, ATTESTATION, others))
        self.waived = waivers(world.pack, world.as_of, _decisions(facts, WAIVER, others))
        self.told: dict[str, Telling] = {}
        rows = Rows(facts, world)
        self.store.keep_facts(facts, rows)
        fields = {entity: {*names, "name"} for entity, names in read_fields(world.pack, {rule.id for rule in rules}).items()}  # messages say the name
        self.copies = Copies(rows, world, self.store, fields)
        self.store.keep_attested(list(attested(world, self.signed)))
        self._others: WeakValueDictionary[str, Telling] = WeakValueDictionary()  # a circle would keep the database open
        self._elsewhere = cache(partial(_elsewhere, world.pack))

    def judge(self, rule: ir.Rule, read: bool) -> None:
        """Keep the outcomes of a rule that somebody wants to see; and where others read them, those that are counted."""
        queries = RuleQueries(rule, self.world, f"outcomes {rule.id}")
        years = self._years(rule)
        kept = Kept(queries, self.store, self.kept, years)
        kept.find(self._decided(rule))
        for subject, finding, status in kept.decided():
            self._use(rule, subject, finding, status, kept)
        kept.settle()
        told = Telling(kept, self.copies, self.shown, self._elsewhere, self._others)
        if read:
            kept.keep_violations(told.missing)
            self.world.judged[rule.id] = None
        self.told[rule.id] = self._others[rule.id] = told

    def _years(self, rule: ir.Rule) -> Calendar | None:
        """The calendar by which the due day is reckoned, if it is by one."""
        return self.world.calendar if by_calendar(rule, self.world.parameters) else None

    def _decided(self, rule: ir.Rule) -> set[str]:
        """The subjects of which people have decided something."""
        signed = self.signed.subjects(rule.id) if isinstance(rule.duty, ir.Attestation) else ()
        return {*self.waived.subjects(rule.id), *signed}

    def _use(self, rule: ir.Rule, subject: str, finding: str | None, status: str, kept: Kept) -> None:
        """Take into account what people have decided of a subject."""
        if isinstance(rule.duty, ir.Attestation) and finding is not None:
            self.signed.judge(rule.id, subject, rule.duty.valid, self.world.calendar)
        waiver = self.waived.excuse(rule.id, subject, status in WAIVABLE)
        if waiver is not None:
            kept.excuse(subject, waiver)


def _decisions(facts: Facts, entity: Entity, others: Collection[str]) -> Iterable[Row]:
    """What people have decided; of a table that lies elsewhere only what is not of other rules, of which nothing is said anyway."""
    rows = facts.tables.get(entity.name, ())
    return rows.unlike(entity.field("rule"), others) if isinstance(rows, ScannedRows) else rows


def _elsewhere(pack: ir.Pack) -> Read:
    """The fields that definitions read of variables."""
    return fields_read(definition.body for definition in pack.definitions.values())


def attested(world: World, signed: Decisions) -> Iterable[tuple[str, str, bool, str]]:
    """What people have found: rule, subject, conclusion, and the key of the attestation that counts."""
    for rule in world.pack.rules:
        if isinstance(rule.duty, ir.Attestation):
            for subject in signed.subjects(rule.id):
                newest = signed.newest(rule.id, subject, rule.duty.valid, world.calendar)
                if newest is not None:
                    yield rule.id, subject, signed.value(newest, "conclusion"), newest.key
