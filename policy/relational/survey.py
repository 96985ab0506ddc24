"""How many outcomes of which status each rule has, of Parquet files that are read where they lie: no row comes to Python."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.decisions import attestations, waivers
from policy.lang.facts import Origin, Row
from policy.lang.outcome import COUNTED, STATUSES, WAIVABLE
from policy.lang.schema import ATTESTATION, WAIVER, Entity, Field
from policy.relational import sql
from policy.relational.functions import KINDS
from policy.relational.judge import attested
from policy.relational.rules import RuleQueries
from policy.relational.tables import Store, quoted, violated
from policy.relational.world import World

__all__ = ["survey"]

Tally = dict[str, dict[str, int]]


def survey(
    pack: ir.Pack,
    folder: Path,
    as_of: datetime.date,
    parameters: Mapping[str, ir.Value],
    calendar: Calendar,
    functions: Mapping[str, Callable],
    rules: Collection[str] | None = None,
) -> Tally:
    """The number of outcomes by rule and status, as `judge` would find them in the files of a folder.

    A file is called by the identifier of its entity, and its columns by those of the fields; keys are unique, and cells have the
    types of their fields. Files and columns that are not there are empty.
    """
    known = {name: parameters.get(name, parameter.default) for name, parameter in pack.parameters.items()}
    world = World(pack, as_of, known, calendar, functions)
    wanted = {rule.id for rule in pack.rules} if rules is None else set(rules)
    chosen = pack.needed(wanted)
    read = {id for rule in chosen for id in rule.depends}
    with Store(world) as store:
        run = _Survey(store, world, folder)
        tally = {rule.id: run.counts(rule, rule.id in read) for rule in chosen}
    return {rule.id: tally[rule.id] for rule in pack.rules if rule.id in wanted}


class _Survey:
    """One run over the files of a folder."""

    def __init__(self, store: Store, world: World, folder: Path) -> None:
        self.store = store
        self.world = world
        for entity in world.pack.vocabulary.entities.values():
            scan = _scan(world, entity, folder / f"{entity.name}.parquet", self.store)
            self.store.do(f"CREATE VIEW {quoted(_seen(world, entity))} AS {scan}")
        for entity in world.pack.vocabulary.entities.values():
            self.store.do(f"CREATE VIEW {quoted(world.table(entity.name))} AS {_linked(world, entity, self.store)}")
        signed = attestations(world.pack, world.as_of, self._rows(ATTESTATION))
        self.waived = waivers(world.pack, world.as_of, self._rows(WAIVER))
        self.store.keep_attested(list(attested(world, signed)))

    def _rows(self, entity: Entity) -> list[Row]:
        """The rows of one of the engine's own entities, which are few."""
        columns = [("key" if field.key else self.world.column(field)) for field in entity.fields]
        query = f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(self.world.table(entity.name))}"
        return [Row(entity.name, values[0], values, Origin("", None, {}), 0) for values in self.store.rows(query)]

    def counts(self, rule: ir.Rule, read: bool) -> dict[str, int]:
        """The outcomes of a rule by status; where they are read by others its violations are kept, else nothing is."""
        queries = RuleQueries(rule, self.world, f"outcomes {rule.id}")
        self.store.keep(queries.name, queries.outcomes(ordered=False))
        self._waive(rule, queries.name)
        if read:
            self._keep_violations(rule, queries)
            self.world.judged[rule.id] = None
        found = dict(self.store.rows(f"SELECT status, count(*) FROM {quoted(queries.name)} GROUP BY status"))
        self.store.do(f"DROP TABLE {quoted(queries.name)}")
        return {status: found[status] for status in STATUSES if status in found}

    def _waive(self, rule: ir.Rule, name: str) -> None:
        """Excuse the outcomes that a waiver covers."""
        subjects = self.waived.subjects(rule.id)
        if not subjects:
            return
        listed = ", ".join(sql.literal(subject).sql(sql.DIALECT) for subject in sorted(subjects))
        statuses = ", ".join(f"'{status}'" for status in WAIVABLE)
        called = sql.canonical(sql.column(name, "subject")).sql(sql.DIALECT)
        self.store.do(f"UPDATE {quoted(name)} SET status = 'excused' WHERE status IN ({statuses}) AND {called} IN ({listed})")

    def _keep_violations(self, rule: ir.Rule, queries: RuleQueries) -> None:
        """Keep the violated, late and unknown outcomes; what one lacks does not matter for counts."""
        names = [self.world.binder_column(each.var) for each in rule.binders]
        binders = [f"{quoted(f'var {place}')} AS {quoted(name)}" for place, name in enumerate(names)]
        columns = [
            f"{_text(rule.id + ':')} || place AS key", "place", "CASE WHEN status <> 'unknown' THEN TRUE END AS member",
            f"{_text(rule.id)} AS rule", "CASE WHEN status <> 'unknown' THEN status END AS status",
            f"{_text(rule.severity)} AS severity", "bearer", "due", "CAST([] AS VARCHAR[]) AS missing", *binders,
        ]  # fmt: skip
        statuses = ", ".join(f"'{status}'" for status in COUNTED)
        query = f"SELECT {', '.join(columns)} FROM {quoted(queries.name)} WHERE status IN ({statuses})"
        self.store.do(f"CREATE TABLE {quoted(violated(rule.id))} AS {query}")


