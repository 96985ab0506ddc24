"""Flags from the command line and the environment, and what is said of wrong ones."""

from __future__ import annotations

import pytest

from policy.cli.arguments import Flag, choice, parse, whole
from policy.cli.screen import UsageError
from policy.messages import text

FLAGS = (
    Flag("all", "U227"),
    Flag("output", "U225", metavar="FORMAT", short="o", many=True, default="text"),
    Flag("fail-on", "U226", metavar="LEVEL", default="fail", read=choice("fail", "warn")),
    Flag("seed", "U253", metavar="N", read=whole),
    Flag("lang", "U240", metavar="zh|en", environment=False),
)


def given(*words: str, **environment: str):
    arguments = parse(FLAGS, words, environment)
    return arguments.words, {flag.name: arguments[flag.name] for flag in FLAGS}


def refused(*words: str, **environment: str) -> str:
    with pytest.raises(UsageError) as caught:
        parse(FLAGS, words, environment)
    return text(caught.value.code, "en", **caught.value.arguments)


DEFAULTS = {"all": False, "output": ("text",), "fail-on": "fail", "seed": None, "lang": None}


@pytest.mark.parametrize(
    ("words", "rest", "values"),
    [
        ((), (), {}),
        (("a", "b"), ("a", "b"), {}),
        (("a", "--all", "b"), ("a", "b"), {"all": True}),
        (("--seed", "3"), (), {"seed": 3}),
        (("--seed=-3",), (), {"seed": -3}),
        (("--seed", "-3"), (), {"seed": -3}),
        (("--seed", "3", "--seed", "4"), (), {"seed": 4}),
        (("-o", "json", "--output=csv=a=b", "-otext", "-o=x"), (), {"output": ("json", "csv=a=b", "text", "x")}),
        (("-",), ("-",), {}),
        (("--", "--all", "-o"), ("--all", "-o"), {}),
        (("--lang", "en"), (), {"lang": "en"}),
    ],
)
def test_command_line(words, rest, values):
    assert given(*words) == (rest, DEFAULTS | values)


@pytest.mark.parametrize(
    ("environment", "values"),
    [
        ({"POLICY_ALL": "1"}, {"all": True}),
        ({"POLICY_ALL": "否"}, {}),
        ({"POLICY_ALL": ""}, {}),
        ({"POLICY_FAIL_ON": "warn"}, {"fail-on": "warn"}),
        ({"POLICY_OUTPUT": "json=a, text"}, {"output": ("json=a", "text")}),
        ({"POLICY_LANG": "en"}, {}),
    ],
)
def test_environment(environment, values):
    assert given(**environment) == ((), DEFAULTS | values)


def test_the_command_line_replaces_the_environment():
    assert given("-o", "text", POLICY_OUTPUT="json,jsonl")[1]["output"] == ("text",)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--sed", "1"), "there is no flag `--sed`; did you mean `--seed`?"),
        (("--outptu=x",), "there is no flag `--outptu`; did you mean `--output`?"),
        (("--zzz",), "there is no flag `--zzz`; -h lists them"),
        (("-z",), "there is no flag `-z`; -h lists them"),
        (("--seed",), "`--seed` needs a value: N"),
        (("--seed", "--all"), "`--seed` needs a value: N"),
        (("--all=yes",), "`--all` takes no value"),
        (("--seed", "many"), "`--seed` takes a whole number, not `many`"),
        (("--fail-on", "never"), "`--fail-on` cannot be `never`, choose from: fail, warn"),
    ],
)
def test_refusals(words, message):
    assert refused(*words) == message


def test_refusals_from_the_environment():
    assert refused(POLICY_ALL="maybe") == "the variable POLICY_ALL is 1 or 0, not `maybe`"
    assert refused(POLICY_SEED="x") == "`POLICY_SEED` takes a whole number, not `x`"
