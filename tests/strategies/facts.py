"""Hypothesis strategies that draw data for a vocabulary."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from hypothesis import strategies as st

from policy.lang import ir
from policy.lang.facts import Facts, Origin, Row
from policy.lang.schema import ATTESTATION, WAIVER, Entity, Field, Vocabulary

__all__ = ["DAYS", "decided", "facts", "with_tables"]

FIRST = datetime.date(2026, 1, 8)
DAYS = st.builds(lambda days: FIRST + datetime.timedelta(days=days), st.integers(0, 100))
_ORIGIN = Origin("drawn.csv", None, {})


def _value(field: Field, vocabulary: Vocabulary, keys: Mapping[str, list[str]]) -> st.SearchStrategy:
    kind = field.type.kind
    if kind == "enum":
        return st.sampled_from([member.name for member in vocabulary.enums[field.type.name or ""].members])
    if kind == "ref":
        return st.sampled_from([*keys[field.type.name or ""], "nobody"])
    return {
        "text": st.sampled_from(["a", "b", ""]),
        "int": st.integers(-1, 6),
        "number": st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(2), Decimal("3.5")]),
        "date": DAYS,
        "bool": st.booleans(),
    }[kind]


def _row(entity: Entity, key: str, vocabulary: Vocabulary, keys: Mapping[str, list[str]]) -> st.SearchStrategy[Row]:
    values = [st.just(key) if field.key else st.none() | _value(field, vocabulary, keys) for field in entity.fields]
    return st.tuples(*values).map(lambda drawn: Row(entity.name, key, drawn, _ORIGIN, 1))


@st.composite
def facts(draw: st.DrawFn, vocabulary: Vocabulary, most: int = 4) -> Facts:
    """Up to `most` rows for each entity of a pack's own: values near each other, references that hold or dangle, gaps."""
    own = {name: entity for name, entity in vocabulary.entities.items() if name not in (ATTESTATION.name, WAIVER.name)}
    keys = {name: [f"{name[0].upper()}{number}" for number in range(draw(st.integers(0, most)))] for name in own}
    tables = {name: tuple(draw(_row(entity, key, vocabulary, keys)) for key in keys[name]) for name, entity in own.items()}
    return with_tables(Facts({}), tables)


@st.composite
def decided(draw: st.DrawFn, drawn: st.SearchStrategy[Facts], pack: ir.Pack, most: int = 3) -> Facts:
    """Facts with up to `most` waivers and attestations each, of rules of the pack and others, of subjects that may be there."""
    found = draw(drawn)
    keys = [row.key for rows in found.tables.values() for row in rows]
    rules = st.sampled_from([*(rule.id for rule in pack.rules), "R-0"])
    parts = st.lists(st.sampled_from([*keys, "first", "第二步", "2026", " X"]), min_size=1, max_size=2)
    subjects = st.builds(str.join, st.sampled_from([",", "，", "、", " , "]), parts)
    tables = {}
    for entity in (ATTESTATION, WAIVER):
        own = {"rule": rules, "subject": subjects, "date": st.none() | DAYS, "valid_until": st.none() | st.none() | DAYS}
        own |= {"conclusion": st.booleans()} if entity is ATTESTATION else {}
        values = [own.get(field.name, st.sampled_from(["x", "x", "x", None])) for field in entity.fields]
        rows = enumerate(draw(st.lists(st.tuples(*values), max_size=most)))
        tables[entity.name] = tuple(Row(entity.name, str(key), (str(key), *row[1:]), _ORIGIN, 1) for key, row in rows)
    return with_tables(found, tables)


def with_tables(facts: Facts, tables: Mapping[str, tuple[Row, ...]]) -> Facts:
    """The facts with these tables in place of theirs; the engine's own entities are empty if they are not among them."""
    return Facts({ATTESTATION.name: (), WAIVER.name: (), **facts.tables, **tables})
