"""The built-in functions and operators in SQL, and the functions of plug-ins, which are called back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlglot import exp

from policy.lang import ir
from policy.lang.types import INT, Type
from policy.relational import days, sql
from policy.relational.frame import Scope
from policy.relational.sql import Sql

__all__ = ["BUILT_IN", "KINDS", "kind_of", "plugin", "plugin_name"]

KINDS = {
    "text": "VARCHAR", "int": "BIGINT", "date": "DATE", "bool": "BOOLEAN", "enum": "VARCHAR", "ref": "VARCHAR",
    "any_ref": "VARCHAR", "days": "BIGINT", "workdays": "BIGINT", "months": "BIGINT", "month_day": "BIGINT",
}  # fmt: skip
"""The type of SQL for a type of the language; that of a number depends on the data."""

_Make = Callable[[ir.Apply, Sequence[Sql]], Sql]


def plugin_name(name: str) -> str:
    """What the function of a plug-in is called in SQL."""
    return f"plugin_{name.encode().hex()}"


def plugin(scope: Scope, expr: ir.Apply, arguments: Sequence[Sql]) -> Sql:
    """A call of a plug-in's function."""
    scope.world.plugins[expr.name] = expr
    return scope.frame.named(sql.call(plugin_name(expr.name), *arguments), costly=True)


def _named(name: str) -> _Make:
    return lambda expr, arguments: sql.call(name, *arguments)


def _part_of_day(name: str) -> _Make:
    return lambda expr, arguments: sql.cast(sql.call(name, *arguments), "BIGINT")


def _arithmetic(operator: type[exp.Binary]) -> _Make:
    """Whole numbers of 18 digits are multiplied in 38."""

    def make(expr: ir.Apply, arguments: Sequence[Sql]) -> Sql:
        wide = [sql.cast(argument, "HUGEINT") if expr.type == INT else argument for argument in arguments]
        return sql.binary(operator, *wide)

    return make


def _negate(expr: ir.Apply, arguments: Sequence[Sql]) -> Sql:
    return sql.minus(arguments[0])


def _day(year: Sql, month: Sql, day: Sql) -> Sql:
    made = sql.call("try", sql.call("make_date", *(sql.cast(one, "BIGINT") for one in (year, month, day))))
    return sql.case((sql.all_of([days.between(year, 1, 9999), days.between(month, 1, 12), days.between(day, 1, 31)]), made))


def _date(expr: ir.Apply, arguments: Sequence[Sql]) -> Sql:
    return _day(*arguments)


def _day_in(expr: ir.Apply, arguments: Sequence[Sql]) -> Sql:
    year, day = arguments
    return _day(year, sql.binary(exp.IntDiv, day, sql.number(100)), sql.binary(exp.Mod, day, sql.number(100)))


def _strict(name: str) -> _Make:
    """`least` and `greatest` pass over what is missing."""

    def make(expr: ir.Apply, arguments: Sequence[Sql]) -> Sql:
        known = sql.all_of([sql.negate(sql.is_null(argument)) for argument in arguments])
        return sql.case((known, sql.call(name, *arguments)))

    return make


BUILT_IN: dict[str, _Make] = {
    "year_of": _part_of_day("year"),
    "month_of": _part_of_day("month"),
    "day_of_month": _part_of_day("day"),
    "date": _date,
    "day_in": _day_in,
    "earlier": _strict("least"),
    "later": _strict("greatest"),
    "length": _part_of_day("length"),
    "starts_with": _named("starts_with"),
    "contains": _named("contains"),
    "sorts_before": lambda expr, arguments: sql.compare("lt", *arguments),
    "add": _arithmetic(exp.Add),
    "sub": _arithmetic(exp.Sub),
    "mul": _arithmetic(exp.Mul),
    "negate": _negate,
    "days_between": lambda expr, arguments: sql.subtract(*arguments),
}
"""By the names of `policy.lang.ops`."""


def kind_of(type: Type) -> str:
    """The type of SQL that the function of a plug-in takes or gives."""
    return KINDS.get(type.kind, "DECIMAL(38, 10)")
