"""What the file of a mapping says, in either language; and every mistake in one, with its place."""

from __future__ import annotations

import re

import pytest

from policy.lang.mapping import Choice, LedgerColumn, Lookup, Origins, Phrase, Template
from policy.load.ledger import read_mapping
from policy.messages.data import HELPS
from policy.messages.render import render
from tests.ledgers import PACK, mappings, vocabulary

WORDS = vocabulary()
KNOWN = {mapping.name: mapping for mapping in mappings(WORDS)}

CHINESE = """\
名称 = "我的台账"
先后 = 2
略过 = "小计"
止于 = "合计"
沿用 = [["谁"]]
分行 = ["谁"]
不用 = ["序号"]
[列]
何时 = { 表头 = ["谈话后｜何时", "日子"], 必有 = true }
谁 = { 表头 = "姓名", 分隔 = "、", 拆 = "(?P<姓>.)(?P<名>.+)", 可无 = true }
[代码.talk_kind]
定期谈话 = ["定期", "常规"]
[分类.态]
分段 = "、"
略去 = "^原"
规则 = [{ 含 = "完", 不含 = "未", 全文 = "谈", 得 = { 状态 = "已完成" } }]
否则 = { 状态 = "计划" }
[查找.人员]
名称 = "姓名"
略去 = "x$"
凭 = "任职"
[[行]]
名称 = "人"
表 = "人员"
查找 = "报错"
[行.项]
姓名 = "谁"
[[行]]
表 = "谈话"
编号 = "T{0}"
编号列 = "何时"
取自 = ["何时", "人"]
逐个 = "谁"
当 = ["何时"]
除非 = "谁"
当新增 = "人"
在 = "人"
一次 = true
[行.项]
谈话性质 = [{ 列 = "谁", 译 = { 甲 = "监督谈话" } }, { 值 = "监督谈话" }]
被谈话人 = { 行 = "人" }
地点 = { 标注 = "地点" }
状态 = { 列 = "谁.名", 分类 = "态" }
开始日期 = { 列 = "何时", 首日 = true }
"""

ENGLISH = {
    "名称 =": "name =", "先后": "order", "略过": "skip", "止于": "stop", "沿用": "carry", "分行": "split", "不用": "unused", "[列]": "[columns]",
    "表头": "headers", "必有": "required", "分隔": "separators", "拆 ": "parts ", "可无": "optional", "[代码.": "[codes.", "[分类.": "[phrases.",
    "分段": "separators", "略去 = \"^": "skip = \"^", "规则": "rules", "不含 ": "lacks ", "含 ": "has ", "全文": "whole", "得 ": "means ", "否则": "otherwise",
    "[查找.": "[lookups.", "略去 = \"x": "omit = \"x", "凭 ": "by ", "[[行]]": "[[rows]]", "[行.项]": "[rows.values]", "\n表 =": "\nentity =", "查找 =": "find =",
    "\"报错\"": "\"refuse\"", "编号 =": "key =", "编号列": "key_column", "取自": "made_of", "逐个": "each", "当新增": "new", "\n当 =": "\nwhen =",
    "除非": "unless", "\n在 =": "\nwithin =", "一次": "once", "{ 列 =": "{ column =", "译 ": "translations ", "{ 值": "{ constant", "{ 行": "{ row",
    "{ 标注": "{ label", "分类 = \"态\"": "phrase = \"态\"", "首日": "first",
}  # fmt: skip


def test_all_that_a_file_may_say():
    mapping, mistakes = read_mapping("m.toml", CHINESE.encode(), WORDS, {})
    assert mistakes == ()
    assert (mapping.name, mapping.file, mapping.order, mapping.skip, mapping.stop) == ("我的台账", "m.toml", 2, "小计", "合计")
    assert (mapping.carry, mapping.split, mapping.unused) == ((("谁",),), ("谁",), ("序号",))
    assert mapping.columns == {
        "何时": LedgerColumn("何时", (("谈话后", "何时"), ("日子",)), required=True),
        "谁": LedgerColumn("谁", (("姓名",),), optional=True, parts="(?P<姓>.)(?P<名>.+)", separators="、"),
    }
    assert mapping.codes == (("talk_kind", (("定期", "regular"), ("常规", "regular"))),)
    assert mapping.phrases == (
        Phrase("态", "、", "^原", (Choice("完", "未", "谈", (("状态", "已完成"),)),), (("状态", "计划"),)),
    )
    assert mapping.lookups == (Lookup("person", "name", "x$", None, "appointment"),)
    assert mapping.templates == (
        Template("人", "person", (("name", (Origins("谁"),)),), find="refuse"),
        Template(
            "谈话", "talk",
            (
                ("nature", (Origins("谁", translations=(("甲", "监督谈话"),)), Origins(constant="监督谈话"))),
                ("talkee", (Origins(row="人"),)), ("place", (Origins(label="地点"),)), ("status", (Origins("谁.名", phrase="态"),)),
                ("start", (Origins("何时", first=True),)),
            ),
            "T{0}", ("何时", "人"), "何时", "谁", ("何时",), ("谁",), "人", None, "人", True,
        ),
    )  # fmt: skip


