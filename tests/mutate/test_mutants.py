"""Every kind of mutant is made where it can be, and each differs from what was written in the one place that it names."""

from __future__ import annotations

import pytest

from policy.format import format_file
from policy.lang import ast
from policy.lang.schema import Entity, Enum, Field, Member, Vocabulary
from policy.lang.types import BOOL, DATE, TEXT, enum_type, ref_type
from policy.messages.testing import MESSAGES
from policy.mutate import Words, mutants
from policy.parse import parse_file
from policy.source import Source

TALK = Entity(
    "talk",
    "谈话",
    (
        Field("id", "编号", TEXT, 0, key=True),
        Field("start", "开始", DATE, 1),
        Field("end", "结束", DATE, 2),
        Field("talker", "谈话人", ref_type("person"), 3),
        Field("talkee", "被谈话人", ref_type("person"), 4),
        Field("done", "完成", BOOL, 5),
        Field("kind", "类型", enum_type("kind"), 6),
    ),
)
KIND = Enum("kind", "类型", (Member("regular", "定期"), Member("prompt", "及时"), Member("other", "其他")))
WORDS = Words(Vocabulary({"talk": TALK}, {"kind": KIND}))


def changed(text: str) -> list[tuple[str, str]]:
    """The mutants of a declaration: kind and whole text, on one line."""
    tree, mistakes = parse_file(Source("drawn.policy", text))
    assert not mistakes, mistakes
    (declaration,) = tree.declarations
    found = []
    for one in mutants(declaration, WORDS):
        file = ast.File(() if one.changed is None else (one.changed,), tree.language)
        found.append((one.kind, " ".join(format_file(file).split())))
    return found


def rule(clauses: str) -> list[tuple[str, str]]:
    head = "rule R-1 "
    found = changed(f'{head}{clauses} end')
    assert all(text.startswith(head.strip()) and text.endswith("end") for _, text in found)
    return [(kind, text.removeprefix(head).removesuffix("end").rstrip()) for kind, text in found]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("talk.start <= 3", [("K101", "talk.start < 3"), ("K110", "talk.end <= 3"), ("K107", "talk.start <= 2"), ("K107", "talk.start <= 4")]),
        ("a before b", [("K101", "a no later than b")]),
        ("a is regular", [("K102", "a is not regular"), ("K109", "a is prompt")]),
        ("not a", [("K102", "a")]),
        ("a is missing", [("K102", "a is filled")]),
        ("a and b", [("K103", "a or b"), ("K104", "b"), ("K104", "a")]),
        ("a in (regular, prompt)", [("K102", "not a in (regular, prompt)"), ("K105", "a in (prompt)"), ("K105", "a in (regular)"),
                                    ("K109", "a in (prompt, prompt)"), ("K109", "a in (regular, other)")]),
        ("a between 2026-01-01 and b", [("K102", "not a between 2026-01-01 and b"), ("K107", "a between 2025-12-31 and b"),
                                        ("K107", "a between 2026-01-02 and b")]),
        ("exists talk such that a", [("K106", "no talk such that a")]),
        ("no talk such that a", [("K106", "exists talk such that a")]),
        ("every talk where a such that b", [("K106", "exists talk such that a and b"), ("K104", "every talk such that b")]),
        ("count talk such that a >= 1", [("K101", "count talk such that a > 1"), ("K107", "count talk such that a >= 0"),
                                         ("K107", "count talk such that a >= 2")]),
        ("a is true", [("K102", "a is not true"), ("K102", "a is false")]),
        ("a < b plus 2 months", [("K101", "a <= 2 months after b"), ("K112", "a < 2 months before b"), ("K107", "a < 1 month after b"),
                                 ("K107", "a < 3 months after b")]),
        ("a < b plus 5 days", [("K101", "a <= 5 days after b"), ("K112", "a < 5 days before b"), ("K107", "a < 4 days after b"),
                               ("K107", "a < 6 days after b"), ("K108", "a < 5 workdays after b")]),
        ("(earliest talk by a such that b).talkee is c", [("K102", None), ("K110", None), ("K111", None)]),
        ("a is (if b then c else d)", [("K102", "a is not if b then c else d"), ("K113", "a is if b then d else c")]),
        ("a is b + c", [("K102", "a is not b + c"), ("K112", "a is b - c")]),
        ("md is 03-01", [("K102", None), ("K107", "md is 02-29"), ("K107", "md is 03-02")]),
    ],
)  # fmt: skip
def test_expressions(written, expected):
    found = [(kind, text.removeprefix("when ")) for kind, text in rule(f"when {written}")]
    assert found[0] == ("K104", "")  # the whole clause
    assert [kind for kind, _ in found[1:]] == [kind for kind, _ in expected]
    assert [text for (_, text), (_, wanted) in zip(found[1:], expected) if wanted] == [wanted for _, wanted in expected if wanted]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("where a", [("K104", "")]),
        ("when a", [("K104", "")]),
        ('except a basis "b"', [("K114", "")]),
        ("bearer talk.talkee", [("K118", ""), ("K110", "bearer talk.talker")]),
        ("due 1 month after talk.end", [("K115", ""), ("K112", None), ("K110", None), ("K107", None)]),
        ('due a months down basis "b"', [("K115", ""), ("K116", 'due a months up basis "b"')]),
        ('due a nonworking none basis "b"', [("K115", ""), ("K116", None), ("K116", None)]),
        ('otherwise fail "x"', [("K117", 'otherwise warn "x"')]),
        ("effective 2026-01-30", [("K119", "effective 2026-01-29"), ("K119", "effective 2026-01-31")]),
        ('attest "x" valid 1 year', [("K107", 'attest "x" valid 0 years'), ("K107", 'attest "x" valid 2 years')]),
        ("must a", [("K102", "must not a")]),
        ("may a", []),
        ('remedy "x"', []),
    ],
)
def test_clauses(written, expected):
    found = rule(written)
    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    assert [(kind, text) for (kind, text), (_, wanted) in zip(found, expected) if wanted is not None] == [one for one in expected if one[1] is not None]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("define d means a is regular end", ["K102", "K109"]),
        ("param p : duration = 30 days from 1 days to 90 days end", ["K107", "K107", "K108"]),
        ("set p = 30 days end", ["K107", "K107", "K108"]),
        ("disable R-1, R-2 end", ["K120", "K120"]),
        ("override R-1, R-2 otherwise warn end", ["K120", "K120", "K117"]),
        ("override R-1 also where a end", ["K120", "K120"]),
        ('pack p version "1" months down nonworking none due_soon 5 days effective 2026-01-30 end', ["K116"] * 3 + ["K107"] * 2 + ["K119"] * 2),
        ("entity e a : text key end", []),
    ],
)
def test_declarations(written, expected):
    assert [kind for kind, _ in changed(written)] == expected


def test_every_kind_of_mutant_has_words_and_every_word_a_mutant():
    import inspect

    from policy.mutate import clauses, expressions

    source = inspect.getsource(clauses) + inspect.getsource(expressions)
    assert {code for code in MESSAGES if code < "K130"} == {code for code in MESSAGES if f'"{code}"' in source}
