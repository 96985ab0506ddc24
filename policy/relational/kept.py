"""The outcomes of a rule in a table: all counted, and those kept that somebody wants to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlglot import exp

from policy.lang.dates import Calendar
from policy.lang.outcome import COUNTED, STATUSES
from policy.relational import sql
from policy.relational.database import Exhausted, quoted, text
from policy.relational.rules import RuleQueries
from policy.relational.sql import DIALECT
from policy.relational.tables import Store, violated

__all__ = ["PART", "Kept"]

PART = 5_500_000
"""Rows whose subjects are judged at once, if memory allows it."""

LEAST = 500_000
"""Rows of a part that is not divided further: what is too much for memory then is something else."""


class Kept:
    """The outcomes of one rule. Those that are not kept are no more than a number.

    `calendar` is the one by which the due day is reckoned, if it is.
    """

    def __init__(self, queries: RuleQueries, store: Store, statuses: Collection[str], calendar: Calendar | None) -> None:
        self.queries = queries
        self.store = store
        self.calendar = calendar
        self.counts: dict[str, int] = {}
        self.beyond: Counter[int] = Counter()
        self.waived = False
        self._statuses = [status for status in STATUSES if status in statuses]
        self._found = f"found {queries.rule.id}"
        self._excused: list[tuple[str, str]] = []
        self._decided: Collection[str] = ()

    def find(self, decided: Collection[str]) -> None:
        """Find the outcomes, waivers aside. Those that are not kept are put together, save the subjects that somebody has decided."""
        self._decided = decided
        if decided:
            self.store.keep_decided(self._table("decided"), [(subject, None) for subject in sorted(decided)])
        parts = self._parts()
        while not self._found_in(parts):
            parts *= 2

    def _found_in(self, parts: int) -> bool:
        """Find the outcomes in so many parts. False where memory is not enough for that, and may be for smaller ones."""
        try:
            for number in range(parts):
                query = self.queries.outcomes((number, parts) if parts > 1 else None)
                self.store.keep(self._found, self._listed(query), more=number > 0)
        except Exhausted as error:
            if error.what != "memory" or self._rows() < 2 * parts * LEAST:
                raise
            self.store.do(f"DROP TABLE IF EXISTS {quoted(self._found)}")
            return False
        return True

    def _parts(self) -> int:
        """In how many parts the subjects are judged, as what is worked out for many at once has to be held."""
        return self._rows() // PART + 1

    def _rows(self) -> int:
        """How many rows there are to divide the subjects by."""
        whole = self.queries.whole()
        return 0 if whole is None else self.store.count(whole)

    def _listed(self, query: exp.Query) -> str:
        """The outcomes that a query gives, those that are not kept put together."""
        # the steps stand in front: inside of what is grouped DuckDB joins each named value to the rows that it is worked out from
        steps = query.args.pop("with_").sql(DIALECT, copy=False)
        judged = f"FROM ({query.sql(DIALECT, copy=False)}) AS judged"
        if len(self._statuses) == len(STATUSES):
            return f"{steps} SELECT *, {self.beyond_year()} AS beyond, 1 AS number {judged}"
        listed = f"status IN ({_texts(self._statuses)})"
        if self._decided:
            listed = f"({listed} OR {self._called()} IN (SELECT subject FROM {quoted(self._table('decided'))}))"
        columns = [f"CASE WHEN listed THEN {quoted(name)} END AS {quoted(name)}" for name in self.queries.columns() if name != "status"]
        judged = f"FROM (SELECT *, {listed} AS listed {judged}) AS judged"  # DuckDB asks again for each column whether a subject is one of some
        return f"{steps} SELECT status, {self.beyond_year()} AS beyond, {', '.join(columns)}, count(*) AS number {judged} GROUP BY ALL"

    def decided(self) -> list[tuple[str, str | None, str]]:
        """The subjects that somebody has decided, with the finding on the duty and the status."""
        if not self._decided:
            return []
        named = f"{self._called()} IN (SELECT subject FROM {quoted(self._table('decided'))})"
        return self.store.rows(f"SELECT subject, finding, status FROM {quoted(self._found)} WHERE subject IS NOT NULL AND {named}")

    def excuse(self, subject: str, waiver: str) -> None:
        """Note that a waiver excuses a subject."""
        self._excused.append((subject, waiver))

    def settle(self) -> None:
        """Excuse what is waived, count, and keep what is kept in its order."""
        source, waiver = quoted(self._found), "CAST(NULL AS VARCHAR)"
        status = "status"
        if self._excused:
            self.store.keep_decided(self._table("waived"), self._excused)
            source = f"{source} LEFT JOIN {quoted(self._table('waived'))} AS waived USING (subject)"
            waiver, status = "waived.waiver", "CASE WHEN waived.waiver IS NULL THEN status ELSE 'excused' END"
        for kind, year, number in self.store.rows(f"SELECT {status} AS status, beyond, sum(number)::BIGINT FROM {source} GROUP BY ALL"):
            self.counts[kind] = self.counts.get(kind, 0) + number
            if year is not None:
                self.beyond[year] += number
        columns = ", ".join(quoted(name) for name in self.queries.columns() if name not in ("status", "subject"))
        columns = f"subject, {status} AS status, {waiver} AS waiver, {columns}"
        kept = f"{status} IN ({_texts(self._statuses)})"
        self.store.keep(self.queries.name, f"SELECT {columns}, {self.queries.place()} AS place FROM {source} WHERE {kept}")
        self.store.do(f"DROP TABLE {quoted(self._found)}")

    def keep_violations(self, missing: str | None) -> None:
        """Keep the violated, late and unknown outcomes for rules over them; the key of one is its rule and its place.

        `missing` is the table of the fields that made outcomes unknown, if any is.
        """
        rule, world = self.queries.rule, self.queries.world
        binders = [f"{quoted(f'var {place}')} AS {quoted(world.binder_column(each.var))}" for place, each in enumerate(rule.binders)]
        sure = "CASE WHEN status <> 'unknown' THEN {} END AS {}"
        columns = [
            f"{text(rule.id + ':')} || place AS key", "place", sure.format("TRUE", "member"), f"{text(rule.id)} AS rule",
            sure.format("status", "status"), f"{text(rule.severity)} AS severity", "bearer", "due",
            "coalesce(list_sort(list_distinct(names)), CAST([] AS VARCHAR[])) AS missing", *binders,
        ]  # fmt: skip
        lacking = f"SELECT * FROM {quoted(missing)}" if missing else "SELECT 0 AS place, CAST(NULL AS VARCHAR[]) AS names WHERE FALSE"
        outcomes = f"(SELECT * FROM {quoted(self.queries.name)} WHERE status IN ({_texts(COUNTED)})) AS own"
        self.store.keep(violated(rule.id), f"SELECT {', '.join(columns)} FROM {outcomes} LEFT JOIN ({lacking}) AS lacking USING (place)")

    def _table(self, what: str) -> str:
        return f"{what} {self.queries.rule.id}"

    def _called(self) -> str:
        return sql.canonical(sql.column("judged", "subject")).sql(DIALECT).replace('"judged".', "")

    def beyond_year(self) -> str:
        """The year of the `due` day where the calendar of it, or of the day before it was moved (`unrolled`), is not known."""
        if self.calendar is None:
            return "CAST(NULL AS BIGINT)"
        known = f"BETWEEN {self.calendar.first} AND {self.calendar.last}"
        return f"CASE WHEN NOT (year(due) {known}) OR NOT (year(unrolled) {known}) THEN year(due) END"


def _texts(values: Collection[str]) -> str:
    return ", ".join(map(text, values))
