"""Files without a quote, as programs export most: a line is a row, and Arrow's reader gives the cells that Python's gives, in a fraction of the time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from policy.lang.table import Shape, shape_of
from policy_csv.layout import Layout

__all__ = ["batches", "plain_shape"]

_ODD = bytes({*range(0x20), ord('"')} - {*b"\t\n\r"})
"""What a file has not whose lines are its rows: quotes, and characters at which Python may break a line or see a blank."""
_CHECKED = 2**20
_PARSED = 2**22


def plain_shape(layout: Layout) -> Shape | None:
    """The shape of a file that `batches` can read, every row of which is as wide as the header and has its first cell filled; None of any other."""
    names = _header(layout) if layout.encoding.startswith("utf-8") and not layout.skipped else []
    shape = shape_of([(1, names)])
    if not names or len(shape.columns) < len(names) or not _is_plain(layout):
        return None
    try:
        import pyarrow
    except ImportError:
        return None
    with suppress(pyarrow.ArrowInvalid):  # a row is shorter or longer
        return shape._replace(count=sum(map(_fine_rows, _parsed(layout, len(names)))))
    return None


def batches(layout: Layout, width: int) -> Iterator[tuple[int, Any]]:
    """The rows below the header as record batches of texts, each with the number of its first row."""
    number = 2
    for batch in _parsed(layout, width):
        yield number, batch
        number += batch.num_rows


def _header(layout: Layout) -> list[str]:
    """The cells of the first line, if it ends within reach."""
    with layout.open() as content:
        line = content.readline(_CHECKED)
    return line.decode("utf-8-sig").rstrip("\r\n").split(layout.separator) if line.endswith(b"\n") else []


def _is_plain(layout: Layout) -> bool:
    """Whether nothing odd is in a file, and no line ends with a carriage return alone."""
    returns = pairs = 0
    last = b""
    with layout.open() as content:
        while some := content.read(_CHECKED):
            if len(some.translate(None, _ODD)) < len(some):
                return False
            returns += some.count(b"\r")
            pairs += (last + some).count(b"\r\n")
            last = some[-1:]
    return returns == pairs


def _parsed(layout: Layout, width: int) -> Iterator[Any]:
    from pyarrow import csv as arrow, string

    names = [str(place) for place in range(width)]
    with layout.open() as content:
        yield from arrow.open_csv(
            content,
            arrow.ReadOptions(column_names=names, skip_rows=1, block_size=_PARSED),
            arrow.ParseOptions(delimiter=layout.separator, quote_char=False, double_quote=False, ignore_empty_lines=False),
            arrow.ConvertOptions(column_types=dict.fromkeys(names, string()), strings_can_be_null=False),
        )


def _fine_rows(batch: Any) -> int:
    """How many rows a batch has. Raises ArrowInvalid where the first cell of one is blank, or a cell is longer than Python reads."""
    from pyarrow import ArrowInvalid, compute

    blank = compute.any(compute.equal(compute.utf8_trim_whitespace(batch.column(0)), "")).as_py()
    if blank or any((compute.max(compute.binary_length(column)).as_py() or 0) > csv.field_size_limit() for column in batch.columns):
        raise ArrowInvalid("no row of a plain file")
    return batch.num_rows
