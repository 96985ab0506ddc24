"""The types of the policy language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = [
    "ANY_REF", "BOOL", "COUNT", "DATE", "DAYS", "INT", "MONTHS", "MONTH_DAY", "NUMBER", "PERIODS", "TEXT", "WORKDAYS",
    "MonthDay", "Period", "Type", "enum_type", "number_text", "ref_type",
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


def number_text(value: Decimal) -> str:
    """A number as a text, the same however it was written or worked out: `1.5` of 1.50, `100` of 1E+2."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
