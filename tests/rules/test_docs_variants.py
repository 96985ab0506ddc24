"""The variant that docs/variants.md builds up is one: what an officer copies from there works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.pipeline import texts
from policy.pipeline.cases import run_cases

PAGE = (Path(__file__).parents[2] / "docs" / "variants.md").read_text("utf-8")
BLOCKS = re.findall(r"^```policy\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("our_office")
    for number, block in enumerate(BLOCKS):
        (folder / f"{number}.policy").write_text(block, "utf-8")
    return pipeline.load_pack(folder, load_plugins())


def test_it_loads_and_its_cases_pass(loaded):
    assert loaded.diagnostics == ()
    results = run_cases(loaded, load_plugins())
    assert len(results) == 3
    assert [result.case.title for result in results if result.failures] == []


def test_it_stands_as_the_formatter_prints_it(loaded):
    for block, source in zip(BLOCKS, loaded.sources[-len(BLOCKS) :]):
        assert texts.format_text(source, None)[0] == block
