"""The packs that ship are found in a checkout and in an installed package."""

from pathlib import Path

import policy_rules

ROOT = Path(__file__).parents[2]


def test_packs_of_the_checkout():
    assert policy_rules.policy_packs()["supervision_talks"] == ROOT / "rules" / "supervision_talks"


def test_packs_of_an_installed_package(tmp_path, monkeypatch):
    for name in ("b_pack/rules.policy", "a_pack/rules.policy", "a_pack/regulation.md", "no_pack/readme.md", "loose.policy"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    monkeypatch.setattr(policy_rules, "_INSTALLED", tmp_path)
    assert policy_rules.policy_packs() == {"a_pack": tmp_path / "a_pack", "b_pack": tmp_path / "b_pack"}


def test_no_folder_no_packs(tmp_path):
    assert policy_rules.packs_in(tmp_path / "none") == {}
