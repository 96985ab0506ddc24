"""Columns of a terminal, and characters that must not reach one."""

from __future__ import annotations

import pytest

from policy.width import harmless, pad, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("谈话", 4), ("T1谈", 4), ("（）", 4), ("ｆｕｌｌ", 8), ("𠮷", 2), ("é", 1), ("e\u0301", 1), ("“引”", 4)],
)
def test_width(text, columns):
    assert width(text) == columns


def test_pad():
    assert pad("谈话", 6) == "谈话  "
    assert pad("谈话", 6, right=True) == "  谈话"
    assert pad("谈话", 3) == "谈话"


def test_harmless_leaves_text_alone():
    text = "张三 said “yes” — 100%·𠮷"
    assert harmless(text) == text


@pytest.mark.parametrize("char", ["\x1b", "\n", "\r", "\t", "\x00", "\x7f", "\x9b", "\u202e", "\u2066", "\u200b", "\u2028", "\ufeff"])
def test_harmless_shows_what_would_move_or_hide_text(char):
    shown = harmless(f"a{char}b")
    assert char not in shown
    assert len(shown) == 3
