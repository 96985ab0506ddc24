"""What a run is about, as the lowering of expressions needs it: the pack, the day, the parameters, and the names of tables."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

import attrs
from sqlglot import exp

from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.schema import Field
from policy.relational.columns import column_of
from policy.relational.sql import DIALECT, pruned

__all__ = ["World", "renumbered"]


@attrs.define(eq=False, slots=False)
class World:
    """What is needed besides facts is noted where it is first asked for, and made before a query runs.

    `chains` are the tables of rows along a field, by name: the entity, the field, and the table and column with the keys that they begin at; `views` the sets of rules whose violations were asked for, each a view
    of its own; `judged` the rules judged so far, in their order; `plugins` a call of each function of a plug-in. `wanted` says how often
    queries were asked for that are none of a rule's own, by their text; `common` are the tables of those that were asked for again.
    """

    pack: ir.Pack
    as_of: datetime.date
    parameters: Mapping[str, ir.Value]
    calendar: Calendar
    functions: Mapping[str, Callable]
    chains: dict[str, tuple[str, int, tuple[str, str]]] = attrs.field(factory=dict)
    views: dict[tuple[str, ...], str] = attrs.field(factory=dict)
    judged: dict[str, None] = attrs.field(factory=dict)
    plugins: dict[str, ir.Apply] = attrs.field(factory=dict)
    wanted: Counter[str] = attrs.field(factory=Counter)
    common: dict[str, str] = attrs.field(factory=dict)

    @cached_property
    def binders(self) -> dict[str, dict[str, str]]:
        """The binders of each rule, with the kind of their values."""
        return {rule.id: {each.var: _kind(each) for each in rule.binders} for rule in self.pack.rules}

    @cached_property
    def binder_kinds(self) -> dict[str, str]:
        """All names of binders with their kinds. Where rules mean different kinds by one name, no rule can read it."""
        return {name: kind for binders in self.binders.values() for name, kind in binders.items()}

    def binder_column(self, name: str) -> str:
        """The column of violations for a binder of their rules: names may differ in upper and lower case only."""
        return f"binder {list(self.binder_kinds).index(name)}"

    def any_row(self, entity: str, key: str) -> str:
        """A row of whatever entity as one text."""
        return f"{self.number(entity)}:{key}"

    @cached_property
    def row_named(self) -> Callable[[str], tuple[str, str]]:
        """Gives the entity and the key of a row of whatever entity: mostly the same pair for all findings of a bearer."""
        entities = list(self.pack.vocabulary.entities)

        @lru_cache(1 << 14)
        def named(text: str) -> tuple[str, str]:
            number, _, key = text.partition(":")
            return entities[int(number)], key

        return named

    def table(self, entity: str) -> str:
        """The table of an entity's visible rows. Its column `key` is the key; `column` names the others."""
        return f"facts {self.number(entity)} {entity}"

    def number(self, entity: str) -> int:
        """The number of an entity: names may differ in upper and lower case only, which is all the same to SQL."""
        return list(self.pack.vocabulary.entities).index(entity)

    def column(self, field: Field) -> str:
        """The column of a field."""
        return column_of(field)

    def chain(self, entity: str, index: int, starts: tuple[str, str] | None) -> str:
        """The table of the rows that lie above each row along a field: `key`, `above` and `distance`.

        `starts` are the table and the column with the keys that are asked for; where that is none of facts, all are there.
        """
        table, column = starts if starts is not None and starts[0] in self._tables else (self.table(entity), "key")
        name = f"chain {self.number(entity)} {index} from {table} {column}"
        self.chains[name] = entity, index, (table, column)
        return name

    @cached_property
    def _tables(self) -> frozenset[str]:
        return frozenset(map(self.table, self.pack.vocabulary.entities))

    def kept(self, query: exp.Select) -> str | None:
        """The name of the table of the rows of a renumbered query, if there is one by now."""
        return self.common.get(query.sql(DIALECT))

    def shared(self, query: exp.Select) -> exp.Select | str:
        """A renumbered query that may be wanted again: itself, and from the second time on the name of the table of its rows."""
        text = query.sql(DIALECT)
        self.wanted[text] += 1
        if self.wanted[text] == 1:
            return query
        return self.common.setdefault(text, f"common {len(self.common)}")

    def violations_of(self, rules: tuple[str, ...]) -> str:
        """The view of the violations of these rules; without those that were not judged."""
        known = tuple(rule for rule in rules if rule in self.judged)
        return self.views.setdefault(known, f"violations {len(self.views)}")


def renumbered(query: exp.Select) -> exp.Select:
    """The query with its relations numbered from 0, so that it reads the same whichever rule it is for; its sources are pruned as long as no two are called alike."""
    query = pruned(query.copy())
    numbers: dict[str, str] = {}
    for part in query.find_all(exp.TableAlias, exp.Column):
        name = part.this if isinstance(part, exp.TableAlias) else part.args.get("table")
        if name is not None and _NUMBERED(name.name):
            name.set("this", numbers.setdefault(name.name, f"c{len(numbers)}"))
    return query


_NUMBERED = re.compile(r"r\d+").fullmatch


def _kind(each: ir.Each) -> str:
    return "year" if isinstance(each, ir.EachYear) else "text"
