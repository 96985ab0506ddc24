"""The directions of the house: the import contracts of pyproject.toml hold, imports inside functions included."""

from __future__ import annotations

import tomllib
from pathlib import Path

from importlinter import cli

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_import_contracts_hold(capsys):
    status = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_built_in_plugin_is_under_the_contracts():
    plugins = {path.name for path in (ROOT / "plugins").iterdir() if (path / "__init__.py").exists()}
    contracts = {contract["id"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"]}
    assert plugins == set(SETTINGS["tool"]["importlinter"]["root_packages"]) - {"policy"}
    assert plugins == set(contracts["plugins"]["source_modules"])
    assert plugins == set(contracts["strangers"]["modules"])
    assert plugins == set(contracts["hosts"]["forbidden_modules"])
    assert plugins == set(SETTINGS["project"]["entry-points"]["policy"].values())
