"""The Markdown of a small pack, word for word (`python -m tests.record`), and what holds of any."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy.document import as_markdown
from tests.document.packs import HANDBOOK, LANGUAGES, handbook, load, recorded, told

BASE = Path(__file__).parents[2] / "rules" / "supervision_talks"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_exact_text(language: str) -> None:
    assert as_markdown(told(handbook(), language)) == recorded(language).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", [HANDBOOK, BASE], ids=lambda folder: folder.name)
def test_links_lead_somewhere_and_rows_have_all_their_cells(folder: Path, language: str) -> None:
    text = as_markdown(told(load(folder), language))
    anchors = re.findall(r'<a id="([^"]*)"></a>', text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= set(anchors)
    outside = re.sub(r"^(`{3,})policy\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    for table in re.findall(r"(?:^\|.*\n)+", outside, re.MULTILINE):
        counts = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(counts) == 1, table


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_of_the_document_are_those_of_the_pack(language: str) -> None:
    pack = load(BASE)
    text = as_markdown(told(pack, language))
    assert [id for id in (rule.id for rule in pack.rules) if text.count(f'<a id="rule-{id}"></a>') != 1] == []
