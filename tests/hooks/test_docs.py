"""docs/plugins.md names every hook with its exact arguments, and the plug-in that it shows works as it stands there."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policy.hooks.spec import Hooks

PAGE = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
HOOKS = [hook for name, hook in vars(Hooks).items() if name.startswith("policy_")]

METADATA = "Metadata-Version: 2.1\nName: policy-library\nVersion: 1.0\n"
LOANS = (
    {"id": "L1", "reader": "1236", "lent": "2026-03-02", "returned": "2026-04-02"},
    {"id": "L2", "reader": "1236", "lent": "2026-03-02", "returned": "2026-04-03"},
    {"id": "L3", "reader": "1236", "lent": "2026-03-02"},
    {"id": "L4", "reader": "1237", "lent": "2026-03-02"},
)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.__name__)
def test_every_hook_is_described_with_its_arguments(hook):
    arguments = [name for name in inspect.signature(hook).parameters if name != "self"]
    assert f"`{hook.__name__}({', '.join(arguments)})`" in PAGE


def test_no_hook_is_described_that_does_not_exist():
    assert set(re.findall(r"`(policy_\w+)\(", PAGE)) == {hook.__name__ for hook in HOOKS}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder of installed distributions with the plug-in of the page."""
    folder = tmp_path_factory.mktemp("site")
    files = dict(re.findall(r"^`([\w./]+)`\n\n```\w*\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
    entry_points = re.search(r"\[project\.entry-points\.policy\]\n(.*?)\n\n", files.pop("pyproject.toml"), re.DOTALL)
    files["policy_library-1.0.dist-info/METADATA"] = METADATA
    files["policy_library-1.0.dist-info/entry_points.txt"] = f"[policy]\n{entry_points[1].replace(chr(34), '')}\n"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def policy(site, *words):
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}
    environment |= {"POLICY_CACHE_DIR": "", "POLICY_LANG": "en"}
    command = [sys.executable, "-c", "import sys; from policy.cli import main; sys.exit(main())", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_plugin_of_the_page_is_found(site):
    done = policy(site, "plugins")
    assert done.returncode == 0, done.stderr
    for name in ("library", ".ini", "lines", "is_card", "loans"):
        assert name in done.stdout


def test_its_pack_passes_its_cases(site):
    done = policy(site, "test", "loans")
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_source_function_calendar_and_reporter_work_together(site, tmp_path):
    data = tmp_path / "loan.ini"
    sections = (f"[{loan['id']}]\n" + "".join(f"{key} = {value}\n" for key, value in loan.items() if key != "id") for loan in LOANS)
    data.write_text("\n".join(sections), "utf-8")
    done = policy(site, "check", str(data), "--pack", "loans", "--as-of", "2026-04-10", "-o", "lines")
    assert done.stdout.splitlines() == [
        "LIB-1 L1 satisfied 2026-04-02",
        "LIB-1 L2 late 2026-04-02",
        "LIB-1 L3 violated 2026-04-02",
    ]
    assert done.returncode == 1, done.stderr
