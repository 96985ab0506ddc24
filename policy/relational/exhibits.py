"""The rows that outcomes rest on and their fingerprints, in SQL; `policy.lang.exhibits` says what they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from policy.lang import ir
from policy.lang.exhibits import DIGITS, Exhibits, Read, cells, leaf
from policy.lang.outcome import Provenance
from policy.lang.paths import Path
from policy.lang.schema import Field
from policy.relational.columns import as_read
from policy.relational.copies import Copies
from policy.relational.database import quoted, text
from policy.relational.expressions import type_of
from policy.relational.rules import RuleQueries
from policy.relational.sources import VIOLATION
from policy.relational.sql import number_text

__all__ = ["NO_EVIDENCE", "Columns", "ExhibitQueries", "among"]


NO_EVIDENCE = 'CAST([] AS STRUCT(source INTEGER, key VARCHAR, "row" BIGINT)[])'
_VIOLATION = Provenance(VIOLATION, None, None)


class Columns(NamedTuple):
    """What is told of the outcomes of a rule, `own`: the steps to it, joins, columns of these, and then columns of those (and of `status`)."""

    steps: Sequence[str]
    joins: Sequence[str]
    first: Sequence[str]
    then: Sequence[str]


class _Ground(NamedTuple):
    """A row of each outcome that it rests on, unless `when` (None: always) does not hold: that of a binder or a `let`."""

    var: str
    entity: str
    key: str
    when: str | None


class ExhibitQueries:
    """The queries of one rule for what its outcomes rest on. `sources` are those of the rows by the number that the queries give them."""

    def __init__(self, queries: RuleQueries, copies: Copies, elsewhere: Callable[[], Read]) -> None:
        self.sources = [_VIOLATION]
        self._queries = queries
        self._rule = queries.rule
        self._copies = copies
        self._entities = queries.world.pack.vocabulary.entities
        self._exhibits = Exhibits(queries.rule, queries.world.pack, elsewhere)
        self._first: dict[tuple[str, str], int] = {}
        self._grounds = list(self._static())

    def _static(self) -> Iterator[_Ground]:
        for place, each in enumerate(self._rule.binders):
            if isinstance(each, ir.EachRow):
                yield _Ground(each.var, each.entity, f"own.{quoted(f'var {place}')}", None)
        for name, value in self._rule.lets:
            entity = type_of(value).name or ""
            if type_of(value).is_ref and entity in self._entities:
                yield _Ground(name, entity, f"own.{quoted(self._queries.let(name))}", "own.status <> 'not_applicable'")

    def keys(self, statuses: Collection[str]) -> Iterator[tuple[str, str]]:
        """The entities of the rows of binders and `let`s, each with the query for their keys; of outcomes of these statuses."""
        for ground in self._grounds:
            yield ground.entity, f"SELECT {ground.key} AS key FROM {quoted(self._queries.name)} AS own WHERE {among(statuses)}"

    def paths(self) -> set[Path]:
        """The ways from exhibits to other rows that outcomes rest on."""
        return self._exhibits.paths()

    def told(self, statuses: Collection[str], missing: str | None, witnesses: str | None, pairs: Iterable[tuple[str, str]], named: Sequence[str]) -> Columns:
        """What outcomes of these statuses rest on: `missing`, `evidence` (the number of the source, key and line of each row), `fingerprint`.

        `missing` and `witnesses` are tables of `RuleQueries.missing` and `witnesses`, the latter with these `pairs` of variable and entity; `named` are
        queries for the `key` and `fingerprint` of violations.
        """
        rows, said, joins = self._of_grounds()
        steps = []
        if witnesses is not None:
            steps = list(self._of_witnesses(statuses, witnesses, list(pairs), named))
            joins.append("LEFT JOIN listed ON listed.place = own.place")
            rows.append(f"coalesce(listed.rows, {NO_EVIDENCE})")
            said.append("coalesce(listed.said, '')")
        names = "CAST([] AS VARCHAR[])"
        if missing is not None:
            joins.append(f"LEFT JOIN {quoted(missing)} AS lacking ON lacking.place = own.place AND own.status = 'unknown'")
            names = "coalesce(list_sort(list_distinct(lacking.names)), CAST([] AS VARCHAR[]))"
        begins = [text(leaf(self._rule.id)), *map(_leaf, ("own.subject", "own.status", "CAST(own.due AS VARCHAR)", "CAST(own.fulfilled AS VARCHAR)"))]
        lacked = f"array_to_string(list_transform({names}, lambda name: {_leaf('name')}), '')"
        called = " || ".join([*begins, f"'(' || {lacked} || ')'", *said])
        evidence = f"list_concat({', '.join(rows)})" if len(rows) > 1 else rows[0] if rows else NO_EVIDENCE
        columns = [f"{names} AS missing", f"{evidence} AS evidence", f"left(sha256({called}), {DIGITS}) AS fingerprint"]
        return Columns(steps, joins, columns, ["missing", "evidence", "fingerprint"])

    def _of_grounds(self) -> tuple[list[str], list[str], list[str]]:
        """The rows of binders and `let`s, each in a list, none where another before is the same; what is said of each; and the joins that it takes."""
        rows, said, joins = [], [], []
        for place, ground in enumerate(self._grounds):
            alias = f"g{place}"
            there = [f"{alias}.key IS NOT NULL", *([ground.when] if ground.when else [])]
            there += [f"{ground.key} IS DISTINCT FROM {other.key}" for other in self._grounds[:place] if other.entity == ground.entity]
            joins.append(f"LEFT JOIN {self._copies.table(ground.entity)} AS {alias} ON {alias}.key = {ground.key}")
            words, more = self._said(alias, ground.var, ground.entity)
            joins += more
            rows.append(f"CASE WHEN {' AND '.join(there)} THEN [{self._row(alias, ground.var, ground.entity)}] ELSE {NO_EVIDENCE} END")
            said.append(f"CASE WHEN {' AND '.join(there)} THEN {words} ELSE '' END")
        return rows, said, joins

    def _of_witnesses(self, statuses: Collection[str], witnesses: str, pairs: Sequence[tuple[str, str]], named: Sequence[str]) -> Iterator[str]:
        """The steps to the rows that decided outcomes besides those, in their order, and to what is said of them."""
        other = [f"(entity <> {text(ground.entity)} OR key IS DISTINCT FROM {ground.key})" for ground in self._grounds]
        yield f"single AS (SELECT place, unnest(rows) AS one, generate_subscripts(rows, 1) AS turn FROM {quoted(witnesses)})"
        yield "first AS (SELECT place, one.entity AS entity, one.key AS key, min(turn) AS turn, arg_min(one.var, turn) AS var FROM single GROUP BY ALL)"
        yield (
            f"witness AS (SELECT first.* FROM first JOIN {quoted(self._queries.name)} AS own USING (place) "
            f"WHERE {' AND '.join([among(statuses, 'own.'), *other])})"
        )
        parts = [self._witnessed(var, entity) for var, entity in pairs if entity in self._entities]
        if named and any(entity not in self._entities for _, entity in pairs):
            violation = f"SELECT place, turn, {_row('0', 'fingerprint', 'NULL')} AS row, {_leaf('fingerprint')} AS said"
            parts.append(f"{violation} FROM witness JOIN ({' UNION ALL '.join(named)}) AS violation USING (key) WHERE entity = {text(VIOLATION)}")
        nothing = f"SELECT 0 AS place, 0 AS turn, {_row('0', text(''), 'NULL')} AS row, '' AS said WHERE FALSE"
        yield f"told AS ({' UNION ALL '.join(parts or [nothing])})"
        yield "listed AS (SELECT place, list(row ORDER BY turn) AS rows, string_agg(said, '' ORDER BY turn) AS said FROM told GROUP BY place)"

    def _witnessed(self, var: str, entity: str) -> str:
        words, joins = self._said("w", var, entity)
        chosen = f"var = {text(var)} AND entity = {text(entity)}"
        return (
            f"SELECT place, turn, {self._row('w', var, entity)} AS row, {words} AS said FROM witness "
            f"JOIN {self._copies.table(entity)} AS w ON w.key = witness.key {' '.join(joins)} WHERE {chosen}"
        )

    def _row(self, alias: str, var: str, entity: str) -> str:
        """The row that a variable stands for as evidence."""
        return _row(f"{self._number(var, entity)} + {alias}.origin", f"{alias}.key", f"{alias}.line")

    def _number(self, var: str, entity: str) -> int:
        """The number of the first source of the rows that a variable stands for."""
        if (var, entity) not in self._first:
            self._first[var, entity] = len(self.sources)
            fields = self._exhibits.fields(var, entity)
            self.sources += [Provenance(entity, one.file, one.sheet, cells(fields, one)) for one in self._copies.rows.origins[entity]]
        return self._first[var, entity]

    def _said(self, alias: str, var: str, entity: str) -> tuple[str, list[str]]:
        """What the fingerprint says of a row, and the joins to the rows that it refers to."""
        values = [_canonical(alias, field) for field in self._exhibits.fields(var, entity) if not field.confidential]
        joins: dict[str, str] = {}
        for path in self._exhibits.beyond(var, entity):
            at = alias
            for step, (_, index) in enumerate(path[:-1]):
                field, target = self._entities[path[step][0]].fields[index], path[step + 1][0]
                further = f"{alias}_{'_'.join(str(place) for _, place in path[: step + 1])}"
                joins[further] = f"LEFT JOIN {self._copies.table(target)} AS {further} ON {further}.key = {at}.{quoted(as_read(field))}"
                at = further
            values.append(_canonical(at, self._entities[path[-1][0]].fields[path[-1][1]]))
        leaves = " || ".join([text(f"({leaf(entity)}"), _leaf(f"{alias}.key"), *map(_leaf, values), "')'"])
        return leaves, list(joins.values())


def among(statuses: Collection[str], of: str = "") -> str:
    """That the status of an outcome is one of these."""
    return f"{of}status IN ({', '.join(map(text, statuses))})"


def _row(source: str, key: str, line: str) -> str:
    return f'{{source: CAST({source} AS INTEGER), key: {key}, "row": CAST({line} AS BIGINT)}}'


def _leaf(value: str) -> str:
    """`leaf` of an expression for a text."""
    return f"coalesce(length({value}) || ':' || {value}, '-')"


def _canonical(alias: str, field: Field) -> str:
    """`canonical` of a field."""
    value = f"{alias}.{quoted(as_read(field))}"
    if field.type.kind == "number":
        return number_text(value)
    return value if field.type.kind in ("text", "ref", "enum") else f"CAST({value} AS VARCHAR)"