def test_the_keys_in_english_mean_the_same():
    text = CHINESE
    for chinese, english in ENGLISH.items():
        text = text.replace(chinese, english)
    text = text.replace('[lookups.人员]\n名称', '[lookups.人员]\nname').replace('[[rows]]\n名称', '[[rows]]\nname')
    mapping, mistakes = read_mapping("m.toml", text.encode(), WORDS, {})
    assert [render(one, "en") for one in mistakes] == []
    assert mapping == read_mapping("m.toml", CHINESE.encode(), WORDS, {})[0]


def test_one_that_is_based_on_another_says_only_what_differs():
    text = '名称 = "本县台账"\n基于 = "监督谈话工作台账"\n不用 = ["督办领导"]\n[列]\n谈话时间 = "谈话基本情况｜何时"\n[[行]]\n名称 = "开展单位"\n[行.项]\n名称 = { 值 = "0990100" }\n'
    mapping, mistakes = read_mapping("m.toml", text.encode(), WORDS, KNOWN)
    base = KNOWN["监督谈话工作台账"]
    assert mistakes == ()
    assert mapping.columns["谈话时间"] == LedgerColumn("谈话时间", (("谈话基本情况", "何时"),), required=True)
    assert mapping.columns["谈话地点"] == base.columns["谈话地点"] and mapping.unused == (*base.unused, "督办领导")
    assert mapping.templates[0].values == (("name", (Origins(constant="0990100"),)),) and mapping.templates[0].find == "refuse"
    assert mapping.templates[1:] == base.templates[1:] and (mapping.order, mapping.stop, mapping.lookups) == (base.order, base.stop, base.lookups)


