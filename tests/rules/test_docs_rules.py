"""The pack that docs/rules.md builds up is a pack: what an officer copies from there works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.pipeline import texts
from policy.pipeline.cases import run_cases

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def plugins():
    return load_plugins()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, plugins):
    folder = tmp_path_factory.mktemp("practice")
    [regulation] = blocks("markdown")
    (folder / "regulation.md").write_text(regulation, "utf-8")
    for number, block in enumerate(blocks("policy")):
        (folder / f"{number}.policy").write_text(block, "utf-8")
    return pipeline.load_pack(folder, plugins)


def test_it_loads(loaded):
    assert loaded.diagnostics == ()


def test_its_cases_pass(loaded, plugins):
    results = run_cases(loaded, plugins)
    assert [result.case.title for result in results if result.failures] == []
    assert f"{len(results)} 个案例" in PAGE


def test_it_stands_as_the_formatter_prints_it(loaded):
    for source in loaded.sources:
        assert texts.format_text(source, None)[0] == source.text


def test_its_rule_says_what_the_rule_of_the_real_pack_says(loaded, plugins):
    real = pipeline.load_pack(Path(__file__).parents[2] / "rules" / "supervision_talks", plugins).pack.rule("JDTH-11-1-a")
    [rule] = loaded.pack.rules
    assert (rule.title, rule.message, rule.remedy, rule.severity) == (real.title, real.message, real.remedy, real.severity)
