"""What a word is, at every place where it could be several things."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from policy.lang import ast
from policy.parse import parse_expression, parse_file
from policy.source import Source


def declarations(text: str) -> tuple:
    """The declarations of a text that must have no mistake."""
    file, diagnostics = parse_file(Source("t.policy", text))
    assert not diagnostics, [(d.code, d.span, d.arguments) for d in diagnostics]
    return file.declarations


def expression(text: str):
    """An expression that must have no mistake."""
    tree, diagnostics = parse_expression(text, "t")
    assert not diagnostics, [(d.code, d.span, d.arguments) for d in diagnostics]
    return tree


ENGLISH = """
rule JDTH-11-1-a "一个月内报告思想认识和整改措施"
  basis 第十一条第一款
  bearer talk.talkee
  for each talk
  where talk.nature is supervision
    and talk.status is completed
  must exist report such that
       report.talk is talk
       and report.kind is reflection_and_measures
  due 1 month after talk.end
  otherwise fail "应于{due}前报告，实际{fulfilled}"
  remedy "督促被谈话人补报，并说明逾期原因"
end
"""

CHINESE = """
规则 JDTH-11-1-a “一个月内报告思想认识和整改措施”
  依据 第十一条第一款
  责任主体 谈话.被谈话人
  对象 每个 谈话
  满足 谈话.谈话性质 为 监督谈话
    且 谈话.状态 为 已完成
  应当 存在 报告 使得
       报告.谈话 为 谈话
       且 报告.报告类型 为 思想认识及整改措施
  期限 谈话.结束日期 后 1个月
  违反时 不合规 “应于{due}前报告，实际{fulfilled}”
  整改建议 “督促被谈话人补报，并说明逾期原因”