def _text(value: str) -> str:
    return sql.literal(value).sql(sql.DIALECT)


def _seen(world: World, entity: Entity) -> str:
    """The view of an entity's rows whose day is not after as-of; their references may lead nowhere."""
    return f"seen {world.number(entity.name)}"


def _scan(world: World, entity: Entity, file: Path, store: Store) -> str:
    if not file.exists():
        columns = [f"CAST(NULL AS {_kind(field)}) AS {quoted(_name(world, field))}" for field in entity.fields]
        return f"SELECT {', '.join(columns)} WHERE FALSE"
    source = f"read_parquet({_text(str(file))})"
    there = {name: kind for name, kind, *_ in store.rows(f"DESCRIBE SELECT * FROM {source}")}
    columns = [f"{_cell(field, there)} AS {quoted(_name(world, field))}" for field in entity.fields]
    query = f"SELECT {', '.join(columns)} FROM {source}"
    if entity.occurs is None or entity.occurs.name not in there:
        return query
    day = _cell(entity.occurs, there)
    return f"{query} WHERE {day} IS NULL OR {day} <= {_text(world.as_of.isoformat())}::DATE"


def _name(world: World, field: Field) -> str:
    return "key" if field.key else world.column(field)


def _kind(field: Field) -> str:
    return KINDS.get(field.type.kind, "DECIMAL(38, 10)")


def _cell(field: Field, there: Mapping[str, str]) -> str:
    """A column as its type; an empty text is missing."""
    if field.name not in there:
        return f"CAST(NULL AS {_kind(field)})"
    if there[field.name] == "VARCHAR":
        text = f"nullif({quoted(field.name)}, '')"
        return text if _kind(field) == "VARCHAR" else f"CAST({text} AS {_kind(field)})"
    if there[field.name].startswith("DECIMAL") and field.type.kind == "number":
        return quoted(field.name)
    return f"CAST({quoted(field.name)} AS {_kind(field)})"


def _linked(world: World, entity: Entity, store: Store) -> str:
    """The rows with references to rows that are there; no join where all of them are."""
    own = quoted(_seen(world, entity))
    columns, joins = [], []
    for field in entity.fields:
        name = quoted(_name(world, field))
        if field.type.is_ref and _dangles(world, entity, field, store):
            target = quoted(_seen(world, world.pack.vocabulary.entities[field.type.name or ""]))
            joins.append(f"LEFT JOIN {target} AS at{field.index} ON at{field.index}.key = own.{name}")
            columns.append(f"at{field.index}.key AS {name}")
        else:
            columns.append(f"own.{name}")
    return f"SELECT {', '.join(columns)} FROM {own} AS own {' '.join(joins)}"


def _dangles(world: World, entity: Entity, field: Field, store: Store) -> bool:
    own, name = quoted(_seen(world, entity)), quoted(_name(world, field))
    target = quoted(_seen(world, world.pack.vocabulary.entities[field.type.name or ""]))
    loose = f"FROM {own} AS own ANTI JOIN {target} AS target ON target.key = own.{name} WHERE own.{name} IS NOT NULL"
    return bool(store.rows(f"SELECT count(*) {loose}")[0][0])
