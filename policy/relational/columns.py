"""Columns of tables: what they are called, and Arrow arrays of their values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow

from policy.lang.schema import Field
from policy.relational.database import TooLarge

__all__ = ["array", "as_read", "column_of", "joined", "numbers"]

_KINDS = {"int": pyarrow.int64(), "date": pyarrow.date32(), "bool": pyarrow.bool_(), "year": pyarrow.int64()}
_MOST_DIGITS = 38


def column_of(field: Field) -> str:
    """The column of a field: names may differ in upper and lower case only, which is all the same to SQL."""
    return "key" if field.key else f"{field.index} {field.name}"


def as_read(field: Field) -> str:
    """The column of a field as it was read: of a reference also where it leads to no row that can be seen."""
    return f"read {field.index}" if field.type.is_ref else column_of(field)


def array(values: Sequence[Any], kind: str) -> pyarrow.Array:
    """Values of a kind of the language. Raises TooLarge where a number does not fit."""
    return numbers(values) if kind == "number" else pyarrow.array(values, _KINDS.get(kind, pyarrow.string()))


def numbers(values: Sequence[Decimal | None]) -> pyarrow.Array:
    """Numbers with as many decimals as any of them has."""
    places = [value.as_tuple().exponent for value in values if value is not None]
    scale = max([0, *(-place for place in places if isinstance(place, int))])
    try:
        return pyarrow.array(values, pyarrow.decimal128(_MOST_DIGITS, min(scale, _MOST_DIGITS)))
    except pyarrow.ArrowInvalid as error:
        raise TooLarge from error


def joined(arrays: Sequence[pyarrow.Array]) -> pyarrow.ChunkedArray:
    """Arrays of one kind as one, numbers with as many decimals as any of them has. Raises TooLarge where a number does not fit then."""
    widest = max((one.type for one in arrays), key=_scale)
    try:
        return pyarrow.chunked_array([one.cast(widest) for one in arrays])
    except pyarrow.ArrowInvalid as error:
        raise TooLarge from error


def _scale(kind: pyarrow.DataType) -> int:
    return kind.scale if pyarrow.types.is_decimal(kind) else 0
