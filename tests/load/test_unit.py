"""What a unit's file says, in either language; and every mistake in one, with its place."""

from __future__ import annotations

import re

import pytest

from policy.load.unit import read_unit
from policy.messages.data import HELPS
from policy.messages.render import render

CHINESE = """\
规则包 = "supervision_talks"
数据 = ["台账", "/srv/其他.xlsx"]
日历 = "放假.csv"
保密级别 = "机密"
豁免 = "豁免.toml"
选用 = ["JDTH-11", "JDTH-12"]
不用 = "JDTH-11-1-d"
额外 = "谈话.备注"
失败级别 = "警告"
输出 = ["text", "json=报告.json"]
基线 = "上月.json"
历史 = "历次.sqlite"
留痕 = "留痕"
摘要算法 = "SM3"
[参数.prompt_days]
值 = "20日"
依据 = "县委办〔2026〕8号"
决定 = "县委常委会"
"""
ENGLISH = """\
pack = "supervision_talks"
data = ["台账", "/srv/其他.xlsx"]
calendar = "放假.csv"
secrecy = "secret"
waivers = ["豁免.toml"]
select = ["JDTH-11", "JDTH-12"]
ignore = ["JDTH-11-1-d"]
extra = ["谈话.备注"]
fail_on = "warn"
output = ["text", "json=报告.json"]
baseline = "上月.json"
history = "历次.sqlite"
audit = "留痕"
digest = "sm3"
parameters.prompt_days = { value = "20日", basis = "县委办〔2026〕8号", decided_by = "县委常委会" }
"""
SETTINGS = {
    "pack": ("supervision_talks",),
    "data": ("unit/台账", "/srv/其他.xlsx"),
    "calendar": ("unit/放假.csv",),
    "secrecy": ("secret",),
    "waivers": ("unit/豁免.toml",),
    "select": ("JDTH-11", "JDTH-12"),
    "ignore": ("JDTH-11-1-d",),
    "extra": ("谈话.备注",),
    "fail-on": ("warn",),
    "output": ("text", "json=unit/报告.json"),
    "baseline": ("unit/上月.json",),
    "history": ("unit/历次.sqlite",),
    "audit": ("unit/留痕",),
    "digest": ("sm3",),
}


@pytest.mark.parametrize("text", [CHINESE, ENGLISH, CHINESE.replace('"', "'").replace(" = ", " ＝ "), ENGLISH.replace("fail_on", "fail-on")], ids=range(4))
def test_both_languages_say_the_same(text):
    unit, mistakes = read_unit("unit/policy.toml", text.encode())
    assert mistakes == ()
    assert unit.settings == SETTINGS
    (parameter,) = unit.parameters
    assert (parameter.name, parameter.text, parameter.basis, parameter.by) == ("prompt_days", "20日", "县委办〔2026〕8号", "县委常委会")
    assert unit.source.text[slice(*parameter.value_span)].strip("\"'") == "20日"


@pytest.mark.parametrize(("written", "text"), [("20", "20"), ("true", "true"), ("2026-03-31", "2026-03-31"), ("1.5", "1.5"), ('"03-31"', "03-31"), ("顺延", "顺延")])
def test_values_of_parameters(written, text):
    unit, _ = read_unit("policy.toml", f'[parameters.x]\nvalue = {written}\nbasis = "b"\n'.encode())
    assert unit.parameters[0].text == text


def test_paths_of_a_file_in_this_folder():
    unit, _ = read_unit("policy.toml", '数据 = "台账"\n输出 = "text"\n'.encode())
    assert unit.settings == {"data": ("台账",), "output": ("text",)}


GOOD = '[parameters.p]\nvalue = "1 day"\nbasis = "b"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('数椐 = "x"', ["D092 1:1 数椐", "near 数据"]),
        ('dat = "x"', ["D092 1:1 dat", "near data"]),
        ('owner = "x"', ["D092 1:1 owner", "known pack data"]),
        ('as_of = "2026-01-01"', ["D092 1:1 as_of", "flag --as-of"]),
        ('检查基准日 = "2026-01-01"', ["D092 1:1 检查基准日", "flag --as-of"]),
        ("keep-going = true", ["D092 1:1 keep-going", "flag --keep-going"]),
        ('pack = "a"\n规则包 = "b"', ["D093 2:1 规则包"]),
        ("pack = 3", ["D094 1:8 pack"]),
        ('pack = ["a"]', ["D094 1:8 pack"]),
        ('pack = " "', ["D094 1:8 pack"]),
        ("data = true", ["D095 1:8 data"]),
        ('data = ["a", 1]', ["D095 1:14 data"]),
        ('secrecy = "最高"', ["D096 1:11 最高", "known 绝密"]),
        ('失败级别 = "注意"', ["D096 1:8 注意", "known 警告"]),
        ("parameters = 3", ["D097 1:14 parameters", "parameter"]),
        ("[parameters]\np = 3", ["D098 2:5 p", "parameter"]),
        ('[parameters.p]\nbasis = "b"', ["D098 1:2 p", "parameter"]),
        ("[parameters.p]\nvalue = 1", ["D099 1:2 p", "parameter"]),
        ('[parameters.p]\nvalue = 1\nbasis = ""', ["D094 3:9 basis"]),
        ('[parameters.p]\nvalue = [1]\nbasis = "b"', ["D094 2:9 value"]),
        ('[parameters.p]\nvalue = " "\nbasis = "b"', ["D094 2:9 value"]),
        ('[parameters.p]\nvalue = 1\nbasis = "b"\nby = "x"', ["D092 4:1 by", "known decided_by"]),
        ("a = \n", ["D091 1:5", "toml"]),
        ('a = "x', ["D091 1:7", "toml"]),
        ('pack = "a"\n  pack = "b"', ["D085 2:3"]),
        ("[parameters.p]\n[parameters.p]", ["D085 2:1"]),
        ("[parameters.p]\nvalue = 2026-02-30", ["D021 2:9 2026-02-30"]),
    ],
)
def test_mistakes(text, said):
    unit, (mistake, *others) = read_unit("policy.toml", text.encode())
    assert (unit, others) == (None, [])
    code, place, *words = said[0].split(" ")
    for language in ("zh", "en"):
        shown = render(mistake, language)
        assert f" {code}" in shown.splitlines()[0] and f"policy.toml:{place}" in shown
        assert all(f"`{word}`" in shown for word in words)
        if len(said) > 1:
            help, *filling = said[1].split(" ")
            assert mistake.help == help
            assert all(word in shown.splitlines()[-1] for word in filling)
        else:
            assert len(shown.splitlines()) == 4 or mistake.help


def test_every_mistake_is_told_in_its_order():
    _, mistakes = read_unit("policy.toml", f'owner = 1\npack = 2\n{GOOD.replace("basis", "bases")}'.encode())
    assert [mistake.code for mistake in mistakes] == ["D092", "D094", "D099", "D092"]
    assert [mistake.span for mistake in mistakes] == sorted(mistake.span for mistake in mistakes)


def test_what_is_no_text():
    unit, (mistake,) = read_unit("policy.toml", b"\xff\xff")
    assert (unit, mistake.code) == (None, "D090")


@pytest.mark.parametrize("help", HELPS)
def test_helps_are_said_in_both_languages_with_the_same_placeholders(help):
    chinese, english = (set(re.findall(r"{(\w+)}", HELPS[help][language])) for language in ("zh", "en"))
    assert chinese == english
    assert not HELPS[help]["zh"].endswith("。") and not HELPS[help]["en"].endswith(".")
