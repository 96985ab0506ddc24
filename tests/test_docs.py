"""What can be forgotten in the docs has a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy.lang.keywords import KEYWORDS, UNITS
from policy.lang.ops import FUNCTIONS

REFERENCE = (Path(__file__).parents[1] / "docs" / "language.md").read_text("utf-8")


@pytest.mark.parametrize("terminal", KEYWORDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_keyword_is_in_the_reference(terminal: str, language: str) -> None:
    canonical = KEYWORDS[terminal][language][0]
    assert all(word in REFERENCE for word in canonical.split(" "))


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_in_the_reference(unit: str) -> None:
    assert UNITS[unit]["zh"][0] in REFERENCE
    assert UNITS[unit]["en"][0] in REFERENCE


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_function_is_in_the_reference(function) -> None:
    assert f"`{function.name}" in REFERENCE
    assert function.label is None or function.label in REFERENCE
