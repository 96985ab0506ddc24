"""A diagnostic as text: the mark stands under the place, whatever stands before it."""

from __future__ import annotations

import pytest

from policy.diagnostic import Diagnostic
from policy.messages.render import render
from policy.source import Source
from policy.width import width


def lines(text: str, marked: str, language: str | None = None) -> list[str]:
    start = text.index(marked)
    diagnostic = Diagnostic("S004", Source("a.policy", text), (start, start + len(marked)), {"text": marked}, "S004")
    return render(diagnostic, language).split("\n")


@pytest.mark.parametrize("before", ["", "abc ", "满足 ", "　　满足　ａ．b ", "“（一）”，\t", "é ", "𠮷 "])
@pytest.mark.parametrize("marked", ["here", "这里", "ｗｉｄｅ", "a这b"])
def test_the_mark_aligns(before: str, marked: str) -> None:
    _, _, shown, mark, _ = lines(f"first\n{before}{marked} behind\nlast", marked)
    place = shown.index(marked)
    assert width(mark.rstrip("^")) == width(shown[:place])
    assert width(mark) == width(shown[: place + len(marked)])


def test_the_whole_text() -> None:
    assert lines("规则\n  施行 2026-02-30 # 甲", "2026-02-30", "zh") == [
        "错误 S004：没有 `2026-02-30` 这一天",
        "  ┌ a.policy:2:6",
        "2 │   施行 2026-02-30 # 甲",
        "  │   　　 ^^^^^^^^^^",
        "  = 建议：请核对日期；写法是 `2026-01-30` 或 `2026年1月30日`",
    ]
    assert lines("规则\n  施行 2026-02-30 # 甲", "2026-02-30", "en")[0] == "error S004: there is no day `2026-02-30`"


@pytest.mark.parametrize("length", [0, 30, 500])
@pytest.mark.parametrize("behind", [0, 30, 500])
@pytest.mark.parametrize("filling", ["x", "谈"])
def test_a_long_line_is_cut_around_the_place(length: int, behind: int, filling: str) -> None:
    _, _, shown, mark, _ = lines(filling * length + "HERE" + filling * behind, "HERE")
    assert width(shown) < 180
    assert width(mark.rstrip("^")) == width(shown[: shown.index("HERE")])


def test_a_mark_does_not_leave_its_line() -> None:
    _, _, shown, mark, _ = lines("abc\ndef\nghi", "bc\ndef")
    assert (shown, mark) == ("1 │ abc", "  │  ^^")


def test_another_place() -> None:
    source = Source("a.policy", "rule R-1\nrule R-2\n")
    found = Diagnostic("S006", source, (9, 13), {"declaration": "rule R-1", "end": "@END"}, "S006", {"end": "@END"}, ((source, (0, 8), "S006"),))
    assert render(found, "en").split("\n") == [
        "error S006: `rule R-1` is not closed with `end`",
        "  ┌ a.policy:2:1",
        "2 │ rule R-2",
        "  │ ^^^^",
        "  = the declaration starts here",
        "  ┌ a.policy:1:1",
        "1 │ rule R-1",
        "  │ ^^^^^^^^",
        "  = help: put `end` behind its last line",
    ]


def test_control_characters_do_no_harm() -> None:
    assert "\x1b" not in "".join(lines("\x1b[2J here", "[2J"))
    assert "\x1b" not in "".join(lines("a \x1b[2J here", "\x1b[2J"))
