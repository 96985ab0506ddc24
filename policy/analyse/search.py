"""Data sets drawn at random, small and with their days crowded around each other: for what the solver does not reach."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Any

from policy.analyse.alphabet import Alphabet, expressions_of
from policy.analyse.sample import Sample
from policy.lang import ir
from policy.lang.schema import Field

__all__ = ["drawn", "entities_read"]

_USUAL = datetime.date(2026, 3, 1)
_APART = (0, 0, 0, 1, -1, 7, 29, 30, 31, 59, 60, 61, 89, 90, 91, 92, 180, 183, 365, 400, -30, -365)
"""Days between two days."""


def entities_read(pack: ir.Pack, rules: Iterable[ir.Rule]) -> list[str]:
    """The entities whose rows the rules look at, and those that they read the outcomes of."""
    found: dict[str, None] = {}
    waiting = list(rules)
    seen: set[str] = set()
    while waiting:
        rule = waiting.pop()
        if rule.id in seen:
            continue
        seen.add(rule.id)
        waiting += [one for id in rule.depends if (one := pack.rule(id)) is not None]
        found |= {each.entity: None for each in rule.binders if isinstance(each, ir.EachRow)}
        sources = [rule.duty.source] if isinstance(rule.duty, ir.Existence) else []
        for expr in expressions_of(pack, rule):
            sources += [expr.source] if hasattr(expr, "source") else []
            if isinstance(expr, ir.Field) and expr.index >= 0:
                found[expr.entity] = None
            elif isinstance(expr, (ir.Nearest, ir.Under)):
                found[expr.entity] = None
        found |= {source.entity: None for source in sources if isinstance(source, ir.Rows)}
    return list(found)


def drawn(pack: ir.Pack, rules: Iterable[ir.Rule], alphabet: Alphabet, rows: int, seed: int, parameters: Mapping[str, ir.Value]) -> Iterator[Sample]:
    """Data sets without end, the same ones for the same seed."""
    random = Random(seed)
    read = _fields_read(pack, rules := list(rules))
    while True:
        days = _days(pack, random)
        tables = {entity: _rows(pack, entity, random, rows, days, read, alphabet) for entity in entities_read(pack, rules)}
        yield Sample(random.choice(days) + datetime.timedelta(days=random.choice(_APART)), tables, dict(parameters))


def _fields_read(pack: ir.Pack, rules: Iterable[ir.Rule]) -> set[tuple[str, str]]:
    waiting, seen = [rule.id for rule in rules], set()
    found: set[tuple[str, str]] = set()
    while waiting:
        rule = pack.rule(waiting.pop())
        if rule is None or rule.id in seen:
            continue
        seen.add(rule.id)
        waiting += rule.depends
        found |= {(one.entity, one.field) for one in expressions_of(pack, rule) if isinstance(one, ir.Field)}
        found |= {(one.entity, one.via) for one in expressions_of(pack, rule) if isinstance(one, (ir.Nearest, ir.Under))}
    return found


def _days(pack: ir.Pack, random: Random) -> list[datetime.date]:
    first = (pack.effective or _USUAL) + datetime.timedelta(days=random.randrange(800))
    days = [first]
    for _ in range(4):
        days.append(random.choice(days) + datetime.timedelta(days=random.choice(_APART)))
    return days


def _rows(
    pack: ir.Pack, entity: str, random: Random, most: int, days: list[datetime.date], read: set[tuple[str, str]], alphabet: Alphabet
) -> list[dict[str, Any]]:
    declared = pack.vocabulary.entities[entity]
    found = []
    for number in range(1, random.randint(0, most) + 1):
        row: dict[str, Any] = {declared.key.name: f"{entity[:1].upper()}{number}"}
        for field in declared.fields:
            wanted = not field.key and ((entity, field.name) in read or field.occurs)
            if wanted and random.random() < 0.85:
                row[field.name] = _value(pack, field, random, most, days, alphabet)
        found.append(row)
    return found


def _value(pack: ir.Pack, field: Field, random: Random, most: int, days: list[datetime.date], alphabet: Alphabet) -> Any:
    kind = field.type.kind
    if kind == "enum":
        return random.choice(pack.vocabulary.enums[field.type.name].members).name
    if kind == "ref":
        return f"{field.type.name[:1].upper()}{random.randint(1, most)}"
    if kind == "date":
        return random.choice(days)
    if kind == "text":
        return random.choice([*alphabet.texts, "x1", "x2"])
    return {"int": random.choice([0, 1, 2, 3, 2026, 2027]), "number": Decimal(random.choice(["0.5", "1", "2"])), "bool": random.random() < 0.5}[kind]
