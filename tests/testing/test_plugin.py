"""The plug-in of pytest, run as an author of packs runs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = Path(__file__).parents[1] / "data" / "small"


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def run_pytest(folder, *words):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "--color=no", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout


def test_every_case_is_a_test(pack, tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\npolicy_packs = small\ntestpaths = small\n")
    status, out = run_pytest(tmp_path, "-v")
    assert status == 0
    assert "small/pack.policy::最后一天仍属按期 PASSED" in out and "small/pack.policy::次日逾期 PASSED" in out
    assert "2 passed" in out


def test_a_failure_is_told_in_the_words_of_policy_test(pack, tmp_path):
    text = (pack / "pack.policy").read_text("utf-8")
    (pack / "pack.policy").write_text(text.replace("expect S-1-a T1 late", "expect S-1-a T1 violated"), "utf-8")
    status, out = run_pytest(tmp_path, "small", "--policy-pack", "small", "-k", "次日")
    assert status == 1
    line = text.split("expect S-1-a T1 late")[0].count("\n") + 1
    assert f"""\
error U30: expected `violated`, the outcome is `late`
   ┌ {pack}/pack.policy:{line}:3
{line} │   expect S-1-a T1 violated
   │   ^^^^^^^^^^^^^^^^^^^^^^^^
""" in out
    assert "Traceback" not in out and "1 failed, 1 deselected" in out


def test_a_pack_that_does_not_load_is_an_error_of_collection(pack, tmp_path):
    text = (pack / "pack.policy").read_text("utf-8")
    (pack / "pack.policy").write_text(text.replace("must talk.private", "must talk.privat"), "utf-8")
    status, out = run_pytest(tmp_path, "small", "--policy-pack", "small")
    assert status == 2
    assert "error C004" in out and "Traceback" not in out


def test_files_of_no_named_pack_are_left_alone(pack, tmp_path):
    status, out = run_pytest(tmp_path, "small")
    assert status == 5 and "no tests ran" in out
