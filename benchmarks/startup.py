"""How long an officer waits: `policy check` on the sample county as a whole process, against a bare import of its libraries."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from timing import in_turns, machine, policy_command, print_table, process

GOAL = 2.0
FIRST = ("05-2-c", "05-3-a", "07-1-a", "07-1-b", "07-1-c", "09-1-b", "10-1-a", "11-1-a", "11-2-a", "12-1-d", "13-2-a", "16-1-b", "17-1-a")
"""The thirteen rules with which the pack began, for which the goal was set."""

BASE = Path(__file__).parents[1] / "rules" / "supervision_talks"
FOUND_SOMETHING = 1


def first_rules(folder: Path) -> Path:
    """Write the base pack with its first rules alone into a folder; gives that of the pack."""
    pack = Path(shutil.copytree(BASE, folder / "pack", ignore=shutil.ignore_patterns("cases")))
    for file in pack.glob("*.policy"):
        file.write_text(re.sub(r"(?ms)^规则 JDTH-(\S+) .*?^完\n|^规则 DQ-\d+ .*?^完\n", _if_first, file.read_text("utf-8")), "utf-8")
    return pack


def _if_first(rule: re.Match[str]) -> str:
    return rule[0] if rule[1] in FIRST else ""


def main() -> None:
    """Measure and print a table; the sample, its report and the cache live in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as modules are that pip installs
        environment, uncached = {**compiled, "POLICY_CACHE_DIR": str(home / "cache")}, {**compiled, "POLICY_CACHE_DIR": ""}
        process([policy_command(), "sample", "-o", folder, "--format", "csv"], environment)
        check = [policy_command(), "check", str(home / "csv"), "--as-of", "2026-11-23", "-o", f"json={home / 'report.json'}"]
        some = ["--pack", str(first_rules(home))]
        python = [sys.executable, "-c"]
        taken = in_turns({
            "Python alone": partial(process, [*python, "pass"]),
            "import lark, attrs": partial(process, [*python, "import lark, attrs"]),
            "policy --version": partial(process, [policy_command(), "--version"], environment),
            "policy check, the first 13 rules": partial(process, [*check, *some], environment, (FOUND_SOMETHING,)),
            "policy check, all 56 rules": partial(process, check, environment, (FOUND_SOMETHING,)),
            "all rules, no cache": partial(process, check, uncached, (FOUND_SOMETHING,)),
        })  # fmt: skip
    base = taken["import lark, attrs"]
    print(machine())
    goals = {"policy check, the first 13 rules": f"≤ {GOAL}"}
    rows = [(name, f"{seconds * 1000:.0f}", f"{seconds / base:.2f}", goals.get(name, "")) for name, seconds in taken.items()]
    print_table(("whole process", "ms", "× import", "goal"), rows)


if __name__ == "__main__":
    main()
