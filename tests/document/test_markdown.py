"""The Markdown of a small pack, word for word (`python -m tests.record`), and what holds of any."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import attrs
import pytest

from policy.document import as_markdown
from policy.document.words import Words
from policy.lang.schema import Field
from policy.lang.types import TEXT
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


@pytest.mark.parametrize(
    ("force", "chinese", "english"),
    [
        ("from 2026-06-01", "基准日自 2026-06-01 起的", "as of days from 2026-06-01, when"),
        ("to 2026-06-01", "基准日至 2026-06-01 止的", "as of days to 2026-06-01, when"),
        ("from 2026-06-01 to 2026-06-30", "基准日自 2026-06-01 至 2026-06-30的", "as of days from 2026-06-01 to 2026-06-30, when"),
    ],
)
def test_of_a_pack_that_changes_it_says_on_which_days(tmp_path: Path, force: str, chinese: str, english: str) -> None:
    shutil.copytree(HANDBOOK, tmp_path / "handbook")
    base = handbook()
    change = f'disable {base.rules[-1].id} basis "b" in force {force} end'
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / "v.policy").write_text(f'pack v version "1" extends {base.id} version ">=0" basis "b" end {change}', "utf-8")
    pack = load(tmp_path / "v")
    assert chinese in as_markdown(told(pack, "zh"))
    assert english in as_markdown(told(pack, "en")).replace("\\", "")


def test_every_flag_of_a_field_is_a_mark() -> None:
    flags = [one.name for one in attrs.fields(Field) if one.type in (bool, "bool")]
    field = Field("f", None, TEXT, 0, **dict.fromkeys(flags, True))
    assert len(Words(handbook(), "zh").marks(field).split("、")) == len(flags)


def test_a_place_that_a_change_of_a_parameter_cites_is_carried_by_it(tmp_path: Path) -> None:
    shutil.copytree(HANDBOOK, tmp_path / "handbook")
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / "own.md").write_text("### 第一条\n\n签到期限另定。\n", "utf-8")
    header = "规则包 v 版本 “1” 标题 “另定” 法规 “own.md” 扩展 handbook 版本 “>=0” 依据 “b” 完"
    (tmp_path / "v" / "v.policy").write_text(f"{header} 设定 签到期限 = 2个月 依据 第一条 完", "utf-8")
    assert "- **相关参数**：[签到期限]" in as_markdown(told(load(tmp_path / "v"), "zh"))
