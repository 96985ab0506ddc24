"""Every article, paragraph and item of the regulation has a rule or a reason; every rule rests on one, or on the quality of data."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy import pipeline
from policy.document import traces, unplaced
from policy.hooks.manager import load_plugins
from policy.lang.ast import Citation
from policy.lang.citing import citation_text
from policy.lang.places import Place

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module", params=sorted(path.name for path in RULES.iterdir()))
def pack(request):
    return pipeline.load_pack(RULES / request.param, load_plugins()).pack


def said(place: Place) -> str:
    article, suffix, paragraph, item = place
    return citation_text(Citation(article, paragraph, item, suffix=suffix), "zh")


def test_no_place_is_without_a_rule_and_a_reason(pack):
    assert [said(trace.place) for trace in traces(pack) if trace.gap] == []


def test_all_of_the_regulation_is_there(pack):
    regulation = pack.regulation
    paragraphs = [paragraph for article in regulation.articles.values() for paragraph in article.paragraphs]
    items = [item for paragraph in paragraphs for item in paragraph.items]
    assert (len(regulation.articles), len(paragraphs), len(items)) == (20, 28, 20)
    assert len(traces(pack)) == 20 + 28 + 20


def test_every_rule_is_reached_from_an_article_or_is_about_data(pack):
    reached = {id for trace in traces(pack) for id in trace.rules}
    others = {rule.id for rule in unplaced(pack)}
    assert reached | others == {rule.id for rule in pack.rules}
    assert reached.isdisjoint(others)
    assert {id for id in others if not id.startswith("DQ-")} == set()


def test_every_reason_is_told(pack):
    told = {reason for trace in traces(pack) for reason in trace.reasons}
    assert told == {one.reason for one in pack.unruled}
