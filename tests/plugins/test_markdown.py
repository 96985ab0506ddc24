"""The report as Markdown: word for word, and as a viewer shows it, where nothing in the data is markup."""

from __future__ import annotations

import io
import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from policy_markdown import Markdown

from policy.width import harmless
from tests.reports import COMPARED, EMPTY, FULL, outcome

VIEWER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HEAD = """\
**密级：工作秘密**

# 监督谈话办法：检查报告

规则包 small 1.0 · 检查基准日 2026-05-11 · policy 0.1.0

## 需处理事项 5 项，涉及责任主体 2 个

### 泠溪县委（党组织 O1）：逾期完成 1、需人工认定 1

1. **〔逾期完成·警告〕** 第十条第一款 五个步骤（B-1）
   - 对象：谈话 T1、步骤 报告自查、2026 年度
   - 应办期限：2027-01-04，2027-01-05 完成，逾期 1 天
   - 原因：迟了
   - 证据：谈话.csv 第12行H、J列
   - 指纹：`0123456789abcdef`

2. **〔需人工认定〕** 第八条 直面问题（C-1）
   - 对象：谈话 T1
   - 原因：需认定：是否直奔主题？（由党委办公室认定）
   - 证据：谈话.csv 第12行H、J列
   - 指纹：`0123456789abcdef`

### 张三（人员 P1）：不合规 1、临期 1

1. **〔不合规〕** 第十一条第一款 一个月内报告（A-1）
   - 对象：谈话 T1
   - 应办期限：2026-05-08，已过 3 天
   - 原因：应于2026-05-08前报告，实际尚未完成
   - 证据：谈话.csv 第12行H、J列
   - 整改要求：督促补报
   - 指纹：`0123456789abcdef`
"""
TABLE = """\
## 按规则汇总

| 规则 | 名称 | 不合规 | 逾期完成 | 待核实 | 临期 | 需人工认定 | 合规 | 豁免 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| A-1 | 一个月内报告 | 1 |  | 1 | 1 |  | 1 |  |
| B-1 | 五个步骤 |  | 1 |  |  |  |  |  |
| C-1 | 直面问题 |  |  |  |  | 1 |  | 1 |
| 合计 |  | 1 | 1 | 1 | 1 | 1 | 1 | 1 |

没有适用对象的规则：D-1
"""
MARKUP = st.text("`*_[]()<>|~#&$!@\\-+=0123.: \t\n/wWhtp\x1b\u202ea谈", max_size=25)
HOSTILE = [
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](http://evil/x.png)", "http://evil.example/a", "HTTPS://evil.example", "www.evil.example",
    "a@evil.example", "@admin", "a | b", "`code", "***x***", "# head", "- item", "1. item", "===", "---", "&lt;b&gt;", "&#64;admin", "<http://evil>",
    "line\n# head", "~~~\nx", "$x$", "\\", "[x]: http://evil",
]  # fmt: skip


def written(report) -> str:
    stream = io.BytesIO()
    Markdown().write(report, stream, colour=True)
    return stream.getvalue().decode()


def test_the_report():
    said = written(FULL)
    assert said.startswith(HEAD)
    assert TABLE in said
    assert said.endswith("\n---\n\n以上结果由记录核对得出，说明相关记录不符合所列条款的要求或尚待核实，不是对人的结论，供研判。\n")


def test_what_else_there_is_to_say():
    headings = [line for line in written(COMPARED).splitlines() if line.startswith("## ")]
    assert headings == [
        "## 与基线比较", "## 需处理事项 5 项，涉及责任主体 2 个", "## 按规则汇总", "## 读取的数据", "## 数据问题 2 处：错误 1、提醒 1", "## 在用的豁免 1 件",
        "## 未计入或需留意",
    ]  # fmt: skip
    assert "1. **〔不合规·新增，原为临期〕** 第十一条第一款" in written(COMPARED)


def test_nothing_to_chase():
    assert "## 没有需要处理的事项\n\n## 按规则汇总\n\n没有适用对象的规则：A-1、B-1、C-1、D-1\n\n4 条规则都没有可核对的事项\n" in written(EMPTY)


def test_english():
    said = written(attrs.evolve(FULL, language="en", all_outcomes=True))
    assert "1. **\\[late·warn\\]** 第十条第一款 五个步骤 (B-1)\n   - subject: talk T1, step self\\_report, year 2026\n" in said
    assert VIEWER.render(said).count("<li>") > 20


def hostile(text):
    rules = {**FULL.rules, "A-1": attrs.evolve(FULL.rules["A-1"], title=text, remedy=text)}
    finding = outcome("A-1", "violated", message=text, subject=(("talk", text),), basis=(text,))
    return attrs.evolve(EMPTY, outcomes=(finding,), rules=rules, names={("person", "P1"): text}, pack_title=text)


def shown(markdown: str) -> str:
    """What a viewer shows, as text."""
    page = VIEWER.render(markdown)
    assert set(re.findall(r"</?(\w+)", page)) <= {"h1", "h2", "h3", "p", "ol", "ul", "li", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "hr"}
    return re.sub(r"<[^>]*>", "", page).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_the_data_is_markup(text):
    said = written(hostile(text))
    assert not re.search(r"(?i)(?<!\\):(?=//)|www\.|@", said.replace("www\\.", ""))
    expected = " ".join(harmless(text).split()).replace("@", "＠")
    assert shown(said).count(expected) >= 6


@given(MARKUP | st.text(max_size=20))
def test_any_text_is_shown_as_it_is(text):
    expected = " ".join(harmless(text).split()).replace("@", "＠")
    lines = shown(written(hostile(text))).splitlines()
    for heading in ("原因", "整改要求"):
        said = [line.removeprefix(f"{heading}：") for line in lines if line.startswith(f"{heading}：")]
        assert said == ([expected] if text else [])
