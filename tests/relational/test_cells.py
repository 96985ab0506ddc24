"""A cell that SQL takes for a code is read as it stands, and has no sign of secrecy."""

from __future__ import annotations

import string
import sys

import duckdb
import pyarrow
from hypothesis import given
from hypothesis import strategies as st

from policy.lang.schema import Vocabulary
from policy.lang.types import TEXT, ref_type
from policy.load import texts
from policy.load.secrecy import level_of
from policy.load.values import read_value
from policy.relational.cells import is_code

NOTHING = Vocabulary({}, {})
CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]


def codes(cells: list[str]) -> list[str]:
    """Those that SQL takes for codes."""
    connection = duckdb.connect()
    connection.register("cells", pyarrow.table({"cell": cells}))
    return [cell for (cell,) in connection.execute(f"SELECT cell FROM cells WHERE {is_code('cell')}").fetchall()]


def read_as_they_stand(cells: list[str]) -> bool:
    return all(read_value(cell, type, NOTHING) == cell and level_of(cell) is None for cell in cells for type in (TEXT, ref_type("talk")))


def test_a_code_has_letters_digits_and_few_other_characters_and_each_is_read_as_it_stands():
    first, inner, last = (codes([form.format(one) for one in CHARACTERS]) for form in ("{}1234567", "1234{}567", "1234567{}"))
    alphanumeric = set(string.ascii_letters + string.digits)
    assert {cell[0] for cell in first} == alphanumeric
    assert {cell[4] for cell in inner} == {cell[7] for cell in last} == alphanumeric | set("-._~")
    assert read_as_they_stand([*first, *inner, *last])


def test_a_code_is_longer_than_all_that_says_that_nothing_is_known_and_no_longer_than_a_cell():
    assert codes([*texts._MARKS, *map(str.upper, texts._MARKS), "_" * 8, "-" * 8]) == []
    assert codes(["A" * length for length in (7, 8, 32_767, 32_768)]) == ["A" * 8, "A" * 32_767]


@given(st.lists(st.text("AEz019-._~+/ #=\u200b密", min_size=6, max_size=12)))
def test_codes_are_read_as_they_stand(cells):
    assert read_as_they_stand(codes(cells))
