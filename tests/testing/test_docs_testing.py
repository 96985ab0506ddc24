"""What docs/testing.md shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import policy.testing
from policy.cli.test import FLAGS
from policy.messages.testing import MESSAGES
from policy.testing import conformance

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text("utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)


def test_the_property_that_is_shown_holds():
    found: dict = {}
    exec(compile(PYTHON[0], "docs/testing.md", "exec"), found)
    (property_,) = [value for name, value in found.items() if name.startswith("test_")]
    property_()


def test_the_tests_of_a_source_and_an_engine_that_are_shown_pass(tmp_path):
    found: dict = {}
    exec(compile(PYTHON[1], "docs/testing.md", "exec"), found)
    found["test_the_source_reads_what_is_there"](tmp_path)
    found["test_the_engine_means_the_same"]()


def test_everything_that_is_offered_is_described():
    offered = [*policy.testing.__all__, *conformance.__all__]
    assert [name for name in offered if f"`{name}(" not in PAGE and name != "Grid"] == []


def test_every_flag_is_described():
    assert [flag.name for flag in FLAGS if f"--{flag.name}" not in PAGE] == []


def test_every_finding_is_described():
    assert [code for code in MESSAGES if code < "K2" and code not in PAGE] == []
