"""The command run in a folder of its own, with nothing of the user's surroundings."""

from __future__ import annotations

import os

import pytest

from policy.cli import main


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """No variables of the program, a cache and a current folder of the test's own."""
    for name in [name for name in os.environ if name.startswith("POLICY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("POLICY_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(bare, capfd):
    """Runs the command; gives exit status, standard output and standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        out, error = capfd.readouterr()
        return status, out, error

    return run
