"""What is left of a name, and where names are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.lang.naming import WITHHELD, Finder, mask_name

PAGE = (Path(__file__).parents[2] / "docs" / "masking.md").read_text("utf-8").partition("| name | masked |\n|---|---|\n")[2]
TOLD = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", PAGE.partition("\n\n")[0], re.MULTILINE))
"""The table of the page."""

MASKED = TOLD | {
    "张　三": "张*",
    "司徒": "司*",
    "阿卜杜拉•买买提": "阿***·买***",
    "古丽": "古*",
    "J. R. Smith": "***·***·S***",
    "县委办公室": "县***",
    "": "***",
    "·": "***",
}


def test_the_page_has_its_table():
    assert len(TOLD) == 10


@pytest.mark.parametrize("name", MASKED)
def test_what_is_left_of_a_name(name):
    assert mask_name(name) == MASKED[name]


@given(st.text("张三李四欧阳修阿·John 　", min_size=1, max_size=9))
def test_no_name_of_two_characters_or_more_is_left(name):
    bare = "".join(name.split()).replace("·", "")
    assert len(bare) < 2 or bare not in "".join(mask_name(name).split()).replace("·", "")


NAMES = {"张三": "张*", "张三丰": "张*丰", "三": "!", "Li": "L***", "Smith": "S***", "阿卜·买提": "阿***·买***"}


@pytest.mark.parametrize(
    ("text", "masked"),
    {
        "张三、张三丰和张三": "张*、张*丰和张*",
        "张 三，张　三丰": "张*，张*丰",
        "第三条": "第三条",
        "smith-台账（ＳＭＩＴＨ）": "S***-台账（S***）",
        "Smithson": "S***son",
        "Li, Lili li_2 List": "L***, Lili L***_2 List",
        "阿卜·买提 阿卜•买提 阿卜买提": "阿***·买*** 阿***·买*** 阿***·买***",
        "": "",
        "张": "张",
    }.items(),
)
def test_names_are_found_whole_and_the_longest_first(text, masked):
    assert Finder(NAMES).replace(text) == masked


ALPHABET = "龘靐齉爩鱻ab· "


@given(st.sets(st.text(ALPHABET, min_size=2, max_size=4), max_size=5), st.text(ALPHABET + "第条", max_size=30))
def test_no_name_is_left_in_a_text(names, text):
    found = {name for name in names if len("".join(name.split()).replace("·", "")) > 1 and not name.isascii()}
    replaced = Finder(dict.fromkeys(found, WITHHELD)).replace(text)
    assert not [name for name in found if name in replaced]
