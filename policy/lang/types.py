"""The types of the policy language."""

from __future__ import annotations

import attrs

__all__ = [
    "ANY_REF", "BOOL", "COUNT", "DATE", "DAYS", "INT", "MONTHS", "MONTH_DAY", "NUMBER", "PERIODS", "TEXT", "WORKDAYS",
    "MonthDay", "Period", "Type", "enum_type", "ref_type",
]


@attrs.frozen(slots=False)
class Type:
    """A type: its `kind`, and for `enum` and `ref` the name of the enum or the entity."""

    kind: str
    name: str | None = None

    @property
    def is_ref(self) -> bool:
        return self.kind == "ref"

    @property
    def is_enum(self) -> bool:
        return self.kind == "enum"


TEXT = Type("text")
INT = Type("int")
NUMBER = Type("number")
DATE = Type("date")
BOOL = Type("bool")
DAYS = Type("days")
WORKDAYS = Type("workdays")
MONTHS = Type("months")
MONTH_DAY = Type("month_day")
COUNT = Type("count")  # an interval: (sure rows, sure + unknown rows)
ANY_REF = Type("any_ref")  # the bearer of a violation: a row of whatever entity
PERIODS = (DAYS, WORKDAYS, MONTHS)


def enum_type(name: str) -> Type:
    """The type whose values are the members of enum `name`."""
    return Type("enum", name)


def ref_type(name: str) -> Type:
    """The type whose values are rows of entity `name`."""
    return Type("ref", name)


@attrs.frozen(order=True, slots=False)
class Period:
    """A length of time: `amount` of `unit`, one of `days`, `workdays`, `months`. Years are months, weeks are days."""

    amount: int
    unit: str


@attrs.frozen(order=True, slots=False)
class MonthDay:
    """A day of any year, such as 03-31."""

    month: int
    day: int
