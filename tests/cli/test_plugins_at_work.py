"""A plug-in that fails while it works is named, with its distribution and version; a function that fails stops nothing."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from policy.cli import main

SMALL = Path(__file__).parents[1] / "data" / "small"
HEAD = """
from policy.hooks.spec import Function, SourceError, hookimpl
from policy.lang.types import BOOL, TEXT
"""
SOURCE = """
class Reader:
    name, suffixes = "fake", (".fake",)
    def read(self, path):
        {body}
@hookimpl
def policy_sources():
    return [Reader()]
"""
REPORTER = """
class Writer:
    name = "fake"
    def write(self, report, stream, *, colour):
        {body}
@hookimpl
def policy_reporters():
    return [Writer()]
"""
CALENDAR = """
def make():
    {body}
@hookimpl
def policy_calendars():
    return {{"fake": make}}
"""
FUNCTION = """
def odd(text):
    {body}
@hookimpl
def policy_functions():
    return [Function("odd", None, (TEXT,), BOOL, odd)]
"""
PACK = """
pack p version "1"
  title "P"
  regulation "regulation.md"
  {header}
end
entity person "people"
  id : text key
  name : text
end
rule R-1 "odd"
  basis 第一条第一款
  for each person
  must {condition}
  otherwise fail "odd"
end
case "nothing" as of 2026-05-11
  given person
    | id | name |
    | 1  | A    |
    | 2  | B    |
  expect R-1 1 {expected}
  expect R-1 2 {expected}
end
"""
BLAMED = "plug-in faulty (my-plugin 2.1): "


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("POLICY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("POLICY_CACHE_DIR", "")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    Path("person.csv").write_text("id,name\n1,A\n2,B\n", "utf-8")
    Path("person.fake").write_text("", "utf-8")
    shutil.copy(SMALL / "regulation.md", tmp_path)


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """Installs a plug-in and runs the command with a pack; gives exit status, standard output and standard error."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def run(module: str, *words: str, header: str = "", condition: str = "person.name is person.name", expected: str = "satisfied"):
        Path("p.policy").write_text(PACK.format(header=header, condition=condition, expected=expected), "utf-8")
        info = tmp_path / "my_plugin-2.1.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-plugin\nVersion: 2.1\n", "utf-8")
        (info / "entry_points.txt").write_text("[policy]\nfaulty = faulty\n", "utf-8")
        (tmp_path / "faulty.py").write_text(HEAD + module, "utf-8")
        sys.modules.pop("faulty", None)
        status = main(words)
        return status, *capfd.readouterr()

    yield run
    sys.modules.pop("faulty", None)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise KeyError('张三')", "`fake` failed (KeyError at faulty.py:8); run again with POLICY_DEBUG=1"),
        ("yield path.no_such", "`fake` failed (AttributeError at faulty.py:8); run again"),
        ("raise SystemExit", "`fake` failed (SystemExit at faulty.py:8); run again"),
        ("return None", "`fake` gave `NoneType`, which is not Iterable[RawTable]; report it"),
        ("return ['x']", "`fake` gave `str`, which is not RawTable; report it"),
    ],
)
def test_a_reader(run, body, said):
    status, out, error = run(SOURCE.format(body=body), "check", "person.fake", "--pack", "p.policy")
    assert (status, out) == (2, "")
    assert error.startswith(BLAMED + said) and len(error.splitlines()) == 1
    assert "张三" not in error


@pytest.mark.parametrize("raised", ["SourceError('U21', str(path), reason='x')", "PermissionError(13, 'x', str(path))"])
def test_a_reader_that_cannot_read_is_no_fault(run, raised):
    status, _, error = run(SOURCE.format(body=f"raise {raised}"), "check", "person.fake", "--pack", "p.policy")
    assert status == 2
    assert "faulty" not in error and error.startswith("error: person.fake")


def test_a_reporter(run):
    module = REPORTER.format(body="raise KeyError")
    status, out, error = run(module, "check", "person.csv", "--pack", "p.policy", "-o", "fake", "--lang", "zh")
    assert (status, out) == (2, "")
    assert error.startswith("插件 faulty（my-plugin 2.1）：`fake` 运行出错（KeyError，faulty.py:8）")


@pytest.mark.parametrize(
    ("body", "said"),
    [("raise OSError", "`fake` failed (OSError at faulty.py:6)"), ("return {{}}", "`fake` gave `dict`, which is not Calendar")],
)
@pytest.mark.parametrize("words", [("check", "person.csv", "--pack", "p.policy"), ("test", "p.policy")])
def test_a_calendar(run, body, said, words):
    status, out, error = run(CALENDAR.format(body=body.replace("{{}}", "{}")), *words, header="calendar fake")
    assert (status, out) == (2, "")
    assert error.startswith(BLAMED + said)


def test_where_it_failed_is_shown_on_request(run, monkeypatch):
    monkeypatch.setenv("POLICY_DEBUG", "1")
    _, _, error = run(SOURCE.format(body="raise KeyError"), "check", "person.fake", "--pack", "p.policy")
    assert error.startswith("Traceback") and BLAMED in error


def test_a_function_that_fails_is_missing(run):
    module = FUNCTION.format(body="raise ValueError(text) if text == 'A' else KeyError(text)")
    words = ("--pack", "p.policy", "--fail-on", "unknown")
    said = BLAMED + "function `odd` failed (ValueError at faulty.py:6); where it fails its value counts as missing\n"
    status, out, error = run(module, "check", "person.csv", *words, condition="odd(person.name)")
    assert (status, error) == (1, said)
    assert "R-1" in out
    status, out, error = run(module, "test", "p.policy", condition="odd(person.name)", expected="unknown")
    assert (status, error) == (0, said)
