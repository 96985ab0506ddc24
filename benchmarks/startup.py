"""How long an officer waits: `policy check` on the sample county as a whole process, against a bare import of its libraries."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from timing import in_turns, machine, policy_command, print_table, process

GOAL = 2.0
SOME = ("05-2-c", "05-3-a", "07-1-a", "07-1-b", "07-1-c", "09-1-b", "10-1-a", "11-1-a", "11-2-a", "12-1-d", "13-2-a", "16-1-b")
"""The rules with which the pack began, save 17-1-a, which reads the outcomes of all others."""

FOUND_SOMETHING = 1


def main() -> None:
    """Measure and print a table; the sample, its report and the cache live in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as modules are that pip installs
        environment, uncached = {**compiled, "POLICY_CACHE_DIR": str(home / "cache")}, {**compiled, "POLICY_CACHE_DIR": ""}
        process([policy_command(), "sample", "-o", folder, "--format", "csv"], environment)
        check = [policy_command(), "check", str(home / "csv"), "--as-of", "2026-11-23", "-o", f"json={home / 'report.json'}"]
        some = [word for rule in SOME for word in ("--select", f"JDTH-{rule}")]
        python = [sys.executable, "-c"]
        taken = in_turns({
            "Python alone": partial(process, [*python, "pass"]),
            "import lark, attrs": partial(process, [*python, "import lark, attrs"]),
            "policy --version": partial(process, [policy_command(), "--version"], environment),
            "policy check, twelve rules": partial(process, [*check, *some], environment, (FOUND_SOMETHING,)),
            "policy check": partial(process, check, environment, (FOUND_SOMETHING,)),
            "policy check, no cache": partial(process, check, uncached, (FOUND_SOMETHING,)),
        })  # fmt: skip
    base = taken["import lark, attrs"]
    print(machine())
    goals = {"policy check": f"≤ {GOAL}"}
    rows = [(name, f"{seconds * 1000:.0f}", f"{seconds / base:.2f}", goals.get(name, "")) for name, seconds in taken.items()]
    print_table(("whole process", "ms", "× import", "goal"), rows)


if __name__ == "__main__":
    main()
