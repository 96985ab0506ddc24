"""The texts of the command line and of reports: both languages, the same placeholders, none forgotten."""

from __future__ import annotations

import errno
import os
import re
from importlib import import_module
from pathlib import Path

import pytest

from policy import messages
from policy.messages import problems, text

ROOT = Path(__file__).parents[2]
TABLES = {letter: import_module(f"policy.messages.{name}").MESSAGES for letter, name in messages._TABLES.items()}
ALL = {code: texts for table in TABLES.values() for code, texts in table.items()}
MESSAGES = {code: texts for code, texts in ALL.items() if code[0] not in "SCDP"}
"""Those whose codes stand as they are where they are said; the others are codes of mistakes, which `tests/bad` and the rooms' tests hold."""
SOURCES = "\n".join(
    file.read_text("utf-8")
    for folder in ("policy", "plugins")
    for file in sorted((ROOT / folder).rglob("*.py"))
    if "policy_sample" not in file.parts  # keys of talks look like codes
    and (file.stem not in messages._TABLES.values() or file.parent.name != "messages")
)


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_say_the_same_things(code):
    texts = MESSAGES[code]
    assert list(texts) == ["zh", "en"]
    placeholders = [set(re.findall(r"\{(\w+)[:}]", text)) for text in texts.values()]
    assert placeholders[0] == placeholders[1]


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_used(code):
    assert f'"{code}"' in SOURCES or f"'{code}'" in SOURCES  # the latter inside of a formatted text


def test_every_code_that_is_used_has_a_message():
    letters = "".join({code[0] for code in MESSAGES})
    assert set(re.findall(rf"""["']([{letters}]\d\d+)["']""", SOURCES)) <= set(MESSAGES)


@pytest.mark.parametrize("code", [code for code in MESSAGES if code < "U1" and code.startswith("U")])
def test_no_full_stop(code):
    assert not MESSAGES[code]["zh"].endswith("。")
    assert not MESSAGES[code]["en"].endswith(".")


@pytest.mark.parametrize("kind", problems.ACCEPTED)
def test_what_is_accepted_is_said_in_both_languages(kind):
    assert list(problems.ACCEPTED[kind]) == ["zh", "en"]
    takes = (kind, "甲", "乙") if kind in ("ref", "enum") else (kind,)
    said = [problems.accepted(takes, language) for language in ("zh", "en")]
    assert all(said) and said[0] != said[1] and not any("{" in one for one in said)


def test_a_confidential_code_is_accepted_without_its_members():
    assert problems.accepted(("enum",), "zh") == "应填规则包中的代码" and problems.accepted((), "zh") == ""


@pytest.mark.parametrize("code", ALL)
def test_numbers_that_count_have_their_noun_with_them(code):
    texts = ALL[code]
    assert not re.search(r"\{(count|rows|tables|cases|rules|days)\} [a-z]+s\b(?! of)", texts["en"])
    assert "|" not in "".join(re.findall(r"\{[^}]*\}", texts["zh"]))


def test_lists_are_separated_as_the_language_does():
    assert text("U10", "en", known="a\nb").endswith("installed: a, b")
    assert text("U10", "zh", known="a\nb").endswith("已安装：a、b")


def test_one_and_several():
    many = {"bearers": 2, "count": 5, "rules": 3, "counts": "late 5"}
    assert text("R35", "en", **many) == "3 rules, 5 outcomes: late 5"
    assert text("R35", "en", **many | {"rules": "1", "count": "1"}) == "1 rule, 1 outcome: late 5"
    assert text("R73", "en", count=1) == "1 more row"
    assert text("R45", "en", count=1).startswith("1 outcome is excused")
    assert text("U112", "en", pack="p", failed=1, cases=1) == "p: 1 of 1 case failed"
    assert text("R35", "zh", **many | {"count": 1}) == "3 条规则共核对 1 项：late 5"


NUMBERS = [
    errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EACCES, errno.EPERM,
    errno.ENOSPC, errno.EROFS, errno.EMFILE, errno.ENAMETOOLONG, errno.ELOOP, errno.EBUSY, errno.EINVAL, errno.EIO, errno.EFBIG,
]


@pytest.mark.parametrize("number", NUMBERS)
def test_what_the_system_says_is_said_in_chinese(number):
    said = os.strerror(number)
    assert text("U21", "en", reason=said) == f"cannot be read ({said})"
    assert re.fullmatch("无法读取（[\u4e00-\u9fff，]+）", text("U21", "zh", reason=said))
