"""TOML as people write it means what strict TOML means, and everything is found where it stands."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.toml import TomlError, parse

VALID = """\
# a comment with "quotes" and [[brackets]]
title = "x # no comment"
number = 3.5
day = 2026-01-30
moment = 1979-05-27 07:32:00
list = ["a", 'b',
  # inside
  ["c", { x.y = 1, "z w" = [[1]] }],
]
text = \"\"\"
[[not a table]]
\\"\"\" x = 1
\"\"\"
literal = '''
[neither]'''
dotted."quoted key".end = true
[table]
a = { b = {}, c = [] }
[[row]]
id = 1
[row.inner]
x = 1
[[row]]
id = 2
[[row.inner.deep]]
[table.'sub']
"""


def at(document, *path):
    place = document.place(path)
    return document.text[slice(*place.key)], document.text[slice(*place.value)]


def test_valid_toml_is_read_as_it_is():
    document = parse(VALID.encode())
    assert document.values == tomllib.loads(VALID)
    assert at(document, "number") == ("number", "3.5")
    assert at(document, "moment") == ("moment", "1979-05-27 07:32:00")
    assert at(document, "list", 1) == ("'b'", "'b'")
    assert at(document, "list", 2, 1, "x", "y") == ("x.y", "1")
    assert at(document, "list", 2, 1, "z w") == ('"z w"', "[[1]]")
    assert at(document, "dotted", "quoted key", "end") == ('dotted."quoted key".end', "true")
    assert at(document, "dotted") == at(document, "dotted", "quoted key", "end")
    assert at(document, "table", "a", "b") == ("b", "{}")
    assert [document.line(("row", number)) for number in (0, 1)] == [19, 23]
    assert document.line(("row", 0, "inner", "x")) == 22
    assert document.line(("row", 1, "inner", "deep", 0)) == 25
    assert document.line(("table", "sub")) == 26
    assert document.line(("row",)) == 19


@pytest.mark.parametrize(
    ("written", "strict"),
    [
        ('规则包 = "x"', '"规则包" = "x"'),
        ("[参数.及时期限]\n值 = 20日", '["参数"."及时期限"]\n"值" = "20日"'),
        ("[[豁免]]\n理由 ＝ “说\"好\"\\”", '[["豁免"]]\n"理由" = "说\\"好\\"\\\\"'),
        ("数据＝［“甲”，“乙”］", '"数据" = ["甲", "乙"]'),
        ("【参数.及时期限】\n值 = 20日", '["参数"."及时期限"]\n"值" = "20日"'),
        ("[参数.及时期限】\n数据 = 【“甲”，乙】 # 【注】", '["参数"."及时期限"]\n"数据" = ["甲", "乙"]'),
        ("【【豁免】】\n文件 = 办【2026】8号\n依据 = 办【2026】", '[["豁免"]]\n"文件" = "办【2026】8号"\n"依据" = "办【2026】"'),
        ("日期 = 2026年1月30日 # 注", '"日期" = "2026年1月30日"'),
        ("pack = supervision_talks\nselect = [JDTH-11, DQ]", 'pack = "supervision_talks"\nselect = ["JDTH-11", "DQ"]'),
        ("a = {b = true, c = nothing}\n[true]\nx = inf", 'a = {b = true, c = "nothing"}\n[true]\nx = inf'),
        ("a = { 值 = 1, 依据 = '党' }", 'a = { "值" = 1, "依据" = "党" }'),
    ],
)
def test_plain_words_need_no_quotes(written, strict):
    assert parse(written.encode()).values == tomllib.loads(strict)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_and_line_breaks(encoding):
    document = parse("规则包 = “甲”\r\n数据 = 'b'\r\n".encode(encoding))
    assert document.values == {"规则包": "甲", "数据": "b"}
    assert document.line(("数据",)) == 2


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a = \n", "\n"),
        ("理由 = 材料 在途\n", "在途\n"),
        ("[豁免\n", "\n"),
        ("数据 = [\"a\"\n", ""),
        ("a = “x\n", "“x\n"),
        ("值 = 1 值", "值"),
        ("依据 = 党 \n依据 x = 1", "x = 1"),
    ],
)
def test_where_it_goes_wrong(text, rest):
    with pytest.raises(TomlError) as caught:
        parse(text.encode())
    assert caught.value.text[caught.value.place :] in (rest, rest.rstrip("\n"), "\n" + rest)


def test_what_is_no_text():
    with pytest.raises(TomlError) as caught:
        parse(b"\xff\xff\xff")
    assert caught.value.place is None


@pytest.mark.parametrize("text", ["a = 1\n  a = 2\n", "[a]\n  [a]\n", "甲 = 1\n  [甲]\n", "b = 1\n  a = {x = 1, x = 2}", "a = 1\n  a.b = 2"])
def test_what_stands_twice(text):
    with pytest.raises(TomlError) as caught:
        parse(text.encode())
    assert caught.value.twice
    assert caught.value.text[: caught.value.place].count("\n") == 1 and caught.value.text[caught.value.place] in "甲a["


@pytest.mark.parametrize(("text", "day"), [("a = 2026-02-30", "2026-02-30"), ("a = 1979-02-29T07:32:00", "1979-02-29"), ("a = 2026-02-3 x", "")])
def test_days_that_do_not_exist(text, day):
    with pytest.raises(TomlError) as caught:
        parse(text.encode())
    assert caught.value.day == day


@given(st.text("abtrue=[]{}【】\"'“”,.#\n \\1党＝", max_size=40))
def test_nothing_else_raises_and_all_that_is_valid_means_the_same(text):
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        expected = None
    try:
        document = parse(text.encode())
    except TomlError as error:
        assert expected is None and 0 <= error.place <= len(text)
        return
    assert expected is None or document.values == expected
    assert all(document.line((name,)) >= 1 for name in document.values)
