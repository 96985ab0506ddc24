"""The text of a regulation by article, paragraph and item."""

from __future__ import annotations

from policy.parse.regulation import parse_regulation
from policy.source import Source

TEXT = """# 《某某办法》

序言，不属于任何一条。

### 第一条

第一款。

第二款，有下列情形之一的：
(一)甲；
（二）乙。
第三款，紧接在项之后。

## 第二条 附标题
下列原则：
(1)甲
(2)乙

#### 第二十条之一

唯一一款。

### Article 202

First paragraph:
(a) one;
(b) two.

Second paragraph.

### Article 202-1

Only.
"""


def shape(text: str) -> dict:
    regulation = parse_regulation(Source("r.md", text))
    return {key: [len(p.items) for p in article.paragraphs] for key, article in regulation.articles.items()}


def test_articles_paragraphs_and_items() -> None:
    assert shape(TEXT) == {(1, None): [0, 2, 0], (2, None): [2], (20, 1): [0], (202, None): [2, 0], (202, 1): [0]}
    assert shape(TEXT.replace("\n", "\r\n")) == shape(TEXT)


def test_texts() -> None:
    regulation = parse_regulation(Source("r.md", TEXT))
    assert regulation.title == "某某办法"
    first = regulation.articles[1, None]
    assert (first.number, first.suffix) == (1, None)
    assert first.paragraphs[0].text == "第一款。"
    assert first.paragraphs[1].items == ("甲；", "乙。")
    assert regulation.articles[202, None].paragraphs[0].items == ("one;", "two.")


def test_a_text_without_articles() -> None:
    assert shape("") == {}
    assert shape("# 标题\n\n正文\n") == {}


def test_the_measure_on_supervision_talks() -> None:
    articles = "\n\n".join(f"### 第{number}条\n\n正文。" for number in "一二三四")
    items = "".join(f"\n({number})情形{number};" for number in "一二三四五六")
    text = f"# 《办法》\n\n{articles}\n\n### 第五条\n\n甲。\n\n乙。\n\n下列情形之一的:{items}\n\n### 第六条\n\n丙。\n"
    assert shape(text)[5, None] == [0, 0, 6]
    assert list(shape(text)) == [(n, None) for n in range(1, 7)]


def test_a_heading_with_a_number_too_long_opens_no_article() -> None:
    text = f"# t\n### 第一条\na\n### 第{'9' * 5000}条\nb\n### Article {'9' * 5000}\nc\n"
    assert list(parse_regulation(Source("r.md", text)).articles) == [(1, None)]
