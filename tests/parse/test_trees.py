"""Which tree a text gives: binding strength, what `after` means, and every clause."""

from __future__ import annotations

import datetime

import pytest

from policy.lang import ast
from policy.parse import parse_expression, parse_file
from policy.source import Source

A, B, C, X = map(ast.Name, "abcx")
MONTH = ast.Duration(1, "months")


def expression(text: str):
    tree, diagnostics = parse_expression(text, "t")
    assert not diagnostics, [(d.code, d.span, d.arguments) for d in diagnostics]
    return tree


def declaration(text: str):
    file, diagnostics = parse_file(Source("t.policy", text))
    assert not diagnostics, [(d.code, d.span, d.arguments) for d in diagnostics]
    (only,) = file.declarations
    return only


def logic(operator: str, *operands):
    return ast.Logic(operator, operands)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a and b and c", logic("and", A, B, C)),
        ("a or b and c", logic("or", A, logic("and", B, C))),
        ("(a or b) and c", logic("and", logic("or", A, B), C)),
        ("(a and b) and c", logic("and", logic("and", A, B), C)),
        ("not a and b", logic("and", ast.Not(A), B)),
        ("非 a 或 b", logic("or", ast.Not(A), B)),
        ("not a is b", ast.Not(ast.Compare("is", A, B))),
        ("a = b", ast.Compare("is", A, B)),
        ("a ≠ b", ast.Compare("is_not", A, B)),
        ("a 不为 b", ast.Compare("is_not", A, B)),
        ("a no later than b", ast.Compare("no_later_than", A, B)),
        ("a 不早于 b", ast.Compare("no_earlier_than", A, B)),
        ("a >= b", ast.Compare("ge", A, B)),
        ("a is missing", ast.IsMissing(A)),
        ("a 已填", ast.IsFilled(A)),
        ("a in (b, c)", ast.In(A, (B, C))),
        ("a between b and c and x", logic("and", ast.Between(A, B, C), X)),
        ("a - b - c", ast.Arithmetic("sub", ast.Arithmetic("sub", A, B), C)),
        ("a + b * c", ast.Arithmetic("add", A, ast.Arithmetic("mul", B, C))),
        ("-a * b", ast.Arithmetic("mul", ast.Negate(A), B)),
        ("f()", ast.Call("f", ())),
        ("f(a, b).x", ast.Member(ast.Call("f", (A, B)), "x")),
        ("if a then b else c or x", ast.If(A, B, logic("or", C, X))),
        ("as_of", ast.AsOf()),
        ("as of", ast.AsOf()),
        ("检查基准日", ast.AsOf()),
    ],
)
def test_expressions(text: str, tree: object) -> None:
    assert expression(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 month after x", ast.Shift(X, MONTH, "after")),
        ("1 month before x", ast.Shift(X, MONTH, "before")),
        ("x 后 1个月", ast.Shift(X, MONTH, "after")),
        ("x minus 1 month", ast.Shift(X, MONTH, "before")),
        ("x plus a", ast.Shift(X, A, "after")),
        ("a after x", ast.Compare("after", A, X)),
        ("a 晚于 x", ast.Compare("after", A, X)),
        ("a no later than 1 month after x", ast.Compare("no_later_than", A, ast.Shift(X, MONTH, "after"))),
        ("a no later than b after x", ast.Compare("no_later_than", A, ast.Shift(X, B, "after"))),
        ("1 month after b after x", ast.Shift(ast.Shift(X, B, "after"), MONTH, "after")),
        ("a is b after x", ast.Compare("is", A, ast.Compare("after", B, X))),
    ],
)
def test_after_is_arithmetic_or_a_comparison(text: str, tree: object) -> None:
    assert expression(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a after x", ast.Shift(X, A, "after")),
        ("if c then a after x else 1 month before b", ast.If(C, ast.Shift(X, A, "after"), ast.Shift(B, MONTH, "before"))),
        ("if a after b then a after x else c", ast.If(ast.Compare("after", A, B), ast.Shift(X, A, "after"), C)),
    ],
)
def test_a_due_day_is_always_arithmetic(text: str, tree: object) -> None:
    assert declaration(f"rule R due {text} end").clauses[0].value == tree


def binder(name: str, alias: str | None = None) -> ast.Binder:
    return ast.Binder(ast.Name(name), ast.Name(alias) if alias else None)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("exists e", ast.Quantifier("exists", binder("e"), None, None)),
        ("exists e as a such that a or b", ast.Quantifier("exists", binder("e", "a"), None, logic("or", A, B))),
        ("不存在 e 作 a 使得 b", ast.Quantifier("no", binder("e", "a"), None, B)),
        ("every e where a such that b", ast.Quantifier("every", binder("e"), A, B)),
        ("count e such that a >= b", ast.Count(binder("e"), ast.Compare("ge", A, B))),
        ("(count e such that a) >= b", ast.Compare("ge", ast.Count(binder("e"), A), B)),
        ("sum of a over e such that b", ast.Aggregate("sum", A, binder("e"), B)),
        ("最大值 a 取自 e", ast.Aggregate("max", A, binder("e"), None)),
        ("earliest e by a such that b", ast.Pick("earliest", binder("e"), A, B)),
        ("(最晚 e 使得 b).x", ast.Member(ast.Pick("latest", binder("e"), None, B), "x")),
        ("nearest e as c from a via b such that c", ast.Nearest(binder("e", "c"), A, B, C)),
        ("exists violations of R-1, R-2", ast.Quantifier("exists", ast.Binder(ast.Violations((ast.Name("R-1"), ast.Name("R-2")))), None, None)),
        ("count violations of all rules as a", ast.Count(ast.Binder(ast.Violations(None), A), None)),
    ],
)
def test_rows(text: str, tree: object) -> None:
    assert expression(text) == tree