完
"""

LABELS = {
    "谈话": "talk", "被谈话人": "talkee", "谈话性质": "nature", "监督谈话": "supervision", "状态": "status", "已完成": "completed",
    "报告": "report", "报告类型": "kind", "思想认识及整改措施": "reflection_and_measures", "结束日期": "end",
}  # fmt: skip


def test_both_languages_give_one_tree() -> None:
    text = CHINESE
    for label in sorted(LABELS, key=len, reverse=True):
        for place in (" {}\n", " {} ", " {}.", ".{}\n", ".{} "):
            text = text.replace(place.format(label), place.format(LABELS[label]))
    assert declarations(text) == declarations(ENGLISH)


def test_both_languages_in_one_file() -> None:
    mixed = ENGLISH.replace("where", "满足").replace(" and ", " 且 ").replace("\nend", "\n完")
    assert declarations(mixed) == declarations(ENGLISH)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_layout_means_nothing(text: str) -> None:
    lines = text.split("\n")
    assert declarations(" ".join(lines)) == declarations(text)
    assert declarations("\u3000\u3000".join(lines)) == declarations(text)
    assert declarations("\ufeff" + text.replace(" ", "\u00a0")) == declarations(text)
    assert declarations("\r\n\r\n".join(lines)) == declarations(text)
    assert declarations("\n".join(line.strip() for line in lines)) == declarations(text)


def test_words_of_a_keyword_may_stand_on_two_lines() -> None:
    assert declarations(ENGLISH.replace("for each", "for\n\n\teach")) == declarations(ENGLISH)
    assert declarations(CHINESE.replace("对象 每个", "对象\u3000\n每个")) == declarations(CHINESE)


def test_full_width_forms() -> None:
    wide = "规则　ＪＤＴＨ－１　“标题，（一）”　依据　第１１条　应当　（甲．乙　＜＝　３０）　完"
    narrow = "规则 JDTH-1 “标题，（一）” 依据 第11条 应当 (甲.乙 <= 30) 完"
    assert declarations(wide) == declarations(narrow)
    (rule,) = declarations(wide)
    assert rule.title.text == "标题，（一）", "texts keep their full-width forms"


def test_spans_count_characters_of_the_original() -> None:
    text = "规则　Ａ－１　依据　第十一条　应当　ｔａｌｋ．ｅｎｄ　完"
    (rule,) = declarations(text)
    start, end = rule.clauses[1].condition.span
    assert text[start:end] == "ｔａｌｋ．ｅｎｄ"
    assert text[slice(*rule.span)] == text


@pytest.mark.parametrize("word", ["orgs", "android", "isle", "notes", "nobody", "in_", "end2", "minimum", "每个谈话", "非公企业", "是否", "is_missing"])
def test_keywords_end_at_a_word_boundary(word: str) -> None:
    assert expression(word) == ast.Name(word)


@pytest.mark.parametrize("word", ["end", "due", "note", "where", "as", "is", "no", "for", "rule", "完", "期限", "说明", "为", "月", "且"])
def test_a_field_may_be_called_like_a_keyword(word: str) -> None:
    (entity,) = declarations(f"entity talk id : text key {word} : date occurs end")
    assert [field.name.text for field in entity.fields] == ["id", word]
    assert entity.fields[1].flags == ("occurs",)
    assert expression(f"talk.{word}") == ast.Member(ast.Name("talk"), word)


@pytest.mark.parametrize("word", ["where", "end", "date", "in", "满足"])
def test_an_argument_may_be_called_like_a_keyword(word: str) -> None:
    (define,) = declarations(f"define f(a: person, {word}: organization, on: date) means a is on end")
    assert [argument.name.text for argument in define.arguments] == ["a", word, "on"]


@pytest.mark.parametrize("flag", ["optional", "key", "tree", "confidential"])
def test_a_field_called_like_a_flag_follows_a_field(flag: str) -> None:
    (entity,) = declarations(f"entity e a : text {flag} : text end")
    assert [(field.name.text, field.flags) for field in entity.fields] == [("a", ()), (flag, ())]


def test_names_of_declarations_like_keywords() -> None:
    entity, enum, param = declarations("entity rule end  enum due basis note end  param title : int = 3 end")
    assert (entity.name.text, enum.name.text, param.name.text) == ("rule", "due", "title")
    assert [member.name.text for member in enum.members] == ["basis", "note"]


def test_a_function_called_like_a_keyword_of_types() -> None:
    assert expression("date(2026, 1, 1)") == ast.Call("date", tuple(map(ast.Literal, (2026, 1, 1))))


def test_quoted_names() -> None:
    assert expression("〔end of (1) “a”〕.〔为〕") == ast.Member(ast.Name("end of (1) “a”"), "为")
    assert expression("〔if〕") == ast.Name("if")


def test_names_are_normalised() -> None:
    assert expression("ｔａｌｋ_ﬁeld") == ast.Name("talk_field")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a “b” ，"', "a “b” ，"),
        ("“应于{due}前，实际{fulfilled}”", "应于{due}前，实际{fulfilled}"),
        (r'"say \"x\" \\ y"', r'say "x" \ y'),
        (r"“说\”完\”\\”", r"说”完”\ "[:-1]),
        ('"# no comment"', "# no comment"),
        ('""', ""),
        ("“对下级“一把手”开展“监督”谈话”", "对下级“一把手”开展“监督”谈话"),
    ],
)
def test_texts(text: str, value: str) -> None:
    assert expression(text) == ast.Literal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("3.5", Decimal("3.5")),
        ("2026-01-30", datetime.date(2026, 1, 30)),
        ("2026-1-3", datetime.date(2026, 1, 3)),
        ("2026年1月30日", datetime.date(2026, 1, 30)),
        ("２０２６年１月３０日", datetime.date(2026, 1, 30)),
        ("true", True),
        ("否", False),
    ],
)
def test_numbers_and_days(text: str, value: object) -> None:
    assert expression(text) == ast.Literal(value)


@pytest.mark.parametrize(("text", "month", "day"), [("03-31", 3, 31), ("3月31日", 3, 31), ("02-29", 2, 29)])
def test_days_of_a_year(text: str, month: int, day: int) -> None:
    assert expression(text) == ast.MonthDayLiteral(month, day)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("30 days", 30, "days"),
        ("30days", 30, "days"),
        ("1 day", 1, "days"),
        ("30日", 30, "days"),
        ("30 天", 30, "days"),
        ("1个月", 1, "months"),
        ("１　个月", 1, "months"),
        ("三个月", 3, "months"),
        ("1 month", 1, "months"),
        ("五个工作日", 5, "workdays"),
        ("5 workdays", 5, "workdays"),
        ("2 years", 2, "years"),
        ("两年", 2, "years"),
        ("十五日", 15, "days"),
        ("二十一天", 21, "days"),
        ("2周", 2, "weeks"),
    ],
)
def test_durations(text: str, amount: int, unit: str) -> None:
    assert expression(text) == ast.Duration(amount, unit)


def test_a_unit_ends_at_a_word_boundary() -> None:
    assert expression("三个月度") == ast.Name("三个月度")
    assert parse_expression("30 daysx", "t")[1]
    assert parse_expression("30日内", "t")[1]


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("第十一条", ast.Citation(11)),
        ("第十一条第一款", ast.Citation(11, 1)),
        ("第五条第三款第六项", ast.Citation(5, 3, 6)),
        ("第五条第三款第（六）项", ast.Citation(5, 3, 6)),
        ("第五条第三款第(6)项", ast.Citation(5, 3, 6)),
        ("第四条第三项", ast.Citation(4, None, 3)),
        ("第二十条之一", ast.Citation(20, suffix=1)),
        ("第一百二十条之一第二款", ast.Citation(120, 2, suffix=1)),
        ("第202条", ast.Citation(202)),
        ("article 11", ast.Citation(11)),
        ("article 11 paragraph 1 item 3", ast.Citation(11, 1, 3)),
        ("article\n11\nparagraph 1", ast.Citation(11, 1)),
        ("article 120-1", ast.Citation(120, suffix=1)),
        ("《公务员法》第三条", ast.Citation(3, document="公务员法")),
        ("《公务员法》", ast.Citation(None, document="公务员法")),
        ("“上级来文（2026）3号”", ast.Citation(None, text="上级来文（2026）3号")),
    ],
)
def test_citations(text: str, citation: ast.Citation) -> None:
    (rule,) = declarations(f"rule A-1 basis {text} end")
    assert rule.clauses[0].citations == (citation,)
    rule_text = f"rule A-1 basis {text} end"
    assert rule_text[slice(*rule.clauses[0].citations[0].span)] == text


def test_several_citations() -> None:
    (rule,) = declarations("规则 A 依据 第一条、第二条第一款，《某办法》第三条 依据 第四条 完")
    assert [len(clause.citations) for clause in rule.clauses] == [3, 1]


@pytest.mark.parametrize("identifier", ["JDTH-11-1-a", "DQ-1", "R.1_a", "规则-1", "end", "7"])
def test_rule_ids(identifier: str) -> None:
    (rule,) = declarations(f"rule {identifier} final end")
    assert rule.id == ast.Name(identifier)


def test_expected_subjects() -> None:
    (case,) = declarations("case “甲” as of 2026-07-15 expect A-1 T/1#x,2026 satisfied due 2026-08-01 expect B “a, b” absent expect 〔R 1〕 〔x 1〕 late end")
    first, second, third = case.items
    assert [name.text for name in first.subject] == ["T/1#x", "2026"]
    assert (first.status, first.due, first.fulfilled) == ("satisfied", datetime.date(2026, 8, 1), None)
    assert [name.text for name in second.subject] == ["a, b"]
    assert (third.rule.text, third.subject[0].text) == ("R 1", "x 1")


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (CHINESE, "zh"), (ENGLISH + CHINESE + CHINESE, "zh"), ("", "zh")])
def test_the_language_of_a_file(text: str, language: str) -> None:
    assert parse_file(Source("t.policy", text))[0].language == language


NINES = "9" * 5000


@pytest.mark.parametrize("text", [NINES, f"-{NINES}", f"1.{NINES}", f"{NINES}日", f"{NINES} days", f"a = {NINES}个月"])
def test_numbers_too_long_to_be_meant(text: str) -> None:
    assert [d.code for d in parse_expression(text, "t")[1]] == ["S032"]


@pytest.mark.parametrize("citation", [f"第{NINES}条", f"第一条第{NINES}款", f"article 1 item {NINES}", f"article {NINES}"])
def test_citations_too_long_to_be_meant(citation: str) -> None:
    diagnostics = parse_file(Source("t.policy", f"rule R basis {citation} end"))[1]
    assert [d.code for d in diagnostics] == ["S032"]


def test_eighteen_digits_are_a_number() -> None:
    assert expression("9" * 18) == ast.Literal(10**18 - 1)
    assert [d.code for d in parse_expression("9" * 19, "t")[1]] == ["S032"]