MISTAKES = [
    ("", "D109", 1, 1, "`名称` is missing here", "这里缺少 `名称`"),
    ("\ufffe".encode("utf-16"), "D101", 1, 1, "a mapping is a text in UTF-8 or GB18030", "映射文件应为 UTF-8 或 GB18030 编码的文本"),
    ("名称 = ", "D102", 1, 5, "this is no TOML", "这里不合 TOML 的写法"),
    ("名 = 1", "D103", 1, 1, "a mapping has no key `名`", "映射里没有 `名` 这一项"),
    ("名称 = '甲'\nname = '乙'", "D093", 2, 1, "`name` is the same as `名称`, it may stand once", "`name` 与 `名称` 是同一项，只能写一次"),
    ("先后 = 'x'", "D104", 1, 6, "`先后` takes a whole number", "`先后` 应为整数"),
    ("先后 = true", "D104", 1, 6, "`先后` takes a whole number", "`先后` 应为整数"),
    ("名称 = 1", "D104", 1, 6, "`名称` takes a text", "`名称` 应为文字"),
    ("列 = 1", "D104", 1, 5, "`列` takes a table of `name = value`", "`列` 应为一组 `名称 = 值`"),
    ("[列]\n甲 = {必有 = 1}", "D104", 2, 11, "`必有` takes true or false", "`必有` 应为 true 或 false"),
    ("略过 = '['", "D105", 1, 6, "`略过` is no valid regular expression", "`略过` 不是有效的正则表达式"),
    ("分行 = ['谁']", "D106", 1, 7, "the mapping has no column `谁`", "映射里没有叫 `谁` 的列"),
    ("[查找.人]\n名称 = '姓名'", "D107", 1, 2, "the pack has no entity `人`", "规则包里没有叫 `人` 的表"),
    ("[[行]]\n表 = '谈'\n[行.项]", "D107", 2, 5, "the pack has no entity `谈`", "规则包里没有叫 `谈` 的表"),
    ("[[行]]\n表 = '谈话'\n[行.项]\n结束日 = {值 = '1'}", "D108", 4, 1, "the entity has no field `结束日`", "这张表没有叫 `结束日` 的列"),
    ("名称 = '甲'\n[[行]]\n名称 = '甲'\n项 = {}", "D109", 2, 3, "`表` is missing here", "这里缺少 `表`"),
    ("名称 = '甲'\n[查找.人员]", "D109", 2, 2, "`名称` is missing here", "这里缺少 `名称`"),
    ("基于 = '台账'", "D110", 1, 6, "there is no mapping `台账` to be based on", "没有叫 `台账` 的映射可以作为基础"),
    ("[代码.谈话种类]", "D111", 1, 2, "the pack has no enum `谈话种类`", "规则包里没有叫 `谈话种类` 的代码"),
    ("[代码.talk_kind]\n定期 = ['常规']", "D112", 2, 1, "the enum has no member `定期`", "这组代码里没有 `定期`"),
    ("[[行]]\n表 = '谈话'\n项 = {谈话性质 = {值 = '监督'}}", "D112", 3, 18, "the enum has no member `监督`", "这组代码里没有 `监督`"),
    (
        "[[行]]\n表 = '谈话'\n查找 = '猜'\n项 = {}", "D113", 3, 6, "`猜` says nothing of what to do with a name that is not listed",
        "查找不到时的做法没有 `猜` 这一种",
    ),
    ("[[行]]\n表 = '谈话'\n在 = '人'\n项 = {}", "D114", 3, 5, "no rows called `人` stand above", "前面没有名称为 `人` 的行"),
    ("[[行]]\n表 = '谈话'\n项 = {地点 = {值 = '1', 标注 = '2'}}", "D115", 3, 11, "a value comes from one place", "值只能有一个来处"),
    ("[[行]]\n表 = '谈话'\n项 = {地点 = {值 = '1', 分类 = '态'}}", "D116", 3, 26, "the mapping has no phrases `态`", "映射里没有叫 `态` 的分类"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code", "row", "column", "english", "chinese"), MISTAKES)
def test_mistakes(content, code, row, column, english, chinese):
    mapping, mistakes = read_mapping("m.toml", content if isinstance(content, bytes) else content.encode(), WORDS, {"监督谈话工作台账": KNOWN["监督谈话工作台账"]})
    assert mapping is None
    first = next(one for one in mistakes if one.code == code)
    assert (first.code, first.source.position(first.span[0])) == (code, (row, column))
    for language, said, word in (("en", english, "error"), ("zh", chinese, "错误")):
        lines = render(first, language).splitlines()
        assert lines[0] == f"{word} {code}{': ' if language == 'en' else '：'}{said}"
        assert lines[1].endswith(f"┌ m.toml:{row}:{column}")


def test_the_nearest_word_is_offered():
    _, (_, first) = read_mapping("m.toml", "基于 = '监督谈话台账'".encode(), WORDS, KNOWN)
    assert render(first, "zh").endswith("= 建议：是否想写 `监督谈话工作台账`？")
    _, (_, first) = read_mapping("m.toml", "标题 = '台账'".encode(), WORDS, KNOWN)
    assert re.search("可以用：名称 基于 先后 .* 行$", render(first, "zh"))
    assert {"near", "known", "toml"} <= set(HELPS)


def test_all_mistakes_are_told_at_once():
    _, mistakes = read_mapping("m.toml", "名 = 1\n分行 = ['谁', '何时']\n[列]\n甲 = 1\n".encode(), WORDS, {})
    assert [(one.code, one.source.position(one.span[0])[0]) for one in mistakes] == [("D109", 1), ("D103", 1), ("D106", 2), ("D106", 2), ("D104", 4)]


@pytest.mark.parametrize("file", sorted((PACK / "mappings").glob("*.toml")), ids=lambda file: file.stem)
def test_mappings_of_the_pack_say_what_they_are(file):
    text = file.read_text("utf-8")
    assert text.startswith("# ") and not re.search(r"[ \t]\n", text)
    assert any(mapping.file == file.name for mapping in KNOWN.values())


def test_every_key_stands_in_the_page():
    from policy.load.ledger import files

    page = (PACK.parents[1] / "docs" / "ledgers.md").read_text("utf-8")
    tables = (files._TOP, files._COLUMN, files._PHRASE, files._CHOICE, files._LOOKUP, files._ROW, files._ORIGIN, files._FIND)
    assert [name for names in tables for pair in names.items() for name in pair if f"`{name}`" not in page and f"{{ {name} =" not in page] == []