CLAUSES = {
    "bearer a": ast.BearerClause(A),
    "责任主体 a": ast.BearerClause(A),
    "for each a, b as c": ast.ForEachClause((binder("a"), binder("b", "c"))),
    "每个 年度 作 a 自 b 至 c": ast.ForEachClause((ast.YearBinder(A, B, C),)),
    "where a": ast.WhereClause(A),
    "let a be b": ast.LetClause(A, B),
    "设 a 为 b 为 c": ast.LetClause(A, ast.Compare("is", B, C)),
    "when a": ast.WhenClause(A),
    "except a": ast.ExceptClause(A, ()),
    "除外 a 依据 第一条": ast.ExceptClause(A, (ast.Citation(1),)),
    "must a": ast.DutyClause("must", A),
    "must not a": ast.DutyClause("must_not", A),
    "可以 a": ast.DutyClause("may", A),
    "attest “q”": ast.AttestClause("q", None, None),
    "需人工认定 “q” 由 “o” 有效期 1年": ast.AttestClause("q", "o", ast.Duration(1, "years")),
    "due a": ast.DueClause(A, None, None, ()),
    "due a months up basis article 1": ast.DueClause(A, "up", None, (ast.Citation(1),)),
    "期限 a 月末 取前 节假日 不变": ast.DueClause(A, "down", "none", ()),
    "effective 2026-01-30": ast.EffectiveClause(datetime.date(2026, 1, 30)),
    "otherwise warn “m”": ast.OtherwiseClause("warn", "m"),
    "违反时 不合规 “m”": ast.OtherwiseClause("fail", "m"),
    "remedy “m”": ast.RemedyClause("m"),
    "说明 “m”": ast.NoteClause("m"),
    "不得变更": ast.FinalClause(),
}


@pytest.mark.parametrize("text", CLAUSES)
def test_clauses(text: str) -> None:
    source = f"rule R {text} end"
    (clause,) = declaration(source).clauses
    assert clause == CLAUSES[text]
    assert source[slice(*clause.span)] == text


def test_the_place_of_a_message() -> None:
    text = "rule R otherwise fail “应于{due}前” end"
    assert text[slice(*declaration(text).clauses[0].message_span)] == "“应于{due}前”"


def test_a_header() -> None:
    header = declaration(
        'pack p version "1.0" title "t" regulation "r.md" effective 2026-01-30 calendar cn months down nonworking next_workday '
        'due_soon 5 days basis “a”、“b” note "n" end'
    )
    assert (header.name.text, header.version) == ("p", "1.0")
    kinds = [(item.kind, item.value) for item in header.items if isinstance(item, ast.Setting)]
    assert kinds == [
        ("title", "t"), ("regulation", "r.md"), ("effective", datetime.date(2026, 1, 30)), ("calendar", "cn"), ("months", "down"),
        ("nonworking", "next_workday"), ("due_soon", ast.Duration(5, "days")),
    ]  # fmt: skip
    assert header == declaration(
        "规则包 p 版本 “1.0” 标题 “t” 法规 “r.md” 施行 2026-01-30 日历 cn 月末 取前 节假日 顺延 临期 5日 依据 “a”、“b” 说明 “n” 完"
    )


def test_an_entity() -> None:
    entity = declaration(
        "实体 talk “谈话” id : 文本 主键 “编号” kind : talk_kind boss : 引用 person 可空 up : ref talk tree optional on : 日期 发生日 n : number confidential 完"
    )
    assert entity.label == ast.Label("谈话")
    assert [(field.name.text, field.type.kind, field.type.name, field.flags) for field in entity.fields] == [
        ("id", "text", None, ("key",)),
        ("kind", "name", "talk_kind", ()),
        ("boss", "ref", "person", ("optional",)),
        ("up", "ref", "talk", ("optional", "tree")),
        ("on", "date", None, ("occurs",)),
        ("n", "number", None, ("confidential",)),
    ]


def test_a_parameter_and_a_definition() -> None:
    param = declaration("param p “期限” : duration = 30 days from 1 days to 90 days basis “x” note “y” end")
    assert (param.value, param.low, param.high) == tuple(ast.Duration(n, "days") for n in (30, 1, 90))
    assert len(param.items) == 2
    define = declaration("define f(a “甲”: person, b: date) “在任” means a.x is b basis 第一条 end")
    assert define.label == ast.Label("在任")
    assert define.arguments[0] == ast.Argument(A, ast.TypeName("name", "person"), ast.Label("甲"))
    assert define.body == ast.Compare("is", ast.Member(A, "x"), B)
    assert declaration("define f means a end").arguments == ()


def test_provisions_without_a_rule() -> None:
    unruled = declaration("不设规则 第一条、第五条第三款第（二）项 理由 “没有数据” 完")
    assert unruled == declaration('no rule for article 1, article 5 paragraph 3 item 2 because "没有数据" end')
    assert unruled == ast.NoRuleDecl((ast.Citation(1), ast.Citation(5, 3, 2)), (ast.BecauseClause("没有数据"),))
