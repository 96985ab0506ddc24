"""Rows for the vocabulary of a pack: well typed, near the edges of its rules, with gaps."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

import attrs
from hypothesis import strategies as st

from policy.draw.edges import MIDDLE, constants, days, near, numbers
from policy.lang.reads import read_fields
from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts, Origin, Row
from policy.lang.schema import ATTESTATION, WAIVER, Entity, Field

__all__ = ["decided", "facts", "with_tables"]

NOBODY = "nobody"
"""The key of a reference that names no row."""

_ORIGIN = Origin("drawn", None, {})
_COMMON = 6
"""How many times as often as a gap, a dangling reference or a member that no rule names the others are drawn."""


@attrs.frozen
class _Values:
    """What values are drawn from: days, numbers, texts, the members that rules name, and the keys of each entity.

    With `cycles` chains of references may come back to where they began.
    """

    pack: ir.Pack
    days: st.SearchStrategy[datetime.date]
    numbers: Sequence[int | Decimal]
    texts: Sequence[str]
    named: Collection[str]
    keys: Mapping[str, Sequence[str]]
    gaps: bool
    dangling: bool
    cycles: bool


def facts(
    pack: ir.Pack,
    as_of: datetime.date = MIDDLE,
    *,
    rules: Collection[str] | None = None,
    calendar: Calendar | None = None,
    most: int = 4,
    gaps: bool = True,
    dangling: bool = True,
    cycles: bool = False,
    whole: bool = False,
) -> st.SearchStrategy[Facts]:
    """Up to `most` rows for each entity that rules with these ids (None: all) look at, which try what they say as of a day.

    Dates crowd around the as-of day, ends of months, days that rules name and holidays of the `calendar`, and around where a deadline
    that begins or ends there does. `gaps` leaves values missing, `dangling` draws references that name no row, `cycles` lets chains
    of references from an entity to itself come back to where they began. Fields that the rules do not read are missing, unless the rows are to be `whole`.
    """
    own = {name: one for name, one in pack.vocabulary.entities.items() if name not in (ATTESTATION.name, WAIVER.name)}
    if not whole:
        read = read_fields(pack, rules)
        own = {name: _only(one, read[name]) for name, one in own.items() if name in read}
    known = constants(pack, rules)
    members = {member.name for enum in pack.vocabulary.enums.values() for member in enum.members}
    texts = sorted({value for value in known if isinstance(value, str)} - members)
    values = _Values(pack, st.nothing(), numbers(known), ["a", "b", "", *texts], known & members, {}, gaps, dangling, cycles)
    return _facts(own, values, near(pack, as_of, calendar, rules), most)


@st.composite
def _facts(
    draw: st.DrawFn, entities: Mapping[str, Entity], values: _Values, near: st.SearchStrategy[st.SearchStrategy[datetime.date]], most: int
) -> Facts:
    counts = st.sampled_from([min(count, most) for count in (1, 1, 2, 1, 2, 0, *range(3, most + 1))])  # of few rows many belong together
    keys = {name: [f"{name[0].upper()}{number + 1}" for number in range(draw(counts))] for name in entities}
    gaps, dangling = values.gaps and draw(st.booleans()), values.dangling and draw(st.booleans())  # of all together, or every draw has some
    values = attrs.evolve(values, keys=keys, days=draw(near), gaps=gaps, dangling=dangling)
    tables = {name: tuple(draw(_row(one, number, values)) for number in range(len(keys[name]))) for name, one in entities.items()}
    return with_tables(Facts({name: () for name in values.pack.vocabulary.entities}), tables)


def _only(entity: Entity, fields: Collection[str]) -> Entity:
    """The entity with those fields alone, at their places, and its key."""
    return attrs.evolve(entity, fields=tuple(field for field in entity.fields if field.key or field.name in fields))


@st.composite
def _row(draw: st.DrawFn, entity: Entity, number: int, values: _Values) -> Row:
    whole = values.pack.vocabulary.entities[entity.name]
    cells: list = [None] * len(whole.fields)
    for field in entity.fields:
        if field.key:
            cells[field.index] = values.keys[entity.name][number]
        elif not values.gaps or draw(st.integers(0, _COMMON)):
            cells[field.index] = draw(_value(field, entity.name, number, values))
    return Row(entity.name, cells[whole.key.index], tuple(cells), _ORIGIN, number + 1)


def _value(field: Field, entity: str, number: int, values: _Values) -> st.SearchStrategy:
    kind, name = field.type.kind, field.type.name or ""
    if kind == "enum":
        members = [member.name for member in values.pack.vocabulary.enums[name].members]
        return st.sampled_from([*members, *[member for member in members if member in values.named] * _COMMON * 2])
    if kind == "ref":
        return _reference(name, name == entity, number, values)
    return {
        "text": st.sampled_from(values.texts),
        "int": st.sampled_from([int(value) for value in values.numbers if value == int(value)]),
        "number": st.sampled_from([Decimal(value) for value in (*values.numbers, Decimal("0.5"))]),
        "date": values.days,
        "bool": st.booleans(),
    }[kind]


def _reference(target: str, own: bool, number: int, values: _Values) -> st.SearchStrategy[str | None]:
    """A key of the entity that is named; without cycles, where it is the row's own, that of a row before."""
    keys = list(values.keys.get(target, ()))
    if own and not values.cycles:
        keys = keys[:number]
    keys = keys * _COMMON + ([NOBODY] if values.dangling else [])
    return st.sampled_from(keys) if keys else st.none()


@st.composite
def decided(
    draw: st.DrawFn, drawn: st.SearchStrategy[Facts], pack: ir.Pack, as_of: st.SearchStrategy[datetime.date] | None = None, *, most: int = 3
) -> Facts:
    """Facts with up to `most` waivers and attestations each, of rules of the pack and others, of subjects that may be there.

    Their days are drawn from `as_of` (None: days that matter to the pack).
    """
    found, when = draw(drawn), as_of or days(pack)
    keys = [row.key for rows in found.tables.values() for row in rows]
    rules = st.sampled_from([*(rule.id for rule in pack.rules), "R-0"])
    parts = st.lists(st.sampled_from([*keys, "first", "第二步", "2026", " X"]), min_size=1, max_size=2)
    subjects = st.builds(str.join, st.sampled_from([",", "，", "、", " , "]), parts)
    tables = {}
    for entity in (ATTESTATION, WAIVER):
        own = {"rule": rules, "subject": subjects, "date": st.none() | when, "valid_until": st.none() | st.none() | when}
        own |= {"conclusion": st.booleans()} if entity is ATTESTATION else {}
        values = [own.get(field.name, st.sampled_from(["x", "x", "x", None])) for field in entity.fields]
        rows = enumerate(draw(st.lists(st.tuples(*values), max_size=most)))
        tables[entity.name] = tuple(Row(entity.name, str(key), (str(key), *row[1:]), _ORIGIN, 1) for key, row in rows)
    return with_tables(found, tables)


def with_tables(facts: Facts, tables: Mapping[str, tuple[Row, ...]]) -> Facts:
    """The facts with these tables in place of theirs; the engine's own entities are empty if they are not among them."""
    return Facts({ATTESTATION.name: (), WAIVER.name: (), **facts.tables, **tables})
