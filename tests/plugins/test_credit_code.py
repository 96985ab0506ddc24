"""The check digit of the unified social credit code: known codes, and whatever is done to them."""

from __future__ import annotations

import pytest
from policy_credit_code import is_valid, policy_functions
from policy_sample.county import make

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE = "91350100M000100Y43"
"""The standard's own example."""


def test_the_function_that_rules_call():
    (function,) = policy_functions()
    assert (function.name, function.label, function.result.kind) == ("is_credit_code", "信用代码有效", "bool")
    assert function.call(CODE)


def test_the_example_of_the_standard_holds():
    assert is_valid(CODE)


@pytest.mark.parametrize("place", range(len(CODE)))
def test_every_other_character_at_any_place_is_found(place):
    others = [char for char in ALPHABET if char != CODE[place]]
    assert not any(is_valid(CODE[:place] + char + CODE[place + 1 :]) for char in others)


@pytest.mark.parametrize("place", range(len(CODE) - 1))
def test_two_neighbours_that_changed_places_are_found(place):
    swapped = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
    assert is_valid(swapped) == (swapped == CODE)


@pytest.mark.parametrize("code", ["", CODE[:-1], CODE + "3", CODE.lower(), CODE[:-1] + "I", CODE[:-1] + "３", f" {CODE}", "一" * 18])
def test_other_texts_are_none(code):
    assert not is_valid(code)


def test_the_codes_of_the_sample_but_for_those_planted():
    header, rows = make(1)["organization"]
    codes = {row[0]: row[header.index("credit_code")] for row in rows}
    assert [key for key, code in codes.items() if code and not is_valid(code)] == ["0990108", "0990145"]
