"""What rules look at: the parts of their expressions and of the definitions that they call, and with them entities and fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from policy.lang import ir
from policy.lang.uses import deciding
from policy.lang.walk import walk

__all__ = ["expressions", "read_fields"]


def read_fields(pack: ir.Pack, rules: Collection[str] | None = None) -> dict[str, set[str]]:
    """The entities that rules with these ids (None: all) look at, each with the fields that they read, its `occurs` day among them.

    Rules whose violations they read, definitions and chains count, and so do entities whose rows are only referred to. Entities and fields are identifiers.
    """
    found: dict[str, set[str]] = {}
    for part in _parts(pack, rules):
        if isinstance(part, ir.Field) and part.index >= 0:
            found.setdefault(part.entity, set()).add(part.field)
        elif isinstance(part, ir.Nearest | ir.Under):
            found.setdefault(part.entity, set()).add(part.via)
        elif isinstance(part, ir.EachRow | ir.Rows):
            found.setdefault(part.entity, set())
    for name, fields in list(found.items()):
        entity = pack.vocabulary.entities[name]
        fields.update([entity.occurs.name] if entity.occurs else [])
        for target in [field.type.name for field in entity.fields if field.type.is_ref and field.name in fields]:
            found.setdefault(target, set())
    return found


def expressions(pack: ir.Pack, rules: Collection[str] | None = None) -> Iterator[ir.Expr]:
    """The parts of all expressions of rules with these ids (None: all), of rules and definitions that they need too."""
    return (part for part in _parts(pack, rules) if not isinstance(part, ir.EachRow | ir.Rows))


def _parts(pack: ir.Pack, rules: Collection[str] | None) -> Iterator[ir.Expr | ir.EachRow | ir.Rows]:
    wanted = {rule.id for rule in pack.rules} if rules is None else set(rules)
    called: set[str] = set()
    for rule in pack.needed(wanted):
        yield from (each for each in rule.binders if isinstance(each, ir.EachRow))
        told = [part.expr for part in rule.message if isinstance(part, ir.Placeholder) and part.expr is not None]
        for expr in (*deciding(rule), *told):
            yield from _within(expr, pack, called)
        if isinstance(rule.duty, ir.Existence) and isinstance(rule.duty.source, ir.Rows):
            yield rule.duty.source


def _within(expr: ir.Expr, pack: ir.Pack, called: set[str]) -> Iterator[ir.Expr | ir.Rows]:
    """The parts of an expression, of the definitions that it calls for the first time, and the sources of its rows."""
    for part in walk(expr):
        yield part
        source = getattr(part, "source", None)
        if isinstance(source, ir.Rows):
            yield source
        if isinstance(part, ir.Call) and part.name not in called:
            called.add(part.name)
            yield from _within(pack.definitions[part.name].body, pack, called)
