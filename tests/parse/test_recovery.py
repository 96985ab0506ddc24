"""After a mistake: what is still found, what is kept, and that the parser always comes to an end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.messages.render import render
from policy.parse import parse_expression, parse_file
from policy.source import Source

BAD = Path(__file__).parent.parent / "bad" / "syntax"
TEXTS = [path.read_text("utf-8") for path in sorted(BAD.glob("*.policy")) if path.stat().st_size < 2000]
PIECES = sorted({word for text in TEXTS for word in text.split(" ")})


def codes(text: str) -> list[tuple[str, int]]:
    """Code and line of each mistake."""
    source = Source("t.policy", text)
    return [(d.code, source.position(d.span[0])[0]) for d in parse_file(source)[1]]


def test_every_bad_clause_is_told() -> None:
    good = ["basis article 1", "for each talk", "where talk.kind is regular", "must exist report", "due 1 month after talk.end"]
    bad = ["basis no article", "for each 3", "where talk.kind is", "must exists that", "due 1 monht after talk.end"]
    for broken in range(1, 2 ** len(good)):
        lines = [bad[i] if broken >> i & 1 else good[i] for i in range(len(good))]
        text = "rule R\n" + "\n".join(lines) + "\nfinal\nend\n"
        told = {line for _, line in codes(text)}
        for i in range(len(good)):
            wrong = i + 2 if bad[i] != "where talk.kind is" else i + 3  # an unfinished line is told at the next
            if bad[i] != "must exists that":  # `that` is a name, so that this is right
                assert (wrong in told) >= (broken >> i & 1), text


def test_declarations_without_a_mistake_are_kept() -> None:
    text = "enum a x end\nrule R-1 wher x end\nrule R-2 final end\nrule R-3 where (x end\nentity e id : text key end"
    file, diagnostics = parse_file(Source("t.policy", text))
    assert diagnostics
    names = [getattr(declaration, "id", None) or declaration.name for declaration in file.declarations]
    assert [name.text for name in names] == ["a", "R-2", "e"]


def test_a_missing_end_names_its_declaration() -> None:
    text = "rule R-1\n final\nrule R-2\n final\nend\nenum e a\nentity f id : text key end"
    source = Source("t.policy", text)
    _, diagnostics = parse_file(source)
    assert [d.code for d in diagnostics] == ["S006", "S006"]
    assert [text[slice(*d.related[0][1])] for d in diagnostics] == ["rule R-1", "enum e"]
    assert [source.position(d.span[0])[0] for d in diagnostics] == [3, 7]


def test_a_mistake_in_a_text_without_line_breaks() -> None:
    text = "rule R-1 wher a basis article 1 whn b end rule R-2 final end"
    assert [code for code, _ in codes(text)] == ["S008", "S008"]


def test_the_file_may_end_anywhere() -> None:
    text = (BAD / "row-of-wrong-length.policy").read_text("utf-8") + TEXTS[0]
    for end in range(len(text)):
        for diagnostic in parse_file(Source("t.policy", text[:end]))[1]:
            assert 0 <= diagnostic.span[0] <= diagnostic.span[1] <= end


@pytest.mark.parametrize("text", ["", "1 +", "1 2", "a is b end", "“x", "2026-02-30", "(", "；"])
def test_an_expression_with_a_mistake_is_none(text: str) -> None:
    tree, diagnostics = parse_expression(text, "--set")
    assert tree is None
    assert diagnostics
    assert diagnostics[0].source.name == "--set"


def test_depth_is_bounded() -> None:
    deep = "rule R where " + "(" * 5000 + "a" + ")" * 5000 + "\n final end"
    assert codes(deep) == [("S018", 1)]
    assert codes("rule R where " + "not " * 5000 + "a end")[0] == ("S018", 1)
    assert len(codes("; " * 5000)) == 5000


@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.integers(0), st.integers(0, 12), st.sampled_from(PIECES)), max_size=6))
def test_any_text_is_read_to_its_end(text: str, edits: list[tuple[int, int, str]]) -> None:
    for place, length, piece in edits:
        start = place % (len(text) + 1)
        text = f"{text[:start]} {piece} {text[start + length :]}"
    for diagnostic in parse_file(Source("t.policy", text))[1]:
        assert 0 <= diagnostic.span[0] <= diagnostic.span[1] <= len(text)
        assert render(diagnostic, "zh")
        assert render(diagnostic, "en")


@given(st.text(st.sampled_from("规则完rule end\n R-1“”\"《》〔〕|（）:。第三条款项日个月09.-#注\u3000\ufeff\\"), max_size=60))
def test_any_characters_are_read_to_the_end(text: str) -> None:
    for diagnostic in parse_file(Source("t.policy", text))[1]:
        assert render(diagnostic)
