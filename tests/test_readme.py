"""What the README shows is true: its rules load and mean the same, and the files it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy.hooks.manager import load_plugins
from policy.pipeline import load_pack

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
RULES = re.findall(r"```policy\n(.*?)```", README, re.DOTALL)
VOCABULARY = ("00-pack.policy", "01-vocabulary.policy", "regulation.md")


def rule(folder, text):
    """The rule as the pack with this rule alone has it."""
    for name in VOCABULARY:
        (folder / name).write_bytes((ROOT / "rules" / "supervision_talks" / name).read_bytes())
    (folder / "rule.policy").write_text(text, "utf-8")
    loaded = load_pack(folder, load_plugins())
    assert loaded.pack is not None, [(diagnostic.code, diagnostic.arguments) for diagnostic in loaded.diagnostics]
    (only,) = loaded.pack.rules
    return only


def test_the_two_rules_are_one(tmp_path):
    chinese, english = (rule(tmp_path, text) for text in RULES)
    for part in ("id", "bearer", "binders", "where", "duty", "due", "severity"):
        assert getattr(chinese, part) == getattr(english, part), part


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_links_lead_to_files(link):
    assert (ROOT / link).exists()


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_make_has_the_targets(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_every_room_is_in_the_tree():
    rooms = {path.name for path in (ROOT / "policy").iterdir() if (path / "__init__.py").exists()} - {"messages"}
    tree = README[README.index("## Where things are") :]
    assert {room for room in rooms if f"{room}/" not in tree} == set()
