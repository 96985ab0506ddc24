"""Whole processes, timed in turns: on a shared machine only runs side by side can be compared."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

__all__ = ["RUNS", "Child", "child", "in_turns", "machine", "policy_command", "print_table", "process"]

RUNS = 11
"""Odd, so that the median is a run; the first round, which fills caches, is not counted."""


def policy_command() -> str:
    """The command as installed beside this Python."""
    return str(Path(sys.executable).with_name("policy"))


def process(command: Sequence[str], environment: Mapping[str, str] | None = None, statuses: Sequence[int] = (0,)) -> str:
    """Run a command to its end and return its output. RuntimeError when it ends with another status."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in statuses:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


class Child(NamedTuple):
    """How a process ended: the seconds that it took, the most memory that it held (in MiB), and its output."""

    seconds: float
    peak: float
    output: str


_MOST = 12 * 2**30
"""Bytes that a process may hold: one that wants more fails, before the machine does."""


def child(command: Sequence[str], statuses: Sequence[int] = (0,)) -> Child:
    """Run a command to its end and look at what it took. RuntimeError when it ends with another status, or wants too much memory."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        running = subprocess.Popen(command, stdout=output, stderr=errors)
        resource.prlimit(running.pid, resource.RLIMIT_DATA, (_MOST, _MOST))
        _, status, usage = os.wait4(running.pid, 0)
        seconds = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if running.returncode not in statuses:
            raise RuntimeError(f"{command[0]} ended with {running.returncode}: {errors.read().decode().strip()}")
        return Child(seconds, usage.ru_maxrss / 1024, output.read().decode())


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    result = work()
    # work that times itself, inside its own process, gives its seconds
    return result if isinstance(result, float) else time.perf_counter() - start


def in_turns(works: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The median seconds of each work, all run in turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(RUNS + 1):
        for name, work in works.items():
            seconds = _seconds(work)
            if number:
                taken[name].append(seconds)
    return {name: median(values) for name, values in taken.items()}


def machine(runs: int = RUNS) -> str:
    """What the numbers were measured on."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {system}, median of {runs}"


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    for row in (header, ["-" * width for width in widths], *rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
