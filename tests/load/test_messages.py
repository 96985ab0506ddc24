"""Every data code is said in both languages with the same placeholders, and is used somewhere."""

import re
from pathlib import Path

import pytest

from policy.messages.data import BESIDE, MESSAGES, NOTES, beside_text, note_text

ROOT = Path(__file__).parents[2]
TEXTS = [path.read_text("utf-8") for folder in ("policy/load", "policy/pipeline", "plugins") for path in (ROOT / folder).rglob("*.py")]


def placeholders(text):
    return set(re.findall(r"{(\w+)[:}]", text))


@pytest.mark.parametrize("code", [*MESSAGES, *NOTES, *BESIDE])
def test_both_languages_say_the_same(code):
    texts = (MESSAGES | NOTES | BESIDE)[code]
    assert placeholders(texts["zh"]) == placeholders(texts["en"])
    assert not texts["en"].endswith(".") and not texts["zh"].endswith("。")
    assert not re.search("[,;:?()]", re.sub("`[^`]*`|{[^}]*}", "", texts["zh"]))


@pytest.mark.parametrize("code", MESSAGES)
def test_no_code_is_left_over(code):
    assert any(f'"{code}"' in text for text in TEXTS)


def test_notes_are_codes_with_a_value_or_their_own_text():
    assert note_text("encoding GB18030", "zh") == "按 GB18030 编码读取"
    assert note_text("hidden_rows 3", "en") == "hidden rows are read too: 3"
    assert note_text("hidden_sheet", "en") == "a hidden sheet, read too"
    assert note_text("read from a backup", "zh") == "read from a backup"


def test_places_beside_the_cells_are_codes_or_their_own_text():
    assert (beside_text("comment", "zh"), beside_text("on the back", "zh")) == ("批注", "on the back")
