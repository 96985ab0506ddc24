"""The page: everything is on it, it needs nothing else, and no word of a pack is markup."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policy.document import as_html, as_markdown
from policy.lang import ir
from policy.pipeline import texts
from tests.check.packs import check
from tests.document.packs import HANDBOOK, LANGUAGES, handbook, load, told
from tests.document.pages import Page

BASE = Path(__file__).parents[2] / "rules" / "supervision_talks"
HOSTILE = "<script>alert(1)</script>\\\"><img src=x onerror=y>&amp;`*_|](http://x.y) '"
SHOWN = HOSTILE.replace('\\"', '"')

_TAGS = frozenset(
    "html head meta title style body header nav section article div h1 h2 h3 h4 p a b br span ul ol li dl dt dd pre code details summary "
    "table thead tbody tr th td footer".split()
)
_ATTRIBUTES = frozenset(("id", "class", "href", "lang", "charset", "name", "content", "colspan"))


def page(pack: ir.Pack, language: str) -> Page:
    """The page of a pack, whose tags match; with no tag, attribute or link but its own."""
    found = Page(as_html(told(pack, language)))
    assert {tag for tag, _ in found.tags} <= _TAGS
    assert {name for _, attributes in found.tags for name in attributes} <= _ATTRIBUTES
    assert len(found.ids) == len(set(found.ids))
    assert {link for link in found.links if link[:1] != "#" or link[1:] not in found.ids} == set()
    return found


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module", params=[HANDBOOK, BASE], ids=lambda folder: folder.name)
def pack(request) -> ir.Pack:
    return load(request.param)


def test_everything_is_there(pack: ir.Pack, language: str) -> None:
    found = page(pack, language)
    text = found.text
    for rule in pack.rules:
        assert f"rule-{rule.id}" in found.ids
        for said in (rule.title, rule.note, rule.remedy):
            assert said in text
    for case in pack.cases:
        assert case.title in text
    for name, parameter in pack.parameters.items():
        assert f"parameter-{name}" in found.ids
        assert parameter.note in text
        assert (parameter.label or name) in text
    for name in pack.definitions:
        assert f"definition-{name}" in found.ids
    for entity in pack.vocabulary.entities.values():
        assert (f"entity-{entity.name}" in found.ids) == (entity.name not in ("attestation", "waiver"))
    for enum in pack.vocabulary.enums.values():
        assert all((member.label or member.name) in text for member in enum.members)
    for reason in pack.unruled:
        assert reason.reason in text
    for article in pack.regulation.articles.values():
        for paragraph in article.paragraphs:
            assert paragraph.text in text
            assert all(item in text for item in paragraph.items)
    assert pack.sha256 in text


def test_a_rule_is_told_once(pack: ir.Pack) -> None:
    found = page(pack, "zh")
    cards = [attributes["id"] for tag, attributes in found.tags if tag == "article"]
    assert sorted(cards) == sorted(f"rule-{rule.id}" for rule in pack.rules)


def test_a_severity_is_a_word_and_a_colour(language: str) -> None:
    source = as_html(told(handbook(), language))
    words = {"zh": ("不合规", "警告", "提示"), "en": ("fail", "warn", "advise")}[language]
    for severity, word in zip(("fail", "warn", "advise"), words):
        assert f'<span class="kind {severity}">{word}</span>' in source


def test_the_rule_is_shown_in_the_keywords_of_the_page(language: str) -> None:
    found = page(handbook(), language).text
    assert ("规则 ZB-2-1 “按时签到”" in found, 'rule ZB-2-1 "按时签到"' in found) == (language == "zh", language == "en")
    assert {"zh": "不设规则", "en": "no rule for item 3"}[language] in found


def test_nothing_comes_from_elsewhere(pack: ir.Pack, language: str) -> None:
    source = as_html(told(pack, language))
    style = source[source.index("<style>") : source.index("</style>")]
    markup = re.sub(r">[^<]*<", "><", source)
    assert not re.search(r"https?:|//|url\(|@import|@font-face|expression|<script|\bsrc=|\bon\w+=", style + markup)


def test_no_page_without_its_parts() -> None:
    made, found = check(vocabulary='pack p version "1" end entity talk id : text key end')
    assert made is not None, found
    text = page(made, "en")
    assert {"articles", "unplaced", "traces", "matrix", "definitions"}.isdisjoint(text.ids)
    assert {"parameters", "vocabulary"} <= set(text.ids)


# --- words of a pack are never markup --------------------------------------------------------------------------------

ODD = "〔<b>|`a`_*\"'〕"


def hostile() -> ir.Pack:
    """A pack that has the hostile words wherever a text or a name may stand."""
    text = f'"{HOSTILE}"'
    made, found = check(
        f"define {ODD} {text} means true basis {text} note {text} end\n"
        f"param p {text} : talk_kind = {ODD} basis {text} note {text} end\n"
        f"entity {ODD[:-1]}2〕 id : text key {text[:-1]}2\" f : talk_kind {text[:-1]}3\" end\n"
        f"rule R-1 {text} basis {text}, 《{SHOWN.replace('》', '')}》 bearer t.id for each e as t\n"
        f"  attest {text} by {text} otherwise warn {text} remedy {text} note {text} end\n"
        f"no rule for article 11 because {text} end\n"
        f"case {text} as of 2026-01-01 expect R-1 T<b> absent end\n",
        vocabulary=f'pack 〔<i>〕 version {text} title {text} regulation "regulation.md" basis {text} note {text} end\n'
        f"entity e id : ref e optional key2 : text key end enum talk_kind {text[:-1]}4\" {ODD} {text} end\n".replace("key2", "k"),
    )
    assert made is not None, [(one.code, one.arguments, one.source.text[slice(*one.span)]) for one in found]
    return made


def test_hostile_words_are_shown_as_they_are(language: str) -> None:
    found = page(hostile(), language)
    assert found.text.count(SHOWN) > 20
    assert "alert" not in str(found.tags)


def test_hostile_words_in_markdown(language: str) -> None:
    outside = re.sub(r"^(`{3,})policy\n.*?^\1$", "", as_markdown(told(hostile(), language)), flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"<(?!a id=\"[^\"<>]*\"></a>|br>|/a>)", re.sub(r"(`+).*?\1", "", outside))
    assert "](http" not in outside.replace(r"\](http", "")
    rows = [line for line in outside.splitlines() if line.startswith("| ")]
    for line in rows:
        assert line.endswith(" |")


# --- the same pack, the same page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["html", "md"])
def test_two_processes_write_the_same_bytes(form: str) -> None:
    program = f"from policy.cli import main; main(['doc', {str(HANDBOOK)!r}, '-o', '-', '--format', '{form}'])"
    surroundings = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    runs = [subprocess.check_output([sys.executable, "-c", program], env=environment) for environment in surroundings]
    assert runs[0] == runs[1] != b""


# --- how rules are written -------------------------------------------------------------------------------------------


def test_a_rule_says_who_owes_it_and_by_when() -> None:
    rules, _ = texts.written(handbook(), "zh")
    assert (rules["ZB-2-1"].bearer, rules["ZB-2-1"].due) == ("值班.值班人", "值班.值班日期 后 签到期限")  # what the `let` stands for
    assert (rules["SJ-1"].bearer, rules["SJ-1"].due) == ("", "")


VARIANT = """规则包 leaflet 版本 “1.0”
  扩展 handbook 版本 “1.0”
  依据 “某单位〔2026〕1号”
