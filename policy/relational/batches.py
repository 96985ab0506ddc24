"""Outcomes of one rule as columns of Arrow, and the objects that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, repeat, starmap
from sys import intern
from typing import Any, TypeVar

import attrs
import pyarrow
from pyarrow import compute

from policy.lang.ir import Rule
from policy.lang.outcome import Evidence, Mention, Outcome, Provenance

__all__ = ["Batch"]

_PLAIN = ("status", "due", "due_unrolled", "fulfilled", "message", "excuse", "fingerprint")
_Thing = TypeVar("_Thing")


@attrs.frozen(eq=False)
class Batch:
    """See `policy.lang.outcome.Batch`; there is a column `mentions` besides, a list of structs of `begin`, `end`, `entity` and `key`."""

    rule: Rule
    sources: Sequence[Provenance]
    columns: pyarrow.Table
    _work_out: Callable[[pyarrow.Table, str], pyarrow.Table]

    def select(self, expressions: str) -> pyarrow.Table:
        """What expressions of DuckDB come to for the outcomes, in their order: in the database of the run, within its limits."""
        return self._work_out(self.columns, expressions)

    def __iter__(self) -> Iterator[Outcome]:
        rule = self.rule
        once: dict[Any, Any] = {}
        share = once.setdefault  # of many findings it counts that a thing is there once

        def evidence(source: int, key: str, row: int | None) -> Evidence:
            of = self.sources[source]
            return Evidence(of.entity, share(key, key), of.file, of.sheet, row, of.cells)

        def mention(begin: int, end: int, entity: str, key: str) -> Mention:
            return Mention(begin, end, share(entity, entity), share(key, key))

        keys = [[share(key, key) for key in self._values(f"key {place}")] for place in range(len(rule.binders))]
        subjects = zip(*(zip(repeat(each.var), of_binder) for each, of_binder in zip(rule.binders, keys, strict=True)))
        bearers = [share(one, one) if one[0] is not None else None for one in self._parts(self.columns.column("bearer").combine_chunks(), "entity", "key")]
        columns = (
            subjects, bearers, self._lists("missing"), self._lists("notes"), self._lists("evidence", evidence, "source", "key", "row"),
            self._lists("mentions", mention, "begin", "end", "entity", "key"), *map(self._values, _PLAIN),
        )  # fmt: skip
        for subject, bearer, missing, notes, rows, mentions, status, due, unrolled, fulfilled, message, excuse, fingerprint in zip(*columns, strict=True):
            yield Outcome(
                rule=rule.id,
                subject=subject,
                status=intern(status),
                severity=rule.severity,
                bearer=bearer,
                due=due,
                due_unrolled=unrolled,
                fulfilled=fulfilled,
                missing=missing,
                basis=rule.basis,
                message=message,
                evidence=rows,
                fingerprint=fingerprint,
                excuse=excuse,
                notes=notes,
                mentions=mentions,
            )

    def _values(self, name: str) -> list[Any]:
        return self.columns.column(name).to_pylist()

    def _lists(self, name: str, made: Callable[..., _Thing] | None = None, *parts: str) -> Iterator[tuple[_Thing, ...]]:
        """A column of lists, whose members are `made` of some parts of structs."""
        lists = self.columns.column(name).combine_chunks()
        members = lists.flatten()
        things = members.to_pylist() if made is None else list(starmap(made, self._parts(members, *parts)))
        lengths = compute.list_value_length(lists).to_pylist()
        return (tuple(things[end - length : end]) for length, end in zip(lengths, accumulate(lengths)))

    def _parts(self, structs: pyarrow.StructArray, *names: str) -> Iterator[tuple]:
        return zip(*(compute.struct_field(structs, name).to_pylist() for name in names), strict=True)
