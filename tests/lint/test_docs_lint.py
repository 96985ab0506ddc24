"""docs/lint.md has a section for each finding, with a bad example, its exact output, and a good one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.messages.lint import HELPS, MESSAGES
from policy.messages.render import render
from policy.pipeline.linting import lint_pack

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "lint.md").read_text("utf-8")
SECTIONS = {section[:4]: section for section in re.split(r"^## (?=L)", PAGE, flags=re.M)[1:]}
REGULATION = re.search(r"^```markdown\n(.*?)^```", PAGE, re.M | re.S)
PACK = '''\
pack office version "1"
  regulation "regulation.md"
end

entity talk "谈话"
  id      : text key    "编号"
  end     : date occurs "结束日期"
  private : bool        "个别谈话"
  kind    : talk_kind   "类型"
end

enum talk_kind "谈话类型"
  regular "定期谈话"
  prompt  "及时谈话"
end

rule R-1 "individual talks"
  basis 第一条
  for each talk
  where talk.kind is regular
  must talk.private
  otherwise fail "not an individual talk"
  remedy "talk again, to the person alone"
end

case "not an individual talk" as of 2026-07-01
  given talk
    | id | kind    | private | end        |
    | T1 | regular | no      | 2026-06-30 |
  expect R-1 T1 violated
end
'''
PLUGINS = load_plugins()


def block(code: str, kind: str) -> str:
    """An example, or the output, of the section of a code."""
    found = re.findall(rf"^```{kind}\n(.*?)^```", SECTIONS[code], re.M | re.S)
    assert len(found) == 1
    return found[0]


@pytest.fixture
def linted(run, tmp_path):
    """What the command says of rules beside the pack of the page."""

    def linted(text: str) -> tuple[int, str, str]:
        folder = tmp_path / "office"
        folder.mkdir(exist_ok=True)
        assert REGULATION is not None
        for name, content in (("00-pack.policy", PACK), ("regulation.md", REGULATION[1]), ("rules.policy", text)):
            (folder / name).write_text(content, "utf-8")
        return run("lint", "office")

    return linted


def test_every_finding_has_its_section_and_its_help():
    assert SECTIONS.keys() == MESSAGES.keys() == HELPS.keys()


@pytest.mark.parametrize("code", MESSAGES)
def test_the_bad_example_gives_the_exact_text(linted, code):
    status, out, err = linted(block(code, "policy bad"))
    assert (status, out, err) == (1, block(code, "text"), "")
    assert f"finding {code}: " in out


@pytest.mark.parametrize("code", MESSAGES)
def test_the_good_example_is_clean(linted, code):
    assert linted(block(code, "policy good")) == (0, "office: nothing found\n", "")


@pytest.mark.parametrize("code", [code for code in MESSAGES if code < "L19"])
def test_a_finding_is_silenced_in_place_with_a_reason(linted, run, code):
    """Before every declaration: the explanation covers the finding, and those where there is none are findings themselves."""
    bad = block(code, "policy bad")
    opening = r"^(rule|define|param|entity|enum) "
    out = linted(re.sub(opening, f"# known {code}: meant so\n\\1 ", bad, flags=re.M))[1]
    assert f"finding {code}" not in out
    assert run("--lang", "zh", "fmt", "--check", "office")[0] in (0, 1)


@pytest.mark.parametrize("name", ["military", "reference_application", "supervision_talks"])
def test_the_packs_that_ship_are_clean(name):
    path = ROOT / "rules" / name
    pack = pipeline.load_pack(path, PLUGINS).pack
    assert [render(one, "en") for one in lint_pack(path, pack, PLUGINS)] == []


def test_a_pack_with_mistakes_is_not_looked_at(linted):
    status, out, err = linted("rule R-2 end")
    assert (status, out) == (2, "") and "mistake" in err


def test_of_a_variant_its_own_files_are_looked_at(linted, run, tmp_path):
    linted("")
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "pack.policy").write_text('''\
pack ours version "1"
  extends office version ">=1"
  basis "2026-01"
end

override R-1
  basis "2026-01"
  otherwise warn
end
''', "utf-8")
    status, out, _ = run("lint", "ours")
    assert (status, out.splitlines()[0], out.splitlines()[-1]) == (1, "finding L101: rule `R-1` has no case", "ours: 1 place worth a second look")
