"""What SQL tells is what Python tells."""

from __future__ import annotations

import os
import signal
import threading
from decimal import Decimal

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.lang.types import number_text
from policy.relational.columns import numbers
from policy.relational.database import Database
from policy.relational.sql import number_text as number_in_sql


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9) | st.integers(-(10**9), 10**9).map(Decimal)))
def test_numbers_are_told_by_their_value(values: list[Decimal]) -> None:
    database = Database()
    database.keep("drawn", {"place": pyarrow.array(range(len(values)), pyarrow.int64()), "value": numbers(values)})
    told = [text for _, text in database.rows(f"SELECT place, {number_in_sql('value')} FROM drawn ORDER BY place")]
    database.close()
    assert told == [number_text(value) for value in values]
    assert [Decimal(text) for text in told] == values
    assert not any("." in text and text.endswith(("0", ".")) or text == "-0" for text in told)


def test_columns_keep_the_order_of_a_query() -> None:
    database = Database()
    database.do("CREATE TABLE first AS SELECT (range * 7919) % 300007 AS place FROM range(300000)")
    database.do("CREATE TABLE second AS SELECT (range * 7907) % 300007 AS place, 'x' || range AS told FROM range(300000)")
    columns = database.columns("SELECT place, told FROM first LEFT JOIN second USING (place) WHERE place BETWEEN 100000 AND 250000 ORDER BY place")
    database.close()
    places = columns.column("place").to_pylist()
    assert places == sorted(places)
    assert len(places) > 100_000


def test_what_is_worked_out_of_columns_keeps_their_order() -> None:
    database = Database()
    rows = pyarrow.table({"place": pyarrow.array(range(100_000), pyarrow.int64())})
    columns = database.worked_out(rows, "place, repeat('x' || place, 20) AS told")
    database.close()
    assert columns.column("place").to_pylist() == list(range(100_000))


def test_an_interruption_while_columns_are_worked_out_is_one() -> None:
    database = Database()
    rows = pyarrow.table({"place": pyarrow.array(range(200_000), pyarrow.int64())})
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs tests in the background ignores it
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            database.worked_out(rows, "sha256(repeat(CAST(place AS VARCHAR), 500)) AS told")
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)
        database.close()