完
改写 ZB-2-1、ZB-2-2 “当日签到”
  依据 “某单位〔2026〕1号”
  违反时 警告
完
改写 ZB-2-2-1
  依据 “某单位〔2026〕1号”
  另加 设 本人 为 值班.值班人
  另加 责任主体 本人
完
设定 签到期限 = 2个月
  依据 “某单位〔2026〕2号”
  有效 自 2026-03-01
完
停用 SJ-1
  依据 “某单位〔2026〕1号”
完
"""


@pytest.fixture(scope="module")
def variant(tmp_path_factory) -> ir.Pack:
    """A pack laid over the handbook."""
    folder = tmp_path_factory.mktemp("packs")
    shutil.copytree(HANDBOOK, folder / "handbook")
    (folder / "leaflet").mkdir()
    (folder / "leaflet" / "pack.policy").write_text(VARIANT, "utf-8")
    return load(folder / "leaflet")


def test_a_changed_rule_is_told_with_what_changes_it(variant: ir.Pack) -> None:
    text = as_markdown(told(variant, "zh"))
    changed = text[text.index('<a id="rule-ZB-2-1"></a>') : text.index('<a id="rule-ZB-2-2"></a>')]
    assert changed.startswith('<a id="rule-ZB-2-1"></a>〔警告〕 当日签到 `ZB-2-1`')
    assert "规则 ZB-2-1 “按时签到”" in changed
    assert "改写：\n\n```policy\n改写 ZB-2-1 “当日签到”\n  依据 “某单位〔2026〕1号”\n  违反时 警告\n完\n```" in changed
    assert "改写 ZB-2-1" in "\n".join(page(variant, "zh").texts)


def test_the_last_clause_of_a_kind_counts(variant: ir.Pack) -> None:
    rules, _ = texts.written(variant, "en")
    assert (rules["ZB-2-2-1"].bearer, rules["ZB-2-2-1"].due) == ("值班.值班人", "")
    assert rules["ZB-2-2-1"].changes[0].startswith('override ZB-2-2-1\n  basis "某单位〔2026〕1号"')


def test_a_variant_says_what_it_is_laid_over_and_what_it_has_set(variant: ir.Pack) -> None:
    document = told(variant, "zh")
    facts = dict(document.facts)
    assert (facts["扩展"], facts["时段"][:5]) == ("handbook 1.0 版", "有的内容只")
    assert [rule.id for rule in document.rules] == ["ZB-2-1", "ZB-2-2-1", "ZB-2-2", "ZB-3.1"]
    [sign] = [one for one in document.parameters if one.named.name == "days_to_sign"]
    assert (sign.default, sign.note) == ("2个月", "以月计。 所扩展的规则包定为1个月；由 leaflet 改定，依据：某单位〔2026〕2号。")
