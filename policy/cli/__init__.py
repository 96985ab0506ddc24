"""The command line. Here is what concerns the process; `command` says which verb, in which language, and what becomes of what goes wrong."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import NoReturn

__all__ = ["main", "script"]


def script() -> NoReturn:
    """The command `policy`. The system takes back what the process holds faster than Python, which would go through it all first."""
    gc.disable()  # what is imported stays: to look at it again and again for what nobody needs takes 2 ms
    from policy.cli.command import run

    ended: list[int] = []

    def end(number: int, frame: FrameType | None) -> NoReturn:
        ended.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)  # else nothing would be tidied up, and what was put aside on the disk may be confidential
    status = run(sys.argv[1:])
    with suppress(OSError, ValueError):  # a reader that has gone, a stream that is closed
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(128 + signal.SIGTERM if ended else status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0 fine, 1 findings, 2 a mistake in the command, the pack or the data.

    3 where the data carry a mark of secrecy that this machine is not declared for.
    """
    from policy.cli.command import run

    collecting = gc.isenabled()
    try:
        return run(list(sys.argv[1:] if argv is None else argv))
    finally:
        (gc.enable if collecting else gc.disable)()
